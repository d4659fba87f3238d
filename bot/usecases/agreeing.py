"""From a yes without a time to an appointment: times are offered, the requester chooses one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.appointments import MOST_TIMES, choose_by, next_evening
from bot.domain.county import County
from bot.domain.dispatch import WhyBack
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, Move, State, after
from bot.messages import Message, Text
from bot.storage import assignments, due, history, offers, people, proposals, requests
from bot.storage.offers import Offer
from bot.storage.outbox import Mode
from bot.storage.proposals import Proposal
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing_notices,
    appointment_notices,
    late_notices,
    notices,
    offer_notices,
    series_meetings,
)
from bot.usecases.assigning import (
    AGREEING,
    CHOOSE_REMINDER,
    OFFERS_EXPIRE,
    PROPOSE_REMINDER,
    asked_card,
    assign,
    is_called,
    offer_card,
    phone_for,
    shared_languages,
    tell_voice,
    times_card,
    to_the_bottom,
)
from bot.usecases.offering import close_offers
from bot.usecases.reopening import reopen
from bot.usecases.settling import end_errands
from bot.usecases.telling import (
    alert_about,
    note_office,
    retell,
    show_card,
    tell_requester,
    tell_volunteer,
)

#: After so many times "none fits" the office helps.
_MOST_ROUNDS = 2
#: The kind of errand by which a volunteer says on the phone when they can help.
TIMES_ERRAND = "offer_times"


def begin(
    tx: Tx, county: County, request: HelpRequest, volunteer: Person, offer: Offer
) -> HelpRequest:
    """*volunteer* says yes to a request without a time. Raises :class:`Refused`."""
    after(request.state, Move.CHOOSE)
    request = requests.make(tx, request, Move.CHOOSE)
    offers.settle(tx, offer.id, "accepted")
    close_offers(tx, request, offer_notices.offer_closed(request))
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    due.put(tx, PROPOSE_REMINDER, request.id, next_evening(tx.now, county.zone))
    history.add(tx, request.id, Happened.ACCEPTED, actor=volunteer.id)
    needed = agreeing_notices.find_a_time(request, county, phone_for(tx, request))
    tell_volunteer(
        tx,
        request,
        volunteer,
        needed,
        card=offer_card(request),
        errand=TIMES_ERRAND,
        subject=request.id,
    )
    tell_voice(tx, request, volunteer)
    if not is_called(tx, request):  # else one call is enough, when there are times to choose from
        said = agreeing_notices.somebody_looks(request)
        tell_requester(tx, county, request, said, card=times_card(request), mode=Mode.FRESH)
    show_card(tx, county, request)
    return request


def require_agreeing(tx: Tx, volunteer: Person | None, request_id: int) -> HelpRequest:
    """The request that this volunteer looks for a time for. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is None or request.state is not State.AGREEING:
        raise Refused(Code.GONE)
    if not looks_for_a_time(tx, volunteer, request):
        raise Refused(Code.NOT_YOURS)
    return request


def looks_for_a_time(tx: Tx, volunteer: Person | None, request: HelpRequest) -> bool:
    """Is it still this volunteer who is to offer times?"""
    return (
        volunteer is not None
        and request.state is State.AGREEING
        and proposals.volunteer_of(tx, request.id) == volunteer.id
    )


def propose(
    tx: Tx,
    county: County,
    volunteer: Person | None,
    request_id: int,
    times: Sequence[int],
    place: str,
) -> list[Proposal]:
    """The volunteer offers *times* (UTC epoch seconds) and where to meet; the requester chooses.

    They take the place of earlier ones that are still open. *place*: a name, or a key of
    ``agreeing_notices.PLACES``. Raises :class:`Refused`.
    """
    request = require_agreeing(tx, volunteer, request_id)
    ahead = sorted({one for one in times if one > tx.now})[:MOST_TIMES]
    if not ahead:
        raise Refused(Code.TOO_LATE)
    volunteer_id = proposals.volunteer_of(tx, request_id) or 0
    if any(not _is_free(tx, volunteer_id, request, one) for one in ahead):
        raise Refused(Code.OVERLAP)
    requests.hold(tx, request_id)
    end_errands(tx, request, TIMES_ERRAND)
    proposals.withdraw_open(tx, request_id)
    round_ = 1 + proposals.rounds(tx, request_id)
    offered = [
        proposals.add(
            tx,
            request_id=request_id,
            volunteer_id=volunteer_id,
            starts_at=one,
            place=place,
            round_=round_,
        )
        for one in ahead
    ]
    history.add(tx, request_id, Happened.PROPOSED, actor=volunteer_id)
    due.cancel(tx, request_id, AGREEING)
    due.put(tx, CHOOSE_REMINDER, request_id, choose_by(tx.now, ahead[0], county.zone))
    let_choose(tx, county, request, offered)
    stands = agreeing_notices.times_wait(request)
    retell(tx, people.by_id(tx, volunteer_id), stands, asked_card(request))
    return offered


