"""What stands on the office's pictures and tables of its numbers, in German."""

from collections.abc import Mapping
from typing import Final

from bot.documents import german
from bot.documents.german import day, month, number
from bot.domain.county import County
from bot.domain.figures import End, Period, Reason
from bot.i18n.wording import Wording
from bot.messages import Text

MONTHS: Final = german.MONTHS

TITLES: Final[Mapping[str, str]] = {
    "weeks": "Anfragen nach Woche",
    "months": "Anfragen nach Monat",
    "speed": "Zeit bis zur ersten Zusage",
    "unmet": "Warum es keine Hilfe gab",
    "languages": "Sprachen: gefragt und da",
    "load": "Was Ehrenamtliche tun",
    "places": "Woher die Anfragen kommen",
}

ENDS: Final[Mapping[End, str]] = {
    End.HELPED: "Hilfe gefunden",
    End.OPEN: "noch offen",
    End.REFERRED: "an Fachstelle verwiesen",
    End.DROPPED: "nicht mehr nötig",
    End.UNMET: "ohne Hilfe",
}

REASONS: Final[Mapping[str, str]] = {
    Reason.LANGUAGE: "niemand für die Sprache",
    Reason.SKILL: "niemand für diese Art von Hilfe",
    Reason.TIME: "niemand hatte Zeit",
    Reason.DISTANCE: "zu weit weg",
    Reason.GENDER: "Frau oder Mann gewünscht",
    Reason.CHILDREN: "Nachweise für Kinder fehlten",
    Reason.SAID_NO: "Gefragte sagten ab oder nichts",
    Reason.NOBODY: "niemand gefunden",
    Reason.ABSENT: "Ehrenamtliche Person kam nicht",
    Reason.NO_SHOW: "Ratsuchende Person kam nicht",
    Reason.MOVED: "Termin verlegt",
    Reason.REFERRED: "an Fachstelle verwiesen",
    Reason.CANCELLED: "selbst abgesagt",
    Reason.SOLVED: "hat sich erledigt",
    Reason.UNREACHED: "nicht erreicht",
    Reason.TWICE: "doppelt gestellt",
    Reason.NOT_OURS: "keine Aufgabe für Ehrenamtliche",
    Reason.CLOSED: "vom Büro geschlossen",
}

NOT_SAID: Final = "nicht angegeben"
MASKED: Final = "< 5: weniger als fünf  ·  x: verdeckt, zum Schutz kleiner Zahlen"


def language(code: str) -> str:
    return german.language(code) or NOT_SAID


def place(name: str) -> str:
    return name or NOT_SAID


def category(key: str, county: County, wording: Wording) -> str:
    known = county.categories.get(key)
    return key if known is None else wording.label(Text(known.name), "de")


def period(of: Period) -> str:
    """``November 2026``, or from the first to the last day."""
    if len(of.months) == 1:
        return month(of.months[0])
    return f"{day(of.first)} bis {day(of.last)}"


def duration(seconds: int) -> str:
    """``3 Tage``, ``5 Std.``, ``20 Min.``: about how long."""
    if seconds >= 2 * 86400:
        return f"{round(seconds / 86400)} Tage"
    if seconds >= 2 * 3600:
        return f"{round(seconds / 3600)} Std."
    return f"{max(1, round(seconds / 60))} Min."


def hours(minutes: int) -> str:
    """``18 Std.``"""
    return f"{number(round(minutes / 60))} Std."


def file_name(of: Period, what: str, ending: str) -> str:
    """``Zahlen 2026-11-01 bis 2026-11-30 Sprachen.png``: in a folder they stand in order."""
    return f"Zahlen {of.first} bis {of.last} {what}.{ending}"
