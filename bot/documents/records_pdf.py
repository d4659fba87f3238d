"""The activity record on paper, to sign: one volunteer after the other, each on pages of their own.

No client stands on it, and nothing that was said.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents import german
from bot.documents.letter import DRAFT, letterhead, new_sheet, page, page_numbers, small
from bot.documents.paper import Sheet, Style
from bot.documents.papers import File
from bot.documents.ruled import Column, Line, ruled
from bot.domain.county import County
from bot.domain.records import Record
from bot.i18n.wording import Wording
from bot.usecases.reporting import MonthOfRecords, MonthOfVolunteer

CONFIRMS: Final = "Ich bestätige, dass ich die aufgeführten Tätigkeiten ehrenamtlich ausgeübt habe."
SIGNATURES: Final = ("Ehrenamtliche/r", "Koordinierungsstelle")
_COLUMNS: Final = (
    Column("Datum", 27),
    Column("von – bis", 24),
    Column("Ort", 38),
    Column("Art der Hilfe", 44),
    Column("Lebensbereich", 41),
    Column("Sprache", 41),
    Column("Erw.", 10, right=True),
    Column("Kinder", 13, right=True),
    Column("km", 12, right=True),
    Column("Minuten", 16, right=True),
)
#: Millimetres that the signatures take with what stands above them.
_SIGNING: Final = 52


def draw(facts: MonthOfRecords, county: County, wording: Wording) -> File:
    title = f"Tätigkeitsnachweis {german.month(facts.month)}"
    sheet = new_sheet(title, facts.made_at, county, across=True)
    if not facts.volunteers:
        letterhead(sheet, county)
        sheet.heading(title)
        _draft(sheet, facts)
        sheet.paragraph("In diesem Monat ist keine Tätigkeit erfasst.")
    for at, one in enumerate(facts.volunteers):
        if at:
            sheet.new_page()
        first = page(sheet)
        _of(sheet, facts, one, county, wording)
        foot = f"{title} · {one.name} · Stand {german.moment(facts.made_at, county.zone)}"
        page_numbers(sheet, foot, first)
    return File(_name(facts, county), sheet.content(), "application/pdf")


def _of(
    sheet: Sheet, facts: MonthOfRecords, one: MonthOfVolunteer, county: County, wording: Wording
) -> None:
    letterhead(sheet, county)
    sheet.heading(f"Tätigkeitsnachweis {german.month(facts.month)}")
    _draft(sheet, facts)
    sheet.paragraph(f"Name: {one.name}", Style(size=12, bold=True))
    if not one.records:
        sheet.paragraph("In diesem Monat ist keine Tätigkeit erfasst.")
    else:
        lines = [Line(row(record, county.zone, wording)) for record in one.records]
        ruled(sheet, _COLUMNS, [*lines, Line(_sum(one), bold=True)])
        sheet.gap(1)
        small(sheet, "Erw.: Erwachsene, denen geholfen wurde. km: Hin- und Rückweg.")
    report = county.report
    sheet.keep(_SIGNING)
    sheet.gap(2)
    sheet.paragraph(_in_words(facts, one))
    sheet.paragraph(report.confirms or CONFIRMS)
    labels = [f"Ort, Datum, Unterschrift\n{who}" for who in report.signatures or SIGNATURES]
    sheet.signatures(labels, Style(size=9))


def _draft(sheet: Sheet, facts: MonthOfRecords) -> None:
    if not facts.closed:
        sheet.paragraph("Entwurf: Der Monat ist noch nicht abgeschlossen.", DRAFT)


def row(record: Record, zone: ZoneInfo, wording: Wording) -> tuple[str, ...]:
    """The cells of one line, as they stand below the headings."""
    begins = datetime.fromtimestamp(record.starts_at, zone)
    ends = datetime.fromtimestamp(record.ends_at, zone)
    return (
        german.weekday(begins.date()),
        f"{begins:%H:%M} – {ends:%H:%M}",
        record.place,
        german.category(record.category, wording),
        german.life_area(record.life_area, wording),
        german.language(record.language),
        german.number(record.adults),
        german.number(record.children),
        german.number(record.km),
        german.number(record.minutes),
    )


def _sum(one: MonthOfVolunteer) -> tuple[str, ...]:
    minutes = sum(record.minutes for record in one.records)
    return (
        "Summe",
        f"{german.hours(minutes)} Std.",
        *("", "", "", ""),
        german.number(sum(record.adults for record in one.records)),
        german.number(sum(record.children for record in one.records)),
        german.number(sum(record.km for record in one.records)),
        german.number(minutes),
    )


def _in_words(facts: MonthOfRecords, one: MonthOfVolunteer) -> str:
    """The sums once more, where they are signed: the table may stand on the page before."""
    minutes = sum(record.minutes for record in one.records)
    done = german.number(len(one.records))
    activities = "Tätigkeit" if len(one.records) == 1 else "Tätigkeiten"
    km = german.number(sum(record.km for record in one.records))
    sums = f"{done} {activities}, {german.hours(minutes)} Stunden, {km} km"
    return f"Summe {german.month(facts.month)}: {sums} · {one.name}"


def _name(facts: MonthOfRecords, county: County) -> str:
    if facts.one:
        return german.file_name(
            f"{facts.month} Tätigkeitsnachweis {facts.volunteers[0].name}", "pdf"
        )
    return german.file_name(f"{facts.month} Tätigkeitsnachweise {county.name}", "pdf")
