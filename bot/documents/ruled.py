"""Long tables, one line for each row: ten thousand of them in seconds.

What is too wide for its column is drawn narrower, and cut if that is not enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.documents.paper import Rgb, Sheet, Style
from bot.i18n.bidi import without_controls

_HEAD_FILL: Final[Rgb] = (235, 235, 235)
_SUM_FILL: Final[Rgb] = (245, 245, 245)
_RULE: Final[Rgb] = (150, 150, 150)
#: Millimetres beside the words of a cell, and how much narrower letters may become (per cent).
_BESIDE, _NARROWEST = 1.2, 65
#: Hebrew, Arabic and their neighbours: letters that change with those beside them.
_JOINED: Final = ("\u0590", "\u08ff")


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: a part of the page's width. ``right``: numbers, which stand at the right."""

    heading: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``bold``: a sum, or the head of what follows."""

    cells: Sequence[str]
    bold: bool = False


def ruled(
    sheet: Sheet, columns: Sequence[Column], lines: Sequence[Line], *, size: float = 9
) -> None:
    """*lines* below the headings, which stand on each page again; a sum is never alone on one."""
    pdf, height = sheet.pdf, Style(size=size).line + 1.2
    whole = sum(column.width for column in columns)
    widths = [column.width * sheet.width / whole for column in columns]
    head = Line([column.heading for column in columns], bold=True)
    known: dict[tuple[str, bool, int], tuple[str, float]] = {}
    pdf.set_draw_color(*_RULE)

    def draw(line: Line, fill: Rgb | None) -> None:
        sheet.pdf.set_font(style="B" if line.bold else "", size=size)
        if fill is not None:
            pdf.set_fill_color(*fill)
        for at, cell in enumerate(line.cells):
            key = (cell, line.bold, at)
            if key not in known:
                known[key] = _fitted(sheet, cell, widths[at] - 2 * _BESIDE)
            words, stretching = known[key]
            pdf.set_text_shaping(_joins(words))
            pdf.set_stretching(stretching)
            align = "R" if columns[at].right else "L"
            pdf.cell(widths[at], height, words, border=1, align=align, fill=fill is not None)
        pdf.ln(height)

    sheet.keep(3 * height)
    margin, pdf.c_margin = pdf.c_margin, _BESIDE
    pdf.set_text_color(0, 0, 0)
    draw(head, _HEAD_FILL)
    for at, line in enumerate(lines, 1):
        before_sum = at == len(lines) - 1 and lines[-1].bold
        if pdf.will_page_break(2 * height if before_sum else height):
            sheet.new_page()
            draw(head, _HEAD_FILL)
        draw(line, _SUM_FILL if line.bold else None)
    pdf.c_margin = margin
    pdf.set_stretching(100)
    pdf.set_text_shaping(True)
    pdf.set_draw_color(0, 0, 0)


def _fitted(sheet: Sheet, cell: str, room: float) -> tuple[str, float]:
    """The words as they are drawn, and how wide their letters are (per cent)."""
    pdf, words = sheet.pdf, without_controls(cell)
    pdf.set_stretching(100)
    pdf.set_text_shaping(_joins(words))
    while (wide := pdf.get_string_width(words)) * _NARROWEST / 100 > room and len(words) > 1:
        words = f"{words.rstrip('…')[:-1].rstrip()}…"
    return words, 100 if wide <= room else 100 * room / wide


def _joins(words: str) -> bool:
    return any(_JOINED[0] <= letter <= _JOINED[1] for letter in words)
