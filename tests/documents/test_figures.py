"""The office's numbers: counted right, still there when requests are forgotten, and nothing under
five in what leaves the office."""

import io
import itertools
import struct
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, cast

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import MovableWall
from bot.documents import figures_png, figures_xlsx
from bot.documents.canvas import Canvas
from bot.domain.appointments import Outcome
from bot.domain.county import County
from bot.domain.figures import (
    End,
    Figure,
    Figures,
    Load,
    Period,
    Reason,
    Span,
    Speed,
    counted,
    reason_of,
    shortage,
)
from bot.domain.masking import FEW, HIDDEN, masked, masked_figures
from bot.domain.requests import State
from bot.domain.verdicts import Why
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.storage import assignments, requests
from bot.storage.database import Database
from bot.storage.rows import number
from bot.storage.tx import Tx
from bot.usecases import clockwork, counting, dispatch
from bot.usecases.counting_notices import TOPICS
from tests.usecases.office import COUNTY, Desk

HOUR, DAY = 3600, 24 * 3600
JANUARY = Period(date(2027, 1, 1), date(2027, 1, 31))
WINTER = Period(date(2026, 12, 1), date(2027, 2, 28))
NAMES = ("Annegret", "سارة", "گوهر", "Олена", "ዳንኤል", "Ümmügülsüm-Fatma-Maria-Magdalena")


def figure(on: date = date(2027, 1, 4), state: State = State.DONE, **more: Any) -> Figure:
    usual: dict[str, Any] = {
        "category": "doctor",
        "group": "doctor",
        "language": "ar",
        "municipality": "Halberstadt",
        "how": "along",
        "weekly": False,
        "reason": reason_of(state),
        "seconds_to_yes": HOUR if state is State.DONE else None,
    }
    return Figure(filed_on=on, state=state, **usual | more)


# --- counting -------------------------------------------------------------------------------------


def test_a_small_history() -> None:
    counts = counted(
        JANUARY,
        [
            figure(date(2027, 1, 1), seconds_to_yes=2 * HOUR),
            figure(date(2027, 1, 3), State.ASSIGNED, seconds_to_yes=6 * HOUR),
            figure(date(2027, 1, 4), State.OPEN, language="prs", municipality=""),
            figure(date(2027, 1, 31), State.MISSED, reason=Reason.LANGUAGE, language="ti"),
            figure(date(2027, 1, 31), reason=Reason.ABSENT, seconds_to_yes=20 * HOUR),
            figure(date(2027, 1, 31), State.CLOSED, reason=Reason.TWICE),
            figure(date(2027, 2, 1)),
        ],
        spoken=[{"ar", "de"}, {"fas"}, {"ar"}],
        load=[Load("Anna", 1, 60), Load("Bilal", 3, 200)],
    )
    assert counts.requests == 6
    assert counts.ends == {End.HELPED: 2, End.UNMET: 2, End.DROPPED: 1, End.OPEN: 1}
    mondays = [date(2026, 12, 28), *(date(2027, 1, 4) + timedelta(7 * n) for n in range(4))]
    assert list(counts.weeks) == mondays
    assert counts.weeks[mondays[0]] == {End.HELPED: 2}
    assert counts.weeks[mondays[-1]] == {End.UNMET: 2, End.DROPPED: 1}
    assert counts.speed == counts.speeds["2027-01"] == Speed(3, 6 * HOUR, 20 * HOUR)
    assert counts.reasons == {Reason.ABSENT: 1, Reason.TWICE: 1, Reason.LANGUAGE: 1}
    assert counts.asked == {"ar": 4, "prs": 1, "ti": 1}
    # "fas" may be Dari: whoever speaks it is understood.
    assert counts.offered == {"ar": 2, "de": 1, "fas": 1, "prs": 1}
    assert counts.places == {"Halberstadt": 5, "": 1}
    assert [one.name for one in counts.load] == ["Bilal", "Anna"]


