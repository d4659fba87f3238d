"""Another time for an appointment: one side proposes it, the other agrees, declines, or proposes
another one. Until there is a yes the old time stands."""

from dataclasses import replace

from bot.domain import moving as rules
from bot.domain.appointments import Assignment, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.matching import Case
from bot.domain.moving import Against
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import assignments, candidates, due, history, moves, pairs, people, requests
from bot.storage.moves import TimeMove
from bot.storage.tx import Tx
from bot.usecases import assigning, moving_notices
from bot.usecases.assigning import is_called, to_the_bottom
from bot.usecases.settling import MOVE_ERRAND, MOVE_OVER, end_move, move_card
from bot.usecases.telling import note_office, retell, tell_requester, tell_volunteer


def require_movable(
    tx: Tx, person: Person | None, assignment_id: int
) -> tuple[Assignment, HelpRequest, Side]:
    """The person's own appointment that has not begun, and which side they are.

    Nobody else changes anything about it until this transaction ends. Raises :class:`Refused`.
    """
    found = assignments.find(tx, assignment_id)
    if found is None:
        raise Refused(Code.GONE)
    request = requests.hold(tx, found.request_id)
    assignment = assignments.by_id(tx, assignment_id)
    if person is None or not (person.id == assignment.volunteer_id or request.is_of(person)):
        raise Refused(Code.NOT_YOURS)
    apart = pairs.find(tx, request.person_id, assignment.volunteer_id).is_parted
    if apart or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)
    is_volunteer = person.id == assignment.volunteer_id
    return assignment, request, Side.VOLUNTEER if is_volunteer else Side.REQUESTER


def may_propose(tx: Tx, county: County, person: Person | None, assignment_id: int) -> bool:
    """Can this side propose another time now? If not, the other side's question stands at the
    bottom of their chat, because it wants an answer first. Raises :class:`Refused`."""
    assignment, request, side = require_movable(tx, person, assignment_id)
    move = moves.open_for(tx, assignment.id)
    if move is not None and move.side is not side:
        _ask(tx, county, request, assignment, move)
        return False
    _require_room(tx, assignment, side)
    if rules.answer_by(tx.now, assignment.starts_at, county.zone) is None:
        raise Refused(Code.TOO_NEAR)
    return True


def propose(
    tx: Tx,
    county: County,
    person: Person | None,
    assignment_id: int,
    starts_at: int,
    *,
    sure: bool = False,
) -> Message:
    """One side proposes *starts_at* (UTC epoch seconds); what they are told comes back.

    If the other side's proposal is open, this answers it: the same time is a yes. *sure*: a
    volunteer has read what stands against it. Raises :class:`Refused`.
    """
    assignment, request, side = require_movable(tx, person, assignment_id)
    if starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    if starts_at == assignment.starts_at:
        return moving_notices.same_time(request)
    before = moves.open_for(tx, assignment.id)
    if before is not None and before.starts_at == starts_at:
        if before.side is side:
            return moving_notices.sent(request, before)  # sent twice
        return moving_notices.agreed(agree(tx, county, person, before.id))
    round_ = _round_after(before, side)
    _require_room(tx, assignment, side)
    answer_by = rules.answer_by(tx.now, min(assignment.starts_at, starts_at), county.zone)
    if answer_by is None:
        raise Refused(Code.TOO_NEAR)
    against = against_for(tx, county, request, assignment, starts_at)
    if against is Against.BUSY:
        mine = side is Side.VOLUNTEER
        say = moving_notices.you_are_busy if mine else moving_notices.helper_busy
        return say(request, assignment.id)
    if against is not None and side is Side.VOLUNTEER and not sure:
        return moving_notices.are_you_sure(request, assignment.id, starts_at, against)
    if before is not None:
        end_move(tx, request, before.id, "replaced")
    move = moves.add(tx, assignment, side, starts_at, round_=round_, answer_by=answer_by)
    due.put(tx, MOVE_OVER, move.id, answer_by)
    own = people.by_id(tx, _person_on(side, request, assignment))
    history.add(tx, request.id, Happened.MOVE_ASKED, actor=own.id)
    retell(tx, own, moving_notices.you_proposed(request), move_card(assignment))
    _ask(tx, county, request, assignment, move)
    return moving_notices.sent(request, move)


