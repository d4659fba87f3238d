"""Which volunteers a coordinator wants to see: filters that are combined, and hold in a button."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.county import County
from bot.domain.people import Mark, Part, Volunteer, understood
from bot.domain.places import Place, road_km


class Stand(StrEnum):
    """How a volunteer stands. ``READY``: can be asked today. ``NEW``: waits for approval."""

    READY = "ready"
    PAUSED = "paused"
    UNAPPOINTED = "unappointed"
    NEW = "new"
    BLOCKED = "blocked"


_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Sieve:
    """Everything empty: everybody.

    ``place``: the number of a place in the county's list; who lives within reach of it. ``day``:
    ``20270118``; who is free then. ``stand``: a :class:`Stand`.
    """

    language: str = ""
    skill: str = ""
    place: str = ""
    day: str = ""
    stand: str = ""

    @property
    def code(self) -> str:
        """What a button carries: ``ar.doctor.12.20270118.ready``."""
        return ".".join((self.language, self.skill, self.place, self.day, self.stand))

    @classmethod
    def of(cls, code: str) -> "Sieve":
        """The filters of :attr:`code`; what it does not know is left out."""
        words = code.split(".")
        return cls(*words) if len(words) == _FIELDS else cls()

    def with_(self, name: str, value: str) -> "Sieve":
        """One filter set, or (empty) taken away. Raises ``TypeError`` for an unknown name."""
        return replace(self, **{name: value})

    def place_in(self, county: County) -> Place | None:
        """The place that was chosen; None if there is none with that number."""
        number = int(self.place) if self.place.isdecimal() else len(county.places)
        return county.places[number] if number < len(county.places) else None

    def on(self) -> date | None:
        """The day that was chosen."""
        digits = self.day
        try:
            return date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Facts:
    """What else counts: *today*, the volunteers who have a task on the chosen day, and who is
    blocked."""

    today: date
    busy: Collection[int] = ()
    blocked: Collection[int] = ()


def passes(sieve: Sieve, volunteer: Volunteer, county: County, facts: Facts) -> bool:
    """Does every filter let this volunteer through?"""
    profile = volunteer.profile
    if sieve.language and understood(sieve.language).isdisjoint(profile.languages):
        return False
    if sieve.skill and sieve.skill not in profile.skills:
        return False
    there, day = sieve.place_in(county), sieve.on()
    if there is not None and not _reaches(volunteer, there, county):
        return False
    if day is not None and not _free(volunteer, day, facts):
        return False
    return not sieve.stand or sieve.stand == stand_of(volunteer, facts)


def stand_of(volunteer: Volunteer, facts: Facts) -> Stand:
    """The one thing a coordinator should know first."""
    if not volunteer.active:
        return Stand.NEW
    if volunteer.person_id in facts.blocked:
        return Stand.BLOCKED
    if not volunteer.papers.appointed(facts.today):
        return Stand.UNAPPOINTED
    return Stand.PAUSED if volunteer.paused(facts.today) else Stand.READY


def _reaches(volunteer: Volunteer, there: Place, county: County) -> bool:
    """As matching has it: who has not said where they live may come from anywhere."""
    home = county.place(volunteer.profile.place)
    return home is None or road_km(home, there) <= volunteer.profile.reach_km


def _free(volunteer: Volunteer, day: date, facts: Facts) -> bool:
    """Neither a pause nor a task, and some part of the day is not marked "never"."""
    if volunteer.paused(day) or volunteer.person_id in facts.busy:
        return False
    marks = volunteer.profile.times
    return any(marks.get((day.weekday(), part)) is not Mark.NEVER for part in Part)
