"""Reading and writing ``.po`` files.

Babel reads them. The writer is our own, so that a file changes only where a text changed: no dates
in the header, no line numbers, one order.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from babel.messages.pofile import PoFileError, read_po

from bot.i18n.plurals import numbers_of

_header_block = re.compile(r'^msgid ""\nmsgstr ""\n((?:".*"\n)+)', re.MULTILINE)


class PoError(ValueError):
    """A catalogue that can't be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class PoEntry:
    """One text of a catalogue. ``forms`` holds one form, or all plural forms; empty: untranslated.

    ``remarks`` are the translator's own comments, ``hints`` come from the source.
    """

    msgid: str
    many: str | None = None
    forms: tuple[str, ...] = ("",)
    files: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class PoFile:
    entries: tuple[PoEntry, ...]
    plural_forms: str
    head: tuple[str, ...] = ()  # comments above the header: whose work it is


def read(path: Path) -> PoFile:
    """Raises :class:`PoError`."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
        header = _plural_forms(path.read_text(encoding="utf-8"))
        numbers_of(header)  # raises for a header that makes no sense
    except (PoFileError, ValueError, LookupError) as error:
        raise PoError(f"{path}: {error}") from error
    entries = tuple(_entry(message) for message in cast(Iterable[Any], catalog) if message.id)
    head = tuple(line.removeprefix("#").strip() for line in catalog.header_comment.splitlines())
    return PoFile(entries, header, head)


def render(po: PoFile, language: str) -> str:
    """The text of the file, always the same for the same content."""
    blocks = ["\n".join(_header(po, language))]
    blocks.extend("\n".join(_block(item)) for item in po.entries)
    return "\n\n".join(blocks) + "\n"


def _entry(message: Any) -> PoEntry:
    plural = isinstance(message.id, tuple)
    string: Any = message.string or ""
    return PoEntry(
        msgid=message.id[0] if plural else message.id,
        many=message.id[1] if plural else None,
        forms=cast(tuple[str, ...], string) if plural else (cast(str, string),),
        files=tuple(name for name, _ in message.locations),
        hints=tuple(message.auto_comments),
        remarks=tuple(message.user_comments),
        fuzzy=bool(message.fuzzy),
    )


def _plural_forms(text: str) -> str:
    """The header as it is written, even over several lines: Babel rewrites what it can't follow."""
    block = _header_block.search(text)
    lines = block.group(1).splitlines() if block else []
    for line in "".join(line[1:-1] for line in lines).split("\\n"):
        name, _, value = line.partition(":")
        if name.lower() == "plural-forms":
            return value.strip()
    return ""


def _header(po: PoFile, language: str) -> Iterator[str]:
    yield from (f"# {line}".rstrip() for line in po.head)
    yield 'msgid ""'
    yield 'msgstr ""'
    for header in (
        "Project-Id-Version: lotse",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {po.plural_forms}",
    ):
        yield f'"{header}\\n"'


def _block(item: PoEntry) -> Iterator[str]:
    yield from (f"# {remark}".rstrip() for remark in item.remarks)
    yield from (f"#. {hint}" for hint in item.hints)
    yield from (f"#: {name}" for name in item.files)
    flags = ["fuzzy"] if item.fuzzy else []
    if "{" in item.msgid or "{" in (item.many or ""):
        flags.append("python-brace-format")
    if flags:
        yield f"#, {', '.join(flags)}"
    yield f"msgid {_quoted(item.msgid)}"
    if item.many is None:
        yield f"msgstr {_quoted(item.forms[0])}"
        return
    yield f"msgid_plural {_quoted(item.many)}"
    for number, form in enumerate(item.forms):
        yield f"msgstr[{number}] {_quoted(form)}"


def _quoted(text: str) -> str:
    lines = [
        '"'
        + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
        + '"'
        for line in text.splitlines(keepends=True)
    ]
    if not lines:
        return '""'
    return lines[0] if len(lines) == 1 else "\n".join(['""', *lines])
