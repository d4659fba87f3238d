"""What the office changed in the chat, written as the county's file has it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.counties.overlay import Changes, keys_of, table_at
from bot.domain.county import County

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(county: County, changes: Changes) -> str:
    """The tables that differ, complete, to stand in the file instead of those of the same name.

    *county* as it holds with *changes*.
    """
    tables = dict.fromkeys(keys_of(path)[:-1] for path in changes)
    return "\n\n".join("\n".join(_lines(keys, table_at(county, keys))) for keys in tables)


def _lines(keys: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[str]:
    name = ".".join(map(_key, keys))
    if not table:
        yield f"# [{name}] is taken out"
        return
    yield f"[{name}]"
    for key, value in table.items():
        yield f"{_key(key)} = {value_as_toml(value)}"


def value_as_toml(value: object) -> str:
    """Texts, numbers, yes and no, and lists of them; a text's escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)
