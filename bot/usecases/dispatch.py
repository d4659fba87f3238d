"""The life of a help request: filed, accepted, handed back, cancelled, passed, done."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain import dispatch as rules
from bot.domain.appointments import Assignment, Side
from bot.domain.county import County
from bot.domain.dispatch import WhyBack
from bot.domain.errors import Code, Refused
from bot.domain.figures import shortage
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, Move, State, after
from bot.messages import Message
from bot.storage import (
    assignments,
    blocks,
    due,
    history,
    offers,
    pairs,
    people,
    proposals,
    requests,
)
from bot.storage.offers import Offer
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing,
    agreeing_notices,
    appointment_notices,
    assigning,
    late,
    late_notices,
    notices,
    offer_notices,
    office_notices,
    series,
    series_meetings,
    series_search,
    series_trial,
)
from bot.usecases.assigning import (
    OFFERS_EXPIRE,
    REQUEST_ENDS,
    REQUEST_STARTS,
    assign,
    complete,
    found_card,
    offer_card,
    phone_for,
    release,
    release_agreeing,
)
from bot.usecases.offering import (
    ask_more,
    ask_more_if_unanswered,
    close_offers,
    explain,
    hear_by,
    lapse,
)
from bot.usecases.promising import promise
from bot.usecases.reopening import ask_anew, reopen
from bot.usecases.telling import (
    alert_about,
    drop_errands,
    note_office,
    retell,
    show_card,
    tell_requester,
    tell_volunteer,
)
from bot.usecases.undated import UNDATED


def accept(tx: Tx, county: County, volunteer: Person, offer_id: int) -> HelpRequest:
    """The first acceptance wins, everybody else hears that it is taken.

    With a fixed time it is an appointment (ASSIGNED), without one the two look for a time
    (AGREEING). A second tap changes nothing. An offer that lapsed, or was declined by mistake, can
    still be accepted while nobody else has. Raises :class:`Refused`.
    """
    offer = _own_offer(tx, volunteer, offer_id)
    request = requests.by_id(tx, offer.request_id)
    if _is_held_by(tx, county, request, volunteer):
        return request
    if blocks.is_blocked(tx, volunteer.id):
        raise Refused(Code.BLOCKED)
    if offer.barred or not pairs.may_meet(tx, request.person_id, volunteer.id):
        raise Refused(Code.ALREADY_TAKEN)
    if request.starts_at is None:
        return agreeing.begin(tx, county, request, volunteer, offer)
    after(request.state, Move.ACCEPT)
    if request.begins_by(tx.now):
        raise Refused(Code.TOO_LATE)
    if assignments.is_busy(tx, volunteer.id, request):
        raise Refused(Code.OVERLAP)
    request = requests.make(tx, request, Move.ACCEPT)
    offers.settle(tx, offer.id, "accepted")
    close_offers(tx, request, offer_notices.offer_closed(request))
    history.add(tx, request.id, Happened.ACCEPTED, actor=volunteer.id)
    assign(tx, county, request, volunteer)
    return series_meetings.found(tx, county, request, volunteer)


def decline(tx: Tx, county: County, volunteer: Person, offer_id: int) -> None:
    """A real no: never asked again for this request. Raises :class:`Refused`."""
    offer = _own_offer(tx, volunteer, offer_id)
    if _is_held_by(tx, county, requests.by_id(tx, offer.request_id), volunteer):
        return  # handing a task back is another button
    if offer.state == "accepted":
        raise Refused(Code.GONE)
    request = requests.hold(tx, offer.request_id)
    offers.settle(tx, offer.id, "declined")
    retell(tx, volunteer, offer_notices.offer_declined(request), offer_card(request))
    if offer.state == "open":
        ask_more_if_unanswered(tx, county, request)


def expire_offers(tx: Tx, county: County, request_id: int) -> None:
    """The clock: nobody of this wave has said yes in time."""
    request = requests.hold(tx, request_id)
    if request.state is State.OPEN:
        for offer in offers.expired(tx, request.id):
            lapse(tx, request, offer)
        ask_more(tx, county, request)


def lose_volunteer(tx: Tx, county: County, volunteer: Person) -> None:
    """The volunteer can't be reached: nobody waits for their answers any longer."""
    for offer in offers.open_of_volunteer(tx, volunteer.id):
        request = requests.hold(tx, offer.request_id)
        lapse(tx, request, offer)
        ask_more_if_unanswered(tx, county, request)
    for request_id in proposals.agreeing_with(tx, volunteer.id):
        agreeing.take_back(tx, county, request_id)


