"""What may stand in a text that goes out to many, and how long it may be."""

import pytest

from bot.counties import loader
from bot.delivery.render import LONGEST_TEXT, Renderer
from bot.domain.announcements import LONGEST, by_language, has_unsafe_link, length
from bot.domain.announcements import Recipient as Reader
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import utf16_length
from bot.usecases.announcing_notices import announcement


@pytest.mark.parametrize(
    "words",
    [
        "http://example.org",
        "HTTP://example.org",
        "Siehe www.example.org!",
        "t.me/somebody",
        "tg://resolve?domain=somebody",
        "javascript:alert(1)",
        "https://example.org und ftp://example.org",
        "Mehr auf landkreis.de.",
    ],
)
def test_other_links_are_refused(words: str) -> None:
    assert has_unsafe_link(words)


@pytest.mark.parametrize(
    "words",
    [
        "https://example.org/zu?a=1&b=2#c",
        "Schreiben Sie an buero.nord@kreis-harz.de oder rufen Sie an.",
        "z.B. um 18.30 Uhr. Danke.Bis bald, 03941/123456",
        "ساعة 10:30 <b>و</b> https://example.org",
    ],
)
def test_https_and_words_are_taken(words: str) -> None:
    assert not has_unsafe_link(words)


@pytest.mark.parametrize("line", ["x", "🙂", "<&>", "نص\n", "a\n\n"])
def test_the_longest_text_is_sent_whole_in_every_language(line: str) -> None:
    words = line * (LONGEST // length(line) + 1)
    while length(words.strip()) > LONGEST:
        words = words.strip()[:-1]
    words = words.strip()
    county, catalogues = loader.load(), Catalogues.load()
    renderer = Renderer(catalogues, county.zone)
    said = announcement(7, words, county, wanted=False)
    for language in catalogues.offered:
        plain = renderer.render(said, language).plain
        assert utf16_length(plain) <= LONGEST_TEXT
        assert "…" not in plain


def test_the_office_s_own_language_comes_first() -> None:
    readers = [Reader(n, n, code, ("20:00", "08:00")) for n, code in enumerate(["ar", "ar", "de"])]
    assert list(by_language(readers).items()) == [("de", 1), ("ar", 2)]
