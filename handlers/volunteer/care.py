"""When it is too much, or was hard: a coordinator calls."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import PhoneNumber
from bot.messages import N_, Message
from bot.storage import people
from bot.usecases import care_notices, caring, checking_in, profiles
from handlers.common.call_me import SHARE_MY_NUMBER
from handlers.common.talk import Talk
from handlers.turn import Turn

CARE_CALL = "care_call"

#: Asked only if the office has no number of theirs. ``check``: the task it is about; 0: none.
FLOW = Flow(
    CARE_CALL,
    asks=(
        Ask(
            "phone",
            N_("Which number should we call? Please write it. The office keeps it for you."),
            PhoneNumber(),
            asks_contact=SHARE_MY_NUMBER,
        ),
    ),
    facts=("check",),
)


def finish(turn: Turn, answers: Answers) -> Message:
    known = profiles.require(turn.tx, turn.person)
    people.set_phone(turn.tx, known.person.id, str(answers["phone"]))
    check = int(str(answers.get("check") or 0))
    if not check:
        return caring.too_much(turn.tx, turn.county, turn.person)
    caring.would_like_to_talk(turn.tx, turn.county, turn.person, check)
    return care_notices.we_call(turn.county)


class Strain:
    """Handlers that may have to ask for a number first."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def too_much(self, turn: Turn) -> None:
        if profiles.require(turn.tx, turn.person).phone:
            turn.conclude(caring.too_much(turn.tx, turn.county, turn.person))
        else:
            self._talk.begin(turn, CARE_CALL, {"check": 0}, afresh=True)

    def check_in(self, turn: Turn) -> None:
        """``check:good:7``, ``check:talk:7``: how they are after a hard task."""
        known = profiles.require(turn.tx, turn.person)
        task = turn.tapped_number
        checking_in.require(turn.tx, known.person, task)
        if turn.tapped.startswith("check:good:"):
            checking_in.answer(turn.tx, turn.county, known.person, task, "good")
        elif known.phone:
            caring.would_like_to_talk(turn.tx, turn.county, turn.person, task)
        else:
            self._talk.begin(turn, CARE_CALL, {"check": task}, afresh=True)
