"""What hangs on walls: the invitation to ask for help, as a poster or as cards, and the call for
volunteers. Each with a code to scan.

Heavy (it draws): imported where a document is made.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.documents import codes
from bot.documents.paper import A4, GREY, Sheet, Style
from bot.documents.papers import File
from bot.domain.county import County
from bot.i18n.languages import LANGUAGES, endonym
from bot.i18n.wording import Wording
from bot.messages import N_, Text, text
from bot.usecases import notices

NEED_HELP = N_("Do you need help?")
WHAT_WE_DO = N_(
    "Volunteers help you in your language: at the doctor, at offices, at school, with letters and"
    " forms."
)
FREE = N_("It is free. We never ask for money, passwords or ID.")
SCAN = N_("Scan the code with your phone. It opens Telegram.")
OR_CALL = N_("Or call us: {phone}")

_WANTED = N_("Volunteers wanted")
_WANTED_WHY = N_(
    "People who are new here need somebody who comes along: to the doctor, to an office, to school."
)
_WANTED_WHO = N_("You speak another language, or you have a little time? That is all it takes.")
_WANTED_HOW = N_("You choose when and how often you help. The office prepares you and is there.")
_WANTED_SUM = N_("For each month in which you help, there is an allowance of {sum}.")

#: The same papers always give the same file: what they say holds until somebody prints them anew.
UNDATED: Final = datetime(2026, 1, 1, tzinfo=UTC)

CARD: Final = (85.0, 55.0)
_COLUMNS, _ROWS = 2, 5
_MARK: Final = 4.0  # millimetres of a cut mark
_BETWEEN_LINES: Final = 0.4  # millimetres

_SMALL: Final = Style(size=9, colour=GREY)


@dataclass(frozen=True, slots=True)
class Page:
    """One language on a page, and how its words run."""

    wording: Wording
    language: str

    @property
    def rtl(self) -> bool:
        return LANGUAGES[self.language].rtl

    def says(self, said: Text) -> str:
        return self.wording.plain(said, self.language)

    def style(self, size: float, *, bold: bool = False) -> Style:
        return Style(size=size, bold=bold, rtl=self.rtl)


def draw(of: Mapping[str, str], county: County, wording: Wording) -> File:
    """``username``: the bot's. ``kind``: ``help`` or ``volunteers``; ``size``: ``a4`` or ``card``;
    ``language``: a code, empty for all; ``place``: a place of the county, or empty.

    Raises ``LookupError`` for a place that a code can't name.
    """
    language, place = of.get("language", ""), of.get("place", "")
    if of.get("kind") == "volunteers":
        link = codes.link(of["username"], codes.VOLUNTEERS)
        return _pdf(["Aushang", "Ehrenamtliche"], _volunteers(county, wording, link))
    link = codes.link(of["username"], codes.payload(county, language, place))
    about = [one for one in (language, place) if one]
    if of.get("size") == "card":
        return _pdf(["Karten", *about], _cards(county, wording, link, language))
    if language:
        return _pdf(["Aushang", *about], _poster(county, Page(wording, language), link, place))
    return _pdf(["Aushang", *about], _poster_in_all(county, wording, link, place))


def money(cents: int) -> str:
    """``130 €``, ``12,50 €``."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02} €" if rest else f"{whole} €"


def unbroken(said: str) -> str:
    """No line ends within it: a phone number, a day with its hours."""
    return said.replace(" ", "\u00a0")


def hours_of(county: County, page: Page) -> str:
    """When the office can be called; empty if that is not known."""
    return " · ".join(unbroken(page.says(line)) for line in notices.office_hours(county))


def _pdf(name: Sequence[str], sheet: Sheet) -> File:
    plain = "-".join(re.findall(r"\w+", " ".join(name)))
    return File(f"{plain}.pdf", sheet.content(), "application/pdf")


# --- A4, one language ---------------------------------------------------------------------------


def _poster(county: County, page: Page, link: str, place: str) -> Sheet:
    sheet = Sheet(page.says(text(NEED_HELP)), UNDATED, size=A4, language=page.language)
    _title(sheet, page, NEED_HELP)
    sheet.paragraph(page.says(text(WHAT_WE_DO)), page.style(23), after=5)
    sheet.paragraph(page.says(text(FREE)), page.style(23, bold=True), after=7)
    _code(sheet, link, place, 98)
    sheet.paragraph(page.says(text(SCAN)), _middle(page.style(17)), after=2)
    _call(sheet, county, page)
    if page.language != county.office_language:
        _for_passers_by(sheet, Page(page.wording, county.office_language))
    return sheet


