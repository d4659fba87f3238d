"""A translated text, taken apart once: literal pieces and the names of the values between them.

Telegram's HTML is made here. The only tags a text may hold are ``<b>`` and ``</b>``; anything else
that looks like HTML is shown as it is written.
"""

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

from bot.i18n import bidi

_tag = re.compile(r"(</?b>)")


@dataclass(frozen=True, slots=True)
class Template:
    """``html[0]``, value of ``names[0]``, ``html[1]`` …; ``plain`` is the same without tags.

    ``mark`` is what every line of a value but its first begins with.
    """

    html: tuple[str, ...]
    plain: tuple[str, ...]
    names: tuple[str, ...]
    mark: str


def escape(words: str) -> str:
    """*words* for Telegram's HTML."""
    if "&" in words or "<" in words or ">" in words:
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return words


def split(text: str) -> list[tuple[str, str | None]]:
    """``[(literal, name of the value behind it or None)]``.

    Raises ``ValueError`` for a text that is no template, and for positions, attributes, conversions
    and formats: a value is only ever named.
    """
    pieces: list[tuple[str, str | None]] = []
    for literal, name, spec, conversion in Formatter().parse(text):
        if name is not None and (not name.isidentifier() or spec or conversion):
            raise ValueError(f"not a plain named placeholder: {{{name}}}")
        pieces.append((literal, name))
    return pieces


def names_in(text: str) -> list[str]:
    """The names of all placeholders, in order, repeated as often as they stand there."""
    return [name for _, name in split(text) if name is not None]


@cache
def compiled(text: str, rtl: bool) -> Template:
    """The template of *text*, a text of ours (so there are finitely many), in its direction."""
    mark = bidi.RLM if rtl else bidi.LRM
    html: list[str] = [""]
    plain: list[str] = [""]
    names: list[str] = []
    for literal, name in split(_with_marks(text, rtl)):
        for part in _tag.split(literal):
            if _tag.fullmatch(part):
                html[-1] += part
            else:
                html[-1] += escape(part)
                plain[-1] += part
        if name is not None:
            names.append(name)
            html.append("")
            plain.append("")
    return Template(tuple(html), tuple(plain), tuple(names), mark)


def _with_marks(text: str, rtl: bool) -> str:
    return "\n".join(_mark_line(line, rtl) for line in text.split("\n"))


def _mark_line(line: str, rtl: bool) -> str:
    """*line*, opened by a mark unless one of its own letters fixes its direction first.

    Some apps look through the isolation of a value, so a line that begins with a value needs the
    mark too; then in both directions, for a German line may begin with an Arabic name.
    """
    opening, brace, _ = _tag.sub("", line).partition("{")
    own = bidi.first_letter_rtl(opening)
    if own is rtl or not line or (own is None and not brace and not rtl):
        return line
    return (bidi.RLM if rtl else bidi.LRM) + line
