"""The day after a hard task the volunteer is asked once how they are.

It is one of the questions of which only one is open at a time (`afterwards`).
"""

from datetime import datetime, time, timedelta

from bot.domain.appointments import DAY, HOUR, NUDGE_AFTER, Assignment, Outcome
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.storage import assignments, check_ins, due, people, prompts, requests
from bot.storage.check_ins import CheckIn
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import afterwards, care_notices
from bot.usecases.assigning import wishes_of
from bot.usecases.telling import retell, tell

#: Due rows; their subject is the assignment.
CHECK_IN = "check_in"
CHECK_IN_OVER = "check_in_over"
_AT = time(10)
#: Another question is open: it is tried again after so long, and given up after so long.
_AGAIN = 2 * HOUR
_TOO_LATE = 3 * DAY
_NOT_THERE = (Outcome.NO_SHOW, Outcome.MOVED, Outcome.ABSENT)


def plan(tx: Tx, county: County, assignment: Assignment) -> None:
    """They will be asked the day after; once for each task."""
    if check_ins.find(tx, assignment.id) is not None:
        return
    day = datetime.fromtimestamp(assignment.ends_at, county.zone).date() + timedelta(days=1)
    at = int(datetime.combine(day, _AT, county.zone).timestamp())
    due.put(tx, CHECK_IN, assignment.id, _awake(tx, county, assignment, max(at, tx.now)))


def ask(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: how are you? Not who was not there, and nobody twice on one day."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or assignment.outcome in _NOT_THERE:
        return
    person_id = assignment.volunteer_id
    volunteer = people.by_id(tx, person_id)
    is_late = tx.now - assignment.ends_at > _TOO_LATE
    if volunteer.chat_id is None or is_late or check_ins.asked_since(tx, person_id, tx.now - DAY):
        return
    if prompts.open_of(tx, person_id) is not None:
        later = _awake(tx, county, assignment, tx.now + _AGAIN)
        due.put(tx, CHECK_IN, assignment_id, later)
        return
    check_ins.add(tx, assignment_id, person_id)
    due.put(tx, CHECK_IN_OVER, assignment_id, tx.now + NUDGE_AFTER)
    request = requests.by_id(tx, assignment.request_id)
    said = care_notices.how_are_you(request, assignment_id)
    tell(tx, volunteer, said, card=_card(assignment_id), mode=Mode.FRESH)


def require(tx: Tx, person: Person | None, assignment_id: int) -> CheckIn:
    """What this person was asked. Raises :class:`Refused`."""
    found = check_ins.find(tx, assignment_id)
    if found is None:
        raise Refused(Code.GONE)
    if person is None or found.person_id != person.id:
        raise Refused(Code.NOT_YOURS)
    return found


def answer(tx: Tx, county: County, person: Person, assignment_id: int, state: str) -> None:
    """*state*: ``good`` or ``talk``; who wants to talk after all can say so later."""
    found = require(tx, person, assignment_id)
    if found.state == "talk":
        return
    check_ins.say(tx, assignment_id, state)
    due.cancel(tx, assignment_id, [CHECK_IN_OVER])
    good = state == "good"
    said = care_notices.good_to_hear(assignment_id) if good else care_notices.we_call(county)
    retell(tx, person, said, _card(assignment_id))
    afterwards.show_next(tx, county, person.id)


def give_up(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: no answer is an answer, too; the next question may come."""
    found = check_ins.find(tx, assignment_id)
    if found is not None and found.state == "open":
        check_ins.say(tx, assignment_id, "over")
        afterwards.show_next(tx, county, found.person_id)


def _awake(tx: Tx, county: County, assignment: Assignment, at: int) -> int:
    return quiet_until(at, wishes_of(tx, assignment.volunteer_id).quiet, county.zone)


def _card(assignment_id: int) -> str:
    return f"check_in:{assignment_id}"
