"""On the day, for either side: "I'm on my way", "I'm here", and where to meet."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import NOT_UNDERSTOOD, Answers, Ask, Choice, Flow, Reply, Retry, Scene
from bot.conversation.readers import Words
from bot.conversation.replies import Location, Typed
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import Sign
from bot.messages import N_, Json, Message, Param, message
from bot.usecases import day_notices, on_the_day
from handlers.common import menu
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn

MEETING_POINT = "meeting_point"

_LETTERS = 200


@dataclass(frozen=True, slots=True)
class _Point:
    """A line of text, or a shared location: ``[north, east]`` in degrees."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return []

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        match reply:
            case Location(north, east):
                return [north, east]
            case Typed():
                return Words(_LETTERS).read(reply, scene, given)
            case _:
                raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return bool(_location(answer)) or (isinstance(answer, str) and bool(answer))

    def show(self, answer: Json, scene: Scene) -> Param:
        return answer if isinstance(answer, str) else "📍"


def _location(answer: Json) -> tuple[float, float] | None:
    match answer:
        case [int() | float() as north, int() | float() as east]:
            return float(north), float(east)
        case _:
            return None


FLOW = Flow(
    MEETING_POINT,
    facts=("about",),
    asks=(
        Ask(
            "point",
            N_(
                "Where do you meet? Write it in one line, or send a location 📎."
                " Please write nothing about illnesses."
            ),
            _Point(),
        ),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """The other side reads it."""
    about, point = answers.get("about"), answers.get("point")
    words = point if isinstance(point, str) else ""
    assignment_id = about if isinstance(about, int) else 0
    try:
        return on_the_day.say_where(
            turn.tx, turn.county, turn.person, assignment_id, words, _location(point)
        )
    except Refused as refused:
        if refused.code is Code.NOT_POSSIBLE:
            raise
        return message(words_for(refused.code, turn.county))  # raised, it would leave them there


class MeetingPoint:
    """The handler that needs the conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def ask(self, turn: Turn) -> None:
        on_the_day.require_on(turn.tx, turn.person, turn.tapped_number)
        about: Json = turn.tapped_number
        self._talk.begin(turn, MEETING_POINT, {"about": about}, afresh=True)


def show(turn: Turn) -> None:
    """All that can be said."""
    menu.show_aside(turn, on_the_day.show(turn.tx, turn.county, turn.person, turn.tapped_number))


def late(turn: Turn) -> None:
    """How late?"""
    _, request, _ = on_the_day.require_on(turn.tx, turn.person, turn.tapped_number)
    menu.show_aside(turn, day_notices.how_late(request, turn.tapped_number))


def say(turn: Turn) -> None:
    """``day:way:7`` (the route's pattern saw to the sign)."""
    sign = Sign(turn.tapped.split(":")[1])
    shown = on_the_day.say(turn.tx, turn.county, turn.person, turn.tapped_number, sign)
    turn.toast = shown.lines[0]
    if sign is not Sign.FINE:  # that one only answers
        menu.show_aside(turn, shown)
