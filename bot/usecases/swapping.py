"""“Ask a colleague”: a task passes from one volunteer to another, with no moment in between."""

from dataclasses import replace

from bot.domain import dispatch as rules
from bot.domain import matching
from bot.domain import moving as deadlines
from bot.domain.appointments import Assignment
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.matching import Case
from bot.domain.people import Person, Role, Volunteer
from bot.domain.requests import HelpRequest, State
from bot.domain.verdicts import Reason, Verdict
from bot.messages import Message
from bot.storage import (
    assignments,
    blocks,
    candidates,
    due,
    history,
    offers,
    pairs,
    people,
    requests,
    swaps,
)
from bot.storage import volunteers as profiles
from bot.storage.outbox import Mode
from bot.storage.swaps import Swap
from bot.storage.tx import Tx
from bot.usecases import dispatch, offering, swapping_notices
from bot.usecases.assigning import assign, release, tell_voice
from bot.usecases.notices import now_stands
from bot.usecases.settling import SWAP_HELD, SWAP_OVER, end_swap, swap_card
from bot.usecases.swapping_notices import Colleague
from bot.usecases.telling import note_office, retell, tell

#: So many are shown to choose from, and may be asked at the same time.
_SHOWN = 5
_AT_ONCE = 3


def whom(tx: Tx, county: County, volunteer: Person, assignment_id: int) -> Message:
    """Who would fit, best first: first names and coarse facts. Raises :class:`Refused`."""
    assignment = dispatch.require_task(tx, volunteer, assignment_id)
    request = requests.by_id(tx, assignment.request_id)
    asked = swaps.of_assignment(tx, assignment.id)
    waiting = [
        people.by_id(tx, one.colleague_id).first_name for one in asked if one.state == "open"
    ]
    found = [] if len(waiting) >= _AT_ONCE else _ranked(tx, county, request, assignment)[:_SHOWN]
    case = Case.of(request, county, tx.now)
    colleagues = [_seen(tx, case, one) for one in found]
    return swapping_notices.whom(request, assignment.id, colleagues, waiting)


def ask(
    tx: Tx, county: County, volunteer: Person, assignment_id: int, colleague_id: int
) -> Message:
    """One colleague is asked; what the asker reads comes back. Raises :class:`Refused`."""
    assignment = dispatch.require_task(tx, volunteer, assignment_id)
    request = requests.hold(tx, assignment.request_id)
    assignment = dispatch.require_task(tx, volunteer, assignment_id)
    asked = swaps.of_assignment(tx, assignment.id)
    colleague = people.find(tx, colleague_id)
    if colleague is None:
        raise Refused(Code.GONE)
    again = next((one for one in asked if one.colleague_id == colleague_id), None)
    if again is not None and again.state == "open":  # tapped twice
        return swapping_notices.asked(request, colleague.first_name, again.answer_by, assignment.id)
    fits = _ranked(tx, county, request, assignment)
    if again is not None or all(one.person_id != colleague_id for one in fits):
        raise Refused(Code.GONE)
    if sum(one.state == "open" for one in asked) >= _AT_ONCE:
        raise Refused(Code.ENOUGH)
    answer_by = deadlines.answer_by(tx.now, assignment.starts_at, county.zone)
    if answer_by is None:
        raise Refused(Code.TOO_NEAR)
    swap = swaps.add(tx, assignment, colleague_id, answer_by)
    due.put(tx, SWAP_OVER, swap.id, answer_by)
    history.add(tx, request.id, Happened.COLLEAGUE_ASKED, actor=volunteer.id)
    _deliver(tx, county, request, assignment, swap)
    return swapping_notices.asked(request, colleague.first_name, answer_by, assignment.id)


def deliver_held(tx: Tx, county: County, swap_id: int) -> None:
    """The clock: the colleague's quiet hours are over."""
    swap = swaps.find(tx, swap_id)
    if swap is not None and swap.state == "open":
        assignment = assignments.by_id(tx, swap.assignment_id)
        _deliver(tx, county, requests.by_id(tx, swap.request_id), assignment, swap)


def accept(tx: Tx, county: County, colleague: Person, swap_id: int) -> HelpRequest:
    """The colleague says yes: the task is theirs from this moment.

    If it was handed back meanwhile, it is an open task that they take. Raises :class:`Refused`.
    """
    swap, request = _own(tx, colleague, swap_id)
    held = assignments.active_of_request(tx, request.id)
    if held is not None and held.volunteer_id == colleague.id:
        return request  # tapped twice
    if request.state in (State.OPEN, State.STUCK) and swap.state in ("open", "over"):
        offer_id = offering.offer_on_request(tx, county, colleague, request.id)
        return dispatch.accept(tx, county, colleague, offer_id)
    if swap.state not in ("open", "no") or held is None or held.id != swap.assignment_id:
        raise Refused(Code.GONE if swap.state == "over" else Code.ALREADY_TAKEN)
    if held.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    if blocks.is_blocked(tx, colleague.id):
        raise Refused(Code.BLOCKED)
    if not pairs.may_meet(tx, request.person_id, colleague.id):
        raise Refused(Code.ALREADY_TAKEN)
    if assignments.is_busy(tx, colleague.id, request):
        raise Refused(Code.OVERLAP)
    end_swap(tx, swap.id, "yes")
    asker = release(tx, request, held)
    _accepted_offer(tx, request, colleague.id, held.starts_at)
    note = swapping_notices.somebody_instead(asker.first_name)
    retell(tx, colleague, now_stands(request), swap_card(held))
    assign(tx, county, request, colleague, held.place, news=True, note=note)
    tell_voice(tx, request, colleague)
    history.add(tx, request.id, Happened.HANDED_OVER, actor=colleague.id)
    tell(tx, asker, swapping_notices.taken(request, colleague.first_name))
    note_office(tx, request, swapping_notices.for_the_office(request))
    return request


