"""Reads the office's list of volunteers.

It is a CSV file as a spreadsheet saves it, with German headings in any order; only Name and
Sprachen must be there:

Name;Sprachen;Ort;Fahrzeug;Hilft bei;Zeiten
Anna Beispiel;Deutsch, Arabisch (etwas);Thale;Auto;Arzt, Behörden;Mo vormittag, nie Sa
"""

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from bot.conversation import written
from bot.counties import volunteer_words as words
from bot.domain import places
from bot.domain.county import County, Group
from bot.domain.people import USUAL_REACH, Level, Mark, Papers, Part, Profile, Travel
from bot.domain.places import Kind, Sure

_NEEDED: Final = ("Name", "Sprachen")
_MOST_ROWS: Final = 1000
_LONGEST_NAME: Final = 80
_FURTHEST_KM: Final = 200
_MOST_NAMED: Final = 20

_PARTED: Final = re.compile(r"[,;/\n]|\bund\b")
_SPOKEN: Final = re.compile(r"([^()]+?)\s*(?:\(\s*([^()]*?)\s*\))?")
_KILOMETRES: Final = re.compile(r"(\d{1,3})\s*(?:km)?", re.IGNORECASE | re.ASCII)
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)

T = TypeVar("T")


class ImportInvalid(Exception):
    """The list can't be used; one line per fault. Nothing of it is imported."""

    safe_to_log = True


