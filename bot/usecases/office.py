"""What the coordinators' office does: its group, and the people who ask to be called."""

from dataclasses import replace

from bot.domain import office_hours
from bot.domain.appointments import DAY, HOUR
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.domain.rights import Right
from bot.messages import Message
from bot.storage import assignments, calls, chats, due, errands, history, outbox, people, requests
from bot.storage.calls import Call
from bot.storage.outbox import Draft, Mode
from bot.storage.tx import Tx
from bot.usecases import (
    call_notices,
    dispatch,
    late_notices,
    meetup_calls,
    notices,
    office_notices,
)
from bot.usecases.digesting import plan_digest
from bot.usecases.offering import explain, hear_by
from bot.usecases.permitting import require, require_in_private
from bot.usecases.promising import promise
from bot.usecases.telling import (
    alert_about,
    alert_office,
    calm_office,
    errand_card,
    retell,
    show_card,
    tell,
)

#: The due row of a call that waits to be taken, or to be made.
CALL_WAITS = "call_waits"
#: A call that nobody has taken is brought up again after so many office hours.
_TAKEN_WITHIN = 2


def require_coordinator(person: Person | None) -> Person:
    """Raises :class:`Refused` for everybody else."""
    return require(person, Right.ACT)


def require_private(tx: Tx, person: Person | None) -> Person:
    """A coordinator who can be written to. Raises :class:`Refused`."""
    return require_in_private(tx, person, Right.ACT)


def require_reader(tx: Tx, person: Person | None) -> Person:
    """Who may see what coordinators see, and can be written to. Raises :class:`Refused`."""
    return require_in_private(tx, person, Right.LOOK)


def bind_group(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    chat_id: int,
    *,
    has_topics: bool = False,
) -> None:
    """The cards go to this group, and to no other, from now on. Raises :class:`Refused`.

    *has_topics*: each request gets a topic of its own there.
    """
    require_coordinator(coordinator)
    before = chats.office_group(tx)
    chats.bind_office_group(tx, chat_id, county.office_language, has_topics=has_topics)
    if before is not None and before != chat_id:
        outbox.append(tx, Draft(before, office_notices.shown_elsewhere()))
    plan_digest(tx, county)


def show_all_that_waits(tx: Tx, county: County) -> None:
    """Every request without a volunteer, and every call nobody has taken."""
    for request in requests.unassigned(tx):
        show_card(tx, county, request)
        if request.state is State.STUCK:
            excluded = explain(tx, county, request).counts
            alert_about(tx, request, office_notices.stuck_alert(request, county, excluded))
        elif request.state is State.WAITING:
            alert_about(tx, request, office_notices.decide_alert(request, county))
    for call in calls.waiting(tx):
        _alert_call(tx, call)
    for errand in errands.unfinished(tx):
        if errand.state == "open" and errand.kind in meetup_calls.KINDS:
            meetup_calls.show(tx, errand)
        elif errand.state == "open" and errand.request_id is not None:
            request = requests.by_id(tx, errand.request_id)
            late = errand.kind == late_notices.LATE_ERRAND
            alert = (
                late_notices.still_waits(errand.id, request, county)
                if late
                else call_notices.errand_wanted(errand, request)
            )
            alert_office(tx, alert, errand_card(errand.id), thread=request.number)


