"""Dates, times and lists as a reader of each language writes them.

Everybody gets the weekday first, DD.MM.YYYY, 24 hours and ASCII digits: it must match the German
letter in their hand. Readers of Persian and Dari see the Solar Hijri date beside it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

import jdatetime  # pyright: ignore[reportMissingTypeStubs]  it ships none; one call, cast below
from babel import Locale

from bot.i18n import bidi
from bot.i18n.languages import LANGUAGES, entry

_COMMA = {True: "، ", False: ", "}


class _Joints(NamedTuple):
    """What stands between the items of a list: of two, and in a longer one up to the last."""

    two: str
    middle: str
    last: str


#: CLDR joins Sorani lists with Latin commas and without "and".
_OWN_JOINTS = {"ckb": _Joints(" و ", "، ", " و ")}


def moment(at: int, language: str, zone: ZoneInfo) -> str:
    """``Monday, 09.03.2026, 14:05`` for UTC epoch seconds, in *zone*."""
    local = datetime.fromtimestamp(at, zone)
    return f"{day(local.date(), language)}{_COMMA[entry(language).rtl]}{local:%H:%M}"


@lru_cache(maxsize=4096)
def day(on: date, language: str) -> str:
    """``Monday, 09.03.2026``; for Persian and Dari with ``(1404/12/18)`` behind it."""
    reader = entry(language)
    text = f"{weekdays(reader.code)[on.weekday()]}{_COMMA[reader.rtl]}{on:%d.%m.%Y}"
    return f"{text} ({_solar_hijri(on)})" if reader.solar_hijri else text


@cache
def weekdays(language: str) -> tuple[str, ...]:
    """The seven names, Monday first.

    CLDR's "format" width, not "stand-alone": Babel resolves the latter's alias to whatever language
    was loaded first, so that French days came out in Pashto.
    """
    names = cast(Any, _locale(language).days)["format"]["wide"]
    return tuple(str(names[number]) for number in range(7))


def join(items: Sequence[str], language: str) -> str:
    """``a``, ``a and b``, ``a, b and c`` in the reader's language."""
    joints = _joints(entry(language).code)
    if len(items) == 2:
        return joints.two.join(items)
    if len(items) < 2:
        return "".join(items)
    return joints.middle.join(items[:-1]) + joints.last + items[-1]


def warm() -> None:
    """Load the locale data of every language now: the first date of a locale takes up to 20 ms."""
    for code in LANGUAGES:
        day(date(2026, 3, 9), code)
        join(("a", "b", "c"), code)


def _solar_hijri(on: date) -> str:
    solar = cast(Any, jdatetime.date).fromgregorian(date=on)
    return f"{solar.year:04}/{solar.month:02}/{solar.day:02}"


@cache
def _joints(language: str) -> _Joints:
    if language in _OWN_JOINTS:
        return _OWN_JOINTS[language]
    patterns = cast(Any, _locale(language).list_patterns)["standard"]

    def joint(name: str) -> str:
        pattern = bidi.without_controls(str(patterns[name]))
        return pattern.removeprefix("{0}").removesuffix("{1}")

    return _Joints(joint("2"), joint("middle"), joint("end"))


def _locale(language: str) -> Locale:
    return Locale.parse(entry(language).cldr)
