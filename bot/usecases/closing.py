"""Afterwards: how it went, in one tap of each side, would they meet again, and thanks."""

from bot.domain.appointments import CORRECTABLE, Again, Assignment, Outcome, Said, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.records import Record
from bot.domain.requests import HelpRequest
from bot.storage import assignments, history, pairs, people, records, requests
from bot.storage.tx import Tx
from bot.usecases import (
    afterwards,
    checking_in,
    closing_notices,
    missed,
    notices,
    recording,
    series,
)
from bot.usecases.afterwards import card_of, record_card
from bot.usecases.assigning import is_called
from bot.usecases.separating import ask_no_more
from bot.usecases.telling import alert_office, calm_office, retell, tell

_HAPPENED = {
    Outcome.TOOK_PLACE: Happened.DONE,
    Outcome.NO_SHOW: Happened.NO_SHOW,
    Outcome.MOVED: Happened.MOVED,
    Outcome.ABSENT: Happened.ABSENT,
}
_JUDGED = {
    Said.WELL: Happened.WENT_WELL,
    Said.SOSO: Happened.WENT_SOSO,
    Said.BADLY: Happened.WENT_WRONG,
    Said.NOBODY: Happened.NOBODY_CAME,
}


def ask(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: it is over. One message to each side, which is changed in place afterwards.

    Whoever is being asked about another appointment is asked about this one later.
    """
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done or _is_too_late(tx, assignment):
        return
    request = requests.hold(tx, assignment.request_id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    if county.is_heavy(request.category) or request.topic:
        checking_in.plan(tx, county, assignment)
    afterwards.put(tx, county, assignment, Side.VOLUNTEER, volunteer)
    if not is_called(tx, request):  # nobody is called for this
        requester = people.by_id(tx, request.person_id)
        afterwards.put(tx, county, assignment, Side.REQUESTER, requester)


# --- the volunteer --------------------------------------------------------------------------------


def close(
    tx: Tx,
    county: County,
    volunteer: Person | None,
    assignment_id: int,
    outcome: Outcome,
    minutes: int | None = None,
) -> None:
    """The volunteer says how it went; the last word counts. Raises :class:`Refused`."""
    before = require_done(tx, volunteer, assignment_id)
    request = requests.hold(tx, before.request_id)
    assignments.close(tx, before.id, outcome, minutes)
    after = assignments.by_id(tx, before.id)
    if before.outcome is not outcome:
        history.add(tx, request.id, _HAPPENED[outcome], actor=before.volunteer_id)
        calm_office(tx, notices.now_stands(request), record_card(after), thread=request.number)
        if outcome is Outcome.MOVED:
            requester = people.by_id(tx, request.person_id)
            tell(tx, requester, closing_notices.ask_for_the_new_day(request))
    missed.settle(tx, county, request, before, after)
    recording.settle(tx, county, request, after)
    _show(tx, county, request, after, Side.VOLUNTEER)
    _go_on(tx, county, request, after, Side.VOLUNTEER)


def correct_line(
    tx: Tx,
    county: County,
    person: Person | None,
    record_id: int,
    *,
    minutes: int | None = None,
    helped: tuple[int, int] | None = None,
    km: int | None = None,
) -> Record:
    """The volunteer corrects a line of their record; the closing message says the same then.

    *helped*: adults and children. Raises :class:`Refused`.
    """
    line = recording.require_own(tx, person, record_id)
    assignment = _of_line(tx, line)
    if assignment is not None:
        requests.hold(tx, assignment.request_id)
    line = recording.correct(tx, county, person, line.id, minutes=minutes, helped=helped, km=km)
    if assignment is not None:
        if minutes is not None:
            assignments.close(tx, assignment.id, Outcome.TOOK_PLACE, minutes)
        _show_closing(tx, county, assignment.id)
    return line


def drop_line(tx: Tx, county: County, person: Person | None, record_id: int) -> Record:
    """The volunteer takes a line out. Raises :class:`Refused`."""
    line = recording.require_own(tx, person, record_id)
    assignment = _of_line(tx, line)
    if assignment is not None:
        requests.hold(tx, assignment.request_id)
    recording.drop(tx, person, line.id)
    if assignment is not None:
        _show_closing(tx, county, assignment.id)
    return line


def _of_line(tx: Tx, line: Record) -> Assignment | None:
    """The appointment behind a line, as long as it is kept and how it went can be corrected."""
    assignment_id = records.assignment_of(tx, line.id)
    assignment = None if assignment_id is None else assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done or _is_too_late(tx, assignment):
        return None
    return assignment


def _show_closing(tx: Tx, county: County, assignment_id: int) -> None:
    assignment = assignments.by_id(tx, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    _show(tx, county, request, assignment, Side.VOLUNTEER)
    _go_on(tx, county, request, assignment, Side.VOLUNTEER)


def ask_minutes(
    tx: Tx, volunteer: Person | None, assignment_id: int, *, more: bool = False
) -> None:
    """How long it took; *more*: the unusual ones. Raises :class:`Refused`."""
    assignment = require_done(tx, volunteer, assignment_id)
    offered = closing_notices.ALL_MINUTES if more else closing_notices.USUAL_MINUTES
    request = requests.by_id(tx, assignment.request_id)
    said = closing_notices.how_long(request, assignment.id, offered)
    card = card_of(Side.VOLUNTEER, assignment)
    tell(tx, people.by_id(tx, assignment.volunteer_id), said, card=card)


def open_again(tx: Tx, volunteer: Person | None, assignment_id: int) -> None:
    """Something was wrong in what the volunteer said. Raises :class:`Refused`."""
    assignment = require_done(tx, volunteer, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    not_met = assignment.requester_says is Said.NOBODY
    said = closing_notices.how_was_it(request, assignment.id, not_met=not_met)
    card = card_of(Side.VOLUNTEER, assignment)
    tell(tx, people.by_id(tx, assignment.volunteer_id), said, card=card)


# --- the requester --------------------------------------------------------------------------------


def judge(tx: Tx, county: County, person: Person | None, assignment_id: int, said: Said) -> None:
    """The requester says how it was, or that nobody came; of what was not good only the office
    hears. Raises :class:`Refused`."""
    before = _done(tx, assignment_id)
    request = requests.by_id(tx, before.request_id)
    if person is None or not request.is_of(person):
        raise Refused(Code.NOT_YOURS)
    if said not in _JUDGED:
        raise Refused(Code.NOT_POSSIBLE)
    requests.hold(tx, request.id)
    if before.requester_says is not said:
        assignments.note(tx, before.id, Side.REQUESTER, said)
        history.add(tx, request.id, _JUDGED[said], actor=person.id)
        if said is Said.BADLY:
            alert = closing_notices.went_badly_alert(request, county)
            alert_office(tx, alert, f"badly:{before.id}", thread=request.number)
            checking_in.plan(tx, county, before)
            series.hold_back(tx, county, request)
    after = assignments.by_id(tx, before.id)
    missed.settle(tx, county, request, before, after)
    _show(tx, county, request, after, Side.REQUESTER)
    _go_on(tx, county, request, after, Side.REQUESTER)


# --- both -----------------------------------------------------------------------------------------


def say_again(
    tx: Tx, county: County, person: Person | None, assignment_id: int, said: Again
) -> None:
    """Would they meet again? Two yeses make a preference, one no keeps the two apart; neither
    side ever hears what the other said. Raises :class:`Refused`."""
    assignment = _done(tx, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    side = side_of(person, request, assignment)
    requests.hold(tx, request.id)
    before = pairs.find(tx, request.person_id, assignment.volunteer_id)
    if before.says(side) is not said:
        pairs.note(tx, request.person_id, assignment.volunteer_id, side, said)
        if said is Again.NO:
            history.add(tx, request.id, Happened.RATHER_NOT)
            ask_no_more(tx, county, request.person_id, assignment.volunteer_id)
    _show(tx, county, request, assignment, side)
    _go_on(tx, county, request, assignment, side)


def side_of(person: Person | None, request: HelpRequest, assignment: Assignment) -> Side:
    """Raises :class:`Refused` for everybody else."""
    if person is not None and person.id == assignment.volunteer_id:
        return Side.VOLUNTEER
    if person is not None and request.is_of(person):
        return Side.REQUESTER
    raise Refused(Code.NOT_YOURS)


def show_again(tx: Tx, county: County, person: Person | None, assignment_id: int) -> None:
    """The closing message as it stands, in its place. Raises :class:`Refused`."""
    assignment = _done(tx, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    _show(tx, county, request, assignment, side_of(person, request, assignment))


def require_done(tx: Tx, volunteer: Person | None, assignment_id: int) -> Assignment:
    """The volunteer's own task that is over, not too long ago. Raises :class:`Refused`."""
    assignment = _done(tx, assignment_id)
    if volunteer is None or assignment.volunteer_id != volunteer.id:
        raise Refused(Code.NOT_YOURS)
    return assignment


def _show(tx: Tx, county: County, request: HelpRequest, assignment: Assignment, side: Side) -> None:
    person_id = assignment.volunteer_id if side is Side.VOLUNTEER else request.person_id
    said = afterwards.standing(tx, county, request, assignment, side)
    retell(tx, people.by_id(tx, person_id), said, card_of(side, assignment))


def _go_on(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment, side: Side
) -> None:
    """With nothing left to ask, the next question may come."""
    pair = pairs.find(tx, request.person_id, assignment.volunteer_id)
    meets_again = afterwards.asks_again(request, pair, side)
    if side is Side.VOLUNTEER:
        took_place = assignment.outcome is Outcome.TOOK_PLACE
        asks_more = took_place and (assignment.minutes is None or meets_again)
    else:
        asks_more = assignment.requester_says in (Said.WELL, Said.SOSO) and meets_again
    if not asks_more:
        afterwards.settle(tx, county, assignment.id, side)


def _done(tx: Tx, assignment_id: int) -> Assignment:
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done:
        raise Refused(Code.GONE)
    if _is_too_late(tx, assignment):
        raise Refused(Code.TOO_LATE)
    return assignment


def _is_too_late(tx: Tx, assignment: Assignment) -> bool:
    return tx.now - assignment.ends_at > CORRECTABLE
