"""A requester chooses one of the times that a volunteer offers."""

from bot.domain.requests import State
from bot.messages import B_, N_, Button, message, text
from bot.usecases import agreeing, agreeing_notices
from handlers.common import menu
from handlers.requester import my_requests
from handlers.turn import Turn


def show(turn: Turn) -> None:
    """From the list of requests: the times once more."""
    agreeing.show_times(turn.tx, turn.county, turn.person, turn.tapped_number)


def pick(turn: Turn) -> None:
    request = agreeing.choose(turn.tx, turn.county, turn.tapped_number, by=turn.person)
    if request.state is State.AGREEING:
        turn.toast = agreeing_notices.not_this_time()


def none_fits(turn: Turn) -> None:
    agreeing.none_fits(turn.tx, turn.county, turn.tapped_number, by=turn.person)


def someone_else(turn: Turn) -> None:
    """First tap: are you sure?"""
    request = agreeing.require_choosing(turn.tx, turn.person, turn.tapped_number)
    ask_if_someone_else(turn, request.number, f"times:else:{request.id}", request.id)


def surely_someone_else(turn: Turn) -> None:
    """Second tap."""
    agreeing.someone_else(turn.tx, turn.county, turn.person, turn.tapped_number)
    my_requests.mine(turn)


def ask_if_someone_else(turn: Turn, number: str, yes: str, request_id: int) -> None:
    menu.show_aside(
        turn,
        message(
            text(N_("{number}: shall we look for someone else?"), number=number),
            text(N_("We do not ask why. The volunteer does not hear that you asked for it.")),
            buttons=[
                [
                    Button(text(B_("Yes, someone else")), yes),
                    Button(text(B_("Keep it")), f"request:show:{request_id}"),
                ]
            ],
        ),
    )
