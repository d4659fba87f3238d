"""What may stand in a county's file, table by table, and how a fault is put into words."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar, get_args
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import ErrorDetails

from bot.counties.kinds import BRING_NAMES
from bot.domain import holidays
from bot.domain.county import Entitled, Group, Hours, LifeArea, Topic
from bot.domain.places import Kind

_WEEKDAYS: Final = {
    name: number
    for names in ("mon tue wed thu fri sat sun", "mo di mi do fr sa so")
    for number, name in enumerate(names.split())
}
_HOURS: Final = re.compile(
    r"(?P<first>[A-Za-z]+)(?:\s*[-–]\s*(?P<last>[A-Za-z]+))?"
    r"\s+(?P<opens>\d\d:\d\d)\s*[-–]\s*(?P<closes>\d\d:\d\d)"
)
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_NAMED: Final = 20
_NOT_HOURS: Final = 'write hours like "Mon-Thu 09:00-12:00"'

#: Germany from its southernmost to its northernmost point, and from west to east.
_SOUTH, _NORTH, _WEST, _EAST = 47.2, 55.1, 5.8, 15.1


def unknown(typed: object, known: Iterable[str]) -> str:
    """Says that *typed* is none of *known*, and which of them it may be."""
    names = list(known)
    near = difflib.get_close_matches(str(typed), names, n=1)
    if near:
        return f"{typed} is not known: did you mean {near[0]}?"
    if not 0 < len(names) <= _MOST_NAMED:
        return f"{typed} is not known: correct the spelling, or add it"
    return f"{typed} is not known: write one of {', '.join(names)}"


def hours(written: object) -> tuple[Hours, ...]:
    """``Mon-Thu 09:00-12:00``, one for each day. Raises ``ValueError``."""
    found = _HOURS.fullmatch(str(written).strip())
    if found is None:
        raise ValueError(_NOT_HOURS)
    days = [
        _WEEKDAYS.get(name.lower()) for name in (found["first"], found["last"] or found["first"])
    ]
    first, last = days
    if first is None or last is None:
        raise ValueError("write weekdays as Mon, Tue, Wed, Thu, Fri, Sat, Sun")
    if not _CLOCK.fullmatch(found["opens"]) or not _CLOCK.fullmatch(found["closes"]):
        raise ValueError(_NOT_HOURS)
    if first > last or found["opens"] >= found["closes"]:
        raise ValueError("the end comes before the beginning: turn the two around")
    return tuple(Hours(day, found["opens"], found["closes"]) for day in range(first, last + 1))


def _matching(pattern: str, otherwise: str) -> AfterValidator:
    def check(written: str) -> str:
        if not re.fullmatch(pattern, written):
            raise ValueError(otherwise)
        return written

    return AfterValidator(check)


def _between(least: float, most: float, otherwise: str) -> AfterValidator:
    def check(degrees: float) -> float:
        if not least <= degrees <= most:
            raise ValueError(otherwise)
        return degrees

    return AfterValidator(check)


_S = TypeVar("_S", bound=StrEnum)


def _one_of(kind: type[_S]) -> BeforeValidator:
    def check(written: object) -> _S:
        if written not in list(kind):
            raise ValueError(unknown(written, kind))
        return kind(str(written))

    return BeforeValidator(check)


def _known(names: Iterable[str]) -> AfterValidator:
    known = list(names)

    def check(written: str) -> str:
        if written not in known:
            raise ValueError(unknown(written, filter(None, known)))
        return written

    return AfterValidator(check)


def _zone(written: str) -> str:
    if written not in available_timezones():
        raise ValueError("no such time zone: write one like Europe/Berlin")
    return written


_Line = Annotated[
    str, Field(max_length=200), _matching(r"\S(?:[^\r\n]*\S)?", "write some text, on one line")
]
_Phone = Annotated[
    str,
    _matching(
        r"[+0][0-9][0-9 ()/-]{3,27}", "write a phone number with its area code: 03941 123456"
    ),
]
_ShortPhone = Annotated[
    str, _matching(r"[+0-9][0-9 ()/-]{2,28}", "write a phone number like 112 or 0800 1110111")
]
_Postcode = Annotated[str, _matching(r"[0-9]{5}", 'write five digits in quotes, like "06493"')]
_Lat = Annotated[
    float, _between(_SOUTH, _NORTH, f"not in Germany: lat lies from {_SOUTH} to {_NORTH}")
]
_Lon = Annotated[float, _between(_WEST, _EAST, f"not in Germany: lon lies from {_WEST} to {_EAST}")]
_Hours = list[Annotated[tuple[Hours, ...], BeforeValidator(hours)]]
_Topics = list[Annotated[Topic, _one_of(Topic)]]


#: What people read here; each has a catalogue.
_Language: TypeAlias = Literal["de", "en", "ar", "fa", "prs", "kmr", "ckb", "tr", "uk"]
LANGUAGES: Final[tuple[str, ...]] = get_args(_Language)


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(Shape):
    """The file from its top; the tables are judged row by row, so that one fault hides no other."""

    name: _Line
    zone: Annotated[str, AfterValidator(_zone)]
    land: Annotated[str, _known(holidays.LANDS)]
    office: dict[str, Any]
    categories: dict[str, Any]
    places: dict[str, Any] = {}
    offices: dict[str, Any] = {}
    services: dict[str, Any] = {}
    emergency: dict[str, Any] = {}
    meeting_places: dict[str, Any] = {}
    allowance: dict[str, Any] = {}
    voices: dict[str, Any] = {}
    school_holidays: dict[str, Any] = {}
    report: dict[str, Any] = {}
    funding_periods: dict[str, Any] = {}
    greeting: dict[str, Any] = {}


class OfficeShape(Shape):
    name: _Line
    phone: _Phone
    language: _Language
    hours: _Hours = []
    first_request_by_office: bool = True
    photos: bool = False
    relay_hours: Annotated[int, Field(ge=0, le=168)] = 24
    late_hours: Annotated[int, Field(ge=1, le=168)] = 24
    no_shows: Annotated[int, Field(ge=1, le=20)] = 3
    no_show_months: Annotated[int, Field(ge=1, le=24)] = 6
    inactive_months: Annotated[int, Field(ge=1, le=24)] = 3
    verify: bool = False


class CategoryShape(Shape):
    group: Annotated[Group, _one_of(Group)]
    minutes: Annotated[int, Field(ge=15, le=600)]
    life_area: Annotated[LifeArea, _one_of(LifeArea)]
    skill: Annotated[str, _known(("", *Group))] | None = None
    needs_language: bool = True
    gate: _Topics = []
    office_first: bool = False
    for_children: bool = False
    by_phone: bool = False
    skips_school_holidays: bool = False
    bring: list[Annotated[str, _known(BRING_NAMES)]] = []
    offered: bool = True
    heavy: bool = False


class PlaceShape(Shape):
    kind: Annotated[Kind, _one_of(Kind)]
    postcodes: list[_Postcode] = []
    lat: _Lat
    lon: _Lon
    part_of: str = ""
    approximate: bool = False


class PublicOfficeShape(Shape):
    name: _Line
    address: _Line | None = None
    place: str = ""
    phone: _Phone | None = None
    hours: _Hours = []
    categories: list[str] = []
    verify: bool = False


class ServiceShape(Shape):
    name: _Line
    phone: _Phone | None = None
    hours: _Hours = []
    topics: _Topics = []
    notice_days: Annotated[int, Field(ge=0, le=30)] = 0
    verify: bool = False


class EmergencyShape(Shape):
    phone: _ShortPhone


class MeetingPlaceShape(Shape):
    place: _Line
    address: _Line | None = None


class SchoolHolidaysShape(Shape):
    first: date
    last: date


class GreetingShape(Shape):
    de: _Line | None = None
    en: _Line | None = None
    ar: _Line | None = None
    fa: _Line | None = None
    prs: _Line | None = None
    kmr: _Line | None = None
    ckb: _Line | None = None
    tr: _Line | None = None
    uk: _Line | None = None


class AllowanceShape(Shape):
    cents: Annotated[int, Field(ge=0, le=100_000)] = 0
    rule: Annotated[str, Field(max_length=300)] = ""
    entitled: Annotated[Entitled, _one_of(Entitled)] = Entitled.APPOINTED


class ReportShape(Shape):
    letterhead: Annotated[list[_Line], Field(max_length=6)] = []
    funding: Annotated[str, Field(max_length=300)] = ""
    confirms: Annotated[str, Field(max_length=400)] = ""
    signatures: Annotated[list[_Line], Field(max_length=3)] = []
    verify: bool = False


class FundingPeriodShape(Shape):
    first: date
    last: date


class VoicesShape(Shape):
    folder: _Line | None = None
    computer: bool = True


#: What to do about a fault, by pydantic's name for it; ``{…}`` is from the fault's context.
_WORDING: Final[Mapping[str, str]] = {
    "missing": "is missing: add it",
    "string_type": "write it in quotes",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "float_parsing": "write a number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "date_type": "write a day without quotes: 2027-07-10",
    "date_parsing": "write a day without quotes: 2027-07-10",
    "date_from_datetime_parsing": "write a day without quotes: 2027-07-10",
    "date_from_datetime_inexact": "write a day without an hour: 2027-07-10",
    "list_type": 'write a list: ["…", "…"]',
    "dict_type": "write a table, with its keys and values",
    "model_type": "write a table, with its keys and values",
    "greater_than_equal": "write a number from {ge} on",
    "less_than_equal": "write a number up to {le}",
    "string_too_long": "write at most {max_length} characters",
    "too_long": "write at most {max_length} of them",
    "literal_error": "write one of {expected}",
}


def wording(fault: ErrorDetails, shape: type[Shape]) -> str:
    """What is wrong and what to do, in one line, for a fault found while reading *shape*."""
    context = fault.get("ctx", {})
    if fault["type"] == "extra_forbidden":
        return unknown(fault["loc"][-1], shape.model_fields)
    if fault["type"] == "value_error":
        return str(context["error"])
    known = _WORDING.get(fault["type"])
    return fault["msg"] if known is None else known.format(**context)
