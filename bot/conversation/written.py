"""What people write: words, days, times and phone numbers, in the digits of any script.

Every pattern must match the *whole* text: a number picked out of a sentence would be a guess ("9 in
the evening" is not 09:00), and asking again costs less than a missed appointment. All are
bounded, so that a text of any length is refused at once.
"""

import re
import unicodedata
from datetime import date, datetime
from zoneinfo import ZoneInfo

import jdatetime  # pyright: ignore[reportMissingTypeStubs] # it ships none

_SEPARATOR = r"\s?[./\-,٫،؍]\s?|\s"
_DAY = re.compile(
    rf"(?:am |on )?(\d{{1,2}})(?:{_SEPARATOR})(\d{{1,2}})(?:(?:{_SEPARATOR})(\d\d|\d{{4}})?)?"
)
_DAY_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEPARATOR})(\d{{1,2}})(?:{_SEPARATOR})(\d{{1,2}})")
_TIME = re.compile(
    r"(?:um |at )?(\d{1,2})(?:\s?[:.,h٫،]\s?(\d\d)| (\d\d)| ?uhr (\d\d))?\s?(?:uhr|h|o'clock)?"
)
_TIME_WITHOUT_SEPARATOR = re.compile(r"(?:um |at )?(\d\d)(\d\d)\s?(?:uhr|h)?")
_PHONE_SIGNS = re.compile(r"[\s()/.\-‐-―−]")

#: Needed inside words (Persian) and between the parts of an emoji.
_JOINERS = frozenset("\u200c\u200d")


def words(written: str) -> str:
    """The text without control and direction marks, lone surrogates and surplus space."""
    return " ".join("".join(_seen(sign) for sign in written).split())


def has_something_to_read(written: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in written)


def has_letters(written: str) -> bool:
    return any(unicodedata.category(sign)[0] == "L" for sign in written)


def _seen(sign: str) -> str:
    if sign in _JOINERS:
        return sign
    match unicodedata.category(sign):
        case "Cc":  # a new line or tab parts words; the others are nothing
            return " " if sign.isspace() else ""
        case "Cf" | "Cs":
            return ""
        case _:
            return sign


def day(written: str, today: date) -> date | None:
    """``24.11.2026``, ``24/11/26``, ``24.11.`` (the next one), ``2026-11-24``, or Solar Hijri.

    None if it is no day of the calendar. The day can be past.
    """
    plain = _plain(written)
    if found := _DAY_YEAR_FIRST.fullmatch(plain):
        return _day_of(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY.fullmatch(plain)
    if found is None:
        return None
    number, month, year = int(found[1]), int(found[2]), found[3]
    if year is None:
        days = (_day_of(this, month, number) for this in (today.year, today.year + 1))
        return next((one for one in days if one is not None and one >= today), None)
    return _day_of(int(year) + (2000 if len(year) == 2 else 0), month, number)


def day_as_written(day: date) -> str:
    """``24.11.2026``: how a day may be written."""
    return day.strftime("%d.%m.%Y")


def _day_of(year: int, month: int, number: int) -> date | None:
    try:
        # The calendar of Iran and Afghanistan. The summary shows the day it became.
        if 1300 <= year < 1500:
            return jdatetime.date(year, month, number).togregorian()
        return date(year, month, number)
    except ValueError:
        return None


def time(written: str) -> str | None:
    """``14:30``, ``14.30``, ``14h30``, ``1430``, ``14 Uhr`` or ``14`` as ``"14:30"``; else None."""
    plain = _plain(written)
    if found := _TIME_WITHOUT_SEPARATOR.fullmatch(plain):
        hour, minute = int(found[1]), int(found[2])
    elif found := _TIME.fullmatch(plain):
        hour, minute = int(found[1]), int(found[2] or found[3] or found[4] or 0)
    else:
        return None
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def phone(written: str) -> str | None:
    """A number to dial from anywhere, ``+4939411234`` (E.164); with one 0 in front it is German."""
    digits = _PHONE_SIGNS.sub("", re.sub(r"(?<=\d)\s*\(0\)", "", _plain(written)))
    if re.fullmatch(r"00[1-9]\d{6,14}", digits):
        digits = "+" + digits[2:]
    elif re.fullmatch(r"0[1-9]\d{4,12}", digits):
        digits = "+49" + digits[1:]
    return digits if is_phone(digits) else None


def is_phone(digits: str) -> bool:
    return re.fullmatch(r"\+[1-9][0-9]{6,14}", digits) is not None


def day_from_iso(iso: object) -> date | None:
    """The day that ``date.isoformat`` wrote, None for anything else."""
    try:
        found = date.fromisoformat(iso) if isinstance(iso, str) else None
    except ValueError:
        return None
    return found if found is not None and found.isoformat() == iso else None


def moment(on: date, hour: str, zone: ZoneInfo) -> int:
    """UTC epoch seconds of a day and a time ``"14:30"`` in *zone*.

    In the nights the clocks change it is the first of two, and a time left out is an hour later.
    """
    wall = datetime.fromisoformat(f"{on.isoformat()}T{hour}")
    return int(wall.replace(tzinfo=zone).timestamp())


def _plain(written: str) -> str:
    """Lower case, ``۱۲`` and ``١٢`` as ``12``, nothing unseen."""
    signs = (sign for sign in words(written) if sign not in _JOINERS)
    digits = (str(int(sign)) if sign.isdecimal() else sign for sign in signs)
    return "".join(digits).casefold().replace("’", "'")
