"""The end of a month: volunteers say whether their record is complete."""

from datetime import datetime, timedelta

from bot.domain.appointments import DAY
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.records import asked_at, summed
from bot.storage import due, people, records
from bot.storage.outbox import Mode
from bot.storage.records import Asked
from bot.storage.tx import Tx
from bot.usecases import record_notices
from bot.usecases.assigning import wishes_of
from bot.usecases.telling import retell, tell

#: Due rows; their subject is the row of the volunteer's month (`records.Asked`).
RECORD_MONTH = "record_month"
RECORD_NUDGE = "record_nudge"
_NUDGE_AFTER = 5 * DAY
_MORNING = "10:00"


def plan(tx: Tx, county: County, asked: Asked) -> None:
    """They have the first line of a month: at its end they are asked."""
    due.put(tx, RECORD_MONTH, asked.id, _ask_at(tx, county, asked))


def require_volunteer(person: Person | None) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if person is None or not person.has(Role.VOLUNTEER):
        raise Refused(Code.NO_VOLUNTEER)
    return person


def ask(tx: Tx, county: County, asked_id: int) -> None:
    """The clock, on the 1st: is it complete? Who has no chat is not asked."""
    asked = _still_open(tx, asked_id)
    if asked is None:
        return
    _ask(tx, asked)
    due.put(tx, RECORD_NUDGE, asked.id, _awake(tx, county, asked, tx.now + _NUDGE_AFTER))


def nudge(tx: Tx, county: County, asked_id: int) -> None:
    """The clock: once more. After that the office sees that it was not confirmed."""
    asked = _still_open(tx, asked_id)
    if asked is not None:
        _ask(tx, asked, again=True)


def complete(tx: Tx, person: Person | None, month: str) -> None:
    """The volunteer says that nothing is missing. Raises :class:`Refused`."""
    volunteer = require_volunteer(person)
    asked = records.asked_about(tx, volunteer.id, month) or records.ask_about(
        tx, volunteer.id, month
    )
    lines = records.of_volunteer(tx, volunteer.id, month)
    if asked is None or not lines:
        raise Refused(Code.GONE)
    if records.is_closed(tx, month):
        raise Refused(Code.MONTH_CLOSED)
    records.complete(tx, asked.id)
    due.cancel(tx, asked.id, [RECORD_MONTH, RECORD_NUDGE])
    said = record_notices.completed(summed(lines), month)
    retell(tx, volunteer, said, _card(asked))


def _ask(tx: Tx, asked: Asked, *, again: bool = False) -> None:
    lines = records.of_volunteer(tx, asked.volunteer_id, asked.month)
    said = record_notices.is_it_complete(summed(lines), asked.month, again=again)
    person = people.by_id(tx, asked.volunteer_id)
    tell(tx, person, said, card=_card(asked), mode=Mode.FRESH)


def _still_open(tx: Tx, asked_id: int) -> Asked | None:
    """Who can be asked about a month that has lines and is neither complete nor closed."""
    asked = records.asked(tx, asked_id)
    if asked is None or asked.complete_at is not None or records.is_closed(tx, asked.month):
        return None
    person = people.find(tx, asked.volunteer_id)
    if person is None or person.chat_id is None or not person.has(Role.VOLUNTEER):
        return None
    return asked if records.of_volunteer(tx, asked.volunteer_id, asked.month) else None


def _ask_at(tx: Tx, county: County, asked: Asked) -> int:
    """The 1st at ten; a line that comes later than that is asked about the next morning."""
    at = asked_at(asked.month, county.zone)
    if at <= tx.now:
        tomorrow = datetime.fromtimestamp(tx.now, county.zone).date() + timedelta(days=1)
        wall = datetime.fromisoformat(f"{tomorrow.isoformat()}T{_MORNING}")
        at = int(wall.replace(tzinfo=county.zone).timestamp())
    return _awake(tx, county, asked, at)


def _awake(tx: Tx, county: County, asked: Asked, at: int) -> int:
    return quiet_until(at, wishes_of(tx, asked.volunteer_id).quiet, county.zone)


def _card(asked: Asked) -> str:
    return f"month:{asked.id}"