def decline(tx: Tx, county: County, colleague: Person, swap_id: int) -> None:
    """No, which the asker hears. Raises :class:`Refused`."""
    swap, request = _own(tx, colleague, swap_id)
    if swap.state == "no":
        return
    if swap.state != "open":
        raise Refused(Code.GONE)
    end_swap(tx, swap.id, "no")
    assignment = assignments.by_id(tx, swap.assignment_id)
    retell(tx, colleague, swapping_notices.you_said_no(request), swap_card(assignment))
    asker = people.by_id(tx, assignment.volunteer_id)
    tell(tx, asker, swapping_notices.said_no(request, colleague.first_name, assignment.id))


def expire(tx: Tx, county: County, swap_id: int) -> None:
    """The clock: the colleague has not answered; the asker hears that the task is still theirs."""
    found = swaps.find(tx, swap_id)
    if found is None:
        return
    request = requests.hold(tx, found.request_id)
    swap = swaps.find(tx, swap_id)
    assignment = assignments.find(tx, found.assignment_id)
    if swap is None or swap.state != "open" or assignment is None or not assignment.active:
        return
    end_swap(tx, swap.id, "over")
    colleague = people.by_id(tx, swap.colleague_id)
    retell(tx, colleague, swapping_notices.over(request), swap_card(assignment))
    asker = people.by_id(tx, assignment.volunteer_id)
    tell(tx, asker, swapping_notices.no_answer(request, colleague.first_name, assignment.id))


# --- parts ----------------------------------------------------------------------------------------


def _ranked(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> list[Verdict]:
    """Who fits and was not asked by a colleague before, best first; a no to the task stays a no."""
    case = Case.of(request, county, tx.now)
    said_no = {
        one.volunteer_id
        for one in offers.of_request(tx, request.id)
        if one.state == "declined" or one.barred
    }
    asked = {one.colleague_id for one in swaps.of_assignment(tx, assignment.id)}
    left_out = said_no | asked | swaps.said_no(tx, request.id) | {assignment.volunteer_id}
    everybody = (
        replace(one, asked=False)
        for one in candidates.everybody(tx, case)
        if one.volunteer.person_id not in left_out
    )
    ranked = matching.explain(case, everybody).ranked
    # Colleagues write to each other; nobody calls one for another.
    return [one for one in ranked if people.by_id(tx, one.person_id).chat_id is not None]


def _seen(tx: Tx, case: Case, verdict: Verdict) -> Colleague:
    volunteer = profiles.find(tx, verdict.person_id) or Volunteer(verdict.person_id)
    spoken = volunteer.profile.languages
    return Colleague(
        verdict.person_id,
        people.by_id(tx, verdict.person_id).first_name,
        {code: level for code, level in spoken.items() if code in case.languages},
        Reason.NEAR in verdict.why,
    )


def _deliver(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment, swap: Swap
) -> None:
    """Now, or after their quiet hours if that leaves time to answer."""
    volunteer = profiles.find(tx, swap.colleague_id)
    if volunteer is None:
        return
    at = rules.quiet_until(tx.now, volunteer.profile.quiet, county.zone)
    if tx.now < at < swap.answer_by and not rules.is_urgent(tx.now, assignment.starts_at):
        due.put(tx, SWAP_HELD, swap.id, at)
        return
    asker = people.by_id(tx, assignment.volunteer_id)
    fit = offering.fit(tx, county, request, swap.colleague_id)
    said = swapping_notices.question(
        request, county, asker.first_name, swap.id, swap.answer_by, fit
    )
    colleague = people.by_id(tx, swap.colleague_id)
    tell(tx, colleague, said, card=swap_card(assignment), mode=Mode.FRESH)


def _own(tx: Tx, colleague: Person, swap_id: int) -> tuple[Swap, HelpRequest]:
    found = swaps.find(tx, swap_id)
    if found is None:
        raise Refused(Code.GONE)
    if found.colleague_id != colleague.id or not colleague.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    request = requests.hold(tx, found.request_id)
    return swaps.find(tx, swap_id) or found, request


def _accepted_offer(tx: Tx, request: HelpRequest, volunteer_id: int, expires_at: int) -> None:
    """Who has a task has the accepted offer of it."""
    offer = offers.of_volunteer(tx, request.id, volunteer_id) or offers.add(
        tx, request_id=request.id, volunteer_id=volunteer_id, expires_at=expires_at
    )
    offers.settle(tx, offer.id, "accepted")
