"""What volunteers say about themselves, and when they take a break."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Holiday, Person, Profile, Role, Volunteer
from bot.domain.places import cell_of
from bot.storage import assignments, people, volunteers
from bot.storage.tx import Tx
from bot.storage.volunteers import Cell
from bot.usecases import dispatch, volunteer_notices
from bot.usecases.telling import alert_office

_MOST_HOLIDAYS = 20


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a volunteer, and how far they have come."""

    person: Person
    volunteer: Volunteer
    phone: str
    promised: bool
    confirmed: bool
    declined: bool

    @property
    def prefilled(self) -> bool:
        """The office wrote down a whole profile: looking through it is enough."""
        return bool(self.volunteer.profile.languages and self.volunteer.profile.skills)


def find(tx: Tx, person: Person | None) -> Known | None:
    """None for everybody who is no volunteer."""
    if person is None or not person.has(Role.VOLUNTEER):
        return None
    return known(tx, person)


def known(tx: Tx, person: Person) -> Known | None:
    """Also of those who were invited and have not come so far."""
    volunteer = volunteers.find(tx, person.id)
    joining = volunteers.joining(tx, person.id)
    if volunteer is None or joining is None:
        return None
    phone = people.phone_of(tx, person.id)
    return Known(person, volunteer, phone, joining.promised, joining.confirmed, joining.declined)


def require(tx: Tx, person: Person | None) -> Known:
    """Raises :class:`Refused` for everybody who is no volunteer."""
    known = find(tx, person)
    if known is None:
        raise Refused(Code.NO_VOLUNTEER)
    return known


def confirm(tx: Tx, county: County, known: Known, profile: Profile, phone: str) -> None:
    """They promised confidentiality and looked through their profile.

    Who is not approved yet is shown to the coordinators now.
    """
    person_id = known.person.id
    save(tx, county, person_id, profile)
    if phone:
        people.set_phone(tx, person_id, phone)
    volunteers.promise(tx, person_id)
    volunteers.confirm(tx, person_id)
    if not known.volunteer.active:
        alert_office(tx, volunteer_notices.ready(person_id), volunteer_notices.card(person_id))


def save(tx: Tx, county: County, person_id: int, profile: Profile) -> None:
    volunteers.save(tx, person_id, profile, _cell(county, profile.place))


def pause(tx: Tx, county: County, person: Person | None, until: date) -> None:
    """A break until *until*, the first day they are there again; open offers go to others.

    Raises :class:`Refused`.
    """
    known = require(tx, person)
    if until <= today(tx, county):
        raise Refused(Code.TOO_LATE)
    volunteers.pause(tx, known.person.id, until.isoformat())
    dispatch.lose_volunteer(tx, county, known.person)


def plan_holiday(tx: Tx, county: County, person: Person | None, holiday: Holiday) -> int:
    """Away for these days, said beforehand; how many tasks they have promised for them.

    Raises :class:`Refused`.
    """
    known = require(tx, person)
    now = today(tx, county)
    if holiday.last < now.isoformat() or holiday.last < holiday.first:
        raise Refused(Code.TOO_LATE)
    if len(known.volunteer.holidays) >= _MOST_HOLIDAYS:
        raise Refused(Code.ENOUGH)
    volunteers.add_holiday(tx, known.person.id, holiday)
    if holiday.covers(now):
        dispatch.lose_volunteer(tx, county, known.person)
    held = assignments.active_of_volunteer(tx, known.person.id)
    days = (datetime.fromtimestamp(one.starts_at, county.zone).date() for one in held)
    return sum(holiday.covers(day) for day in days)


def drop_holiday(tx: Tx, person: Person | None, holiday_id: int) -> None:
    """They are there after all. Raises :class:`Refused`."""
    volunteers.drop_holiday(tx, require(tx, person).person.id, holiday_id)


def resume(tx: Tx, county: County, person: Person | None) -> None:
    """There again from now on, also from holidays that have begun. Raises :class:`Refused`."""
    known = require(tx, person)
    volunteers.pause(tx, known.person.id, None)
    for holiday in known.volunteer.holidays:
        if holiday.covers(today(tx, county)):
            volunteers.drop_holiday(tx, known.person.id, holiday.id)


def today(tx: Tx, county: County) -> date:
    return datetime.fromtimestamp(tx.now, county.zone).date()


def _cell(county: County, name: str) -> Cell | None:
    place = county.place(name)
    return None if place is None else cell_of(place.lat, place.lon)
