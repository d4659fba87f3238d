"""A volunteer takes a request and is free of it again: assignment, reminders, cards."""

from dataclasses import replace

from bot.domain.appointments import (
    BEFORE_THE_START,
    DECIDES,
    SILENCE,
    SILENCE_LEAD,
    Assignment,
    Reminder,
    Said,
    Side,
    Wishes,
    closing_at,
    reminder_plan,
    silence_at,
)
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import Message, Text, message
from bot.storage import (
    assignments,
    due,
    offers,
    outbox,
    pairs,
    people,
    proposals,
    requests,
    volunteers,
)
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import agreeing_notices, appointment_notices, calendars, notices, relay_closing
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.settling import end_errands, end_talks
from bot.usecases.telling import (
    calm_office,
    retell,
    show_card,
    tell,
    tell_requester,
    tell_volunteer,
)
from bot.usecases.undated import UNDATED

#: Kinds of due rows about a request (reminders are about an assignment).
OFFERS_EXPIRE = "offers_expire"
REQUEST_STARTS = "request_starts"
REQUEST_ENDS = "request_ends"
#: While a time is looked for: first a reminder, then somebody else acts.
PROPOSE_REMINDER = "propose_reminder"
PROPOSE_OVER = "propose_over"
CHOOSE_REMINDER = "choose_reminder"
CHOOSE_OVER = "choose_over"
AGREEING = (PROPOSE_REMINDER, PROPOSE_OVER, CHOOSE_REMINDER, CHOOSE_OVER)
#: About an assignment: both are asked how it went.
CLOSING = "closing"


def assign(
    tx: Tx,
    county: County,
    request: HelpRequest,
    volunteer: Person,
    place: str = "",
    *,
    news: bool = False,
    note: Text | None = None,
) -> None:
    """Bind *volunteer* to *request*, which has just been assigned; both sides hear it.

    *place*: where the two agreed to meet. *news*: the volunteer has not tapped anything just now.
    *note*: the requester was promised somebody else, and reads this above who comes now.
    """
    assignment = assignments.add(tx, request, volunteer.id, place)
    due.cancel(tx, request.id, [OFFERS_EXPIRE, REQUEST_STARTS, UNDATED, *AGREEING])
    due.put(tx, REQUEST_ENDS, request.id, assignment.ends_at)
    plan_reminders(tx, county, assignment)
    shared = shared_languages(tx, request, volunteer)
    found = appointment_notices.volunteer_found(
        request, county, assignment, volunteer.first_name, shared
    )
    _tell_who_comes(tx, county, request, found, note)
    end_errands(tx, request, LATE_ERRAND)
    accepted = appointment_notices.offer_accepted(
        request, county, assignment, phone_for(tx, request)
    )
    if volunteer.chat_id is None:
        tell_volunteer(tx, request, volunteer, accepted)
    elif news:
        stands = notices.now_stands(request)
        to_the_bottom(tx, volunteer, offer_card(request), stands, accepted)
    else:
        tell(tx, volunteer, accepted, card=offer_card(request))
        tell_voice(tx, request, volunteer)
    calendars.bring(tx, assignment, people.by_id(tx, request.person_id), volunteer)
    show_card(tx, county, request)


def _tell_who_comes(
    tx: Tx, county: County, request: HelpRequest, found: Message, note: Text | None
) -> None:
    """With a *note* it takes the place of an earlier promise, further up in the chat."""
    if note is None:
        tell_requester(tx, county, request, found, card=found_card(request), mode=Mode.FRESH)
        return
    found = replace(found, lines=(note, *found.lines))
    if is_called(tx, request):
        tell_requester(tx, county, request, found)
    else:
        requester = people.by_id(tx, request.person_id)
        to_the_bottom(tx, requester, found_card(request), message(note), found)


def tell_voice(tx: Tx, request: HelpRequest, volunteer: Person) -> None:
    """What the person said by voice or showed in a photo, below what was said in writing."""
    if request.details.voice:
        tell(tx, volunteer, agreeing_notices.voice_of(request))
    if request.details.photo:
        tell(tx, volunteer, agreeing_notices.photo_of(request))


def is_called(tx: Tx, request: HelpRequest) -> bool:
    """The bot can't write to the person, or they asked to be called instead."""
    return bool(request.details.phone) or people.by_id(tx, request.person_id).chat_id is None


