"""/hours: what a volunteer did, month by month; to be corrected, completed and added to."""

from collections.abc import Mapping

from bot.conversation.flow import Answers, Ask, Flow, Scene
from bot.conversation.past import HowMany, PastDay, PastTime
from bot.conversation.readers import at
from bot.conversation.towns import Town
from bot.domain.records import (
    MOST_KM,
    MOST_MINUTES,
    MOST_PEOPLE,
    Facts,
    Record,
    is_month,
    month_after,
    month_of,
)
from bot.messages import B_, N_, P_, Json, Message, text
from bot.storage import records
from bot.usecases import closing, profiles, record_notices, recording
from handlers.common import menu
from handlers.common.asks import Kind
from handlers.common.talk import Talk
from handlers.turn import Turn

OWN_TASK = "own_task"
OWN_KM = "own_km"

_MINUTES = P_("{n} minute", "{n} minutes")
#: A closed month of so long ago is not looked at: nothing that old can be added.
_MONTHS_BACK = 13

HOW_LONG = Ask(
    "minutes",
    N_("How long did you help, with the way there and back? Tap it, or write the minutes."),
    HowMany((30, 45, 60, 90, 120, 180), _MINUTES, MOST_MINUTES, least=5),
    name=N_("How long"),
)
ADULTS = Ask(
    "adults",
    N_("How many adults did you help?"),
    HowMany((0, 1, 2, 3, 4, 5), record_notices.ADULTS, MOST_PEOPLE),
    name=N_("Adults"),
)
CHILDREN = Ask(
    "children",
    N_("How many children did you help?"),
    HowMany((0, 1, 2, 3, 4, 5), record_notices.CHILDREN, MOST_PEOPLE),
    name=N_("Children"),
)
KM = Ask(
    "km",
    N_("How many kilometres did you drive, there and back? Tap it, or write the number."),
    HowMany(record_notices.KILOMETRES, record_notices.KM, MOST_KM),
    name=N_("Kilometres"),
)


def task_asks(day: PastDay) -> tuple[Ask, ...]:
    """What is asked about a task done outside the bot."""
    return (
        Ask("day", N_("On which day was it? Tap a day or write the date."), day, name=N_("Day")),
        Ask("time", N_("From what time? Tap it, or write it."), PastTime("day"), name=N_("Time")),
        HOW_LONG,
        Ask("kind", N_("What was it about?"), Kind(), name=N_("Kind of help")),
        Ask("place", N_("In which town or village?"), Town("place", "home"), name=N_("Place")),
        ADULTS,
        CHILDREN,
        KM,
    )


TASK_SUMMARY = N_("<b>A task</b>. Is this right?")
SAVE = B_("✔️ Save")

FLOW = Flow(
    OWN_TASK,
    asks=task_asks(PastDay("closed")),
    summary=TASK_SUMMARY,
    confirm=SAVE,
    facts=("closed", "home"),
)
KM_FLOW = Flow(OWN_KM, asks=(KM,), facts=("record",))


def finish(turn: Turn, answers: Answers) -> Message:
    record, overlapping = recording.add_own(
        turn.tx, turn.county, turn.person, facts_in(answers, turn.scene)
    )
    return record_notices.added(record, turn.county, overlapping=overlapping)


def finish_km(turn: Turn, answers: Answers) -> Message:
    record = closing.correct_line(
        turn.tx,
        turn.county,
        turn.person,
        whole(answers, "record"),
        km=whole(answers, "km"),
    )
    return record_notices.corrected(record, turn.county)


def facts_in(answers: Answers, scene: Scene) -> Facts:
    """What was answered to :func:`task_asks`."""
    starts_at = at(str(answers["day"]), str(answers["time"]), scene)
    kind = scene.county.categories[str(answers["kind"])]
    return Facts(
        starts_at=starts_at,
        ends_at=starts_at + 60 * whole(answers, "minutes"),
        place=str(answers["place"]),
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


class Hours:
    """Handlers that begin conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def add(self, turn: Turn) -> None:
        """A task done outside the bot."""
        home = profiles.require(turn.tx, turn.person).volunteer.profile.place
        given: Mapping[str, Json] = {"closed": closed_months(turn), "home": home}
        self._talk.begin(turn, OWN_TASK, given)

    def own_km(self, turn: Turn) -> None:
        """Another number of kilometres than those on the buttons."""
        record = recording.require_own(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, OWN_KM, {"record": record.id}, afresh=True)


def show(turn: Turn) -> None:
    """/hours, /hours 2026-11"""
    written = turn.written.partition(" ")[2].strip()
    today_month = month_of(turn.tx.now, turn.county.zone)
    month = written if is_month(written) and written <= today_month else today_month
    menu.show_aside(turn, recording.own_month(turn.tx, turn.county, turn.person, month))


def show_month(turn: Turn) -> None:
    """``hours:show:0:202611``: a page of a month."""
    _, _, page, number = turn.tapped.split(":")
    month = record_notices.month_in(number)
    if not is_month(month):
        month = month_of(turn.tx.now, turn.county.zone)
    said = recording.own_month(turn.tx, turn.county, turn.person, month, int(page))
    menu.show_aside(turn, said)


def complete(turn: Turn) -> None:
    """``hours:complete:202611``: nothing is missing."""
    month = record_notices.month_in(turn.tapped.rpartition(":")[2])
    recording.complete(turn.tx, turn.person, month)
    turn.toast = text(N_("Thank you!"))
    if turn.on_screen:
        menu.show_aside(turn, recording.own_month(turn.tx, turn.county, turn.person, month))


def show_line(turn: Turn) -> None:
    menu.show_aside(turn, recording.own_line(turn.tx, turn.county, turn.person, turn.tapped_number))


def ask_time(turn: Turn) -> None:
    menu.show_aside(turn, record_notices.ask_time(_own(turn), turn.county))


def ask_people(turn: Turn) -> None:
    menu.show_aside(turn, record_notices.ask_people(_own(turn), turn.county))


def ask_km(turn: Turn) -> None:
    menu.show_aside(turn, record_notices.ask_km(_own(turn), turn.county))


def ask_drop(turn: Turn) -> None:
    menu.show_aside(turn, record_notices.ask_drop(_own(turn), turn.county))


def set_minutes(turn: Turn) -> None:
    """``hours:min90:12``"""
    record = closing.correct_line(
        turn.tx, turn.county, turn.person, turn.tapped_number, minutes=_value(turn, "min")
    )
    menu.show_aside(turn, record_notices.ask_time(record, turn.county))


def set_people(turn: Turn) -> None:
    """``hours:set:2:1:12``: two adults and a child."""
    _, _, adults, children, _ = turn.tapped.split(":")
    record = closing.correct_line(
        turn.tx,
        turn.county,
        turn.person,
        turn.tapped_number,
        helped=(int(adults), int(children)),
    )
    menu.show_aside(turn, record_notices.ask_people(record, turn.county))


def set_km(turn: Turn) -> None:
    """``hours:km20:12``"""
    record = closing.correct_line(
        turn.tx, turn.county, turn.person, turn.tapped_number, km=_value(turn, "km")
    )
    menu.show_aside(turn, record_notices.ask_km(record, turn.county))


def drop(turn: Turn) -> None:
    record = closing.drop_line(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("The line is deleted."))
    menu.show_aside(turn, recording.own_month(turn.tx, turn.county, turn.person, record.month))


def _value(turn: Turn, verb: str) -> int:
    return int(turn.tapped.split(":")[1].removeprefix(verb))


def _own(turn: Turn) -> Record:
    return recording.require_open(turn.tx, turn.person, turn.tapped_number)
