"""What each side is asked after an appointment: one question at a time, the next one waits.

How a side's closing message stands follows from what both have said (:func:`standing`); this
module also shows it, asks a second time, and in the end tells a coordinator.
"""

from bot.domain.appointments import (
    CORRECTABLE,
    GIVE_UP_AFTER,
    NUDGE_AFTER,
    Again,
    Assignment,
    Outcome,
    Quiet,
    Said,
    Side,
)
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import (
    assignments,
    check_ins,
    due,
    pairs,
    people,
    prompts,
    records,
    requests,
)
from bot.storage.outbox import Mode
from bot.storage.pairs import Pair
from bot.storage.prompts import Prompt
from bot.storage.tx import Tx
from bot.usecases import closing_notices, missed_notices, record_notices
from bot.usecases.assigning import wishes_of
from bot.usecases.closing_notices import Noted
from bot.usecases.telling import alert_office, tell, tell_volunteer

#: The kind of errand by which a volunteer is asked on the phone how it went.
CLOSING_ERRAND = "closing"

#: The due row of an open question; its subject is the prompt.
CLOSING_NUDGE = "closing_nudge"

_JUDGED = (Said.WELL, Said.SOSO, Said.BADLY, Said.NOBODY, Said.THERE)


def standing(
    tx: Tx,
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    side: Side,
    *,
    again: bool = False,
) -> Message:
    """The closing message of one side as it stands now. *again*: it is asked a second time."""
    pair = pairs.find(tx, request.person_id, assignment.volunteer_id)
    may_meet_again = asks_again(request, pair, side)
    if side is Side.VOLUNTEER:
        noted = _noted(tx, county, assignment)
        return _of_volunteer(request, assignment, noted, may_meet_again=may_meet_again, again=again)
    name = people.by_id(tx, assignment.volunteer_id).first_name
    said_no = pair.requester_says is Again.NO
    return _of_requester(
        county, request, assignment, name, may_meet_again=may_meet_again, said_no=said_no
    )


def asks_again(request: HelpRequest, pair: Pair, side: Side) -> bool:
    """Would they meet again? Of help every week that is asked otherwise, and once."""
    weekly = request.weekly or request.is_meeting
    return not weekly and pair.says(side) is None and not pair.suspended


def _noted(tx: Tx, county: County, assignment: Assignment) -> Noted | None:
    """The line of their record that came of it, if there is one."""
    record = records.of_assignment(tx, assignment.id)
    if record is None:
        return None
    return Noted(record_notices.on_record(record, county), record_notices.correct_button(record))


def _of_volunteer(
    request: HelpRequest,
    assignment: Assignment,
    noted: Noted | None,
    *,
    may_meet_again: bool,
    again: bool,
) -> Message:
    if assignment.outcome is None:
        not_met = assignment.requester_says is Said.NOBODY
        return closing_notices.how_was_it(request, assignment.id, not_met=not_met, again=again)
    if assignment.outcome is Outcome.TOOK_PLACE:
        if assignment.minutes is None:
            return closing_notices.how_long(request, assignment.id, closing_notices.USUAL_MINUTES)
        if may_meet_again:
            return closing_notices.again_with_person(request, assignment, noted)
    return closing_notices.closed(request, assignment, noted)


def _of_requester(
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    name: str,
    *,
    may_meet_again: bool,
    said_no: bool,
) -> Message:
    match assignment.requester_says:
        case Said.WELL | Said.SOSO if may_meet_again:
            return closing_notices.again_with_volunteer(request, assignment, name)
        case Said.WELL | Said.SOSO:
            return closing_notices.went(request, assignment)
        case Said.BADLY:
            return closing_notices.went_badly(request, county, assignment, said_no=said_no)
        case Said.NOBODY:
            return missed_notices.nobody_came(request, assignment.id)
        case Said.THERE:
            return missed_notices.was_there(request)
        case _ if assignment.outcome is Outcome.NO_SHOW:
            return missed_notices.we_missed_you(request, assignment.id)
        case _:
            return closing_notices.did_it_go_well(request, assignment.id)


def is_answered(assignment: Assignment, side: Side) -> bool:
    """The one thing that has to be known."""
    if side is Side.VOLUNTEER:
        return assignment.outcome is not None
    return assignment.requester_says in _JUDGED


