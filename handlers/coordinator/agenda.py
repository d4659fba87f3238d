"""/today, /week, /calls: a coordinator's day, in private."""

from bot.usecases import agenda
from handlers.coordinator import views
from handlers.turn import Turn


def today(turn: Turn) -> None:
    """/today"""
    views.show(turn, agenda.today(turn.tx, turn.county, turn.person), views.LIST)


def one_day(turn: Turn) -> None:
    """A tap on a day of the week: ``desk:day:20270118``."""
    day = agenda.day_of(turn.tapped.rpartition(":")[2])
    views.show(turn, agenda.one_day(turn.tx, turn.county, turn.person, day), views.LIST)


def week(turn: Turn) -> None:
    """/week"""
    views.show(turn, agenda.week(turn.tx, turn.county, turn.person), views.LIST)


def call_list(turn: Turn) -> None:
    """/calls"""
    views.show(turn, agenda.call_list(turn.tx, turn.county, turn.person), views.LIST)
