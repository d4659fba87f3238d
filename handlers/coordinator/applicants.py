"""Applications of people who want to help: one coordinator takes each, calls, and leads them on."""

from bot.domain.applications import Stage
from bot.usecases import application_notices, applying
from handlers.coordinator import views
from handlers.turn import Turn


def show(turn: Turn) -> None:
    """/applications: how many stand where."""
    views.show(turn, applying.overview(turn.tx, turn.person), views.LIST)


def show_stage(turn: Turn) -> None:
    """``apply:list:talked``"""
    stage = Stage(turn.tapped.rpartition(":")[2])
    views.show(turn, applying.listed(turn.tx, turn.county, turn.person, stage), views.LIST)


def look(turn: Turn) -> None:
    applying.look(turn.tx, turn.person, turn.tapped_number)


def refuse(turn: Turn) -> None:
    """First tap: are you sure?"""
    said = applying.sure_not(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, said, application_notices.details_card(turn.tapped_number))


def move(turn: Turn) -> None:
    """``apply:move:training:7``"""
    stage = Stage(turn.tapped.split(":")[2])
    applying.move(turn.tx, turn.county, turn.person, turn.tapped_number, stage)


def talked(turn: Turn) -> None:
    """An older button: they were called."""
    applying.move(turn.tx, turn.county, turn.person, turn.tapped_number, Stage.TALKED)


def take(turn: Turn) -> None:
    applying.take(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def take_over(turn: Turn) -> None:
    applying.take_over(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)
