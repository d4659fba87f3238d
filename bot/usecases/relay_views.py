"""A chat between a requester and their volunteer, as one of the two sees it."""

from dataclasses import dataclass

from bot.domain import relay as rules
from bot.domain.appointments import Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import chats, people, relays, requests
from bot.storage.relays import Relay
from bot.storage.tx import Tx
from bot.usecases import relay_notices
from bot.usecases.relay_notices import Other


@dataclass(frozen=True, slots=True)
class View:
    """A chat as one side (``me``) sees it. ``other`` is who they see, ``myself`` who is seen.

    ``obstacle``: why nothing can reach the other side now.
    """

    relay: Relay
    request: HelpRequest
    side: Side
    me: Person
    them: Person
    other: Other
    myself: Other
    muted: bool
    obstacle: Message | None = None


def view_of(tx: Tx, county: County, person: Person | None, relay_id: int) -> View:
    """Raises :class:`Refused` for who has no part in it, and for what is over."""
    relay = relays.find(tx, relay_id)
    if relay is None or relay.state == "closed" or not is_alive(tx, county, relay):
        raise Refused(Code.GONE)
    side = None if person is None else side_in(tx, relay, person)
    if person is None or side is None:
        raise Refused(Code.NOT_YOURS)
    request = requests.by_id(tx, relay.request_id)
    them = people.by_id(tx, relay.person_on(rules.other_side(side)))
    other = known_as(relay, request, rules.other_side(side), them)
    return View(
        relay,
        request,
        side,
        person,
        them,
        other,
        known_as(relay, request, side, person),
        relays.side(tx, relay_id, side).muted,
        _obstacle(tx, county, relay, request, them, other),
    )


def side_in(tx: Tx, relay: Relay, person: Person) -> Side | None:
    """Whose contact they are, for them they write."""
    side = relay.side_of(person.id)
    if side is None and people.by_id(tx, relay.requester_id).via == person.id:
        return Side.REQUESTER
    return side


def is_alive(tx: Tx, county: County, relay: Relay) -> bool:
    request = requests.find(tx, relay.request_id)
    if request is None:
        return False
    ends_at = None if request.starts_at is None else request.time[1]
    return rules.may_write(request.state, ends_at, tx.now, county.relay_hours)


def known_as(relay: Relay, request: HelpRequest, side: Side, person: Person) -> Other:
    """Who is on that *side*, as the other side may know them."""
    given = person.first_name
    name = (request.details.name or given) if side is Side.REQUESTER else given
    return Other(relay.id, request.number, rules.shown_name(name))


def _obstacle(
    tx: Tx, county: County, relay: Relay, request: HelpRequest, them: Person, other: Other
) -> Message | None:
    is_requester = them.id == relay.requester_id
    if is_requester and request.details.phone and relay.used_at is None:
        return relay_notices.by_phone(request, county)  # they asked to be called instead
    if them.chat_id is None:
        return relay_notices.by_phone(request, county)
    if not chats.is_reachable(tx, them.chat_id):
        return relay_notices.not_reached(other, county)
    return None
