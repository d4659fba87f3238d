"""A requester and their volunteer write to each other through the bot.

Neither learns the other's account or number, and nothing of what they write is kept: it goes
through the outbox, which forgets it when it has arrived. Which message is whose stands in the
outbox's cards (`relays.card`).
"""

from dataclasses import replace

from bot.domain import relay as rules
from bot.domain.appointments import REQUESTERS_QUIET, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.relay import Kind, Sent
from bot.domain.requests import HelpRequest, State
from bot.i18n import bidi
from bot.messages import Carried, Message, Term, Text
from bot.storage import (
    assignments,
    blocks,
    outbox,
    pairs,
    people,
    proposals,
    relays,
    requests,
    volunteers,
)
from bot.storage.outbox import Draft, Mode
from bot.storage.tx import Tx
from bot.usecases import relay_notices
from bot.usecases.assigning import shared_languages
from bot.usecases.relay_screens import PHRASES
from bot.usecases.relay_views import View, is_alive, known_as, side_in, view_of
from bot.usecases.telling import addressed, tell

_REFUSALS = {Kind.CONTACT: Code.NO_CONTACTS, Kind.FORWARDED: Code.NO_FORWARDS}


# --- opening and ending -------------------------------------------------------------------------


def about(tx: Tx, county: County, person: Person | None, request_id: int) -> View:
    """The chat about a request, for either of the two; begun if there is none.

    Raises :class:`Refused`.
    """
    request = requests.find(tx, request_id)
    volunteer_id = None if request is None else _volunteer_of(tx, request)
    if request is None or volunteer_id is None:
        raise Refused(Code.GONE)
    if pairs.find(tx, request.person_id, volunteer_id).is_parted:
        raise Refused(Code.GONE)
    requester = people.by_id(tx, request.person_id)
    if person is None or person.id not in (requester.id, requester.via, volunteer_id):
        raise Refused(Code.NOT_YOURS)
    requests.hold(tx, request.id)
    relay_id = relays.make(tx, request.id, request.person_id, volunteer_id)
    relay = relays.find(tx, relay_id)
    if relay is not None and relay.state == "closed":  # the same volunteer came back
        relays.reopen(tx, relay_id)
    return enter(tx, county, person, relay_id)


def enter(tx: Tx, county: County, person: Person | None, relay_id: int) -> View:
    """The chat, open; who had ended it opens it again. Raises :class:`Refused`."""
    view = view_of(tx, county, person, relay_id)
    if view.relay.ended_by is not None:
        if view.relay.ended_by is not view.side:
            raise Refused(Code.CHAT_ENDED)
        relays.reopen(tx, relay_id)
        if view.relay.used_at is not None:
            tell(tx, view.them, relay_notices.they_opened_again(view.myself))
    return view


def end(tx: Tx, county: County, person: Person | None, relay_id: int) -> View:
    """One side wants no more messages. Raises :class:`Refused`."""
    view = view_of(tx, county, person, relay_id)
    if view.relay.ended_by is not None and view.relay.ended_by is not view.side:
        raise Refused(Code.CHAT_ENDED)
    if view.relay.state == "open":
        relays.end(tx, relay_id, view.side)
        if view.relay.used_at is not None:
            tell(tx, view.them, relay_notices.they_ended(view.myself, county))
    return view


def mute(tx: Tx, county: County, person: Person | None, relay_id: int, muted: bool) -> View:
    """Messages come without a sound from now on, or with it. Raises :class:`Refused`."""
    view = enter(tx, county, person, relay_id)
    relays.set_muted(tx, relay_id, view.side, muted)
    return view_of(tx, county, person, relay_id)


def open_lately(tx: Tx, county: County, person: Person | None) -> list[View]:
    """The chats in which something was said lately, the last one first."""
    if person is None:
        return []
    found = relays.open_of_person(tx, person.id)
    lately = [one for one in found if (one.used_at or 0) > tx.now - rules.LATELY]
    return [view_of(tx, county, person, one.id) for one in lately if is_alive(tx, county, one)]


def answered(tx: Tx, person: Person | None, message_id: int) -> int | None:
    """The chat that a message in the person's own chat belongs to: one of the other side, or one
    of theirs."""
    if person is None or person.chat_id is None:
        return None
    known = relays.of_card(outbox.card_of(tx, person.chat_id, message_id))
    return known[0] if known is not None else _passed_on_as(tx, person, message_id)