def require_own(tx: Tx, person: Person | None, request_id: int) -> HelpRequest:
    """The person's own request. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    if person is None or not request.is_of(person):
        raise Refused(Code.NOT_YOURS)
    return request


def require_own_or_office(tx: Tx, person: Person | None, request_id: int) -> HelpRequest:
    """The person's own request, or any for a coordinator. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is not None and person is not None and person.has(Role.COORDINATOR):
        return request
    return require_own(tx, person, request_id)


def cancel(tx: Tx, county: County, person: Person | None, request_id: int) -> HelpRequest:
    """The requester does not need it any more, or a coordinator says so for them.

    Whoever was to come hears it. Raises :class:`Refused`.
    """
    request = require_own_or_office(tx, person, request_id)
    actor = None if person is None else person.id
    if request.is_meeting:
        side = Side.REQUESTER
        return series_meetings.not_this_week(tx, county, request, side=side, actor=actor)
    cancelled = requests.make(tx, request, Move.CANCEL)
    drop_errands(tx, cancelled)
    requester = people.by_id(tx, request.person_id)
    assignment = assignments.active_of_request(tx, request.id)
    volunteer_id = proposals.volunteer_of(tx, request.id)
    if assignment is not None:
        volunteer = release(tx, cancelled, assignment)
        tell_volunteer(tx, request, volunteer, appointment_notices.task_cancelled(request))
        retell(tx, requester, notices.request_cancelled(request), found_card(request))
    elif volunteer_id is not None:
        volunteer = release_agreeing(tx, cancelled, volunteer_id)
        tell_volunteer(tx, request, volunteer, agreeing_notices.agreeing_cancelled(request))
    close_offers(tx, request, offer_notices.offer_withdrawn(request))
    due.cancel(tx, request.id, [OFFERS_EXPIRE, REQUEST_STARTS, REQUEST_ENDS, UNDATED])
    history.add(tx, request.id, Happened.CANCELLED, actor=actor)
    series_search.ended_with(tx, county, cancelled)
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


def hand_back(
    tx: Tx,
    county: County,
    volunteer: Person,
    assignment_id: int,
    why: WhyBack | None = None,
) -> HelpRequest:
    """The volunteer can't come after all: others are asked at once.

    The office hears *why*, the requester does not; shortly before the start a coordinator looks
    after it. A meeting of every week only does not take place. Raises :class:`Refused`.
    """
    assignment = require_task(tx, volunteer, assignment_id)
    meeting = requests.by_id(tx, assignment.request_id)
    if series_meetings.is_of(tx, meeting, volunteer):
        side, actor = Side.VOLUNTEER, volunteer.id
        return series_meetings.not_this_week(tx, county, meeting, side=side, actor=actor)
    request = _take_back(tx, county, assignment)
    history.add(tx, request.id, Happened.HANDED_BACK, actor=volunteer.id)
    if why is not None:
        history.add(tx, request.id, f"because_{why}", actor=volunteer.id)
    if rules.is_late(tx.now, request.starts_at, county):
        late.call_coordinators(tx, county, request, why)
    else:
        note_office(tx, request, late_notices.handed_back(request, why))
    return request


def take_back(
    tx: Tx,
    county: County,
    assignment_id: int,
    *,
    by: Person | None = None,
    say: Callable[[HelpRequest], Message] = appointment_notices.task_taken_back,
) -> HelpRequest:
    """The office asks others, usually because it can't reach the volunteer, who is told what *say*
    says. Raises :class:`Refused`."""
    assignment = _ahead(tx, assignment_id)
    request = _take_back(tx, county, assignment)
    if request.state is State.OPEN and rules.is_late(tx.now, request.starts_at, county):
        alert_about(tx, request, office_notices.late_alert(request, county))
    history.add(tx, request.id, Happened.TAKEN_BACK, actor=None if by is None else by.id)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    tell_volunteer(tx, request, volunteer, say(request))
    return request


def someone_else(tx: Tx, county: County, person: Person | None, assignment_id: int) -> HelpRequest:
    """The requester would rather have somebody else: no reason is asked, nobody hears of it.

    Raises :class:`Refused`.
    """
    assignment = _ahead(tx, assignment_id)
    request = require_own(tx, person, assignment.request_id)
    if series_meetings.is_of(tx, request, people.by_id(tx, assignment.volunteer_id)):
        series.someone_else(tx, county, person, request.series_id or 0)
        return requests.by_id(tx, request.id)
    said = agreeing_notices.looking_for_someone_else(request)
    alert = appointment_notices.needs_another(request, county)
    request, volunteer = reopen(tx, county, request, said, alert=alert)
    offers.bar(tx, request.id, volunteer.id)
    history.add(tx, request.id, Happened.SOMEONE_ELSE)
    tell_volunteer(tx, request, volunteer, agreeing_notices.taken_over(request))
    return request


