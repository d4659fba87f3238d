"""Who gets the flat sum for a month: a list for the cashier's office."""

from datetime import date
from typing import Final

from bot.documents import german
from bot.documents.book import Book, Cell, Field
from bot.documents.papers import File
from bot.domain.county import County, Entitled
from bot.i18n.wording import Wording
from bot.usecases.reporting import AllowanceList, Entry

_RULES: Final = {
    Entitled.APPOINTED: "Anspruch hat, wer an mindestens einem Tag des Monats bestellt war.",
    Entitled.ACTIVE: "Anspruch hat, wer im Monat mindestens eine Tätigkeit nachweist.",
}
_FIELDS: Final = (
    Field("Nr.", 5, "number"),
    Field("Name", 28),
    Field("Bestellt ab", 12, "day"),
    Field("Bestellt bis", 12, "day"),
    Field("Tätigkeiten", 11, "number"),
    Field("Anspruch", 10),
    Field("Betrag", 12, "money"),
    Field("Hinweis", 34),
)


def draw_pdf(facts: AllowanceList, county: County, _: Wording) -> File:
    from bot.documents.letter import DRAFT, letterhead, new_sheet, page_numbers
    from bot.documents.paper import Style
    from bot.documents.ruled import Column, Line, ruled

    title = _title(facts)
    sheet = new_sheet(title, facts.made_at, county)
    letterhead(sheet, county)
    sheet.heading(title)
    if not facts.closed:
        sheet.paragraph(_state(facts), DRAFT)
    for words in _rules(county):
        sheet.paragraph(words, after=1)
    sheet.gap(2)
    columns = (
        Column("Nr.", 8, right=True),
        Column("Name", 58),
        Column("Bestellt ab", 19.5),
        Column("Bestellt bis", 19.5),
        Column("Tätigk.", 12.5, right=True),
        Column("Anspruch", 16),
        Column("Betrag", 20, right=True),
        Column("Hinweis", 36),
    )
    lines = [
        Line(
            (
                str(at),
                entry.name,
                german.iso_day(entry.appointed_on),
                german.iso_day(entry.appointed_until),
                german.number(entry.tasks),
                "ja" if entry.entitled else "nein",
                german.money(entry.cents),
                _remark(entry),
            )
        )
        for at, entry in enumerate(facts.entries, 1)
    ]
    total = ("", "Summe", "", "", "", german.number(facts.entitled), german.money(facts.cents), "")
    ruled(sheet, columns, [*lines, Line(total, bold=True)])
    if not facts.entries:
        sheet.gap(2)
        sheet.paragraph("In diesem Monat war niemand bestellt und niemand tätig.")
    sheet.keep(40)
    sheet.gap(4)
    sheet.paragraph(
        f"{german.number(facts.entitled)} × {german.money(county.allowance.cents)}"
        f" = {german.money(facts.cents)}"
    )
    sheet.signatures(("Sachlich und rechnerisch richtig: Ort, Datum, Unterschrift",), Style(size=9))
    page_numbers(sheet, f"{title} · Stand {german.moment(facts.made_at, county.zone)}")
    return File(_name(facts, county, "pdf"), sheet.content(), "application/pdf")


def draw_xlsx(facts: AllowanceList, county: County, _: Wording) -> File:
    title = f"{_title(facts)}, {county.name}"
    book = Book(title, facts.made_at, county.zone)
    rows: list[list[Cell]] = [
        [
            at,
            entry.name,
            _day(entry.appointed_on),
            _day(entry.appointed_until),
            entry.tasks,
            "ja" if entry.entitled else "nein",
            entry.cents,
            _remark(entry),
        ]
        for at, entry in enumerate(facts.entries, 1)
    ]
    tasks = sum(entry.tasks for entry in facts.entries)
    rows.append([None, "Summe", None, None, tasks, str(facts.entitled), facts.cents, None])
    stand = f"Stand {german.moment(facts.made_at, county.zone)}"
    book.sheet(
        "Aufwandsentschädigung",
        _FIELDS,
        rows,
        above=(title, _state(facts), *_rules(county), stand),
        bold=[len(rows) - 1],
    )
    return book.file(_name(facts, county, "xlsx"))


def _title(facts: AllowanceList) -> str:
    return f"Aufwandsentschädigung {german.month(facts.month)}"


def _state(facts: AllowanceList) -> str:
    if facts.closed:
        return "Der Monat ist abgeschlossen."
    return "Entwurf: Der Monat ist noch nicht abgeschlossen."


def _rules(county: County) -> list[str]:
    cents = german.money(county.allowance.cents)
    return [
        *([county.allowance.rule] if county.allowance.rule else []),
        f"Pauschale je Monat: {cents}. {_RULES[county.allowance.entitled]}",
    ]


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _remark(entry: Entry) -> str:
    """What somebody should look at before money is paid, or is not."""
    remarks = [
        ("nicht mehr aktiv", entry.left),
        ("ohne Tätigkeit", entry.entitled and not entry.tasks),
        ("keine Bestellung im Monat", not entry.entitled and entry.tasks > 0),
    ]
    return ", ".join(words for words, holds in remarks if holds)


def _name(facts: AllowanceList, county: County, ending: str) -> str:
    return german.file_name(f"{facts.month} Aufwandsentschädigung {county.name}", ending)
