"""Loading, looking up, plural forms and the fallback chain."""

import logging
from pathlib import Path

import pytest

from bot.i18n.catalogues import LOCALES, Catalogues, Found
from bot.i18n.languages import LANGUAGES
from bot.i18n.plurals import form_count, numbers_of, plural_forms, plural_rule
from bot.i18n.pofile import PoError, read
from tests.i18n.shown import Texts, catalogues, write_catalogue

HELPERS = ("{n} helper", "{n} helpers")


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", {0: 1, 1: 0, 2: 1, 11: 1}),
        ("de", {0: 1, 1: 0, 2: 1, 101: 1}),
        (
            "ar",
            {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 101: 5, 102: 5, 103: 3, 111: 4},
        ),
        ("fa", {0: 0, 1: 0, 2: 1, 11: 1}),
        ("prs", {0: 0, 1: 0, 2: 1}),
        ("kmr", {0: 1, 1: 0, 2: 1}),
        ("ckb", {0: 1, 1: 0, 2: 1}),
        ("tr", {0: 1, 1: 0, 2: 1}),
        ("uk", {0: 2, 1: 0, 2: 1, 4: 1, 5: 2, 11: 2, 12: 2, 21: 0, 22: 1, 25: 2, 111: 2, 121: 0}),
    ],
)
def test_numbers_take_the_forms_of_cldr(code: str, forms: dict[int, int]) -> None:
    rule = plural_rule(plural_forms(code))
    assert {n: rule(n) for n in forms} == forms


def test_what_each_form_stands_for() -> None:
    arabic = numbers_of(plural_forms("ar"))
    assert [len(numbers) for numbers in arabic[:3]] == [1, 1, 1]
    assert form_count(plural_forms("uk")) == 4
    assert not numbers_of(plural_forms("uk"))[3]  # for fractions, which we never count


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "0"), (1, "1"), (2, "2"), (3, "3"), (11, "4"), (99, "4"), (100, "5"), (102, "5")],
)
def test_an_arabic_count_finds_its_form(tmp_path: Path, n: int, form: str) -> None:
    found = catalogues(tmp_path, {"ar": {HELPERS: ("0", "1", "2", "3", "4", "5")}})
    assert found.find("ar", *HELPERS, n=n) == Found(form, "ar")


def test_english_counts_by_itself(tmp_path: Path) -> None:
    empty = Catalogues.load(tmp_path)
    assert empty.offered == ("en",)
    assert [empty.find("en", *HELPERS, n=n).text for n in (0, 1, 2)] == [
        "{n} helpers",
        "{n} helper",
        "{n} helpers",
    ]


def test_a_count_without_its_number_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="number"):
        Catalogues.load(tmp_path).find("en", *HELPERS)


def test_dari_falls_to_persian_and_then_to_english(tmp_path: Path) -> None:
    missing: list[tuple[str, str]] = []
    write_catalogue(tmp_path, "fa", {"hospital": "بیمارستان", "doctor": "پزشک"})
    write_catalogue(tmp_path, "prs", {"hospital": "شفاخانه", "doctor": "", "school": ""})
    found = Catalogues.load(tmp_path, lambda *miss: missing.append(miss))
    assert found.find("prs", "hospital") == Found("شفاخانه", "prs")
    assert found.find("prs", "doctor") == Found("پزشک", "fa")
    assert missing == []
    assert found.find("prs", "school") == Found("school", "en")
    assert found.find("fa", "school") == Found("school", "en")
    assert missing == [("prs", "school"), ("fa", "school")]


def test_a_plural_counts_as_the_language_it_was_found_in(tmp_path: Path) -> None:
    found = catalogues(tmp_path, {"fa": {HELPERS: ("{n} یک", "{n} چند")}})
    assert found.find("prs", *HELPERS, n=0).text == "{n} یک"
    assert found.find("kmr", *HELPERS, n=0).text == "{n} helpers"


def test_half_a_plural_and_a_fuzzy_text_are_not_shown(tmp_path: Path) -> None:
    path = write_catalogue(
        tmp_path,
        "uk",
        {HELPERS: ("{n} помічник", "", "{n} помічників", ""), "yes": "так", "no": "ні"},
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "yes"', '#, fuzzy\nmsgid "yes"'), encoding="utf-8")
    found = Catalogues.load(tmp_path, lambda *_: None)
    assert found.find("uk", *HELPERS, n=5).language == "en"
    assert found.find("uk", "yes").text == "yes"
    assert found.find("uk", "no").text == "ні"


def test_the_form_no_whole_number_takes_may_be_empty(tmp_path: Path) -> None:
    texts: Texts = {HELPERS: ("{n} помічник", "{n} помічники", "{n} помічників", "")}
    found = catalogues(tmp_path, {"uk": texts})
    assert found.find("uk", *HELPERS, n=22).text == "{n} помічники"


def test_dari_is_offered_only_beside_persian(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "prs", {"hospital": "شفاخانه"})
    assert Catalogues.load(tmp_path).offered == ("en",)
    write_catalogue(tmp_path, "fa", {"hospital": "بیمارستان"})
    assert Catalogues.load(tmp_path).offered == ("en", "fa", "prs")


def test_the_empty_text_is_an_empty_line_in_every_language() -> None:
    found = Catalogues.load(on_missing=lambda *miss: pytest.fail(str(miss)))
    assert {found.find(code, "").text for code in LANGUAGES} == {""}


def test_production_logs_a_missing_text_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = Catalogues.load(tmp_path)
    with caplog.at_level(logging.WARNING):
        found.find("de", "Yes")
        found.find("de", "Yes")
        found.find("ar", "Yes")
    assert [record.getMessage() for record in caplog.records] == [
        "no translation into de: 'Yes'",
        "no translation into ar: 'Yes'",
    ]


def test_the_catalogues_of_the_project_load() -> None:
    found = Catalogues.load(LOCALES)
    assert found.offered[:3] == ("de", "en", "ar")
    assert set(found.msgids("de")) == set(found.msgids("ar"))


@pytest.mark.parametrize(
    "header",
    [
        "nplurals=2; plural=__import__('os');",
        "nplurals=2; plural=n.__class__;",
        "nplurals=2; plural=n;",
        "nplurals=2; plural=1/n;",
        "nplurals=many; plural=0;",
        "",
    ],
)
def test_a_senseless_plural_header_is_refused(tmp_path: Path, header: str) -> None:
    path = write_catalogue(tmp_path, "de", {"Yes": "Ja"})
    right = plural_forms("de")
    path.write_text(path.read_text(encoding="utf-8").replace(right, header), encoding="utf-8")
    with pytest.raises(PoError, match=r"messages\.po"):
        Catalogues.load(tmp_path)


def test_a_plural_header_over_several_lines_is_read(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, "de", {"Yes": "Ja"})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("nplurals=2; ", 'nplurals=2; "\n"'), encoding="utf-8")
    assert read(path).plural_forms == plural_forms("de")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, "de", {"Yes": "Ja"})
    path.write_text(path.read_text(encoding="utf-8") + "\nmsgid broken\n", encoding="utf-8")
    with pytest.raises(PoError, match=r"messages\.po"):
        Catalogues.load(tmp_path)