def _ahead(tx: Tx, assignment_id: int) -> Assignment:
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    return assignment


def ask_again(tx: Tx, county: County, request_id: int) -> HelpRequest:
    """A coordinator sends a stuck request to everybody who fits once more, real noes aside.

    Raises :class:`Refused`.
    """
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    request = requests.make(tx, request, Move.ASK_AGAIN)
    close_offers(tx, request, offer_notices.offer_closed(request))
    offers.forget_unanswered(tx, request.id)
    request = ask_anew(tx, county, request, most=None)
    if request.state is State.OPEN:
        tell_requester(tx, county, request, notices.still_asking(request, hear_by(tx, request)))
    return request


def reschedule(
    tx: Tx, county: County, person: Person | None, request_id: int, starts_at: int
) -> HelpRequest:
    """The appointment is at another time (UTC epoch seconds), with the same volunteer.

    Raises :class:`Refused`, also if the volunteer has another task then.
    """
    request = require_own_or_office(tx, person, request_id)
    assignment = assignments.active_of_request(tx, request_id)
    if assignment is None:
        raise Refused(Code.GONE)
    if request.starts_at == starts_at:
        return request
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    if starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    later = replace(request, starts_at=starts_at)
    if assignments.is_busy(tx, assignment.volunteer_id, later, besides=assignment):
        raise Refused(Code.OVERLAP)
    request = requests.set_time(tx, request_id, starts_at)
    assigning.reschedule(tx, county, request, assignment)
    actor = None if person is None else person.id
    history.add(tx, request_id, Happened.RESCHEDULED, actor=actor)
    return request


def start(tx: Tx, county: County, request_id: int) -> None:
    """The clock: the time of the appointment has come. Without a volunteer it has passed."""
    request = requests.by_id(tx, request_id)
    if request.state not in (State.WAITING, State.OPEN, State.STUCK):
        return
    if request.is_search:
        series_search.passed(tx, county, request)
        return
    if request.state is State.OPEN:  # nobody answered in time: what stood in the way of others
        requests.lacks(tx, request.id, shortage(explain(tx, county, request).counts))
    missed = requests.make(tx, request, Move.PASS)
    close_offers(tx, request, offer_notices.offer_closed(request))
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    drop_errands(tx, missed)
    tell_requester(tx, county, request, notices.nobody_found(request, county))
    show_card(tx, county, missed)


def finish(tx: Tx, county: County, request_id: int) -> None:
    """The clock: the appointment is over."""
    request = requests.by_id(tx, request_id)
    assignment = assignments.active_of_request(tx, request_id)
    if request.state is State.ASSIGNED and assignment is not None:
        finished = requests.make(tx, request, Move.FINISH)
        complete(tx, county, finished, assignment)
        drop_errands(tx, finished)
        history.add(tx, request.id, Happened.FINISHED)
        series_trial.after_meeting(tx, county, finished, assignment)
        show_card(tx, county, finished)


def _own_offer(tx: Tx, volunteer: Person, offer_id: int) -> Offer:
    offer = offers.find(tx, offer_id)
    if offer is None:
        raise Refused(Code.GONE)
    if offer.volunteer_id != volunteer.id or not volunteer.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return offer


def _is_held_by(tx: Tx, county: County, request: HelpRequest, volunteer: Person) -> bool:
    """A tap on an old view of what is theirs already: it shows how it stands, no more."""
    phone = phone_for(tx, request)
    held = assignments.active_of_request(tx, request.id)
    if held is not None and held.volunteer_id == volunteer.id:
        stands = appointment_notices.offer_accepted(request, county, held, phone)
    elif request.state is State.AGREEING and request.id in proposals.agreeing_with(
        tx, volunteer.id
    ):
        stands = agreeing_notices.find_a_time(request, county, phone)
    else:
        return False
    retell(tx, volunteer, stands, offer_card(request))
    return True


def _take_back(tx: Tx, county: County, assignment: Assignment) -> HelpRequest:
    request = requests.by_id(tx, assignment.request_id)
    instead = appointment_notices.promise_broken(request)
    request, _ = reopen(tx, county, request, None, instead=instead, alert=None)
    if request.state is State.OPEN:
        by = hear_by(tx, request)
        promise(tx, request, by)
        tell_requester(tx, county, request, late_notices.lost(request, county, by))
    else:
        tell_requester(tx, county, request, late_notices.lost_and_nobody(request, county))
    return request
