"""Workbooks (XLSX): sheets with real numbers and days, that an office can filter and add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs] - has none

from bot.documents.papers import File

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: ``hours``: minutes, shown as hours and minutes. ``money``: cents, shown as euros.
Kind: TypeAlias = Literal["text", "number", "day", "clock", "hours", "money"]
Cell: TypeAlias = str | int | date | time | None

_FORMATS: Final[dict[Kind, str]] = {
    "text": "@",
    "number": "#,##0",
    "day": "dd.mm.yyyy",
    "clock": "hh:mm",
    "hours": "[h]:mm",
    "money": '#,##0.00 "€"',
}
_MINUTES_A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Field:
    """A column; ``width`` in letters."""

    heading: str
    width: int
    kind: Kind = "text"


class Book:
    """A workbook that is filled sheet by sheet. ``made_at`` (UTC epoch seconds) stands in it."""

    def __init__(self, title: str, made_at: int, zone: ZoneInfo) -> None:
        self._content = BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._content, {"in_memory": True})
        made = datetime.fromtimestamp(made_at, zone).replace(tzinfo=None)
        self._book.set_properties({"title": title, "author": "Lotse", "created": made})
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._head = self._book.add_format({"bold": True, "bg_color": "#EBEBEB", "border": 1})
        self._formats = {
            (kind, bold): self._book.add_format({"num_format": shown, "bold": bold})
            for kind, shown in _FORMATS.items()
            for bold in (False, True)
        }

    def sheet(
        self,
        name: str,
        fields: Sequence[Field],
        rows: Sequence[Sequence[Cell]],
        *,
        above: Sequence[str] = (),
        bold: Sequence[int] = (),
        below: Sequence[str] = (),
    ) -> None:
        """*above*: a title and remarks; *bold*: rows (from 0) that are sums; *below*: remarks.

        A cell that is a text stays one, also in a column of numbers.
        """
        sheet = self._book.add_worksheet(name)
        for at, words in enumerate(above):
            sheet.write_string(at, 0, words, None if at else self._title)
        top = len(above) + 1 if above else 0
        for column, field in enumerate(fields):
            sheet.set_column(column, column, field.width)
            sheet.write_string(top, column, field.heading, self._head)
        for at, row in enumerate(rows):
            for column, (field, cell) in enumerate(zip(fields, row, strict=True)):
                shape = self._formats[field.kind, at in bold]
                self._write(sheet, top + 1 + at, column, field.kind, cell, shape)
        for at, words in enumerate(below):
            sheet.write_string(top + 2 + len(rows) + at, 0, words)
        sheet.freeze_panes(top + 1, 0)
        if rows and not bold:
            sheet.autofilter(top, 0, top + len(rows), len(fields) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)

    def _write(self, sheet: Any, row: int, column: int, kind: Kind, cell: Cell, shape: Any) -> None:
        if cell is None or cell == "":
            sheet.write_blank(row, column, None, shape)
        elif isinstance(cell, str):  # never a formula, whatever a name begins with
            sheet.write_string(row, column, cell, self._formats["text", shape.bold])
        elif isinstance(cell, int):
            divided = {"hours": _MINUTES_A_DAY, "money": 100}.get(kind)
            sheet.write_number(row, column, cell if divided is None else cell / divided, shape)
        else:
            sheet.write_datetime(row, column, cell, shape)

    def file(self, name: str) -> File:
        self._book.close()
        return File(name, self._content.getvalue(), MEDIA_TYPE)
