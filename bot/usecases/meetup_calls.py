"""Volunteers without a chat hear of a meetup by phone: entries of the office's call list."""

from bot.domain.appointments import HOUR
from bot.domain.county import County
from bot.domain.meetups import Guest
from bot.domain.office_hours import next_working_day, opens
from bot.domain.people import Person
from bot.messages import Message
from bot.storage import due, errands, meetups, people
from bot.storage.errands import Errand
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import call_notices, meetup_desk_notices
from bot.usecases.telling import (
    ERRAND_TAKEN_WITHIN,
    ERRAND_WAITS,
    alert_office,
    calm_office,
    errand_card,
    on_call_card,
    retell,
    tell,
)

#: Kinds of errands; the subject is the guest. The first asks for a yes or no.
ASKS, SAYS = "meetup", "meetup_said"
KINDS = (ASKS, SAYS)


def put(tx: Tx, guest: Guest, person: Person, said: Message, *, asks: bool) -> None:
    """What has not been said yet is replaced by what is newer."""
    drop(tx, guest)
    added = errands.add(
        tx,
        kind=ASKS if asks else SAYS,
        subject=guest.id,
        request_id=None,
        person_id=person.id,
        message=Message(said.lines),
    )
    due.put(tx, ERRAND_WAITS, added.id, tx.now + ERRAND_TAKEN_WITHIN * HOUR)
    show(tx, added)


def show(tx: Tx, errand: Errand) -> None:
    """A new alert of a call that nobody has taken."""
    said = meetup_desk_notices.call_wanted(errand.id, language_of(tx, errand))
    alert_office(tx, said, errand_card(errand.id))


def drop(tx: Tx, guest: Guest) -> None:
    """What waited to be said has lost its point."""
    for errand in errands.unfinished(tx):
        if errand.kind in KINDS and errand.subject == guest.id:
            _end(tx, errand)


def take(tx: Tx, coordinator: Person, errand: Errand) -> None:
    """Whom to call and what to say, in private."""
    if errand.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, errand.claimed_by)
        retell(tx, before, call_notices.call_passed_on(), on_call_card(errand.id))
    errands.claim(tx, errand.id, coordinator.id)
    due.put(tx, ERRAND_WAITS, errand.id, tx.now + 24 * HOUR)
    person, language = people.by_id(tx, errand.person_id), language_of(tx, errand)
    details = meetup_desk_notices.call_details(
        errand.id,
        errand.message,
        name=person.name,
        phone=people.phone_of(tx, person.id),
        language=language,
        asks=errand.kind == ASKS,
    )
    tell(tx, coordinator, details, card=on_call_card(errand.id), mode=Mode.FRESH)
    calm_office(tx, meetup_desk_notices.call_taken(errand.id, language), errand_card(errand.id))


def finish(tx: Tx, coordinator: Person, errand: Errand) -> None:
    """It was said; the number is gone from the chat, too."""
    _end(tx, errand)
    tell(tx, coordinator, meetup_desk_notices.call_over(), card=on_call_card(errand.id))


def remind(tx: Tx, county: County, errand: Errand) -> None:
    """The clock: still not taken, or not made; then again every working day."""
    if _has_begun(tx, errand):
        _end(tx, errand)
        return
    moment = opens(tx.now, county)
    if moment > tx.now:
        due.put(tx, ERRAND_WAITS, errand.id, moment + ERRAND_TAKEN_WITHIN * HOUR)
        return
    due.put(tx, ERRAND_WAITS, errand.id, next_working_day(tx.now, county))
    waits = errand.claimed_by is None
    said = meetup_desk_notices.call_waits if waits else meetup_desk_notices.call_not_made
    alert_office(tx, said(errand.id, language_of(tx, errand)), errand_card(errand.id))


def language_of(tx: Tx, errand: Errand) -> str:
    """What the person reads; the office's own if nobody has said it."""
    return people.language_of(tx, errand.person_id) or "de"


def _has_begun(tx: Tx, errand: Errand) -> bool:
    """Nobody needs to be called about it any more."""
    guest = meetups.guest(tx, errand.subject)
    meetup = None if guest is None else meetups.find(tx, guest.meetup_id)
    return meetup is None or meetup.starts_at <= tx.now


def _end(tx: Tx, errand: Errand) -> None:
    errands.done(tx, errand.id)
    due.cancel(tx, errand.id, [ERRAND_WAITS])
    calm_office(tx, meetup_desk_notices.call_over(), errand_card(errand.id))