def _title(sheet: Sheet, page: Page, words: str) -> None:
    """On one line, as large as that goes."""
    said = page.says(text(words))
    styles = [page.style(size, bold=True) for size in range(46, 24, -2)]
    fits = (one for one in styles if sheet.height(said, sheet.width, one) < 1.5 * one.line)
    sheet.paragraph(said, next(fits, styles[-1]), after=6)


def _code(sheet: Sheet, link: str, place: str, side: float) -> None:
    sheet.qr(link, (A4[0] - side) / 2, sheet.top, side)
    sheet.gap(side + 1)
    if place:
        sheet.paragraph(place, _middle(_SMALL), after=2)


def _call(sheet: Sheet, county: County, page: Page) -> None:
    called = text(OR_CALL, phone=unbroken(county.office_phone))
    sheet.paragraph(page.says(called), _middle(page.style(24, bold=True)), after=1)
    sheet.paragraph(county.office_name, _middle(Style(size=12)), after=0)
    hours = hours_of(county, page)
    if hours:
        sheet.paragraph(hours, _middle(page.style(11)), after=0)


def _for_passers_by(sheet: Sheet, page: Page) -> None:
    """The words once more for whoever hangs the paper up, at the foot."""
    said = " ".join(page.says(text(words)) for words in (NEED_HELP, WHAT_WE_DO, FREE))
    top = A4[1] - sheet.margin - sheet.height(said, sheet.width, _SMALL)
    if sheet.top < top:
        sheet.at(sheet.margin, top, sheet.width, said, _middle(_SMALL))


def _middle(style: Style) -> Style:
    return replace(style, align="C")


# --- A4, all languages --------------------------------------------------------------------------


def _poster_in_all(county: County, wording: Wording, link: str, place: str) -> Sheet:
    """The office's language and the code at the top, the others in two columns below."""
    ours = Page(wording, county.office_language)
    sheet = Sheet(ours.says(text(NEED_HELP)), UNDATED, size=A4, margin=14)
    side, left, top = 66.0, sheet.margin, sheet.margin
    sheet.qr(link, A4[0] - sheet.margin - side, top, side)
    width = sheet.width - side - 8
    y = sheet.at(left, top, width, ours.says(text(NEED_HELP)), Style(size=27, bold=True)) + 3
    y = sheet.at(left, y, width, ours.says(text(WHAT_WE_DO)), Style(size=14)) + 2
    y = sheet.at(left, y, width, ours.says(text(FREE)), Style(size=14, bold=True)) + 2
    sheet.at(left, y, width, ours.says(text(SCAN)), Style(size=11))
    foot = A4[1] - sheet.margin - 30
    _columns(sheet, _others(wording, ours.language), top + side + 5, foot - 3)
    y = sheet.at(left, foot, sheet.width, county.office_phone, Style(size=34, bold=True, align="C"))
    said = " · ".join(filter(None, (county.office_name, place)))
    sheet.at(left, y, sheet.width, said, Style(size=11, align="C"))
    return sheet


def _others(wording: Wording, ours: str) -> list[tuple[str, Page]]:
    """Each other language with the names it goes by; two that say the same stand together."""
    found: dict[tuple[str, ...], tuple[str, Page]] = {}
    for code in wording.catalogues.offered:
        page = Page(wording, code)
        said = tuple(page.says(text(words)) for words in (NEED_HELP, WHAT_WE_DO, FREE))
        if code != ours:
            names, first = found.get(said, ("", page))
            found[said] = (f"{names} / {endonym(code)}" if names else endonym(code), first)
    return list(found.values())