def was_passed_on(tx: Tx, person: Person | None, message_id: int) -> bool:
    return person is not None and _passed_on_as(tx, person, message_id) is not None


# --- passing on ---------------------------------------------------------------------------------


def pass_on(tx: Tx, county: County, person: Person | None, relay_id: int, sent: Sent) -> View:
    """What somebody sent goes to the other side. Raises :class:`Refused`.

    If there is an obstacle, nothing was sent.
    """
    if sent.kind not in rules.ALLOWED:
        raise Refused(_REFUSALS.get(sent.kind, Code.NOT_PASSED_ON))
    words = bidi.clean(sent.words)
    if sent.kind is Kind.WORDS and not words:
        raise Refused(Code.NOT_PASSED_ON)
    view = _ready(tx, county, person, relay_id)
    if view.obstacle is not None or _is_there(tx, view, sent.message_id):
        return view
    said = _messages(tx, view, sent, words)
    _send(tx, county, view, sent.message_id, said)
    return view


def say_phrase(
    tx: Tx,
    county: County,
    person: Person | None,
    relay_id: int,
    key: str,
    *,
    wording: str,
    number: int,
) -> View:
    """A ready phrase, in the language of who reads it; below it *wording*, as the one who says it
    reads it. *number* is that of the tap. Raises :class:`Refused`.
    """
    if key not in PHRASES:
        raise Refused(Code.GONE)
    view = _ready(tx, county, person, relay_id)
    if view.obstacle is None:
        phrase = Text("{words}", {"words": Term(PHRASES[key])})
        same = _reads(tx, view.me) == _reads(tx, view.them)
        lines = [phrase] if same else [phrase, relay_notices.words(wording)]
        _send(tx, county, view, 0, [_from(view, lines)], first=number)
    return view


def share_number(
    tx: Tx, county: County, person: Person | None, relay_id: int, phone: str, *, number: int
) -> View:
    """One side gives its phone number to the other. It is not kept. Raises :class:`Refused`."""
    view = _ready(tx, county, person, relay_id)
    if view.obstacle is None:
        _send(tx, county, view, 0, [_from(view, [relay_notices.number_of(phone)])], first=number)
    return view


def take_back(
    tx: Tx, county: County, person: Person | None, relay_id: int, message_id: int, part: int
) -> View:
    """What somebody has sent goes away on both sides: their message *message_id* with all that was
    made of it, or (0) a phrase or a number, of which *part* is the number. Raises :class:`Refused`.
    """
    view = view_of(tx, county, person, relay_id)
    if view.them.chat_id is None or view.me.chat_id is None:
        return view
    one = [relays.card(relay_id, 0, part)]
    prefix = relays.cards(relay_id, message_id)
    cards = outbox.cards_named(tx, view.them.chat_id, prefix) if message_id else one
    for card in cards:
        outbox.append(
            tx, Draft(view.them.chat_id, Message((), deletes=0), card=card, mode=Mode.EDIT)
        )
    if message_id:
        outbox.append(tx, Draft(view.me.chat_id, Message((), deletes=message_id)))
    return view


# --- what does not arrive -----------------------------------------------------------------------


def not_arrived(tx: Tx, chat_id: int, card: str | None) -> None:
    """What was on its way to *chat_id* as *card* can't be delivered: who sent it hears it."""
    known = relays.of_card(card)
    relay = None if known is None else relays.find(tx, known[0])
    reader = people.by_chat(tx, chat_id)
    side = None if relay is None or reader is None else side_in(tx, relay, reader)
    if known is None or relay is None or reader is None or side is None:
        return
    request = requests.by_id(tx, relay.request_id)
    sender = people.by_id(tx, relay.person_on(rules.other_side(side)))
    other = known_as(relay, request, side, reader)
    tell(tx, sender, relay_notices.not_arrived(other, known[1]))


def lost(tx: Tx, county: County, person: Person) -> None:
    """The bot can't reach *person* any more: those who write to them hear it."""
    for relay in relays.open_of_person(tx, person.id):
        side = side_in(tx, relay, person)
        if side is None or (relay.used_at or 0) <= tx.now - rules.LATELY:
            continue
        request = requests.by_id(tx, relay.request_id)
        sender = people.by_id(tx, relay.person_on(rules.other_side(side)))
        other = known_as(relay, request, side, person)
        tell(tx, sender, relay_notices.not_reached(other, county))


