"""/mine: where each request stands, and cancelling it."""

from bot.domain.requests import MOVES, HelpRequest, Move, State
from bot.messages import B_, N_, Button, Moment, Text, message, text
from bot.storage import assignments, people, requests
from bot.usecases import dispatch, notices
from handlers.common import menu
from handlers.turn import Turn


def mine(turn: Turn, *above: Text) -> None:
    """All requests that are still ahead."""
    found = requests.of_person(turn.tx, turn.person.id) if turn.person is not None else []
    if found:
        _show(turn, found, *above)
        return
    menu.show_aside(
        turn,
        message(
            *above,
            text(N_("You have no open requests.")),
            buttons=[[Button(menu.ASK_FOR_HELP, "menu:ask")]],
        ),
    )


def show(turn: Turn) -> None:
    """One request: the details that a reminder does not show on the lock screen."""
    _show(turn, [dispatch.require_own(turn.tx, turn.person, turn.tapped_number)])


def cancel(turn: Turn) -> None:
    """First tap: are you sure?"""
    request = dispatch.require_own(turn.tx, turn.person, turn.tapped_number)
    if not _can_be_cancelled(request):
        _show(turn, [request])
        return
    menu.show_aside(
        turn,
        message(
            text(N_("Cancel {number}?"), number=request.number),
            text(N_("{time}"), time=Moment(request.starts_at)),
            buttons=[
                [
                    Button(text(B_("✖️ Yes, cancel it")), f"request:cancelled:{request.id}"),
                    Button(text(B_("Keep it")), f"request:show:{request.id}"),
                ]
            ],
        ),
    )


def cancelled(turn: Turn) -> None:
    """Second tap."""
    request = dispatch.require_own(turn.tx, turn.person, turn.tapped_number)
    if request.state is not State.CANCELLED:  # else tapped twice
        request = dispatch.cancel(turn.tx, turn.county, turn.person, request.id)
    mine(turn, *notices.request_cancelled(request).lines)


def _show(turn: Turn, found: list[HelpRequest], *above: Text) -> None:
    lines = [*above]
    for request in found:
        lines += [*([menu.BLANK_LINE] if lines else []), *_told(turn, request)]
    cancelling = [
        [
            Button(
                text(B_("✖️ Cancel {number}"), number=request.number),
                f"request:cancel:{request.id}",
            )
        ]
        for request in found
        if _can_be_cancelled(request)
    ]
    menu.show_aside(turn, message(*lines, buttons=cancelling))


def _told(turn: Turn, request: HelpRequest) -> list[Text]:
    lines = [
        text(
            N_("<b>{number}</b> · {what}"),
            number=request.number,
            what=notices.category(request, turn.county),
        ),
        text(N_("{time}"), time=Moment(request.starts_at)),
        text(N_("{state}"), state=notices.state_of(request)),
    ]
    assignment = assignments.active_of_request(turn.tx, request.id)
    if assignment is not None:
        volunteer = people.by_id(turn.tx, assignment.volunteer_id)
        lines.append(text(N_("With: {name}"), name=volunteer.first_name))
    return lines


def _can_be_cancelled(request: HelpRequest) -> bool:
    return (request.state, Move.CANCEL) in MOVES
