"""Every text of the project, in every language it is offered in, with values of every kind."""

import pytest

from bot.delivery.render import Renderer
from bot.i18n import rules
from bot.i18n.catalogue import ROOT, check
from bot.i18n.catalogues import LOCALES, Catalogues
from bot.i18n.extract import Source, extract
from bot.i18n.languages import LANGUAGES, SOURCE
from bot.i18n.templates import names_in
from bot.messages import Button, Language, Listing, Moment, Param, Text, message
from tests.i18n.shown import BERLIN, MONDAY, assert_directions, labels, parsed, utf16

SOURCES = extract(ROOT)
CATALOGUES = Catalogues.load(LOCALES, lambda *_: None)
NUMBERS = (0, 1, 2, 3, 11, 99, 100, 101, 102, 111)

#: One of each kind, so that a text proves itself whatever stands in it.
VALUES: tuple[Param, ...] = (
    "Ольга <b>&",
    "علی",
    "one\nدو",
    12,
    Moment(MONDAY),
    Listing(("H-1042", Language("ckb"))),
)


def said(source: Source) -> list[Text]:
    """*source* with each kind of value in all its places, and with each number."""
    names = {*names_in(source.msgid), *names_in(source.many or "")}
    texts: list[Text] = []
    for n in NUMBERS if source.many is not None else (None,):
        for value in VALUES if names - {"n"} else VALUES[:1]:
            params: dict[str, Param] = dict.fromkeys(names, value)
            if n is not None:
                params["n"] = n
            texts.append(Text(source.msgid, params, source.many, n))
    return texts


def test_the_catalogues_are_up_to_date_and_without_fault() -> None:
    assert list(check(ROOT, LOCALES)) == []


@pytest.mark.parametrize("language", CATALOGUES.offered)
def test_every_text_is_there(language: str) -> None:
    missing: list[str] = []
    catalogues = Catalogues.load(LOCALES, lambda _, msgid: missing.append(msgid))
    for source in SOURCES.values():
        for n in NUMBERS if source.many is not None else (None,):
            catalogues.find(language, source.msgid, source.many, n)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_renders_in_every_language_of_the_table(language: str) -> None:
    renderer = Renderer(CATALOGUES, BERLIN)
    for source in SOURCES.values():
        for text in said(source):
            found = CATALOGUES.find(language, text.msgid, text.many, text.n)
            rendered = renderer.render(message(text, buttons=[[Button(text, "x")]]), language)
            assert parsed(rendered.text) == rendered.plain
            assert rendered.text.count("<b>") == source.msgid.count("<b>")
            assert_directions(rendered.plain, rtl=LANGUAGES[found.language].rtl)
            assert utf16(rendered.plain) <= 4096
            assert set(names_in(found.text)) <= set(text.params)
            (label,) = labels(rendered)
            assert 0 < utf16(label) <= 64
            if source.button:
                assert rules.label_length(found.text) <= rules.LABEL_LONGEST


@pytest.mark.parametrize("language", [code for code in CATALOGUES.offered if code != SOURCE])
def test_nothing_is_left_in_english(language: str) -> None:
    same = [
        source.msgid
        for source in SOURCES.values()
        if len(source.msgid.split()) > 2
        and rules.has_words(source.msgid)
        and CATALOGUES.find(language, source.msgid, source.many, 3).text
        in {source.msgid, source.many}
    ]
    assert same == []


def test_every_label_is_told_apart_from_the_controls_by_what_people_type() -> None:
    """Two different English labels never share one translation."""
    for language in CATALOGUES.offered:
        buttons = [source.msgid for source in SOURCES.values() if source.button]
        shown = [CATALOGUES.find(language, msgid).text for msgid in buttons]
        twice = {text for text in shown if shown.count(text) > 1}
        assert twice == set(), language
