"""A requester answers the office: to what it wrote, or whether a rule may be relaxed."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import Words
from bot.messages import N_, Message, message, text
from bot.usecases import relaxing, writing
from handlers.common.numbers import RequestNumber
from handlers.common.talk import Talk
from handlers.turn import Turn

FLOW = Flow(
    "answer_office",
    asks=(
        Ask("request", N_("Which request? Please write its number."), RequestNumber()),
        Ask(
            "words",
            N_("Please write your answer, or send a voice message."),
            Words(1000, voice=True),
        ),
    ),
)


class Answering:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def answer(self, turn: Turn) -> None:
        request = writing.require_side(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, FLOW.name, {"request": request.id}, afresh=True)


def finish(turn: Turn, answers: Answers) -> Message:
    request_id, said = int(str(answers["request"])), answers["words"]
    if isinstance(said, dict):
        request = writing.answer(turn.tx, turn.person, request_id, voice=str(said["voice"]))
    else:
        request = writing.answer(turn.tx, turn.person, request_id, words=str(said))
    return message(text(N_("✔️ {number}: the office has your answer."), number=request.number))


def relax(turn: Turn) -> None:
    _, _, rule, _ = turn.tapped.split(":")
    relaxing.agree(turn.tx, turn.county, turn.person, turn.tapped_number, rule)


def keep(turn: Turn) -> None:
    _, _, rule, _ = turn.tapped.split(":")
    relaxing.refuse(turn.tx, turn.county, turn.person, turn.tapped_number, rule)
