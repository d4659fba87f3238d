"""/records: a month of what volunteers did, looked through and closed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.conversation.flow import Answers, Ask, Flow, Scene
from bot.conversation.past import PastDay
from bot.conversation.readers import Words
from bot.domain.records import is_month, month_after, month_of
from bot.messages import N_, Json, Message, text
from bot.storage import people, records, volunteers
from bot.usecases import record_months, record_views, record_words, recording
from handlers.common.done_tasks import (
    ADULTS,
    CHILDREN,
    HOW_LONG,
    KM,
    SAVE,
    SUMMARY,
    closed_months,
    facts_in,
    task_asks,
    whole,
)
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

CORRECT, ADD, DROP = "record_correct", "record_add", "record_drop"
#: The card of all these screens.
CARD = "records"

_WHY = N_("This month is closed. Why is it changed? The reason stays on file.")
_LONGEST_REASON = 300


def _is_closed(_: Scene, given: Answers) -> bool:
    return given.get("is_closed") is True


def _day_is_closed(_: Scene, given: Answers) -> bool:
    closed = given.get("closed")
    return isinstance(closed, list) and str(given.get("day"))[:7] in closed


CORRECT_FLOW = Flow(
    CORRECT,
    asks=(
        HOW_LONG,
        ADULTS,
        CHILDREN,
        KM,
        Ask("reason", _WHY, Words(_LONGEST_REASON), name=N_("Reason"), where=_is_closed),
    ),
    summary=N_("<b>Correct an entry</b>. Is this right?"),
    confirm=SAVE,
    facts=("record", "is_closed"),
)
ADD_FLOW = Flow(
    ADD,
    asks=(
        *task_asks(PastDay()),
        Ask("reason", _WHY, Words(_LONGEST_REASON), name=N_("Reason"), where=_day_is_closed),
    ),
    summary=SUMMARY,
    confirm=SAVE,
    facts=("volunteer", "assignment", "language", "closed", "home"),
)
DROP_FLOW = Flow(
    DROP,
    asks=(Ask("reason", _WHY, Words(_LONGEST_REASON)),),
    facts=("record",),
)


def finish_correcting(turn: Turn, answers: Answers) -> Message:
    record = record_months.correct(
        turn.tx,
        turn.person,
        whole(answers, "record"),
        minutes=whole(answers, "minutes"),
        helped=(whole(answers, "adults"), whole(answers, "children")),
        km=whole(answers, "km"),
        reason=_reason(answers),
    )
    return record_views.changed(record, turn.county)


def finish_adding(turn: Turn, answers: Answers) -> Message:
    """For a volunteer, or for one of their appointments."""
    assignment_id = whole(answers, "assignment")
    facts, reason = facts_in(answers, turn.scene), _reason(answers)
    if assignment_id:
        facts = replace(facts, language=str(answers.get("language") or ""))
        record = record_months.note_task(
            turn.tx, turn.county, turn.person, assignment_id, facts, reason
        )
    else:
        volunteer_id = whole(answers, "volunteer")
        record = record_months.add(turn.tx, turn.county, turn.person, volunteer_id, facts, reason)
    return record_views.changed(record, turn.county, new=True)


def finish_dropping(turn: Turn, answers: Answers) -> Message:
    record = record_months.drop(turn.tx, turn.person, whole(answers, "record"), _reason(answers))
    return record_views.dropped(record)


def _reason(answers: Answers) -> str:
    reason = answers.get("reason")
    return reason if isinstance(reason, str) else ""


class Records:
    """Handlers that begin conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def correct(self, turn: Turn) -> None:
        record = recording.require(turn.tx, turn.tapped_number)
        record_months.require_may_change(turn.tx, turn.person, record)
        given: Mapping[str, Json] = {
            "record": record.id,
            "is_closed": records.is_closed(turn.tx, record.month),
            "minutes": record.minutes,
            "adults": record.adults,
            "children": record.children,
            "km": record.km,
        }
        self._talk.begin(turn, CORRECT, given, afresh=True)

    def add(self, turn: Turn) -> None:
        """``record:add:7``: for a volunteer who can't do it here."""
        person = people.find(turn.tx, turn.tapped_number)
        known = None if person is None else volunteers.find(turn.tx, person.id)
        given: Mapping[str, Json] = {
            "volunteer": turn.tapped_number,
            "closed": closed_months(turn),
            "home": "" if known is None else known.profile.place,
        }
        self._talk.begin(turn, ADD, given, afresh=True)

    def note(self, turn: Turn) -> None:
        """``record:note:7``: an appointment that took place, with everything filled in."""
        volunteer_id, facts = record_months.guess(
            turn.tx, turn.county, turn.person, turn.tapped_number
        )
        begins = datetime.fromtimestamp(facts.starts_at, turn.county.zone)
        given: Mapping[str, Json] = {
            "volunteer": volunteer_id,
            "assignment": turn.tapped_number,
            "language": facts.language,
            "closed": closed_months(turn),
            "home": facts.place,
            "day": begins.date().isoformat(),
            "time": begins.strftime("%H:%M"),
            "minutes": (facts.ends_at - facts.starts_at) // 60,
            "kind": facts.category,
            "place": facts.place or None,
            "adults": facts.adults,
            "children": facts.children,
            "km": facts.km,
        }
        self._talk.begin(turn, ADD, given, afresh=True)

    def drop(self, turn: Turn) -> None:
        """In a closed month only with a reason."""
        record = recording.require(turn.tx, turn.tapped_number)
        record_months.require_may_change(turn.tx, turn.person, record)
        if records.is_closed(turn.tx, record.month):
            self._talk.begin(turn, DROP, {"record": record.id}, afresh=True)
            return
        person = people.find(turn.tx, record.volunteer_id)
        name = "" if person is None else person.name
        views.show(turn, record_views.ask_drop(record, turn.county, name), CARD)