def show_times(tx: Tx, county: County, person: Person | None, request_id: int) -> None:
    """The times once more, at the bottom of the requester's chat. Raises :class:`Refused`."""
    request = require_choosing(tx, person, request_id)
    offered = ahead_of(tx, request)
    if not offered:
        raise Refused(Code.GONE)
    let_choose(tx, county, request, offered)


def choose(tx: Tx, county: County, proposal_id: int, *, by: Person | None) -> HelpRequest:
    """The requester (or a coordinator for them) takes one of the times: it is an appointment.

    If the volunteer has taken another task at that time meanwhile, the request comes back still
    AGREEING: the other times stay, or new ones are asked for. Raises :class:`Refused`.
    """
    proposal = proposals.find(tx, proposal_id)
    if proposal is None:
        raise Refused(Code.GONE)
    request = _of_requester(tx, by, proposal.request_id)
    if proposal.state == "chosen":
        return request  # tapped twice
    if request.state is not State.AGREEING or proposal.state != "open":
        raise Refused(Code.GONE)
    if proposal.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    requests.hold(tx, request.id)
    if not _is_free(tx, proposal.volunteer_id, request, proposal.starts_at):
        _lose_time(tx, county, request, proposal)
        return request
    timed = requests.set_time(tx, request.id, proposal.starts_at)
    agreed = requests.make(tx, timed, Move.AGREE)
    proposals.settle(tx, proposal.id, "chosen")
    proposals.refuse_open(tx, request.id)
    history.add(tx, request.id, Happened.CHOSEN, actor=None if by is None else by.id)
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, agreeing_notices.chosen(agreed), times_card(agreed))
    volunteer = people.by_id(tx, proposal.volunteer_id)
    retell(tx, volunteer, notices.now_stands(agreed), asked_card(agreed))
    assign(tx, county, agreed, volunteer, proposal.place, news=True)
    return series_meetings.found(tx, county, agreed, volunteer)


def none_fits(tx: Tx, county: County, request_id: int, *, by: Person | None) -> HelpRequest:
    """None of the times suits the requester: the volunteer is asked once more, then the office.

    Raises :class:`Refused`.
    """
    request = _of_requester(tx, by, request_id)
    if request.state is not State.AGREEING or not proposals.open_for(tx, request_id):
        raise Refused(Code.GONE)
    requests.hold(tx, request_id)
    proposals.refuse_open(tx, request_id)
    history.add(tx, request_id, Happened.NONE_FITS, actor=None if by is None else by.id)
    requester = people.by_id(tx, request.person_id)
    if proposals.rounds(tx, request_id) < _MOST_ROUNDS:
        retell(tx, requester, agreeing_notices.others_wanted(request), times_card(request))
        _ask_for_others(tx, county, request, agreeing_notices.none_of_yours(request))
        return request
    due.cancel(tx, request_id, AGREEING)
    helped = agreeing_notices.office_helps(request, county)
    tell_requester(tx, county, request, helped, card=times_card(request))
    ask_volunteer(tx, request, agreeing_notices.none_of_yours_again(request))
    alert_about(tx, request, agreeing_notices.no_time_fits(request, county))
    return request


def hand_back(
    tx: Tx,
    county: County,
    volunteer: Person | None,
    request_id: int,
    why: WhyBack | None = None,
) -> HelpRequest:
    """The volunteer can't help after all: others are asked. The office hears *why*.

    Raises :class:`Refused`.
    """
    request, freed = take_off(tx, county, require_agreeing(tx, volunteer, request_id))
    history.add(tx, request.id, Happened.HANDED_BACK, actor=freed.id)
    if why is not None:
        history.add(tx, request.id, f"because_{why}", actor=freed.id)
    note_office(tx, request, late_notices.handed_back(request, why))
    return request


