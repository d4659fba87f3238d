"""How the tests read what was rendered, and how they write catalogues."""

import html
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot.delivery.render import Rendered
from bot.i18n import bidi
from bot.i18n.catalogues import Catalogues, catalogue_path
from bot.i18n.plurals import plural_forms
from bot.i18n.pofile import PoEntry, PoFile, render

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = 1773061500  # Monday, 9 March 2026, 13:05 UTC: 14:05 in Berlin

#: Source text, or (source text, English plural) -> translation, or all its plural forms.
Texts = Mapping[str | tuple[str, str], str | tuple[str, ...]]


def write_catalogue(locales: Path, code: str, texts: Texts, *, header: str | None = None) -> Path:
    entries = tuple(
        PoEntry(
            msgid=source if isinstance(source, str) else source[0],
            many=None if isinstance(source, str) else source[1],
            forms=(forms,) if isinstance(forms, str) else forms,
        )
        for source, forms in texts.items()
    )
    path = catalogue_path(locales, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(PoFile(entries, header or plural_forms(code)), code), encoding="utf-8")
    return path


def catalogues(locales: Path, texts: Mapping[str, Texts]) -> Catalogues:
    """Catalogues of these texts; a missing translation is no failure."""
    for code, of_code in texts.items():
        write_catalogue(locales, code, of_code)
    return Catalogues.load(locales, on_missing=lambda *_: None)


def parsed(text: str) -> str:
    """What Telegram shows of its HTML; fails on anything but ``<b>`` in turns and escaped text."""
    shown: list[str] = []
    opened = False
    for part in re.split(r"(</?b>)", text):
        if part in {"<b>", "</b>"}:
            assert opened is (part == "</b>"), text
            opened = not opened
        else:
            assert "<" not in part, text
            assert ">" not in part, text
            assert not re.search(r"&(?!amp;|lt;|gt;)", part), text
            shown.append(html.unescape(part))
    assert not opened, text
    return "".join(shown)


def assert_directions(plain: str, *, rtl: bool) -> None:
    """Controls open and close within each line; from right to left each line says so first."""
    for line in plain.split("\n"):
        depth = 0
        for character in line:
            depth += {bidi.FSI: 1, bidi.PDI: -1}.get(character, 0)
            assert depth in {0, 1}, line
            allowed = {bidi.FSI, bidi.PDI, bidi.LRM, bidi.RLM}
            assert character not in bidi.CONTROLS or character in allowed, line
        assert depth == 0, line
        if rtl and line:
            assert line[0] == bidi.RLM or first_letter(line) in {"R", "AL"}, line


def first_letter(line: str) -> str:
    """The direction of the first strong character, as an app sees it that ignores isolation."""
    kinds = (unicodedata.bidirectional(character) for character in line)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "")


def labels(rendered: Rendered) -> list[str]:
    """The labels of an inline keyboard, row by row."""
    markup = cast(Any, rendered.reply_markup)
    return [button["text"] for row in markup["inline_keyboard"] for button in row]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
