"""The office's numbers as pictures: one each, legible on a phone, in German.

The colours are told apart by people who see red and green alike (Okabe and Ito, 2008), and each
number stands beside its bar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from bot.documents import figures_words as words
from bot.documents.canvas import FAINT, HEIGHT, INK, RULE, WIDTH, Canvas, is_readable
from bot.domain.county import County
from bot.domain.figures import End, Figures, Speed, end_of
from bot.domain.masking import ALL, FEW, HIDDEN, masked_figures, shown

_BLUE: Final = "#0072B2"
_SKY: Final = "#56B4E9"
_RED: Final = "#D55E00"
_GREEN: Final = "#009E73"
_GREY: Final = "#8A949C"
_SAND: Final = "#D8C9A8"
_COLOURS: Final[Mapping[End, str]] = {
    End.HELPED: _BLUE,
    End.REFERRED: _SKY,
    End.OPEN: _GREY,
    End.DROPPED: _SAND,
    End.UNMET: _RED,
}

_LEFT, _RIGHT = 70, WIDTH - 70
_TOP, _BOTTOM = 330, HEIGHT - 110
_TEXT, _BIG, _TITLE = 30, 92, 52
_STUB = 46  # length of a bar that says nothing of its number
_ROOMY_ROWS, _MOST_ROWS = 11, 24
_MOST_LANGUAGES = 9
_NAMES = 480  # the longest name beside its bar
_TALLEST_ROW = 96
_FEW_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """``size``: None if the number is hidden. ``label``: the number as it is shown."""

    name: str
    size: int | None
    label: str
    colour: str = _BLUE
    note: str = ""


class Numbers:
    """Counts as they may be shown: all of them inside the office, masked outside."""

    def __init__(self, figures: Figures, *, outside: bool) -> None:
        self._masked = masked_figures(figures) if outside else None
        self.outside = outside

    def bar(self, name: str, count: int, *cell: str, colour: str = _BLUE) -> Bar:
        """*cell*: what it is in the masked table; without it stands in no sum."""
        if self._masked is None:
            return Bar(name, count, words.number(count), colour)
        label = self._masked[cell] if cell else shown(count)
        is_hidden = label in (FEW, HIDDEN)
        return Bar(name, None if is_hidden else count, label, colour)

    def in_order(self, bars: Sequence[Bar]) -> list[Bar]:
        """What is hidden after what is not, by name: its place would say how many."""
        if not self.outside:
            return list(bars)
        hidden = sorted((bar for bar in bars if bar.size is None), key=lambda bar: bar.name)
        return [
            *(bar for bar in bars if bar.size),
            *hidden,
            *(bar for bar in bars if bar.size == 0),
        ]


def draw(figures: Figures, county: County, topic: str, *, outside: bool) -> bytes:
    """The picture of a topic (`bot.usecases.counting_notices.TOPICS`) as a PNG. *outside*: it may
    leave the office: nothing under five, no names. Raises ``KeyError``: no such picture."""
    picture = _PICTURES[topic]
    canvas, numbers = Canvas(), Numbers(figures, outside=outside)
    title = words.TITLES["months" if topic == "weeks" and outside else topic]
    canvas.text(_LEFT, 90, title, _TITLE, bold=True, width=_RIGHT - _LEFT)
    canvas.text(_LEFT, 155, words.period(figures.period), _TEXT, colour=FAINT)
    is_empty = not (figures.load if topic == "load" else figures.requests)
    if is_empty:
        nothing = "Keine Einsätze" if topic == "load" else "Keine Anfragen"
        _in_the_middle(canvas, f"{nothing} in dieser Zeit.")
    else:
        picture(canvas, figures, numbers)
    _footer(canvas, county, outside=outside)
    return canvas.png()


def _footer(canvas: Canvas, county: County, *, outside: bool) -> None:
    canvas.line(_LEFT, HEIGHT - 85, _RIGHT, HEIGHT - 85, RULE)
    said = words.MASKED if outside else "Nur für das Büro"
    canvas.text(_LEFT, HEIGHT - 50, said, 20, colour=FAINT, width=760)
    canvas.text(_RIGHT, HEIGHT - 50, county.name, 20, colour=FAINT, align="right", width=200)


def _in_the_middle(canvas: Canvas, said: str) -> None:
    canvas.text(WIDTH / 2, HEIGHT / 2, said, 40, align="center")


def _headline(canvas: Canvas, number: str, said: str, *, x: float = _LEFT) -> None:
    canvas.text(x, 240, number, _BIG, bold=True, colour=INK)
    beside = x + canvas.width_of(number, _BIG, bold=True) + 24
    canvas.text(beside, 252, said, _TEXT, colour=FAINT, width=_RIGHT - beside)


# --- lists of bars --------------------------------------------------------------------------------


def _bars(canvas: Canvas, bars: Sequence[Bar]) -> None:
    """One below the other, the number behind each: a few with the name above, many with the name
    beside it."""
    rows = _with_the_rest(bars)
    beside = len(rows) > _ROOMY_ROWS
    size = 25 if beside else _TEXT
    names = min(_NAMES, max(canvas.width_of(bar.name, size) for bar in rows))
    left = _LEFT + (names + 24 if beside else 0)
    height = min(_TALLEST_ROW, (_BOTTOM - _TOP) / len(rows))
    largest = max([bar.size for bar in rows if bar.size], default=1)
    numbers = max(canvas.width_of(_behind(bar), size, bold=True) for bar in rows)
    room = _RIGHT - left - numbers - 20
    for n, bar in enumerate(rows):
        y = _TOP + n * height
        if beside:
            canvas.text(_LEFT, y + height / 2, bar.name, size, width=names + 1)
            _bar(canvas, bar, left, y + 0.12 * height, 0.76 * height, room / largest, size)
        else:
            canvas.text(_LEFT, y + 0.22 * height, bar.name, size, width=_RIGHT - _LEFT)
            _bar(canvas, bar, left, y + 0.46 * height, 0.36 * height, room / largest, size)


def _bar(
    canvas: Canvas,
    bar: Bar,
    left: float,
    y: float,
    height: float,
    scale: float,
    size: float = _TEXT,
) -> None:
    """*scale*: how long one is."""
    length = _STUB if bar.size is None else scale * bar.size
    if length:
        canvas.box(left, y, max(length, 4), height, bar.colour, hatched=bar.size is None)
    colour = _RED if bar.colour == _RED else INK
    x = left + length + (16 if length else 0)
    canvas.text(x, y + height / 2, _behind(bar), size, bold=True, colour=colour)


def _behind(bar: Bar) -> str:
    return f"{bar.label}  {bar.note}".rstrip()


def _with_the_rest(bars: Sequence[Bar]) -> list[Bar]:
    """As many as fit; those left over in one, if their numbers may be added up."""
    if len(bars) <= _MOST_ROWS:
        return list(bars)
    first, rest = bars[: _MOST_ROWS - 1], bars[_MOST_ROWS - 1 :]
    sizes = [bar.size for bar in rest if bar.size is not None]
    if len(sizes) < len(rest):
        return [*first, Bar(f"und {len(rest)} weitere", 0, "", _GREY)]
    total = sum(sizes)
    return [*first, Bar(f"{len(rest)} weitere", total, words.number(total), _GREY)]


# --- the pictures ---------------------------------------------------------------------------------


def _weeks(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    total = numbers.bar("", figures.requests, *ALL)
    _headline(canvas, total.label, _requests(figures))
    ends = [
        numbers.bar(words.ENDS[end], figures.ends.get(end, 0), "end", end, colour=colour)
        for end, colour in _COLOURS.items()
    ]
    _legend(canvas, ends, coloured=not numbers.outside)
    if numbers.outside:
        _columns_by_month(canvas, figures, numbers)
    else:
        _columns_by_week(canvas, figures)


def _requests(figures: Figures) -> str:
    return "Anfrage" if figures.requests == 1 else "Anfragen"


def _legend(canvas: Canvas, ends: Sequence[Bar], *, coloured: bool) -> None:
    for n, end in enumerate(ends):
        y = _TOP + 20 + n * 52
        if coloured:
            canvas.box(_LEFT, y - 16, 32, 32, end.colour)
        canvas.text(_LEFT + (50 if coloured else 0), y, end.name, _TEXT)
        canvas.text(620, y, end.label, _TEXT, bold=True, align="right")


_CHART_LEFT, _CHART_TOP, _CHART_BOTTOM = _LEFT + 60, 680, _BOTTOM - 70


def _columns_by_week(canvas: Canvas, figures: Figures) -> None:
    weeks = figures.weeks
    largest = max(sum(ends.values()) for ends in weeks.values())
    _scale(canvas, largest)
    step = (_RIGHT - _CHART_LEFT) / len(weeks)
    wide = len(weeks) <= _FEW_COLUMNS
    for n, (monday, ends) in enumerate(weeks.items()):
        x, y = _CHART_LEFT + n * step, float(_CHART_BOTTOM)
        for end, colour in _COLOURS.items():
            height = _column(ends.get(end, 0), largest)
            y -= height
            canvas.box(x + 0.1 * step, y, 0.8 * step, height, colour)
        middle = x + step / 2
        if wide:
            total = str(sum(ends.values()))
            canvas.text(middle, y - 24, total, _TEXT, bold=True, align="center")
        label = _week_label(monday, len(weeks))
        canvas.text(middle, _CHART_BOTTOM + 34, label, 26, colour=FAINT, align="center")


def _week_label(monday: date, columns: int) -> str:
    """The first day; of many weeks only the month, where it begins."""
    if columns <= _FEW_COLUMNS:
        return f"{monday.day}.{monday.month}."
    begins = monday.day <= 7
    every_other = columns > 30 and monday.month % 2 == 0
    return words.MONTHS[monday.month - 1][:3] if begins and not every_other else ""


def _columns_by_month(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    """Only how many in all: by month the parts of them would mostly be hidden."""
    bars = [
        numbers.bar(words.MONTHS[int(month[5:]) - 1][:3], sum(ends.values()), month)
        for month, ends in figures.months.items()
    ]
    largest = max([bar.size for bar in bars if bar.size], default=0)
    _scale(canvas, largest)
    step = (_RIGHT - _CHART_LEFT) / len(bars)
    width = min(0.7 * step, 160)
    for n, bar in enumerate(bars):
        middle = _CHART_LEFT + (n + 0.5) * step
        height = _STUB if bar.size is None else _column(bar.size, largest)
        y = _CHART_BOTTOM - height
        if height:
            canvas.box(middle - width / 2, y, width, height, _BLUE, hatched=bar.size is None)
        canvas.text(middle, y - 24, bar.label, 26, bold=True, align="center")
        canvas.text(middle, _CHART_BOTTOM + 34, bar.name, 26, colour=FAINT, align="center")


def _column(count: int, largest: int) -> float:
    return (_CHART_BOTTOM - _CHART_TOP) * count / max(largest, 1)


_ROUND: Final = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2)


def _scale(canvas: Canvas, largest: int) -> None:
    """A line at nothing and one at a round number: the eye needs no more."""
    canvas.line(_LEFT, _CHART_BOTTOM, _RIGHT, _CHART_BOTTOM, FAINT)
    mark = next((each for each in _ROUND if each <= largest), largest)
    if not mark:
        return
    y = _CHART_BOTTOM - _column(mark, largest)
    canvas.line(_CHART_LEFT, y, _RIGHT, y, RULE)
    canvas.text(_LEFT, y, str(mark), 26, colour=FAINT)


def _speed(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    overall = _may_show(figures.speed, numbers)
    if overall is None:
        said = "Weniger als fünf Zusagen." if figures.speed else "Noch keine Zusage."
        _in_the_middle(canvas, said)
        return
    canvas.dot(_LEFT + 14, 245, 14, _BLUE)
    canvas.text(_LEFT + 44, 238, words.duration(overall.half), 64, bold=True)
    canvas.text(_LEFT + 44, 296, "die Hälfte bis dahin", 26, colour=FAINT)
    canvas.dot(WIDTH / 2 + 34, 245, 14, _RED)
    canvas.text(WIDTH / 2 + 64, 238, words.duration(overall.most), 64, bold=True)
    canvas.text(WIDTH / 2 + 64, 296, "neun von zehn bis dahin", 26, colour=FAINT)
    _dumbbells(canvas, figures, numbers)


def _dumbbells(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    rows = {month: _may_show(speed, numbers) for month, speed in figures.speeds.items()}
    longest = max([1, *(speed.most for speed in rows.values() if speed)])
    top, height = 360.0, min(110.0, (_BOTTOM - 360) / len(rows))
    room = _RIGHT - _LEFT - 40
    for n, (month, speed) in enumerate(rows.items()):
        y = top + n * height
        canvas.text(_LEFT, y + 0.28 * height, words.month(month), 26)
        if speed is None:
            said = "weniger als fünf Zusagen" if figures.speeds[month] else "keine Zusage"
            canvas.text(_RIGHT, y + 0.28 * height, said, 26, colour=FAINT, align="right")
            continue
        both = f"{words.duration(speed.half)}  ·  {words.duration(speed.most)}"
        canvas.text(_RIGHT, y + 0.28 * height, both, 26, bold=True, align="right")
        half, most = (_LEFT + 14 + room * at / longest for at in (speed.half, speed.most))
        line = y + 0.68 * height
        canvas.line(_LEFT + 14, line, _RIGHT - 26, line, RULE)
        canvas.line(half, line, most, line, _GREY, 8)
        canvas.dot(most, line, 13, _RED)
        canvas.dot(half, line, 13, _BLUE)


def _may_show(speed: Speed | None, numbers: Numbers) -> Speed | None:
    if speed is None or (numbers.outside and shown(speed.number) == FEW):
        return None
    return speed


def _unmet(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    bars = [
        numbers.bar(words.REASONS.get(why, why), count, "reason", why, colour=_COLOURS[end_of(why)])
        for why, count in figures.reasons.items()
    ]
    unmet = numbers.bar("", figures.ends.get(End.UNMET, 0), "end", End.UNMET)
    whole = numbers.bar("", figures.requests, *ALL)
    _headline(canvas, unmet.label, f"von {whole.label} {_requests(figures)} ohne Hilfe")
    if bars:
        _bars(canvas, numbers.in_order(bars))
    else:
        _in_the_middle(canvas, "Alle haben Hilfe oder warten noch.")


def _languages(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    """Two bars each: how often it was asked for, and how many understand it."""
    canvas.box(_LEFT, 212, 32, 32, _BLUE)
    canvas.text(_LEFT + 50, 228, "Anfragen", _TEXT)
    canvas.box(_LEFT + 280, 212, 32, 32, _GREEN)
    canvas.text(_LEFT + 330, 228, "Ehrenamtliche, die sie verstehen", _TEXT)
    codes = [*figures.asked, *(code for code in figures.offered if code not in figures.asked)]
    by_name = {words.language(code): code for code in codes}
    asked = numbers.in_order([_asked(figures, numbers, code) for code in codes])[:_MOST_LANGUAGES]
    offered = [_offered(figures, numbers, by_name[bar.name]) for bar in asked]
    height = min(130.0, (_BOTTOM - 280) / len(asked))
    behind = max(canvas.width_of(_behind(bar), _TEXT, bold=True) for bar in (*asked, *offered))
    room = _RIGHT - _LEFT - behind - 20
    scale = room / max([bar.size for bar in asked if bar.size], default=1)
    other_scale = room / max([bar.size for bar in offered if bar.size], default=1)
    for n, (above, below) in enumerate(zip(asked, offered, strict=True)):
        y = 280 + n * height
        canvas.text(_LEFT, y + 0.2 * height, above.name, _TEXT, bold=True)
        _bar(canvas, above, _LEFT, y + 0.38 * height, 0.24 * height, scale)
        _bar(canvas, below, _LEFT, y + 0.66 * height, 0.24 * height, other_scale)


def _asked(figures: Figures, numbers: Numbers, code: str) -> Bar:
    if code not in figures.asked:
        return Bar(words.language(code), 0, "0")
    return numbers.bar(words.language(code), figures.asked[code], "language", code)


def _offered(figures: Figures, numbers: Numbers, code: str) -> Bar:
    """With how many requests there are for each of them, if nothing is hidden."""
    count, asked = figures.offered.get(code, 0), figures.asked.get(code, 0)
    if not count:
        return Bar("", 0, "niemand", _RED)
    bar = numbers.bar("", count, colour=_GREEN)
    if numbers.outside or count == 1 or asked < count:
        return bar
    return replace(bar, note=f"·  je {round(asked / count)} Anfragen")


def _load(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    people = len(figures.load)
    bars = list[Bar]()
    for n, one in enumerate(figures.load, 1):
        known = one.name and not numbers.outside and is_readable(one.name)
        bar = numbers.bar(one.name if known else f"Person {n}", one.tasks)
        note = "" if bar.size is None else f"·  {words.hours(one.minutes)}"
        bars.append(Bar(bar.name, bar.size, bar.label, note=note))
    if numbers.outside:  # no sum of the tasks: it could give away who did few
        _headline(canvas, shown(people), "Ehrenamtliche")
    else:
        tasks = sum(one.tasks for one in figures.load)
        hours = words.hours(sum(one.minutes for one in figures.load))
        said = "Einsatz" if tasks == 1 else "Einsätze"
        _headline(canvas, words.number(tasks), f"{said}, {hours}, {people} Ehrenamtliche")
    _bars(canvas, bars)


def _places(canvas: Canvas, figures: Figures, numbers: Numbers) -> None:
    total = numbers.bar("", figures.requests, *ALL)
    towns = len([name for name in figures.places if name])
    where = "Ort" if towns == 1 else "Orten"
    _headline(canvas, total.label, f"{_requests(figures)} aus {towns} {where}")
    bars = [
        numbers.bar(words.place(name), count, "place", name, colour=_BLUE if name else _GREY)
        for name, count in figures.places.items()
    ]
    _bars(canvas, numbers.in_order(bars))


_PICTURES = {
    "weeks": _weeks,
    "speed": _speed,
    "unmet": _unmet,
    "languages": _languages,
    "load": _load,
    "places": _places,
}
