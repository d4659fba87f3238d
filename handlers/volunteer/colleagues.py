"""A volunteer asks a colleague to take over a task, and the colleague's answer."""

from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.usecases import swapping
from handlers.common import menu
from handlers.turn import Turn


def whom(turn: Turn) -> None:
    menu.show_aside(turn, swapping.whom(turn.tx, turn.county, _volunteer(turn), turn.tapped_number))


def ask(turn: Turn) -> None:
    """``swap:ask:31:7``: person 31 about task 7."""
    colleague_id = int(turn.tapped.split(":")[2])
    turn.conclude(
        swapping.ask(turn.tx, turn.county, _volunteer(turn), turn.tapped_number, colleague_id)
    )


def yes(turn: Turn) -> None:
    swapping.accept(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def no(turn: Turn) -> None:
    swapping.decline(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def _volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
