"""The activity record: what a volunteer did, when and where, and never for whom."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.county import LifeArea


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
