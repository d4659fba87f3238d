"""Afterwards: how it went, in one tap of each side, and thanks."""

from bot.domain.appointments import CORRECTABLE, Assignment, Outcome, Said, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.storage import assignments, history, people, requests
from bot.storage.tx import Tx
from bot.usecases import closing_notices, series
from bot.usecases.assigning import is_called
from bot.usecases.telling import alert_office, retell, tell

_HAPPENED = {
    Outcome.TOOK_PLACE: Happened.DONE,
    Outcome.NO_SHOW: Happened.NO_SHOW,
    Outcome.MOVED: Happened.MOVED,
}


def ask(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: it is over. One message to each side, which is changed in place afterwards."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done or _is_too_late(tx, assignment):
        return
    request = requests.by_id(tx, assignment.request_id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    tell(tx, volunteer, closing_notices.how_was_it(request, assignment.id), card=_card(assignment))
    requester = people.by_id(tx, request.person_id)
    if not is_called(tx, request):  # nobody is called for this
        asked = closing_notices.did_it_go_well(request, assignment.id)
        tell(tx, requester, asked, card=_requesters_card(assignment))


def close(
    tx: Tx,
    volunteer: Person | None,
    assignment_id: int,
    outcome: Outcome,
    minutes: int | None = None,
) -> None:
    """The volunteer says how it went; the last word counts. Raises :class:`Refused`."""
    assignment = require_done(tx, volunteer, assignment_id)
    request = requests.hold(tx, assignment.request_id)
    is_news = assignment.outcome is not outcome
    assignments.close(tx, assignment.id, outcome, minutes)
    if is_news:
        history.add(tx, request.id, _HAPPENED[outcome], actor=assignment.volunteer_id)
        if outcome is Outcome.MOVED:
            requester = people.by_id(tx, request.person_id)
            tell(tx, requester, closing_notices.ask_for_the_new_day(request))
    if outcome is Outcome.TOOK_PLACE and minutes is None:
        ask_minutes(tx, volunteer, assignment_id)
        return
    closed = closing_notices.closed(request, assignments.by_id(tx, assignment.id))
    tell(tx, people.by_id(tx, assignment.volunteer_id), closed, card=_card(assignment))


def ask_minutes(
    tx: Tx, volunteer: Person | None, assignment_id: int, *, more: bool = False
) -> None:
    """How long it took; *more*: the unusual ones. Raises :class:`Refused`."""
    assignment = require_done(tx, volunteer, assignment_id)
    offered = closing_notices.ALL_MINUTES if more else closing_notices.USUAL_MINUTES
    request = requests.by_id(tx, assignment.request_id)
    said = closing_notices.how_long(request, assignment.id, offered)
    tell(tx, people.by_id(tx, assignment.volunteer_id), said, card=_card(assignment))


def open_again(tx: Tx, volunteer: Person | None, assignment_id: int) -> None:
    """Something was wrong in what the volunteer said. Raises :class:`Refused`."""
    assignment = require_done(tx, volunteer, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    said = closing_notices.how_was_it(request, assignment.id)
    tell(tx, people.by_id(tx, assignment.volunteer_id), said, card=_card(assignment))


def judge(tx: Tx, county: County, person: Person | None, assignment_id: int, *, good: bool) -> None:
    """The requester says whether they got help; of a no only the office hears.

    Raises :class:`Refused`.
    """
    assignment = _done(tx, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    if person is None or request.person_id != person.id:
        raise Refused(Code.NOT_YOURS)
    said = Said.WELL if good else Said.BADLY
    requests.hold(tx, request.id)
    if assignment.requester_says is not said:
        assignments.note(tx, assignment.id, Side.REQUESTER, said)
        happened = Happened.WENT_WELL if good else Happened.WENT_WRONG
        history.add(tx, request.id, happened, actor=person.id)
        if not good:
            alert = closing_notices.went_badly_alert(request, county)
            alert_office(tx, alert, f"badly:{assignment.id}", thread=request.number)
            series.hold_back(tx, county, request)
    heard = (
        closing_notices.went_well(request) if good else closing_notices.went_badly(request, county)
    )
    retell(tx, person, heard, _requesters_card(assignment))


def require_done(tx: Tx, volunteer: Person | None, assignment_id: int) -> Assignment:
    """The volunteer's own task that is over, not too long ago. Raises :class:`Refused`."""
    assignment = _done(tx, assignment_id)
    if volunteer is None or assignment.volunteer_id != volunteer.id:
        raise Refused(Code.NOT_YOURS)
    return assignment


def _done(tx: Tx, assignment_id: int) -> Assignment:
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done:
        raise Refused(Code.GONE)
    if _is_too_late(tx, assignment):
        raise Refused(Code.TOO_LATE)
    return assignment


def _is_too_late(tx: Tx, assignment: Assignment) -> bool:
    return tx.now - assignment.ends_at > CORRECTABLE


def _card(assignment: Assignment) -> str:
    return f"closing:{assignment.id}"


def _requesters_card(assignment: Assignment) -> str:
    return f"went:{assignment.id}"