# --- parts --------------------------------------------------------------------------------------


def _volunteer_of(tx: Tx, request: HelpRequest) -> int | None:
    """Whom the requester can write to now."""
    assignment = assignments.active_of_request(tx, request.id)
    if assignment is not None:
        return assignment.volunteer_id
    return proposals.volunteer_of(tx, request.id) if request.state is State.AGREEING else None


def _ready(tx: Tx, county: County, person: Person | None, relay_id: int) -> View:
    """The chat, open for one more message. Raises :class:`Refused`."""
    view = view_of(tx, county, person, relay_id)
    if blocks.is_blocked(tx, view.me.id):
        raise Refused(Code.BLOCKED)
    so_far = relays.side(tx, relay_id, view.side)
    if rules.too_fast(so_far.minute, so_far.sent, tx.now):
        raise Refused(Code.TOO_FAST)
    return enter(tx, county, person, relay_id)


def _is_there(tx: Tx, view: View, message_id: int) -> bool:
    """It was passed on before (tapped twice)."""
    card = relays.card(view.relay.id, message_id)
    return view.them.chat_id is not None and outbox.shown(tx, view.them.chat_id, card) is not None


def _passed_on_as(tx: Tx, person: Person, message_id: int) -> int | None:
    for relay in relays.open_of_person(tx, person.id):
        side = side_in(tx, relay, person)
        them = None if side is None else people.by_id(tx, relay.person_on(rules.other_side(side)))
        card = relays.card(relay.id, message_id)
        if them and them.chat_id is not None and outbox.shown(tx, them.chat_id, card) is not None:
            return relay.id
    return None


def _messages(tx: Tx, view: View, sent: Sent, words: str) -> list[Message]:
    """What the other side gets, in this order."""
    language = _to_translate_from(tx, view)
    if sent.kind is Kind.PLACE:
        below = Message((relay_notices.place_below(view.myself),), carried=Carried())
        _, buttons = relay_notices.carried(view.myself)
        return [below, Message((), buttons, carried=Carried(), location=sent.place)]
    found: list[Message] = []
    if sent.kind in rules.COPIED:
        below_it = not language and rules.units(words) <= rules.LONGEST_CAPTION
        caption = [relay_notices.words(words)] if words and below_it else []
        source = (view.me.chat_id or 0, sent.message_id)
        found.append(_from(view, caption, Carried(source)))
        words = "" if below_it else words
    longest = rules.LONGEST_TRANSLATED if language else rules.LONGEST
    for part in rules.parts(words, longest):
        carried = Carried(words=part, language=language) if language else Carried()
        found.append(_from(view, [relay_notices.words(part)], carried))
    return found


def _from(view: View, lines: list[Text], carried: Carried | None = None) -> Message:
    header, buttons = relay_notices.carried(view.myself, *lines)
    return Message(header, buttons, carried=carried or Carried())


def _send(
    tx: Tx, county: County, view: View, message_id: int, said: list[Message], *, first: int = 0
) -> None:
    if view.them.chat_id is None:
        return
    relays.count(tx, view.relay.id, view.side)
    silent = _comes_silently(tx, county, view)
    for part, each in enumerate(said, start=first):
        carried = replace(each.carried or Carried(), silent=silent)
        outbox.append(
            tx,
            Draft(
                view.them.chat_id,
                addressed(view.them, replace(each, carried=carried)),
                card=relays.card(view.relay.id, message_id, part),
                mode=Mode.FRESH,
            ),
        )


def _comes_silently(tx: Tx, county: County, view: View) -> bool:
    muted = relays.side(tx, view.relay.id, rules.other_side(view.side)).muted
    volunteer = volunteers.find(tx, view.them.id) if view.side is Side.REQUESTER else None
    quiet = REQUESTERS_QUIET if volunteer is None else volunteer.profile.quiet
    return rules.comes_silently(tx.now, county.zone, quiet, view.request.starts_at, muted=muted)


def _to_translate_from(tx: Tx, view: View) -> str:
    """The language of who writes, if the two share none; else nothing."""
    written, read = _reads(tx, view.me), _reads(tx, view.them)
    volunteer = view.me if view.side is Side.VOLUNTEER else view.them
    if written == read or shared_languages(tx, view.request, volunteer):
        return ""
    return written or ""


def _reads(tx: Tx, person: Person) -> str | None:
    return people.language_of(tx, person.id)
