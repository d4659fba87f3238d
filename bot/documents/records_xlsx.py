"""The activity records of a month as tables: a workbook, and a text file for other programs."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from io import StringIO
from typing import Final

from bot.documents import german
from bot.documents.book import Book, Cell, Field
from bot.documents.papers import File
from bot.domain.county import County
from bot.domain.records import Record, Source, Status
from bot.i18n.wording import Wording
from bot.usecases.reporting import MonthOfRecords

_FIELDS: Final = (
    Field("Name", 26),
    Field("Datum", 12, "day"),
    Field("Von", 8, "clock"),
    Field("Bis", 8, "clock"),
    Field("Minuten", 9, "number"),
    Field("Ort", 24),
    Field("Art der Hilfe", 28),
    Field("Lebensbereich", 28),
    Field("Sprache", 22),
    Field("Erwachsene", 11, "number"),
    Field("Kinder", 9, "number"),
    Field("km", 8, "number"),
    Field("Herkunft", 20),
    Field("Stand", 15),
)
_SUMS: Final = (
    Field("Name", 26),
    Field("Tätigkeiten", 12, "number"),
    Field("Stunden", 10, "hours"),
    Field("Erwachsene", 11, "number"),
    Field("Kinder", 9, "number"),
    Field("km", 8, "number"),
    Field("Vollständig gemeldet", 20),
    Field("Geprüft", 12),
)
_SOURCES: Final = {
    Source.APPOINTMENT: "vermittelt",
    Source.OWN: "selbst eingetragen",
    Source.MEETUP: "Treffen",
}
_STATUSES: Final = {
    Status.RECORDED: "erfasst",
    Status.CHECKED: "geprüft",
    Status.CLOSED: "abgeschlossen",
}
#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = tuple("=+-@\t\r")


def draw(facts: MonthOfRecords, county: County, wording: Wording) -> File:
    title = f"Tätigkeitsnachweise {german.month(facts.month)}, {county.name}"
    book = Book(title, facts.made_at, county.zone)
    above = (title, state(facts), f"Stand {german.moment(facts.made_at, county.zone)}")
    sums = [*_sums(facts)]
    book.sheet("Summen", _SUMS, sums, above=above, bold=[len(sums) - 1])
    book.sheet("Einträge", _FIELDS, [*_rows(facts, county, wording)])
    return book.file(_name(facts, county, "xlsx"))


def draw_csv(facts: MonthOfRecords, county: County, wording: Wording) -> File:
    """Semicolons and UTF-8 with a mark, as a German spreadsheet opens it by a double click."""
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Monat", *(field.heading for field in _FIELDS), "Monat abgeschlossen"])
    closed = "ja" if facts.closed else "nein"
    for row in _rows(facts, county, wording):
        writer.writerow([facts.month, *(_in_csv(cell) for cell in row), closed])
    return File(_name(facts, county, "csv"), written.getvalue().encode("utf-8-sig"), "text/csv")


def state(facts: MonthOfRecords) -> str:
    if facts.closed:
        return "Der Monat ist abgeschlossen."
    return "Entwurf: Der Monat ist noch nicht abgeschlossen."


def _rows(facts: MonthOfRecords, county: County, wording: Wording) -> Iterator[list[Cell]]:
    for one in facts.volunteers:
        for record in one.records:
            begins = datetime.fromtimestamp(record.starts_at, county.zone)
            ends = datetime.fromtimestamp(record.ends_at, county.zone)
            yield [
                one.name,
                begins.date(),
                begins.time(),
                ends.time(),
                record.minutes,
                record.place,
                german.category(record.category, wording),
                german.life_area(record.life_area, wording),
                german.language(record.language),
                record.adults,
                record.children,
                record.km,
                _SOURCES[record.source],
                _STATUSES[record.status],
            ]


def _sums(facts: MonthOfRecords) -> Iterator[list[Cell]]:
    for one in facts.volunteers:
        unchecked = any(record.status is Status.RECORDED for record in one.records)
        yield [
            one.name,
            *_added(one.records),
            "ja" if one.confirmed else "nein",
            "nein" if unchecked else "ja",
        ]
    everything = [record for one in facts.volunteers for record in one.records]
    yield ["Summe", *_added(everything), None, None]


def _added(done: list[Record] | tuple[Record, ...]) -> list[Cell]:
    return [
        len(done),
        sum(record.minutes for record in done),
        sum(record.adults for record in done),
        sum(record.children for record in done),
        sum(record.km for record in done),
    ]


def _in_csv(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA) else cell
        case date():
            return german.day(cell)
        case time():
            return f"{cell:%H:%M}"
        case int():
            return str(cell)


def _name(facts: MonthOfRecords, county: County, ending: str) -> str:
    return german.file_name(f"{facts.month} Tätigkeitsnachweise {county.name}", ending)
