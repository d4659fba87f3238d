"""The office's numbers as a table that may leave it: nothing under five, no names, in German."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final, TypeAlias

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from bot.documents import figures_words as words
from bot.domain.county import County
from bot.domain.figures import End, Figures, Speed
from bot.domain.masking import ALL, FEW, HIDDEN, Cell, masked_figures, shown
from bot.i18n.wording import Wording

#: What stands in a cell. A hidden number is words, so that no sum is made of it by mistake.
Value: TypeAlias = str | int | float
_Rows: TypeAlias = Iterable[Sequence[Value]]
_WIDEST: Final = 60  # letters
_HOUR: Final = 3600


def draw(figures: Figures, county: County, wording: Wording) -> bytes:
    """The workbook: one sheet for each question."""
    masked = masked_figures(figures)
    file = BytesIO()
    # The library has no types: what it makes is `Any` to us.
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": f"Zahlen {words.period(figures.period)}", "author": county.name})
    sheets = _Sheets(book)
    sheets.add("Übersicht", ("", ""), _overview(figures, county, masked))
    sheets.add("Monate", ("Monat", *words.ENDS.values(), "zusammen"), _months(figures, masked))
    sheets.add(
        "Zeit bis zur Zusage",
        ("Monat", "die Hälfte bis (Std.)", "neun von zehn bis (Std.)"),
        _speeds(figures),
    )
    sheets.add("Gründe ohne Hilfe", ("Grund", "Anfragen"), _reasons(figures, masked))
    sheets.add(
        "Sprachen",
        ("Sprache", "Anfragen", "Ehrenamtliche, die sie verstehen"),
        _languages(figures, masked),
    )
    sheets.add("Orte", ("Stadt oder Gemeinde", "Anfragen"), _places(figures, masked))
    kinds = {key: words.category(key, county, wording) for key in figures.categories}
    sheets.add("Arten der Hilfe", ("Art der Hilfe", "Anfragen"), _of("category", kinds, masked))
    sheets.add("Ehrenamtliche", ("Person", "Einsätze", "Stunden"), _load(figures))
    book.close()
    return file.getvalue()


class _Sheets:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._hidden = book.add_format({"align": "right", "font_color": "#6B7680"})

    def add(self, name: str, head: Sequence[str], rows: _Rows) -> None:
        """The head stays in sight; columns are as wide as what stands in them."""
        sheet = self._book.add_worksheet(name)
        found = [list(row) for row in rows]
        sheet.write_row(0, 0, head, self._head)
        for y, row in enumerate(found, 1):
            for x, value in enumerate(row):
                if isinstance(value, str):  # never a formula, whatever it begins with
                    kind = [self._hidden] if value in (FEW, HIDDEN) else []
                    sheet.write_string(y, x, value, *kind)
                else:
                    sheet.write_number(y, x, value)
        for x, title in enumerate(head):
            letters = [len(title), *(len(str(row[x])) for row in found if x < len(row))]
            sheet.set_column(x, x, min(_WIDEST, max(letters) + 2))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)


def _overview(figures: Figures, county: County, masked: Mapping[Cell, str]) -> _Rows:
    return [
        ("Zahlen", county.name),
        ("Zeitraum", f"{words.day(figures.period.first)} bis {words.day(figures.period.last)}"),
        ("Anfragen", _value(masked[ALL])),
        *((words.ENDS[end], _value(masked["end", end])) for end in End),
        ("Hinweis", words.MASKED),
    ]


def _months(figures: Figures, masked: Mapping[Cell, str]) -> _Rows:
    return [
        *(
            (
                words.month(month),
                *(_value(masked[month, end]) for end in words.ENDS),
                _value(masked[month,]),
            )
            for month in figures.months
        ),
        ("zusammen", *(_value(masked["end", end]) for end in words.ENDS), _value(masked[ALL])),
    ]


def _speeds(figures: Figures) -> _Rows:
    speeds = {words.month(month): speed for month, speed in figures.speeds.items()}
    return [(name, *_hours(speed)) for name, speed in {**speeds, "alle": figures.speed}.items()]


def _hours(speed: Speed | None) -> tuple[Value, Value]:
    """Nothing can be said of fewer than five."""
    if speed is None:
        return "", ""
    if shown(speed.number) == FEW:
        return FEW, FEW
    return round(speed.half / _HOUR, 1), round(speed.most / _HOUR, 1)


def _reasons(figures: Figures, masked: Mapping[Cell, str]) -> _Rows:
    names = {why: words.REASONS.get(why, why) for why in figures.reasons}
    return _of("reason", names, masked)


def _languages(figures: Figures, masked: Mapping[Cell, str]) -> _Rows:
    codes = dict.fromkeys([*figures.asked, *figures.offered])
    names = {code: words.language(code) for code in codes}
    asked = {("language", code): "0" for code in codes} | dict(masked)
    offered = {words.language(code): shown(figures.offered.get(code, 0)) for code in codes}
    return [
        (name, number, _value(offered[str(name)])) for name, number in _of("language", names, asked)
    ]


def _places(figures: Figures, masked: Mapping[Cell, str]) -> _Rows:
    return _of("place", {name: words.place(name) for name in figures.places}, masked)


def _of(kind: str, names: Mapping[str, str], masked: Mapping[Cell, str]) -> list[tuple[Value, ...]]:
    """The largest first; what is hidden last, by name: its place would say how many."""
    rows = [(name, _value(masked[kind, key])) for key, name in names.items()]
    seen = [row for row in rows if isinstance(row[1], int)]
    return [*seen, *sorted(row for row in rows if isinstance(row[1], str))]


def _load(figures: Figures) -> _Rows:
    for n, one in enumerate(figures.load, 1):
        tasks = shown(one.tasks)
        yield f"Person {n}", _value(tasks), HIDDEN if tasks == FEW else round(one.minutes / 60, 1)


def _value(label: str) -> int | str:
    return int(label) if label.isdecimal() else label
