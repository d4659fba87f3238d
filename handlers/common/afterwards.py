"""After an appointment, for both sides: once more?, in their own words, and what was wrong."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import Words
from bot.domain.appointments import Again
from bot.messages import N_, Json, Message, message, text
from bot.usecases import closing, feedback, protecting
from handlers.common.talk import Talk
from handlers.turn import Turn

TELL = Flow(
    "say_more",
    asks=(
        Ask(
            "words",
            N_(
                "How was it? Please write it, or send a voice message, in your language."
                " Only the coordinators get it. We delete it after {days} days."
            ),
            Words(1000, voice=True),
            params=lambda _scene, _given: {"days": feedback.KEEP_DAYS},
        ),
    ),
    facts=("assignment",),
)

WRONG = Flow(
    "something_wrong",
    asks=(
        Ask(
            "words",
            N_(
                "What happened? Please write it, or send a voice message, in your language."
                " Only the coordinators get it."
            ),
            Words(2000, voice=True),
            optional=True,
        ),
    ),
    facts=("case",),
)


def meet_again(turn: Turn) -> None:
    """``meet:yes:12``, ``meet:any:12``, ``meet:no:12``."""
    said = Again(turn.tapped.split(":")[1])
    closing.say_again(turn.tx, turn.county, turn.person, turn.tapped_number, said)


class Afterwards:
    """Handlers that begin the conversations about it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def tell_more(self, turn: Turn) -> None:
        assignment, _ = feedback.require_own(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, TELL.name, {"assignment": assignment.id}, afresh=True)

    def something_wrong(self, turn: Turn) -> None:
        """First tap: shall the coordinators hear it?"""
        protecting.ask_first(turn.tx, turn.person, turn.tapped_number)

    def surely_wrong(self, turn: Turn) -> None:
        """Second tap: they hear it at once; then what it was, if the person likes."""
        case = protecting.report(turn.tx, turn.county, turn.person, turn.tapped_number)
        self._talk.begin(turn, WRONG.name, {"case": case.id}, afresh=True)


def nothing_wrong(turn: Turn) -> None:
    closing.show_again(turn.tx, turn.county, turn.person, turn.tapped_number)


def finish_telling(turn: Turn, answers: Answers) -> Message:
    words, voice = _said(answers["words"])
    assignment_id = int(str(answers["assignment"]))
    request = feedback.add(
        turn.tx, turn.county, turn.person, assignment_id, words=words, voice=voice
    )
    return message(
        text(N_("✔️ {number}: thank you. The coordinators get it."), number=request.number)
    )


def finish_wrong(turn: Turn, answers: Answers) -> Message:
    words, voice = _said(answers.get("words"))
    if words or voice:
        case_id = int(str(answers["case"]))
        protecting.say(turn.tx, turn.person, case_id, words=words, voice=voice)
    return message(text(N_("✔️ Thank you for telling us. A coordinator will call you.")))


def _said(answer: Json) -> tuple[str, str]:
    """Words, or the file id of a voice message."""
    if isinstance(answer, dict):
        return "", str(answer["voice"])
    return str(answer or ""), ""
