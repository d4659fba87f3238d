"""What guests of a meetup hear, and when: invited, something new, called off, reminded.

Nobody is disturbed in their quiet hours, and nobody who has left or has a break is invited. Who has
no chat is called.
"""

from datetime import datetime

from bot.domain.appointments import HOUR, Reminder, closing_at
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.meetups import REMIND, Answer, Guest, Meetup, State, nudge_at, reminders
from bot.domain.people import Person
from bot.messages import Message, message
from bot.storage import calendars, due, outbox, people, volunteers
from bot.storage import meetups as store
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import meetup_calls, meetup_desk_notices, meetup_notices
from bot.usecases.assigning import wishes_of
from bot.usecases.telling import alert_office, retell

#: Due kinds. The subject is a guest; of the last one the meetup.
MEETUP_TELL = "meetup_tell"
MEETUP_NUDGE = "meetup_nudge"
MEETUP_OVER = "meetup_over"
OF_GUEST = (MEETUP_TELL, MEETUP_NUDGE, *REMIND)

#: What is so near is said in quiet hours, too (seconds).
_NEAR = 12 * HOUR


def tell_guest(tx: Tx, county: County, guest_id: int) -> None:
    """What they have not heard of yet; also the clock's, when their quiet hours are over."""
    guest, meetup = _find(tx, guest_id)
    if guest is None or meetup is None or guest.told >= meetup.revision:
        return
    person = people.by_id(tx, guest.person_id)
    is_off = meetup.state is State.OFF
    is_new = guest.told == 0
    if is_off:
        due.cancel(tx, guest.id, OF_GUEST)
        meetup_calls.drop(tx, guest)
    if not _is_there(tx, county, person, even_in_a_break=not is_new):
        return
    if (is_off and is_new) or (not is_off and meetup.starts_at <= tx.now):
        return
    at = quiet_until(tx.now, wishes_of(tx, person.id).quiet, county.zone)
    if at > tx.now and (is_new or meetup.starts_at - tx.now > _NEAR):
        due.put(tx, MEETUP_TELL, guest.id, at)
        return
    store.told(tx, guest.id, meetup.revision)
    if person.chat_id is None:
        _call(tx, meetup, guest, person)
    else:
        _tell(tx, meetup, guest, person)
        bring_calendar(tx, meetup, guest, person, again=True)
    if not is_off:
        plan(tx, county, meetup, guest)


def _tell(tx: Tx, meetup: Meetup, guest: Guest, person: Person) -> None:
    """Their first message about it stays where it is, and says what holds now."""
    if meetup.state is State.OFF:
        news = stands = meetup_notices.called_off(meetup)
    else:
        news = meetup_notices.something_new(meetup, guest.answer)
        stands = meetup_notices.stands(meetup, guest.answer)
    if guest.told == 0:
        _say(tx, person, meetup_notices.invitation(meetup), card_of(meetup.id), Lane.ANNOUNCEMENT)
        return
    for card in cards(tx, person, meetup.id):
        retell(tx, person, stands, card)
    _say(tx, person, news, f"{card_of(meetup.id)}:{meetup.revision}", Lane.REMINDER)


def _call(tx: Tx, meetup: Meetup, guest: Guest, person: Person) -> None:
    if meetup.state is State.OFF:
        said = meetup_notices.called_off(meetup)
    elif guest.told == 0:
        said = meetup_notices.invitation(meetup)
    else:
        said = meetup_notices.something_new(meetup, guest.answer)
    asks = meetup.state is not State.OFF and guest.answer is None
    meetup_calls.put(tx, guest, person, said, asks=asks)


def nudge(tx: Tx, county: County, guest_id: int) -> None:
    """The clock: who has not answered is asked once more, and then left in peace."""
    guest, meetup = _find(tx, guest_id)
    if guest is None or meetup is None or guest.answer is not None or not meetup.is_ahead(tx.now):
        return
    person = people.by_id(tx, guest.person_id)
    if person.chat_id is not None and _is_there(tx, county, person):
        _renew(tx, person, meetup, meetup_notices.nudge(meetup), f"{card_of(meetup.id)}:nudge")


def remind(tx: Tx, county: County, reminder: Reminder, guest_id: int) -> None:
    """The clock: who comes, or perhaps comes, is reminded in their own way."""
    guest, meetup = _find(tx, guest_id)
    if guest is None or meetup is None or not guest.comes or not meetup.is_ahead(tx.now):
        return
    person = people.by_id(tx, guest.person_id)
    if not _is_there(tx, county, person, even_in_a_break=True):
        return
    said = meetup_notices.reminder(meetup, guest.answer)
    if person.chat_id is not None:
        _renew(tx, person, meetup, said, f"{card_of(meetup.id)}:{reminder.value}")
    elif reminder in (Reminder.EVENING, Reminder.DAY_BEFORE):  # nobody is called again and again
        meetup_calls.put(tx, guest, person, message(*said.lines), asks=False)


