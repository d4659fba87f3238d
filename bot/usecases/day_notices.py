"""What the two tell each other on the day of their appointment, with one tap each.

To requesters without the matter: number and first name. To volunteers: number, no name.
"""

from collections.abc import Mapping

from bot.domain.appointments import Assignment, Side
from bot.domain.county import County
from bot.domain.on_the_day import MINUTES, Sign
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases.agreeing_notices import neutral, where
from bot.usecases.notices import MY_REQUESTS, when

_TASKS = Button(text(B_("🗓 My tasks")), "menu:tasks")

_LABELS: Mapping[Sign, str] = {
    Sign.WAY: B_("🚶 On my way"),
    Sign.HERE: B_("📍 I am here"),
    Sign.LOST: B_("🔎 I can't find you"),
    Sign.FINE: B_("👍 All right"),
}
#: To the requester, of their volunteer.
_OF_VOLUNTEER: Mapping[Sign, str] = {
    Sign.WAY: N_("🚶 {number}: {name} is on the way."),
    Sign.HERE: N_("📍 {number}: {name} is there."),
    Sign.LOST: N_("🔎 {number}: {name} can't find you. Where are you?"),
    Sign.FINE: N_("👍 {number}: {name} has read it. All right."),
}
#: To the volunteer, of who asked.
_OF_REQUESTER: Mapping[Sign, str] = {
    Sign.WAY: N_("🚶 {number}: the person is on the way."),
    Sign.HERE: N_("📍 {number}: the person is there."),
    Sign.LOST: N_("🔎 {number}: the person can't find you. Where are you?"),
    Sign.FINE: N_("👍 {number}: the person has read it. All right."),
}
#: What may be said in answer to a sign.
_ANSWERS: Mapping[Sign, tuple[tuple[str, ...], ...]] = {
    Sign.WAY: (("fine", "late"),),
    Sign.HERE: (("here", "way"), ("lost", "late")),
    Sign.LOST: (("here", "point"), ("way", "late")),
    Sign.FINE: (),
    Sign.POINT: (("fine", "lost"), ("way", "late")),
}
_ANSWERS_TO_LATE = (("fine", "here"),)


def panel_button(request: HelpRequest, assignment_id: int) -> Button:
    """Leads to all that can be said on the day."""
    label = text(B_("🧭 Today: {number}"), number=request.number)
    return Button(label, f"day:show:{assignment_id}")


def rows(assignment_id: int) -> list[list[Button]]:
    """All that can be said on the day, as buttons."""
    names = (("way", "here"), ("lost", "late"), ("point",))
    return [[_button(one, assignment_id) for one in row] for row in names]


def panel(
    request: HelpRequest, county: County, assignment: Assignment, side: Side, *above: Text
) -> Message:
    place = assignment.place
    shown = neutral(place, request, county) if side is Side.REQUESTER else place
    return message(
        *above,
        text(N_("🧭 {number}: what shall we tell the other side?"), number=request.number),
        text(N_("{time}"), time=when(request)),
        *where(shown),
        buttons=[*rows(assignment.id), [_way_back(side)]],
    )


def how_late(request: HelpRequest, assignment_id: int) -> Message:
    return message(
        text(N_("⏱ {number}: how late are you?"), number=request.number),
        buttons=[
            [
                Button(text(B_("{minutes} min."), minutes=minutes), f"day:{sign}:{assignment_id}")
                for sign, minutes in MINUTES.items()
            ],
            [panel_button(request, assignment_id)],
        ],
    )


def told() -> Text:
    """Above the panel, after a tap."""
    return text(N_("✔️ We have told the other side."))


def not_reachable(county: County) -> Text:
    """Above the panel: the other side has no chat."""
    return text(
        N_("The person can't read messages here. Please call the office: {phone}"),
        phone=county.office_phone,
    )


def office_calls() -> Text:
    """Above the panel: the other side has no chat, and this is worth a call."""
    return text(N_("The person can't read messages here. The office calls them."))


def if_lost(county: County) -> Text:
    return text(
        N_("If you do not find each other, please call the office: {phone}"),
        phone=county.office_phone,
    )


# --- to the other side ----------------------------------------------------------------------------


def sign(
    request: HelpRequest, assignment_id: int, side: Side, said: Sign, first_name: str
) -> Message:
    """*side* says it; *first_name* is the volunteer's."""
    if said in MINUTES:
        answers = _ANSWERS_TO_LATE
        line = _late(request, side, MINUTES[said], first_name)
    else:
        answers = _ANSWERS[said]
        by_volunteer = side is Side.VOLUNTEER
        words = (_OF_VOLUNTEER if by_volunteer else _OF_REQUESTER)[said]
        name = {"name": first_name} if by_volunteer else {}
        line = Text(words, {"number": request.number, **name})
    return message(line, buttons=[[_button(one, assignment_id) for one in row] for row in answers])


def _late(request: HelpRequest, side: Side, minutes: int, first_name: str) -> Text:
    if side is Side.VOLUNTEER:
        return text(
            N_("⏱ {number}: {name} is about {minutes} minutes late. Please wait."),
            number=request.number,
            name=first_name,
            minutes=minutes,
        )
    return text(
        N_("⏱ {number}: the person is about {minutes} minutes late. Please wait."),
        number=request.number,
        minutes=minutes,
    )


def point(
    request: HelpRequest,
    assignment_id: int,
    side: Side,
    words: str,
    location: tuple[float, float] | None,
    first_name: str,
) -> Message:
    """Where to meet, in somebody's own words or on a map; marked who says it."""
    if side is Side.VOLUNTEER:
        head = text(
            N_("📌 {number}: {name} says where to meet:"), number=request.number, name=first_name
        )
    else:
        head = text(N_("📌 {number}: the person says where to meet:"), number=request.number)
    own = [text("{words}", words=words)] if words else []
    answers = [[_button(one, assignment_id) for one in row] for row in _ANSWERS[Sign.POINT]]
    said = message(head, *own, buttons=answers)
    return Message(said.lines, said.buttons, location=location)


def point_sent(request: HelpRequest, county: County, side: Side) -> Message:
    """What stays in the chat of who has said it."""
    return message(
        text(N_("📌 {number}: we have told the other side where to meet."), number=request.number),
        if_lost(county),
        buttons=[[_way_back(side)]],
    )


def _button(name: str, assignment_id: int) -> Button:
    match name:
        case "late":
            return Button(text(B_("⏱ I am late")), f"day:late:{assignment_id}")
        case "point":
            return Button(text(B_("📌 Where to meet")), f"day:point:{assignment_id}")
        case _:
            return Button(text(_LABELS[Sign(name)]), f"day:{name}:{assignment_id}")


def _way_back(side: Side) -> Button:
    return _TASKS if side is Side.VOLUNTEER else MY_REQUESTS
