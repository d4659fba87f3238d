"""The end of a chat between a requester and their volunteer, whatever brought it."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.domain.relay import Ended
from bot.domain.requests import HelpRequest
from bot.storage import due, people, relays, requests
from bot.storage.relays import Relay
from bot.storage.tx import Tx
from bot.usecases import relay_notices
from bot.usecases.telling import tell

#: The due kind, about a request.
RELAY_OVER = "relay_over"


def plan(tx: Tx, county: County, request: HelpRequest, ends_at: int) -> None:
    """The appointment is over: so long the two can still write to each other."""
    if relays.unclosed_of_request(tx, request.id):
        due.put(tx, RELAY_OVER, request.id, ends_at + county.relay_hours * 3600)


def close_in_time(tx: Tx, county: County, request_id: int) -> None:
    """The clock: long enough after the appointment."""
    _close(tx, relays.unclosed_of_request(tx, request_id), Ended.OVER)


def call_off(tx: Tx, request: HelpRequest) -> None:
    """The two have nothing to do with each other any more: from now on nothing passes."""
    due.cancel(tx, request.id, [RELAY_OVER])
    _close(tx, relays.unclosed_of_request(tx, request.id), Ended.CALLED_OFF)


def part(tx: Tx, requester_id: int, volunteer_id: int) -> None:
    """The two are kept from each other, also after an appointment."""
    _close(tx, relays.unclosed_between(tx, requester_id, volunteer_id), Ended.CALLED_OFF)


def _close(tx: Tx, chats: Sequence[Relay], why: Ended) -> None:
    """Whoever has used it hears it; who ended it before has heard enough."""
    for relay in chats:
        relays.close(tx, relay.id)
        if relay.state == "open" and relay.used_at is not None:
            said = relay_notices.closed(requests.by_id(tx, relay.request_id), why)
            for person_id in (relay.requester_id, relay.volunteer_id):
                tell(tx, people.by_id(tx, person_id), said)
