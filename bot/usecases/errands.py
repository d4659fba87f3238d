"""The office's call list: a coordinator says by phone what the bot can't write."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bot.domain import office_hours
from bot.domain.appointments import DAY, HOUR, Outcome
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.meetups import Answer
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import Text
from bot.storage import assignments, due, errands, history, people, proposals, requests, volunteers
from bot.storage.errands import Errand
from bot.storage.outbox import Mode
from bot.storage.proposals import Proposal
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing,
    call_notices,
    closing,
    dispatch,
    late,
    late_notices,
    meetup_calls,
    meetups,
    moving,
    relaxing,
    reminding,
    series,
    series_trial,
)
from bot.usecases.afterwards import CLOSING_ERRAND
from bot.usecases.decision_notices import RULES
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.notices import now_stands
from bot.usecases.offering import OFFER_ERRAND
from bot.usecases.office import require_coordinator, require_private
from bot.usecases.settling import MOVE_ERRAND
from bot.usecases.telling import (
    ERRAND_TAKEN_WITHIN,
    ERRAND_WAITS,
    LATE_WAITS,
    alert_office,
    calm_office,
    errand_card,
    on_call_card,
    retell,
    tell,
)

#: What an answer given on the phone does: ``(tx, county, errand, coordinator, choice)``.
_Act: TypeAlias = Callable[[Tx, County, Errand, Person, int], object]


def _said(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
    """Nothing but that it was said."""


def _relax(rule: str, *, yes: bool) -> _Act:
    deed = relaxing.agree if yes else relaxing.refuse

    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        person = people.by_id(tx, errand.person_id)
        deed(tx, county, person, _request_id(errand), rule, by=coordinator)

    return act


def _choose(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
    """*choice* is the id of the proposal."""
    agreeing.choose(tx, county, choice, by=coordinator)


def _none_fits(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
    agreeing.none_fits(tx, county, _request_id(errand), by=coordinator)


def _coming(*, coming: bool) -> _Act:
    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        by = _speaker(tx, errand, coordinator)
        reminding.answer(tx, county, errand.subject, by=by, coming=coming)

    return act


def _move(*, yes: bool) -> _Act:
    deed = moving.agree if yes else moving.decline

    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        deed(tx, county, _speaker(tx, errand, coordinator), errand.subject)

    return act


def _offer(*, yes: bool) -> _Act:
    deed = dispatch.accept if yes else dispatch.decline

    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        deed(tx, county, people.by_id(tx, errand.person_id), errand.subject)

    return act


def _cannot_help(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
    volunteer = people.by_id(tx, errand.person_id)
    agreeing.hand_back(tx, county, volunteer, errand.subject)


def _closed(outcome: Outcome) -> _Act:
    """What took place took as long as it was planned; the volunteer's record can be corrected."""

    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        held = assignments.by_id(tx, errand.subject)
        minutes = (held.ends_at - held.starts_at) // 60 if outcome is Outcome.TOOK_PLACE else None
        volunteer = people.by_id(tx, errand.person_id)
        closing.close(tx, county, volunteer, held.id, outcome, minutes)

    return act


def _speaker(tx: Tx, errand: Errand, coordinator: Person) -> Person:
    """Who answers: a coordinator does for who asked for help, a volunteer for themselves."""
    request = _request(tx, errand)
    if errand.is_for_volunteer_of(request.person_id):
        return people.by_id(tx, errand.person_id)
    return coordinator


def _go_on(*, yes: bool) -> _Act:
    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        series_trial.answer(tx, county, coordinator, errand.subject, yes=yes)

    return act


def _another(*, wanted: bool) -> _Act:
    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        series_trial.another(tx, county, coordinator, errand.subject, wanted=wanted)

    return act


def _other_time(*, yes: bool) -> _Act:
    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        series.agree_time(tx, county, coordinator, errand.subject, yes=yes)

    return act


def _invited(*, yes: bool) -> _Act:
    said = Answer.YES if yes else Answer.NO

    def act(tx: Tx, county: County, errand: Errand, coordinator: Person, choice: int) -> None:
        meetups.answer_by_phone(tx, county, errand.subject, said)

    return act


