"""Public holidays of a Land, computed: nobody has to enter them each year."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_SATURDAY: Final = 5

#: Everywhere in Germany: month and day.
_FIXED: Final = {
    "Neujahr": (1, 1),
    "Tag der Arbeit": (5, 1),
    "Tag der Deutschen Einheit": (10, 3),
    "1. Weihnachtstag": (12, 25),
    "2. Weihnachtstag": (12, 26),
}
#: Everywhere in Germany: days after Easter Sunday.
_MOVABLE: Final = {
    "Karfreitag": -2,
    "Ostermontag": 1,
    "Christi Himmelfahrt": 39,
    "Pfingstmontag": 50,
}
#: By the Land's own law besides; Saxony-Anhalt: section 2 FeiertG LSA.
_OF_LAND: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "ST": {"Heilige Drei Könige": (1, 6), "Reformationstag": (10, 31)},
}

#: The codes of the Länder (ISO 3166-2 without ``DE-``) whose holidays are known.
LANDS: Final = tuple(_OF_LAND)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian *year*.

    The Meeus/Jones/Butcher algorithm: Jean Meeus, Astronomical Algorithms, chapter 8.
    """
    golden, century, of_century = year % 19, year // 100, year % 100
    moon = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=32)
def public_holidays(year: int, land: str) -> Mapping[date, str]:
    """The holidays of *year* with their German names, in order of the year.

    Raises ``KeyError`` for a Land that is not in :data:`LANDS`.
    """
    fixed = {**_FIXED, **_OF_LAND[land]}
    days = {date(year, month, day): name for name, (month, day) in fixed.items()}
    sunday = easter(year)
    days |= {sunday + timedelta(days=after): name for name, after in _MOVABLE.items()}
    return MappingProxyType(dict(sorted(days.items())))


def is_working_day(day: date, land: str) -> bool:
    """Monday to Friday and no public holiday: a day on which offices work."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year, land)
