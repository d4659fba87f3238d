"""The volunteer comes no longer: others are asked for the request."""

from bot.domain import dispatch as rules
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Move, State
from bot.messages import Message
from bot.storage import assignments, due, offers, people, proposals, requests
from bot.storage.tx import Tx
from bot.usecases import notices, undated
from bot.usecases.assigning import (
    REQUEST_STARTS,
    found_card,
    release,
    release_agreeing,
)
from bot.usecases.offering import ask
from bot.usecases.telling import alert_about, drop_errands, retell, show_card, tell_requester


def reopen(
    tx: Tx,
    county: County,
    request: HelpRequest,
    said: Message | None,
    *,
    instead: Message | None = None,
    alert: Message | None,
) -> tuple[HelpRequest, Person]:
    """Take the volunteer off an assigned or agreeing request and ask others at once.

    The requester hears *said* (None: the caller tells them, when it is known what comes next), and
    *instead* takes the place of who was to come. The office hears *alert* if it starts soon. Who
    was only slower than the one before may be asked once more. The request and the volunteer who is
    free come back. Raises :class:`bot.domain.errors.Refused`.
    """
    reopened = requests.make(tx, request, Move.HAND_BACK)
    drop_errands(tx, request)
    reopened, volunteer = _freed(tx, reopened)
    offers.forget_unanswered(tx, request.id)
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, instead or notices.now_stands(reopened), found_card(request))
    if said is not None:
        tell_requester(tx, county, request, said)
    reopened = ask_anew(tx, county, reopened)
    if reopened.state is State.STUCK:
        if said is not None:
            tell_requester(tx, county, reopened, notices.nobody_yet(reopened, county))
    elif alert is not None and rules.is_late(tx.now, reopened.starts_at, county):
        alert_about(tx, reopened, alert)
    return reopened, volunteer


def ask_anew(
    tx: Tx, county: County, request: HelpRequest, most: int | None = rules.WAVE
) -> HelpRequest:
    """Ask volunteers for a request that has just become open; the office sees what came of it."""
    request = ask(tx, county, request, most)
    if request.state is State.OPEN:
        show_card(tx, county, request)
    return request


def _freed(tx: Tx, request: HelpRequest) -> tuple[HelpRequest, Person]:
    """A time that suited the one volunteer is none for the next."""
    assignment = assignments.active_of_request(tx, request.id)
    if assignment is None:
        volunteer_id = proposals.volunteer_of(tx, request.id)
        if volunteer_id is None:
            raise LookupError("nobody looks for a time")
        return request, release_agreeing(tx, request, volunteer_id)
    volunteer = release(tx, request, assignment)
    if proposals.was_agreed(tx, request.id):
        proposals.forget_of_request(tx, request.id)
        due.cancel(tx, request.id, [REQUEST_STARTS])
        request = requests.set_time(tx, request.id, None)
        undated.plan(tx, request)
    return request, volunteer
