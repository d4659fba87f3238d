"""HTML to text and entities, offsets in UTF-16, errors with byte offsets."""

from typing import Any

import pytest

from simulator.errors import ApiError
from simulator.formatting import formatted


def read(html: str) -> tuple[str, list[Any]]:
    result = formatted(html, "HTML", None)
    return result.text, result.entities


def one(kind: str, offset: int, length: int, **more: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>a</b>", "a", [one("bold", 0, 1)]),
        ("😀<strong>a</strong>", "😀a", [one("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [one("bold", 0, 2), one("italic", 1, 1)]),
        ("<u>a</u><s>b</s>", "ab", [one("underline", 0, 1), one("strikethrough", 1, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [one("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [one("spoiler", 0, 1)]),
        ("<code>/a</code>", "/a", [one("code", 0, 2)]),
        ("<pre>a</pre>", "a", [one("pre", 0, 1)]),
        (
            '<pre><code class="language-py">a</code></pre>',
            "a",
            [one("pre", 0, 1, language="py")],
        ),
        (
            '<a href="https://a.de/?x=1&amp;y=2">hier</a>',
            "hier",
            [one("text_link", 0, 4, url="https://a.de/?x=1&y=2")],
        ),
        ("<a href='nothing'>hier</a>", "hier", []),
        ("<blockquote>a</blockquote>", "a", [one("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [one("expandable_blockquote", 0, 1)]),
        (
            '<tg-time unix="1795000000" format="wDT">Mo</tg-time>',
            "Mo",
            [one("date_time", 0, 2, unix_time=1795000000, date_time_format="wDT")],
        ),
        ("a &lt;b&gt; &amp;amp; &quot;&#39;&#x41; &nbsp;", "a <b> &amp; \"'A &nbsp;", []),
        ("  <b> a </b> ", "a", [one("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("</>", "", None),
        ("<B>a</B >", "a", [one("bold", 0, 1)]),
    ],
)
def test_html(html: str, text: str, entities: list[Any] | None) -> None:
    if entities is None:
        with pytest.raises(ApiError, match="Unexpected end tag at byte offset 0"):
            read(html)
    else:
        assert read(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ä <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<tg-time unix="soon">a</tg-time>', "Invalid date_time value specified"),
        ('<tg-time unix="1" format="XX">a</tg-time>', "Invalid date_time format specified"),
    ],
)
def test_wrong_html(html: str, problem: str) -> None:
    with pytest.raises(ApiError) as refused:
        read(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"
    assert refused.value.malformed


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("/start abc", [one("bot_command", 0, 6)]),
        ("go /help@lotse_bot", [one("bot_command", 3, 15)]),
        ("1/2 a/b", []),
        ("see https://a.de/b.", [one("url", 4, 14)]),
        ("@sara_h and #help", [one("mention", 0, 7), one("hashtag", 12, 5)]),
        ("مرحبا /start", [one("bot_command", 6, 6)]),
    ],
)
def test_found_in_plain_text(text: str, entities: list[Any]) -> None:
    assert formatted(text, "", None).entities == entities


def test_markdown_is_not_supported() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted("*a*", "MarkdownV2", None)
