"""Protected cases: something was wrong. The two do not meet until a coordinator has closed it."""

from bot.domain import office_hours
from bot.domain.appointments import HOUR, Assignment, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, number_of
from bot.domain.series import SeriesState
from bot.messages import Message
from bot.storage import assignments, cases, due, history, pairs, people, requests
from bot.storage.cases import Case
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import (
    afterwards,
    case_notices,
    checking_in,
    closing,
    series,
)
from bot.usecases.afterwards import card_of
from bot.usecases.office import require_private
from bot.usecases.separating import go_on, on_hold, separate, series_between, take_off
from bot.usecases.telling import alert_office, calm_office, retell, tell

#: The due row of a case that waits to be taken, or to be closed.
CASE_WAITS = "case_waits"
#: A case that nobody has taken is brought up again after so many office hours.
_TAKEN_WITHIN = 2

OUTCOMES = ("fine", "apart")


# --- somebody says it -----------------------------------------------------------------------------


def ask_first(tx: Tx, person: Person | None, assignment_id: int) -> None:
    """In the place of the closing message: shall the coordinators hear it? Raises
    :class:`Refused`."""
    assignment, request = _met(tx, assignment_id)
    side = closing.side_of(person, request, assignment)
    said = case_notices.shall_we_tell(request.number, assignment.id)
    _show(tx, person, said, card_of(side, assignment))


def report(tx: Tx, county: County, person: Person | None, assignment_id: int) -> Case:
    """The coordinators hear that there is a case; at once the two are kept from meeting.

    Saying it again changes nothing. Raises :class:`Refused`.
    """
    assignment, request = _met(tx, assignment_id)
    side = closing.side_of(person, request, assignment)
    requests.hold(tx, request.id)
    case = cases.unfinished_about(tx, assignment.id, side)
    if case is None:
        case = cases.add(
            tx,
            request_id=request.id,
            assignment_id=assignment.id,
            requester_id=request.person_id,
            volunteer_id=assignment.volunteer_id,
            said_by=side,
        )
        history.add(tx, request.id, Happened.CASE_OPENED)
        separate(tx, county, case)
        due.put(tx, CASE_WAITS, case.id, tx.now + _TAKEN_WITHIN * HOUR)
        alert_office(
            tx, case_notices.wanted(case, request.number), _card(case), thread=request.number
        )
        if side is Side.VOLUNTEER:
            checking_in.plan(tx, county, assignment)
    _show(tx, person, case_notices.they_know(request.number), card_of(side, assignment))
    afterwards.settle(tx, county, assignment.id, side)
    return case


def say(tx: Tx, person: Person | None, case_id: int, *, words: str = "", voice: str = "") -> Case:
    """What happened, in their own *words* or as a *voice* message (a file id). Raises
    :class:`Refused`."""
    case = cases.find(tx, case_id)
    if case is None or case.state == "closed":
        raise Refused(Code.GONE)
    if person is None or not _said_it(tx, person, case):
        raise Refused(Code.NOT_YOURS)
    cases.say(tx, case.id, words=words, voice=voice)
    return case


def _said_it(tx: Tx, person: Person, case: Case) -> bool:
    request = requests.find(tx, case.request_id)
    for_client = request is not None and case.said_by is Side.REQUESTER and request.is_of(person)
    return for_client or person.id == case.reporter_id


# --- coordinators ---------------------------------------------------------------------------------


def look(tx: Tx, coordinator: Person | None, case_id: int) -> None:
    """Everything about it, in private; that somebody looked is on record. Raises
    :class:`Refused`, also for a coordinator whom it is about."""
    coordinator, case = _require(tx, coordinator, case_id)
    _remember(tx, case, Happened.CASE_LOOKED, coordinator)
    _tell(tx, coordinator, case)
    if case.voice:
        tell(tx, coordinator, case_notices.voice_of(number_of(case.request_id), case.voice))


def take(tx: Tx, coordinator: Person | None, case_id: int) -> None:
    """It is theirs from now on, also if another coordinator had it. Raises :class:`Refused`."""
    coordinator, case = _require(tx, coordinator, case_id)
    number = number_of(case.request_id)
    if case.claimed_by != coordinator.id:
        if case.claimed_by is not None:
            before = people.by_id(tx, case.claimed_by)
            retell(tx, before, case_notices.passed_on(number), private_card(case))
        cases.claim(tx, case.id, coordinator.id)
        _remember(tx, case, Happened.CASE_TAKEN, coordinator)
        calm_office(tx, case_notices.taken(case, number), _card(case), thread=number)
    _tell(tx, coordinator, _find(tx, case_id))


def require_owner(tx: Tx, coordinator: Person | None, case_id: int) -> Case:
    """An open case, for the one who has it. Raises :class:`Refused`."""
    coordinator, case = _require(tx, coordinator, case_id)
    if case.claimed_by != coordinator.id:
        raise Refused(Code.ALREADY_TAKEN if case.claimed_by else Code.NOT_POSSIBLE)
    return case


