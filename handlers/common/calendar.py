"""The calendar file of one appointment."""

from bot.usecases import calendars
from handlers.turn import Turn


def file(turn: Turn) -> None:
    """Whoever is part of the appointment asks for it."""
    calendars.give(turn.tx, turn.person, turn.tapped_number)
