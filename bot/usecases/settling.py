"""What hangs on an appointment and loses its point when that moves on: questions not answered."""

from bot.domain.appointments import Assignment
from bot.domain.requests import HelpRequest
from bot.storage import due, errands, moves, people, swaps
from bot.storage.tx import Tx
from bot.usecases import call_notices, swapping_notices
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.notices import now_stands
from bot.usecases.telling import (
    ERRAND_WAITS,
    LATE_WAITS,
    calm_office,
    errand_card,
    on_call_card,
    retell,
)

#: Due kinds: nobody has answered about another time; nor has the colleague who was asked, or who
#: hears of it only after their quiet hours.
MOVE_OVER = "move_over"
SWAP_OVER = "swap_over"
SWAP_HELD = "swap_held"

#: The kind of errand by which somebody hears of another time on the phone.
MOVE_ERRAND = "move"


def end_talks(tx: Tx, request: HelpRequest, assignment: Assignment) -> None:
    """*assignment* is another one now, or over: its open questions are closed where they stand."""
    move = moves.open_for(tx, assignment.id)
    if move is not None:
        end_move(tx, request, move.id, "over")
        for person_id in (request.person_id, assignment.volunteer_id):
            retell(tx, people.by_id(tx, person_id), now_stands(request), move_card(assignment))
    for swap in swaps.of_assignment(tx, assignment.id):
        if swap.state == "open":
            end_swap(tx, swap.id, "over")
            colleague = people.by_id(tx, swap.colleague_id)
            retell(tx, colleague, swapping_notices.over(request), swap_card(assignment))


def end_move(tx: Tx, request: HelpRequest, move_id: int, state: str) -> None:
    """Nobody waits for this answer any more, on the phone neither."""
    moves.settle(tx, move_id, state)
    due.cancel(tx, move_id, [MOVE_OVER])
    end_errands(tx, request, MOVE_ERRAND)


def end_swap(tx: Tx, swap_id: int, state: str) -> None:
    swaps.settle(tx, swap_id, state)
    due.cancel(tx, swap_id, [SWAP_OVER, SWAP_HELD])


def end_errands(tx: Tx, request: HelpRequest, kind: str, person_id: int | None = None) -> None:
    """Errands of this *kind* about the request have lost their point, taken or not.

    *person_id*: only those that are about to be said to this person.
    """
    for errand in errands.unfinished(tx):
        to_them = person_id is None or errand.person_id == person_id
        if errand.request_id == request.id and errand.kind == kind and to_them:
            errands.done(tx, errand.id)
            due.cancel(tx, errand.id, [ERRAND_WAITS, LATE_WAITS])
            late = kind == LATE_ERRAND
            over = now_stands(request) if late else call_notices.errand_over(request)
            calm_office(tx, over, errand_card(errand.id), thread=request.number)
            if errand.claimed_by is not None:
                coordinator = people.by_id(tx, errand.claimed_by)
                retell(tx, coordinator, over, on_call_card(errand.id))


def move_card(assignment: Assignment) -> str:
    """The question for another time."""
    return f"move:{assignment.id}"


def swap_card(assignment: Assignment) -> str:
    """A colleague's question whether somebody takes the task over."""
    return f"swap:{assignment.id}"
