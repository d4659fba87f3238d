"""Care for volunteers: "too much", lists of those to look after, renewals, the checklist."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.care import ENTERED, Concern, Load, Step, needed, usual_load
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.messages import Message, Text
from bot.storage import audit, care, onboarding, people, volunteers
from bot.storage.tx import Tx
from bot.usecases import (
    approving,
    care_lists,
    care_notices,
    checking_in,
    office,
    papers_due,
    profiles,
)
from bot.usecases.office import require_private, require_reader
from bot.usecases.telling import tell

#: So long somebody is left in peace who said that it is too much.
_REST = timedelta(days=7)


# --- what volunteers say --------------------------------------------------------------------------


def too_much(tx: Tx, county: County, person: Person | None) -> Message:
    """A coordinator calls them, and they are not asked for a week unless they say no to that.

    Raises :class:`Refused`, also without a phone number.
    """
    known = profiles.require(tx, person)
    _ask_for_call(tx, county, known.person, "too_much")
    volunteers.strain(tx, known.person.id)
    today = profiles.today(tx, county)
    until = today + _REST
    paused_until = known.volunteer.paused_until
    if paused_until is None or paused_until < until.isoformat():
        profiles.pause(tx, county, known.person, until)
    rests = profiles.require(tx, known.person).volunteer
    return care_notices.rest(rests.back_on(today) or until.isoformat())


def would_like_to_talk(tx: Tx, county: County, person: Person | None, assignment_id: int) -> None:
    """After a hard task. Raises :class:`Refused`, also without a phone number."""
    known = profiles.require(tx, person)
    if checking_in.require(tx, known.person, assignment_id).state != "talk":
        _ask_for_call(tx, county, known.person, "check_in")
        checking_in.answer(tx, county, known.person, assignment_id, "talk")


def _ask_for_call(tx: Tx, county: County, person: Person, about: str) -> None:
    phone = people.phone_of(tx, person.id)
    if person.chat_id is None or not phone:
        raise Refused(Code.NOT_POSSIBLE)
    language = people.language_of(tx, person.id) or county.office_language
    office.ask_for_call(tx, person.chat_id, phone, language, about=about)


# --- lists ----------------------------------------------------------------------------------------


def overview(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """How many are on each list. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    return care_lists.overview({one: len(_list(tx, county, one)) for one in Concern})


