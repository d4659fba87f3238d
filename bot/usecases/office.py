"""What the coordinators' office does: its group, and the people who ask to be called."""

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, State
from bot.storage import assignments, calls, chats, outbox, people, requests
from bot.storage.calls import Call
from bot.storage.outbox import Draft
from bot.storage.tx import Tx
from bot.usecases import dispatch, notices, office_notices
from bot.usecases.telling import alert_card, alert_office, calm_office, retell, show_card, tell


def require_coordinator(person: Person | None) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if person is None or not person.has(Role.COORDINATOR):
        raise Refused(Code.NOT_ALLOWED)
    return person


def bind_group(tx: Tx, county: County, coordinator: Person | None, chat_id: int) -> None:
    """The cards go to this group, and to no other, from now on. Raises :class:`Refused`."""
    require_coordinator(coordinator)
    before = chats.office_group(tx)
    chats.bind_office_group(tx, chat_id, county.office_language)
    if before is not None and before != chat_id:
        outbox.append(tx, Draft(before, office_notices.shown_elsewhere()))


def show_all_that_waits(tx: Tx, county: County) -> None:
    """Every request without a volunteer and every call nobody has taken."""
    for request in requests.unassigned(tx):
        show_card(tx, county, request)
        if request.state is State.STUCK:
            alert_office(tx, office_notices.stuck_alert(request, county), alert_card(request))
    for call in calls.waiting(tx):
        _alert_call(tx, call)


def ask_again(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """Raises :class:`Refused`."""
    require_coordinator(coordinator)
    return dispatch.ask_again(tx, county, request_id)


def ask_others(
    tx: Tx, county: County, coordinator: Person | None, assignment_id: int
) -> HelpRequest:
    """The volunteer can't be reached: look for somebody else. Raises :class:`Refused`."""
    require_coordinator(coordinator)
    return dispatch.take_back(tx, county, assignment_id)


def tell_who_comes(tx: Tx, coordinator: Person | None, assignment_id: int) -> None:
    """The volunteer's name, in private. Raises :class:`Refused`."""
    coordinator = _with_private_chat(tx, coordinator)
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    request = requests.by_id(tx, assignment.request_id)
    tell(tx, coordinator, office_notices.who_comes(request, volunteer.name))


# --- calls --------------------------------------------------------------------------------------


def ask_for_call(tx: Tx, chat_id: int, phone: str, language: str) -> None:
    """Somebody wants a human on the phone: the office is told at once, the number stays sealed.

    Asking again before anybody took it only changes the number.
    """
    waiting = calls.waiting_of_chat(tx, chat_id)
    if waiting is not None:
        calls.change_phone(tx, waiting.id, phone)
    else:
        _alert_call(tx, calls.add(tx, chat_id=chat_id, phone=phone, language=language))


def take_call(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """One coordinator takes it and gets the number, in private. Raises :class:`Refused`."""
    coordinator = _with_private_chat(tx, coordinator)
    call = _unfinished(tx, call_id)
    if call.claimed_by not in (None, coordinator.id):
        raise Refused(Code.ALREADY_TAKEN)
    _hand_over(tx, coordinator, call)
    if call.claimed_by is None:
        outbox.append(tx, Draft(call.chat_id, notices.call_soon()))


def take_call_over(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """A call that somebody else took and can't make. Raises :class:`Refused`."""
    coordinator = _with_private_chat(tx, coordinator)
    call = _unfinished(tx, call_id)
    if call.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, call.claimed_by)
        retell(tx, before, office_notices.call_passed_on(), _number_card(call))
    _hand_over(tx, coordinator, call)


def finish_call(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """Called: the number is deleted, here and in the chat. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    call = _unfinished(tx, call_id)
    if not calls.done(tx, call_id, coordinator.id):
        raise Refused(Code.GONE)
    tell(tx, coordinator, office_notices.call_finished(), card=_number_card(call))
    calm_office(tx, office_notices.call_over(call.language), _call_card(call))


def _hand_over(tx: Tx, coordinator: Person, call: Call) -> None:
    calls.claim(tx, call.id, coordinator.id)
    phone = calls.phone_of(tx, call.id)
    details = office_notices.call_details(call.id, phone, call.language)
    tell(tx, coordinator, details, card=_number_card(call))
    calm_office(tx, office_notices.call_taken(call.id, call.language), _call_card(call))


def _unfinished(tx: Tx, call_id: int) -> Call:
    call = calls.find(tx, call_id)
    if call is None or call.state == "done":
        raise Refused(Code.GONE)
    return call


def _alert_call(tx: Tx, call: Call) -> None:
    alert_office(tx, office_notices.call_wanted(call.id, call.language), _call_card(call))


def _with_private_chat(tx: Tx, person: Person | None) -> Person:
    """What is personal goes to a private chat, and must arrive there."""
    coordinator = require_coordinator(person)
    if coordinator.chat_id is None or not chats.is_reachable(tx, coordinator.chat_id):
        raise Refused(Code.NO_PRIVATE_CHAT)
    return coordinator


def _call_card(call: Call) -> str:
    return f"call:{call.id}"


def _number_card(call: Call) -> str:
    return f"number:{call.id}"
