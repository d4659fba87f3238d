"""The people in the system. One person can be several of these; roles are data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

#: What may stand before a first name in the office's list.
_TITLES = frozenset({"Dr.", "Prof.", "Frau", "Herr"})

#: "Kurdisch" and "Farsi" in an office's list name two languages each (macrolanguages, by their
#: ISO 639-2 codes): the volunteer is asked which.
TWO_IN_ONE: Mapping[str, tuple[str, ...]] = {"kur": ("kmr", "ckb"), "fas": ("fa", "prs")}

#: Persian and Dari are one language with some other words: their speakers understand each other.
#: (The two Kurdish languages do not: Kurmanji and Sorani stand apart.)
_ALSO_UNDERSTOOD: Mapping[str, frozenset[str]] = {
    "fa": frozenset({"prs", "fas"}),
    "prs": frozenset({"fa", "fas"}),
}


def understood(language: str) -> frozenset[str]:
    """The languages a volunteer may speak to be understood by who speaks *language*."""
    return frozenset({language}) | _ALSO_UNDERSTOOD.get(language, frozenset())


class Role(StrEnum):
    """``LEAD``: a coordinator who also manages the others, the county's texts and what leaves the
    office. ``READER``: sees what coordinators see and changes nothing. ``REFERRER``: files for
    clients (a social worker, an advice centre, a school)."""

    COORDINATOR = "coordinator"
    LEAD = "lead"
    READER = "reader"
    REFERRER = "referrer"
    VOLUNTEER = "volunteer"


def with_what_it_implies(role: Role) -> frozenset[Role]:
    """The roles that somebody gets with *role*: who leads coordinates, too."""
    return frozenset({role, Role.COORDINATOR}) if role is Role.LEAD else frozenset({role})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed to be kept, or was entered by the office.

    ``chat_id`` is None without Telegram. ``also`` are the other languages they understand, None if
    they were never asked. ``via``: who hears in their place (the referrer who filed for them);
    ``chat_id`` is then theirs.
    """

    id: int
    chat_id: int | None
    name: str
    roles: frozenset[Role] = frozenset()
    also: tuple[str, ...] | None = None
    via: int | None = None

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def first_name(self) -> str:
        """What the other side hears: "Anna" of "Dr. Anna Vogt" and of "Vogt, Anna Lena"."""
        family, _, given = self.name.partition(",")
        words = given.split() or family.split()
        return next((word for word in words if word not in _TITLES), self.name)


# --- volunteers ---------------------------------------------------------------------------------


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"


class Level(StrEnum):
    """How well a volunteer speaks a language; ``SOME`` is enough for daily things."""

    WELL = "well"
    SOME = "some"


class Travel(StrEnum):
    CAR = "car"
    BUS = "bus"


#: How far somebody goes who has not said it (km by road): buses are slow and rare in the county.
USUAL_REACH: Mapping[Travel, int] = {Travel.CAR: 30, Travel.BUS: 15}


class Part(StrEnum):
    """A part of the day, from its hour to that of the next; the evening ends at midnight."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


PART_BEGINS: Mapping[Part, int] = {Part.MORNING: 0, Part.AFTERNOON: 12, Part.EVENING: 17}


class Mark(StrEnum):
    """What a volunteer says about a time of the week. No mark means "ask me"."""

    GOOD = "good"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Papers:
    """Dates on file (ISO; None: not seen yet). The documents themselves are never kept."""

    appointed_on: str | None = None
    appointed_until: str | None = None
    instructed_on: str | None = None
    certificate_on: str | None = None

    def appointed(self, day: date) -> bool:
        """Is the appointment in force on *day*? Without an end it holds until it is revoked."""
        if self.appointed_on is None or self.appointed_on > day.isoformat():
            return False
        return self.appointed_until is None or self.appointed_until >= day.isoformat()

    def in_order_for_children(self, day: date) -> bool:
        """Appointed, instructed, and a certificate of conduct seen in the last five years."""
        if not self.appointed(day) or self.instructed_on is None:
            return False
        return self.certificate_until is not None and day <= self.certificate_until

    @property
    def certificate_until(self) -> date | None:
        """The last day on which the certificate of conduct counts."""
        if self.certificate_on is None:
            return None
        return date.fromisoformat(self.certificate_on) + timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a volunteer has said about themselves: plain coded facts, no name.

    ``times``: (weekday, 0 is Monday; part of the day) -> mark. ``quiet``: from when to when
    (``"20:00"``, ``"08:00"``) nothing but what is urgent is sent. ``place`` is a name of the
    county's list; empty: not said. ``weekly_cap``: tasks a week; None: no limit. ``only_places``:
    names of the county's list, a town with all that belongs to it; empty: wherever it is near.
    """

    languages: Mapping[str, Level] = field(default_factory=dict[str, Level])
    skills: frozenset[str] = frozenset()
    place: str = ""
    travel: Travel = Travel.BUS
    reach_km: int = USUAL_REACH[Travel.BUS]
    times: Mapping[tuple[int, Part], Mark] = field(default_factory=dict[tuple[int, Part], Mark])
    gender: Gender | None = None
    quiet: tuple[str, str] = ("20:00", "08:00")
    weekly_cap: int | None = None
    only_places: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Holiday:
    """From the first to the last day (ISO) somebody is away. ``id``: 0 before it is kept."""

    first: str
    last: str
    id: int = 0

    def covers(self, day: date) -> bool:
        return self.first <= day.isoformat() <= self.last


@dataclass(frozen=True, slots=True)
class Volunteer:
    """A volunteer as matching knows them.

    ``active``: approved by a coordinator and not ended. ``paused_until``: the first day (ISO) they
    are there again. ``holidays``: breaks they have said beforehand, the next one first.
    """

    person_id: int
    profile: Profile = Profile()
    papers: Papers = Papers()
    active: bool = False
    paused_until: str | None = None
    holidays: tuple[Holiday, ...] = ()

    def paused(self, day: date) -> bool:
        """Away on *day*, for a break that has begun or for holidays."""
        return self.back_on(day) is not None

    def back_on(self, day: date) -> str | None:
        """Who is away on *day*: the first day (ISO) they are there again; None: they are there.

        A break and holidays that follow each other are one.
        """
        back = day
        while (then := self._ends_after(back)) is not None:
            back = then
        return None if back == day else back.isoformat()

    def _ends_after(self, day: date) -> date | None:
        if self.paused_until is not None and day.isoformat() < self.paused_until:
            return date.fromisoformat(self.paused_until)
        lasts = [one.last for one in self.holidays if one.covers(day)]
        return date.fromisoformat(max(lasts)) + timedelta(days=1) if lasts else None
