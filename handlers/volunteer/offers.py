"""A volunteer's answer to an offer, and their tasks."""

from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.messages import B_, N_, Button, Moment, Text, message, text
from bot.storage import assignments, requests
from bot.usecases import dispatch, notices
from handlers.common import menu
from handlers.turn import Turn


def accept(turn: Turn) -> None:
    dispatch.accept(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def decline(turn: Turn) -> None:
    dispatch.decline(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def cannot_come(turn: Turn) -> None:
    """First tap: are you sure?"""
    assignment = dispatch.require_task(turn.tx, _volunteer(turn), turn.tapped_number)
    request = requests.by_id(turn.tx, assignment.request_id)
    menu.show_aside(
        turn,
        message(
            text(
                N_("{number}: you can't come? We will ask others at once."), number=request.number
            ),
            text(N_("{time}"), time=Moment(request.starts_at)),
            buttons=[
                [
                    Button(text(B_("I can't come")), f"task:back:{assignment.id}"),
                    Button(text(B_("I will come")), "menu:tasks"),
                ]
            ],
        ),
    )


def hand_back(turn: Turn) -> None:
    """Second tap."""
    request = dispatch.hand_back(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)
    turn.conclude(notices.task_handed_back(request))


def tasks(turn: Turn) -> None:
    """/tasks: what the volunteer has promised, soonest first."""
    person = turn.person
    held = [] if person is None else assignments.active_of_volunteer(turn.tx, person.id)
    if not held:
        menu.show_aside(turn, message(text(N_("You have no tasks at the moment."))))
        return
    lines: list[Text] = []
    buttons: list[list[Button]] = []
    for assignment in held:
        request = requests.by_id(turn.tx, assignment.request_id)
        what = notices.category(request, turn.county)
        lines += [
            *([menu.BLANK_LINE] if lines else []),
            text(N_("<b>{number}</b> · {what}"), number=request.number, what=what),
            text(N_("{time}"), time=Moment(request.starts_at)),
        ]
        if assignment.starts_at > turn.tx.now:
            label = text(B_("I can't come: {number}"), number=request.number)
            buttons.append([Button(label, f"task:cant:{assignment.id}")])
    menu.show_aside(turn, message(*lines, buttons=buttons))


def _volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
