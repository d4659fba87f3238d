"""One page for who asks for help, in each language: five steps in pictures, and whom to call.

Heavy (it draws): imported where a document is made.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.documents import codes, pictograms
from bot.documents.paper import A4, Sheet, Style
from bot.documents.papers import File
from bot.documents.poster import FREE, UNDATED, Page, hours_of, unbroken
from bot.domain.county import County
from bot.i18n import bidi
from bot.i18n.wording import Wording
from bot.messages import N_, text

_TITLE = N_("How you get help")
#: What happens, and the picture beside it.
_STEPS: Final = (
    (N_("Scan the code with your phone. Or call us."), pictograms.phone),
    (N_("Choose your language. Say what you need, and when and where."), pictograms.speech),
    (N_("We look for a volunteer who speaks your language and has time."), pictograms.search),
    (N_("We write to you: who comes, on which day, and where you meet."), pictograms.calendar),
    (N_("You go there together. The volunteer helps you to understand."), pictograms.two),
)
_CANCEL = N_("You can't come? Please cancel in Telegram, or call us.")
_BY_CALL = N_("You can also call. We fill in everything with you: {phone}")
_EMERGENCY = N_("In an emergency")

_BETWEEN: Final = 6.0
#: Sides of a picture, the largest that leaves room for the rest is taken.
_PICTURES: Final = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0)


def draw(of: Mapping[str, str], county: County, wording: Wording) -> File:
    """``username``: the bot's. ``language``: a code; empty: a page for each. ``place`` as of a
    poster."""
    language, place = of.get("language", ""), of.get("place", "")
    languages = [language] if language else wording.catalogues.offered
    sheet = Sheet("Merkblatt", UNDATED, size=A4, margin=16, language=languages[0])
    for number, code in enumerate(languages):
        if number:
            sheet.new_page()
        link = codes.link(of["username"], codes.payload(county, code, place))
        _page(sheet, Page(wording, code), county, link)
    name = "-".join(["Merkblatt", *([language] if language else [])])
    return File(f"{name}.pdf", sheet.content(), "application/pdf")


def _page(sheet: Sheet, page: Page, county: County, link: str) -> None:
    """In a right-to-left language everything is mirrored: the picture stands at the right."""
    side = 44.0
    code_left = sheet.margin if page.rtl else A4[0] - sheet.margin - side
    words_left = sheet.margin + (side + _BETWEEN if page.rtl else 0)
    width = sheet.width - side - _BETWEEN
    sheet.qr(link, code_left, sheet.margin, side)
    said = ((_TITLE, page.style(27, bold=True)), (FREE, page.style(14)))
    top = sheet.margin
    for words, style in said:
        top = sheet.at(words_left, top, width, page.says(text(words)), style) + 3
    top = max(top, sheet.margin + side) + 4
    foot = _foot(page, county)
    room = (
        A4[1] - sheet.margin - top - _height(sheet, foot) - _emergency_height(sheet, page, county)
    )
    fitting = (one for one in _PICTURES if len(_STEPS) * (one + _BETWEEN - 1) <= room)
    top = _steps(sheet, page, top, next(fitting, _PICTURES[-1]))
    for words, style in foot:
        top = sheet.at(sheet.margin, top, sheet.width, words, style) + 1
    _emergency(sheet, page, county, top)


def _steps(sheet: Sheet, page: Page, top: float, side: float) -> float:
    style = page.style(18)
    width = sheet.width - side - _BETWEEN
    words_left = sheet.margin + (0 if page.rtl else side + _BETWEEN)
    picture_left = A4[0] - sheet.margin - side if page.rtl else sheet.margin
    for number, (words, picture) in enumerate(_STEPS, 1):
        said = f"{number}. {page.says(text(words))}"
        high = sheet.height(said, width, style)
        sheet.at(words_left, top + max(0.0, (side - high) / 2), width, said, style)
        picture(sheet.pdf, picture_left, top, side)
        top += side + _BETWEEN - 1
    return top


def _foot(page: Page, county: County) -> list[tuple[str, Style]]:
    called = text(_BY_CALL, phone=unbroken(county.office_phone))
    hours = hours_of(county, page)
    return [
        (page.says(text(_CANCEL)), page.style(13)),
        (page.says(called), page.style(16, bold=True)),
        *([(hours, page.style(11))] if hours else []),
        *([(page.says(text(_EMERGENCY)), page.style(13, bold=True))] if county.emergency else []),
    ]


def _height(sheet: Sheet, said: Sequence[tuple[str, Style]]) -> float:
    return sum(sheet.height(words, sheet.width, style) + 1 for words, style in said)


def _numbers(page: Page, county: County) -> list[list[str]]:
    """The emergency numbers, two in a row."""
    lines = [
        f"{page.says(text(one.name))}: {bidi.isolate(unbroken(one.phone))}"
        for one in county.emergency
    ]
    return [lines[at : at + 2] for at in range(0, len(lines), 2)]


def _half(sheet: Sheet) -> float:
    return (sheet.width - _BETWEEN) / 2


def _emergency_height(sheet: Sheet, page: Page, county: County) -> float:
    style = page.style(11)
    return sum(
        max(sheet.height(line, _half(sheet), style) for line in row)
        for row in _numbers(page, county)
    )


def _emergency(sheet: Sheet, page: Page, county: County, top: float) -> None:
    for row in _numbers(page, county):
        bottoms = [top]
        for at, line in enumerate(row):
            is_right = (at == 1) != page.rtl
            left = sheet.margin + (_half(sheet) + _BETWEEN if is_right else 0)
            bottoms.append(sheet.at(left, top, _half(sheet), line, page.style(11)))
        top = max(bottoms)
