"""The life of a help request: filed, accepted, handed back, cancelled, passed, done."""

from bot.domain import dispatch as rules
from bot.domain.appointments import Assignment
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, Move, State, after
from bot.storage import assignments, due, offers, people, requests
from bot.storage.offers import Offer
from bot.storage.tx import Tx
from bot.usecases import notices, office_notices
from bot.usecases.assigning import (
    OFFERS_EXPIRE,
    REQUEST_ENDS,
    REQUEST_STARTS,
    assign,
    complete,
    found_card,
    offer_card,
    release,
)
from bot.usecases.offering import (
    ask,
    ask_more,
    ask_more_if_unanswered,
    close_offers,
    hear_by,
    lapse,
    tell_requester,
)
from bot.usecases.telling import alert_card, alert_office, retell, show_card, tell

MAX_OPEN_REQUESTS = 10


def require_room(tx: Tx, person: Person | None) -> None:
    """Nobody has more open requests than people can look after. Raises :class:`Refused`."""
    if person is not None and len(requests.of_person(tx, person.id)) >= MAX_OPEN_REQUESTS:
        raise Refused(Code.TOO_MANY)


def file_request(
    tx: Tx, county: County, person: Person, *, category: str, language: str, starts_at: int
) -> HelpRequest:
    """Somebody asks for help at *starts_at* (UTC epoch seconds); volunteers are asked at once.

    The request comes back open, or stuck if there is nobody to ask; the requester is not told,
    they are looking at the screen. Raises :class:`Refused`.
    """
    if starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    require_room(tx, person)
    request = requests.add(
        tx,
        person_id=person.id,
        category=category,
        language=language,
        starts_at=starts_at,
        minutes=county.categories[category].minutes,
    )
    due.put(tx, REQUEST_STARTS, request.id, request.starts_at)
    return _ask_anew(tx, county, request)


def accept(tx: Tx, county: County, volunteer: Person, offer_id: int) -> None:
    """The first acceptance wins, everybody else hears that it is taken.

    A second tap changes nothing. An offer that lapsed, or was declined by mistake, can still be
    accepted while nobody else has. Raises :class:`Refused`.
    """
    offer = _own_offer(tx, volunteer, offer_id)
    request = requests.by_id(tx, offer.request_id)
    if _is_held_by(tx, county, request, volunteer):
        return
    after(request.state, Move.ACCEPT)
    if request.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    if assignments.is_busy(tx, volunteer.id, request):
        raise Refused(Code.OVERLAP)
    request = requests.make(tx, request, Move.ACCEPT)
    offers.settle(tx, offer.id, "accepted")
    close_offers(tx, request, notices.offer_closed(request))
    assign(tx, county, request, volunteer)


def decline(tx: Tx, county: County, volunteer: Person, offer_id: int) -> None:
    """A real no: never asked again for this request. Raises :class:`Refused`."""
    offer = _own_offer(tx, volunteer, offer_id)
    if _is_held_by(tx, county, requests.by_id(tx, offer.request_id), volunteer):
        return  # handing a task back is another button
    if offer.state == "accepted":
        raise Refused(Code.GONE)
    request = requests.hold(tx, offer.request_id)
    offers.settle(tx, offer.id, "declined")
    retell(tx, volunteer, notices.offer_declined(request), offer_card(request))
    if offer.state == "open":
        ask_more_if_unanswered(tx, county, request)


def expire_offers(tx: Tx, county: County, request_id: int) -> None:
    """The clock: nobody of this wave has said yes in time."""
    request = requests.hold(tx, request_id)
    if request.state is State.OPEN:
        for offer in offers.open_for(tx, request.id):
            lapse(tx, request, offer)
        ask_more(tx, county, request)


def lose_volunteer(tx: Tx, county: County, volunteer: Person) -> None:
    """The volunteer can't be reached: nobody waits for their answers any longer."""
    for offer in offers.open_of_volunteer(tx, volunteer.id):
        request = requests.hold(tx, offer.request_id)
        lapse(tx, request, offer)
        ask_more_if_unanswered(tx, county, request)


