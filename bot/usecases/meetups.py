"""Meetups of volunteers: the office invites, each says yes, no or maybe, and hears what changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.meetups import (
    LANGUAGE,
    PLACE,
    UNTRAINED,
    Answer,
    Guest,
    Kind,
    Meetup,
    State,
    tally,
)
from bot.domain.people import Person, Role, Volunteer, understood
from bot.domain.rights import Right, may
from bot.messages import Message
from bot.storage import chats, due, outbox, people, volunteers
from bot.storage import meetups as store
from bot.storage.outbox import Draft, Lane
from bot.storage.tx import Tx
from bot.usecases import meetup_desk_notices, meetup_news, meetup_notices
from bot.usecases.permitting import require, require_in_private
from bot.usecases.telling import retell

#: So many stand on the office's list, and so long back (seconds).
_MOST = 20
_LOOKS_BACK = 60 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Plan:
    """What the office has said. ``who``: `bot/domain/meetups.py`."""

    kind: Kind
    title: str
    place: str
    who: str
    starts_at: int
    minutes: int


# --- the office -----------------------------------------------------------------------------------


def create(tx: Tx, county: County, coordinator: Person | None, plan: Plan) -> Message:
    """Everybody who is meant is invited, each in their time. Raises :class:`Refused`."""
    require(coordinator, Right.ACT)
    if plan.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    meetup = store.add(
        tx,
        kind=plan.kind,
        title=plan.title,
        place=plan.place,
        who=plan.who,
        starts_at=plan.starts_at,
        ends_at=plan.starts_at + 60 * plan.minutes,
    )
    guests = store.invite(tx, meetup.id, whom(tx, county, plan.who))
    meetup_news.plan_end(tx, county, meetup)
    for guest in guests:
        meetup_news.tell_guest(tx, county, guest.id)
    show_card(tx, meetup)
    return meetup_desk_notices.invited(meetup, len(guests))


def whom(tx: Tx, county: County, who: str) -> list[int]:
    """The ids of the active volunteers who are meant; nobody who has a break."""
    day = datetime.fromtimestamp(tx.now, county.zone).date()
    trained = store.trained(tx) if who == UNTRAINED else set[int]()
    return [
        one.person_id
        for one in volunteers.everybody(tx)
        if one.active
        and not one.paused(day)
        and one.person_id not in trained
        and _is_meant(one, county, who)
    ]


def _is_meant(volunteer: Volunteer, county: County, who: str) -> bool:
    rule, _, of = who.partition(":")
    if rule == LANGUAGE:
        return not understood(of).isdisjoint(volunteer.profile.languages)
    if rule == PLACE:
        home = county.place(volunteer.profile.place)
        return home is not None and of in (home.name, home.part_of)
    return True


def change(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    meetup_id: int,
    *,
    starts_at: int,
    minutes: int,
    place: str,
) -> Message:
    """At another time or place: all who were invited hear it, and are asked again if it is at
    another time. Raises :class:`Refused`."""
    require(coordinator, Right.ACT)
    meetup = _ahead(tx, meetup_id)
    if starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    ends_at = starts_at + 60 * minutes
    if (starts_at, ends_at, place) == (meetup.starts_at, meetup.ends_at, meetup.place):
        return meetup_desk_notices.changed(meetup)
    if starts_at != meetup.starts_at:
        store.forget_answers(tx, meetup.id)
    changed = store.change(tx, meetup, starts_at=starts_at, ends_at=ends_at, place=place)
    if changed is None:
        raise Refused(Code.GONE)
    meetup_news.plan_end(tx, county, changed)
    for guest in store.guests(tx, changed.id):
        meetup_news.tell_guest(tx, county, guest.id)
    show_card(tx, changed)
    return meetup_desk_notices.changed(changed)


def call_off(tx: Tx, county: County, coordinator: Person | None, meetup_id: int) -> None:
    """All who were invited hear it, and nothing more of it. Raises :class:`Refused`."""
    require(coordinator, Right.ACT)
    _ahead(tx, meetup_id)
    off = store.call_off(tx, meetup_id)
    if off is None:
        raise Refused(Code.GONE)
    due.cancel(tx, off.id, [meetup_news.MEETUP_OVER])
    for guest in store.guests(tx, off.id):
        meetup_news.tell_guest(tx, county, guest.id)
    show_card(tx, off)


def overview(tx: Tx, reader: Person | None) -> Message:
    """Raises :class:`Refused`."""
    require_in_private(tx, reader, Right.LOOK)
    found = store.since(tx, tx.now - _LOOKS_BACK, _MOST)
    planned = [one for one in found if one.state is State.PLANNED and one.ends_at > tx.now]
    past = [one for one in found if one not in planned]
    counted = [(one, tally(store.guests(tx, one.id))) for one in planned]
    return meetup_desk_notices.overview(counted, past)


def look(tx: Tx, reader: Person | None, meetup_id: int) -> Message:
    """With the names of all who are invited. Raises :class:`Refused`."""
    reader = require_in_private(tx, reader, Right.LOOK)
    meetup = find(tx, meetup_id)
    guests = named(tx, meetup_id)
    return meetup_desk_notices.look(
        meetup,
        tally([guest for guest, _ in guests]),
        guests,
        ahead=meetup.is_ahead(tx.now),
        begun=meetup.state is not State.OFF and meetup.starts_at <= tx.now,
        may_export=may(reader, Right.EXPORT),
    )


def ask_to_call_off(tx: Tx, coordinator: Person | None, meetup_id: int) -> Message:
    """Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    return meetup_desk_notices.sure_to_call_off(_ahead(tx, meetup_id))


