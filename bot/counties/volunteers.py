"""Reads the office's list of volunteers.

It is a CSV file as a spreadsheet saves it, with German headings:

Name;Sprachen
Anna Beispiel;Deutsch, Arabisch
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

_COLUMNS = ("Name", "Sprachen")
_MOST_ROWS = 1000
_LONGEST_NAME = 80

#: How an office writes a language, and its code. What could be two languages is not here: better
#: asked than guessed.
_LANGUAGES = {
    "deutsch": "de",
    "englisch": "en",
    "arabisch": "ar",
    "farsi": "fa",
    "persisch": "fa",
    "dari": "prs",
    "kurmandschi": "kmr",
    "kurmanci": "kmr",
    "kurmanji": "kmr",
    "sorani": "ckb",
    "türkisch": "tr",
    "ukrainisch": "uk",
    "russisch": "ru",
}
_AMBIGUOUS = {"kurdisch": "Kurmandschi oder Sorani"}


class ImportInvalid(Exception):
    """The list can't be used; one line per fault. Nothing of it is imported."""

    safe_to_log = True


@dataclass(frozen=True, slots=True)
class Listed:
    name: str
    languages: tuple[str, ...]


def read(path: Path) -> list[Listed]:
    """The volunteers in *path* (UTF-8, or what German Excel writes).

    Raises :class:`ImportInvalid`, naming rows, never people.
    """
    text = _decoded(path)
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    missing = [column for column in _COLUMNS if column not in (rows.fieldnames or [])]
    if missing:
        raise ImportInvalid(f"{path}: the first line needs the headings {', '.join(_COLUMNS)}")
    faults: list[str] = []
    listed: list[Listed] = []
    for number, row in enumerate(rows, start=2):
        try:
            listed.append(_listed(row))
        except ValueError as fault:
            faults.append(f"{path}, line {number}: {fault}")
    if not listed and not faults:
        faults.append(f"{path}: no volunteer is listed")
    if len(listed) > _MOST_ROWS:
        faults.append(f"{path}: more than {_MOST_ROWS} lines")
    if faults:
        raise ImportInvalid("\n".join(faults))
    return listed


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise ImportInvalid(f"{path}: {fault.strerror or 'can not be read'}") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _listed(row: dict[str, str | None]) -> Listed:
    name = (row["Name"] or "").strip()
    if not name:
        raise ValueError("the name is missing")
    if len(name) > _LONGEST_NAME:
        raise ValueError(f"the name is longer than {_LONGEST_NAME} characters")
    words = [
        word.strip()
        for word in (row["Sprachen"] or "").replace("/", ",").split(",")
        if word.strip()
    ]
    if not words:
        raise ValueError("no language is given")
    return Listed(name, tuple(dict.fromkeys(_code(word) for word in words)))


def _code(word: str) -> str:
    known = _LANGUAGES.get(word.casefold())
    if known is not None:
        return known
    if word.casefold() in _AMBIGUOUS:
        raise ValueError(f"{word} can mean two languages: write {_AMBIGUOUS[word.casefold()]}")
    raise ValueError(
        f"unknown language {word}: write one of "
        f"{', '.join(sorted(name.title() for name in _LANGUAGES))}"
    )