def test_what_was_missing_most() -> None:
    assert shortage({Why.NOT_ACTIVE: 9, Why.BUSY: 1, Why.PAUSED: 2, Why.NO_SKILL: 2}) is Reason.TIME
    assert shortage({Why.NOT_APPOINTED: 9}) is Reason.NOBODY
    assert shortage({}) is Reason.NOBODY


@pytest.mark.parametrize(
    ("state", "told", "reason"),
    [
        (State.DONE, {"outcome": "took_place"}, ""),
        (State.DONE, {"outcome": "absent"}, Reason.ABSENT),
        (State.OPEN, {"short_of": "language"}, ""),
        (State.MISSED, {"short_of": "language"}, Reason.LANGUAGE),
        (State.MISSED, {}, Reason.NOBODY),
        (State.CLOSED, {"closed": "nobody", "short_of": "time"}, Reason.TIME),
        (State.CLOSED, {"closed": "solved", "short_of": "time"}, Reason.SOLVED),
        (State.CLOSED, {"closed": "something newer"}, Reason.CLOSED),
        (State.CANCELLED, {"short_of": "time"}, Reason.CANCELLED),
    ],
)
def test_why_there_was_no_help(state: State, told: dict[str, str], reason: str) -> None:
    assert reason_of(state, **told) == reason


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, "2028-02-01", "2028-02-29"),
        (Span.BEFORE, "2028-01-01", "2028-01-31"),
        (Span.QUARTER, "2028-01-01", "2028-03-31"),
        (Span.YEAR, "2028-01-01", "2028-12-31"),
        (Span.TWELVE, "2027-03-01", "2028-02-29"),
    ],
)
def test_periods_are_whole_months(span: Span, first: str, last: str) -> None:
    expected = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert span.around(date(2028, 2, 29)) == expected


# --- when requests are forgotten ------------------------------------------------------------------


async def test_the_numbers_outlive_the_requests(database: Database, wall: MovableWall) -> None:
    """The same numbers before and after; and nothing of the rows leads to anybody."""
    desk = Desk(database, wall)
    anna = await desk.volunteer("Anna", "ar")
    amina = await desk.person("Amina")
    helped = await desk.request(amina, language="ar")
    await desk.request(await desk.person("Tesfay"), hours=48, language="ti")
    dropped = await desk.request(await desk.person("Sara"), hours=50, language="ar")
    wall.move_to(wall.now() + HOUR)
    await desk.run(dispatch.accept, COUNTY, anna, 1)
    await desk.run(dispatch.cancel, COUNTY, await desk.person("Sara"), dropped.id)
    await desk.until(helped.time[1] + HOUR)
    assignment = await desk.run(assignments.last_of_request, helped.id)
    assert assignment is not None
    await desk.run(assignments.close, assignment.id, Outcome.TOOK_PLACE, 90)

    period = Span.TWELVE.around(date(2027, 3, 1))
    before = await desk.run(counting.figures, COUNTY, period)
    assert before.ends == {End.HELPED: 1, End.DROPPED: 1, End.UNMET: 1}
    assert before.reasons == {Reason.CANCELLED: 1, Reason.LANGUAGE: 1}
    assert before.speed == Speed(1, HOUR, HOUR)
    assert before.load == [Load("Anna", 1, 90)]

    for _ in range(2):  # the second time there is nothing left to put away
        wall.move_to(wall.now() + 31 * DAY)
        await desk.run(clockwork.tidy_up, COUNTY)
        assert await desk.run(counting.figures, COUNTY, period) == before
    assert await desk.run(number, "SELECT count(*) AS n FROM help_requests") == 0
    rows = await desk.rows("SELECT * FROM request_figures ORDER BY id")
    assert len(rows) == 3
    assert set(dict(cast(Any, rows[0]))) == {
        *("id", "filed_on", "category", "kind", "language", "municipality", "how", "weekly"),
        *("state", "reason", "seconds_to_yes"),
    }


