"""How a German office writes days, numbers and money; its documents are in German only."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.counties.kinds import CATEGORY_NAMES, LIFE_AREA_NAMES
from bot.domain.county import LifeArea
from bot.i18n.languages import endonym
from bot.i18n.wording import Wording
from bot.messages import Text

MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September"),
    *("Oktober", "November", "Dezember"),
)
_WEEKDAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")

#: Languages as the office calls them.
_LANGUAGES: Final[Mapping[str, str]] = {
    "de": "Deutsch",
    "en": "Englisch",
    "ar": "Arabisch",
    "fa": "Persisch (Farsi)",
    "prs": "Persisch (Dari)",
    "fas": "Persisch",
    "kmr": "Kurdisch (Kurmandschi)",
    "ckb": "Kurdisch (Sorani)",
    "kur": "Kurdisch",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
    "ru": "Russisch",
    "ps": "Paschtu",
    "so": "Somali",
    "ti": "Tigrinya",
    "fr": "Französisch",
}

_NOT_IN_NAMES: Final = '/\\:*?"<>|'


def day(when: date) -> str:
    """``24.11.2026``"""
    return f"{when:%d.%m.%Y}"


def weekday(when: date) -> str:
    """``Di 24.11.2026``"""
    return f"{_WEEKDAYS[when.weekday()]} {day(when)}"


def iso_day(iso: str | None) -> str:
    """The same of ``2026-11-24``; empty for None."""
    return "" if iso is None else day(date.fromisoformat(iso))


def month(written: str) -> str:
    """``November 2026`` of ``2026-11``."""
    year, _, number = written.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def span(first: date, last: date) -> str:
    """``01.10.2026 bis 30.09.2027``"""
    return f"{day(first)} bis {day(last)}"


def number(n: int) -> str:
    """``1.234``"""
    return f"{n:,}".replace(",", ".")


def money(cents: int) -> str:
    """``1.300,00 €``, held together on its line."""
    return f"{number(cents // 100)},{cents % 100:02d}\u00a0€"


def hours(minutes: int) -> str:
    """``12:30`` hours."""
    return f"{number(minutes // 60)}:{minutes % 60:02d}"


def moment(at: int, zone: ZoneInfo) -> str:
    """``24.11.2026, 14:30 Uhr``"""
    return f"{datetime.fromtimestamp(at, zone):%d.%m.%Y, %H:%M} Uhr"


def language(code: str) -> str:
    """Empty if none was needed."""
    return _LANGUAGES.get(code) or (endonym(code) if code else "")


def category(key: str, wording: Wording) -> str:
    """What kind of help; a meetup has none."""
    if not key:
        return "Treffen, Schulung, Austausch"
    return wording.label(Text(CATEGORY_NAMES[key]), "de") if key in CATEGORY_NAMES else key


def life_area(area: LifeArea | None, wording: Wording) -> str:
    return "" if area is None else wording.label(Text(LIFE_AREA_NAMES[area]), "de")


def file_name(words: str, ending: str) -> str:
    """A name that every file system takes, umlauts and all."""
    kept = "".join(" " if one in _NOT_IN_NAMES or not one.isprintable() else one for one in words)
    return f"{' '.join(kept.split()).strip('. ')[:120]}.{ending}"
