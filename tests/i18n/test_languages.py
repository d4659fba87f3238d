"""The table of languages."""

import pytest
from babel import Locale

from bot.i18n.languages import LANGUAGES, SOURCE, endonym, entry, guess

NINE = ["de", "en", "ar", "fa", "prs", "kmr", "ckb", "tr", "uk"]


def test_the_picker_shows_the_nine_languages_by_their_own_names_in_this_order() -> None:
    assert " · ".join(endonym(code) for code in list(LANGUAGES)[:9]) == (
        "Deutsch · English · العربية · فارسی · دری · Kurdî (Kurmancî) · کوردی (سۆرانی) · Türkçe"
        " · Українська"
    )
    assert list(LANGUAGES)[:9] == NINE


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_line_of_the_table_is_whole(code: str) -> None:
    language = LANGUAGES[code]
    assert language.code == code
    assert (Locale.parse(language.cldr).text_direction == "rtl") is language.rtl
    assert set(language.fallback) <= set(LANGUAGES)
    assert code not in language.fallback
    assert code == SOURCE or language.fallback[-1] == SOURCE
    assert language.base is None or language.base in language.fallback


def test_the_chains_that_differ() -> None:
    assert LANGUAGES["prs"].fallback == ("fa", "en")
    assert LANGUAGES["kmr"].fallback == ("en",)
    assert {code for code in LANGUAGES if LANGUAGES[code].solar_hijri} == {"fa", "prs"}
    assert {code for code in NINE if LANGUAGES[code].rtl} == {"ar", "fa", "prs", "ckb"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("pt-BR", None),
        ("fa", "fa"),
        ("fa-AF", "prs"),
        ("ku", "kmr"),
        ("ku-TR", "kmr"),
        ("ckb-IQ", "ckb"),
        ("AR_sy", "ar"),
        ("", None),
        (None, None),
    ],
)
def test_a_tag_of_telegram_is_a_first_guess(tag: str | None, code: str | None) -> None:
    assert guess(tag) == code


def test_an_unknown_language_is_read_in_the_source_language_and_shown_by_its_code() -> None:
    assert entry("xx").code == SOURCE
    assert entry(None).code == SOURCE
    assert endonym("xx") == "xx"
