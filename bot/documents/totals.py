"""What was done in a year or in a funding period, in sums; on paper and as a workbook."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.documents import german
from bot.documents.book import Book, Cell, Field
from bot.documents.papers import File
from bot.domain.county import County, LifeArea
from bot.domain.masking import FEW, HIDDEN, is_few, masked
from bot.i18n.wording import Wording
from bot.usecases.reporting import Sums, Totals

#: A row of a table: what it groups by, and the value; within a life area also the kind of help.
_Group: TypeAlias = tuple[str, ...]
_ALL: Final[_Group] = ("all",)
_ADULTS, _CHILDREN, _PEOPLE = "adults", "children", "people"
_PARTS: Final = (_ADULTS, _CHILDREN, _PEOPLE)

_SAYS_HIDDEN: Final = (
    f"{FEW}: zum Schutz der Menschen nicht genannt. {HIDDEN}: nicht genannt, weil sich sonst eine"
    " andere Zahl ausrechnen ließe."
)
_SAYS_EXACT: Final = "Mit genauen Zahlen: nur für den internen Gebrauch, nicht weitergeben."
_SAYS_PEOPLE: Final = "Personen: je Einsatz gezählt. km: Hin- und Rückweg."
_FIELDS: Final = (
    Field("Einsätze", 10, "number"),
    Field("Personen", 10, "number"),
    Field("davon Kinder", 12, "number"),
    Field("Stunden", 10, "hours"),
    Field("km", 10, "number"),
    Field("Ehrenamtliche", 14, "number"),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """``cells`` below the fields: a number that is hidden is a text. ``bold``: a sum."""

    label: str
    cells: tuple[Cell, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    title: str
    first: str
    rows: tuple[_Row, ...]


def draw_pdf(facts: Totals, county: County, wording: Wording) -> File:
    from bot.documents.letter import DRAFT, letterhead, new_sheet, page_numbers, small
    from bot.documents.paper import Style
    from bot.documents.ruled import Column, Line, ruled

    title, told = _title(facts), _Told(facts)
    sheet = new_sheet(title, facts.made_at, county)
    letterhead(sheet, county)
    sheet.heading(title)
    sheet.paragraph(_span(facts))
    if facts.open_months:
        sheet.paragraph(_state(facts), DRAFT)
    columns = (Column("Kennzahl", 58), Column("Summe", 24, right=True))
    numbers = [Line((label, _written(cell, kind))) for label, cell, kind in _numbers(facts, told)]
    sheet.gap(1)
    ruled(sheet, columns, numbers, size=10)
    for table in _tables(facts, told, wording):
        sheet.gap(6)
        sheet.heading(f"Nach {table.title}", Style(size=12, bold=True))
        widths = (60, 17, 17, 24, 19, 17, 25)
        heads = (table.first, *(field.heading for field in _FIELDS))
        columns = [
            Column(head, width, right=at > 0)
            for at, (head, width) in enumerate(zip(heads, widths, strict=True))
        ]
        lines = [
            Line(
                (
                    row.label,
                    *(
                        _written(cell, field.kind)
                        for field, cell in zip(_FIELDS, row.cells, strict=True)
                    ),
                ),
                bold=row.bold,
            )
            for row in table.rows
        ]
        ruled(sheet, columns, lines)
    sheet.gap(3)
    small(sheet, " ".join(_remarks(facts)))
    page_numbers(sheet, f"{title} · Stand {german.moment(facts.made_at, county.zone)}")
    return File(_name(facts, county, "pdf"), sheet.content(), "application/pdf")


def draw_xlsx(facts: Totals, county: County, wording: Wording) -> File:
    title, told = f"{_title(facts)}, {county.name}", _Told(facts)
    book = Book(title, facts.made_at, county.zone)
    stand = f"Stand {german.moment(facts.made_at, county.zone)}"
    above = (title, _span(facts), _state(facts), stand)
    numbers = [[label, _written(cell, kind)] for label, cell, kind in _numbers(facts, told)]
    remarks = _remarks(facts)
    book.sheet(
        "Überblick",
        (Field("Kennzahl", 44), Field("Summe", 18)),
        numbers,
        above=above,
        below=remarks,
    )
    for table in _tables(facts, told, wording):
        book.sheet(
            table.title,
            (Field(table.first, 34), *_FIELDS),
            [[row.label, *row.cells] for row in table.rows],
            bold=[at for at, row in enumerate(table.rows) if row.bold],
            below=remarks,
        )
    return book.file(_name(facts, county, "xlsx"))


# --- what stands in them --------------------------------------------------------------------------


def _numbers(facts: Totals, told: "_Told") -> list[tuple[str, Cell, str]]:
    """The most important ones: label, value, and how it is written."""
    labels = (
        *("Einsätze", "Personen, denen geholfen wurde", "davon Kinder", "Stunden", "km"),
        "Ehrenamtliche mit Einsatz",
    )
    whole = told.cells(_ALL, facts.sums)
    attended: Cell = facts.attended if facts.exact or not is_few(facts.attended) else FEW
    return [
        *(
            (label, cell, field.kind)
            for label, cell, field in zip(labels, whole, _FIELDS, strict=True)
        ),
        ("Treffen (Schulung, Supervision, Austausch)", facts.meetups, "number"),
        ("Teilnahmen an Treffen", attended, "number"),
        ("Stunden bei Treffen, alle zusammen", facts.meetup_minutes, "hours"),
    ]


def _tables(facts: Totals, told: "_Told", wording: Wording) -> list[_Table]:
    def languages(key: str) -> str:
        return german.language(key) or "ohne Sprachmittlung"

    def plain(kind: str, groups: Mapping[str, Sums], label: Callable[[str], str]) -> list[_Row]:
        return [_Row(label(key), told.cells((kind, key), one)) for key, one in groups.items()]

    whole = _Row("Summe", told.cells(_ALL, facts.sums), bold=True)
    by_area = _by_area(facts, told, wording)
    by_language = plain("language", facts.by_language, languages)
    by_place = plain("place", facts.by_place, lambda key: key or "ohne Ort")
    by_month = plain("month", facts.by_month, german.month)
    return [
        _Table("Lebensbereich und Hilfe", "Lebensbereich, Art der Hilfe", (*by_area, whole)),
        _Table("Sprache", "Sprache", (*by_language, whole)),
        _Table("Ort", "Stadt oder Gemeinde", (*by_place, whole)),
        _Table("Monat", "Monat", (*by_month, whole)),
    ]


def _by_area(facts: Totals, told: "_Told", wording: Wording) -> list[_Row]:
    """Each life area with its sum, and the kinds of help in it below."""
    rows: list[_Row] = []
    for area, sums in facts.areas.items():
        label = german.life_area(area, wording) or "Ohne Lebensbereich"
        rows.append(_Row(label, told.cells(_area(area), sums), bold=True))
        rows += [
            _Row(f"    {german.category(key, wording)}", told.cells((*_area(area), key), one))
            for (of, key), one in facts.by_area.items()
            if of is area
        ]
    return rows


def _area(area: LifeArea | None) -> _Group:
    return ("area", "" if area is None else area.value)


# --- small numbers --------------------------------------------------------------------------------


class _Told:
    """What is told of each group. Small counts are hidden, and what would give them away; adults
    stand in no table, but can be worked out from people and children."""

    def __init__(self, facts: Totals) -> None:
        self._exact = facts.exact
        groups, lines = _groups(facts)
        tasks = {group: one.tasks for group, one in groups.items()}
        self._tasks = masked(tasks, lines)
        people = {
            (*group, part): count
            for group, one in groups.items()
            for part, count in (
                (_ADULTS, one.adults),
                (_CHILDREN, one.children),
                (_PEOPLE, one.people),
            )
        }
        of_parts = [[(*one, part) for one in line] for line in lines for part in _PARTS]
        of_people = [[(*group, part) for part in _PARTS] for group in groups]
        self._people = masked(people, [*of_people, *of_parts])

    def cells(self, group: _Group, sums: Sums) -> tuple[Cell, ...]:
        """Those of one row; a count that is hidden is a text."""
        if self._exact:
            counts: tuple[Cell, ...] = (sums.tasks, sums.people, sums.children)
        else:
            counts = (
                _told(sums.tasks, self._tasks[group]),
                _told(sums.people, self._people[*group, _PEOPLE]),
                _told(sums.children, self._people[*group, _CHILDREN]),
            )
        few = is_few(sums.volunteers) and not self._exact
        return (*counts, sums.minutes, sums.km, FEW if few else sums.volunteers)


def _groups(facts: Totals) -> tuple[dict[_Group, Sums], list[list[_Group]]]:
    """Every row, and the lines of rows whose last is the sum of the others."""
    groups: dict[_Group, Sums] = {_ALL: facts.sums}
    lines: list[list[_Group]] = []
    for area, sums in facts.areas.items():
        inside: dict[_Group, Sums] = {
            (*_area(area), key): one for (of, key), one in facts.by_area.items() if of is area
        }
        groups |= {_area(area): sums, **inside}
        lines.append([*inside, _area(area)])
    lines.append([*(_area(area) for area in facts.areas), _ALL])
    tables = (
        ("language", facts.by_language),
        ("place", facts.by_place),
        ("month", facts.by_month),
    )
    for kind, rows in tables:
        groups |= {(kind, key): one for key, one in rows.items()}
        lines.append([*((kind, key) for key in rows), _ALL])
    return groups, [line for line in lines if len(line) > 1]


def _told(count: int, label: str) -> Cell:
    return label if label in (FEW, HIDDEN) else count


def _written(cell: Cell, kind: str) -> str:
    if not isinstance(cell, int):
        return "" if cell is None else str(cell)
    return german.hours(cell) if kind == "hours" else german.number(cell)


# --- words around ---------------------------------------------------------------------------------


def _title(facts: Totals) -> str:
    if facts.name:
        return f"Summen {facts.name}"
    return f"Jahressummen {facts.first.year}" if facts.is_year else "Summen"


def _span(facts: Totals) -> str:
    return f"Zeitraum: {german.span(facts.first, facts.last)}"


def _state(facts: Totals) -> str:
    if not facts.open_months:
        return "Alle Monate sind abgeschlossen."
    if len(facts.open_months) > 3:
        return f"Entwurf: {len(facts.open_months)} Monate sind noch nicht abgeschlossen."
    months = ", ".join(german.month(month) for month in facts.open_months)
    return f"Entwurf: Noch nicht abgeschlossen: {months}."


def _remarks(facts: Totals) -> list[str]:
    return [_SAYS_PEOPLE, _SAYS_EXACT if facts.exact else _SAYS_HIDDEN]


def _name(facts: Totals, county: County, ending: str) -> str:
    span = str(facts.first.year) if facts.is_year else f"{facts.first:%Y-%m} bis {facts.last:%Y-%m}"
    what = "Jahressummen" if facts.is_year and not facts.name else _title(facts)
    inside = " (nur intern)" if facts.exact else ""
    return german.file_name(f"{span} {what} {county.name}{inside}", ending)
