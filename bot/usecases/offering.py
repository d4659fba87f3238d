"""Asking volunteers in waves; the office hears if nobody is left.

An offer is a row that can be accepted from the moment it is made. The volunteer is written to about
it at once, after their quiet hours, or, if they had one that day already, in the evening digest.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain import dispatch as rules
from bot.domain import matching
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.figures import shortage
from bot.domain.matching import Case
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Move, State
from bot.domain.verdicts import Explanation, Reason, Verdict
from bot.messages import Message
from bot.storage import candidates, due, offers, outbox, people, requests, volunteers
from bot.storage.offers import Offer
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import notices, offer_notices
from bot.usecases.assigning import OFFERS_EXPIRE, offer_card
from bot.usecases.promising import nobody_left
from bot.usecases.settling import end_errands
from bot.usecases.telling import retell, show_card, tell_requester, tell_volunteer

#: Kinds of due rows: an offer that waits for the end of quiet hours; a volunteer's evening digest.
OFFER_HELD = "offer_held"
OPEN_TASKS = "open_tasks"
#: The kind of errand by which a volunteer is asked on the phone.
OFFER_ERRAND = "offer"

_TO_BE_TAKEN = (State.OPEN, State.STUCK)


# --- waves ----------------------------------------------------------------------------------------


def ask(tx: Tx, county: County, request: HelpRequest, most: int | None = rules.WAVE) -> HelpRequest:
    """Offer an open request to the next volunteers who fit (at most *most*; None: all of them).

    Who did this requester's last task is asked first, alone for some hours if there is time. With
    nobody left, and nobody's answer to wait for, it gets stuck, and the office hears it. The
    requester is the caller's business.
    """
    case = Case.of(request, county, tx.now)
    wave = _next_wave(tx, case, county, most)
    expires_at = _expires_at(tx, county, request)
    if expires_at <= tx.now or not (wave or offers.open_for(tx, request.id)):
        return _run_out(tx, county, request)
    known_from = tx.now
    for verdict in wave:
        offer = offers.add(
            tx, request_id=request.id, volunteer_id=verdict.person_id, expires_at=expires_at
        )
        known_from = _deliver(tx, county, request, offer, verdict)
    go_on = min(offer.expires_at for offer in offers.open_for(tx, request.id))
    if _is_head_start(wave):
        go_on = min(go_on, rules.head_start_ends(known_from, county.zone))
    due.put(tx, OFFERS_EXPIRE, request.id, go_on)
    return request


def _next_wave(tx: Tx, case: Case, county: County, most: int | None) -> list[Verdict]:
    if most is None:
        return matching.explain(case, candidates.everybody(tx, case)).ranked
    urgent = rules.is_urgent(tx.now, case.request.starts_at)

    def size(ranked: Sequence[Verdict]) -> int | None:
        return rules.wave((one.likely for one in ranked), urgent=urgent)

    ranked = matching.best(
        case, candidates.nearest_first(tx, case, county), lambda first: size(first) is not None
    )
    wave = ranked[: min(most, size(ranked) or most)]
    helper = [one for one in wave if Reason.HELPED in one.why]
    return wave if urgent else helper or wave


def _expires_at(tx: Tx, county: County, request: HelpRequest) -> int:
    usual = rules.offer_expiry(tx.now, request.starts_at, county.zone)
    return rules.leaving_time_to_act(tx.now, request.starts_at, usual, county)


def _is_head_start(wave: Sequence[Verdict]) -> bool:
    return len(wave) == 1 and Reason.HELPED in wave[0].why


def ask_more(tx: Tx, county: County, request: HelpRequest) -> None:
    """The next wave. The requester hears it if it takes longer than they were promised."""
    promised = request.hear_by or 0
    request = ask(tx, county, request)
    if request.state is not State.OPEN:
        tell_requester(tx, county, request, notices.nobody_yet(request, county))
    elif (by := hear_by(tx, request)) > promised:
        requests.promise(tx, request.id, by)
        tell_requester(tx, county, request, notices.still_asking(request, by))


def ask_more_if_unanswered(tx: Tx, county: County, request: HelpRequest) -> None:
    if request.state is State.OPEN and not offers.open_for(tx, request.id):
        ask_more(tx, county, request)


def hear_by(tx: Tx, request: HelpRequest) -> int:
    """Until when somebody asked may answer, and the requester hears more (UTC epoch seconds).

    Now, if nobody is being asked.
    """
    return max((offer.expires_at for offer in offers.open_for(tx, request.id)), default=tx.now)


def offer_to(tx: Tx, county: County, request: HelpRequest, volunteer_id: int) -> HelpRequest:
    """The office asks this one, whatever the rules say, save that a no is a no.

    A stuck request is open again. Raises :class:`Refused`.
    """
    request = requests.hold(tx, request.id)
    case = Case.of(request, county, tx.now)
    candidate = candidates.one(tx, case, volunteer_id)
    before = offers.of_volunteer(tx, request.id, volunteer_id)
    if request.state not in _TO_BE_TAKEN or request.begins_by(tx.now):
        raise Refused(Code.GONE)
    if candidate is None or not candidate.reachable:
        raise Refused(Code.NOT_REACHABLE)
    if before is not None and before.state == "declined":
        raise Refused(Code.SAID_NO)
    if request.state is State.STUCK:
        request = requests.make(tx, request, Move.ASK_AGAIN)
    expires_at = _expires_at(tx, county, request)
    if before is None:
        offer = offers.add(
            tx, request_id=request.id, volunteer_id=volunteer_id, expires_at=expires_at
        )
    else:
        offers.reopen(tx, before.id, expires_at)
        offer = replace(before, state="open", expires_at=expires_at, pushed_at=None)
    _deliver(tx, county, request, offer, chosen=True)
    go_on = min(offer.expires_at for offer in offers.open_for(tx, request.id))
    due.put(tx, OFFERS_EXPIRE, request.id, go_on)
    show_card(tx, county, request)
    return request


def explain(tx: Tx, county: County, request: HelpRequest) -> Explanation:
    """Everybody: who fits and why, who does not and which rule. The full scan; changes nothing."""
    case = Case.of(request, county, tx.now)
    return matching.explain(case, candidates.everybody(tx, case))


# --- how it reaches them --------------------------------------------------------------------------


def _deliver(
    tx: Tx,
    county: County,
    request: HelpRequest,
    offer: Offer,
    verdict: Verdict | None = None,
    *,
    chosen: bool = False,
) -> int:
    """Write to the volunteer now or later; when they know of it (UTC epoch seconds).

    *chosen* by the office: the second one of a day is pushed, too. Else one that they have been
    asked about before is open again where it stands, without a sound.
    """
    urgent = rules.is_urgent(tx.now, request.starts_at)
    volunteer = volunteers.find(tx, offer.volunteer_id)
    if volunteer is None:
        return tx.now
    if people.by_id(tx, offer.volunteer_id).chat_id is None:  # the office calls in its hours
        _push(tx, county, request, offer, verdict)
        return tx.now
    at = rules.quiet_until(tx.now, volunteer.profile.quiet, county.zone)
    if at > tx.now and not urgent:
        due.put(tx, OFFER_HELD, offer.id, at)
        return at
    today = rules.today_began(tx.now, county.zone)
    if not (urgent or chosen) and offers.pushed_since(tx, offer.volunteer_id, today):
        digest = rules.next_digest(tx.now, county.zone)
        due.put(tx, OPEN_TASKS, offer.volunteer_id, digest)
        again = _asks(tx, county, request, offer, verdict)
        retell(tx, people.by_id(tx, offer.volunteer_id), again, offer_card(request))
        return digest
    _push(tx, county, request, offer, verdict)
    return tx.now


def _asks(
    tx: Tx, county: County, request: HelpRequest, offer: Offer, verdict: Verdict | None
) -> Message:
    fits = verdict or fit(tx, county, request, offer.volunteer_id)
    return offer_notices.offer(request, county, offer.id, offer.expires_at, fits)


def _push(
    tx: Tx, county: County, request: HelpRequest, offer: Offer, verdict: Verdict | None
) -> None:
    offers.push(tx, offer.id)
    volunteer = people.by_id(tx, offer.volunteer_id)
    if volunteer.chat_id is None:
        said = _asks(tx, county, request, offer, verdict)
        tell_volunteer(tx, request, volunteer, said, errand=OFFER_ERRAND, subject=offer.id)
    else:
        outbox.append(
            tx,
            Draft(
                volunteer.chat_id,
                _asks(tx, county, request, offer, verdict),
                Lane.OFFER,
                offer_card(request),
                Mode.FRESH,
                guard=f"offer:{offer.id}",
                valid_until=offer.expires_at,
            ),
        )


def deliver_held(tx: Tx, county: County, offer_id: int) -> None:
    """The clock: the volunteer's quiet hours are over."""
    offer = offers.find(tx, offer_id)
    if offer is None or offer.state != "open" or offer.pushed_at is not None:
        return
    request = requests.by_id(tx, offer.request_id)
    if request.state in _TO_BE_TAKEN:
        _deliver(tx, county, request, offer)