def _columns(sheet: Sheet, blocks: Sequence[tuple[str, Page]], top: float, foot: float) -> None:
    """The *blocks* side by side in two columns, in the largest letters for which they fit."""
    between = 8.0
    width = (sheet.width - between) / 2
    rows = [blocks[at : at + 2] for at in range(0, len(blocks), 2)]
    fitting = (
        size
        for size in (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
        if sum(_row_height(sheet, row, width, size) for row in rows) <= foot - top
    )
    size = next(fitting, 8.0)
    heights = [_row_height(sheet, row, width, size) for row in rows]
    spare = max(0.0, foot - top - sum(heights)) / max(1, len(rows))
    for row, height in zip(rows, heights, strict=True):
        for at, block in enumerate(row):
            _block(sheet, block, sheet.margin + at * (width + between), top, width, size)
        top += height + spare


def _lines(block: tuple[str, Page], size: float) -> list[tuple[str, Style]]:
    names, page = block
    return [
        (names, replace(page.style(8), colour=GREY)),
        (page.says(text(NEED_HELP)), page.style(size + 4, bold=True)),
        (page.says(text(WHAT_WE_DO)), page.style(size)),
        (page.says(text(FREE)), page.style(size, bold=True)),
    ]


def _row_height(sheet: Sheet, row: Sequence[tuple[str, Page]], width: float, size: float) -> float:
    heights = (
        sum(sheet.height(words, width, style) for words, style in _lines(block, size))
        for block in row
    )
    return max(heights) + 2


def _block(
    sheet: Sheet, block: tuple[str, Page], left: float, top: float, width: float, size: float
) -> None:
    for words, style in _lines(block, size):
        top = sheet.at(left, top, width, words, style)


# --- cards --------------------------------------------------------------------------------------


def _cards(county: County, wording: Wording, link: str, language: str) -> Sheet:
    """Ten on a sheet, with marks to cut along."""
    sheet = Sheet("Karten", UNDATED, size=A4, margin=8)
    width, height = CARD
    left, top = (A4[0] - _COLUMNS * width) / 2, (A4[1] - _ROWS * height) / 2
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            at = (left + column * width, top + row * height)
            _card(sheet, at, county, wording, link, language)
    _cut_marks(sheet, left, top)
    return sheet


def _card(
    sheet: Sheet,
    at: tuple[float, float],
    county: County,
    wording: Wording,
    link: str,
    language: str,
) -> None:
    inside, side = 5.0, 31.0
    left, top = at[0] + inside, at[1] + inside
    sheet.qr(link, left, top + 1, side)
    x, width = left + side + 3, CARD[0] - 2 * inside - side - 3
    foot = at[1] + CARD[1] - inside
    name, phone = Style(size=7, colour=GREY), Style(size=13, bold=True)
    room = foot - phone.line - name.line - top
    said = _said_on_card(county, wording, language)
    fitting = (
        size
        for size in (1.0, 0.95, 0.9, 0.85, 0.8)
        if _height_on_card(sheet, said, width, size) <= room
    )
    size = next(fitting, 0.75)
    y = top
    for words, style in said:
        y = sheet.at(x, y, width, words, _scaled(style, size)) + _BETWEEN_LINES
    sheet.at(left, foot - phone.line - name.line, CARD[0] - 2 * inside, county.office_name, name)
    sheet.at(left, foot - phone.line, CARD[0] - 2 * inside, county.office_phone, phone)


def _height_on_card(
    sheet: Sheet, said: Sequence[tuple[str, Style]], width: float, size: float
) -> float:
    return sum(
        sheet.height(words, width, _scaled(style, size)) + _BETWEEN_LINES for words, style in said
    )


def _scaled(style: Style, size: float) -> Style:
    return replace(style, size=style.size * size)


def _said_on_card(county: County, wording: Wording, language: str) -> list[tuple[str, Style]]:
    ours = Page(wording, county.office_language)
    if language:
        page = Page(wording, language)
        said = [
            (page.says(text(NEED_HELP)), page.style(13, bold=True)),
            (page.says(text(FREE)), page.style(9.5)),
        ]
        also = (ours.says(text(NEED_HELP)), _SMALL)
        return said if language == ours.language else [*said, also]
    pages = [ours, *(page for _, page in _others(wording, ours.language))]
    asked = dict.fromkeys((page.says(text(NEED_HELP)), page.style(7.5)) for page in pages)
    return list(asked)


def _cut_marks(sheet: Sheet, left: float, top: float) -> None:
    right, bottom = left + _COLUMNS * CARD[0], top + _ROWS * CARD[1]
    for column in range(_COLUMNS + 1):
        x = left + column * CARD[0]
        sheet.line(x, top - _MARK, x, top - 1)
        sheet.line(x, bottom + 1, x, bottom + _MARK)
    for row in range(_ROWS + 1):
        y = top + row * CARD[1]
        sheet.line(left - _MARK, y, left - 1, y)
        sheet.line(right + 1, y, right + _MARK, y)


# --- volunteers wanted --------------------------------------------------------------------------


def _volunteers(county: County, wording: Wording, link: str) -> Sheet:
    page = Page(wording, county.office_language)
    sheet = Sheet(page.says(text(_WANTED)), UNDATED, size=A4)
    _title(sheet, page, _WANTED)
    sheet.paragraph(page.says(text(_WANTED_WHY)), page.style(21), after=4)
    sheet.paragraph(page.says(text(_WANTED_WHO)), page.style(21, bold=True), after=4)
    sheet.paragraph(page.says(text(_WANTED_HOW)), page.style(17), after=3)
    if county.allowance.cents:
        allowance = text(_WANTED_SUM, sum=money(county.allowance.cents))
        sheet.paragraph(page.says(allowance), page.style(17), after=5)
    _code(sheet, link, "", 88)
    sheet.paragraph(page.says(text(SCAN)), _middle(page.style(15)), after=2)
    _call(sheet, county, page)
    return sheet
