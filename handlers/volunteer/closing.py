"""Afterwards: the volunteer says how it went, and can correct it for a week."""

from bot.domain.appointments import Outcome
from bot.usecases import closing
from handlers.turn import Turn


def took_place(turn: Turn) -> None:
    closing.close(turn.tx, turn.person, turn.tapped_number, Outcome.TOOK_PLACE)


def took_minutes(turn: Turn) -> None:
    """``close:min90:12`` (the route's pattern saw to the number)."""
    minutes = int(turn.tapped.split(":")[1].removeprefix("min"))
    closing.close(turn.tx, turn.person, turn.tapped_number, Outcome.TOOK_PLACE, minutes)


def other_minutes(turn: Turn) -> None:
    closing.ask_minutes(turn.tx, turn.person, turn.tapped_number, more=True)


def nobody_came(turn: Turn) -> None:
    closing.close(turn.tx, turn.person, turn.tapped_number, Outcome.NO_SHOW)


def was_moved(turn: Turn) -> None:
    closing.close(turn.tx, turn.person, turn.tapped_number, Outcome.MOVED)


def change(turn: Turn) -> None:
    closing.open_again(turn.tx, turn.person, turn.tapped_number)
