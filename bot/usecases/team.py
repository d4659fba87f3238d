"""The people of the office: who coordinates, leads, only reads, refers; and the end of a role."""

from dataclasses import dataclass

from bot.domain.appointments import HOUR
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import number_of
from bot.domain.rights import Right
from bot.messages import Message
from bot.storage import applications, calls, cases, due, errands, people, referrers, requests
from bot.storage.errands import Errand
from bot.storage.tx import Tx
from bot.usecases import (
    application_notices,
    call_notices,
    case_notices,
    late_notices,
    meetup_calls,
    menus,
    referring,
    team_notices,
)
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.office import CALL_WAITS
from bot.usecases.permitting import require_in_private
from bot.usecases.protecting import CASE_WAITS
from bot.usecases.telling import (
    ERRAND_WAITS,
    LATE_WAITS,
    alert_office,
    errand_card,
    on_call_card,
    retell,
    tell,
)

#: The roles that the office gives and takes; volunteers have a desk of their own.
OFFICE = (Role.LEAD, Role.COORDINATOR, Role.READER, Role.REFERRER)

#: What was given back is brought up again after so long.
_WITHIN = 2 * HOUR


@dataclass(frozen=True, slots=True)
class Member:
    """``since``: from when they have each role (UTC epoch seconds)."""

    person: Person
    since: dict[Role, int]
    organisation: str = ""


def everybody(tx: Tx, lead: Person | None) -> list[Member]:
    """All who have a role in the office, leads first. Raises :class:`Refused`."""
    require_in_private(tx, lead, Right.PEOPLE)
    found = {person.id: person for role in OFFICE for person in people.in_role(tx, role)}
    return [_member(tx, person) for person in found.values()]


def look(tx: Tx, lead: Person | None, person_id: int) -> Member:
    """Raises :class:`Refused`."""
    require_in_private(tx, lead, Right.PEOPLE)
    person = people.find(tx, person_id)
    if person is None or person.roles.isdisjoint(OFFICE):
        raise Refused(Code.GONE)
    return _member(tx, person)


def make_lead(tx: Tx, lead: Person | None, person_id: int) -> Member:
    """A coordinator leads from now on. Raises :class:`Refused`."""
    member = look(tx, lead, person_id)
    if not member.person.has(Role.COORDINATOR):
        raise Refused(Code.NOT_POSSIBLE)
    if not member.person.has(Role.LEAD):
        people.grant(tx, person_id, Role.LEAD)
        _tell_change(tx, member.person, team_notices.leads_now())
    return look(tx, lead, person_id)


def take_lead_back(tx: Tx, lead: Person | None, person_id: int) -> Member | None:
    """They coordinate and lead no longer; None for one's own lead, who sees it no more.

    Raises :class:`Refused` for the last who leads.
    """
    member = look(tx, lead, person_id)
    if not member.person.has(Role.LEAD):
        return member
    _require_another_lead(tx)
    people.revoke(tx, person_id, Role.LEAD)
    _tell_change(tx, member.person, team_notices.leads_no_longer())
    is_own = lead is not None and lead.id == person_id
    return None if is_own else look(tx, lead, person_id)


def end(tx: Tx, county: County, lead: Person | None, person_id: int, role: Role) -> Person:
    """Somebody has *role* no longer; who coordinates no longer leads no longer either.

    They hear it, their menu changes, and what they had taken waits for the others. A second time
    it is gone. Raises :class:`Refused`.
    """
    person = look(tx, lead, person_id).person
    if role not in OFFICE or not person.has(role):
        raise Refused(Code.GONE)
    if role is Role.COORDINATOR and person.has(Role.LEAD):
        _require_another_lead(tx)
    ended = (Role.COORDINATOR, Role.LEAD) if role is Role.COORDINATOR else (role,)
    people.revoke(tx, person_id, *ended)
    if role is Role.COORDINATOR:
        alert_office(tx, team_notices.left(person.name), f"left:{person.id}")
        _give_back(tx, county, person)
    if role is Role.REFERRER:
        referring.end(tx, county, person)
    _tell_change(tx, person, team_notices.ended(role, county))
    return people.by_id(tx, person_id)


def _member(tx: Tx, person: Person) -> Member:
    roles = {role: at for role, at in people.since(tx, person.id).items() if role in OFFICE}
    return Member(person, roles, referrers.organisation_of(tx, person.id))


def _require_another_lead(tx: Tx) -> None:
    if len(people.in_role(tx, Role.LEAD)) < 2:
        raise Refused(Code.LAST_LEAD)


def _tell_change(tx: Tx, person: Person, said: Message) -> None:
    if person.chat_id is not None:
        tell(tx, person, said)
        menus.renew(tx, person.chat_id, other_language=True)


def _give_back(tx: Tx, county: County, person: Person) -> None:
    """Every call, errand, case and application they had taken is open again, and the group sees
    it."""
    for call in calls.give_back(tx, person.id):
        due.put(tx, CALL_WAITS, call.id, tx.now + _WITHIN)
        alert_office(tx, call_notices.call_wanted(call.id, call.language), f"call:{call.id}")
        retell(tx, person, call_notices.call_passed_on(), f"number:{call.id}")
    for errand in errands.unfinished(tx):
        if errand.claimed_by == person.id and errand.request_id is not None:
            requests.hold(tx, errand.request_id)
    for errand in errands.give_back(tx, person.id):
        _errand_waits(tx, county, errand)
        retell(tx, person, call_notices.call_passed_on(), on_call_card(errand.id))
    for case in cases.give_back(tx, person.id):
        number = number_of(case.request_id)
        due.put(tx, CASE_WAITS, case.id, tx.now + _WITHIN)
        alert_office(tx, case_notices.wanted(case, number), f"case:{case.id}", thread=number)
        retell(tx, person, case_notices.passed_on(number), f"own_case:{case.id}")
    for application in applications.give_back(tx, person.id):
        card = application_notices.card(application.id)
        alert_office(tx, application_notices.waits(application.id), card)
        details = application_notices.details_card(application.id)
        retell(tx, person, application_notices.passed_on(), details)


def _errand_waits(tx: Tx, county: County, errand: Errand) -> None:
    if errand.request_id is None:
        due.put(tx, ERRAND_WAITS, errand.id, tx.now + _WITHIN)
        meetup_calls.show(tx, errand)
        return
    request = requests.by_id(tx, errand.request_id)
    if errand.kind == LATE_ERRAND:
        kind, said = LATE_WAITS, late_notices.still_waits(errand.id, request, county)
    else:
        kind, said = ERRAND_WAITS, call_notices.errand_wanted(errand, request)
    due.put(tx, kind, errand.id, tx.now + _WITHIN)
    alert_office(tx, said, errand_card(errand.id), thread=request.number)
