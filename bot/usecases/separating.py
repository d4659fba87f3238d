"""Two between whom a case is open do not meet: no offer, no time to be found, no appointment."""

from bot.domain.appointments import Assignment
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.domain.series import Series
from bot.storage import assignments, offers, pairs, people, proposals, requests, swaps
from bot.storage import series as store
from bot.storage.cases import Case
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing,
    agreeing_notices,
    case_notices,
    dispatch,
    offer_notices,
    relay_closing,
    series,
    swapping,
)
from bot.usecases.assigning import is_called, offer_card, plan_reminders
from bot.usecases.notices import now_stands
from bot.usecases.settling import end_talks
from bot.usecases.telling import retell, tell, tell_requester, tell_volunteer


def separate(tx: Tx, county: County, case: Case) -> None:
    """No offer, no time to be found, no appointment and no chat leads the two to each other,
    whoever of them asks and whoever helps."""
    pairs.suspend(tx, case.requester_id, case.volunteer_id, True)
    for one in series_between(tx, case):
        series.hold_back(tx, county, requests.by_id(tx, one.request_id))
    for requester_id, volunteer_id in _ways(case):
        relay_closing.part(tx, requester_id, volunteer_id)
        _stop_what_is_ahead(tx, county, requester_id, people.by_id(tx, volunteer_id))
        ask_no_more(tx, county, requester_id, volunteer_id)


def _ways(case: Case) -> tuple[tuple[int, int], tuple[int, int]]:
    """(who asks, who helps): a person can be both."""
    return (case.requester_id, case.volunteer_id), (case.volunteer_id, case.requester_id)


def _stop_what_is_ahead(tx: Tx, county: County, requester_id: int, volunteer: Person) -> None:
    for request in requests.of_person(tx, requester_id):
        requests.hold(tx, request.id)
        held = assignments.active_of_request(tx, request.id)
        if held is not None and held.volunteer_id == volunteer.id:
            _put_on_hold(tx, county, request, held)
        elif request.state is State.AGREEING and volunteer.id == proposals.volunteer_of(
            tx, request.id
        ):
            agreeing.take_off(tx, county, request)
            tell_volunteer(tx, request, volunteer, agreeing_notices.taken_over(request))
            offers.bar(tx, request.id, volunteer.id)


def ask_no_more(tx: Tx, county: County, requester_id: int, volunteer_id: int) -> None:
    """No offer, and no question of a colleague, leads the volunteer to what the requester needs;
    nobody hears why."""
    volunteer = people.by_id(tx, volunteer_id)
    for request in requests.of_person(tx, requester_id):
        requests.hold(tx, request.id)
        held = assignments.active_of_request(tx, request.id)
        for swap in () if held is None else swaps.of_assignment(tx, held.id):
            if swap.colleague_id == volunteer_id:
                swapping.expire(tx, county, swap.id)
        offer = offers.of_volunteer(tx, request.id, volunteer_id)
        if offer is not None and offer.state in ("open", "closed"):
            offers.settle(tx, offer.id, "closed")
            offers.bar(tx, request.id, volunteer_id)
            retell(tx, volunteer, offer_notices.offer_closed(request), offer_card(request))
            if offer.state == "open":
                dispatch.ask_more_if_unanswered(tx, county, requests.by_id(tx, request.id))


def _put_on_hold(tx: Tx, county: County, request: HelpRequest, held: Assignment) -> None:
    """Both hear that the office is checking it; nobody is reminded of it meanwhile."""
    if held.starts_at <= tx.now:
        return
    end_talks(tx, request, held)
    plan_reminders(tx, county, held)
    said = case_notices.on_hold(request)
    tell_requester(tx, county, request, said, card=_hold_card(held))
    volunteer = people.by_id(tx, held.volunteer_id)
    tell_volunteer(tx, request, volunteer, said, card=_hold_card(held))


def decide_late(tx: Tx, county: County, assignment_id: int) -> None:
    """The clock: nobody has decided, and it starts soon. The two do not meet."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.active or assignment.starts_at <= tx.now:
        return
    request = requests.by_id(tx, assignment.request_id)
    if pairs.find(tx, request.person_id, assignment.volunteer_id).is_kept_apart:
        take_off(tx, county, request, assignment)


def take_off(
    tx: Tx,
    county: County,
    request: HelpRequest,
    held: Assignment,
    coordinator: Person | None = None,
) -> None:
    """Others are asked; neither of the two hears why."""
    say = agreeing_notices.taken_over
    request = dispatch.take_back(tx, county, held.id, by=coordinator, say=say)
    offers.bar(tx, request.id, held.volunteer_id)
    for person_id in (held.volunteer_id, request.person_id):
        retell(tx, people.by_id(tx, person_id), now_stands(request), _hold_card(held))


def series_between(tx: Tx, case: Case) -> list[Series]:
    """Help every week that goes on, or may."""
    return [
        one
        for requester_id, volunteer_id in _ways(case)
        for one in store.of_volunteer(tx, volunteer_id)
        if one.person_id == requester_id
    ]


def on_hold(tx: Tx, case: Case) -> list[tuple[HelpRequest, Assignment]]:
    """What is ahead between the two."""
    found = [
        (request, volunteer_id, assignments.active_of_request(tx, request.id))
        for requester_id, volunteer_id in _ways(case)
        for request in requests.of_person(tx, requester_id)
    ]
    return [
        (request, held)
        for request, volunteer_id, held in found
        if held is not None and held.volunteer_id == volunteer_id and held.starts_at > tx.now
    ]


def go_on(tx: Tx, county: County, request: HelpRequest, held: Assignment) -> None:
    plan_reminders(tx, county, held)
    said = case_notices.goes_on(request)
    if is_called(tx, request):
        tell_requester(tx, county, request, said)
    else:
        tell(tx, people.by_id(tx, request.person_id), said, card=_hold_card(held))
    volunteer = people.by_id(tx, held.volunteer_id)
    tell_volunteer(tx, request, volunteer, said, card=_hold_card(held))


def _hold_card(held: Assignment) -> str:
    return f"hold:{held.id}"
