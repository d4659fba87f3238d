"""A requester and their appointment: someone else, coming or not."""

from bot.messages import B_, N_, Button, message, text
from bot.storage import assignments
from bot.usecases import dispatch, notices, reminding, series_notices
from bot.usecases.moving_notices import other_time
from handlers.common import menu
from handlers.requester import my_requests
from handlers.requester.times import ask_if_someone_else
from handlers.turn import Turn


def someone_else(turn: Turn) -> None:
    """First tap: are you sure?"""
    assignment = reminding.require_ahead(turn.tx, turn.tapped_number)
    request = dispatch.require_own(turn.tx, turn.person, assignment.request_id)
    ask_if_someone_else(turn, request.number, f"found:else:{assignment.id}", request.id)


def surely_someone_else(turn: Turn) -> None:
    """Second tap."""
    dispatch.someone_else(turn.tx, turn.county, turn.person, turn.tapped_number)
    my_requests.mine(turn)


def cannot_come(turn: Turn) -> None:
    """First tap: it will be cancelled, or the office finds another time."""
    assignment = reminding.require_ahead(turn.tx, turn.tapped_number)
    request = dispatch.require_own(turn.tx, turn.person, assignment.request_id)
    if request.is_meeting:
        menu.show_aside(turn, series_notices.sure_not_this_week(request))
        return
    menu.show_aside(
        turn,
        message(
            text(N_("{number}: you can't come? Then we cancel it."), number=request.number),
            text(N_("{time}"), time=notices.when(request)),
            text(N_("Do you need another time? Then tap “Other time”.")),
            buttons=[
                [
                    Button(text(B_("✖️ Yes, cancel it")), f"coming:off:{assignment.id}"),
                    Button(text(B_("Keep it")), f"request:show:{request.id}"),
                ],
                [other_time(assignment.id), notices.CALL_ME],
            ],
        ),
    )


def surely_not(turn: Turn) -> None:
    """Second tap."""
    assignment = assignments.find(turn.tx, turn.tapped_number)
    if assignment is not None and not assignment.active:  # tapped twice
        my_requests.mine(turn)
        return
    request = reminding.answer(
        turn.tx, turn.county, turn.tapped_number, by=turn.person, coming=False
    )
    my_requests.mine(turn, *notices.request_cancelled(request).lines)