# --- one at a time --------------------------------------------------------------------------------


def put(tx: Tx, county: County, assignment: Assignment, side: Side, person: Person) -> None:
    """The person is asked, or will be when they have answered what they are being asked."""
    prompts.add(tx, person.id, assignment.id, side)
    show_next(tx, county, person.id)


def show_next(tx: Tx, county: County, person_id: int) -> None:
    """The next question, if none is open."""
    if check_ins.open_of(tx, person_id) is not None:
        return  # it goes on when they have answered that
    while prompts.open_of(tx, person_id) is None:
        prompt = prompts.next_of(tx, person_id)
        if prompt is None:
            return
        assignment = assignments.find(tx, prompt.assignment_id)
        if assignment is None or tx.now - assignment.ends_at > CORRECTABLE:
            prompts.set_state(tx, prompt.id, "over")
            continue
        prompts.set_state(tx, prompt.id, "open")
        at = quiet_until(tx.now + NUDGE_AFTER, _quiet(tx, prompt), county.zone)
        due.put(tx, CLOSING_NUDGE, prompt.id, at)
        _ask(tx, county, prompt, assignment)


def settle(tx: Tx, county: County, assignment_id: int, side: Side) -> None:
    """All is answered: the next question may come."""
    prompt = prompts.about(tx, assignment_id, side)
    if prompt is not None and prompt.state in ("open", "nudged"):
        _end(tx, county, prompt)


def nudge(tx: Tx, county: County, prompt_id: int) -> None:
    """The clock: half a day without an answer. A task without a record is asked about once more,
    then a coordinator hears it; a requester need not say anything."""
    prompt = prompts.find(tx, prompt_id)
    if prompt is None or prompt.state not in ("open", "nudged"):
        return
    assignment = assignments.find(tx, prompt.assignment_id)
    needs_record = (
        assignment is not None
        and prompt.side is Side.VOLUNTEER
        and not is_answered(assignment, prompt.side)
    )
    if assignment is None or not needs_record:
        _end(tx, county, prompt)
        return
    if prompt.state == "open" and _has_chat(tx, prompt):
        prompts.set_state(tx, prompt.id, "nudged")
        at = quiet_until(tx.now + GIVE_UP_AFTER, _quiet(tx, prompt), county.zone)
        due.put(tx, CLOSING_NUDGE, prompt.id, at)
        _ask(tx, county, prompt, assignment, again=True)
        return
    request = requests.by_id(tx, assignment.request_id)
    button = record_notices.record_button(assignment.id)
    alert = closing_notices.no_record(request, county, button)
    alert_office(tx, alert, record_card(assignment), thread=request.number)
    _end(tx, county, prompt)


def card_of(side: Side, assignment: Assignment) -> str:
    """The one message that each side sees about the time afterwards."""
    return f"{'closing' if side is Side.VOLUNTEER else 'went'}:{assignment.id}"


def record_card(assignment: Assignment) -> str:
    """The office: how it went is not known."""
    return f"record:{assignment.id}"


def _ask(
    tx: Tx, county: County, prompt: Prompt, assignment: Assignment, *, again: bool = False
) -> None:
    request = requests.by_id(tx, assignment.request_id)
    said = standing(tx, county, request, assignment, prompt.side, again=again)
    person = people.by_id(tx, prompt.person_id)
    card = card_of(prompt.side, assignment)
    if person.chat_id is None and prompt.side is Side.VOLUNTEER:
        tell_volunteer(tx, request, person, said, errand=CLOSING_ERRAND, subject=assignment.id)
    else:
        tell(tx, person, said, card=card, mode=Mode.FRESH)


def _end(tx: Tx, county: County, prompt: Prompt) -> None:
    prompts.set_state(tx, prompt.id, "over")
    due.cancel(tx, prompt.id, [CLOSING_NUDGE])
    show_next(tx, county, prompt.person_id)


def _has_chat(tx: Tx, prompt: Prompt) -> bool:
    return people.by_id(tx, prompt.person_id).chat_id is not None


def _quiet(tx: Tx, prompt: Prompt) -> Quiet:
    return wishes_of(tx, prompt.person_id).quiet
