"""Reminders of an appointment: both sides are asked whether they come, and silence is noticed."""

import logging

from bot.domain.appointments import (
    ASKING,
    REMINDERS,
    SILENCE,
    Assignment,
    Reminder,
    Said,
    Side,
    pointless_from,
    silence_at,
)
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.on_the_day import is_on
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import assignments, due, history, outbox, people, requests
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import appointment_notices, dispatch
from bot.usecases.assigning import (
    is_called,
    reminder_card,
    reminders_ahead,
    silence_card,
    to_call_card,
)
from bot.usecases.telling import (
    addressed,
    alert_office,
    calm_office,
    retell,
    tell,
    tell_requester,
    tell_volunteer,
)

_log = logging.getLogger(__name__)


# --- the clock ----------------------------------------------------------------------------------


def remind(tx: Tx, county: County, reminder: Reminder, side: Side, assignment_id: int) -> None:
    """The clock: remind one side, unless it was cancelled, or has become pointless.

    The evening or the day before it is a question. Later it is one only for who was asked and has
    not answered.
    """
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        return
    if tx.now >= pointless_from(reminder, assignment.starts_at):
        _log.info("reminder %s of assignment %s comes too late: dropped", reminder, assignment_id)
        return
    request = requests.by_id(tx, assignment.request_id)
    said = assignment.says(side)
    asks = said is Said.ASKED or (said is None and reminder in ASKING)
    if side is Side.VOLUNTEER:
        _remind_volunteer(tx, county, reminder, request, assignment, asks=asks)
    elif not is_called(tx, request):
        _remind_requester(tx, reminder, request, assignment, asks=asks)
    elif reminder in ASKING:
        _put_on_the_call_list(tx, county, request, assignment)
    if reminder in ASKING and said is None:
        assignments.note(tx, assignment.id, side, Said.ASKED)
        _give_time_to_answer(tx, county, assignment, side)


