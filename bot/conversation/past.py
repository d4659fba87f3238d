"""Answers about what is over: which day, from when, and how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.conversation import written
from bot.conversation.dates import NOT_YET
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NOT_A_DAY, NOT_A_TIME
from bot.conversation.replies import Reply, Typed
from bot.messages import B_, N_, Day, Hour, Json, Param, count, text

TOO_LONG_AGO = N_("This day is too long ago. Please call the office: {phone}")
MONTH_CLOSED = N_("This month is closed. Please call the office: {phone}")
TIME_NOT_YET = N_("This time is still to come. Please choose an earlier time.")
NOT_A_NUMBER = N_("Please write a number from {least} to {most}.")

#: As on the buttons: "12 km", in the scripts of all languages.
_NUMBER = re.compile(r"(\d{1,4})(?:\s?(?:km|км|كم|کیلومتر|کیلۆمەتر)\.?)?")
_LONGEST_AGO = 365


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day up to today: buttons for the last days, or a written date.

    ``closed``: a fact with the months (``2026-11``) in which nothing can be added any more.
    """

    closed: str = ""
    offered: int = 6
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        today = _today(scene)
        near = {0: B_("Today, {day}"), 1: B_("Yesterday, {day}")}
        days = [(today - timedelta(days=ago)).isoformat() for ago in range(self.offered)]
        return [
            Choice(iso, text(near.get(ago, B_("{day}")), day=Day(iso)))
            for ago, iso in enumerate(days)
            if not self._is_closed(iso, given)
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        today = _today(scene)
        year_ago = today - timedelta(days=_LONGEST_AGO)  # "24.11." is the last one, not the next
        day = written.day(reply.text, year_ago) if isinstance(reply, Typed) else None
        phone = scene.county.office_phone
        if day is None:
            raise Retry(NOT_A_DAY, example=written.day_as_written(today))
        if day > today:
            raise Retry(NOT_YET)
        if day < year_ago:
            raise Retry(TOO_LONG_AGO, phone=phone)
        if self._is_closed(day.isoformat(), given):
            raise Retry(MONTH_CLOSED, phone=phone)
        return day.isoformat()

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(answer)
        if day is None or self._is_closed(day.isoformat(), given):
            return False
        return 0 <= (_today(scene) - day).days <= _LONGEST_AGO

    def show(self, answer: Json, scene: Scene) -> Param:
        return Day(str(answer))

    def _is_closed(self, iso: str, given: Answers) -> bool:
        closed = given.get(self.closed) if self.closed else None
        return isinstance(closed, list) and iso[:7] in closed


@dataclass(frozen=True, slots=True)
class PastTime:
    """A time, 24 hours, on the day answered under ``day``, that is over."""

    day: str
    first: int = 8
    last: int = 19
    columns: int = 3

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        hours = [f"{hour:02d}:00" for hour in range(self.first, self.last + 1)]
        return [
            Choice(hour.replace(":", ""), text(B_("{time}"), time=Hour(hour)))
            for hour in hours
            if self._is_over(hour, scene, given)
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return f"{key[:2]}:{key[2:]}"

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        hour = written.time(reply.text) if isinstance(reply, Typed) else None
        if hour is None:
            raise Retry(NOT_A_TIME, example="14:30")
        if not self._is_over(hour, scene, given):
            raise Retry(TIME_NOT_YET)
        return hour

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return (
            isinstance(answer, str)
            and written.time(answer) == answer
            and self._is_over(answer, scene, given)
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        return Hour(str(answer))

    def _is_over(self, hour: str, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(given.get(self.day))
        return day is not None and written.moment(day, hour, scene.zone) <= scene.now


@dataclass(frozen=True, slots=True)
class HowMany:
    """A number: one of a few, or written. ``forms``: how it is said."""

    offered: tuple[int, ...]
    forms: tuple[str, str]
    most: int
    least: int = 0
    columns: int = 3

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(str(one), count(self.forms, one)) for one in self.offered]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return int(key)

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        said = written.words(reply.text) if isinstance(reply, Typed) else ""
        found = _NUMBER.fullmatch(said.casefold())
        if found is None or not self.least <= int(found[1]) <= self.most:
            raise Retry(NOT_A_NUMBER, least=self.least, most=self.most)
        return int(found[1])

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        if not isinstance(answer, int) or isinstance(answer, bool):
            return False
        return self.least <= answer <= self.most

    def show(self, answer: Json, scene: Scene) -> Param:
        return count(self.forms, int(str(answer)))


def _today(scene: Scene) -> date:
    return datetime.fromtimestamp(scene.now, scene.zone).date()