#: (kind of errand, answer) -> what it does.
ANSWERS: Mapping[tuple[str, str], _Act] = {
    ("tell", "said"): _said,
    (LATE_ERRAND, "said"): _said,
    ("times", "time"): _choose,
    ("times", "none"): _none_fits,
    ("coming", "coming"): _coming(coming=True),
    ("coming", "cant"): _coming(coming=False),
    (MOVE_ERRAND, "yes"): _move(yes=True),
    (MOVE_ERRAND, "no"): _move(yes=False),
    (OFFER_ERRAND, "yes"): _offer(yes=True),
    (OFFER_ERRAND, "no"): _offer(yes=False),
    (agreeing.TIMES_ERRAND, "cant"): _cannot_help,
    (CLOSING_ERRAND, "done"): _closed(Outcome.TOOK_PLACE),
    (CLOSING_ERRAND, "nobody"): _closed(Outcome.NO_SHOW),
    ("series_on", "yes"): _go_on(yes=True),
    ("series_on", "no"): _go_on(yes=False),
    ("series_another", "yes"): _another(wanted=True),
    ("series_another", "no"): _another(wanted=False),
    ("series_time", "yes"): _other_time(yes=True),
    ("series_time", "no"): _other_time(yes=False),
    (meetup_calls.ASKS, "yes"): _invited(yes=True),
    (meetup_calls.ASKS, "no"): _invited(yes=False),
    (meetup_calls.SAYS, "said"): _said,
    **{(f"relax_{rule}", "yes"): _relax(rule, yes=True) for rule in RULES},
    **{(f"relax_{rule}", "no"): _relax(rule, yes=False) for rule in RULES},
}


def take(tx: Tx, county: County, coordinator: Person | None, errand_id: int) -> None:
    """One coordinator takes it, and gets in private whom to call and what to say.

    Raises :class:`Refused`.
    """
    coordinator = require_private(tx, coordinator)
    errand = _unfinished(tx, errand_id)
    if errand.claimed_by not in (None, coordinator.id):
        raise Refused(Code.ALREADY_TAKEN)
    _hand_over(tx, coordinator, errand)


def take_over(tx: Tx, county: County, coordinator: Person | None, errand_id: int) -> None:
    """One that somebody else took and can't do. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    errand = _unfinished(tx, errand_id)
    if errand.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, errand.claimed_by)
        retell(tx, before, call_notices.call_passed_on(), on_call_card(errand.id))
    _hand_over(tx, coordinator, errand)


def answer(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    errand_id: int,
    said: str,
    choice: int = 0,
) -> None:
    """What the person said on the phone: *said* is one of the answers that the kind of errand has,
    *choice* the id of what they chose. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    errand = _unfinished(tx, errand_id)
    act = ANSWERS.get((errand.kind, said))
    if act is None or errand.claimed_by != coordinator.id:
        raise Refused(Code.GONE)
    if errand.kind in meetup_calls.KINDS:
        act(tx, county, errand, coordinator, choice)
        meetup_calls.finish(tx, coordinator, errand)
        return
    requests.hold(tx, _request_id(errand))
    act(tx, county, errand, coordinator, choice)
    _finish(tx, coordinator, errand)


def asked_for_times(tx: Tx, coordinator: Person | None, errand_id: int) -> Errand:
    """The volunteer on the phone says when they can help. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    errand = _unfinished(tx, errand_id)
    if errand.kind != agreeing.TIMES_ERRAND or errand.claimed_by != coordinator.id:
        raise Refused(Code.GONE)
    return errand


def write_times_down(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    errand_id: int,
    times: Sequence[int],
    place: str,
) -> list[Proposal]:
    """What the volunteer offers on the phone, as :func:`agreeing.propose`. Raises
    :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    errand = asked_for_times(tx, coordinator, errand_id)
    volunteer = people.by_id(tx, errand.person_id)
    offered = agreeing.propose(tx, county, volunteer, _request_id(errand), times, place)
    _finish(tx, coordinator, errand)
    return offered


def _finish(tx: Tx, coordinator: Person, errand: Errand) -> None:
    """It was said. What they were to hear besides is said at once, or comes right after it."""
    request = _request(tx, errand)
    errands.done(tx, errand.id)
    due.cancel(tx, errand.id, [ERRAND_WAITS, LATE_WAITS])
    also = _say_at_once(tx, request, errand.person_id)
    history.add(tx, request.id, "called", actor=coordinator.id)
    if errand.kind == LATE_ERRAND:
        tell(tx, coordinator, now_stands(request), card=on_call_card(errand.id))
        calm_office(tx, now_stands(request), errand_card(errand.id), thread=request.number)
        return
    tell(tx, coordinator, call_notices.errand_finished(request, also), card=on_call_card(errand.id))
    calm_office(
        tx, call_notices.errand_over(request), errand_card(errand.id), thread=request.number
    )
    next_question = errands.untaken_about(tx, request.id, agreeing.TIMES_ERRAND, errand.person_id)
    if next_question is not None:
        _hand_over(tx, coordinator, next_question)


