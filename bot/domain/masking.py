"""What leaves the office shows no count under five, and none that the others give away.

Counts stand in lines that add up: a row of a table and its sum, a column and its sum, the kinds of
help and the number of all requests. A count from 1 to 4 is hidden. If the rest of a line would give
one away, the next smallest of that line is hidden too, and so on until no line gives anything away.
One count can stand in several tables: they are all of one piece, so that none gives away what
another hides.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from bot.domain.figures import End, Figures, end_of

#: Counts from here on are shown; nothing (0) is, too.
SMALLEST: Final = 5
#: What stands for a count under five, and for another one that would give it away.
FEW: Final = f"< {SMALLEST}"
HIDDEN: Final = "x"

#: What is counted, as ``("2026-11", "helped")`` or ``("language", "ar")``.
Cell = tuple[str, ...]
ALL: Final[Cell] = ("all",)

_WITHOUT_HELP = (End.REFERRED, End.DROPPED, End.UNMET)

_K = TypeVar("_K", bound=Hashable)
_MUCH: Final = 10**12


def is_few(count: int) -> bool:
    return 0 < count < SMALLEST


def shown(count: int) -> str:
    """A count that stands in no line with others."""
    return FEW if is_few(count) else str(count)


def masked_figures(figures: Figures) -> dict[Cell, str]:
    """Every count of requests: ``ALL``, (month,), ("end", end), (month, end), ("reason", reason),
    ("language", …), ("place", …), ("category", …)."""
    cells: dict[Cell, int] = {ALL: figures.requests}
    lines: list[list[Cell]] = []
    for end in End:
        cells["end", end] = figures.ends.get(end, 0)
        cells |= {(month, end): ends.get(end, 0) for month, ends in figures.months.items()}
        lines.append([*((month, end) for month in figures.months), ("end", end)])
    for month, ends in figures.months.items():
        cells[month,] = sum(ends.values())
        lines.append([*((month, end) for end in End), (month,)])
    lines.append([*((month,) for month in figures.months), ALL])
    lines.append([*(("end", end) for end in End), ALL])
    parts: list[tuple[str, Mapping[str, int], Cell]] = [
        *(("reason", _reasons(figures, end), ("end", end)) for end in _WITHOUT_HELP),
        ("language", figures.asked, ALL),
        ("place", figures.places, ALL),
        ("category", figures.categories, ALL),
    ]
    for kind, counts, whole in parts:
        cells |= {(kind, key): count for key, count in counts.items()}
        lines.append([*((kind, key) for key in counts), whole])
    return masked(cells, lines)


def _reasons(figures: Figures, end: End) -> Mapping[str, int]:
    return {why: count for why, count in figures.reasons.items() if end_of(why) is end}


def masked(cells: Mapping[_K, int], lines: Sequence[Sequence[_K]]) -> dict[_K, str]:
    """*cells* as they may be published. In each of *lines* the last cell is the sum of the others.

    Nobody can work out a hidden count from what is shown of any one line.
    """
    hiding = _Hiding(cells, lines)
    while hiding.hides_one_more():
        pass
    return {cell: hiding.label(cell) for cell in cells}


class _Hiding(Generic[_K]):
    """``hidden``: what is not shown; ``blurred``: of it, where even "few" would say too much."""

    def __init__(self, cells: Mapping[_K, int], lines: Sequence[Sequence[_K]]) -> None:
        self._cells = cells
        self._lines = lines
        self._hidden = {cell for cell, count in cells.items() if is_few(count)}
        self._blurred = set[_K]()

    def label(self, cell: _K) -> str:
        count = self._cells[cell]
        if cell not in self._hidden:
            return str(count)
        return FEW if is_few(count) and cell not in self._blurred else HIDDEN

    def hides_one_more(self) -> bool:
        """False: nothing is given away any longer."""
        for line in self._lines:
            if not self._gives_away(line):
                continue
            others = [one for one in line if one not in self._hidden and self._cells[one] > 0]
            if others:
                self._hidden.add(min(others, key=lambda one: self._cells[one]))
            else:  # all of the line is hidden: that it is few says too much
                self._blurred.update(one for one in line if one in self._hidden)
            return True
        return False

    def _gives_away(self, line: Sequence[_K]) -> bool:
        """Only one count fits in a hidden cell of the line."""
        unknown = [cell for cell in line if cell in self._hidden]
        if len(unknown) > 1 and all(cell in self._blurred for cell in unknown):
            return False
        return any(self._fits_only_one(cell, line) for cell in unknown)

    def _fits_only_one(self, cell: _K, line: Sequence[_K]) -> bool:
        *parts, total = line
        others = [self._bounds(one) for one in parts if one != cell]
        least, most = sum(low for low, _ in others), sum(high for _, high in others)
        if cell != total:
            low, high = self._bounds(total)
            least, most = low - most, high - least
        low, high = self._bounds(cell)
        return max(low, least) >= min(high, most)

    def _bounds(self, cell: _K) -> tuple[int, int]:
        """What its sign says of a count; that an ``x`` is five or more can be guessed."""
        count = self._cells[cell]
        if cell not in self._hidden:
            return count, count
        if cell in self._blurred:
            return 1, _MUCH
        return (1, SMALLEST - 1) if is_few(count) else (SMALLEST, _MUCH)