class _Wrong(Exception):
    """One cell can't be used: its heading, and what to do."""

    def __init__(self, heading: str, what: str) -> None:
        super().__init__(f"{heading}: {what}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One volunteer as the office wrote them down. ``phone`` is empty if none is given."""

    name: str
    profile: Profile
    phone: str = ""
    papers: Papers = field(default=Papers())


def read(path: Path, county: County) -> list[Listed]:
    """The volunteers in *path* (UTF-8, or what German Excel writes).

    Raises :class:`ImportInvalid`, naming rows and headings, never people.
    """
    text = _decoded(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        table = [[cell.strip() for cell in row] for row in rows]
    except csv.Error as fault:
        raise ImportInvalid(f"{path}, line {rows.line_num}: {fault}") from None
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(row)]
    if not filled:
        raise ImportInvalid(f"{path}: no volunteer is listed")
    (_, headings), *people = filled
    columns = _columns(path, headings)
    return _all_or_none(path, columns, people, county)


def spoken(said: str) -> dict[str, Level]:
    """``Arabisch, Deutsch (etwas)`` as languages with levels; raises ``ValueError``."""
    return _languages(said) if said.strip() else {}


def _all_or_none(
    path: Path, columns: Mapping[str, int], rows: list[tuple[int, list[str]]], county: County
) -> list[Listed]:
    faults: list[str] = []
    listed: list[Listed] = []
    first_with: dict[str, int] = {}
    for number, row in rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        try:
            one = _listed(cells, county)
            if one.name.casefold() in first_with:
                earlier = first_with[one.name.casefold()]
                raise _Wrong("Name", f"the same stands in row {earlier}: tell the two apart")
            first_with[one.name.casefold()] = number
            listed.append(one)
        except _Wrong as wrong:
            faults.append(f"{path}, row {number}, {wrong}")
    if not rows:
        faults.append(f"{path}: no volunteer is listed")
    if len(rows) > _MOST_ROWS:
        faults.append(f"{path}: more than {_MOST_ROWS} rows")
    if faults:
        raise ImportInvalid("\n".join(faults))
    return listed


# --- the file -------------------------------------------------------------------------------------


def _decoded(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise ImportInvalid(f"{path}: {fault.strerror or 'can not be read'}") from None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise ImportInvalid(f"{path}: neither UTF-8 nor what Excel writes: save it as CSV UTF-8")


def _separator(text: str) -> str:
    """What parts the headings: whichever of the three the first line has most of."""
    first = text.lstrip().partition("\n")[0]
    return max(";\t,", key=first.count)


def _columns(path: Path, headings: list[str]) -> Mapping[str, int]:
    """Where each column stands. Raises :class:`ImportInvalid`."""
    columns: dict[str, int] = {}
    faults: list[str] = []
    for at, heading in enumerate(headings):
        if not heading:
            continue
        name = words.HEADINGS.get(heading.casefold())
        if name is None:
            known = _unknown(heading, set(words.HEADINGS.values()))
            faults.append(f"{path}, column {at + 1}: the heading {known}")
        elif name in columns:
            faults.append(f"{path}: the heading {name} stands there twice")
        else:
            columns[name] = at
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        faults.append(f"{path}: the first line needs the headings {', '.join(_NEEDED)}")
    if faults:
        raise ImportInvalid("\n".join(faults))
    return columns


# --- one row --------------------------------------------------------------------------------------


def _listed(cells: Mapping[str, str], county: County) -> Listed:
    """Raises :class:`_Wrong`."""

    def cell(heading: str, meaning: Callable[[str], T], otherwise: T) -> T:
        said = cells.get(heading, "")
        try:
            return meaning(said) if said else otherwise
        except ValueError as fault:
            raise _Wrong(heading, str(fault)) from None

    name = " ".join(cells["Name"].split())
    if not name:
        raise _Wrong("Name", "is missing")
    if len(name) > _LONGEST_NAME:
        raise _Wrong("Name", f"is longer than {_LONGEST_NAME} characters")
    if not cells["Sprachen"]:
        raise _Wrong("Sprachen", "no language is given")
    travel = cell("Fahrzeug", _travel, Travel.BUS)
    papers = Papers(
        cell("Berufen am", _date, None),
        cell("Berufen bis", _date, None),
        cell("Belehrung am", _date, None),
        cell("Führungszeugnis am", _date, None),
    )
    if papers.appointed_until and papers.appointed_until < (papers.appointed_on or ""):
        raise _Wrong("Berufen bis", "is before Berufen am")
    return Listed(
        name,
        Profile(
            languages=cell("Sprachen", _languages, {}),
            skills=cell("Hilft bei", _skills, frozenset(group.value for group in Group)),
            place=cell("Ort", lambda said: _place(said, county), ""),
            travel=travel,
            reach_km=cell("Reichweite", _kilometres, USUAL_REACH[travel]),
            times=cell("Zeiten", _times, {}),
            gender=cell("Geschlecht", lambda said: _one_of(words.GENDERS, said), None),
        ),
        cell("Telefon", _phone, ""),
        papers,
    )


def _languages(said: str) -> dict[str, Level]:
    """``Arabisch (gut), Kurdisch, Farsi (etwas)``; without a level it is spoken well."""
    levels: dict[str, Level] = {}
    for word in _parts(said):
        found = _SPOKEN.fullmatch(word)
        if found is None:
            raise ValueError("write a language like Arabisch (etwas)")
        language = _one_of(words.LANGUAGES, found[1])
        levels[language] = _one_of(words.LEVELS, found[2]) if found[2] else Level.WELL
    if not levels:
        raise ValueError("no language is given")
    return levels


def _skills(said: str) -> frozenset[str]:
    if said.casefold() in ("alles", "allem"):
        return frozenset(group.value for group in Group)
    return frozenset(_one_of(words.SKILLS, word).value for word in _parts(said))


def _travel(said: str) -> Travel:
    """Who has a car comes by car, whatever else stands there."""
    whole = words.TRAVEL.get(said.casefold())
    ways = [whole] if whole else [_one_of(words.TRAVEL, word) for word in _parts(said)]
    return Travel.CAR if Travel.CAR in ways else Travel.BUS


def _place(said: str, county: County) -> str:
    """The place with exactly this name: a guess would send somebody to the wrong town."""
    inhabited = tuple(place for place in county.places if place.kind is not Kind.ASSOCIATION)
    found = places.find(inhabited, said)
    if found.sure is Sure.EXACT:
        return found.places[0].name
    if found.places:
        near = ", ".join(place.name for place in found.places[:5])
        raise ValueError(f"is not sure: write one of {near}")
    raise ValueError(f"is no place of {county.name}: write one of the county's file")


def _kilometres(said: str) -> int:
    found = _KILOMETRES.fullmatch(said)
    if found is None or not 1 <= int(found[1]) <= _FURTHEST_KM:
        raise ValueError(f"write the kilometres as a number from 1 to {_FURTHEST_KM}")
    return int(found[1])


def _phone(said: str) -> str:
    number = written.phone(said)
    if number is None:
        raise ValueError("write a phone number with its area code: 03941 123456")
    return number


def _date(said: str) -> str:
    found = _GERMAN_DATE.fullmatch(said)
    try:
        if found is None:
            return date.fromisoformat(said).isoformat()
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
    except ValueError:
        raise ValueError("write the date like 31.12.2026") from None


def _times(said: str) -> dict[tuple[int, Part], Mark]:
    """``Mo vormittag, Di, nie Sa``."""
    marks: dict[tuple[int, Part], Mark] = {}
    for time in _parts(said):
        first, _, rest = time.partition(" ")
        mark = words.MARKS.get(first.casefold())
        day, _, part = (time if mark is None else rest).strip().partition(" ")
        for one in _days(day):
            for each in _one_of(words.PARTS, part.strip()):
                marks[one, each] = mark or Mark.GOOD
    return marks


def _days(said: str) -> tuple[int, ...]:
    """``Mo``, ``Wochenende`` or ``Mo-Fr``."""
    first, dash, last = said.replace("–", "-").partition("-")
    days = _one_of(words.WEEKDAYS, first.rstrip("."))
    if not dash:
        return days
    return tuple(range(days[0], _one_of(words.WEEKDAYS, last.rstrip("."))[-1] + 1))


# --- words ----------------------------------------------------------------------------------------


def _parts(said: str) -> list[str]:
    """``Arabisch, Kurdisch und Farsi (etwas)`` as its three."""
    return [part.strip() for part in _PARTED.split(said) if part.strip()]


def _one_of(known: Mapping[str, T], said: str) -> T:
    """Raises ``ValueError`` that names what may be written, and not what was: it may be a name."""
    found = known.get(" ".join(said.casefold().split()))
    if found is None:
        raise ValueError(_unknown(said, known))
    return found


def _unknown(said: str, known: Iterable[str]) -> str:
    names = sorted(filter(None, known))
    near = difflib.get_close_matches(said.casefold(), [name.casefold() for name in names], n=1)
    if near:
        right = next(name for name in names if name.casefold() == near[0])
        return f"is not known: did you mean {right}?"
    if len(names) <= _MOST_NAMED:
        return f"is not known: write one of {', '.join(names)}"
    return "is not known: correct the spelling"
