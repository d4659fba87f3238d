"""A volunteer can't come: why, another time, a colleague instead, or back to all."""

from bot.domain.dispatch import WhyBack
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.messages import B_, N_, Button, message, text
from bot.storage import requests
from bot.usecases import appointment_notices, dispatch, notices, swapping, swapping_notices
from bot.usecases.late_notices import WHY
from bot.usecases.moving_notices import other_time
from handlers.common import menu
from handlers.turn import Turn


def cannot_come(turn: Turn) -> None:
    """First tap: are you sure, and why? Or is there another way?"""
    assignment = dispatch.require_task(turn.tx, volunteer(turn), turn.tapped_number)
    request = requests.by_id(turn.tx, assignment.request_id)
    why = [
        Button(text(label), f"task:why:{reason}:{assignment.id}") for reason, label in WHY.items()
    ]
    menu.show_aside(
        turn,
        message(
            text(
                N_("{number}: you can't come? We will ask others at once."), number=request.number
            ),
            text(N_("{time}"), time=notices.when(request)),
            text(N_("Why? Only the office reads it. You need not say it.")),
            buttons=[
                why[:2],
                why[2:],
                [Button(text(B_("I can't come")), f"task:back:{assignment.id}")],
                [swapping_notices.ask_button(assignment.id), other_time(assignment.id)],
                [Button(text(B_("I will come")), "menu:tasks")],
            ],
        ),
    )


def hand_back(turn: Turn) -> None:
    """Second tap, without a reason."""
    _hand_back(turn, None)


def hand_back_because(turn: Turn) -> None:
    """``task:why:ill:7``: second tap, with a reason (the route's pattern saw to it)."""
    _hand_back(turn, WhyBack(turn.tapped.split(":")[2]))


def _hand_back(turn: Turn, why: WhyBack | None) -> None:
    request = dispatch.hand_back(turn.tx, turn.county, volunteer(turn), turn.tapped_number, why)
    turn.conclude(appointment_notices.task_handed_back(request))


# --- a colleague instead --------------------------------------------------------------------------


def whom(turn: Turn) -> None:
    menu.show_aside(turn, swapping.whom(turn.tx, turn.county, volunteer(turn), turn.tapped_number))


def ask_colleague(turn: Turn) -> None:
    """``swap:ask:31:7``: person 31 about task 7."""
    colleague_id = int(turn.tapped.split(":")[2])
    turn.conclude(
        swapping.ask(turn.tx, turn.county, volunteer(turn), turn.tapped_number, colleague_id)
    )


def say_yes(turn: Turn) -> None:
    swapping.accept(turn.tx, turn.county, volunteer(turn), turn.tapped_number)


def say_no(turn: Turn) -> None:
    swapping.decline(turn.tx, turn.county, volunteer(turn), turn.tapped_number)


def volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