def phone_for(tx: Tx, request: HelpRequest) -> str:
    """Where to call the person; empty if we don't know."""
    return request.details.phone or people.phone_of(tx, request.person_id)


def shared_languages(tx: Tx, request: HelpRequest, volunteer: Person) -> list[str]:
    """What both speak, the language asked for first."""
    known = volunteers.find(tx, volunteer.id)
    spoken = () if known is None else known.profile.languages
    requester = people.by_id(tx, request.person_id)
    wanted = dict.fromkeys((request.language, *request.also, *(requester.also or ())))
    return appointment_notices.shared(list(wanted), spoken)


def plan_reminders(tx: Tx, county: County, assignment: Assignment) -> None:
    """All that is still ahead, and nothing else."""
    due.cancel(tx, assignment.id, BEFORE_THE_START)
    for kind, moment in reminders_ahead(tx, county, assignment).items():
        due.put(tx, kind, assignment.id, moment)


def reminders_ahead(tx: Tx, county: County, assignment: Assignment) -> dict[str, int]:
    """Due kind -> moment: what is still to be said before the start, as each wishes.

    Nobody is reminded of an appointment that a coordinator has to decide about, which is at the
    latest when a missing answer would be a reason to call.
    """
    requester_id = requests.by_id(tx, assignment.request_id).person_id
    if pairs.find(tx, requester_id, assignment.volunteer_id).suspended:
        return {DECIDES: max(tx.now + 60, assignment.starts_at - SILENCE_LEAD)}
    wishes = {
        Side.REQUESTER: wishes_of(tx, requester_id),
        Side.VOLUNTEER: wishes_of(tx, assignment.volunteer_id),
    }
    ahead = reminder_plan(assignment.starts_at, tx.now, county.zone, wishes)
    silent_at = silence_at(assignment.starts_at, county.zone)
    if Said.ASKED in (assignment.requester_says, assignment.volunteer_says) and silent_at > tx.now:
        ahead[SILENCE] = silent_at  # asked already, whatever is still to be said
    return ahead


def wishes_of(tx: Tx, person_id: int) -> Wishes:
    """How somebody likes to be reminded; a volunteer's quiet hours are those of their profile."""
    wishes = people.wishes_of(tx, person_id)
    known = volunteers.find(tx, person_id)
    return wishes if known is None else replace(wishes, quiet=known.profile.quiet)


