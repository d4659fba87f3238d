"""The office looks through a month of records: checks each volunteer's, then closes it.

A closed month changes only with a reason, which stays beside what stood there before.
"""

from bot.domain.appointments import Assignment, Outcome, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.records import Facts, Record, Source, Status, facts_of, month_of
from bot.domain.requests import HelpRequest
from bot.domain.rights import Right, may
from bot.messages import Message
from bot.storage import assignments, due, history, people, records, requests, volunteers
from bot.storage.records import MonthOf
from bot.storage.tx import Tx
from bot.usecases import afterwards, notices, record_views, recording
from bot.usecases.permitting import require, require_in_private
from bot.usecases.record_asking import RECORD_MONTH, RECORD_NUDGE
from bot.usecases.record_views import Row
from bot.usecases.telling import calm_office, retell


def overview(tx: Tx, county: County, person: Person | None, month: str, page: int = 0) -> Message:
    """Everybody who did something in that month. Raises :class:`Refused`."""
    reader = require_in_private(tx, person, Right.LOOK)
    return record_views.overview(
        _rows(tx, month),
        month,
        page=page,
        today_month=month_of(tx.now, county.zone),
        closed_at=records.closed_at(tx, month),
        may_act=may(reader, Right.ACT),
        may_close=may(reader, Right.CLOSE),
    )


def of_volunteer(
    tx: Tx, county: County, person: Person | None, volunteer_id: int, month: str, page: int = 0
) -> Message:
    """One volunteer's month. Raises :class:`Refused`."""
    reader = require_in_private(tx, person, Right.LOOK)
    is_closed = records.is_closed(tx, month)
    return record_views.of_volunteer(
        records.of_volunteer(tx, volunteer_id, month),
        county,
        _name(tx, volunteer_id),
        volunteer_id,
        month,
        page=page,
        complete=records.is_complete(tx, volunteer_id, month),
        closed=is_closed,
        may_change=may(reader, Right.CLOSE if is_closed else Right.ACT),
    )


def line(tx: Tx, county: County, person: Person | None, record_id: int) -> Message:
    """One line, and what was changed in it after its month was closed. Raises :class:`Refused`."""
    reader = require_in_private(tx, person, Right.LOOK)
    record = recording.require(tx, record_id)
    is_closed = records.is_closed(tx, record.month)
    return record_views.line(
        record,
        county,
        _name(tx, record.volunteer_id),
        [(change.at, change.reason) for change in records.changes_of(tx, record.id)],
        closed=is_closed,
        may_change=may(reader, Right.CLOSE if is_closed else Right.ACT),
    )


def of_task(tx: Tx, county: County, person: Person | None, assignment_id: int) -> Message:
    """What is on record for an appointment, or that nothing is. Raises :class:`Refused`."""
    reader = require_in_private(tx, person, Right.LOOK)
    record = records.of_assignment(tx, assignment_id)
    if record is not None:
        return line(tx, county, person, record.id)
    assignment = _require_done(tx, assignment_id)
    is_closed = records.is_closed(tx, month_of(assignment.starts_at, county.zone))
    return record_views.of_task(
        requests.by_id(tx, assignment.request_id),
        county,
        assignment.id,
        _name(tx, assignment.volunteer_id),
        may_change=may(reader, Right.CLOSE if is_closed else Right.ACT),
    )


def guess(tx: Tx, county: County, person: Person | None, assignment_id: int) -> tuple[int, Facts]:
    """Whose line it would be, and what it probably says. Raises :class:`Refused`."""
    require(person, Right.ACT)
    assignment = _require_done(tx, assignment_id)
    if records.of_assignment(tx, assignment.id) is not None:
        raise Refused(Code.GONE)
    request = requests.by_id(tx, assignment.request_id)
    return assignment.volunteer_id, recording.guess(tx, county, request, assignment)


def note_task(
    tx: Tx,
    county: County,
    person: Person | None,
    assignment_id: int,
    facts: Facts,
    reason: str = "",
) -> Record:
    """The office has heard that it took place, on the phone for example. Raises :class:`Refused`,
    as :func:`correct`."""
    assignment = _require_done(tx, assignment_id)
    by, is_closed = _require_change(tx, person, month_of(facts.starts_at, county.zone), reason)
    request = requests.hold(tx, assignment.request_id)
    record = recording.add(
        tx,
        county,
        assignment.volunteer_id,
        facts,
        source=Source.APPOINTMENT,
        assignment_id=assignment.id,
        status=Status.CLOSED if is_closed else Status.RECORDED,
    )
    if record is None:
        raise Refused(Code.GONE)
    if is_closed:
        records.note_change(tx, record.id, by.id, reason, None, record)
    if assignment.outcome is None:
        assignments.close(tx, assignment.id, Outcome.TOOK_PLACE, record.minutes)
        history.add(tx, request.id, Happened.DONE, actor=by.id)
        _ask_no_more(tx, county, request, assignments.by_id(tx, assignment.id))
    for card in (afterwards.record_card(assignment), recording.closed_month_card(assignment)):
        calm_office(tx, notices.now_stands(request), card, thread=request.number)
    return record


