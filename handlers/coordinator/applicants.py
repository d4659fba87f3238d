"""Applications of people who want to help: one coordinator takes each and calls."""

from bot.messages import N_, text
from bot.usecases import applying
from handlers.turn import Turn


def take(turn: Turn) -> None:
    applying.take(turn.tx, turn.person, turn.tapped_number)
    _say_where(turn)


def take_over(turn: Turn) -> None:
    applying.take_over(turn.tx, turn.person, turn.tapped_number)
    _say_where(turn)


def done(turn: Turn) -> None:
    applying.finish(turn.tx, turn.person, turn.tapped_number)


def _say_where(turn: Turn) -> None:
    turn.toast = text(N_("I have written it to you in private."))
