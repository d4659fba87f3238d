"""What was done in a year or in a funding period, in sums; on paper and as a workbook."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.documents import german
from bot.documents.book import Book, Cell, Field
from bot.documents.papers import File
from bot.domain.county import County, LifeArea
from bot.domain.masking import ENOUGH, Count, Hidden, masked
from bot.i18n.wording import Wording
from bot.usecases.reporting import Sums, Totals

_HIDDEN: Final = {Hidden.SMALL: f"< {ENOUGH}", Hidden.BESIDE: "*"}
_SAYS_HIDDEN: Final = (
    "< 5: zum Schutz der Menschen nicht genannt. *: nicht genannt, weil sich sonst eine andere Zahl"
    " ausrechnen ließe."
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

    title = _title(facts)
    sheet = new_sheet(title, facts.made_at, county)
    letterhead(sheet, county)
    sheet.heading(title)
    sheet.paragraph(_span(facts))
    if facts.open_months:
        sheet.paragraph(_state(facts), DRAFT)
    columns = (Column("Kennzahl", 58), Column("Summe", 24, right=True))
    numbers = [Line((label, _written(cell, kind))) for label, cell, kind in _numbers(facts)]
    sheet.gap(1)
    ruled(sheet, columns, numbers, size=10)
    for table in _tables(facts, wording):
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
    title = f"{_title(facts)}, {county.name}"
    book = Book(title, facts.made_at, county.zone)
    stand = f"Stand {german.moment(facts.made_at, county.zone)}"
    above = (title, _span(facts), _state(facts), stand)
    numbers = [[label, _written(cell, kind)] for label, cell, kind in _numbers(facts)]
    remarks = _remarks(facts)
    book.sheet(
        "Überblick",
        (Field("Kennzahl", 44), Field("Summe", 18)),
        numbers,
        above=above,
        below=remarks,
    )
    for table in _tables(facts, wording):
        book.sheet(
            table.title,
            (Field(table.first, 34), *_FIELDS),
            [[row.label, *row.cells] for row in table.rows],
            bold=[at for at, row in enumerate(table.rows) if row.bold],
            below=remarks,
        )
    return book.file(_name(facts, county, "xlsx"))


# --- what stands in them --------------------------------------------------------------------------


def _numbers(facts: Totals) -> list[tuple[str, Cell, str]]:
    """The most important ones: label, value, and how it is written."""
    (sums,) = _cells([facts.sums], exact=facts.exact)
    labels = (
        *("Einsätze", "Personen, denen geholfen wurde", "davon Kinder", "Stunden", "km"),
        "Ehrenamtliche mit Einsatz",
    )
    return [
        *(
            (label, cell, field.kind)
            for label, cell, field in zip(labels, sums, _FIELDS, strict=True)
        ),
        ("Treffen (Schulung, Supervision, Austausch)", facts.meetups, "number"),
        ("Teilnahmen an Treffen", _shown(Count(facts.attended)), "number"),
        ("Stunden bei Treffen, alle zusammen", facts.meetup_minutes, "hours"),
    ]


def _tables(facts: Totals, wording: Wording) -> list[_Table]:
    def months(key: str) -> str:
        return german.month(key)

    def languages(key: str) -> str:
        return german.language(key) or "ohne Sprachmittlung"

    def places(key: str) -> str:
        return key or "ohne Ort"

    return [
        _Table("Lebensbereich und Hilfe", "Lebensbereich, Art der Hilfe", _by_area(facts, wording)),
        _Table("Sprache", "Sprache", _plain(facts, facts.by_language, languages)),
        _Table("Ort", "Stadt oder Gemeinde", _plain(facts, facts.by_place, places)),
        _Table("Monat", "Monat", _plain(facts, facts.by_month, months)),
    ]


def _plain(
    facts: Totals, groups: Mapping[str, Sums], label: Callable[[str], str]
) -> tuple[_Row, ...]:
    cells = _cells(list(groups.values()), exact=facts.exact)
    rows = [_Row(label(key), shown) for key, shown in zip(groups, cells, strict=True)]
    return (*rows, _whole(facts))


def _whole(facts: Totals) -> _Row:
    (sums,) = _cells([facts.sums], exact=facts.exact)
    return _Row("Summe", sums, bold=True)


def _by_area(facts: Totals, wording: Wording) -> tuple[_Row, ...]:
    """Each life area with its sum, and the kinds of help in it below."""
    areas: dict[LifeArea | None, list[tuple[str, Sums]]] = {}
    for (area, category), sums in facts.by_area.items():
        areas.setdefault(area, []).append((category, sums))
    rows: list[_Row] = []
    heads = _cells([facts.areas[area] for area in areas], exact=facts.exact)
    for (area, inside), head in zip(areas.items(), heads, strict=True):
        label = german.life_area(area, wording) or "Ohne Lebensbereich"
        rows.append(_Row(label, head, bold=True))
        below = _cells([sums for _, sums in inside], exact=facts.exact, head=head)
        rows += [
            _Row(f"    {german.category(category, wording)}", cells)
            for (category, _), cells in zip(inside, below, strict=True)
        ]
    return (*rows, _whole(facts))


# --- small numbers --------------------------------------------------------------------------------


def _cells(
    groups: Sequence[Sums], *, exact: bool, head: Sequence[Cell] | None = None
) -> list[tuple[Cell, ...]]:
    """The cells of a table's rows; small counts are hidden unless *exact*.

    *head*: the cells of the sum above these rows. Where that is hidden, they must not give it away.
    """
    tasks = [one.tasks for one in groups]
    people = [one.people for one in groups]
    children = [one.children for one in groups]
    if exact:
        counted: list[Sequence[Cell]] = [tasks, people, children]
        volunteers: Sequence[Cell] = [one.volunteers for one in groups]
    else:
        few_adults = [at for at, one in enumerate(groups) if 0 < one.adults < ENOUGH]
        columns = (masked(tasks), masked(people), masked(children, also=few_adults))
        counted = [
            _column(counts, None if head is None else head[at]) for at, counts in enumerate(columns)
        ]
        volunteers = [_shown(*masked([one.volunteers])) for one in groups]
    minutes, km = [one.minutes for one in groups], [one.km for one in groups]
    return [*zip(*counted, minutes, km, volunteers, strict=True)]


def _column(counts: Sequence[Count], head: Cell) -> list[Cell]:
    """*head*: the sum above; if that is a text, it is hidden."""
    if isinstance(head, str) and all(one.hidden is None for one in counts):
        least = min((one.n, at) for at, one in enumerate(counts) if one.n)[1]
        counts = [
            Count(one.n, Hidden.BESIDE) if at == least else one for at, one in enumerate(counts)
        ]
    return [_shown(one) for one in counts]


def _shown(count: Count) -> Cell:
    return count.n if count.hidden is None else _HIDDEN[count.hidden]


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
