"""The activity record: what a volunteer did, when and where, and never for whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.county import Category, LifeArea
from bot.domain.people import Travel
from bot.domain.places import Place, road_km
from bot.domain.requests import How, Wanted

#: Nobody helps longer at a stretch, or for more people, or drives farther; more is a slip.
MOST_MINUTES = 16 * 60
MOST_PEOPLE = 99
MOST_KM = 999


class Source(StrEnum):
    """Where a line comes from: an appointment made here, a task the volunteer did otherwise, or a
    meetup they attended."""

    APPOINTMENT = "appointment"
    OWN = "own"
    MEETUP = "meetup"


class Status(StrEnum):
    """``RECORDED`` by the volunteer, ``CHECKED`` by a coordinator, ``CLOSED`` with its month: then
    it changes only with a reason."""

    RECORDED = "recorded"
    CHECKED = "checked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Record:
    """One line.

    ``starts_at``, ``ends_at``: UTC epoch seconds; a task over midnight belongs to the day and month
    it began in. ``month``: ``"2026-11"``, in the county's time. ``category``: a key of the county
    file, empty for a meetup. ``language``: a code, empty if none was needed. ``adults`` and
    ``children``: how many people were helped. ``km``: driven, both ways.
    """

    id: int
    volunteer_id: int
    source: Source
    starts_at: int
    ends_at: int
    month: str
    place: str
    category: str
    life_area: LifeArea | None
    language: str
    adults: int
    children: int
    km: int
    status: Status

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // 60


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line says; the fields are those of :class:`Record`."""

    starts_at: int
    ends_at: int
    place: str
    category: str
    life_area: LifeArea | None
    language: str
    adults: int
    children: int
    km: int


def facts_of(record: Record) -> Facts:
    return Facts(**{each.name: getattr(record, each.name) for each in fields(Facts)})


def month_of(starts_at: int, zone: ZoneInfo) -> str:
    """``"2026-11"``: the month in which something begins, by the county's clock."""
    return datetime.fromtimestamp(starts_at, zone).strftime("%Y-%m")


def month_after(month: str, by: int = 1) -> str:
    """*by* months later; earlier if it is negative."""
    year, number = (int(part) for part in month.split("-"))
    years, index = divmod(year * 12 + number - 1 + by, 12)
    return f"{years:04}-{index + 1:02}"


def is_month(words: str) -> bool:
    """``2026-11``, and not ``2026-13``."""
    return re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", words, re.ASCII) is not None


# --- guesses, for the volunteer to correct --------------------------------------------------------


def people_helped(request: Wanted, kind: Category) -> tuple[int, int]:
    """Adults and children. Where a parent asks for their child, both are helped, unless the helper
    is with the child alone."""
    if request.minor or kind.for_children:
        return 0, 1
    return (1, 1) if request.for_child else (1, 0)


def kilometres(
    home: Place | None, there: Place | None, travel: Travel, how: How, reach_km: int
) -> int:
    """There and back by car; 0 by bus, by phone, or if a place is not known.

    Who can help from afar does so where the way is longer than they go.
    """
    if home is None or there is None or travel is not Travel.CAR or how is How.PHONE:
        return 0
    way = road_km(home, there)
    if how is How.EITHER and way > reach_km:
        return 0
    return round(2 * way)


# --- sums -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    """Several lines together."""

    lines: int
    minutes: int
    adults: int
    children: int
    km: int


def summed(lines: Iterable[Record]) -> Sum:
    each = list(lines)
    return Sum(
        len(each),
        sum(line.minutes for line in each),
        sum(line.adults for line in each),
        sum(line.children for line in each),
        sum(line.km for line in each),
    )


def asked_at(month: str, zone: ZoneInfo) -> int:
    """When volunteers are asked whether *month* is complete: the 1st of the next one, at ten."""
    first = datetime.fromisoformat(f"{month_after(month)}-01T10:00")
    return int(first.replace(tzinfo=zone).timestamp())


def overlaps(facts: Facts, lines: Iterable[Record]) -> bool:
    """Is one of *lines* about the same time, in part at least?"""
    return any(line.starts_at < facts.ends_at and facts.starts_at < line.ends_at for line in lines)
