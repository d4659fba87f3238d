"""Who was at a meetup, for certificates: as PDF and as XLSX. In German, as the office's papers
are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from bot.documents.papers import File
from bot.domain.county import County
from bot.domain.meetups import Kind, Meetup
from bot.i18n.wording import Wording
from bot.storage import meetups, people
from bot.storage.tx import Tx

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_KINDS: Mapping[Kind, str] = {
    Kind.TRAINING: "Schulung",
    Kind.SUPERVISION: "Supervision",
    Kind.EXCHANGE: "Austausch",
}
_HEADINGS = ("Name", "Datum", "Minuten", "Art")


@dataclass(frozen=True, slots=True)
class Attended:
    """``names``: of those who were there, in the order of the alphabet."""

    meetup: Meetup
    names: tuple[str, ...]


def gather(tx: Tx, county: County, of: Mapping[str, str]) -> Attended:
    """*of*: ``{"meetup": id}``. Raises ``LookupError`` if there is none."""
    meetup = meetups.find(tx, int(of["meetup"]))
    if meetup is None:
        raise LookupError("no such meetup")
    there = [guest for guest in meetups.guests(tx, meetup.id) if guest.attended]
    names = [people.by_id(tx, guest.person_id).name for guest in there]
    return Attended(meetup, tuple(sorted(names, key=str.casefold)))


def draw_pdf(facts: Attended, county: County, wording: Wording) -> File:
    from bot.documents.paper import Sheet

    meetup = facts.meetup
    begins = _local(meetup.starts_at, county.zone)
    sheet = Sheet(
        f"Teilnahmeliste {_KINDS[meetup.kind]} {begins:%d.%m.%Y}",
        begins,
        footer=f"{county.office_name} · Seite {{page}} von {{pages}}",
    )
    sheet.heading(f"Teilnahmeliste: {_KINDS[meetup.kind]}")
    sheet.paragraph(meetup.title)
    ends = _local(meetup.ends_at, county.zone)
    sheet.paragraph(
        f"{begins:%d.%m.%Y}, {begins:%H:%M} bis {ends:%H:%M} Uhr ({meetup.minutes} Minuten)\n"
        f"{meetup.place}\n{county.name}, {county.office_name}",
        after=4,
    )
    width = sheet.width
    sheet.table(
        _HEADINGS,
        [[str(cell) for cell in row] for row in _rows(facts, county.zone)],
        [width - 85, 30, 20, 35],
        right=(2,),
    )
    sheet.gap(3)
    sheet.paragraph(f"Anwesend: {len(facts.names)}")
    sheet.signatures(["Ort, Datum", "Koordination"])
    return File(_name(facts, county.zone, "pdf"), sheet.content(), PDF)


def draw_xlsx(facts: Attended, county: County, wording: Wording) -> File:
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] # it ships none

    written = BytesIO()
    book: Any = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Teilnahme")
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, _HEADINGS, bold)
    begins = _local(facts.meetup.starts_at, county.zone).replace(tzinfo=None)
    for at, name in enumerate(facts.names, 1):
        sheet.write_string(at, 0, name)
        sheet.write_datetime(at, 1, begins, day)
        sheet.write_number(at, 2, facts.meetup.minutes)
        sheet.write_string(at, 3, _KINDS[facts.meetup.kind])
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 3, 14)
    sheet.freeze_panes(1, 0)
    book.close()
    return File(_name(facts, county.zone, "xlsx"), written.getvalue(), XLSX)


def _rows(facts: Attended, zone: ZoneInfo) -> list[tuple[str, str, int, str]]:
    day = f"{_local(facts.meetup.starts_at, zone):%d.%m.%Y}"
    kind = _KINDS[facts.meetup.kind]
    return [(name, day, facts.meetup.minutes, kind) for name in facts.names]


def _name(facts: Attended, zone: ZoneInfo, ending: str) -> str:
    begins = _local(facts.meetup.starts_at, zone)
    return f"Teilnahme_{_KINDS[facts.meetup.kind]}_{begins:%Y-%m-%d}.{ending}"


def _local(moment: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(moment, zone)
