"""The places of a county: how far apart they are, and which one somebody means.

A wrong town sends a volunteer to the wrong town. So :func:`find` is sure only of a name spelt as it
is; whatever had to be guessed is for the person to confirm or to choose from.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import asin, cos, floor, radians, sin, sqrt
from typing import Final

from bot.domain import spelling


class Kind(StrEnum):
    """``ASSOCIATION``: municipalities with one administration; nobody lives in it as a place."""

    TOWN = "town"
    MUNICIPALITY = "municipality"
    ASSOCIATION = "association"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its centre (WGS 84 degrees); ``part_of`` names the place it belongs to.

    ``approximate``: the coordinates can be two kilometres off.
    """

    name: str
    kind: Kind
    postcodes: tuple[str, ...]
    lat: float
    lon: float
    part_of: str = ""
    approximate: bool = False


class Sure(StrEnum):
    """``LIKELY``: ask the person to confirm. ``SEVERAL``: let them choose."""

    EXACT = "exact"
    LIKELY = "likely"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant: one place if ``EXACT`` or ``LIKELY``, more if ``SEVERAL``, the best first."""

    sure: Sure
    places: tuple[Place, ...] = ()


NOTHING: Final = Found(Sure.NONE)

# --- distances ------------------------------------------------------------------------------------

_EARTH_KM: Final = 6371.0088  # mean radius, IUGG
#: Roads of the region are about this much longer than the straight line.
_ROAD: Final = 1.3


def distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Kilometres in a straight line.

    The haversine formula, R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984).
    """
    phi, to_phi = radians(lat), radians(to_lat)
    half = sin((to_phi - phi) / 2) ** 2
    half += cos(phi) * cos(to_phi) * sin(radians(to_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))


def apart_km(one: Place, other: Place) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)


def road_km(one: Place, other: Place) -> float:
    """An estimate of the way by road."""
    return _ROAD * apart_km(one, other)


#: Matching looks at volunteers cell by cell of a grid, this many kilometres wide and high.
_CELL_KM: Final = 5
_DEGREE_KM: Final = radians(1) * _EARTH_KM
#: How much shorter a degree of longitude is, once for all rows: a grid has straight columns. Right
#: in the Harz, and by less than a tenth off elsewhere in Germany, which only changes the width.
_LONGITUDE: Final = cos(radians(51.8))


def cell_of(lat: float, lon: float) -> tuple[int, int]:
    """The cell (x, y) of a 5 km grid that a point lies in, counted from 0° N 0° E."""
    x = floor(lon * _DEGREE_KM * _LONGITUDE / _CELL_KM)
    return x, floor(lat * _DEGREE_KM / _CELL_KM)


def nearest(
    places: Iterable[Place], lat: float, lon: float, *, within_km: float = 10
) -> Place | None:
    """The place nearest to a shared location; None if the county is farther away than that."""
    near = [
        (distance_km(lat, lon, place.lat, place.lon), place)
        for place in places
        if place.kind is not Kind.ASSOCIATION
    ]
    closest = min(near, key=lambda one: one[0], default=None)
    return closest[1] if closest is not None and closest[0] <= within_km else None


# --- names ----------------------------------------------------------------------------------------

_LONGEST: Final = 200
_MOST_WORDS: Final = 6
_OFFERED: Final = 8
#: How different a name may sound: this, and nearly one more for each of its sounds (`spelling`).
_TOLERATED: Final = 2
#: Others that sound nearly as close are offered, too.
_MARGIN: Final = 3
_SHORTEST_SOUND: Final = 3
_LONGEST_SOUND: Final = 40
_POSTCODE: Final = re.compile(r"[0-9]{5}")

