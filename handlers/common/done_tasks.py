"""What is asked about a task that is over, whoever notes it, and the facts it becomes."""

from bot.conversation.flow import Answers, Ask, Scene
from bot.conversation.past import HowMany, PastDay, PastTime
from bot.conversation.readers import at
from bot.conversation.towns import Town
from bot.domain.records import (
    MOST_KM,
    MOST_MINUTES,
    MOST_PEOPLE,
    Facts,
    month_after,
    month_of,
)
from bot.messages import B_, N_, P_, Json
from bot.storage import records
from bot.usecases import record_words
from handlers.common.asks import Kind
from handlers.turn import Turn

_MINUTES = P_("{n} minute", "{n} minutes")
#: A closed month of so long ago is not looked at: nothing that old can be added.
_MONTHS_BACK = 13

HOW_LONG = Ask(
    "minutes",
    N_("How many minutes was it, with the way there and back? Tap it, or write the number."),
    HowMany(record_words.MINUTES, _MINUTES, MOST_MINUTES, least=5),
    name=N_("How long"),
)
ADULTS = Ask(
    "adults",
    N_("How many adults got help?"),
    HowMany((0, 1, 2, 3, 4, 5), record_words.ADULTS, MOST_PEOPLE),
    name=N_("Adults"),
)
CHILDREN = Ask(
    "children",
    N_("How many children got help?"),
    HowMany((0, 1, 2, 3, 4, 5), record_words.CHILDREN, MOST_PEOPLE),
    name=N_("Children"),
)
KM = Ask(
    "km",
    N_("How many kilometres by car, there and back? Tap it, or write the number."),
    HowMany(record_words.KILOMETRES, record_words.KM, MOST_KM),
    name=N_("Kilometres"),
)

SUMMARY = N_("<b>A task</b>. Is this right?")
SAVE = B_("✔️ Save")


def task_asks(day: PastDay) -> tuple[Ask, ...]:
    """*day*: which days may be named. The fact ``home`` is the place offered first."""
    return (
        Ask("day", N_("On which day was it? Tap a day or write the date."), day, name=N_("Day")),
        Ask("time", N_("From what time? Tap it, or write it."), PastTime("day"), name=N_("Time")),
        HOW_LONG,
        Ask("kind", N_("What was it about?"), Kind(), name=N_("Kind of help")),
        Ask(
            "place",
            N_("In which town or village? If it was by phone, please skip this."),
            Town("place", "home"),
            name=N_("Place"),
            optional=True,
        ),
        ADULTS,
        CHILDREN,
        KM,
    )


def facts_in(answers: Answers, scene: Scene) -> Facts:
    """What was answered to :func:`task_asks`."""
    starts_at = at(str(answers["day"]), str(answers["time"]), scene)
    kind = scene.county.categories[str(answers["kind"])]
    return Facts(
        starts_at=starts_at,
        ends_at=starts_at + 60 * whole(answers, "minutes"),
        place=str(answers.get("place") or ""),
        category=kind.key,
        life_area=kind.life_area,
        language="",
        adults=whole(answers, "adults"),
        children=whole(answers, "children"),
        km=whole(answers, "km"),
    )


def whole(answers: Answers, key: str) -> int:
    """A number that was answered; 0 if it is none."""
    answer = answers.get(key)
    return answer if isinstance(answer, int) else 0


def closed_months(turn: Turn) -> list[Json]:
    """The months to which nothing can be added, as far as it matters."""
    today_month = month_of(turn.tx.now, turn.county.zone)
    return [*records.closed_since(turn.tx, month_after(today_month, -_MONTHS_BACK))]
