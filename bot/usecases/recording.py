"""The record of what volunteers did: a line comes by itself, and is theirs to correct.

It stays theirs until the office closes the month (`record_months`).
"""

from dataclasses import replace

from bot.domain.appointments import Assignment, Outcome
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Profile
from bot.domain.records import (
    MOST_KM,
    MOST_MINUTES,
    MOST_PEOPLE,
    Facts,
    Record,
    Source,
    Status,
    facts_of,
    kilometres,
    month_of,
    overlaps,
    people_helped,
)
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import people, records, volunteers
from bot.storage.tx import Tx
from bot.usecases import record_asking, record_notices, record_words
from bot.usecases.assigning import shared_languages
from bot.usecases.record_asking import require_volunteer
from bot.usecases.telling import alert_office

# --- by itself ------------------------------------------------------------------------------------


def settle(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The volunteer has said how it went: a line for what took place, none for what did not.

    A closed month stays as it is; the office hears it.
    """
    took_place = assignment.outcome is Outcome.TOOK_PLACE
    line = records.of_assignment(tx, assignment.id)
    month = month_of(assignment.starts_at, county.zone) if line is None else line.month
    if line is None and not took_place:
        return
    ends_at = _end_of(assignment)
    if records.is_closed(tx, month):
        if line is None or not took_place or line.ends_at != ends_at:
            _tell_of_closed_month(tx, request, assignment, month)
    elif line is None:
        facts = guess(tx, county, request, assignment)
        add(
            tx,
            county,
            assignment.volunteer_id,
            facts,
            source=Source.APPOINTMENT,
            assignment_id=assignment.id,
        )
    elif not took_place:
        records.remove(tx, line.id)
    elif line.ends_at != ends_at:
        _change(tx, county, line, replace(facts_of(line), ends_at=ends_at))


def _end_of(assignment: Assignment) -> int:
    minutes = assignment.minutes
    return assignment.ends_at if minutes is None else assignment.starts_at + 60 * minutes


def guess(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> Facts:
    """What the line of an appointment probably says."""
    kind = county.categories[request.category]
    volunteer = volunteers.find(tx, assignment.volunteer_id)
    profile = Profile() if volunteer is None else volunteer.profile
    adults, children = people_helped(request, kind)
    helper = people.by_id(tx, assignment.volunteer_id)
    spoken = [*shared_languages(tx, request, helper), request.language]
    return Facts(
        starts_at=assignment.starts_at,
        ends_at=_end_of(assignment),
        place=request.place,
        category=kind.key,
        life_area=kind.life_area,
        language=spoken[0] if kind.needs_language else "",
        adults=adults,
        children=children,
        km=kilometres(
            county.place(profile.place),
            county.place(request.place),
            profile.travel,
            request.how,
            profile.reach_km,
        ),
    )


def _tell_of_closed_month(tx: Tx, request: HelpRequest, assignment: Assignment, month: str) -> None:
    said = record_notices.changes_a_closed_month(request, month, assignment.id)
    alert_office(tx, said, closed_month_card(assignment), thread=request.number)


def closed_month_card(assignment: Assignment) -> str:
    return f"closed_month:{assignment.id}"


def add(
    tx: Tx,
    county: County,
    volunteer_id: int,
    facts: Facts,
    *,
    source: Source,
    assignment_id: int | None = None,
    meetup_id: int | None = None,
    status: Status = Status.RECORDED,
) -> Record | None:
    """A line, and the question at the end of its month whether all is there; None if this
    appointment, or this volunteer at this meetup, has its line. Whether the month is still open is
    for the caller to judge."""
    month = month_of(facts.starts_at, county.zone)
    record = records.add(
        tx,
        volunteer_id,
        source,
        month,
        facts,
        assignment_id=assignment_id,
        meetup_id=meetup_id,
        status=status,
    )
    asked = records.ask_about(tx, volunteer_id, month)
    if asked is not None and status is not Status.CLOSED:
        record_asking.plan(tx, county, asked)
    return record


def _change(tx: Tx, county: County, line: Record, facts: Facts) -> Record:
    """What was checked has to be looked at once more."""
    month = month_of(facts.starts_at, county.zone)
    records.change(tx, line.id, month, facts, Status.RECORDED)
    return require(tx, line.id)


# --- the volunteer --------------------------------------------------------------------------------


def require(tx: Tx, record_id: int) -> Record:
    """Raises :class:`Refused` if there is no such line any more."""
    record = records.find(tx, record_id)
    if record is None:
        raise Refused(Code.GONE)
    return record


def require_own(tx: Tx, person: Person | None, record_id: int) -> Record:
    """Raises :class:`Refused` for everybody else's line."""
    record = require(tx, record_id)
    if person is None or record.volunteer_id != person.id:
        raise Refused(Code.NOT_YOURS)
    return record


def require_open(tx: Tx, person: Person | None, record_id: int) -> Record:
    record = require_own(tx, person, record_id)
    if record.status is Status.CLOSED or records.is_closed(tx, record.month):
        raise Refused(Code.MONTH_CLOSED)
    return record


def correct(
    tx: Tx,
    county: County,
    person: Person | None,
    record_id: int,
    *,
    minutes: int | None = None,
    helped: tuple[int, int] | None = None,
    km: int | None = None,
) -> Record:
    """The volunteer puts something right. *helped*: adults and children.

    Raises :class:`Refused`, also when the month is closed.
    """
    before = require_open(tx, person, record_id)
    if before.source is Source.MEETUP and (minutes is not None or helped is not None):
        raise Refused(Code.NOT_POSSIBLE)
    after = corrected_facts(before, minutes=minutes, helped=helped, km=km)
    return before if after == facts_of(before) else _change(tx, county, before, after)


def corrected_facts(
    before: Record,
    *,
    minutes: int | None = None,
    helped: tuple[int, int] | None = None,
    km: int | None = None,
) -> Facts:
    """Raises :class:`Refused` for what can't be."""
    adults, children = (before.adults, before.children) if helped is None else helped
    minutes = before.minutes if minutes is None else minutes
    km = before.km if km is None else km
    if not 0 < minutes <= MOST_MINUTES or not 0 <= km <= MOST_KM:
        raise Refused(Code.NOT_POSSIBLE)
    if not 0 <= adults <= MOST_PEOPLE or not 0 <= children <= MOST_PEOPLE:
        raise Refused(Code.NOT_POSSIBLE)
    return replace(
        facts_of(before),
        ends_at=before.starts_at + 60 * minutes,
        adults=adults,
        children=children,
        km=km,
    )


def drop(tx: Tx, person: Person | None, record_id: int) -> Record:
    """The volunteer takes a line out. Raises :class:`Refused`."""
    record = require_open(tx, person, record_id)
    if record.source is Source.MEETUP:
        raise Refused(Code.NOT_POSSIBLE)
    records.remove(tx, record.id)
    return record


def add_own(tx: Tx, county: County, person: Person | None, facts: Facts) -> tuple[Record, bool]:
    """A task done outside the bot; and whether another line is about the same time.

    Raises :class:`Refused`.
    """
    volunteer = require_volunteer(person)
    month = month_of(facts.starts_at, county.zone)
    if records.is_closed(tx, month):
        raise Refused(Code.MONTH_CLOSED)
    if facts.starts_at > tx.now:
        raise Refused(Code.NOT_POSSIBLE)
    overlapping = overlaps(facts, records.of_volunteer(tx, volunteer.id, month))
    record = add(tx, county, volunteer.id, facts, source=Source.OWN)
    if record is None:
        raise Refused(Code.GONE)
    return record, overlapping


def own_month(tx: Tx, county: County, person: Person | None, month: str, page: int = 0) -> Message:
    """The volunteer's month at a glance. Raises :class:`Refused`."""
    volunteer = require_volunteer(person)
    lines = records.of_volunteer(tx, volunteer.id, month)
    return record_notices.own_month(
        lines,
        county,
        month,
        today_month=month_of(tx.now, county.zone),
        complete=records.is_complete(tx, volunteer.id, month),
        closed=records.is_closed(tx, month),
        page=min(page, max(0, len(lines) - 1) // record_words.PAGE),
    )


def own_line(tx: Tx, county: County, person: Person | None, record_id: int) -> Message:
    """Raises :class:`Refused`."""
    record = require_own(tx, person, record_id)
    month_closed = records.is_closed(tx, record.month)
    return record_notices.own_line(record, county, month_closed=month_closed)
