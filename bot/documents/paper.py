"""Pages to print, as PDF: the few things our documents are made of.

All lengths are millimetres, all sizes of letters points. The fonts stand beside this module and are
embedded, only the letters used of them; the text can be selected, searched and read aloud. Heavy:
import it where a document is drawn, never at the program's start.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

import segno
from fpdf import FPDF
from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace, TTFFont

A4: Final = (210.0, 297.0)
A4_ACROSS: Final = (297.0, 210.0)

Align: TypeAlias = Literal["L", "C", "R"]
Rgb: TypeAlias = tuple[int, int, int]

BLACK: Final[Rgb] = (0, 0, 0)
GREY: Final[Rgb] = (95, 95, 95)

_FONTS: Final = Path(__file__).parent / "fonts"
_FAMILY: Final = "Noto"
_ARABIC: Final = "NotoArabic"
_FILES: Final = (
    (_FAMILY, "", "NotoSans-Regular.ttf"),
    (_FAMILY, "B", "NotoSans-Bold.ttf"),
    (_ARABIC, "", "NotoSansArabic-Regular.ttf"),
    (_ARABIC, "B", "NotoSansArabic-Bold.ttf"),
)
#: From one line to the next, as a part of the letters' size. Arabic letters reach high and low.
_LEADING: Final = 1.36
_POINT: Final = 25.4 / 72
_HEAD_FILL: Final[Rgb] = (235, 235, 235)


@dataclass(frozen=True, slots=True)
class Style:
    """How words look. ``rtl``: they run from right to left, so they also stand at the right, if no
    ``align`` says otherwise."""

    size: float = 10
    bold: bool = False
    rtl: bool = False
    align: Align | None = None
    colour: Rgb = BLACK

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * _POINT * _LEADING

    @property
    def side(self) -> Align:
        return self.align or ("R" if self.rtl else "L")


_TEXT: Final = Style()
_HEADING: Final = Style(size=15, bold=True)
_FOOTER: Final = Style(size=8, colour=GREY)


class Sheet:
    """A document that is written from top to bottom; a new page begins where one is full.

    ``footer`` stands below each page, with ``{page}`` and ``{pages}`` for the two numbers.
    ``made_at`` (with a zone) is written into the file, so that the same facts give the same file.
    """

    def __init__(
        self,
        title: str,
        made_at: datetime,
        *,
        size: tuple[float, float] = A4,
        margin: float = 18,
        language: str = "de",
        footer: str = "",
    ) -> None:
        self.pdf = _Pdf(size, footer)
        self.margin = margin
        self.pdf.set_margin(margin)
        self.pdf.set_auto_page_break(True, margin=margin + (_FOOTER.line if footer else 0))
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self.pdf.set_creator("Lotse")
        self.pdf.creation_date = made_at
        self._use(_TEXT)
        self.pdf.add_page()

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.pdf.epw

    @property
    def top(self) -> float:
        """Where the next words stand."""
        return self.pdf.get_y()

    def new_page(self) -> None:
        self.pdf.add_page()

    def gap(self, height: float) -> None:
        self.pdf.ln(height)

    def heading(self, words: str, style: Style = _HEADING) -> None:
        """Never alone at the foot of a page."""
        self.keep(style.line * 3)
        self.paragraph(words, style)

    def paragraph(self, words: str, style: Style = _TEXT, *, after: float = 2) -> None:
        """*words* over the whole width; a line feed begins a new line."""
        for line in words.split("\n"):  # each line has its own direction
            self._use(style)
            self.pdf.multi_cell(
                0,
                style.line,
                self.pdf.drawable(line),
                align=style.side,
                new_x="LMARGIN",
                new_y="NEXT",
            )
        self.gap(after)

    def keep(self, height: float) -> None:
        """What comes next is so high and stays together: on a new page, if it does not fit here."""
        if self.pdf.will_page_break(height):
            self.new_page()

    def table(
        self,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        style: Style = _TEXT,
        right: Sequence[int] = (),
    ) -> None:
        """*headings* stand on each page again; *widths* are parts of the page's width.

        *right*: the columns (0 is the first) with numbers, which stand at the right. A row whose
        first cell alone is filled is still a row; pass as many cells as headings.
        """
        self._use(style)
        with self.pdf.table(
            width=self.width,
            col_widths=tuple(widths),
            line_height=style.line,
            text_align=tuple("R" if at in right else "L" for at in range(len(headings))),
            padding=(0.6, 1.2),
            borders_layout=TableBordersLayout.ALL,
            headings_style=FontFace(emphasis="BOLD", fill_color=_HEAD_FILL),
        ) as table:
            for cells in (headings, *rows):
                row = table.row()
                for cell in cells:
                    row.cell(self.pdf.drawable(cell))

    def signatures(self, labels: Sequence[str], style: Style = _TEXT) -> None:
        """A line to sign on for each label, side by side, with room above it."""
        space, between = 14.0, 10.0
        self.keep(space + style.line * 2)
        top = self.top + space
        width = (self.width - between * (len(labels) - 1)) / len(labels)
        bottoms = [top]
        for at, label in enumerate(labels):
            left = self.margin + at * (width + between)
            self.pdf.line(left, top, left + width, top)
            bottoms.append(self.at(left, top + 1, width, label, style))
        self.pdf.set_xy(self.margin, max(bottoms))

    def qr(self, link: str, left: float, top: float, side: float) -> None:
        """*link* as a picture to scan, drawn at this place; the place of the next words stays."""
        picture = BytesIO()
        segno.make(link, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
        self.pdf.image(picture, left, top, side, side, alt_text=link)

    def at(self, left: float, top: float, width: float, words: str, style: Style = _TEXT) -> float:
        """*words* in a column of their own; gives the place below them. No page begins there."""
        breaks = self.pdf.auto_page_break
        self.pdf.set_auto_page_break(False, self.pdf.b_margin)
        for line in words.split("\n"):
            self._use(style)
            self.pdf.set_xy(left, top)
            self.pdf.multi_cell(
                width,
                style.line,
                self.pdf.drawable(line),
                align=style.side,
                new_x="LEFT",
                new_y="NEXT",
            )
            top = self.pdf.get_y()
        self.pdf.set_auto_page_break(breaks, self.pdf.b_margin)
        return top

    def height(self, words: str, width: float, style: Style = _TEXT) -> float:
        """How high *words* would be in a column of this width."""
        self._use(style)
        heights = (
            self.pdf.multi_cell(
                width, style.line, self.pdf.drawable(line), dry_run=True, output="HEIGHT"
            )
            for line in words.split("\n")
        )
        return sum(cast(Iterable[float], heights))

    def content(self) -> bytes:
        """The file."""
        return bytes(self.pdf.output())

    def _use(self, style: Style) -> None:
        self.pdf.use(style)


class _Pdf(FPDF):
    def __init__(self, size: tuple[float, float], footer: str) -> None:
        super().__init__(unit="mm", format=size)
        self._footer = footer
        for family, emphasis, file in _FILES:
            self.add_font(family, emphasis, _FONTS / file)
        self._letters = {code for font in self.fonts.values() for code in _codes(font)}
        self.set_fallback_fonts([_ARABIC], exact_match=True)
        self.c_margin = 0

    def use(self, style: Style) -> None:
        self.set_font(_FAMILY, "B" if style.bold else "", style.size)
        self.set_text_color(*style.colour)
        self.set_text_shaping(True, direction="rtl" if style.rtl else "ltr")

    def drawable(self, words: str) -> str:
        """*words* without emoji and other signs that no font here has: they'd be empty boxes."""
        return "".join(letter for letter in words if ord(letter) in self._letters).strip()

    def footer(self) -> None:
        if self._footer:
            self.use(_FOOTER)
            self.set_y(-self.t_margin)
            said = self._footer.format(page=self.page_no(), pages="{nb}")
            self.cell(0, _FOOTER.line, said, align="C")
            self.use(_TEXT)


def _codes(font: object) -> Iterable[int]:
    assert isinstance(font, TTFFont)
    return cast(Mapping[int, str], font.cmap)
