"""Who was at a meetup: the office ticks the names, and each gets a line of their record."""

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.meetups import Answer, Meetup, State
from bot.domain.people import Person
from bot.domain.records import Facts, Source, month_of
from bot.domain.rights import Right
from bot.messages import Message, Paper, Text
from bot.storage import meetups as store
from bot.storage import people, records, volunteers
from bot.storage.tx import Tx
from bot.usecases import meetup_desk_notices, meetups, recording
from bot.usecases.meetup_news import over_card
from bot.usecases.permitting import require_in_private
from bot.usecases.telling import calm_office

#: Kinds of documents, by what stands on the button.
PAPERS = {"pdf": "meetup_list", "xlsx": "meetup_table"}


def show(tx: Tx, coordinator: Person | None, meetup_id: int, page: int = 0) -> Message:
    """Who said yes is ticked at first. Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    meetup = _begun(tx, meetup_id)
    for guest in store.guests(tx, meetup.id):
        if guest.attended is None:
            store.attend(tx, guest.id, guest.answer is Answer.YES)
    return meetup_desk_notices.attendance(meetup, meetups.named(tx, meetup.id), page)


def turn_around(tx: Tx, coordinator: Person | None, guest_id: int) -> int:
    """Was there, or was not; the id of the meetup. Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    guest = store.guest(tx, guest_id)
    if guest is None:
        raise Refused(Code.GONE)
    _begun(tx, guest.meetup_id)
    store.attend(tx, guest.id, not guest.attended)
    return guest.meetup_id


def others(tx: Tx, coordinator: Person | None, meetup_id: int, page: int = 0) -> Message:
    """Active volunteers who were not invited. Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    meetup = _begun(tx, meetup_id)
    invited = {guest.person_id for guest in store.guests(tx, meetup.id)}
    found = [
        (one.person_id, people.by_id(tx, one.person_id).name)
        for one in volunteers.everybody(tx)
        if one.active and one.person_id not in invited
    ]
    return meetup_desk_notices.others(meetup, sorted(found, key=_by_name), page)


def _by_name(one: tuple[int, str]) -> tuple[str, int]:
    return one[1].casefold(), one[0]


def add(tx: Tx, coordinator: Person | None, meetup_id: int, person_id: int) -> None:
    """Somebody was there without an invitation. Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    meetup = _begun(tx, meetup_id)
    if not volunteers.is_active(tx, person_id):
        raise Refused(Code.GONE)
    for guest in store.invite(tx, meetup.id, [person_id]):
        if guest.person_id == person_id:
            store.told(tx, guest.id, meetup.revision)
            store.attend(tx, guest.id, True)


def settle(tx: Tx, county: County, coordinator: Person | None, meetup_id: int) -> None:
    """It is on file: a line of the record for each who was there. It can be corrected as long as
    the month is not closed. Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    meetup = _begun(tx, meetup_id)
    month = month_of(meetup.starts_at, county.zone)
    if records.is_closed(tx, month):
        raise Refused(Code.NOT_POSSIBLE)
    store.settle(tx, meetup.id)
    facts = _facts(meetup, county)
    for guest in store.guests(tx, meetup.id):
        if guest.attended:
            recording.add(
                tx, county, guest.person_id, facts, source=Source.MEETUP, meetup_id=meetup.id
            )
        else:
            records.remove_of_meetup(tx, meetup.id, guest.person_id)
    known = meetup_desk_notices.attendance_known(meetup, store.attended(tx, meetup.id))
    calm_office(tx, known, over_card(meetup.id))
    calm_office(tx, known, meetups.office_card(meetup.id))


def listed(tx: Tx, lead: Person | None, meetup_id: int, form: str) -> Message:
    """The list of who was there, as a document (*form*: ``pdf``, ``xlsx``). Raises
    :class:`Refused`."""
    require_in_private(tx, lead, Right.EXPORT)
    meetup = meetups.find(tx, meetup_id)
    if meetup.state is not State.SETTLED:
        raise Refused(Code.GONE)
    words: Text = meetup_desk_notices.listed(meetup)
    return Message((words,), paper=Paper(PAPERS[form], {"meetup": str(meetup.id)}))


def _begun(tx: Tx, meetup_id: int) -> Meetup:
    meetup = store.hold(tx, meetup_id)
    if meetup is None or meetup.state is State.OFF or meetup.starts_at > tx.now:
        raise Refused(Code.GONE)
    return meetup


def _facts(meetup: Meetup, county: County) -> Facts:
    return Facts(
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        place=town_of(meetup, county),
        category="",
        life_area=None,
        language="",
        adults=0,
        children=0,
        km=0,
    )


def town_of(meetup: Meetup, county: County) -> str:
    """The place of the county's list; free words are no fact of a record."""
    town = county.place(meetup.place) or county.place(meetup.place.rpartition(", ")[2])
    return "" if town is None else town.name
