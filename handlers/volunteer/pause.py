"""/pause: a break until a day, and the way back."""

from datetime import date, timedelta

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay
from bot.messages import B_, N_, Button, Message, message, text
from bot.usecases import profiles, volunteer_notices
from handlers.common import menu
from handlers.common.talk import Talk
from handlers.turn import Turn

PAUSE = "pause"

FLOW = Flow(
    PAUSE,
    asks=(
        Ask(
            "day",
            N_("From which day may we ask you again? Please write the date."),
            FutureDay(offered=0),
        ),
    ),
)

_WEEKS = {7: B_("1 week"), 14: B_("2 weeks"), 28: B_("4 weeks")}


def finish(turn: Turn, answers: Answers) -> Message:
    return _paused(turn, date.fromisoformat(str(answers["day"])))


class Pauses:
    """Handlers around a break."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def ask(self, turn: Turn) -> None:
        """/pause: for how long? Or, during a break: back again?"""
        volunteer = profiles.require(turn.tx, turn.person).volunteer
        until = volunteer.paused_until
        if until is not None and volunteer.paused(profiles.today(turn.tx, turn.county)):
            menu.show_aside(turn, volunteer_notices.paused(until))
            return
        weeks = [Button(text(label), f"pause:days:{days}") for days, label in _WEEKS.items()]
        menu.show_aside(
            turn,
            message(
                text(N_("A break: we do not ask you for a while. For how long?")),
                buttons=[weeks, [Button(text(B_("📅 Until a date")), "pause:date")]],
            ),
        )

    def for_days(self, turn: Turn) -> None:
        today = profiles.today(turn.tx, turn.county)
        turn.conclude(_paused(turn, today + timedelta(days=turn.tapped_number)))

    def until_a_date(self, turn: Turn) -> None:
        profiles.require(turn.tx, turn.person)
        self._talk.begin(turn, PAUSE)

    def over(self, turn: Turn) -> None:
        """A tap: I'm back."""
        profiles.resume(turn.tx, turn.person)
        turn.conclude(volunteer_notices.resumed())


def _paused(turn: Turn, until: date) -> Message:
    profiles.pause(turn.tx, turn.county, turn.person, until)
    return volunteer_notices.paused(until.isoformat())
