"""How each person likes to be reminded: when, not when, and whether with a sound."""

from dataclasses import dataclass, replace

from bot.domain.appointments import Reminder, Wishes
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.storage import assignments, chats, meetups, people, requests, volunteers
from bot.storage.tx import Tx
from bot.usecases import meetup_news
from bot.usecases.assigning import plan_reminders, wishes_of


@dataclass(frozen=True, slots=True)
class Known:
    """*silent*: messages come without a sound."""

    wishes: Wishes
    silent: bool


def of(tx: Tx, person: Person) -> Known:
    """As they are; a volunteer's quiet hours are those of their profile."""
    wishes = wishes_of(tx, person.id)
    return Known(wishes, person.chat_id is not None and chats.is_silent(tx, person.chat_id))


def choose(tx: Tx, county: County, person: Person | None, reminder: Reminder, wanted: bool) -> None:
    """This reminder, or not this one; one at least stays. Raises :class:`Refused`."""
    if person is None:
        raise Refused(Code.GONE)
    now = of(tx, person).wishes
    when = tuple(one for one in Reminder if (wanted if one is reminder else one in now.when))
    if not when:
        raise Refused(Code.NOT_POSSIBLE)
    _save(tx, county, person, replace(now, when=when))


def be_quiet(tx: Tx, county: County, person: Person | None, quiet: tuple[str, str]) -> None:
    """From when to when nothing is to come. Raises :class:`Refused`."""
    if person is None:
        raise Refused(Code.GONE)
    _save(tx, county, person, replace(of(tx, person).wishes, quiet=quiet))


def be_silent(tx: Tx, person: Person | None, silent: bool) -> None:
    """Raises :class:`Refused`."""
    if person is None or person.chat_id is None:
        raise Refused(Code.GONE)
    chats.set_silent(tx, person.chat_id, silent)


def _save(tx: Tx, county: County, person: Person, wishes: Wishes) -> None:
    """What is ahead is planned anew."""
    people.wish(tx, person.id, wishes)
    volunteers.set_quiet(tx, person.id, wishes.quiet)
    own = [assignments.active_of_request(tx, one.id) for one in requests.of_person(tx, person.id)]
    for held in (*own, *assignments.active_of_volunteer(tx, person.id)):
        if held is not None and held.starts_at > tx.now:
            requests.hold(tx, held.request_id)
            plan_reminders(tx, county, held)
    for meetup, guest in meetups.of_person(tx, person.id, tx.now):
        if guest.comes and meetup.is_ahead(tx.now):
            meetup_news.plan(tx, county, meetup, guest)
