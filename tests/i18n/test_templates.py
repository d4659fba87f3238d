"""Texts taken apart: tags, escapes, placeholders, and the mark at the beginning of a line."""

import pytest

from bot.i18n import bidi
from bot.i18n.templates import compiled, escape, names_in


def test_only_the_bold_tag_is_html() -> None:
    template = compiled("<b>Tea & cake</b> for {name}, <i>free</i>", False)
    assert template.html == ("<b>Tea &amp; cake</b> for ", ", &lt;i&gt;free&lt;/i&gt;")
    assert template.plain == ("Tea & cake for ", ", <i>free</i>")
    assert template.names == ("name",)


def test_values_are_escaped() -> None:
    assert escape("<b>&\"'") == "&lt;b&gt;&amp;\"'"


def test_doubled_braces_are_braces() -> None:
    assert compiled("a {{b}} {c}", False).plain == ("a {b} ", "")


@pytest.mark.parametrize(
    "text", ["{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{n:02}", "{a", "a}", "{a b}"]
)
def test_a_value_is_only_ever_named(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        names_in(text)


@pytest.mark.parametrize(
    ("text", "rtl", "marked"),
    [
        ("نعم", True, ""),
        ("<b>نعم</b>", True, ""),
        ("✅ نعم", True, ""),
        ("12:30", True, bidi.RLM),
        ("{name} نعم", True, bidi.RLM),
        ("<b>{name}</b> نعم", True, bidi.RLM),
        ("Jobcenter نعم", True, bidi.RLM),
        ("Yes", False, ""),
        ("12:30", False, ""),
        ("✅ {name}", False, bidi.LRM),
        ("{name}: yes", False, bidi.LRM),
        ("", True, ""),
    ],
)
def test_a_line_says_its_direction_first(text: str, rtl: bool, marked: str) -> None:
    assert compiled(text, rtl).plain[0].startswith(marked)
    assert bool(marked) is (compiled(text, rtl).plain[0][:1] in {bidi.RLM, bidi.LRM})


def test_every_line_of_a_text_is_marked() -> None:
    assert compiled("نعم\n{a}\n\n112", True).plain == ("نعم\n\u200f", "\n\n\u200f112")