async def test_help_every_week_counts_once(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    amina = await desk.person("Amina")
    first = await desk.request(amina)

    def meeting(tx: Tx) -> None:
        wanted = requests.by_id(tx, first.id)
        requests.add(tx, amina.id, wanted, State.DONE, series_id=first.id)

    await desk.run(meeting)
    assert (await desk.run(counting.figures, COUNTY, JANUARY)).requests == 1


def test_a_district_counts_with_its_town() -> None:
    assert counting.municipality_of(COUNTY, "Sargstedt") == "Halberstadt"
    assert counting.municipality_of(COUNTY, "Halberstadt") == "Halberstadt"
    assert counting.municipality_of(COUNTY, "Atlantis") == ""


# --- nothing under five -----------------------------------------------------------------------


def _possible(label: str, largest: int) -> Iterable[int]:
    """What a reader who knows the rules may think of."""
    if label == FEW:
        return range(1, 5)
    return range(1, largest + 1) if label == HIDDEN else [int(label)]


def _fillings(labels: Sequence[str], largest: int) -> list[tuple[int, ...]]:
    """Every way to fill in a line whose last number is the sum of the others."""
    *parts, total = labels
    allowed = set(_possible(total, len(parts) * largest))
    found = itertools.product(*(_possible(label, largest) for label in parts))
    return [(*line, sum(line)) for line in found if sum(line) in allowed]


def _tells_nothing(counts: Sequence[int], labels: Sequence[str]) -> None:
    assert not {"1", "2", "3", "4"} & set(labels)
    fillings = _fillings(labels, max(counts) + 6)
    assert tuple(counts) in fillings
    for at, label in enumerate(labels):
        if label in (FEW, HIDDEN):
            assert len({filling[at] for filling in fillings}) > 1, (counts, labels)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
@example([3, 5])
@example([4, 4])
@example([1, 1, 1, 1])
@example([5, 1, 1])
def test_no_row_gives_a_small_number_away(row: list[int]) -> None:
    cells = dict(enumerate([*row, sum(row)]))
    _tells_nothing(list(cells.values()), list(masked(cells, [list(cells)]).values()))


@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=3))
def test_nor_does_a_table_with_its_sums(rows: list[list[int]]) -> None:
    grid = [[*row, sum(row)] for row in rows]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    cells = {(y, x): count for y, row in enumerate(grid) for x, count in enumerate(row)}
    height, width = len(grid), len(grid[0])
    lines = [
        *([(y, x) for x in range(width)] for y in range(height)),
        *([(y, x) for y in range(height)] for x in range(width)),
    ]
    shown = masked(cells, lines)
    for line in lines:
        _tells_nothing([cells[cell] for cell in line], [shown[cell] for cell in line])


def _many(requests: int, period: Period = WINTER, people: int = 30) -> Figures:
    """Made up, and the same each time."""
    days = (period.last - period.first).days + 1
    states = (State.DONE, State.DONE, State.OPEN, State.CANCELLED, State.MISSED, State.CLOSED)
    places = [place.name for place in COUNTY.places]
    made = [
        figure(
            period.first + timedelta(n * 7 % days),
            state := states[n % 6],
            category=list(COUNTY.categories)[n % len(COUNTY.categories)],
            language=("ar", "uk", "fa", "ar", "ti", "ckb", "xx")[n % 7],
            municipality=counting.municipality_of(COUNTY, places[n * n % len(places)]),
            reason=reason_of(state, closed=("nobody", "solved")[n % 2], short_of="distance"),
            seconds_to_yes=HOUR * (n % 60) if state is State.DONE else None,
        )
        for n in range(requests)
    ]
    load = [Load(NAMES[n % len(NAMES)], n + 1, 50 * n) for n in range(people)]
    return counted(period, made, spoken=[{"ar", "de"}, {"uk"}, {"fas"}] * 2, load=load)


HISTORIES = {"nothing": (0, 0), "one": (1, 1), "some": (47, 5), "many": (2000, 30)}


@cache
def _history(name: str) -> Figures:
    return _many(HISTORIES[name][0], people=HISTORIES[name][1])


def test_what_stands_in_two_tables_agrees() -> None:
    """Two sums of one number of requests: what one hides, the other does not show."""
    shown = masked_figures(_history("some"))
    for kind in ("language", "place", "category"):
        labels = [label for cell, label in shown.items() if cell[0] == kind]
        assert not {"1", "2", "3", "4"} & set(labels)
        hidden = [label for label in labels if label in (FEW, HIDDEN)]
        assert len(hidden) != 1 or shown["all",] == HIDDEN


