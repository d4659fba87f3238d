"""Afterwards: the volunteer says how it went, and can correct it for a week."""

from bot.domain.appointments import Outcome
from bot.usecases import closing
from handlers.turn import Turn


def took_place(turn: Turn) -> None:
    _close(turn, Outcome.TOOK_PLACE)


def took_minutes(turn: Turn) -> None:
    """``close:min90:12`` (the route's pattern saw to the number)."""
    _close(turn, Outcome.TOOK_PLACE, int(turn.tapped.split(":")[1].removeprefix("min")))


def other_minutes(turn: Turn) -> None:
    closing.ask_minutes(turn.tx, turn.person, turn.tapped_number, more=True)


def nobody_came(turn: Turn) -> None:
    _close(turn, Outcome.NO_SHOW)


def was_absent(turn: Turn) -> None:
    _close(turn, Outcome.ABSENT)


def was_moved(turn: Turn) -> None:
    _close(turn, Outcome.MOVED)


def change(turn: Turn) -> None:
    closing.open_again(turn.tx, turn.person, turn.tapped_number)


def _close(turn: Turn, outcome: Outcome, minutes: int | None = None) -> None:
    closing.close(turn.tx, turn.county, turn.person, turn.tapped_number, outcome, minutes)