def take_back(tx: Tx, county: County, request_id: int, *, by: Person | None = None) -> HelpRequest:
    """The office, or the rules, ask others instead. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is None or request.state is not State.AGREEING:
        raise Refused(Code.GONE)
    request, volunteer = take_off(tx, county, request)
    history.add(tx, request.id, Happened.TAKEN_BACK, actor=None if by is None else by.id)
    tell_volunteer(tx, request, volunteer, agreeing_notices.taken_over(request))
    return request


def ask_others(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """A coordinator's tap. Raises :class:`Refused`."""
    if coordinator is None or not coordinator.has(Role.COORDINATOR):
        raise Refused(Code.NOT_ALLOWED)
    return take_back(tx, county, request_id, by=coordinator)


def someone_else(tx: Tx, county: County, person: Person | None, request_id: int) -> HelpRequest:
    """The requester would rather have somebody else; nobody hears who wanted it.

    Raises :class:`Refused`.
    """
    request = require_choosing(tx, person, request_id)
    said = agreeing_notices.looking_for_someone_else(request)
    request, volunteer = take_off(tx, county, request, said)
    offers.bar(tx, request.id, volunteer.id)
    history.add(tx, request.id, Happened.SOMEONE_ELSE)
    tell_volunteer(tx, request, volunteer, agreeing_notices.taken_over(request))
    return request


def require_choosing(tx: Tx, person: Person | None, request_id: int) -> HelpRequest:
    """The person's own request that a time is looked for. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is None or request.state is not State.AGREEING:
        raise Refused(Code.GONE)
    if person is None or not request.is_of(person):
        raise Refused(Code.NOT_YOURS)
    return request


# --- parts --------------------------------------------------------------------------------------


def _of_requester(tx: Tx, by: Person | None, request_id: int) -> HelpRequest:
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    if by is None or not (request.is_of(by) or by.has(Role.COORDINATOR)):
        raise Refused(Code.NOT_YOURS)
    return request


def _is_free(tx: Tx, volunteer_id: int, request: HelpRequest, starts_at: int) -> bool:
    return not assignments.is_busy(tx, volunteer_id, replace(request, starts_at=starts_at))


def ahead_of(tx: Tx, request: HelpRequest) -> list[Proposal]:
    """The offered times that are not past, soonest first."""
    return [one for one in proposals.open_for(tx, request.id) if one.starts_at > tx.now]


def let_choose(
    tx: Tx,
    county: County,
    request: HelpRequest,
    offered: Sequence[Proposal],
    note: Text | None = None,
) -> None:
    """The times, at the bottom of the requester's chat; who is called hears them on the phone."""
    volunteer = people.by_id(tx, offered[0].volunteer_id)
    said = agreeing_notices.choose_a_time(
        request,
        county,
        offered,
        volunteer.first_name,
        shared_languages(tx, request, volunteer),
        note,
    )
    if is_called(tx, request):
        tell_requester(tx, county, request, said, errand="times", subject=request.id)
    else:
        old = agreeing_notices.times_below(request)
        to_the_bottom(tx, people.by_id(tx, request.person_id), times_card(request), old, said)


def _lose_time(tx: Tx, county: County, request: HelpRequest, proposal: Proposal) -> None:
    """The volunteer has another task then: what is left can still be chosen."""
    proposals.settle(tx, proposal.id, "refused")
    left = ahead_of(tx, request)
    if left:
        let_choose(tx, county, request, left, agreeing_notices.not_this_time())
        return
    requester = people.by_id(tx, request.person_id)
    retell(tx, requester, agreeing_notices.others_wanted(request), times_card(request))
    _ask_for_others(tx, county, request, agreeing_notices.no_longer_free(request))


def _ask_for_others(tx: Tx, county: County, request: HelpRequest, said: Message) -> None:
    due.cancel(tx, request.id, AGREEING)
    due.put(tx, PROPOSE_REMINDER, request.id, next_evening(tx.now, county.zone))
    ask_volunteer(tx, request, said)


def ask_volunteer(tx: Tx, request: HelpRequest, said: Message) -> None:
    """*said* at the bottom of the chat of who looks for a time."""
    volunteer = people.by_id(tx, proposals.volunteer_of(tx, request.id) or 0)
    if volunteer.chat_id is None:
        tell_volunteer(tx, request, volunteer, said, errand=TIMES_ERRAND, subject=request.id)
    else:
        to_the_bottom(tx, volunteer, asked_card(request), notices.now_stands(request), said)


def take_off(
    tx: Tx, county: County, request: HelpRequest, said: Message | None = None
) -> tuple[HelpRequest, Person]:
    """The volunteer looks no longer: others are asked, the requester hears *said*."""
    return reopen(
        tx,
        county,
        request,
        said or agreeing_notices.still_looking_for_a_time(request),
        alert=appointment_notices.needs_another(request, county),
    )