def to_change(tx: Tx, coordinator: Person | None, meetup_id: int) -> Meetup:
    """Raises :class:`Refused`."""
    require_in_private(tx, coordinator, Right.ACT)
    return _ahead(tx, meetup_id)


def named(tx: Tx, meetup_id: int) -> Sequence[tuple[Guest, str]]:
    """All guests with their names, by name."""
    found = [
        (guest, people.by_id(tx, guest.person_id).name) for guest in store.guests(tx, meetup_id)
    ]
    return sorted(found, key=lambda pair: (pair[1].casefold(), pair[0].id))


def find(tx: Tx, meetup_id: int) -> Meetup:
    """Raises :class:`Refused`."""
    meetup = store.find(tx, meetup_id)
    if meetup is None:
        raise Refused(Code.GONE)
    return meetup


def _ahead(tx: Tx, meetup_id: int) -> Meetup:
    """One that has not begun. Raises :class:`Refused`."""
    meetup = store.hold(tx, meetup_id)
    if meetup is None or meetup.state is not State.PLANNED:
        raise Refused(Code.GONE)
    if meetup.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    return meetup


def show_card(tx: Tx, meetup: Meetup) -> None:
    """The one card that counts along, in the coordinators' group; without names."""
    group = chats.office_group(tx)
    if group is not None:
        said = meetup_desk_notices.card(meetup, tally(store.guests(tx, meetup.id)))
        outbox.append(tx, Draft(group, said, Lane.LIVE, office_card(meetup.id)))


def office_card(meetup_id: int) -> str:
    return f"meetup:{meetup_id}"


# --- those who are invited ------------------------------------------------------------------------


def answer(tx: Tx, county: County, person: Person | None, meetup_id: int, said: Answer) -> None:
    """It can be changed until the meetup begins. Raises :class:`Refused`."""
    meetup, guest = of_guest(tx, person, meetup_id)
    if meetup.state is not State.PLANNED:
        raise Refused(Code.GONE)
    if meetup.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    note_answer(tx, county, meetup, guest, said)


def note_answer(tx: Tx, county: County, meetup: Meetup, guest: Guest, said: Answer) -> None:
    """Every message about it says the answer; reminders and the calendar follow it."""
    before = guest.answer
    if said is not before:
        store.answer(tx, guest.id, said)
    guest = replace(guest, answer=said)
    person = people.by_id(tx, guest.person_id)
    for card in meetup_news.cards(tx, person, meetup.id):
        retell(tx, person, meetup_notices.stands(meetup, said), card)
    if said is not before:
        meetup_news.plan(tx, county, meetup, guest)
        meetup_news.bring_calendar(tx, meetup, guest, person)
        show_card(tx, meetup)


def answer_by_phone(tx: Tx, county: County, guest_id: int, said: Answer) -> None:
    """What they told a coordinator. Raises :class:`Refused`."""
    guest = store.guest(tx, guest_id)
    meetup = None if guest is None else store.hold(tx, guest.meetup_id)
    if guest is None or meetup is None or not meetup.is_ahead(tx.now):
        raise Refused(Code.GONE)
    note_answer(tx, county, meetup, guest, said)


def show(tx: Tx, person: Person | None, meetup_id: int) -> Message:
    """How it stands for who is invited. Raises :class:`Refused`."""
    meetup, guest = of_guest(tx, person, meetup_id)
    if meetup.state is State.OFF:
        return meetup_notices.called_off(meetup)
    if meetup.starts_at <= tx.now:
        return meetup_notices.has_begun(meetup)
    return meetup_notices.stands(meetup, guest.answer)


def own(tx: Tx, person: Person | None) -> list[tuple[Meetup, Guest]]:
    """What a volunteer is invited to and has not declined."""
    if person is None or not person.has(Role.VOLUNTEER):
        return []
    found = store.of_person(tx, person.id, tx.now)
    return [(meetup, guest) for meetup, guest in found if guest.answer is not Answer.NO]


def of_guest(tx: Tx, person: Person | None, meetup_id: int) -> tuple[Meetup, Guest]:
    """Raises :class:`Refused`."""
    meetup = store.hold(tx, meetup_id)
    if meetup is None:
        raise Refused(Code.GONE)
    guest = None if person is None else store.guest_of(tx, meetup_id, person.id)
    if guest is None:
        raise Refused(Code.NOT_YOURS)
    return meetup, guest
