"""/pause: a break until a day, holidays that come later, and the way back."""

from datetime import date, timedelta

from bot.conversation.dates import LastDay
from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay
from bot.domain.people import Holiday
from bot.messages import N_, Message
from bot.usecases import profiles, volunteer_notices
from handlers.common import menu
from handlers.common.talk import Talk
from handlers.turn import Turn

PAUSE = "pause"
HOLIDAYS = "holidays"

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
HOLIDAY_FLOW = Flow(
    HOLIDAYS,
    asks=(
        Ask(
            "first",
            N_("What is the first day you are away? Please write the date."),
            FutureDay(offered=0),
        ),
        Ask(
            "last",
            N_("What is the last day you are away? Please tap or write the date."),
            LastDay("first"),
        ),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    return _paused(turn, date.fromisoformat(str(answers["day"])))


def finish_holidays(turn: Turn, answers: Answers) -> Message:
    holiday = Holiday(str(answers["first"]), str(answers["last"]))
    tasks = profiles.plan_holiday(turn.tx, turn.county, turn.person, holiday)
    return volunteer_notices.holiday_noted(holiday, tasks)


class Pauses:
    """Handlers around a break."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def ask(self, turn: Turn) -> None:
        """/pause: for how long? Or, during a break: back again? And holidays ahead."""
        volunteer = profiles.require(turn.tx, turn.person).volunteer
        today = profiles.today(turn.tx, turn.county)
        menu.show_aside(turn, volunteer_notices.breaks(volunteer, today))

    def for_days(self, turn: Turn) -> None:
        today = profiles.today(turn.tx, turn.county)
        turn.conclude(_paused(turn, today + timedelta(days=turn.tapped_number)))

    def until_a_date(self, turn: Turn) -> None:
        profiles.require(turn.tx, turn.person)
        self._talk.begin(turn, PAUSE)

    def later(self, turn: Turn) -> None:
        profiles.require(turn.tx, turn.person)
        self._talk.begin(turn, HOLIDAYS)

    def drop(self, turn: Turn) -> None:
        """These holidays do not take place."""
        profiles.drop_holiday(turn.tx, turn.person, turn.tapped_number)
        self.ask(turn)

    def over(self, turn: Turn) -> None:
        """A tap: I'm back."""
        profiles.resume(turn.tx, turn.county, turn.person)
        turn.conclude(volunteer_notices.resumed())


def _paused(turn: Turn, until: date) -> Message:
    profiles.pause(turn.tx, turn.county, turn.person, until)
    return volunteer_notices.paused(until.isoformat())
