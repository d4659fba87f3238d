"""Somebody asks for nothing and is offered nothing for a while: a coordinator decided it.

They can always ask to be called. What was agreed before stays, until a coordinator changes it.
"""

from datetime import date, datetime, time

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.messages import Message
from bot.storage import assignments, blocks, due, people, requests
from bot.storage.tx import Tx
from bot.usecases import blocking_notices, dispatch
from bot.usecases.office import require_private, require_reader
from bot.usecases.telling import tell

#: The due row of a block that ends.
BLOCK_OVER = "block_over"
_OFFICE = (Role.COORDINATOR, Role.LEAD, Role.READER)


def require_possible(tx: Tx, coordinator: Person | None, person_id: int) -> Person:
    """Whom a coordinator may block: nobody of the office. Raises :class:`Refused`."""
    require_private(tx, coordinator)
    person = people.find(tx, person_id)
    if person is None:
        raise Refused(Code.GONE)
    if any(person.has(role) for role in _OFFICE):
        raise Refused(Code.NOT_POSSIBLE)
    return person


def block(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    person_id: int,
    *,
    again_from: date,
    reason: str,
) -> Person:
    """Until the day *again_from*; they hear it, without the *reason*. What was offered to them goes
    to others. Raises :class:`Refused`."""
    person = require_possible(tx, coordinator, person_id)
    until = int(datetime.combine(again_from, time(), county.zone).timestamp())
    if until <= tx.now:
        raise Refused(Code.TOO_LATE)
    by = require_private(tx, coordinator).id
    blocks.put(tx, person.id, until=again_from.isoformat(), reason=reason, by=by)
    due.put(tx, BLOCK_OVER, person.id, until)
    if person.has(Role.VOLUNTEER):
        dispatch.lose_volunteer(tx, county, person)
    tell(tx, person, blocking_notices.blocked(person, county, again_from.isoformat()))
    return person


def unblock(tx: Tx, coordinator: Person | None, person_id: int) -> Person:
    """Before its time. Raises :class:`Refused`, also if it is over already."""
    require_private(tx, coordinator)
    person = people.find(tx, person_id)
    if person is None or not blocks.lift(tx, person.id):
        raise Refused(Code.GONE)
    due.cancel(tx, person.id, [BLOCK_OVER])
    tell(tx, person, blocking_notices.free_again(person))
    return person


def is_over(tx: Tx, county: County, person_id: int) -> None:
    """The clock: the day has come."""
    person = people.find(tx, person_id)
    if person is not None and blocks.lift(tx, person_id):
        tell(tx, person, blocking_notices.free_again(person))


def everybody(tx: Tx, coordinator: Person | None) -> Message:
    """Who is blocked. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    return blocking_notices.everybody(
        [(one, name_of(tx, people.by_id(tx, one.person_id))) for one in blocks.everybody(tx)]
    )


def as_it_stands(tx: Tx, person: Person) -> Message:
    """What the coordinator reads who has just blocked somebody, or ended it."""
    block, name = blocks.find(tx, person.id), name_of(tx, person)
    if block is None:
        return blocking_notices.no_longer(name)
    return blocking_notices.now_blocked(block, name, _ahead(tx, person))


def name_of(tx: Tx, person: Person) -> str:
    """How a coordinator knows them: by name, or by the number of what they asked for last."""
    last = requests.last_of_person(tx, person.id)
    if last is None:
        return person.name or "?"
    name = person.name or last.details.name
    return f"{name} ({last.number})" if name else last.number


def _ahead(tx: Tx, person: Person) -> list[str]:
    """The numbers of what they have asked for, and of what they have promised."""
    asked = [request.number for request in requests.of_person(tx, person.id)]
    held = assignments.active_of_volunteer(tx, person.id)
    promised = [requests.by_id(tx, one.request_id).number for one in held]
    return list(dict.fromkeys([*asked, *promised]))
