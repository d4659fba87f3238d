"""/volunteers: the list with its filters, in private."""

from bot.domain.sieve import Sieve
from bot.usecases import roster
from handlers.coordinator import views
from handlers.turn import Turn

#: By what can be filtered, as the buttons say it.
FILTERS = "language|skill|place|day|stand"


def everybody(turn: Turn) -> None:
    """/volunteers"""
    views.show(turn, roster.first_page(turn.tx, turn.county, turn.person), views.LIST)


def page(turn: Turn) -> None:
    """``volunteers:at:ar....ready:p1``: these filters, that page."""
    sieve, number = _asked(turn)
    said = roster.show(turn.tx, turn.county, turn.person, sieve, number)
    views.show(turn, said, views.LIST)


def choose(turn: Turn) -> None:
    """``volunteers:by_place:ar....ready:p0``: what one filter can be set to."""
    sieve, number = _asked(turn)
    name = turn.tapped.split(":")[1].removeprefix("by_")
    said = roster.choices(turn.tx, turn.county, turn.person, name, sieve, number)
    views.show(turn, said, views.LIST)


def _asked(turn: Turn) -> tuple[Sieve, int]:
    *_, code, number = turn.tapped.split(":")
    return Sieve.of(code), int(number.removeprefix("p"))
