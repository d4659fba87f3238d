"""Where in a TOML file a key stands: the standard library's reader does not say."""

import re
import tomllib
from collections.abc import Iterator
from typing import Final, TypeAlias

#: Keys from the top of the document: ``("places", "Thale", "lat")``; a number counts in a list.
Path: TypeAlias = tuple[str | int, ...]

_TOKEN: Final = re.compile(
    r"""
      (?P<skip> [ \t\r]+ | \#[^\n]* )
    | (?P<break> \n )
    | (?P<word> \"{3} (?: \\. | [^\\] )*? \"{3,5} | '{3} .*? '{3,5}
              | " (?: \\. | [^"\\\n] )* " | ' [^'\n]* ' | [^\s\[\]{}=,."'\#]+ )
    | (?P<sign> [\[\]{}=,.] )
    """,
    re.VERBOSE | re.DOTALL,
)


def lines_of(source: str) -> dict[Path, int]:
    """The line (from 1) of every table and key in *source*, which is valid TOML."""
    return _Scan(source).lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of *path*; if it is missing in the file, of what it would stand in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    def __init__(self, source: str) -> None:
        self.lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._tokens = list(_tokens(source))
        self._at = 0
        table: Path = ()
        while self._peek():
            if self._peek() == "\n":
                self._next()
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][0]

    def _line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)][1]

    def _header(self) -> Path:
        line = self._line()
        self._next()
        repeated = self._peek() == "["
        if repeated:
            self._next()
        path = self._key(())
        while self._peek() == "]":
            self._next()
        if repeated:
            path = path[:-1] if isinstance(path[-1], int) else path
            self._counts[path] = self._counts.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = (*path, self._counts[path])
        self.lines.setdefault(path, line)
        return path

    def _key(self, table: Path) -> Path:
        """The dotted key that begins here, below *table*, with every step of it on its line."""
        path = table
        while self._peek() not in ("=", "]", ""):
            line, word = self._line(), self._next()
            if word != ".":
                path = (*path, _unquoted(word))
                if path in self._counts:
                    path = (*path, self._counts[path])
                self.lines.setdefault(path, line)
        return path

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._next()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._peek() == "[":
            self._list(path)
        elif self._peek() == "{":
            self._next()
            while self._peek() not in ("}", ""):
                if self._peek() in (",", "\n"):
                    self._next()
                else:
                    self._pair(path)
            self._next()
        else:
            while self._peek() not in (",", "]", "}", "\n", ""):
                self._next()

    def _list(self, path: Path) -> None:
        self._next()
        count = 0
        while self._peek() not in ("]", ""):
            if self._peek() in (",", "\n"):
                self._next()
                continue
            self.lines[*path, count] = self._line()
            self._value((*path, count))
            count += 1
        self._next()


def _tokens(source: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in _TOKEN.finditer(source):
        if found.lastgroup != "skip":
            yield found[0], line
        line += found[0].count("\n")


def _unquoted(word: str) -> str:
    if word[0] not in "\"'":
        return word
    (unquoted,) = tomllib.loads(f"{word} = 0")
    return unquoted
