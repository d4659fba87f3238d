"""/mine: where each request stands, and cancelling it."""

from collections.abc import Sequence

from bot.conversation.flow import Answers
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import is_on
from bot.domain.requests import MOVES, UNDER_WAY, HelpRequest, Move, State
from bot.messages import B_, N_, Button, Moment, Text, message, text
from bot.storage import assignments, people, proposals, requests
from bot.usecases import (
    agreeing_notices,
    day_notices,
    dispatch,
    filing,
    notices,
    referring,
    referring_notices,
    relay_notices,
    series_notices,
)
from handlers.common import known, menu, series
from handlers.requester import wanted
from handlers.turn import Turn

#: So long what the office has referred or closed is still shown (seconds).
_SETTLED_FOR = 14 * 24 * 3600

_NEXT = {
    State.AGREEING: N_("The volunteer will offer you times, here in this chat."),
    State.REFERRED: N_("The office has told you who helps you now."),
    State.CLOSED: N_("You can ask again at any time, or call the office."),
}
_UNTIL = {
    State.WAITING: N_("You will hear from us by {time}."),
    State.OPEN: N_("You will hear from us by {time}."),
}


def mine(turn: Turn, *above: Text) -> None:
    """All requests that are still ahead, and what the office has settled lately."""
    found: list[HelpRequest] = []
    weekly: list[tuple[list[Text], Button]] = []
    if turn.person is not None:
        since = turn.tx.now - _SETTLED_FOR
        asked = requests.of_person(turn.tx, turn.person.id)
        found += [one for one in asked if not one.is_meeting]
        found += requests.settled_by_office(turn.tx, turn.person.id, since)
        weekly = series.lines_of_requester(turn, turn.person)
        found += referring.filed_by(turn.tx, turn.person)
    if found or weekly:
        _show(turn, found, *above, weekly=weekly)
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
    if request.is_meeting:
        menu.show_aside(turn, series_notices.sure_not_this_week(request))
        return
    menu.show_aside(
        turn,
        message(
            text(N_("Cancel {number}?"), number=request.number),
            text(N_("{time}"), time=notices.when(request)),
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


def to_change(turn: Turn) -> Answers:
    """The answers that led to the tapped request, to change some of them. Raises Refused."""
    request = dispatch.require_own(turn.tx, turn.person, turn.tapped_number)
    if not filing.can_be_changed(request):
        raise Refused(Code.TOO_LATE)
    answers = {**wanted.answers_of(request, turn.county), known.REQUEST: request.id}
    if referring.client_of(turn.tx, turn.person, request):
        answers["agree"] = "yes"  # a referrer has agreed to more than this
    return answers


def to_repeat(turn: Turn) -> Answers:
    """The answers that led to their last request: the same help at another time."""
    filing.require_room(turn.tx, turn.person)
    last = None if turn.person is None else requests.last_of_person(turn.tx, turn.person.id)
    if last is None or not turn.county.offers(last.category):
        return {}
    return wanted.same_again(last, turn.county)


def _show(
    turn: Turn,
    found: list[HelpRequest],
    *above: Text,
    weekly: Sequence[tuple[list[Text], Button]] = (),
) -> None:
    """*weekly*: help every week, one entry each whatever meetings there are."""
    lines = [*above]
    for told in (*(one for one, _ in weekly), *(_told(turn, request) for request in found)):
        lines += [*([menu.BLANK_LINE] if lines else []), *told]
    buttons = [
        row
        for request in found
        for row in (
            _writing(turn, request),
            _buttons(turn, request),
            *_of_appointment(turn, request),
            _link(turn, request),
        )
        if row
    ]
    menu.show_aside(turn, message(*lines, buttons=[*([one] for _, one in weekly), *buttons]))


def _writing(turn: Turn, request: HelpRequest) -> list[Button]:
    """To the volunteer, who has said yes; for a client only as long as they are the contact."""
    has_somebody = request.state in (State.AGREEING, State.ASSIGNED)
    writes = referring.writes_about(turn.tx, turn.person, request)
    return [relay_notices.write_about(request)] if has_somebody and writes else []


def _link(turn: Turn, request: HelpRequest) -> list[Button]:
    """With which the client comes to their own chat."""
    can = request.state in UNDER_WAY and referring.can_be_linked(turn.tx, turn.person, request)
    return [referring_notices.link_button(request)] if can else []


def _buttons(turn: Turn, request: HelpRequest) -> list[Button]:
    row: list[Button] = []
    if request.state is State.AGREEING and proposals.open_for(turn.tx, request.id):
        label = text(B_("🗓 Choose: {number}"), number=request.number)
        row.append(Button(label, f"times:show:{request.id}"))
    if filing.can_be_changed(request):
        label = text(B_("✏️ Change {number}"), number=request.number)
        row.append(Button(label, f"request:change:{request.id}"))
    if _can_be_cancelled(request):
        label = text(B_("✖️ Cancel {number}"), number=request.number)
        row.append(Button(label, f"request:cancel:{request.id}"))
    return row


def _of_appointment(turn: Turn, request: HelpRequest) -> list[list[Button]]:
    """Another time for it, and on the day what to tell the volunteer."""
    assignment = assignments.active_of_request(turn.tx, request.id)
    if assignment is None:
        return []
    rows: list[list[Button]] = []
    if assignment.starts_at > turn.tx.now:
        label = text(B_("🗓 Other time: {number}"), number=request.number)
        rows.append([Button(label, f"move:ask:{assignment.id}")])
    if is_on(assignment, turn.tx.now):
        rows.append([day_notices.panel_button(request, assignment.id)])
    return rows


def _told(turn: Turn, request: HelpRequest) -> list[Text]:
    client = referring.client_of(turn.tx, turn.person, request)
    lines = [
        *([referring_notices.client_line(client)] if client else []),
        text(
            N_("<b>{number}</b> · {what}"),
            number=request.number,
            what=notices.category(request, turn.county),
        ),
        text(N_("{time}"), time=notices.marked_when(request)),
        text(N_("{state}"), state=notices.state_of(request)),
    ]
    assignment = assignments.active_of_request(turn.tx, request.id)
    if assignment is not None:
        volunteer = people.by_id(turn.tx, assignment.volunteer_id)
        lines.append(text(N_("With: {name}"), name=volunteer.first_name))
        lines += agreeing_notices.where(assignment.place)
        lines += notices.bring(request, turn.county)
    return [*lines, *_what_is_next(turn, request)]


def _what_is_next(turn: Turn, request: HelpRequest) -> list[Text]:
    """What happens next, and until when; nothing for what is settled."""
    if request.state in _NEXT:
        return [text(_NEXT[request.state])]
    if request.state in _UNTIL and request.hear_by is not None and request.hear_by > turn.tx.now:
        return [text(_UNTIL[request.state], time=Moment(request.hear_by))]
    if request.state is State.STUCK:
        words = N_("The office is looking for a way now. You can also call: {phone}")
        return [text(words, phone=turn.county.office_phone)]
    return []


def _can_be_cancelled(request: HelpRequest) -> bool:
    return (request.state, Move.CANCEL) in MOVES
