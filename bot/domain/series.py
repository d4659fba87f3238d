"""Weekly help: on which days the two meet, and which weeks are left out.

A series has one weekday and one local hour. Whatever the clocks do, the hour stays: every moment is
made of a day and an hour in the county's zone. Days are dates, moments UTC epoch seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.appointments import Side
from bot.domain.county import County
from bot.domain.holidays import public_holidays
from bot.domain.requests import number_of

_WEEK = timedelta(days=7)

#: Meetings stand in both sides' plans so many days ahead, so that reminders, overlaps and the
#: weekly cap know them.
AHEAD = timedelta(days=14)
#: A week that is left out is said so many days before.
SAID_BEFORE = timedelta(days=7)
#: When what is to be planned is planned, on the weekday of the series: people are home then.
_PLANNED_AT = time(18)
#: Whoever is looked for gets at least so long to answer (seconds).
_TO_FIND_SOMEBODY = 3 * 24 * 3600
#: A pause without an end: until the office has said how it goes on.
UNTIL_TOLD = date.max
#: Who looks for the next meeting looks so far: longer than any holidays.
_FURTHEST = 60


class SeriesState(StrEnum):
    """``TRIAL``: the first meeting is over, both are asked whether it goes on; ``SEARCHING``: for
    another volunteer."""

    TRIAL = "trial"
    ACTIVE = "active"
    SEARCHING = "searching"
    ENDED = "ended"


class Skip(StrEnum):
    """Why there is no meeting in a week; ``AWAY``: the volunteer has a break."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    PAUSE = "pause"
    AWAY = "away"


class Answer(StrEnum):
    """What one side says to "every week?"."""

    ASKED = "asked"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Change:
    """Another day and hour that one side (``by``) proposes.

    ``first_on``: the first meeting of the new kind.
    """

    first_on: date
    hour: str
    by: Side


@dataclass(frozen=True, slots=True)
class Series:
    """Help every week. It has the number of the request it began with (``request_id``).

    ``weekday``: 0 is Monday; ``hour``: local, ``"15:00"``. ``place``: where the two meet, empty if
    it is not said. ``planned_to``: up to this day it is decided whether there is a meeting;
    ``said_to``: up to this day everybody knows of the weeks that are left out. ``paused_until``:
    the first day with meetings again. ``clash_on``: the volunteer has something else that day.
    ``away_until``: the volunteer's own break ends then, ``away`` are their holidays, from the first
    to the last day (not kept here).
    """

    request_id: int
    person_id: int
    volunteer_id: int | None
    category: str
    state: SeriesState
    weekday: int
    hour: str
    minutes: int
    place: str
    planned_to: date
    said_to: date
    paused_until: date | None = None
    clash_on: date | None = None
    requester_says: Answer | None = None
    volunteer_says: Answer | None = None
    change: Change | None = None
    met: int = 0
    away_until: date | None = None
    away: tuple[tuple[date, date], ...] = ()

    @property
    def number(self) -> str:
        return number_of(self.request_id)

    @property
    def lives(self) -> bool:
        return self.state is not SeriesState.ENDED

    def says(self, side: Side) -> Answer | None:
        return self.requester_says if side is Side.REQUESTER else self.volunteer_says

    def side_of(self, person_id: int) -> Side | None:
        """On which side a person stands; None: neither."""
        if person_id == self.person_id:
            return Side.REQUESTER
        return Side.VOLUNTEER if person_id == self.volunteer_id else None


# --- days -----------------------------------------------------------------------------------------


def moment(day: date, hour: str, zone: ZoneInfo) -> int:
    """UTC epoch seconds of a local hour: the same on the clock in summer and in winter."""
    return int(datetime.combine(day, time.fromisoformat(hour), zone).timestamp())


def days_after(weekday: int, after: date) -> Iterator[date]:
    """Every *weekday* after that day, without end."""
    day = after + timedelta(days=1 + (weekday - after.weekday() - 1) % 7)
    while True:
        yield day
        day += _WEEK


def why_not(series: Series, county: County, day: date) -> Skip | None:
    """Why there is no meeting on that day; None: there is one."""
    if series.paused_until is not None and day < series.paused_until:
        return Skip.PAUSE
    if day in public_holidays(day.year, county.land):
        return Skip.PUBLIC_HOLIDAY
    kind = county.categories.get(series.category)
    if kind is not None and kind.skips_school_holidays and county.is_school_holiday(day):
        return Skip.SCHOOL_HOLIDAY
    if series.away_until is not None and day < series.away_until:
        return Skip.AWAY
    if any(first <= day <= last for first, last in series.away):
        return Skip.AWAY
    return None


def next_day(series: Series, county: County, after: date) -> date | None:
    """The first day after that one with a meeting; None: not within a year."""
    days = days_after(series.weekday, after)
    for _ in range(_FURTHEST):
        day = next(days)
        if why_not(series, county, day) is None:
            return day
    return None


def left_out_together(series: Series, county: County, first: date) -> tuple[date, date | None]:
    """*first* is left out: the last day of the weeks in a row that are, and the next meeting."""
    goes_on = next_day(series, county, first)
    return (first if goes_on is None else goes_on - _WEEK), goes_on


def first_day_to_find(series: Series, county: County, now: int) -> date | None:
    """The first meeting that somebody new can come to, with time to find them."""
    there = datetime.fromtimestamp(now + _TO_FIND_SOMEBODY, county.zone).date()
    return next_day(series, county, there)


def next_planning(weekday: int, now: int, zone: ZoneInfo) -> int:
    """The next evening of the weekday after *now*."""
    today = datetime.fromtimestamp(now, zone).date()
    for day in days_after(weekday, today - timedelta(days=1)):
        at = int(datetime.combine(day, _PLANNED_AT, zone).timestamp())
        if at > now:
            return at
    raise AssertionError("weeks never end")
