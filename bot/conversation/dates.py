"""Days on a paper: when somebody was appointed, until when, when something was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.conversation import written
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NOT_A_DAY
from bot.conversation.replies import Reply, Typed
from bot.messages import B_, N_, Day, Json, Param, text

NOT_YET = N_("This day is still to come. Please write a day up to today.")
NOT_BEFORE = N_("Please write a day after {day}.")
FROM_THEN_ON = N_("Please write a day from {day} on, at most one year later.")


@dataclass(frozen=True, slots=True)
class DayOnPaper:
    """A written day, or today. ``past``: it has been seen or done, so it can't be to come.

    ``after``: the question whose day it must come after; there is no "today" then, but the end of
    that year.
    """

    past: bool = False
    after: str = ""
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        if not self.after:
            return [
                Choice("today", text(B_("📅 Today, {day}"), day=Day(_today(scene).isoformat())))
            ]
        first = self._first(given)
        if first is None:
            return []
        return [Choice("end", text(B_("📅 {day}"), day=Day(_end_of_year(first).isoformat())))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        first = self._first(given)
        day = _today(scene) if key == "today" or first is None else _end_of_year(first)
        return day.isoformat()

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        day = written.day(reply.text, _today(scene)) if isinstance(reply, Typed) else None
        if day is None:
            raise Retry(NOT_A_DAY, example=written.day_as_written(_today(scene)))
        if self.past and day > _today(scene):
            raise Retry(NOT_YET)
        first = self._first(given)
        if first is not None and day < first:
            raise Retry(NOT_BEFORE, day=Day(first.isoformat()))
        return day.isoformat()

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(answer)
        if day is None or (self.past and day > _today(scene)):
            return False
        first = self._first(given)
        return first is None or day >= first

    def show(self, answer: Json, scene: Scene) -> Param:
        return Day(str(answer))

    def _first(self, given: Answers) -> date | None:
        return written.day_from_iso(given.get(self.after)) if self.after else None


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of what begins on the day answered under ``first``: some weeks of it, or a
    written day."""

    first: str
    longest_days: int = 366
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        first = written.day_from_iso(given.get(self.first))
        if first is None:
            return []
        lasts = [(first + timedelta(days=7 * weeks - 1)).isoformat() for weeks in (1, 2, 3)]
        return [Choice(iso, text(B_("📅 {day}"), day=Day(iso))) for iso in lasts]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        day = written.day(reply.text, _today(scene)) if isinstance(reply, Typed) else None
        if day is None:
            raise Retry(NOT_A_DAY, example=written.day_as_written(_today(scene)))
        first = written.day_from_iso(given.get(self.first))
        if first is not None and not self._fits(first, day):
            raise Retry(FROM_THEN_ON, day=Day(first.isoformat()))
        return day.isoformat()

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(answer)
        first = written.day_from_iso(given.get(self.first))
        return day is not None and (first is None or self._fits(first, day))

    def show(self, answer: Json, scene: Scene) -> Param:
        return Day(str(answer))

    def _fits(self, first: date, day: date) -> bool:
        return first <= day <= first + timedelta(days=self.longest_days)


def _today(scene: Scene) -> date:
    return datetime.fromtimestamp(scene.now, scene.zone).date()


def _end_of_year(day: date) -> date:
    return date(day.year, 12, 31)