def agree(tx: Tx, county: County, by: Person | None, move_id: int) -> HelpRequest:
    """The other side (or a coordinator for a requester) says yes: the appointment moves.

    If the volunteer has another task then by now, nothing moves and both hear it. Raises
    :class:`Refused`.
    """
    move, assignment, request, answering = _answerable(tx, by, move_id)
    if move.state == "agreed":
        return request  # tapped twice
    _require_open(tx, move, assignment)
    if move.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    later = replace(request, starts_at=move.starts_at)
    if assignments.is_busy(tx, assignment.volunteer_id, later, besides=assignment):
        if answering is Side.VOLUNTEER:
            raise Refused(Code.OVERLAP)
        end_move(tx, request, move.id, "over")
        _tell_end(tx, county, request, assignment, move)
        for side in Side:
            said = moving_notices.no_longer_possible(request, assignment, side)
            _tell_side(tx, county, request, assignment, side, said)
        return request
    end_move(tx, request, move.id, "agreed")
    request = requests.set_time(tx, request.id, move.starts_at)
    for person_id in (request.person_id, assignment.volunteer_id):
        said = moving_notices.agreed(request)
        retell(tx, people.by_id(tx, person_id), said, move_card(assignment))
    assigning.reschedule(tx, county, request, assignment)
    actor = None if by is None else by.id
    history.add(tx, request.id, Happened.RESCHEDULED, actor=actor)
    note_office(tx, request, moving_notices.for_the_office(request))
    return request


def decline(tx: Tx, county: County, by: Person | None, move_id: int) -> HelpRequest:
    """No: the old time stays. Raises :class:`Refused`."""
    move, assignment, request, _ = _answerable(tx, by, move_id)
    if move.state == "declined":
        return request  # tapped twice
    _require_open(tx, move, assignment)
    end_move(tx, request, move.id, "declined")
    actor = None if by is None else by.id
    history.add(tx, request.id, Happened.MOVE_DECLINED, actor=actor)
    _tell_end(tx, county, request, assignment, move)
    said = moving_notices.declined(request, assignment, move.side)
    _tell_side(tx, county, request, assignment, move.side, said)
    return request


def require_counter(tx: Tx, by: Person | None, move_id: int) -> Assignment:
    """The appointment for which this person may answer a proposal with another time.

    Raises :class:`Refused`.
    """
    move, assignment, _, _ = _answerable(tx, by, move_id)
    _require_open(tx, move, assignment)
    if move.round >= rules.MOST_ROUNDS:
        raise Refused(Code.ANSWER_FIRST)
    return assignment


def expire(tx: Tx, county: County, move_id: int) -> None:
    """The clock: nobody has answered; both hear that the old time stays."""
    move = moves.find(tx, move_id)
    if move is None:
        return
    request = requests.hold(tx, move.request_id)
    move = moves.find(tx, move_id)
    assignment = None if move is None else assignments.find(tx, move.assignment_id)
    if move is None or assignment is None or move.state != "open" or not assignment.active:
        return
    end_move(tx, request, move.id, "expired")
    history.add(tx, request.id, Happened.MOVE_EXPIRED)
    asked = _other(move.side)
    _tell_end(tx, county, request, assignment, move)
    said = moving_notices.expired(request, assignment, move.side)
    _tell_side(tx, county, request, assignment, move.side, said)
    if asked is Side.VOLUNTEER or not is_called(tx, request):  # a call that was not made says less
        unanswered = moving_notices.expired_unanswered(request, asked)
        _tell_side(tx, county, request, assignment, asked, unanswered)


