"""What a coordinator decides about a request: release, refer, close, call off, assign by hand."""

from datetime import datetime

from bot.domain.county import County, Service
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Volunteer
from bot.domain.requests import HelpRequest, Move, State, Wanted, after
from bot.storage import (
    assignments,
    blocks,
    chats,
    due,
    history,
    offers,
    pairs,
    people,
    requests,
    volunteers,
)
from bot.storage.tx import Tx
from bot.usecases import (
    decision_notices,
    dispatch,
    filing,
    listening,
    listening_notices,
    notices,
    offer_notices,
    office_notices,
    series_search,
    undated,
)
from bot.usecases.assigning import OFFERS_EXPIRE, REQUEST_STARTS
from bot.usecases.dispatch import ask_anew
from bot.usecases.offering import close_offers, hear_by, offer_to
from bot.usecases.office import require_coordinator
from bot.usecases.office_notices import is_incomplete
from bot.usecases.promising import promise
from bot.usecases.telling import alert_about, drop_errands, show_card, tell_requester


def require_request(tx: Tx, coordinator: Person | None, request_id: int) -> HelpRequest:
    """Any request, for a coordinator. Raises :class:`Refused`."""
    require_coordinator(coordinator)
    return find_request(tx, request_id)


def find_request(tx: Tx, request_id: int) -> HelpRequest:
    """Raises :class:`Refused` if there is none."""
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    return request


def release(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, *, anyway: bool = False
) -> HelpRequest:
    """Volunteers are asked from now on.

    *anyway*: although a professional is needed, which somebody has to have said on purpose. Raises
    :class:`Refused`.
    """
    request = require_request(tx, coordinator, request_id)
    after(request.state, Move.RELEASE)
    if is_incomplete(request):
        raise Refused(Code.INCOMPLETE)
    if request.topic and not anyway:
        raise Refused(Code.PROFESSIONAL_NEEDED)
    return _release(tx, county, require_coordinator(coordinator), request)


def complete(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, wanted: Wanted
) -> HelpRequest:
    """A coordinator has listened and filled in the rest: volunteers are asked. Raises
    :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    after(request.state, Move.RELEASE)
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    coordinator = require_coordinator(coordinator)
    request = _filled_in(tx, request, wanted, by=coordinator)
    listening.close(tx, request)
    return _release(tx, county, coordinator, request)


def complete_heard(
    tx: Tx, county: County, volunteer: Person, listener_id: int, wanted: Wanted
) -> HelpRequest:
    """A trusted volunteer has listened and filled in the rest: volunteers are asked, or the office
    looks first, by the same rules as if the person had written it. Raises :class:`Refused`."""
    request = listening.require_taken(tx, volunteer, listener_id)
    after(request.state, Move.RELEASE)
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    request = _filled_in(tx, request, wanted, by=volunteer)
    listening.finish(tx, request, listener_id)
    if not filing.needs_look_though_heard(tx, county, request):
        return _release(tx, county, volunteer, request)
    show_card(tx, county, request)
    alert_about(
        tx,
        request,
        office_notices.decide_alert(request, county, listening_notices.heard(), heard=True),
    )
    return request


def _filled_in(tx: Tx, request: HelpRequest, wanted: Wanted, *, by: Person) -> HelpRequest:
    request = requests.change(tx, request.id, wanted)
    history.add(tx, request.id, "completed", actor=by.id)
    if request.starts_at is not None:
        due.put(tx, REQUEST_STARTS, request.id, request.starts_at)
    return request


def refer(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, service: str
) -> HelpRequest:
    """Professionals take care of it: the person hears who and how. Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    after(request.state, Move.REFER)
    to = _service(county, service)
    referred = end_untaken(tx, county, request, Move.REFER)
    coordinator = require_coordinator(coordinator)
    history.add(tx, request.id, "referred", actor=coordinator.id, note=to.name)
    tell_requester(tx, county, referred, decision_notices.referred(referred, to))
    return referred


def close(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, reason: str
) -> HelpRequest:
    """Nothing more will happen; the person hears why. Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    after(request.state, Move.CLOSE)
    if reason not in decision_notices.REASONS:
        raise Refused(Code.GONE)
    closed = end_untaken(tx, county, request, Move.CLOSE)
    history.add(tx, request.id, f"closed_{reason}", actor=require_coordinator(coordinator).id)
    tell_requester(tx, county, closed, decision_notices.closed(closed, county, reason))
    return closed


def cancel(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """The person told the office that they do not need it any more. Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    after(request.state, Move.CANCEL)
    cancelled = dispatch.cancel(tx, county, coordinator, request_id)
    tell_requester(tx, county, cancelled, notices.request_cancelled(cancelled))
    return cancelled


# --- by hand --------------------------------------------------------------------------------------


