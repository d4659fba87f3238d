"""/hours: what a volunteer did, month by month; to be corrected, completed and added to."""

from collections.abc import Mapping

from bot.conversation.flow import Answers, Flow
from bot.conversation.past import PastDay
from bot.domain.errors import Refused
from bot.domain.records import Record, is_month, month_of
from bot.messages import N_, Json, Message, message, text
from bot.usecases import closing, profiles, record_asking, record_notices, record_words, recording
from handlers.common import done_tasks, menu
from handlers.common.done_tasks import closed_months, facts_in, whole
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn

OWN_TASK = "own_task"
OWN_KM = "own_km"

FLOW = Flow(
    OWN_TASK,
    asks=done_tasks.task_asks(PastDay("closed")),
    summary=done_tasks.SUMMARY,
    confirm=done_tasks.SAVE,
    facts=("closed", "home"),
)
KM_FLOW = Flow(OWN_KM, asks=(done_tasks.KM,), facts=("record",))


def finish(turn: Turn, answers: Answers) -> Message:
    record, overlapping = recording.add_own(
        turn.tx, turn.county, turn.person, facts_in(answers, turn.scene)
    )
    return record_notices.added(record, turn.county, overlapping=overlapping)


def finish_km(turn: Turn, answers: Answers) -> Message:
    """Corrected, or they hear at once why not."""
    record_id, km = whole(answers, "record"), whole(answers, "km")
    try:
        record = closing.correct_line(turn.tx, turn.county, turn.person, record_id, km=km)
    except Refused as refused:  # raised, it would leave them in the flow
        return message(words_for(refused.code, turn.county))
    return record_notices.corrected(record, turn.county)


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
    month = record_words.month_in(number)
    if not is_month(month):
        month = month_of(turn.tx.now, turn.county.zone)
    said = recording.own_month(turn.tx, turn.county, turn.person, month, int(page))
    menu.show_aside(turn, said)


def complete(turn: Turn) -> None:
    """``hours:complete:202611``: nothing is missing."""
    month = record_words.month_in(turn.tapped.rpartition(":")[2])
    record_asking.complete(turn.tx, turn.person, month)
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
    turn.toast = text(N_("The entry is deleted."))
    menu.show_aside(turn, recording.own_month(turn.tx, turn.county, turn.person, record.month))


def _value(turn: Turn, verb: str) -> int:
    return int(turn.tapped.split(":")[1].removeprefix(verb))


def _own(turn: Turn) -> Record:
    return recording.require_open(turn.tx, turn.person, turn.tapped_number)
