"""Blocking somebody until a day, and the list of who is blocked."""

from datetime import date

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay, Words
from bot.messages import B_, N_, Message
from bot.usecases import blocking
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

FLOW = Flow(
    "block",
    asks=(
        Ask(
            "day",
            N_("From which day may they ask or help again? Please write the date."),
            FutureDay(offered=0),
            name=N_("Possible again from"),
        ),
        Ask(
            "words",
            N_("Why? Please write some words for the file. The person does not read them."),
            Words(300),
            name=N_("Reason"),
        ),
    ),
    summary=N_("Block this person? They hear until when, and that they can call us."),
    confirm=B_("🚫 Yes, block"),
    facts=("person",),
)


class Blocking:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def begin(self, turn: Turn) -> None:
        person = blocking.require_possible(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, FLOW.name, {"person": person.id}, afresh=True)


def finish(turn: Turn, answers: Answers) -> Message:
    person = blocking.block(
        turn.tx,
        turn.county,
        turn.person,
        int(str(answers["person"])),
        again_from=date.fromisoformat(str(answers["day"])),
        reason=str(answers["words"]),
    )
    return blocking.as_it_stands(turn.tx, person)


def unblock(turn: Turn) -> None:
    person = blocking.unblock(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, blocking.as_it_stands(turn.tx, person), views.LIST)


def everybody(turn: Turn) -> None:
    """/blocked"""
    views.show(turn, blocking.everybody(turn.tx, turn.person), views.LIST)
