"""A request that was only spoken is heard by a volunteer whom the office trusts with it.

The first who says yes listens, in private, and fills in what the office would have filled in. The
volunteer sees neither the person's name nor their number.
"""

from datetime import datetime

from bot.domain import office_hours
from bot.domain.appointments import HOUR
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Volunteer, understood
from bot.domain.requests import HelpRequest
from bot.messages import Message, Text
from bot.storage import blocks, chats, due, history, listeners, people, requests, volunteers
from bot.storage.listeners import Listener
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import listening_notices, office_notices
from bot.usecases.office import require_coordinator
from bot.usecases.office_notices import can_be_heard
from bot.usecases.telling import alert_about, retell, tell

#: The due row about a request that volunteers were asked to listen to.
LISTEN_WAITS = "listen_waits"
#: Somebody has said yes, and then has filled it in, within so long (seconds).
_TAKEN_WITHIN = 4 * HOUR
_FILLED_WITHIN = 2 * HOUR


def ask(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """Every trusted volunteer of the language is asked who has not said no. Raises
    :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    if requests.find(tx, request_id) is None:
        raise Refused(Code.GONE)
    request = requests.hold(tx, request_id)
    if not can_be_heard(request):
        raise Refused(Code.GONE)
    before = {one.volunteer_id: one.state for one in listeners.of_request(tx, request.id)}
    if "taken" in before.values():
        raise Refused(Code.BEING_HEARD)
    fit = [
        person
        for person in _trusted(tx, county, request)
        if before.get(person.id) not in ("asked", "declined")
    ]
    if not fit and "asked" not in before.values():
        raise Refused(Code.NOBODY_TRUSTED)
    for person in fit:
        listener = listeners.ask(tx, request.id, person.id)
        said = listening_notices.can_you_listen(listener.id, request)
        tell(tx, person, said, card=listening_notices.card(listener.id), mode=Mode.FRESH)
    if fit:  # else tapped twice
        history.add(tx, request.id, "asked_to_listen", actor=coordinator.id)
        until = office_hours.opens(tx.now + _TAKEN_WITHIN, county)
        due.put(tx, LISTEN_WAITS, request.id, until)
    return request


def take(tx: Tx, volunteer: Person, listener_id: int) -> HelpRequest:
    """The first who says yes hears the voice message. Raises :class:`Refused`."""
    listener = _own(tx, volunteer, listener_id)
    request = requests.hold(tx, listener.request_id)
    asked = listeners.of_request(tx, request.id)
    listener = next(one for one in asked if one.id == listener_id)
    if blocks.is_blocked(tx, volunteer.id):
        raise Refused(Code.BLOCKED)
    if not can_be_heard(request) or not volunteers.is_trusted(tx, volunteer.id):
        raise Refused(Code.GONE)
    if any(one.state == "taken" and one.id != listener_id for one in asked):
        raise Refused(Code.ALREADY_TAKEN)
    if listener.state not in ("asked", "taken"):
        raise Refused(Code.GONE)
    if listener.state == "asked":
        listeners.settle(tx, listener_id, "taken")
        history.add(tx, request.id, "listening", actor=volunteer.id)
        due.put(tx, LISTEN_WAITS, request.id, tx.now + _FILLED_WITHIN)
        for other in asked:
            if other.state == "asked" and other.id != listener_id:
                _close(tx, other, listening_notices.taken_by_another())
    card = listening_notices.card(listener_id)
    tell(tx, volunteer, listening_notices.please_listen(request), card=card)
    tell(tx, volunteer, listening_notices.voice(listener_id, request))
    return request


def decline(tx: Tx, county: County, volunteer: Person, listener_id: int) -> None:
    """Not this time; or, after listening, the office should do it. Raises :class:`Refused`."""
    listener = _own(tx, volunteer, listener_id)
    request = requests.hold(tx, listener.request_id)
    asked = listeners.of_request(tx, request.id)
    state = next(one.state for one in asked if one.id == listener_id)
    if state not in ("asked", "taken"):
        raise Refused(Code.GONE)
    listeners.settle(tx, listener_id, "declined")
    card = listening_notices.card(listener_id)
    tell(tx, volunteer, listening_notices.declined(), card=card)
    if state == "taken":
        history.add(tx, request.id, "gave_back", actor=volunteer.id)
        _back_to_office(tx, county, request, listening_notices.given_back())
    elif not any(one.state in ("asked", "taken") for one in asked if one.id != listener_id):
        history.add(tx, request.id, "nobody_listened")
        _back_to_office(tx, county, request, listening_notices.nobody_has_time())


def give_up(tx: Tx, county: County, request_id: int) -> None:
    """The clock: nobody has taken it, or who took it has not filled it in."""
    if requests.find(tx, request_id) is None:
        return
    request = requests.hold(tx, request_id)
    waited = close(tx, request)
    if waited and can_be_heard(request):
        history.add(tx, request.id, "nobody_listened")
        _back_to_office(tx, county, request, listening_notices.nobody_has_time())


def close(tx: Tx, request: HelpRequest) -> bool:
    """Nobody has to listen any more. True if anybody was still asked."""
    due.cancel(tx, request.id, [LISTEN_WAITS])
    waiting = [
        one for one in listeners.of_request(tx, request.id) if one.state in ("asked", "taken")
    ]
    for one in waiting:
        _close(tx, one, listening_notices.no_longer_needed())
    return bool(waiting)


def finish(tx: Tx, request: HelpRequest, listener_id: int) -> None:
    """This listener has filled it in."""
    listeners.settle(tx, listener_id, "closed")
    close(tx, request)


def require_taken(tx: Tx, volunteer: Person, listener_id: int) -> HelpRequest:
    """The request that this volunteer listens to. Raises :class:`Refused`."""
    listener = _own(tx, volunteer, listener_id)
    request = requests.hold(tx, listener.request_id)
    listener = _own(tx, volunteer, listener_id)
    if listener.state != "taken" or not can_be_heard(request):
        raise Refused(Code.GONE)
    return request


def _own(tx: Tx, volunteer: Person, listener_id: int) -> Listener:
    listener = listeners.find(tx, listener_id)
    if listener is None or listener.volunteer_id != volunteer.id:
        raise Refused(Code.NOT_YOURS)
    return listener


def _close(tx: Tx, listener: Listener, said: Message) -> None:
    listeners.settle(tx, listener.id, "closed")
    volunteer = people.by_id(tx, listener.volunteer_id)
    retell(tx, volunteer, said, listening_notices.card(listener.id))


def _back_to_office(tx: Tx, county: County, request: HelpRequest, news: Text) -> None:
    due.cancel(tx, request.id, [LISTEN_WAITS])
    if can_be_heard(request):
        alert_about(tx, request, office_notices.decide_alert(request, county, news))


def _trusted(tx: Tx, county: County, request: HelpRequest) -> list[Person]:
    """Who may be asked now: not the person themselves, nobody who pauses or has quiet hours."""
    found: list[Person] = []
    for volunteer in volunteers.everybody(tx):
        person = people.by_id(tx, volunteer.person_id)
        if (
            person.id != request.person_id
            and volunteers.is_trusted(tx, person.id)
            and not blocks.is_blocked(tx, person.id)
            and not understood(request.language).isdisjoint(volunteer.profile.languages)
            and _is_there(tx, county, volunteer)
            and person.chat_id is not None
            and chats.is_reachable(tx, person.chat_id)
        ):
            found.append(person)
    return found


def _is_there(tx: Tx, county: County, volunteer: Volunteer) -> bool:
    today = datetime.fromtimestamp(tx.now, county.zone).date()
    awake = quiet_until(tx.now, volunteer.profile.quiet, county.zone) == tx.now
    return awake and not volunteer.paused(today)