def close(
    tx: Tx, county: County, coordinator: Person | None, case_id: int, outcome: str, note: str = ""
) -> Case:
    """*outcome*: ``fine``, what was on hold goes on; or ``apart``, the two never meet again.

    *note*: what came of it. Raises :class:`Refused`.
    """
    case = require_owner(tx, coordinator, case_id)
    if outcome not in OUTCOMES:
        raise Refused(Code.NOT_POSSIBLE)
    number = number_of(case.request_id)
    _remember(tx, case, Happened.CASE_CLOSED, coordinator)
    cases.close(tx, case.id, outcome, note)
    due.cancel(tx, case.id, [CASE_WAITS])
    if outcome == "apart":
        pairs.keep_apart(tx, case.requester_id, case.volunteer_id)
    others = cases.any_between(tx, case.requester_id, case.volunteer_id)
    pairs.suspend(tx, case.requester_id, case.volunteer_id, others)
    may_meet = not pairs.find(tx, case.requester_id, case.volunteer_id).is_kept_apart
    waiting = on_hold(tx, case)  # before help every week goes on, with new meetings
    for one in series_between(tx, case):
        if one.state is SeriesState.ACTIVE and (may_meet or not others):
            go_on_weekly = series.resume if may_meet else series.someone_else
            go_on_weekly(tx, county, coordinator, one.request_id)
    for request, held in waiting:
        if may_meet:
            go_on(tx, county, request, held)
        elif not others:
            take_off(tx, county, request, held, coordinator)
    said = case_notices.closed(number, apart=not may_meet)
    if coordinator is not None:
        tell(tx, coordinator, said, card=private_card(case))
    calm_office(tx, case_notices.over(number), _card(case), thread=number)
    reporter = people.find(tx, case.reporter_id)
    if reporter is not None:
        tell(tx, reporter, case_notices.looked_at(number, county))
    return case


def remind(tx: Tx, county: County, case_id: int) -> None:
    """The clock: nobody has taken it for two office hours, or it was not closed by the next
    working day; then every working day."""
    case = cases.find(tx, case_id)
    if case is None or case.state == "closed":
        return
    taken_by = office_hours.after_hours(case.made_at, _TAKEN_WITHIN, county)
    moment = office_hours.opens(max(tx.now, taken_by), county)
    if moment > tx.now:
        due.put(tx, CASE_WAITS, case_id, moment)
        return
    due.put(tx, CASE_WAITS, case_id, office_hours.next_working_day(tx.now, county))
    number = number_of(case.request_id)
    if case.claimed_by is None:
        said = case_notices.waits(case, number)
    else:
        said = case_notices.not_closed(case, number)
    alert_office(tx, said, _card(case), thread=number)


def show_waiting(tx: Tx) -> None:
    """Every open case, once more."""
    for case in cases.unfinished(tx):
        number = number_of(case.request_id)
        said = case_notices.wanted if case.claimed_by is None else case_notices.taken
        alert_office(tx, said(case, number), _card(case), thread=number)


def _tell(tx: Tx, coordinator: Person, case: Case) -> None:
    owner = None if case.claimed_by is None else people.find(tx, case.claimed_by)
    said = case_notices.opened(
        case,
        number_of(case.request_id),
        reporter=_name(tx, case, case.reporter_id),
        phone=_phone(tx, case, case.reporter_id),
        other=_name(tx, case, case.other_id),
        owner="" if owner is None else owner.name,
        is_owner=case.claimed_by == coordinator.id,
        on_hold=[request for request, _ in on_hold(tx, case)],
    )
    tell(tx, coordinator, said, card=private_card(case), mode=Mode.FRESH)


def _name(tx: Tx, case: Case, person_id: int) -> str:
    """A volunteer's; or what a requester wanted to be called."""
    person = people.find(tx, person_id)
    name = "" if person is None else person.name
    request = requests.find(tx, case.request_id)
    if name or request is None or request.person_id != person_id:
        return name
    return request.details.name


def _phone(tx: Tx, case: Case, person_id: int) -> str:
    request = requests.find(tx, case.request_id)
    if request is not None and request.person_id == person_id and request.details.phone:
        return request.details.phone
    return people.phone_of(tx, person_id)


def _remember(tx: Tx, case: Case, what: Happened, coordinator: Person | None) -> None:
    """In the history of the request, as long as there is one."""
    actor = None if coordinator is None else coordinator.id
    if requests.find(tx, case.request_id) is not None:
        requests.hold(tx, case.request_id)
        events = history.of(tx, case.request_id)
        if not events or (events[-1].what, events[-1].actor) != (what.value, actor):
            history.add(tx, case.request_id, what, actor=actor)


def _require(tx: Tx, coordinator: Person | None, case_id: int) -> tuple[Person, Case]:
    """Nobody decides about a case of their own."""
    coordinator = require_private(tx, coordinator)
    case = _find(tx, case_id)
    if coordinator.id in (case.requester_id, case.volunteer_id):
        raise Refused(Code.NOT_YOURS)
    return coordinator, case


def _find(tx: Tx, case_id: int) -> Case:
    case = cases.find(tx, case_id)
    if case is None or case.state == "closed":
        raise Refused(Code.GONE)
    return case


def _met(tx: Tx, assignment_id: int) -> tuple[Assignment, HelpRequest]:
    """An appointment that has begun, or is over."""
    assignment = assignments.find(tx, assignment_id)
    begun = assignment is not None and (
        assignment.done or (assignment.active and assignment.starts_at <= tx.now)
    )
    if assignment is None or not begun:
        raise Refused(Code.GONE)
    return assignment, requests.by_id(tx, assignment.request_id)


def _show(tx: Tx, person: Person | None, said: Message, card: str) -> None:
    if person is not None:
        tell(tx, person, said, card=card)


def _card(case: Case) -> str:
    return f"case:{case.id}"


def private_card(case: Case) -> str:
    return f"own_case:{case.id}"
