"""Reminders of an appointment, to both sides."""

import logging

from bot.domain.appointments import LEAD, Assignment, Reminder
from bot.domain.county import County
from bot.domain.people import Person
from bot.messages import Message
from bot.storage import assignments, outbox, people, requests
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import notices
from bot.usecases.assigning import reminder_card

_log = logging.getLogger(__name__)


def remind(tx: Tx, county: County, reminder: Reminder, assignment_id: int) -> None:
    """The clock: tell both sides, unless it was cancelled, or has become pointless."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        return
    if tx.now >= _pointless_from(reminder, assignment):
        _log.info("reminder %s of assignment %s comes too late: dropped", reminder, assignment_id)
        return
    request = requests.by_id(tx, assignment.request_id)
    volunteer, requester = (
        people.by_id(tx, assignment.volunteer_id),
        people.by_id(tx, request.person_id),
    )
    _remind(tx, requester, notices.requester_reminder(request), reminder, assignment)
    _remind(
        tx,
        volunteer,
        notices.volunteer_reminder(request, county, assignment.id),
        reminder,
        assignment,
    )


def _pointless_from(reminder: Reminder, assignment: Assignment) -> int:
    if reminder is Reminder.DAY_BEFORE:
        return assignment.starts_at - LEAD[Reminder.HOURS_BEFORE]
    return assignment.starts_at


def _remind(
    tx: Tx, person: Person, said: Message, reminder: Reminder, assignment: Assignment
) -> None:
    if person.chat_id is None:
        return
    outbox.append(
        tx,
        Draft(
            person.chat_id,
            said,
            Lane.REMINDER,
            reminder_card(reminder, assignment),
            Mode.FRESH,
            guard=f"assignment:{assignment.id}:{assignment.revision}",
            valid_until=_pointless_from(reminder, assignment),
        ),
    )
