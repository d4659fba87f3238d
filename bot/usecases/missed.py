"""Somebody did not come: both are asked kindly, it is on record, and nobody is ever blocked."""

from bot.domain.appointments import DAY, Assignment, Said, Side, who_was_missing
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.storage import assignments, history, no_shows, people, requests
from bot.storage.tx import Tx
from bot.usecases import afterwards, missed_notices, notices
from bot.usecases.afterwards import card_of
from bot.usecases.assigning import is_called, to_the_bottom
from bot.usecases.telling import alert_office, calm_office, retell, tell_requester

_MONTH = 365 * DAY // 12


def settle(
    tx: Tx, county: County, request: HelpRequest, before: Assignment, after: Assignment
) -> None:
    """One side has said something new: who was missing, as far as both say now?"""
    was = who_was_missing(before.outcome, before.requester_says)
    now = who_was_missing(after.outcome, after.requester_says)
    if was == now:
        return
    _record(tx, county, request, after, request.person_id, missing=now.requester)
    _record(tx, county, request, after, after.volunteer_id, missing=now.volunteer)
    if now.requester:
        _ask_requester(tx, county, request, after)
    elif was.requester:
        _show_requester(tx, county, request, after)
    if now.volunteer:
        alert = missed_notices.volunteer_missing(request, county)
        alert_office(tx, alert, _card(after), thread=request.number)
        if after.outcome is None:
            _show_volunteer(tx, county, request, after)
    elif now.unclear:
        alert = missed_notices.they_differ(request, county)
        alert_office(tx, alert, _card(after), thread=request.number)
    else:
        calm_office(tx, notices.now_stands(request), _card(after), thread=request.number)


def was_there(tx: Tx, county: County, person: Person | None, assignment_id: int) -> None:
    """They were there, although the volunteer saw nobody: the office asks both. Raises
    :class:`Refused`."""
    before, request = _own(tx, person, assignment_id)
    requests.hold(tx, request.id)
    if before.requester_says is not Said.THERE:
        assignments.note(tx, before.id, Side.REQUESTER, Said.THERE)
        history.add(tx, request.id, Happened.WAS_THERE, actor=request.person_id)
        settle(tx, county, request, before, assignments.by_id(tx, before.id))
    _thank(tx, request, before, there=True)
    afterwards.settle(tx, county, before.id, Side.REQUESTER)


def no_new_date(tx: Tx, county: County, person: Person | None, assignment_id: int) -> None:
    """They do not need another one. Raises :class:`Refused`."""
    assignment, request = _own(tx, person, assignment_id)
    _thank(tx, request, assignment)
    afterwards.settle(tx, county, assignment.id, Side.REQUESTER)


def begin_new_date(
    tx: Tx, county: County, person: Person | None, assignment_id: int
) -> HelpRequest:
    """They want another date; the request whose answers are asked once more comes back. Raises
    :class:`Refused`."""
    assignment, request = _own(tx, person, assignment_id)
    if person is not None and request.person_id != person.id:
        raise Refused(Code.NOT_POSSIBLE)  # a referrer files anew for a client
    _thank(tx, request, assignment)
    afterwards.settle(tx, county, assignment.id, Side.REQUESTER)
    return request


def _own(tx: Tx, person: Person | None, assignment_id: int) -> tuple[Assignment, HelpRequest]:
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done:
        raise Refused(Code.GONE)
    request = requests.by_id(tx, assignment.request_id)
    if person is None or not request.is_of(person):
        raise Refused(Code.NOT_YOURS)
    return assignment, request


def _record(
    tx: Tx,
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    person_id: int,
    *,
    missing: bool,
) -> None:
    """With the number that the county has set, a coordinator is asked to talk to the person."""
    if not missing:
        no_shows.remove(tx, person_id, assignment.id)
        return
    counts_until = assignment.starts_at + county.no_show_months * _MONTH
    is_new = no_shows.add(tx, person_id, assignment.id, counts_until)
    times = no_shows.count(tx, person_id)
    if is_new and times == county.no_shows:
        to_volunteer = person_id == assignment.volunteer_id
        alert = missed_notices.please_talk(request, times, to_volunteer=to_volunteer)
        alert_office(tx, alert, f"talk:{person_id}:{assignment.id}", thread=request.number)


def _ask_requester(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """At the bottom of their chat, in the place of the question how it was."""
    said = missed_notices.we_missed_you(request, assignment.id)
    if is_called(tx, request):
        tell_requester(tx, county, request, said)
        return
    requester = people.by_id(tx, request.person_id)
    card = card_of(Side.REQUESTER, assignment)
    to_the_bottom(tx, requester, card, notices.now_stands(request), said)


def _show_requester(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    said = afterwards.standing(tx, county, request, assignment, Side.REQUESTER)
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, said, card_of(Side.REQUESTER, assignment))


def _show_volunteer(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The question how it went, with one more answer to choose."""
    said = afterwards.standing(tx, county, request, assignment, Side.VOLUNTEER)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    retell(tx, volunteer, said, card_of(Side.VOLUNTEER, assignment))


def _thank(tx: Tx, request: HelpRequest, assignment: Assignment, *, there: bool = False) -> None:
    said = (
        missed_notices.was_there(request) if there else missed_notices.thanks_for_telling(request)
    )
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, said, card_of(Side.REQUESTER, assignment))


def _card(assignment: Assignment) -> str:
    """The office: somebody was missing."""
    return f"missing:{assignment.id}"