# --- the pictures ---------------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line of a picture."""
    lines: list[str] = []
    write = Canvas.text

    def listen(canvas: Canvas, x: float, y: float, words: str, size: float, **how: Any) -> None:
        lines.append(words)
        write(canvas, x, y, words, size, **how)

    monkeypatch.setattr(Canvas, "text", listen)
    return lines


def size_of(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("topic", TOPICS)
def test_every_picture(history: str, topic: str, drawn: list[str]) -> None:
    for outside in (False, True):
        drawn.clear()
        png = figures_png.draw(_history(history), COUNTY, topic, outside=outside)
        assert size_of(png) == (1080, 1350)
        if outside:
            assert not {"1", "2", "3", "4"} & {line.partition("  ")[0] for line in drawn}
            assert [name for name in NAMES for line in drawn if name in line] == []
        if history == "nothing":
            assert any("in dieser Zeit" in line for line in drawn)


def test_a_picture_says_the_numbers(drawn: list[str]) -> None:
    figures = _history("many")
    figures_png.draw(figures, COUNTY, "weeks", outside=False)
    assert {"2.000", "Anfragen", "668", "noch offen"} <= set(drawn)
    figures_png.draw(figures, COUNTY, "languages", outside=False)
    assert "niemand" in drawn  # speaks Tigrinya
    figures_png.draw(figures, COUNTY, "load", outside=False)
    assert "سارة" in drawn
    assert "ዳንኤል" not in drawn  # the font has no such letters


# --- the table ------------------------------------------------------------------------------------


def read_back(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def _table(figures: Figures, county: County = COUNTY) -> dict[str, list[list[Any]]]:
    wording = Wording(Catalogues.load(), county.zone)
    return read_back(figures_xlsx.draw(figures, county, wording))


@pytest.mark.parametrize("history", HISTORIES)
def test_the_table_hides_what_is_few(history: str) -> None:
    sheets = _table(_history(history))
    cells = [cell for rows in sheets.values() for row in rows[1:] for cell in row[1:]]
    assert [cell for cell in cells if isinstance(cell, int) and 0 < cell < 5] == []
    said = {str(cell) for rows in sheets.values() for row in rows for cell in row}
    assert said.isdisjoint(NAMES)


def test_the_table_cell_by_cell() -> None:
    day = date(2027, 1, 4)
    figures = counted(
        JANUARY,
        [
            *[figure(day, seconds_to_yes=3 * HOUR) for _ in range(9)],
            *[figure(day, State.MISSED, reason=Reason.LANGUAGE, language="ti") for _ in range(6)],
            *[figure(day, State.OPEN, language="ti", municipality="Thale") for _ in range(2)],
        ],
        spoken=[{"ar"}] * 6,
        load=[Load("Anna", 12, 600), Load("Bilal", 2, 60)],
    )
    sheets = _table(figures)
    assert sheets["Übersicht"][1:5] == [
        ["Zahlen", "Landkreis Harz"],
        ["Zeitraum", "01.01.2027 bis 31.01.2027"],
        ["Anfragen", 17],
        ["Hilfe gefunden", 9],
    ]
    assert sheets["Monate"][1] == ["Januar 2027", 9, FEW, 0, 0, HIDDEN, 17]
    assert sheets["Zeit bis zur Zusage"][1:] == [["Januar 2027", 3, 3], ["alle", 3, 3]]
    assert sheets["Gründe ohne Hilfe"][1:] == [["niemand für die Sprache", HIDDEN]]
    assert sheets["Sprachen"][1:] == [["Arabisch", 9, 6], ["Tigrinya", 8, 0]]
    assert sheets["Orte"][1:] == [["Halberstadt", HIDDEN], ["Thale", FEW]]
    assert sheets["Ehrenamtliche"][1:] == [["Person 1", 12, 10], ["Person 2", FEW, HIDDEN]]