#: Words around a name that change nothing.
_AROUND: Final = frozenset(
    (
        *("in", "aus", "stadt", "gemeinde", "dorf", "ort", "ot", "ortsteil", "landkreis", "lk"),
        *("harz", "d", "de", "deutschland", "germany", "nav", "bajarê"),
        *("в", "у", "м", "г", "місто", "город", "село", "гарц", "харц"),
        *("في", "مدينة", "در", "شهر", "لە", "شاری", "هارتس"),
    )
)
_SHORT_FOR: Final = {"gr": "groß", "kl": "klein", "a": "am"}
_ASIDE: Final = re.compile(r"\s*(?:\(.*?\)|/.*)")
_BESIDE: Final = re.compile(r"\s(?:am|an der|im|in der|bei|ob der)\s.*")
_BEFORE: Final = re.compile(r"(?:Bad|Groß|Klein|Schachdorf|Sankt|Markt)\s")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A spelling or a sound, with bits that tell quickly what is nothing like it."""

    text: str
    bits: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """``named`` holds full names and what is as good; ``shortened`` could be elsewhere, too."""

    named: Mapping[str, tuple[Place, ...]]
    shortened: Mapping[str, tuple[Place, ...]]
    postcodes: Mapping[str, tuple[Place, ...]]
    typed: tuple[_Entry, ...]
    heard: tuple[_Entry, ...]


def same_spelling(name: str) -> str:
    """Two names for which this is equal can't be told apart by who writes without umlauts."""
    return spelling.without_umlauts(spelling.letters(name))


@lru_cache(maxsize=16)
def _indexed(places: tuple[Place, ...]) -> _Index:
    named: dict[str, tuple[Place, ...]] = {}
    shortened: dict[str, tuple[Place, ...]] = {}
    postcodes: dict[str, tuple[Place, ...]] = {}
    heard: dict[str, tuple[Place, ...]] = {}
    # Municipalities first: where several are offered, most people live in those.
    for place in sorted(places, key=lambda place: place.kind is Kind.DISTRICT):
        bare = _ASIDE.sub("", place.name)
        short = {_BESIDE.sub("", bare), _BEFORE.sub("", bare)} - {bare}
        for name in dict.fromkeys((place.name, bare)):
            _append(named, same_spelling(name), place)
        for name in short:
            _append(shortened, same_spelling(name), place)
        for postcode in place.postcodes:
            _append(postcodes, postcode, place)
        for name in (bare, *short):
            _append(heard, spelling.sound(spelling.words(name)), place)
    names = (*named.items(), *shortened.items())
    return _Index(
        named,
        shortened,
        postcodes,
        tuple(_Entry(key, spelling.letter_bits(key), found) for key, found in names),
        tuple(_Entry(sound, spelling.consonants(sound), found) for sound, found in heard.items()),
    )


def _append(index: dict[str, tuple[Place, ...]], key: str, place: Place) -> None:
    if place not in index.get(key, ()):
        index[key] = (*index.get(key, ()), place)


def find(places: tuple[Place, ...], written: str) -> Found:
    """The place that *written* means, in any spelling and script, or by its postcode.

    Names count before postcodes: one postcode can span several places, and people mix them up.
    """
    if len(written) > _LONGEST:
        return NOTHING
    index = _indexed(places)
    said = spelling.words(written)
    found = _by_name(index, [_SHORT_FOR.get(word, word) for word in said if not word.isdecimal()])
    postcodes = [word for word in said if _POSTCODE.fullmatch(word)]
    if not postcodes:
        return found
    return _narrowed(found, [place for one in postcodes for place in index.postcodes.get(one, ())])


def _narrowed(found: Found, there: Sequence[Place]) -> Found:
    """*found* by its name, seen together with the places *there*, which have the postcode."""
    if found.sure is Sure.NONE:
        return _guessed(there)
    both = [place for place in found.places if place in there]
    if found.sure is Sure.SEVERAL and both:
        return _guessed(both)
    if found.sure is Sure.EXACT and not both:
        return _guessed(found.places)
    return found


