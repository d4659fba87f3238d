"""Appointments in people's own calendars: a file to open, and a volunteer's private feed."""

import secrets
from dataclasses import dataclass, replace

from bot.domain.appointments import Assignment
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import number_of
from bot.messages import N_, Event, Message, Text, message, text
from bot.storage import assignments, calendars, meetups, people, requests
from bot.storage.tx import Tx
from bot.usecases import meetup_notices
from bot.usecases.telling import tell

#: So long a feed still shows what is over (seconds).
_FEED_LOOKS_BACK = 30 * 24 * 3600


# --- files --------------------------------------------------------------------------------------


def bring(tx: Tx, assignment: Assignment, requester: Person, volunteer: Person) -> None:
    """An appointment was made: the volunteer gets it, unless a feed brings it anyway.

    The requester gets it who had the one before; else there is a button.
    """
    if not calendars.has_feed(tx, volunteer.id):
        _give(tx, assignment, volunteer)
    if calendars.has_file(tx, assignment.request_id, requester.id):
        _give(tx, assignment, requester)


def give(tx: Tx, person: Person | None, assignment_id: int) -> None:
    """Somebody asks for the file. Raises :class:`Refused`."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    request = requests.by_id(tx, assignment.request_id)
    if person is None or not (person.id == assignment.volunteer_id or request.is_of(person)):
        raise Refused(Code.NOT_YOURS)
    _give(tx, assignment, person)


def change(tx: Tx, assignment: Assignment) -> None:
    """There is another time: whoever has the file gets the new one."""
    for person_id in calendars.holders(tx, assignment.id):
        said = _with_file(tx, assignment, person_id, _changed(assignment))
        tell(tx, people.by_id(tx, person_id), said)


def withdraw(tx: Tx, assignment: Assignment) -> None:
    """It was called off (*assignment* is as it was before)."""
    for person_id in calendars.holders(tx, assignment.id):
        over = replace(assignment, active=False, revision=assignment.revision + 1)
        said = _with_file(tx, over, person_id, _called_off(assignment))
        tell(tx, people.by_id(tx, person_id), said)


def _give(tx: Tx, assignment: Assignment, person: Person) -> None:
    if person.chat_id is None:
        return
    calendars.give_file(tx, assignment.request_id, person.id, assignment.id)
    tell(tx, person, _with_file(tx, assignment, person.id, _new(assignment)))


def _with_file(tx: Tx, assignment: Assignment, person_id: int, words: Text) -> Message:
    """Only the volunteer's entry names the place: a requester's phone is often shared."""
    place = assignment.place if person_id == assignment.volunteer_id else ""
    return replace(message(words), event=_event(tx, assignment, place))


def _event(tx: Tx, assignment: Assignment, place: str) -> Event:
    number = number_of(assignment.request_id)
    return Event(
        uid=f"{number}-{assignment.id}@lotse",
        sequence=assignment.revision,
        starts_at=assignment.starts_at,
        ends_at=assignment.ends_at,
        changed_at=tx.now,
        title=text(N_("Appointment {number}"), number=number),
        place=place,
        cancelled=not (assignment.active or assignment.done),
    )


def _new(assignment: Assignment) -> Text:
    return text(
        N_("🗓 {number}: open this file to put the appointment in your calendar."),
        number=number_of(assignment.request_id),
    )


def _changed(assignment: Assignment) -> Text:
    return text(
        N_("🗓 {number}: the time has changed. Open this file to change it in your calendar too."),
        number=number_of(assignment.request_id),
    )


def _called_off(assignment: Assignment) -> Text:
    return text(
        N_(
            "🗓 {number}: please delete this appointment in your calendar. On many phones it is"
            " enough to open this file."
        ),
        number=number_of(assignment.request_id),
    )


# --- the feed -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar app reads: all appointments of a volunteer, in their language."""

    language: str | None
    events: list[Event]


def new_token() -> str:
    return secrets.token_urlsafe(32)


def has_feed(tx: Tx, volunteer: Person | None) -> bool:
    """Raises :class:`Refused`."""
    return calendars.has_feed(tx, _require_volunteer(volunteer).id)


def link(public_url: str, token: str) -> str:
    return f"{public_url}/calendar/{token}.ics"


def open_feed(tx: Tx, volunteer: Person | None, token: str) -> None:
    """A private link; the one before stops working. Raises :class:`Refused`."""
    calendars.open_feed(tx, _require_volunteer(volunteer).id, token)


def close_feed(tx: Tx, volunteer: Person | None) -> None:
    """Raises :class:`Refused`."""
    calendars.close_feed(tx, _require_volunteer(volunteer).id)


def feed(tx: Tx, token: str) -> Feed | None:
    """What the link with this *token* shows; None if there is no such link (any more)."""
    person_id = calendars.person_of_feed(tx, token)
    if person_id is None:
        return None
    volunteer = people.by_id(tx, person_id)
    if not volunteer.has(Role.VOLUNTEER):
        return None
    since = tx.now - _FEED_LOOKS_BACK
    found = assignments.of_volunteer_since(tx, person_id, since)
    events = [_event(tx, one, one.place) for one in found]
    return Feed(people.language_of(tx, person_id), [*events, *_meetups(tx, person_id, since)])


def _meetups(tx: Tx, person_id: int, since: int) -> list[Event]:
    """Those the volunteer comes to, or perhaps comes to."""
    return [
        meetup_notices.event(
            meetup,
            uid=f"meetup-{meetup.id}-{guest.id}@lotse",
            sequence=meetup.revision,
            now=tx.now,
        )
        for meetup, guest in meetups.of_person(tx, person_id, since)
        if guest.comes
    ]


def _require_volunteer(person: Person | None) -> Person:
    """Raises :class:`Refused`."""
    if person is None or not person.has(Role.VOLUNTEER):
        raise Refused(Code.NO_VOLUNTEER)
    return person