def require_own(tx: Tx, person: Person | None, request_id: int) -> HelpRequest:
    """The person's own request. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    if person is None or request.person_id != person.id:
        raise Refused(Code.NOT_YOURS)
    return request


def cancel(tx: Tx, county: County, person: Person | None, request_id: int) -> HelpRequest:
    """The requester does not need it any more; whoever was to come hears it.

    Raises :class:`Refused`.
    """
    request = require_own(tx, person, request_id)
    cancelled = requests.make(tx, request, Move.CANCEL)
    assignment = assignments.active_of_request(tx, request.id)
    if assignment is not None:
        tell(tx, release(tx, cancelled, assignment), notices.task_cancelled(request))
        requester = people.by_id(tx, request.person_id)
        retell(tx, requester, notices.request_cancelled(request), found_card(request))
    close_offers(tx, request, notices.offer_withdrawn(request))
    due.cancel(tx, request.id, [OFFERS_EXPIRE, REQUEST_STARTS, REQUEST_ENDS])
    show_card(tx, county, cancelled)
    return cancelled


def require_task(tx: Tx, volunteer: Person, assignment_id: int) -> Assignment:
    """The volunteer's own task that is still ahead. Raises :class:`Refused`."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is not None and assignment.volunteer_id != volunteer.id:
        raise Refused(Code.NOT_YOURS)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    return assignment


def hand_back(tx: Tx, county: County, volunteer: Person, assignment_id: int) -> HelpRequest:
    """The volunteer can't come after all: others are asked at once. Raises :class:`Refused`."""
    assignment = require_task(tx, volunteer, assignment_id)
    return _take_back(tx, county, assignment)


def take_back(tx: Tx, county: County, assignment_id: int) -> HelpRequest:
    """The office asks others, because it can't reach the volunteer. Raises :class:`Refused`."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    request = _take_back(tx, county, assignment)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    tell(tx, volunteer, notices.task_taken_back(request))
    return request


def ask_again(tx: Tx, county: County, request_id: int) -> HelpRequest:
    """A coordinator sends a stuck request to everybody who fits once more, real noes aside.

    Raises :class:`Refused`.
    """
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    request = requests.make(tx, request, Move.ASK_AGAIN)
    close_offers(tx, request, notices.offer_closed(request))
    offers.forget_unanswered(tx, request.id)
    request = _ask_anew(tx, county, request, most=None)
    if request.state is State.OPEN:
        tell_requester(tx, request, notices.still_asking(request, hear_by(tx, request)))
    return request


def start(tx: Tx, county: County, request_id: int) -> None:
    """The clock: the time of the appointment has come. Without a volunteer it has passed."""
    request = requests.by_id(tx, request_id)
    if request.state not in (State.OPEN, State.STUCK):
        return
    missed = requests.make(tx, request, Move.PASS)
    close_offers(tx, request, notices.offer_closed(request))
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    tell_requester(tx, request, notices.nobody_found(request, county))
    show_card(tx, county, missed)


def finish(tx: Tx, county: County, request_id: int) -> None:
    """The clock: the appointment is over."""
    request = requests.by_id(tx, request_id)
    assignment = assignments.active_of_request(tx, request_id)
    if request.state is State.ASSIGNED and assignment is not None:
        finished = requests.make(tx, request, Move.FINISH)
        complete(tx, county, finished, assignment)
        show_card(tx, county, finished)


def _ask_anew(
    tx: Tx, county: County, request: HelpRequest, most: int | None = rules.WAVE
) -> HelpRequest:
    """Ask volunteers for a request that has just become open; the office sees what came of it."""
    request = ask(tx, county, request, most)
    if request.state is State.OPEN:
        show_card(tx, county, request)
    return request


def _own_offer(tx: Tx, volunteer: Person, offer_id: int) -> Offer:
    offer = offers.find(tx, offer_id)
    if offer is None:
        raise Refused(Code.GONE)
    if offer.volunteer_id != volunteer.id or not volunteer.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return offer


def _is_held_by(tx: Tx, county: County, request: HelpRequest, volunteer: Person) -> bool:
    """A tap on an old view of what is theirs already: it shows how it stands, no more."""
    held = assignments.active_of_request(tx, request.id)
    if held is None or held.volunteer_id != volunteer.id:
        return False
    retell(tx, volunteer, notices.offer_accepted(request, county, held.id), offer_card(request))
    return True


def _take_back(tx: Tx, county: County, assignment: Assignment) -> HelpRequest:
    """Whoever was only slower than the one who drops out now may be asked once more."""
    request = requests.by_id(tx, assignment.request_id)
    request = requests.make(tx, request, Move.HAND_BACK)
    release(tx, request, assignment)
    offers.forget_unanswered(tx, request.id)
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, notices.promise_broken(request), found_card(request))
    tell(tx, requester, notices.volunteer_lost(request))
    request = _ask_anew(tx, county, request)
    if request.state is State.STUCK:
        tell(tx, requester, notices.nobody_yet(request, county))
    elif rules.is_late(tx.now, request.starts_at):
        alert_office(tx, office_notices.late_alert(request, county), alert_card(request))
    return request