def _ask_no_more(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The volunteer need not say how it went; their message says what is on record."""
    side = Side.VOLUNTEER
    said = afterwards.standing(tx, county, request, assignment, side)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    retell(tx, volunteer, said, afterwards.card_of(side, assignment))
    afterwards.settle(tx, county, assignment.id, side)


def _require_done(tx: Tx, assignment_id: int) -> Assignment:
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done:
        raise Refused(Code.GONE)
    return assignment


def require_may_change(tx: Tx, person: Person | None, record: Record) -> None:
    """Raises :class:`Refused`: a closed month is not for everybody who acts."""
    is_closed = records.is_closed(tx, record.month)
    require(person, Right.CLOSE if is_closed else Right.ACT)


def check(tx: Tx, person: Person | None, volunteer_id: int, month: str) -> int | None:
    """The volunteer's lines are right; who comes next, None if all are checked.

    Raises :class:`Refused`.
    """
    require(person, Right.ACT)
    if records.is_closed(tx, month):
        raise Refused(Code.MONTH_CLOSED)
    records.check(tx, volunteer_id, month)
    return next((row.sums.volunteer_id for row in _rows(tx, month) if row.sums.unchecked), None)


def ask_to_close(tx: Tx, county: County, person: Person | None, month: str) -> Message:
    """What speaks against it: who has not confirmed. Raises :class:`Refused`."""
    sums = _require_closable(tx, county, person, month)
    unconfirmed = [_name(tx, one.volunteer_id) for one in sums if one.complete_at is None]
    return record_views.ask_to_close(month, len(sums), unconfirmed)


def close(tx: Tx, county: County, person: Person | None, month: str) -> None:
    """From now on the month changes only with a reason. Raises :class:`Refused`."""
    _require_closable(tx, county, person, month)
    records.close_month(tx, month, require(person, Right.CLOSE).id)
    for asked in records.asked_in(tx, month):
        due.cancel(tx, asked.id, [RECORD_MONTH, RECORD_NUDGE])


def correct(
    tx: Tx,
    person: Person | None,
    record_id: int,
    *,
    minutes: int,
    helped: tuple[int, int],
    km: int,
    reason: str = "",
) -> Record:
    """The office puts a line right. Raises :class:`Refused`, also without a reason in a closed
    month."""
    before = recording.require(tx, record_id)
    by, is_closed = _require_change(tx, person, before.month, reason)
    facts = recording.corrected_facts(before, minutes=minutes, helped=helped, km=km)
    if facts == facts_of(before):
        return before
    records.change(tx, before.id, before.month, facts, before.status)
    after = recording.require(tx, before.id)
    if is_closed:
        records.note_change(tx, before.id, by.id, reason, before, after)
    return after


def drop(tx: Tx, person: Person | None, record_id: int, reason: str = "") -> Record:
    """The office takes a line out. Raises :class:`Refused`, as :func:`correct`."""
    before = recording.require(tx, record_id)
    by, is_closed = _require_change(tx, person, before.month, reason)
    records.remove(tx, before.id)
    if is_closed:
        records.note_change(tx, before.id, by.id, reason, before, None)
    return before


def add(
    tx: Tx,
    county: County,
    person: Person | None,
    volunteer_id: int,
    facts: Facts,
    reason: str = "",
) -> Record:
    """A task that the office adds, for who can't do it here. Raises :class:`Refused`, as
    :func:`correct`."""
    by, is_closed = _require_change(tx, person, month_of(facts.starts_at, county.zone), reason)
    if people.find(tx, volunteer_id) is None:
        raise Refused(Code.GONE)
    status = Status.CLOSED if is_closed else Status.RECORDED
    record = recording.add(tx, county, volunteer_id, facts, source=Source.OWN, status=status)
    if record is None:
        raise Refused(Code.GONE)
    if is_closed:
        records.note_change(tx, record.id, by.id, reason, None, record)
    return record


def choose_volunteer(tx: Tx, person: Person | None, month: str, page: int = 0) -> Message:
    """For whom is a task added? Raises :class:`Refused`."""
    require_in_private(tx, person, Right.ACT)
    known = [people.find(tx, one.person_id) for one in volunteers.everybody(tx)]
    named = [(one.id, one.name) for one in known if one is not None and one.has(Role.VOLUNTEER)]
    return record_views.choose_volunteer(sorted(named, key=lambda one: one[1]), month, page=page)


def _require_closable(tx: Tx, county: County, person: Person | None, month: str) -> list[MonthOf]:
    require(person, Right.CLOSE)
    if records.is_closed(tx, month):
        raise Refused(Code.MONTH_CLOSED)
    if month >= month_of(tx.now, county.zone):
        raise Refused(Code.MONTH_NOT_OVER)
    sums = records.counts(tx, month)
    if any(one.unchecked for one in sums):
        raise Refused(Code.NOT_CHECKED)
    return sums


def _require_change(tx: Tx, person: Person | None, month: str, reason: str) -> tuple[Person, bool]:
    """Who changes it, and whether the month is closed."""
    is_closed = records.is_closed(tx, month)
    by = require(person, Right.CLOSE if is_closed else Right.ACT)
    if is_closed and not reason.strip():
        raise Refused(Code.MONTH_CLOSED)
    return by, is_closed


def _rows(tx: Tx, month: str) -> list[Row]:
    rows = [Row(_name(tx, sums.volunteer_id), sums) for sums in records.counts(tx, month)]
    return sorted(rows, key=lambda row: (row.name, row.sums.volunteer_id))


def _name(tx: Tx, volunteer_id: int) -> str:
    """Empty for who is no longer kept."""
    person = people.find(tx, volunteer_id)
    return "" if person is None else person.name
