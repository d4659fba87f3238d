"""On which line of a TOML file a key stands."""

import tomllib
from typing import Any

from bot.counties import loader
from bot.counties.lines import Path, line_of, lines_of

SOURCE = '''# a comment, with [brackets] = "signs"
name = "x" # [no]
"a.b".c = 1
[office]
hours = [
  "Mon", # one
  { x = 1, y = [2, 3] },
]

[ "Groß = Q" ]
"\\u00e4" = { kind = 'a"b', lat = 51.5 }
text = """
[not]
a = "table" \\"""
"""
[[row]]
a = 1979-05-27T07:32:00Z
[[row]]
a = 2
[row.sub]
b = []
'''


def test_every_key_has_its_line() -> None:
    assert lines_of(SOURCE) == {
        ("name",): 2,
        ("a.b",): 3,
        ("a.b", "c"): 3,
        ("office",): 4,
        ("office", "hours"): 5,
        ("office", "hours", 0): 6,
        ("office", "hours", 1): 7,
        ("office", "hours", 1, "x"): 7,
        ("office", "hours", 1, "y"): 7,
        ("office", "hours", 1, "y", 0): 7,
        ("office", "hours", 1, "y", 1): 7,
        ("Groß = Q",): 10,
        ("Groß = Q", "ä"): 11,
        ("Groß = Q", "ä", "kind"): 11,
        ("Groß = Q", "ä", "lat"): 11,
        ("Groß = Q", "text"): 12,
        ("row",): 16,
        ("row", 0): 16,
        ("row", 0, "a"): 17,
        ("row", 1): 18,
        ("row", 1, "a"): 19,
        ("row", 1, "sub"): 20,
        ("row", 1, "sub", "b"): 21,
    }


def paths(value: Any, path: Path = ()) -> set[Path]:
    """Every path of a document that `tomllib` has read."""
    items = value.items() if isinstance(value, dict) else ()
    items = enumerate(value) if isinstance(value, list) else items
    found = {path} if path else set()
    for key, below in items:
        found |= paths(below, (*path, key))
    return found


def test_the_same_keys_as_the_standard_reader_finds() -> None:
    sources = [
        SOURCE,
        loader.BUNDLED.read_text(encoding="utf-8"),
        loader.BUNDLED.with_name("example.toml").read_text(encoding="utf-8"),
    ]
    for source in sources:
        assert set(lines_of(source)) == paths(tomllib.loads(source))


def test_what_is_missing_is_on_the_line_of_what_it_belongs_to() -> None:
    lines = lines_of(SOURCE)
    assert line_of(lines, ("office", "phone")) == 4
    assert line_of(lines, ("office", "hours", 1, "z")) == 7
    assert line_of(lines, ("zone",)) == 1
    assert line_of({}, ()) == 1
