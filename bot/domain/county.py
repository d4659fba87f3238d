"""What a county decides for itself: plain dataclasses, filled by ``bot/counties/loader.py``.

A ``name`` of ours (a category, a group, an emergency number) is a source text that the catalogues
translate. The name of a place, an office or a service is German everywhere: it stands so on the
door and on letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.places import Place


class Group(StrEnum):
    """The eight pictures a person chooses from first; behind each one the categories."""

    DOCTOR = "doctor"
    OFFICE = "office"
    LETTER = "letter"
    SCHOOL = "school"
    GERMAN = "german"
    HOME = "home"
    WORK = "work"
    PEOPLE = "people"


class LifeArea(StrEnum):
    """The area of life that the activity record counts a task under."""

    HOUSING = "housing"
    ORIENTATION = "orientation"
    EDUCATION = "education"
    WORK = "work"
    COMMUNITY = "community"


class Topic(StrEnum):
    """What is never a volunteer's task: a professional is needed, and a coordinator looks at it."""

    OPERATION = "operation"
    ANAESTHESIA = "anaesthesia"
    MENTAL_HEALTH = "mental_health"
    POLICE = "police"
    COURT = "court"
    ASYLUM_HEARING = "asylum_hearing"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of help.

    ``minutes`` is how long it usually takes, ``skill`` what a volunteer has to offer for it (a
    group's key; empty: anybody can). ``gate`` lists the topics to ask about before volunteers are
    asked; empty: no question. ``for_children``: the helper is with children. ``by_phone``: it can
    be done from afar. ``skips_school_holidays``: help every week rests in the school holidays.
    ``bring``: source texts of what to bring along. ``offered``: it can be chosen; what was asked
    for before goes on all the same. ``heavy``: it can weigh on who helps, who is asked the next day
    how they are.
    """

    key: str
    name: str
    minutes: int
    group: Group
    skill: str
    life_area: LifeArea
    needs_language: bool = True
    gate: tuple[Topic, ...] = ()
    office_first: bool = False
    for_children: bool = False
    by_phone: bool = False
    skips_school_holidays: bool = False
    bring: tuple[str, ...] = ()
    offered: bool = True
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class GroupOfHelp:
    """One picture with its label (a source text) and what is offered behind it, never empty."""

    key: Group
    name: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Open on this weekday (0 is Monday) from ``"09:00"`` to ``"12:00"``."""

    weekday: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Office:
    """The office that runs the bot. No ``hours`` means that they are not known."""

    name: str
    phone: str
    language: str
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicOffice:
    """An authority people go to. What is empty is not known; ``verify``: confirm before relying."""

    key: str
    name: str
    address: str = ""
    place: str = ""
    phone: str = ""
    hours: tuple[Hours, ...] = ()
    categories: tuple[str, ...] = ()
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """Professionals for what volunteers can't do, or when there is none.

    ``topics`` it takes on; ``notice_days``: working days it has to know beforehand.
    """

    key: str
    name: str
    phone: str = ""
    hours: tuple[Hours, ...] = ()
    topics: tuple[Topic, ...] = ()
    notice_days: int = 0
    verify: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    key: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class MeetingPlace:
    """A public place or institution where two people can meet; ``place`` is the town."""

    name: str
    place: str
    address: str = ""


class Entitled(StrEnum):
    """Who gets the flat sum of a month: whose appointment is in force on any day of it, or who has
    at least one record in it."""

    APPOINTED = "appointed"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Allowance:
    """The flat sum a volunteer gets for a month, and the rule behind it in German."""

    cents: int
    rule: str = ""
    entitled: Entitled = Entitled.APPOINTED


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What stands around the office's documents, in German; what is empty has usual words.

    ``letterhead``: from top to bottom. ``funding``: who pays. ``confirms``: what the volunteer
    signs. ``signatures``: whose lines stand below it.
    """

    letterhead: tuple[str, ...] = ()
    funding: str = ""
    confirms: str = ""
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundingPeriod:
    """What one grant covers, from its first to its last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Recording:
    """Something read aloud (OGG Opus), by a person or by a ``computer``."""

    path: Path
    computer: bool = False


@dataclass(frozen=True, slots=True)
class SchoolHolidays:
    """From the first to the last day without school."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class County:
    """``land`` is the code of the Land whose public holidays hold, as in :mod:`.holidays`.

    ``voices`` are recordings by their names: ``notice.ar``, ``language.ar``. ``photos``: a photo
    may be sent with a request. Who did not come ``no_shows`` times within ``no_show_months`` is
    talked to.
    """

    name: str
    zone: ZoneInfo
    land: str
    office: Office
    categories: Mapping[str, Category]
    groups: tuple[GroupOfHelp, ...]
    places: tuple[Place, ...] = ()
    offices: tuple[PublicOffice, ...] = ()
    services: tuple[Service, ...] = ()
    emergency: tuple[EmergencyNumber, ...] = ()
    meeting_places: tuple[MeetingPlace, ...] = ()
    allowance: Allowance = field(default=Allowance(0))
    first_request_by_office: bool = True
    photos: bool = False
    voices: Mapping[str, Recording] = field(default_factory=dict[str, Recording])
    #: So long after an appointment the two can still write to each other.
    relay_hours: int = 24
    #: A drop-out so many hours before the start, or later, needs a coordinator at once.
    late_hours: int = 24
    #: By date. They can't be computed: the Land decides them some years ahead.
    school_holidays: tuple[SchoolHolidays, ...] = ()
    no_shows: int = 3
    no_show_months: int = 6
    report: ReportPage = field(default=ReportPage())
    #: By date.
    funding_periods: tuple[FundingPeriod, ...] = ()
    #: A volunteer without a task or an answer for so long is on the list of those to write to.
    inactive_months: int = 3
    #: What the file itself marks as unsure, by the keys of the file: ``offices.jobcenter``.
    to_verify: tuple[str, ...] = ()
    #: A line of the county's own on the menu, by the code of the language it is written in.
    greeting: Mapping[str, str] = field(default_factory=dict[str, str])
    #: The file as it was read, so that it can be read again with a few things changed.
    document: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)

    @property
    def office_name(self) -> str:
        return self.office.name

    @property
    def office_phone(self) -> str:
        return self.office.phone

    @property
    def office_language(self) -> str:
        return self.office.language

    def offers(self, category: str) -> bool:
        """Can it be asked for now?"""
        kind = self.categories.get(category)
        return kind is not None and kind.offered

    def has_choice(self, group: str) -> bool:
        """There is more than one kind of help behind this picture, offered or not."""
        return sum(one.group == group for one in self.categories.values()) > 1

    def place(self, name: str) -> Place | None:
        """The place that is called exactly so."""
        return next((place for place in self.places if place.name == name), None)

    def is_school_holiday(self, day: date) -> bool:
        return any(one.first <= day <= one.last for one in self.school_holidays)

    def school_holidays_end_soon(self, today: date) -> bool:
        """A kind of help rests in them, and the list knows nothing after the next half year."""
        if not any(one.skips_school_holidays for one in self.categories.values()):
            return False
        known_to = max((one.last for one in self.school_holidays), default=today)
        return known_to < today + timedelta(days=182)

    def services_for(self, topic: Topic) -> tuple[Service, ...]:
        return tuple(service for service in self.services if topic in service.topics)

    def is_heavy(self, category: str) -> bool:
        kind = self.categories.get(category)
        return kind is not None and kind.heavy

    def needs_office_first(
        self, category: str, *, first_request: bool, for_child: bool, minor_alone: bool
    ) -> bool:
        """Does a coordinator look before volunteers are asked?

        Always where a child is concerned or a minor asks alone; no county can turn that off.
        """
        kind = self.categories[category]
        if for_child or minor_alone or kind.for_children or kind.office_first:
            return True
        return first_request and self.first_request_by_office