def _guessed(places: Sequence[Place]) -> Found:
    chosen = tuple(dict.fromkeys(places))
    if not chosen:
        return NOTHING
    return Found(Sure.LIKELY if len(chosen) == 1 else Sure.SEVERAL, chosen)


def _by_name(index: _Index, said: Sequence[str]) -> Found:
    bare = [word for word in said if word not in _AROUND]
    if not bare:
        return NOTHING
    exact = _spelt(index, said) or _spelt(index, bare)
    if exact is not None:
        return exact
    if guesses := index.shortened.get(same_spelling("".join(bare))) or _mentioned(index, bare):
        return _guessed(guesses)
    single = [[word] for word in bare] if 1 < len(bare) <= _MOST_WORDS else []
    for guesses in (
        _mistyped(index, [bare, *single]),
        _sounding_like(index, bare, whole=True),
        [place for word in single for place in _sounding_like(index, word, whole=False)],
    ):
        if guesses:
            return _guessed(guesses[:_OFFERED])
    return NOTHING


def _spelt(index: _Index, said: Sequence[str]) -> Found | None:
    """The one with this very name; who writes an umlaut means it, who writes none may not."""
    typed = spelling.letters("".join(said))
    places = index.named.get(same_spelling(typed), ())
    if len(places) > 1 and typed != spelling.without_umlauts(typed):
        places = [one for one in places if typed in _strict(one)] or places
    if len(places) == 1:
        return Found(Sure.EXACT, tuple(places))
    return _guessed(places) if places else None


def _strict(place: Place) -> set[str]:
    return {spelling.letters(place.name), spelling.letters(_ASIDE.sub("", place.name))}


def _mentioned(index: _Index, said: Sequence[str]) -> list[Place]:
    """Places named somewhere in a sentence; the district rather than the town it belongs to."""
    mentioned: list[Place] = []
    at = 0
    while at < len(said):
        for size in (3, 2, 1):
            key = same_spelling("".join(said[at : at + size]))
            if places := index.named.get(key) or index.shortened.get(key):
                mentioned.extend(places)
                at += size - 1
                break
        at += 1
    around = {place.part_of for place in mentioned}
    return [place for place in mentioned if place.name not in around]


def _mistyped(index: _Index, readings: Iterable[Sequence[str]]) -> list[Place]:
    """The places with the fewest typing errors: one in a short name, two in a long one."""
    closest: dict[Place, int] = {}
    for reading in readings:
        typed = same_spelling("".join(reading))
        most = 0 if len(typed) < 4 else 1 if len(typed) < 9 else 2
        bits = spelling.letter_bits(typed)
        for one in index.typed if most else ():
            if (one.bits ^ bits).bit_count() > 2 * most:
                continue
            errors = spelling.typing_errors(typed, one.text, most)
            if errors is not None:
                closest |= {place: min(errors, closest.get(place, errors)) for place in one.places}
    fewest = min(closest.values(), default=0)
    return [place for place, errors in closest.items() if errors == fewest]


def _sounding_like(index: _Index, said: Sequence[str], *, whole: bool) -> list[Place]:
    """The places that sound nearly so, nearest first; a single word of many has to be nearer."""
    sounding = spelling.sound(said)
    if not _SHORTEST_SOUND <= len(sounding) <= _LONGEST_SOUND:
        return []
    bits = spelling.consonants(sounding)
    closest: dict[Place, int] = {}
    for one in index.heard:
        most = (_TOLERATED + 9 * len(one.text) // 10) // (1 if whole else 2)
        if spelling.far(one.bits, bits, most):
            continue
        distance = spelling.sound_distance(sounding, one.text, most)
        if distance is not None:
            closest |= {place: min(distance, closest.get(place, distance)) for place in one.places}
    best = min(closest.values(), default=0)
    close = [place for place, distance in closest.items() if distance <= best + _MARGIN]
    return sorted(close, key=closest.__getitem__)