def reschedule(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """*request* has another time now, and the volunteer is free then: both hear it."""
    end_talks(tx, request, assignment)
    assignment = assignments.reschedule(tx, assignment, request)
    due.put(tx, REQUEST_ENDS, request.id, assignment.ends_at)
    plan_reminders(tx, county, assignment)
    requester = people.by_id(tx, request.person_id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    moved = appointment_notices.has_new_time(request)
    for reminder in Reminder:
        for person in (requester, volunteer):
            retell(tx, person, moved, reminder_card(reminder, assignment))
    for person in (requester, volunteer):
        retell(tx, person, moved, silence_card(assignment))
    for side in Side:
        calm_office(tx, moved, to_call_card(side, assignment))
    found = appointment_notices.volunteer_found(
        request,
        county,
        assignment,
        volunteer.first_name,
        shared_languages(tx, request, volunteer),
    )
    retell(tx, requester, found, found_card(request))
    tell_requester(tx, county, request, moved)
    accepted = appointment_notices.offer_accepted(
        request, county, assignment, phone_for(tx, request)
    )
    if volunteer.chat_id is None:
        both = message(*moved.lines, *accepted.lines)
        tell_volunteer(tx, request, volunteer, both)
    else:
        to_the_bottom(tx, volunteer, offer_card(request), moved, accepted)
    calendars.change(tx, assignment)
    show_card(tx, county, request)


def release(tx: Tx, request: HelpRequest, assignment: Assignment) -> Person:
    """The task is called off: the volunteer's time is free, nothing reminds of it any more.

    *request* has moved on already; how it stands now takes the place of every message about the
    task. The volunteer comes back.
    """
    end_talks(tx, request, assignment)
    assignments.end(tx, assignment, "cancelled")
    relay_closing.call_off(tx, request)
    offers.release(tx, assignment.request_id, assignment.volunteer_id)
    due.cancel(tx, assignment.id, BEFORE_THE_START)
    due.cancel(tx, assignment.request_id, [REQUEST_ENDS])
    due.put(tx, REQUEST_STARTS, assignment.request_id, assignment.starts_at)
    stands = notices.now_stands(request)
    requester = people.by_id(tx, request.person_id)
    for reminder in Reminder:
        retell(tx, requester, stands, reminder_card(reminder, assignment))
    _calm(tx, requester, request, assignment)
    calendars.withdraw(tx, assignment)
    return _retell_task(tx, assignment, stands, of_reminders=stands)


def release_agreeing(tx: Tx, request: HelpRequest, volunteer_id: int) -> Person:
    """The volunteer who was looking for a time does so no longer; *request* has moved on already.

    What they had offered can't be chosen any more. The volunteer comes back.
    """
    relay_closing.call_off(tx, request)
    offers.release(tx, request.id, volunteer_id)
    due.cancel(tx, request.id, AGREEING)
    proposals.forget_of_request(tx, request.id)
    stands = notices.now_stands(request)
    retell(tx, people.by_id(tx, request.person_id), stands, times_card(request))
    volunteer = people.by_id(tx, volunteer_id)
    for card in (offer_card(request), asked_card(request)):
        retell(tx, volunteer, stands, card)
    return volunteer


def complete(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The task is done: its messages stay as they are, but nothing can be tapped any more."""
    end_talks(tx, request, assignment)
    assignments.end(tx, assignment, "done")
    due.cancel(tx, assignment.id, BEFORE_THE_START)
    due.put(tx, CLOSING, assignment.id, closing_at(assignment.ends_at, county.zone))
    relay_closing.plan(tx, county, request, assignment.ends_at)
    over = replace(assignment, active=False)
    was_reminded = appointment_notices.volunteer_reminder(request, county, over)
    _retell_task(tx, assignment, appointment_notices.task_over(request), of_reminders=was_reminded)
    was_told = appointment_notices.requester_reminder(request)
    requester = people.by_id(tx, request.person_id)
    for reminder in Reminder:
        retell(tx, requester, was_told, reminder_card(reminder, assignment))
    _calm(tx, requester, request, assignment)


def _calm(tx: Tx, requester: Person, request: HelpRequest, assignment: Assignment) -> None:
    """Nobody waits for an answer any more."""
    stands = notices.now_stands(request)
    for person in (requester, people.by_id(tx, assignment.volunteer_id)):
        retell(tx, person, stands, silence_card(assignment))
    for side in Side:
        calm_office(tx, stands, to_call_card(side, assignment))


def _retell_task(tx: Tx, assignment: Assignment, said: Message, *, of_reminders: Message) -> Person:
    volunteer = people.by_id(tx, assignment.volunteer_id)
    retell(tx, volunteer, said, offer_card(assignment))
    for reminder in Reminder:
        retell(tx, volunteer, of_reminders, reminder_card(reminder, assignment))
    return volunteer


def to_the_bottom(tx: Tx, person: Person, card: str, old: Message, new: Message) -> None:
    """*new* is the card from now on, at the bottom of the chat; *old* takes its former place."""
    if person.chat_id is None:
        return
    seen = outbox.shown(tx, person.chat_id, card)
    if seen is not None:
        outbox.rename_card(tx, person.chat_id, card, f"{card}:{seen}")
        retell(tx, person, old, f"{card}:{seen}")
    tell(tx, person, new, card=card, mode=Mode.FRESH)


def offer_card(about: HelpRequest | Assignment) -> str:
    """A volunteer sees one message per request: the offer, and what became of it."""
    return f"offer:{about.id if isinstance(about, HelpRequest) else about.request_id}"


def asked_card(request: HelpRequest) -> str:
    """The volunteer is asked for times once more."""
    return f"asked:{request.id}"


def times_card(request: HelpRequest) -> str:
    """The times that a requester can choose from."""
    return f"times:{request.id}"


def found_card(request: HelpRequest) -> str:
    """What a requester was promised; taken back where it stands when it no longer holds."""
    return f"found:{request.id}"


def reminder_card(reminder: Reminder, assignment: Assignment) -> str:
    return f"{reminder.value}:{assignment.id}"


def silence_card(assignment: Assignment) -> str:
    """The other side has not answered."""
    return f"silence:{assignment.id}"


def to_call_card(side: Side, assignment: Assignment) -> str:
    """The office is to call this side."""
    return f"silent_{side.value}:{assignment.id}"