def ask_one(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, volunteer_id: int
) -> HelpRequest:
    """This volunteer is asked in chat, whatever the rules say. Raises :class:`Refused`."""
    request = _for_hand(tx, county, coordinator, request_id, volunteer_id)
    volunteer = people.by_id(tx, volunteer_id)
    if not can_be_asked(tx, volunteer):
        raise Refused(Code.NOT_POSSIBLE)
    before = offers.of_volunteer(tx, request.id, volunteer_id)
    if before is not None and before.state != "closed":
        raise Refused(Code.NOT_POSSIBLE)
    coordinator = require_coordinator(coordinator)
    was = request.state
    if was is State.WAITING:
        request = requests.make(tx, request, Move.RELEASE)
    request = offer_to(tx, county, request, volunteer_id)
    history.add(tx, request.id, "asked_one", actor=coordinator.id, note=volunteer.name)
    if was is not State.OPEN:
        _say_who_is_asked(tx, county, request)
    return requests.by_id(tx, request.id)


def can_be_asked(tx: Tx, volunteer: Person) -> bool:
    """In their chat, or by the office's call."""
    if volunteer.chat_id is None:
        return volunteers.helps_by_phone(tx, volunteer.id)
    return chats.is_reachable(tx, volunteer.chat_id)


def accept_for(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, volunteer_id: int
) -> HelpRequest:
    """The volunteer has said yes to the office, on the phone for example. Raises
    :class:`Refused`, also where the volunteer's own tap would be refused."""
    request = _for_hand(tx, county, coordinator, request_id, volunteer_id)
    coordinator = require_coordinator(coordinator)
    volunteer = people.by_id(tx, volunteer_id)
    if assignments.is_busy(tx, volunteer_id, request):
        raise Refused(Code.OVERLAP)
    if request.state is State.WAITING:
        request = requests.make(tx, request, Move.RELEASE)
    else:
        requests.hold(tx, request.id)
    offer = offers.of_volunteer(tx, request.id, volunteer_id)
    if offer is None:
        expires_at = hear_by(tx, request)
        offer = offers.add(
            tx, request_id=request.id, volunteer_id=volunteer_id, expires_at=expires_at
        )
    history.add(tx, request.id, "assigned", actor=coordinator.id, note=volunteer.name)
    dispatch.accept(tx, county, volunteer, offer.id)
    return requests.by_id(tx, request.id)


def _for_hand(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, volunteer_id: int
) -> HelpRequest:
    """The request, if somebody can still be found for it, and this is a volunteer."""
    request = require_request(tx, coordinator, request_id)
    if request.state is not State.WAITING:
        after(request.state, Move.ACCEPT)
    if is_incomplete(request):
        raise Refused(Code.INCOMPLETE)
    if request.begins_by(tx.now):
        raise Refused(Code.TOO_LATE)
    found = volunteers.find(tx, volunteer_id)
    if found is None or found.person_id == request.person_id:
        raise Refused(Code.NOT_POSSIBLE)
    if blocks.is_blocked(tx, volunteer_id):
        raise Refused(Code.NOT_POSSIBLE)
    if not pairs.may_meet(tx, request.person_id, volunteer_id):
        raise Refused(Code.NOT_POSSIBLE)
    if not _may_be_trusted(tx, county, request, found):
        raise Refused(Code.NOT_POSSIBLE)
    return request


def _may_be_trusted(tx: Tx, county: County, request: HelpRequest, volunteer: Volunteer) -> bool:
    """What nobody can override by hand: approved, appointed, with children the papers, and the wish
    for a woman or a man, which only the person can relax."""
    at = tx.now if request.starts_at is None else request.starts_at
    day = datetime.fromtimestamp(at, county.zone).date()
    if not volunteer.active or not volunteer.papers.appointed(day):
        return False
    if request.gender not in (None, volunteer.profile.gender):
        return False
    with_children = request.for_child or county.categories[request.category].for_children
    return not with_children or volunteer.papers.in_order_for_children(day)


def _service(county: County, key: str) -> Service:
    for service in county.services:
        if service.key == key:
            return service
    raise Refused(Code.GONE)


def _release(tx: Tx, county: County, coordinator: Person, request: HelpRequest) -> HelpRequest:
    request = requests.make(tx, request, Move.RELEASE)
    history.add(tx, request.id, "released", actor=coordinator.id)
    request = ask_anew(tx, county, request)
    _say_who_is_asked(tx, county, request)
    return requests.by_id(tx, request.id)


def _say_who_is_asked(tx: Tx, county: County, request: HelpRequest) -> None:
    if request.state is State.OPEN:
        by = hear_by(tx, request)
        promise(tx, request, by)
        tell_requester(tx, county, request, decision_notices.asking_now(request, by))
    else:
        tell_requester(tx, county, request, notices.nobody_yet(request, county))


def end_untaken(tx: Tx, county: County, request: HelpRequest, move: Move) -> HelpRequest:
    """Nobody is asked about it any more, and nothing that waited to be said has a point."""
    ended = requests.make(tx, request, move)
    close_offers(tx, ended, offer_notices.offer_closed(ended))
    due.cancel(tx, ended.id, [OFFERS_EXPIRE, REQUEST_STARTS, undated.UNDATED])
    listening.close(tx, ended)
    drop_errands(tx, ended)
    series_search.ended_with(tx, county, ended)
    show_card(tx, county, ended)
    return ended
