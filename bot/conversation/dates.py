"""Days on a paper: when somebody was appointed, until when, when something was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.conversation import written
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NOT_A_DAY
from bot.conversation.replies import Reply, Typed
from bot.messages import B_, N_, Day, Json, Param, text

NOT_YET = N_("This day is still to come. Please write a day up to today.")
NOT_BEFORE = N_("Please write a day after {day}.")

_EXAMPLE = "31.12.2026"


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
            raise Retry(NOT_A_DAY, example=_EXAMPLE)
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


def _today(scene: Scene) -> date:
    return datetime.fromtimestamp(scene.now, scene.zone).date()


def _end_of_year(day: date) -> date:
    return date(day.year, 12, 31)
