"""A volunteer takes a request and is free of it again: assignment, reminders, cards."""

from bot.domain.appointments import Assignment, Reminder, reminder_plan
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import assignments, due, offers, people
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import notices
from bot.usecases.telling import retell, show_card, tell

#: Kinds of due rows about a request (reminders are about an assignment).
OFFERS_EXPIRE = "offers_expire"
REQUEST_STARTS = "request_starts"
REQUEST_ENDS = "request_ends"


def assign(tx: Tx, county: County, request: HelpRequest, volunteer: Person) -> None:
    """Bind *volunteer* to *request*, which has just been assigned; both sides hear it."""
    assignment = assignments.add(tx, request, volunteer.id)
    due.cancel(tx, request.id, [OFFERS_EXPIRE, REQUEST_STARTS])
    due.put(tx, REQUEST_ENDS, request.id, request.ends_at)
    for reminder, moment in reminder_plan(request.starts_at, tx.now).items():
        due.put(tx, reminder.value, assignment.id, moment)
    found = notices.volunteer_found(request, volunteer.first_name)
    requester = people.by_id(tx, request.person_id)
    tell(tx, requester, found, card=found_card(request), mode=Mode.FRESH)
    accepted = notices.offer_accepted(request, county, assignment.id)
    tell(tx, volunteer, accepted, card=offer_card(request))
    show_card(tx, county, request)


def release(tx: Tx, request: HelpRequest, assignment: Assignment) -> Person:
    """The task is called off: the volunteer's time is free, nothing reminds of it any more.

    *request* has moved on already; how it stands now takes the place of every message about the
    task. The volunteer comes back.
    """
    assignments.end(tx, assignment, "cancelled")
    offers.release(tx, assignment.request_id, assignment.volunteer_id)
    due.cancel(tx, assignment.id, list(Reminder))
    due.cancel(tx, assignment.request_id, [REQUEST_ENDS])
    due.put(tx, REQUEST_STARTS, assignment.request_id, assignment.starts_at)
    stands = notices.now_stands(request)
    return _retell_task(tx, assignment, stands, of_reminders=stands)


def complete(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The task is done: its messages stay as they are, but nothing can be tapped any more."""
    assignments.end(tx, assignment, "done")
    was_reminded = notices.volunteer_reminder(request, county)
    _retell_task(tx, assignment, notices.task_over(request), of_reminders=was_reminded)


def _retell_task(tx: Tx, assignment: Assignment, said: Message, *, of_reminders: Message) -> Person:
    volunteer = people.by_id(tx, assignment.volunteer_id)
    retell(tx, volunteer, said, offer_card(assignment))
    for reminder in Reminder:
        retell(tx, volunteer, of_reminders, reminder_card(reminder, assignment))
    return volunteer


def offer_card(about: HelpRequest | Assignment) -> str:
    """A volunteer sees one message per request: the offer, and what became of it."""
    return f"offer:{about.id if isinstance(about, HelpRequest) else about.request_id}"


def found_card(request: HelpRequest) -> str:
    """What a requester was promised; taken back where it stands when it no longer holds."""
    return f"found:{request.id}"


def reminder_card(reminder: Reminder, assignment: Assignment) -> str:
    return f"{reminder.value}:{assignment.id}"
