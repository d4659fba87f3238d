"""A county's file with a few things said differently: what the office changed in the chat.

A change is the dotted path of a value in the file (``office.phone``,
``categories.leisure.offered``, ``greeting.ar``) and the value that stands there instead. The whole
is read again with the same checks as the file.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias, cast

from bot.counties import loader
from bot.counties.draft import Draft
from bot.domain.county import County
from bot.messages import Json

#: Value by path.
Changes: TypeAlias = Mapping[str, Json]

#: What may be changed here, by the first part of the path and the last one.
_OPEN: Final = {
    ("office", "name"),
    ("office", "phone"),
    ("office", "hours"),
    ("offices", "name"),
    ("offices", "address"),
    ("offices", "phone"),
    ("offices", "hours"),
    ("categories", "offered"),
    ("categories", "bring"),
    ("emergency", "phone"),
}


class ChangeInvalid(Exception):
    """With this value the county's file could not be used; says why, in English."""


def overlaid(county: County, changes: Changes) -> County:
    """*county* with all *changes*. Raises :class:`ChangeInvalid`."""
    if not changes:
        return county
    document = county.document
    for path, value in changes.items():
        document = _with(document, path, value)
    draft = Draft(document)
    if draft.faults:
        raise ChangeInvalid("; ".join(fault.what for fault in draft.faults))
    return replace(loader.built(draft), voices=county.voices)


def still_fitting(county: County, changes: Changes) -> County:
    """*county* with those of *changes* that its file, which may be newer, still allows."""
    try:
        return overlaid(county, changes)
    except ChangeInvalid:
        pass
    for path, value in changes.items():
        try:
            county = overlaid(county, {path: value})
        except ChangeInvalid:
            continue
    return county


def value_at(county: County, path: str) -> Json:
    """What stands in the file, or in its place; None for nothing."""
    found: Any = county.document
    for key in keys_of(path):
        found = _table(found).get(key)
    return found


def may_change(county: County, path: str) -> bool:
    """Is it one of the things that are changed here, and of something that the file knows?"""
    keys = keys_of(path)
    if keys[0] == "greeting":
        return len(keys) == 2
    if (keys[0], keys[-1]) not in _OPEN:
        return False
    return (
        len(keys) == 2
        if keys[0] == "office"
        else len(keys) == 3
        and (keys[0] == "emergency" or keys[1] in county.document.get(keys[0], {}))
    )


def table_at(county: County, keys: tuple[str, ...]) -> Mapping[str, Any]:
    """The table of these keys as it holds; empty if there is none."""
    found: Mapping[str, Any] = county.document
    for key in keys:
        found = _table(found.get(key))
    return found


def keys_of(path: str) -> tuple[str, ...]:
    """Two or three; the one in the middle may have dots of its own: an office's may."""
    first, _, rest = path.partition(".")
    middle, _, last = rest.rpartition(".")
    return (first, middle, last) if middle else (first, last)


def _table(found: object) -> Mapping[str, Any]:
    """What should be a table; an empty one if it is not there."""
    return cast(Mapping[str, Any], found) if isinstance(found, dict) else {}


def _with(document: Mapping[str, Any], path: str, value: Json) -> Mapping[str, Any]:
    """A copy in which *value* stands at *path*; None takes away what stood there."""
    return _put(document, keys_of(path), value)


def _put(table: Mapping[str, Any], keys: tuple[str, ...], value: Json) -> Mapping[str, Any]:
    first, *rest = keys
    if rest:
        inner = _put(_table(table.get(first)), tuple(rest), value)
        kept = {key: one for key, one in table.items() if key != first or inner}
        return {**kept, first: inner} if inner else kept
    kept = {key: one for key, one in table.items() if key != first}
    if value is None:
        return kept
    return {**table, first: value}