def listed(tx: Tx, county: County, coordinator: Person | None, concern: Concern) -> Message:
    """Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    rows = [
        (person_id, people.by_id(tx, person_id).name, why)
        for person_id, why in _list(tx, county, concern).items()
    ]
    return care_lists.listed(concern, rows)


def what_to_write(tx: Tx, county: County, coordinator: Person | None, concern: Concern) -> Message:
    """Raises :class:`Refused`."""
    require_private(tx, coordinator)
    found = _list(tx, county, concern)
    if not found:
        raise Refused(Code.GONE)
    return care_lists.what_to_write(concern, len(found))


def write(
    tx: Tx, county: County, coordinator: Person | None, concern: Concern, key: str
) -> Message:
    """All who are on the list read it, each in their own language; nobody twice on one day.

    Raises :class:`Refused`.
    """
    require_private(tx, coordinator)
    if key not in care_notices.SENTENCES:
        raise Refused(Code.GONE)
    today = _today(tx, county).isoformat()
    told, unreached = 0, list[str]()
    for person_id in _list(tx, county, concern):
        person = people.by_id(tx, person_id)
        if person.chat_id is None:
            unreached.append(person.name)
        elif care.told_first(tx, person_id, f"wrote {key}", today):
            tell(tx, person, care_notices.office_says(key, county))
            told += 1
    return care_lists.written(told, unreached)


def _list(tx: Tx, county: County, concern: Concern) -> Mapping[int, Sequence[Text]]:
    """The persons on a list, and why."""
    today = _today(tx, county)
    if concern is Concern.PAPERS:
        papers = {
            one.person_id: needed(one.papers, today)
            for one in volunteers.everybody(tx)
            if one.active
        }
        return {who: care_lists.why_papers(why) for who, why in papers.items() if why}
    loads = _loads(tx, county)
    if concern is Concern.NEVER_ASKED:
        return {one.person_id: () for one in loads if not one.asked}
    if concern is Concern.OVERLOADED:
        usual = usual_load(loads)
        return {
            one.person_id: care_lists.why_overloaded(
                strained=one.is_strained(tx.now),
                over_the_cap=one.is_over_the_cap,
                lately=one.lately,
            )
            for one in loads
            if one.is_overloaded(tx.now, usual)
        }
    return {
        one.person_id: care_lists.last_sign(_day(county, one.last_sign))
        for one in loads
        if one.is_inactive(tx.now, county.inactive_months) and _is_there(tx, one.person_id, today)
    }


def _loads(tx: Tx, county: County) -> list[Load]:
    today = _today(tx, county)
    monday = today - timedelta(days=today.weekday())
    begins, ends = (
        int(datetime.combine(day, time(), county.zone).timestamp())
        for day in (monday, monday + timedelta(days=7))
    )
    return care.loads(tx, begins, ends)


def _is_there(tx: Tx, person_id: int, today: date) -> bool:
    volunteer = volunteers.find(tx, person_id)
    return volunteer is not None and not volunteer.paused(today)


def _day(county: County, moment: int | None) -> date | None:
    return None if moment is None else datetime.fromtimestamp(moment, county.zone).date()


# --- renewals -------------------------------------------------------------------------------------


def to_renew(tx: Tx, coordinator: Person | None) -> tuple[dict[str, str], str | None]:
    """Who is appointed, ``{id: name}``, those whose appointment ends first; and the first day
    (ISO) on which one of them is so no longer. Raises :class:`Refused`."""
    require_private(tx, coordinator)
    appointed = [one for one in volunteers.everybody(tx) if one.active and one.papers.appointed_on]
    appointed.sort(key=lambda one: (one.papers.appointed_until or "9999", one.person_id))
    ends = [one.papers.appointed_until for one in appointed if one.papers.appointed_until]
    first = min(ends, default=None)
    after = None if first is None else date.fromisoformat(first) + timedelta(days=1)
    names = {str(one.person_id): people.by_id(tx, one.person_id).name for one in appointed}
    return names, None if after is None else after.isoformat()


def renew(
    tx: Tx, county: County, coordinator: Person | None, person_ids: Collection[int], until: str
) -> Message:
    """Each of them is appointed until that day (ISO), and hears it. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    renewed, unreached = 0, list[str]()
    for person_id in sorted(person_ids):
        volunteer = volunteers.find(tx, person_id)
        if volunteer is None or not volunteer.active or volunteer.papers.appointed_until == until:
            continue
        person = people.by_id(tx, person_id)
        volunteers.file_papers(tx, person_id, replace(volunteer.papers, appointed_until=until))
        papers_due.filed(tx, person_id)
        audit.add(tx, coordinator.id, "renew", f"volunteer:{person_id}")
        tell(tx, person, care_notices.renewed(until))
        renewed += 1
        if person.chat_id is None:
            unreached.append(person.name)
    return care_lists.renewed_for_office(renewed, until, unreached)


# --- the checklist --------------------------------------------------------------------------------


def checklist(tx: Tx, county: County, coordinator: Person | None, person_id: int) -> Message:
    """What comes before the first task, and what of it is done. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    name = approving.confirmed(tx, person_id).person.name
    return care_lists.checklist(person_id, name, _steps(tx, county, person_id))


def one_step(
    tx: Tx, county: County, coordinator: Person | None, person_id: int, step: Step
) -> Message:
    """Raises :class:`Refused`."""
    require_private(tx, coordinator)
    name = approving.confirmed(tx, person_id).person.name
    return care_lists.one_step(person_id, name, step, _steps(tx, county, person_id).get(step))


def enter(tx: Tx, coordinator: Person | None, person_id: int, step: Step, day: str | None) -> None:
    """The day (ISO) of a step; None: it is not done. Raises :class:`Refused`."""
    require_private(tx, coordinator)
    papers = approving.confirmed(tx, person_id).volunteer.papers
    if step not in ENTERED:
        raise Refused(Code.NOT_POSSIBLE)
    if step is Step.INSTRUCTED:
        volunteers.file_papers(tx, person_id, replace(papers, instructed_on=day))
    elif step is Step.CERTIFICATE:
        volunteers.file_papers(tx, person_id, replace(papers, certificate_on=day))
        papers_due.filed(tx, person_id)
    elif day is None:
        onboarding.clear(tx, person_id, step)
    else:
        onboarding.note(tx, person_id, step, day)


def _steps(tx: Tx, county: County, person_id: int) -> dict[Step, str]:
    papers = approving.confirmed(tx, person_id).volunteer.papers
    promised = _day(county, volunteers.promised_at(tx, person_id))
    noted = onboarding.days(tx, person_id)
    days = {
        Step.TALKED: noted.get(Step.TALKED),
        Step.PROMISED: None if promised is None else promised.isoformat(),
        Step.INSTRUCTED: papers.instructed_on,
        Step.CERTIFICATE: papers.certificate_on,
        Step.TRAINING: noted.get(Step.TRAINING),
        Step.APPOINTED: papers.appointed_on,
    }
    return {step: day for step, day in days.items() if day is not None}


def _today(tx: Tx, county: County) -> date:
    return datetime.fromtimestamp(tx.now, county.zone).date()