def tell_open_tasks(tx: Tx, county: County, volunteer_id: int) -> None:
    """The clock: in the evening a volunteer hears once what else there is."""
    volunteer = volunteers.find(tx, volunteer_id)
    if volunteer is None:
        return
    at = rules.quiet_until(tx.now, volunteer.profile.quiet, county.zone)
    if at > tx.now:
        due.put(tx, OPEN_TASKS, volunteer_id, at)
        return
    person = people.by_id(tx, volunteer_id)
    count = len(open_tasks_for(tx, county, person))
    if count and person.chat_id is not None:
        said = offer_notices.open_tasks_wait(count)
        outbox.append(tx, Draft(person.chat_id, said, Lane.OFFER, "open_tasks", Mode.FRESH))


# --- open tasks -----------------------------------------------------------------------------------


def open_tasks_for(tx: Tx, county: County, volunteer: Person) -> list[HelpRequest]:
    """What nobody has taken yet and this volunteer could, soonest first; no real no of theirs."""
    return [
        request
        for request in requests.unassigned(tx)
        if request.state in _TO_BE_TAKEN
        and not request.begins_by(tx.now)
        and _may_take(tx, county, request, volunteer.id)
    ]


def offer_on_request(tx: Tx, county: County, volunteer: Person, request_id: int) -> int:
    """The id of the offer by which the volunteer may take an open task; made if there is none.

    Raises :class:`Refused`.
    """
    if requests.find(tx, request_id) is None:
        raise Refused(Code.GONE)
    request = requests.hold(tx, request_id)
    offer = offers.of_volunteer(tx, request_id, volunteer.id)
    if offer is not None:
        return offer.id
    if request.state not in _TO_BE_TAKEN:
        raise Refused(Code.ALREADY_TAKEN)
    if request.begins_by(tx.now):
        raise Refused(Code.TOO_LATE)
    if not _may_take(tx, county, request, volunteer.id):
        raise Refused(Code.GONE)
    expires_at = _expires_at(tx, county, request)
    return offers.add(
        tx, request_id=request_id, volunteer_id=volunteer.id, expires_at=expires_at
    ).id


