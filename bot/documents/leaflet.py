"""One page for who asks for help, in each language: five steps in pictures, and whom to call.

Heavy (it draws): imported where a document is made.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.documents import codes, pictograms
from bot.documents.paper import A4, Sheet, Style
from bot.documents.papers import File
from bot.documents.poster import FREE, UNDATED, Page, unbroken
from bot.domain.county import County
from bot.i18n import bidi
from bot.i18n.wording import Wording
from bot.messages import N_, text
from bot.usecases import notices

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
_PICTURE: Final = 28.0


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
    for number, (words, picture) in enumerate(_STEPS, 1):
        _step(sheet, page, number, top, page.says(text(words)))
        picture_left = A4[0] - sheet.margin - _PICTURE if page.rtl else sheet.margin
        picture(sheet.pdf, picture_left, top, _PICTURE)
        top += _PICTURE + 5
    _foot(sheet, page, county, top)


def _step(sheet: Sheet, page: Page, number: int, top: float, words: str) -> None:
    style = page.style(18)
    left = sheet.margin + (0 if page.rtl else _PICTURE + _BETWEEN)
    width = sheet.width - _PICTURE - _BETWEEN
    said = f"{number}. {words}"
    high = sheet.height(said, width, style)
    sheet.at(left, top + max(0.0, (_PICTURE - high) / 2), width, said, style)


def _foot(sheet: Sheet, page: Page, county: County, top: float) -> None:
    left, width = sheet.margin, sheet.width
    top = sheet.at(left, top, width, page.says(text(_CANCEL)), page.style(13)) + 2
    called = page.says(text(_BY_CALL, phone=unbroken(county.office_phone)))
    top = sheet.at(left, top, width, called, page.style(16, bold=True))
    hours = " · ".join(page.says(line) for line in notices.office_hours(county))
    if hours:
        top = sheet.at(left, top, width, hours, page.style(11))
    if not county.emergency:
        return
    top = sheet.at(left, top + 2, width, page.says(text(_EMERGENCY)), page.style(13, bold=True))
    half = (width - _BETWEEN) / 2
    for at, one in enumerate(county.emergency):
        second = (at % 2 == 1) != page.rtl
        x = left + (half + _BETWEEN if second else 0)
        line = f"{page.says(text(one.name))}: {bidi.isolate(unbroken(one.phone))}"
        style = replace(page.style(11), align="R" if page.rtl else "L")
        bottom = sheet.at(x, top, half, line, style)
        if at % 2 == 1:
            top = max(bottom, top + Style(size=11).line)
