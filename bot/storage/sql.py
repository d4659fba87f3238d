"""One SQL text for both databases: the rules are checked, the parameters are translated.

SQLite reads `:name` itself; psycopg wants `%(name)s`. Each text is looked at once.
"""

import re
from functools import lru_cache

from bot.storage.errors import BadStatement

# What must be recognised in this order: quoted text, names and comments hide everything in them.
_PIECE = re.compile(
    r"""(?P<quoted> '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ )
      | (?P<cast> :: )
      | (?P<insert_or> \bINSERT\s+OR\b )
      | :(?P<name> [A-Za-z_]\w* )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


@lru_cache(maxsize=2048)
def portable(sql: str) -> str:
    """The text itself, for SQLite; raises BadStatement for what PostgreSQL would not understand."""
    _translate(sql)
    return sql


@lru_cache(maxsize=2048)
def for_psycopg(sql: str) -> bytes:
    """The text with `%(name)s` for `:name`; raises BadStatement like `portable`."""
    return _translate(sql).encode()


def _translate(sql: str) -> str:
    if "%" in sql:
        raise _refused(sql, "%", "pass the pattern of a LIKE as a parameter")
    return _PIECE.sub(lambda piece: _replace(sql, piece), sql)


def _replace(sql: str, piece: re.Match[str]) -> str:
    if piece["cast"]:
        raise _refused(sql, "::", "write CAST(… AS …)")
    if piece["insert_or"]:
        raise _refused(sql, "INSERT OR", "write ON CONFLICT … DO …")
    return f"%({piece['name']})s" if piece["name"] else piece[0]


def _refused(sql: str, what: str, instead: str) -> BadStatement:
    return BadStatement(f"{what} works on one of the two databases only, {instead}: {brief(sql)}")


def brief(sql: str) -> str:
    """The statement on one line, for messages. Values are never part of it, they are parameters."""
    line = " ".join(sql.split())
    return line if len(line) <= 120 else f"{line[:119]}…"