def notice_silence(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: who was asked and has not answered is called; the other side hears it."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active or tx.now >= assignment.starts_at:
        return
    request = requests.by_id(tx, assignment.request_id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    card = silence_card(assignment)
    if assignment.volunteer_says is Said.ASKED:
        history.add(tx, request.id, Happened.SILENT, actor=volunteer.id)
        if not is_called(tx, request):  # nobody is called to hear that nothing is known yet
            said = appointment_notices.volunteer_silent(request, volunteer.first_name)
            tell_requester(tx, county, request, said, card=card)
        alert = appointment_notices.volunteer_to_call(request, county, assignment.id)
        alert_office(tx, alert, to_call_card(Side.VOLUNTEER, assignment), thread=request.number)
    if assignment.requester_says is Said.ASKED:
        history.add(tx, request.id, Happened.SILENT, actor=request.person_id)
        tell(tx, volunteer, appointment_notices.requester_silent(request), card=card)
        alert = appointment_notices.requester_to_call(request, county)
        alert_office(tx, alert, to_call_card(Side.REQUESTER, assignment), thread=request.number)


# --- answers ------------------------------------------------------------------------------------


def answer(
    tx: Tx, county: County, assignment_id: int, *, by: Person | None, coming: bool
) -> HelpRequest:
    """One side says whether they come; a coordinator can say it for the requester.

    "Can't" of the volunteer hands the task back, of the requester cancels. How the request stands
    then comes back. Raises :class:`Refused`.
    """
    assignment = require_ahead(tx, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    side = _side_of(by, request, assignment)
    actor = None if by is None else by.id
    if coming:
        _note_coming(tx, county, request, assignment, side, actor)
        return request
    if by is not None and side is Side.VOLUNTEER:
        request = dispatch.hand_back(tx, county, by, assignment.id)
    else:
        request = dispatch.cancel(tx, county, by, request.id)
    history.add(tx, request.id, Happened.CANT, actor=actor)
    return request


def require_ahead(tx: Tx, assignment_id: int) -> Assignment:
    """An appointment that has not begun. Raises :class:`Refused`."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    return assignment


def _side_of(by: Person | None, request: HelpRequest, assignment: Assignment) -> Side:
    if by is not None and by.id == assignment.volunteer_id:
        return Side.VOLUNTEER
    if by is not None and (request.is_of(by) or by.has(Role.COORDINATOR)):
        return Side.REQUESTER
    raise Refused(Code.NOT_YOURS)


def _note_coming(
    tx: Tx,
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    side: Side,
    actor: int | None,
) -> None:
    """Every question about it becomes the answer; who had heard of silence hears of the yes."""
    requests.hold(tx, request.id)
    if assignment.says(side) is not Said.COMING:
        assignments.note(tx, assignment.id, side, Said.COMING)
        history.add(tx, request.id, Happened.COMING, actor=actor)
    requester = people.by_id(tx, request.person_id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    if side is Side.REQUESTER:
        asked, other = requester, volunteer
        stands = appointment_notices.requester_reminder(
            request, Said.COMING, assignment.id, today=is_on(assignment, tx.now)
        )
    else:
        asked, other = volunteer, requester
        stands = appointment_notices.volunteer_reminder(
            request, county, assignment, Said.COMING, today=is_on(assignment, tx.now)
        )
    for reminder in Reminder:
        retell(tx, asked, stands, reminder_card(reminder, assignment))
    retell(tx, other, appointment_notices.has_answered(request), silence_card(assignment))
    calm_office(tx, appointment_notices.has_answered(request), to_call_card(side, assignment))


# --- parts --------------------------------------------------------------------------------------


def _remind_volunteer(
    tx: Tx,
    county: County,
    reminder: Reminder,
    request: HelpRequest,
    assignment: Assignment,
    *,
    asks: bool,
) -> None:
    today = reminder is not Reminder.DAY_BEFORE or is_on(assignment, tx.now)
    said = (
        appointment_notices.volunteer_asked(request, county, assignment, today=today)
        if asks
        else appointment_notices.volunteer_reminder(
            request, county, assignment, assignment.volunteer_says, today=today
        )
    )
    volunteer = people.by_id(tx, assignment.volunteer_id)
    if volunteer.chat_id is not None:
        _say(tx, volunteer, said, reminder, assignment)
    elif reminder in ASKING:
        tell_volunteer(tx, request, volunteer, said, errand="coming", subject=assignment.id)


def _remind_requester(
    tx: Tx, reminder: Reminder, request: HelpRequest, assignment: Assignment, *, asks: bool
) -> None:
    today = reminder is not Reminder.DAY_BEFORE or is_on(assignment, tx.now)
    said = (
        appointment_notices.requester_asked(request, assignment.id, today=today)
        if asks
        else appointment_notices.requester_reminder(
            request, assignment.requester_says, assignment.id, today=today
        )
    )
    _say(tx, people.by_id(tx, request.person_id), said, reminder, assignment)


def _put_on_the_call_list(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment
) -> None:
    said = appointment_notices.requester_asked(request, assignment.id)
    tell_requester(tx, county, request, said, errand="coming", subject=assignment.id)


def _give_time_to_answer(tx: Tx, county: County, assignment: Assignment, side: Side) -> None:
    """Who was asked late (the bot was down) is not asked twice, and not silent at once."""
    due.put(tx, SILENCE, assignment.id, silence_at(assignment.starts_at, county.zone, tx.now))
    ahead = reminders_ahead(tx, county, assignment)
    of_side = [kind for kind, (_, whose) in REMINDERS.items() if whose is side]
    due.cancel(tx, assignment.id, [kind for kind in of_side if kind not in ahead])


def _say(tx: Tx, person: Person, said: Message, reminder: Reminder, assignment: Assignment) -> None:
    if person.chat_id is None:
        return
    outbox.append(
        tx,
        Draft(
            person.chat_id,
            addressed(person, said),
            Lane.REMINDER,
            reminder_card(reminder, assignment),
            Mode.FRESH,
            guard=f"assignment:{assignment.id}:{assignment.revision}",
            valid_until=pointless_from(reminder, assignment.starts_at),
        ),
    )
