"""Protected cases and feedback: a coordinator opens them in private."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import Words
from bot.domain.requests import number_of
from bot.messages import N_, Message
from bot.usecases import case_notices, feedback, protecting
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

CLOSE = Flow(
    "close_case",
    asks=(
        Ask(
            "words",
            N_("What came of it? Please write some words for the file."),
            Words(1000),
            optional=True,
        ),
    ),
    facts=("case", "outcome"),
)


def look(turn: Turn) -> None:
    """In the group or in private: it comes in private."""
    protecting.look(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def take(turn: Turn) -> None:
    protecting.take(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def read_feedback(turn: Turn) -> None:
    feedback.read(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


class Closing:
    """Handlers that begin to close a case."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def close(self, turn: Turn) -> None:
        """``case:fine:7`` or ``case:apart:7``."""
        outcome = turn.tapped.split(":")[1]
        case = protecting.require_owner(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, CLOSE.name, {"case": case.id, "outcome": outcome}, afresh=True)


def finish(turn: Turn, answers: Answers) -> Message:
    case = protecting.close(
        turn.tx,
        turn.county,
        turn.person,
        int(str(answers["case"])),
        str(answers["outcome"]),
        str(answers.get("words") or ""),
    )
    return case_notices.over(number_of(case.request_id))
