"""Figures: what became of requests, without anybody they were about, and how they are counted.

Pure: what is counted comes in, numbers go out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import TypeVar

from bot.domain.appointments import Outcome
from bot.domain.people import understood
from bot.domain.requests import State
from bot.domain.verdicts import Why

_S = TypeVar("_S", bound=str)


class End(StrEnum):
    """What became of a request, in the order it is shown. ``HELPED``: somebody comes, or came.

    ``OPEN``: nobody has said yes so far. ``DROPPED``: it was not needed any more.
    """

    HELPED = "helped"
    OPEN = "open"
    REFERRED = "referred"
    DROPPED = "dropped"
    UNMET = "unmet"


class Reason(StrEnum):
    """Why a request got no volunteer's help. The first ones: nobody was found, and the rule that
    ruled out most volunteers; ``NOBODY``: which one is not known."""

    LANGUAGE = "language"
    SKILL = "skill"
    TIME = "time"
    DISTANCE = "distance"
    GENDER = "gender"
    CHILDREN = "children"
    SAID_NO = "said_no"
    NOBODY = "nobody"
    ABSENT = "absent"
    NO_SHOW = "no_show"
    MOVED = "moved"
    REFERRED = "referred"
    CANCELLED = "cancelled"
    SOLVED = "closed_solved"
    UNREACHED = "closed_unreached"
    TWICE = "closed_twice"
    NOT_OURS = "closed_not_ours"
    CLOSED = "closed"


_REASONS: Mapping[str, Reason] = {reason.value: reason for reason in Reason}
_BY_RULE: Mapping[Why, Reason] = {
    Why.NO_COMMON_LANGUAGE: Reason.LANGUAGE,
    Why.NO_SKILL: Reason.SKILL,
    Why.GENDER: Reason.GENDER,
    Why.CHILDREN: Reason.CHILDREN,
    Why.TOO_FAR: Reason.DISTANCE,
    Why.PAUSED: Reason.TIME,
    Why.NEVER_THEN: Reason.TIME,
    Why.BUSY: Reason.TIME,
    Why.WEEK_FULL: Reason.TIME,
    Why.ASKED_BEFORE: Reason.SAID_NO,
}
#: With every other reason there was no help though somebody needed it.
_ENDS: Mapping[str, End] = {
    Reason.REFERRED: End.REFERRED,
    Reason.CANCELLED: End.DROPPED,
    Reason.SOLVED: End.DROPPED,
    Reason.TWICE: End.DROPPED,
}
_NOT_MET: Mapping[str, Reason] = {
    Outcome.ABSENT: Reason.ABSENT,
    Outcome.NO_SHOW: Reason.NO_SHOW,
    Outcome.MOVED: Reason.MOVED,
}


def shortage(excluded: Mapping[Why, int]) -> Reason:
    """What was missing where nobody was left to ask: the rule that excluded most volunteers.

    Who can't be asked for anything (not appointed, can't be reached) says nothing about that.
    """
    counts = Counter[Reason]()
    for why, number in excluded.items():
        if why in _BY_RULE:
            counts[_BY_RULE[why]] += number
    most = max(counts.values(), default=0)
    return next((reason for reason in Reason if most and counts[reason] == most), Reason.NOBODY)


def reason_of(state: State, *, outcome: str = "", closed: str = "", short_of: str = "") -> str:
    """Why there was no help, as the figures keep it (a :class:`Reason`); empty: there was, or it
    is not over.

    *outcome*: what the volunteer said of the appointment. *closed*: why the office closed it.
    *short_of*: what :func:`shortage` said when nobody was left to ask.
    """
    if state is State.DONE:
        return _NOT_MET.get(outcome, "")
    if state is State.CANCELLED:
        return Reason.CANCELLED
    if state is State.REFERRED:
        return Reason.REFERRED
    if state is State.MISSED or (state is State.CLOSED and closed == "nobody"):
        return short_of or Reason.NOBODY
    if state is State.CLOSED:
        return _REASONS.get(f"closed_{closed}", Reason.CLOSED)
    return ""


def end_of(reason: str) -> End:
    """What became of a request that got no help for this reason."""
    return _ENDS.get(reason, End.UNMET)


@dataclass(frozen=True, slots=True)
class Figure:
    """One request without its person.

    ``filed_on``: the day it came in, in the county's time. ``municipality``: a town or
    municipality, never a part of one; empty: not said, or no place of the county's list.
    ``reason``: why there was no help (:class:`Reason`), else empty. ``seconds_to_yes``: from coming
    in to a volunteer's first yes; None: there was none.
    """

    filed_on: date
    category: str
    group: str
    language: str
    municipality: str
    how: str
    weekly: bool
    state: State
    reason: str
    seconds_to_yes: int | None

    @property
    def end(self) -> End:
        if self.reason:
            return end_of(self.reason)
        return End.HELPED if self.state in (State.ASSIGNED, State.DONE) else End.OPEN


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day; whole months."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> list[str]:
        """``"2026-11"``, each month of it."""
        month, found = self.first.replace(day=1), list[str]()
        while month <= self.last:
            found.append(f"{month:%Y-%m}")
            month = _month_after(month)
        return found

    @property
    def weeks(self) -> list[date]:
        """The Mondays of its weeks; the first one may lie before it."""
        monday, found = monday_of(self.first), list[date]()
        while monday <= self.last:
            found.append(monday)
            monday += timedelta(days=7)
        return found


class Span(StrEnum):
    """A period as people say it."""

    MONTH = "month"
    BEFORE = "before"
    QUARTER = "quarter"
    YEAR = "year"
    TWELVE = "twelve"

    def around(self, today: date) -> Period:
        """The one that *today* is in (``BEFORE``: the month before); to its last day, so that a
        picture made tomorrow is of the same time."""
        month = today.replace(day=1)
        match self:
            case Span.MONTH:
                first, months = month, 1
            case Span.BEFORE:
                first, months = _months_before(month, 1), 1
            case Span.QUARTER:
                first, months = month.replace(month=3 * ((month.month - 1) // 3) + 1), 3
            case Span.YEAR:
                first, months = month.replace(month=1), 12
            case Span.TWELVE:
                first, months = _months_before(month, 11), 12
        end = first
        for _ in range(months):
            end = _month_after(end)
        return Period(first, end - timedelta(days=1))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _months_before(month: date, months: int) -> date:
    for _ in range(months):
        month = (month - timedelta(days=1)).replace(day=1)
    return month


# --- counting -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Speed:
    """Of so many requests with a yes, half had it within ``half`` seconds, nine of ten within
    ``most``."""

    number: int
    half: int
    most: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one volunteer did in a period. ``name``: a first name, may be empty."""

    name: str
    tasks: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a period. Mappings by count: the largest first.

    ``weeks``: by Monday, every week of the period; ``months``: by ``"2026-11"``, each of them.
    ``offered``: volunteers active now, by the language they understand. ``load``: most tasks first.
    """

    period: Period
    requests: int
    ends: Mapping[End, int]
    weeks: Mapping[date, Mapping[End, int]]
    months: Mapping[str, Mapping[End, int]]
    speed: Speed | None
    speeds: Mapping[str, Speed | None]
    reasons: Mapping[str, int]
    asked: Mapping[str, int]
    offered: Mapping[str, int]
    places: Mapping[str, int]
    categories: Mapping[str, int]
    load: Sequence[Load]


def counted(
    period: Period,
    figures: Iterable[Figure],
    *,
    spoken: Iterable[Collection[str]],
    load: Iterable[Load],
) -> Figures:
    """The numbers of *period*; figures of other days don't count. *spoken*: the languages of each
    active volunteer."""
    inside = [each for each in figures if period.has(each.filed_on)]
    weeks = {monday: Counter[End]() for monday in period.weeks}
    months = {month: Counter[End]() for month in period.months}
    waits: dict[str, list[int]] = {month: [] for month in period.months}
    for each in inside:
        month = f"{each.filed_on:%Y-%m}"
        weeks[monday_of(each.filed_on)][each.end] += 1
        months[month][each.end] += 1
        if each.seconds_to_yes is not None:
            waits[month].append(each.seconds_to_yes)
    asked = _largest_first(each.language for each in inside)
    return Figures(
        period=period,
        requests=len(inside),
        ends=_largest_first(each.end for each in inside),
        weeks=weeks,
        months=months,
        speed=speed_of([wait for found in waits.values() for wait in found]),
        speeds={month: speed_of(found) for month, found in waits.items()},
        reasons=_largest_first(each.reason for each in inside if each.reason),
        asked=asked,
        offered=_offered(asked, spoken),
        places=_largest_first(each.municipality for each in inside),
        categories=_largest_first(each.category for each in inside),
        load=sorted(load, key=lambda one: (-one.tasks, -one.minutes, one.name)),
    )


def speed_of(seconds: Sequence[int]) -> Speed | None:
    """None without any. Nine of ten: the nearest rank, so it is one that really happened."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    ninth = -(-9 * len(ordered) // 10)
    return Speed(len(ordered), int(median(ordered)), ordered[ninth - 1])


def _offered(asked: Iterable[str], spoken: Iterable[Collection[str]]) -> dict[str, int]:
    """How many volunteers understand each language that was asked for or is spoken."""
    speakers = list(spoken)
    codes = {*asked, *(code for languages in speakers for code in languages)} - {""}
    return _largest_first(
        code
        for code in codes
        for languages in speakers
        if not understood(code).isdisjoint(languages)
    )


def _largest_first(things: Iterable[_S]) -> dict[_S, int]:
    counts = Counter(things)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
