"""A picture for a phone: 1080 by 1350 points, drawn from the top left, as a PNG.

Matplotlib is heavy: import this module only where something is drawn. Only its objects are used,
never ``pyplot``, which keeps a state that threads would share.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Rectangle

WIDTH: Final = 1080
HEIGHT: Final = 1350

_PAPER: Final = "#FBFAF7"
INK: Final = "#22303C"
FAINT: Final = "#6B7680"
RULE: Final = "#E3E0D8"

_PER_INCH: Final = 100
_POINT: Final = 72 / _PER_INCH  # typographic points of one of ours
_FONTS: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
_ELLIPSIS: Final = "…"

Align = Literal["left", "center", "right"]


@cache
def _font(*, bold: bool) -> FontProperties:
    """Has the Latin, Cyrillic and Arabic letters."""
    return FontProperties(fname=_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


@cache
def _letters() -> frozenset[int]:
    return frozenset(FT2Font(str(_FONTS / "DejaVuSans-Bold.ttf")).get_charmap())


def is_readable(words: str) -> bool:
    """There is a letter of the font for each of these."""
    return all(ord(letter) in _letters() for letter in words)


class Canvas:
    """Where things are drawn. Sizes and places in points of the picture (pixels)."""

    def __init__(self) -> None:
        # The library's own hints about types are not complete: what it makes is `Any` to us.
        self._figure: Any = Figure(
            figsize=(WIDTH / _PER_INCH, HEIGHT / _PER_INCH), dpi=_PER_INCH, facecolor=_PAPER
        )
        self._agg: Any = FigureCanvasAgg(self._figure)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        colour: str = INK,
        bold: bool = False,
        align: Align = "left",
        width: float = WIDTH,
    ) -> None:
        """*y* is the middle of the line; too long for *width*: cut, with an ellipsis."""
        self._figure.text(
            x / WIDTH,
            1 - y / HEIGHT,
            self._cut(words, size, width, bold=bold),
            fontsize=size * _POINT,
            fontproperties=_sized(size, bold=bold),
            color=colour,
            ha=align,
            va="center_baseline",
            parse_math=False,
        )

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        if not words:
            return 0
        found = self._agg.get_renderer().get_text_width_height_descent(
            words, _sized(size, bold=bold), ismath=False
        )
        return float(found[0])

    def box(
        self, x: float, y: float, width: float, height: float, colour: str, *, hatched: bool = False
    ) -> None:
        """From its top left corner. *hatched*: how large it should be is not said."""
        self._figure.add_artist(
            Rectangle(
                (x / WIDTH, 1 - (y + height) / HEIGHT),
                width / WIDTH,
                height / HEIGHT,
                transform=self._figure.transFigure,
                facecolor=_PAPER if hatched else colour,
                edgecolor=colour if hatched else "none",
                hatch="////" if hatched else None,
                linewidth=1.5 if hatched else 0,
                zorder=1,
            )
        )

    def line(
        self, x: float, y: float, to_x: float, to_y: float, colour: str, width: float = 2
    ) -> None:
        self._figure.add_artist(
            Line2D(
                [x / WIDTH, to_x / WIDTH],
                [1 - y / HEIGHT, 1 - to_y / HEIGHT],
                transform=self._figure.transFigure,
                color=colour,
                linewidth=width * _POINT,
                zorder=0,
            )
        )

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self._figure.add_artist(
            Circle((x, HEIGHT - y), radius, transform=None, facecolor=colour, edgecolor="none")
        )

    def png(self) -> bytes:
        file = BytesIO()
        self._figure.savefig(file, format="png", metadata={"Software": None})
        return file.getvalue()

    def _cut(self, words: str, size: float, width: float, *, bold: bool) -> str:
        if self.width_of(words, size, bold=bold) <= width:
            return words
        fits, too_long = 0, len(words)
        while too_long - fits > 1:
            at = (fits + too_long) // 2
            if self.width_of(words[:at] + _ELLIPSIS, size, bold=bold) <= width:
                fits = at
            else:
                too_long = at
        return words[:fits].rstrip() + _ELLIPSIS


def _sized(size: float, *, bold: bool) -> FontProperties:
    font = _font(bold=bold).copy()
    font.set_size(size * _POINT)
    return font
