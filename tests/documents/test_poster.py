"""Every paper for every language is made, opened and read back: one page, nothing cut off."""

import io
from collections.abc import Iterator
from functools import cache

import pypdf
import pytest

from bot.counties import loader
from bot.counties.overlay import overlaid
from bot.documents import codes, leaflet, poster
from bot.documents.papers import File
from bot.domain import places
from bot.i18n.bidi import without_controls
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.messages import text

#: With hours, so that the pages are as full as they get.
HARZ = overlaid(loader.load(), {"office.hours": ["Mon-Thu 09:00-12:00", "Tue 13:00-18:00"]})
BOT = {"username": "lotse_bot"}
A4 = (595.28, 841.89)
LANGUAGES = ("de", "en", "ar", "fa", "prs", "kmr", "ckb", "tr", "uk")


@cache
def wording() -> Wording:
    return Wording(Catalogues.load(), HARZ.zone)


def opened(file: File) -> list[pypdf.PageObject]:
    pages = pypdf.PdfReader(io.BytesIO(file.content)).pages
    return list(pages)


def letters(words: str) -> set[str]:
    """Right-to-left words are stored as they are drawn, so the order of letters says nothing."""
    return {letter for letter in words if letter.isalpha()}


def read(page: pypdf.PageObject) -> str:
    return without_controls(page.extract_text()).replace("\u00a0", " ")


def places_of(page: pypdf.PageObject) -> Iterator[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    page.extract_text(visitor_text=lambda words, _cm, tm, _f, _s: found.append((tm[4], tm[5])))
    return (at for at in found if at != (0.0, 0.0))


def lines_of(page: pypdf.PageObject) -> Iterator[tuple[str, float]]:
    """What is written, and how high above the lower edge, in points."""
    found: list[tuple[str, float]] = []
    page.extract_text(visitor_text=lambda words, _cm, tm, _f, _s: found.append((words, tm[5])))
    return ((words.strip(), bottom) for words, bottom in found if words.strip())


def nothing_is_cut_off(page: pypdf.PageObject) -> None:
    for left, bottom in places_of(page):
        assert 0 < left < A4[0]
        assert 20 < bottom < A4[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_for_each_language(language: str) -> None:
    of = {**BOT, "language": language, "place": "Halberstadt"}
    for kind in (poster, leaflet):
        file = kind.draw(of, HARZ, wording())
        (page,) = opened(file)
        said = read(page)
        assert HARZ.office_phone in said
        assert letters(wording().plain(text(poster.FREE), language)) <= letters(said)
        nothing_is_cut_off(page)
    assert poster.draw(of, HARZ, wording()).name == f"Aushang-{language}-Halberstadt.pdf"


def test_all_languages_on_one_poster_and_a_leaflet_for_each() -> None:
    (page,) = opened(poster.draw(BOT, HARZ, wording()))
    nothing_is_cut_off(page)
    for language in LANGUAGES:
        asked = wording().plain(text(poster.NEED_HELP), language)
        assert letters(asked) <= letters(read(page)), language
    pages = opened(leaflet.draw(BOT, HARZ, wording()))
    assert len(pages) == len(LANGUAGES)
    assert all("116117" in read(page) for page in pages)


def test_ten_cards_and_the_call_for_volunteers() -> None:
    for language in ("", "ar", "de"):
        of = {**BOT, "language": language, "size": "card"}
        (page,) = opened(poster.draw(of, HARZ, wording()))
        assert read(page).count(HARZ.office_phone) == 10
        nothing_is_cut_off(page)
    (page,) = opened(poster.draw({**BOT, "kind": "volunteers"}, HARZ, wording()))
    assert "130 €" in read(page)
    nothing_is_cut_off(page)


@pytest.mark.parametrize("language", ["", *LANGUAGES])
def test_nothing_runs_together_on_a_card(language: str) -> None:
    """The words beside the code end above the office's name."""
    (page,) = opened(poster.draw({**BOT, "language": language, "size": "card"}, HARZ, wording()))
    lines = list(lines_of(page))
    names = [bottom for words, bottom in lines if HARZ.office_name in words]
    assert len(names) == 10
    foot = {HARZ.office_name, HARZ.office_phone}
    beside = [bottom for words, bottom in lines if words not in foot]
    assert all(abs(bottom - name) > 7 for bottom in beside for name in names)


def test_every_place_can_be_named_by_a_code() -> None:
    """As the bot reads it, and no longer than Telegram takes."""
    for place in HARZ.places:
        payload = codes.payload(HARZ, "kmr", place.name)
        assert len(payload) <= 64
        assert payload.replace("-", "").isalnum()
        assert payload.isascii()
        found = places.find(HARZ.places, payload.split("-", 2)[2].replace("-", " "))
        assert found.places[0] == place
    assert codes.payload(HARZ, "", "") == "q-"
