"""Another time for an appointment, for either side: questions, and answers to a proposal."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay, TimeOfDay, at
from bot.domain.errors import Refused
from bot.messages import N_, Json, Message, message, text
from bot.usecases import moving
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn

OTHER_TIME = "other_time"

FLOW = Flow(
    OTHER_TIME,
    facts=("about",),
    asks=(
        Ask("day", N_("Which day would be better? Tap a day or write the date."), FutureDay()),
        Ask("time", N_("At what time?"), TimeOfDay("day", last=19)),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """The other side is asked, or the person hears at once why not."""
    starts_at = at(str(answers.get("day")), str(answers.get("time")), turn.scene)
    try:
        return moving.propose(turn.tx, turn.county, turn.person, _assignment(answers), starts_at)
    except Refused as refused:  # raised, it would leave them in the flow
        return message(words_for(refused.code, turn.county))


def _assignment(answers: Answers) -> int:
    about = answers.get("about")
    return about if isinstance(about, int) else 0


class OtherTime:
    """Handlers that need the conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def ask(self, turn: Turn) -> None:
        """One side wants another time; an open question of the other side comes first."""
        if moving.may_propose(turn.tx, turn.county, turn.person, turn.tapped_number):
            self._begin(turn, turn.tapped_number)

    def counter(self, turn: Turn) -> None:
        """An answer to a proposal: neither yes nor no, but another time."""
        assignment = moving.require_counter(turn.tx, turn.person, turn.tapped_number)
        self._begin(turn, assignment.id)

    def _begin(self, turn: Turn, assignment_id: int) -> None:
        about: Json = assignment_id
        self._talk.begin(turn, OTHER_TIME, {"about": about}, afresh=True)


def sure(turn: Turn) -> None:
    """``move:sure:1800000000:7``: a volunteer has read what stands against this time."""
    starts_at = int(turn.tapped.split(":")[2])
    turn.conclude(
        moving.propose(turn.tx, turn.county, turn.person, turn.tapped_number, starts_at, sure=True)
    )


def agree(turn: Turn) -> None:
    moving.agree(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("Thank you!"))


def decline(turn: Turn) -> None:
    moving.decline(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("Thank you!"))