def _may_take(tx: Tx, county: County, request: HelpRequest, volunteer_id: int) -> bool:
    found = fit(tx, county, request, volunteer_id)
    offer = offers.of_volunteer(tx, request.id, volunteer_id)
    said_no = offer is not None and offer.state == "declined"
    return found is not None and found.fits and not said_no


def fit(tx: Tx, county: County, request: HelpRequest, volunteer_id: int) -> Verdict | None:
    """How well a volunteer fits who may have been asked already; None if they are no volunteer."""
    case = Case.of(request, county, tx.now)
    candidate = candidates.one(tx, case, volunteer_id)
    return None if candidate is None else matching.judge(case, replace(candidate, asked=False))


def never_ask_for_this(tx: Tx, county: County, volunteer: Person, offer_id: int) -> str:
    """The volunteer does not help with this kind of task any more; the skill they gave up.

    Raises :class:`Refused`.
    """
    skill = skill_of(tx, county, volunteer, offer_id)
    volunteers.drop_skill(tx, volunteer.id, skill)
    return skill


def skill_of(tx: Tx, county: County, volunteer: Person, offer_id: int) -> str:
    """The skill an offer of theirs needs; empty: none. Raises :class:`Refused`."""
    offer = offers.find(tx, offer_id)
    if offer is None:
        raise Refused(Code.GONE)
    if offer.volunteer_id != volunteer.id:
        raise Refused(Code.NOT_YOURS)
    return county.categories[requests.by_id(tx, offer.request_id).category].skill


# --- what becomes of it ---------------------------------------------------------------------------


def lapse(tx: Tx, request: HelpRequest, offer: Offer) -> None:
    """Nobody waits for this answer any more; a late yes is welcome until somebody else said it."""
    offers.settle(tx, offer.id, "closed")
    _take_back(tx, request, offer, offer_notices.offer_lapsed(request, offer.id))


def close_offers(tx: Tx, request: HelpRequest, said: Message) -> None:
    """No answer counts any more; *said* takes the place of every offer, the lapsed ones too."""
    for offer in offers.unanswered(tx, request.id):
        offers.settle(tx, offer.id, "closed")
        _take_back(tx, request, offer, said)


def _take_back(tx: Tx, request: HelpRequest, offer: Offer, said: Message) -> None:
    volunteer = people.by_id(tx, offer.volunteer_id)
    retell(tx, volunteer, said, offer_card(request))
    if volunteer.chat_id is None:
        end_errands(tx, request, OFFER_ERRAND, volunteer.id)


def _run_out(tx: Tx, county: County, request: HelpRequest) -> HelpRequest:
    stuck = requests.make(tx, request, Move.RUN_OUT)
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    show_card(tx, county, stuck)
    counts = explain(tx, county, stuck).counts
    requests.lacks(tx, stuck.id, shortage(counts))
    return nobody_left(tx, county, stuck, counts)
