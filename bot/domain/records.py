"""The activity record: what a volunteer did, when and where, and never for whom."""

from dataclasses import dataclass
from enum import StrEnum

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
