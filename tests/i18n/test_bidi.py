"""Isolation of values, and what is taken out of people's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import bidi
from tests.i18n.shown import assert_directions

own_words = st.text(
    st.one_of(st.characters(), st.sampled_from(f"{bidi.CONTROLS}\r\n\t\0\u2028\ud800\ufeff"))
)


@pytest.mark.parametrize("control", bidi.CONTROLS)
def test_direction_characters_are_taken_out(control: str) -> None:
    assert bidi.clean(f"a{control}b") == "ab"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("  Ali  ", "Ali"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner that Persian is written with stays
        ("👩\u200d⚕️", "👩\u200d⚕️"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("tab\there", "tab here"),
        ("bell\x07 escape\x1b", "bell escape"),
        ("half \ud83d", "half"),
        ("\ufeffmark", "mark"),
        ("", ""),
        ("\u202e\u200f ", ""),
    ],
)
def test_what_stays_of_own_words(words: str, kept: str) -> None:
    assert bidi.clean(words) == kept


def test_each_line_is_isolated_by_itself() -> None:
    assert bidi.isolate("a") == "\u2068a\u2069"
    assert bidi.isolate("a\nb", bidi.RLM) == "\u2068a\u2069\n\u200f\u2068b\u2069"


@pytest.mark.parametrize(
    ("line", "rtl"),
    [("Ali", False), ("علی", True), ("12 · علی", True), ("😀 Ali", False), ("12:30", None)],
)
def test_the_first_letter_decides(line: str, rtl: bool | None) -> None:
    assert bidi.first_letter_rtl(line) is rtl


@given(own_words)
def test_cleaned_words_can_be_sent_and_isolated(words: str) -> None:
    clean = bidi.clean(words)
    clean.encode("utf-8")
    assert clean == clean.strip() == bidi.clean(clean)
    assert_directions(bidi.RLM + bidi.isolate(clean, bidi.RLM), rtl=True)
    assert bidi.without_controls(bidi.isolate(clean, bidi.LRM)) == clean