def against_for(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment, starts_at: int
) -> Against | None:
    """What stands against *starts_at* in the volunteer's calendar and profile."""
    later = replace(request, starts_at=starts_at)
    if assignments.is_busy(tx, assignment.volunteer_id, later, besides=assignment):
        return Against.BUSY
    case = Case.of(later, county, tx.now)
    candidate = candidates.one(tx, case, assignment.volunteer_id)
    own = assignment.starts_at, assignment.ends_at
    return None if candidate is None else rules.against(case, candidate, own)


# --- parts ----------------------------------------------------------------------------------------


def _round_after(before: TimeMove | None, side: Side) -> int:
    """The round of a proposal of *side*, which answers *before*, or takes the place of its own.

    Raises :class:`Refused`.
    """
    if before is None:
        return 1
    if before.side is side:
        return before.round
    if before.round >= rules.MOST_ROUNDS:
        raise Refused(Code.ANSWER_FIRST)
    return before.round + 1


def _require_room(tx: Tx, assignment: Assignment, side: Side) -> None:
    if moves.count(tx, assignment.id, side) >= rules.MOST_PROPOSALS:
        raise Refused(Code.ENOUGH)


def _answerable(
    tx: Tx, by: Person | None, move_id: int
) -> tuple[TimeMove, Assignment, HelpRequest, Side]:
    """The proposal, held, and the side that answers it. Raises :class:`Refused`."""
    found = moves.find(tx, move_id)
    if found is None or by is None:
        raise Refused(Code.GONE)
    request = requests.hold(tx, found.request_id)
    move = moves.find(tx, move_id) or found
    assignment = assignments.by_id(tx, move.assignment_id)
    answering = _other(move.side)
    is_volunteer = by.id == assignment.volunteer_id
    own = is_volunteer if answering is Side.VOLUNTEER else request.is_of(by)
    for_them = answering is Side.REQUESTER and by.has(Role.COORDINATOR)
    if not (own or for_them):
        raise Refused(Code.NOT_YOURS)
    return move, assignment, request, answering


def _require_open(tx: Tx, move: TimeMove, assignment: Assignment) -> None:
    if move.state != "open" or not assignment.active:
        raise Refused(Code.GONE)
    if assignment.starts_at <= tx.now:
        raise Refused(Code.ALREADY_BEGUN)


def _ask(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment, move: TimeMove
) -> None:
    """The question, at the bottom of the other side's chat, or on the phone."""
    card, old = move_card(assignment), moving_notices.see_below(request)
    volunteer = people.by_id(tx, assignment.volunteer_id)
    if move.side is Side.REQUESTER:
        against = against_for(tx, county, request, assignment, move.starts_at)
        said = moving_notices.asks_volunteer(request, county, move, against)
        if volunteer.chat_id is None:
            tell_volunteer(tx, request, volunteer, said, errand=MOVE_ERRAND, subject=move.id)
        else:
            to_the_bottom(tx, volunteer, card, old, said)
        return
    said = moving_notices.asks_requester(request, move, volunteer.first_name)
    if is_called(tx, request):
        tell_requester(tx, county, request, said, errand=MOVE_ERRAND, subject=move.id)
    else:
        to_the_bottom(tx, people.by_id(tx, request.person_id), card, old, said)


def _tell_end(
    tx: Tx, county: County, request: HelpRequest, assignment: Assignment, move: TimeMove
) -> None:
    """The question can't be answered any more, where it stands."""
    asked = people.by_id(tx, _person_on(_other(move.side), request, assignment))
    retell(tx, asked, moving_notices.kept(request), move_card(assignment))


def _tell_side(
    tx: Tx,
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    side: Side,
    said: Message,
) -> None:
    if side is Side.VOLUNTEER:
        tell_volunteer(tx, request, people.by_id(tx, assignment.volunteer_id), said)
    else:
        tell_requester(tx, county, request, said)


def _other(side: Side) -> Side:
    return Side.REQUESTER if side is Side.VOLUNTEER else Side.VOLUNTEER


def _person_on(side: Side, request: HelpRequest, assignment: Assignment) -> int:
    return assignment.volunteer_id if side is Side.VOLUNTEER else request.person_id