def dropped(turn: Turn) -> None:
    record = record_months.drop(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, record_views.dropped(record), CARD)


def overview(turn: Turn) -> None:
    """/records, /records 2026-11; without a month the last one, which is to be closed next."""
    written = turn.written.partition(" ")[2].strip()
    last = month_after(month_of(turn.tx.now, turn.county.zone), -1)
    _show_month(turn, written if is_month(written) else last)


def page(turn: Turn) -> None:
    """``record:page:0:202611``"""
    _, _, number, month = turn.tapped.split(":")
    _show_month(turn, record_words.month_in(month), int(number))


def of_volunteer(turn: Turn) -> None:
    """``record:of:7:202611``, ``record:part:1:7:202611``"""
    *rest, volunteer_id, month = turn.tapped.split(":")
    number = int(rest[2]) if len(rest) > 2 else 0
    _show_volunteer(turn, int(volunteer_id), record_words.month_in(month), number)


def of_task(turn: Turn) -> None:
    """``record:task:7``: the line of an appointment, in private."""
    said = record_months.of_task(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.show(turn, said, CARD)


def line(turn: Turn) -> None:
    said = record_months.line(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.show(turn, said, CARD)


def check(turn: Turn) -> None:
    """``record:check:7:202611``: on to the next volunteer, or back to the month."""
    _, _, volunteer_id, number = turn.tapped.split(":")
    month = record_words.month_in(number)
    after = record_months.check(turn.tx, turn.person, int(volunteer_id), month)
    if after is None:
        turn.toast = text(N_("All records of this month are checked."))
        _show_month(turn, month)
    else:
        turn.toast = text(N_("Checked. Here is the next one."))
        _show_volunteer(turn, after, month)


def ask_to_close(turn: Turn) -> None:
    """``record:close:202611``"""
    month = record_words.month_in(turn.tapped.rpartition(":")[2])
    said = record_months.ask_to_close(turn.tx, turn.county, turn.person, month)
    views.show(turn, said, CARD)


def close(turn: Turn) -> None:
    """``record:closed:202611``"""
    month = record_words.month_in(turn.tapped.rpartition(":")[2])
    record_months.close(turn.tx, turn.county, turn.person, month)
    _show_month(turn, month)


def choose_volunteer(turn: Turn) -> None:
    """``record:who:0:202611``: for whom is a task added?"""
    _, _, number, month = turn.tapped.split(":")
    said = record_months.choose_volunteer(
        turn.tx, turn.person, record_words.month_in(month), int(number)
    )
    views.show(turn, said, CARD)


def _show_month(turn: Turn, month: str, number: int = 0) -> None:
    known = month if is_month(month) else month_of(turn.tx.now, turn.county.zone)
    said = record_months.overview(turn.tx, turn.county, turn.person, known, number)
    views.show(turn, said, CARD)


def _show_volunteer(turn: Turn, volunteer_id: int, month: str, number: int = 0) -> None:
    said = record_months.of_volunteer(
        turn.tx, turn.county, turn.person, volunteer_id, month, number
    )
    views.show(turn, said, CARD)
