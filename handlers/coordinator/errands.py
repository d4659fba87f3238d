"""The office's call list: taking a call, and what the person said."""

from bot.usecases import errands
from handlers.coordinator import views
from handlers.turn import Turn


def take(turn: Turn) -> None:
    errands.take(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.say_where(turn)


def take_over(turn: Turn) -> None:
    errands.take_over(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.say_where(turn)


def answer(turn: Turn) -> None:
    """``errand:said:7``, or with what was chosen ``errand:time:31:7``."""
    _, said, *choice, _ = turn.tapped.split(":")
    errands.answer(
        turn.tx,
        turn.county,
        turn.person,
        turn.tapped_number,
        said,
        int(choice[0]) if choice else 0,
    )