def over(tx: Tx, county: County, meetup_id: int) -> None:
    """The clock: the office is asked who was there."""
    meetup = store.find(tx, meetup_id)
    guests = store.guests(tx, meetup_id)
    if meetup is None or meetup.state is not State.PLANNED or not guests:
        return
    for guest in guests:
        meetup_calls.drop(tx, guest)
    alert_office(tx, meetup_desk_notices.is_over(meetup), over_card(meetup_id))


# --- parts ----------------------------------------------------------------------------------------


def plan(tx: Tx, county: County, meetup: Meetup, guest: Guest) -> None:
    """The reminders of who comes, the one question to who says nothing; nothing to the others."""
    due.cancel(tx, guest.id, [MEETUP_NUDGE, *REMIND])
    wishes = wishes_of(tx, guest.person_id)
    if guest.answer is None:
        at = nudge_at(meetup.starts_at, tx.now, wishes.quiet, county.zone)
        if at is not None:
            due.put(tx, MEETUP_NUDGE, guest.id, at)
    elif guest.comes:
        for kind, at in reminders(meetup.starts_at, tx.now, wishes, county.zone).items():
            due.put(tx, kind, guest.id, at)


def plan_end(tx: Tx, county: County, meetup: Meetup) -> None:
    due.put(tx, MEETUP_OVER, meetup.id, closing_at(meetup.ends_at, county.zone))


def bring_calendar(
    tx: Tx, meetup: Meetup, guest: Guest, person: Person, *, again: bool = False
) -> None:
    """A file to who says yes, unless a feed brings it anyway; whoever has one gets each change, and
    one that takes it back if they do not come. *again*: there is something new about it."""
    if person.chat_id is None:
        return
    is_off = meetup.state is State.OFF
    wants = guest.comes and not is_off
    if guest.has_file and (is_off or guest.answer is Answer.NO):
        _bring_file(tx, meetup, guest, person, cancelled=True)
        return
    first = wants and not guest.has_file and not calendars.has_feed(tx, person.id)
    if first or (guest.has_file and again):
        _bring_file(tx, meetup, guest, person)


def _bring_file(
    tx: Tx, meetup: Meetup, guest: Guest, person: Person, *, cancelled: bool = False
) -> None:
    sequence = store.give_file(tx, guest.id, stands=not cancelled)
    entry = meetup_notices.event(
        meetup, uid=uid(meetup, guest), sequence=sequence, now=tx.now, cancelled=cancelled
    )
    words = meetup_notices.file_words(cancelled=cancelled)
    said = Message((words,), event=entry)
    if person.chat_id is not None:
        outbox.append(tx, Draft(person.chat_id, said, Lane.REMINDER))


def uid(meetup: Meetup, guest: Guest) -> str:
    """Of one person's calendar entry."""
    return f"meetup-{meetup.id}-{guest.id}@lotse"


def card_of(meetup_id: int) -> str:
    """What the first message to a guest is called; later ones begin with it and a colon."""
    return f"invited:{meetup_id}"


def over_card(meetup_id: int) -> str:
    return f"meetup_over:{meetup_id}"


def cards(tx: Tx, person: Person, meetup_id: int) -> list[str]:
    """Every message about it that a guest has seen."""
    if person.chat_id is None:
        return []
    later = outbox.cards_named(tx, person.chat_id, f"{card_of(meetup_id)}:")
    return [card_of(meetup_id), *later]


def _renew(tx: Tx, person: Person, meetup: Meetup, said: Message, card: str) -> None:
    """At the bottom of the chat, as long as it is true."""
    if person.chat_id is not None:
        outbox.append(
            tx,
            Draft(
                person.chat_id,
                said,
                Lane.REMINDER,
                card,
                Mode.FRESH,
                guard=f"meetup:{meetup.id}:{meetup.revision}",
                valid_until=meetup.starts_at,
            ),
        )


def _say(tx: Tx, person: Person, said: Message, card: str, lane: Lane) -> None:
    if person.chat_id is not None:
        outbox.append(tx, Draft(person.chat_id, said, lane, card, Mode.FRESH))


def _is_there(tx: Tx, county: County, person: Person, *, even_in_a_break: bool = False) -> bool:
    volunteer = volunteers.find(tx, person.id)
    if volunteer is None or not volunteer.active:
        return False
    day = datetime.fromtimestamp(tx.now, county.zone).date()
    return even_in_a_break or not volunteer.paused(day)


def _find(tx: Tx, guest_id: int) -> tuple[Guest | None, Meetup | None]:
    guest = store.guest(tx, guest_id)
    return guest, None if guest is None else store.hold(tx, guest.meetup_id)
