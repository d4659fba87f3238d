"""A trusted volunteer hears what somebody has only spoken, and fills in their request."""

from bot.conversation.flow import Answers, Flow
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.messages import B_, N_, Message
from bot.usecases import deciding, listening, listening_notices
from handlers.common.completing import WHAT_AND_WHEN, completed
from handlers.common.talk import Talk
from handlers.turn import Turn

_LISTENER = "listener"

FLOW = Flow(
    "heard",
    asks=WHAT_AND_WHEN,
    summary=N_("Is this right?"),
    confirm=B_("✅ Send"),
    facts=(_LISTENER,),
)


class Listening:
    """Handlers that begin the conversation, or end it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def take(self, turn: Turn) -> None:
        """The voice message comes in private, and below it the questions."""
        listening.take(turn.tx, _volunteer(turn), turn.tapped_number)
        turn.on_screen = False
        self._talk.begin(turn, FLOW.name, {_LISTENER: turn.tapped_number}, afresh=True)

    def decline(self, turn: Turn) -> None:
        """Not this time; or given back after listening."""
        listening.decline(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)
        self._talk.give_up(turn, FLOW.name)


def finish(turn: Turn, answers: Answers) -> Message:
    volunteer = _volunteer(turn)
    listener_id = int(str(answers[_LISTENER]))
    try:
        before = listening.require_taken(turn.tx, volunteer, listener_id)
    except Refused:
        return listening_notices.no_longer_needed()
    wanted = completed(turn, answers, before)
    request = deciding.complete_heard(turn.tx, turn.county, volunteer, listener_id, wanted)
    return listening_notices.filled_in(request)


def _volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