def ask_again(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    request = dispatch.ask_again(tx, county, request_id)
    history.add(tx, request_id, "asked_again", actor=coordinator.id)
    if request.state is State.OPEN:
        promise(tx, request, hear_by(tx, request))
    return request


def ask_others(
    tx: Tx, county: County, coordinator: Person | None, assignment_id: int
) -> HelpRequest:
    """The volunteer can't be reached: look for somebody else. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    return dispatch.take_back(tx, county, assignment_id, by=coordinator)


def tell_who_comes(tx: Tx, coordinator: Person | None, assignment_id: int) -> None:
    """The volunteer's name, in private. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    request = requests.by_id(tx, assignment.request_id)
    tell(tx, coordinator, office_notices.who_comes(request, volunteer.name))


# --- calls --------------------------------------------------------------------------------------


def ask_for_call(
    tx: Tx, chat_id: int, phone: str, language: str, good_time: str = "", about: str = ""
) -> None:
    """Somebody wants a human on the phone: the office is told at once, the number stays sealed.

    *good_time*: ``now``, ``morning``, ``afternoon``, ``any``; empty: not said. *about*: what a
    volunteer wants to talk about (`call_notices.ABOUT`). Asking again before anybody took it only
    changes these.
    """
    waiting = calls.waiting_of_chat(tx, chat_id)
    if waiting is not None:
        calls.change_phone(tx, waiting.id, phone)
        if about and about != waiting.about:
            calls.say_about(tx, waiting.id, about)
            _alert_call(tx, replace(waiting, about=about))
        say_good_time(tx, chat_id, good_time)
        return
    call = calls.add(
        tx, chat_id=chat_id, phone=phone, language=language, good_time=good_time, about=about
    )
    due.put(tx, CALL_WAITS, call.id, tx.now + _TAKEN_WITHIN * HOUR)
    _alert_call(tx, call)


def say_good_time(tx: Tx, chat_id: int, good_time: str) -> None:
    """*good_time*: ``now``, ``morning``, ``afternoon``, ``any``. Nothing once the call is taken."""
    call = calls.waiting_of_chat(tx, chat_id)
    if call is not None and good_time:
        calls.set_good_time(tx, call.id, good_time)


def remind_of_call(tx: Tx, county: County, call_id: int) -> None:
    """The clock: a call that nobody has taken for two office hours, or that was taken and not made
    by the next working day, is brought up again; then every working day."""
    call = calls.find(tx, call_id)
    if call is None or call.state == "done":
        return
    taken_by = office_hours.after_hours(call.made_at, _TAKEN_WITHIN, county)
    moment = office_hours.opens(max(tx.now, taken_by), county)
    if moment > tx.now:
        due.put(tx, CALL_WAITS, call_id, moment)
        return
    due.put(tx, CALL_WAITS, call_id, office_hours.next_working_day(tx.now, county))
    if call.claimed_by is None:
        alert_office(
            tx, call_notices.call_waits(call.id, call.language, call.about), _call_card(call)
        )
    else:
        alert_office(
            tx, call_notices.call_not_made(call.id, call.language, call.about), _call_card(call)
        )
        owner = people.by_id(tx, call.claimed_by)
        tell(tx, owner, _details(tx, call), card=number_card(call), mode=Mode.FRESH)


def take_call(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """One coordinator takes it and gets the number, in private. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    call = _unfinished(tx, call_id)
    if call.claimed_by not in (None, coordinator.id):
        raise Refused(Code.ALREADY_TAKEN)
    _hand_over(tx, coordinator, call)
    if call.claimed_by is None:
        outbox.append(tx, Draft(call.chat_id, notices.call_soon()))


def take_call_over(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """A call that somebody else took and can't make. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    call = _unfinished(tx, call_id)
    if call.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, call.claimed_by)
        retell(tx, before, call_notices.call_passed_on(), number_card(call))
    _hand_over(tx, coordinator, call)


def finish_call(tx: Tx, coordinator: Person | None, call_id: int) -> None:
    """Called: the number is deleted, here and in the chat. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    call = _unfinished(tx, call_id)
    if not calls.done(tx, call_id, coordinator.id):
        raise Refused(Code.GONE)
    due.cancel(tx, call_id, [CALL_WAITS])
    tell(tx, coordinator, call_notices.call_finished(), card=number_card(call))
    calm_office(tx, call_notices.call_over(call.language), _call_card(call))


def _hand_over(tx: Tx, coordinator: Person, call: Call) -> None:
    calls.claim(tx, call.id, coordinator.id)
    due.put(tx, CALL_WAITS, call.id, tx.now + DAY)
    tell(tx, coordinator, _details(tx, call), card=number_card(call))
    calm_office(tx, call_notices.call_taken(call.id, call.language), _call_card(call))


def _details(tx: Tx, call: Call) -> Message:
    phone = calls.phone_of(tx, call.id)
    person = people.by_chat(tx, call.chat_id) if call.about else None
    name = "" if person is None else person.name
    return call_notices.call_details(
        call.id, phone, call.language, call.good_time, about=call.about, name=name
    )


def _unfinished(tx: Tx, call_id: int) -> Call:
    call = calls.find(tx, call_id)
    if call is None or call.state == "done":
        raise Refused(Code.GONE)
    return call


def _alert_call(tx: Tx, call: Call) -> None:
    alert_office(tx, call_notices.call_wanted(call.id, call.language, call.about), _call_card(call))


def _call_card(call: Call) -> str:
    return f"call:{call.id}"


def number_card(call: Call) -> str:
    return f"number:{call.id}"