def remind(tx: Tx, county: County, errand_id: int) -> None:
    """The clock: a call that nobody has taken for two office hours, or that was taken and not made
    by the next working day, is brought up again; then every working day."""
    errand = errands.find(tx, errand_id)
    if errand is None or errand.state == "done":
        return
    if errand.kind in meetup_calls.KINDS:
        meetup_calls.remind(tx, county, errand)
        return
    if errand.request_id is None:
        return
    moment = office_hours.opens(tx.now, county)
    if moment > tx.now:
        due.put(tx, ERRAND_WAITS, errand_id, moment + ERRAND_TAKEN_WITHIN * HOUR)
        return
    due.put(tx, ERRAND_WAITS, errand_id, office_hours.next_working_day(tx.now, county))
    request = requests.by_id(tx, errand.request_id)
    waits = errand.claimed_by is None
    said = call_notices.errand_waits if waits else call_notices.errand_not_made
    alert = said(errand, request)
    alert_office(tx, alert, errand_card(errand.id), thread=request.number)


def _say_at_once(tx: Tx, request: HelpRequest, person_id: int) -> tuple[Text, ...]:
    """What they were to hear in another call can be said now, as they are on the phone."""
    waiting = errands.untaken_about(tx, request.id, "tell", person_id)
    if waiting is None:
        return ()
    errands.done(tx, waiting.id)
    due.cancel(tx, waiting.id, [ERRAND_WAITS])
    over = call_notices.errand_over(request)
    calm_office(tx, over, errand_card(waiting.id), thread=request.number)
    return waiting.message.lines


def _hand_over(tx: Tx, coordinator: Person, errand: Errand) -> None:
    if errand.kind in meetup_calls.KINDS:
        meetup_calls.take(tx, coordinator, errand)
        return
    request = _request(tx, errand)
    errands.claim(tx, errand.id, coordinator.id)
    person = people.by_id(tx, errand.person_id)
    if errand.is_for_volunteer_of(request.person_id):
        name, phone, language = person.name, "", _spoken_by(tx, person)
    else:
        name = person.name or request.details.name
        phone, language = request.details.phone, people.language_of(tx, person.id)
    phone = phone or people.phone_of(tx, person.id)
    language = language or request.language
    if errand.kind == LATE_ERRAND:
        due.put(tx, LATE_WAITS, errand.id, tx.now + late.FOUND_WITHIN)
        details = late_notices.details(errand, request, name=name, phone=phone, language=language)
        taken = late_notices.taken(errand.id, request)
    else:
        due.put(tx, ERRAND_WAITS, errand.id, tx.now + DAY)
        times = proposals.open_for(tx, request.id) if errand.kind == "times" else ()
        details = call_notices.errand_details(
            errand, request, name=name, phone=phone, language=language, times=times
        )
        taken = call_notices.errand_taken(errand.id, request)
    tell(tx, coordinator, details, card=on_call_card(errand.id), mode=Mode.FRESH)
    calm_office(tx, taken, errand_card(errand.id), thread=request.number)


def _spoken_by(tx: Tx, volunteer: Person) -> str:
    """What the office speaks with a volunteer: German, as a rule."""
    known = volunteers.find(tx, volunteer.id)
    spoken = ["de"] if known is None else [*known.profile.languages, "de"]
    return people.language_of(tx, volunteer.id) or ("de" if "de" in spoken[:-1] else spoken[0])


def _unfinished(tx: Tx, errand_id: int) -> Errand:
    errand = errands.find(tx, errand_id)
    if errand is None or errand.state == "done":
        raise Refused(Code.GONE)
    return errand


def _request_id(errand: Errand) -> int:
    if errand.request_id is None:
        raise Refused(Code.GONE)
    return errand.request_id


def _request(tx: Tx, errand: Errand) -> HelpRequest:
    return requests.by_id(tx, _request_id(errand))
