"""What the office's documents have in common on paper: the letterhead, who pays, page numbers."""

from datetime import datetime
from typing import Final

from bot.documents.paper import A4, A4_ACROSS, GREY, Rgb, Sheet, Style
from bot.domain.county import County

_ALARMING: Final[Rgb] = (170, 30, 30)
#: What is not final yet.
DRAFT: Final = Style(size=11, bold=True, colour=_ALARMING)

_SMALL: Final = Style(size=8, colour=GREY)
_HEAD: Final = Style(size=9, colour=GREY)
_FIRST: Final = Style(size=11, bold=True)
#: Millimetres at each side, and how far above the edge a page's number stands.
_MARGIN, _NUMBER = 15.0, 11.0


def new_sheet(title: str, made_at: int, county: County, *, across: bool = False) -> Sheet:
    """An empty document. ``across``: wider than high."""
    size = A4_ACROSS if across else A4
    return Sheet(title, datetime.fromtimestamp(made_at, county.zone), size=size, margin=_MARGIN)


def letterhead(sheet: Sheet, county: County) -> None:
    """The county's lines, and by whom all this is paid."""
    lines = county.report.letterhead or (county.name, county.office_name, county.office_phone)
    sheet.paragraph(lines[0], _FIRST, after=0)
    if len(lines) > 1:
        sheet.paragraph(" · ".join(lines[1:]), _HEAD, after=0)
    if county.report.funding:
        sheet.paragraph(county.report.funding, _HEAD, after=0)
    sheet.gap(5)


def small(sheet: Sheet, words: str) -> None:
    """A remark in small grey letters."""
    sheet.paragraph(words, _SMALL)


def page(sheet: Sheet) -> int:
    """The page that is written on, from 1."""
    return int(sheet.pdf.page)


def page_numbers(sheet: Sheet, words: str, first: int = 1) -> None:
    """*words* and "Seite n von m" below every page from the *first* on to the present one."""
    last, top = page(sheet), sheet.top
    below = sheet.pdf.h - _NUMBER
    for number in range(first, last + 1):
        sheet.pdf.page = number
        # A page says which letters it uses; the ones of another page are not known on it.
        sheet.pdf.set_font(style="B", size=_SMALL.size + 1)
        said = f"{words} · Seite {number - first + 1} von {last - first + 1}"
        sheet.at(sheet.margin, below, sheet.width, said, _SMALL)
    sheet.pdf.set_xy(sheet.margin, top)
