"""The one rule for two databases, checked on the text alone."""

import pytest

from bot.storage.errors import BadStatement
from bot.storage.sql import brief, for_psycopg, portable


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT :a, :b_2", "SELECT %(a)s, %(b_2)s"),
        ("WHERE a=:a AND b = :a", "WHERE a=%(a)s AND b = %(a)s"),
        ("SELECT ':a', ':b''s :c', :d", "SELECT ':a', ':b''s :c', %(d)s"),
        ('SELECT ":a" FROM t', 'SELECT ":a" FROM t'),
        ("SELECT 1 -- it's :a\n, :b", "SELECT 1 -- it's :a\n, %(b)s"),
        ("SELECT /* :a ' */ :b", "SELECT /* :a ' */ %(b)s"),
        ("SELECT '12:30', x[1:2]", "SELECT '12:30', x[1:2]"),
        ("SELECT '::', 'INSERT OR'", "SELECT '::', 'INSERT OR'"),
        ("INSERT INTO t SELECT 1 WHERE a OR b", "INSERT INTO t SELECT 1 WHERE a OR b"),
    ],
)
def test_parameters_are_translated_outside_of_quotes(ours: str, theirs: str) -> None:
    assert for_psycopg(ours) == theirs.encode()
    assert portable(ours) == ours


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("SELECT a::text", "::"),
        ("SELECT 5 % 2", "%"),
        ("SELECT 1 WHERE a LIKE 'b%'", "%"),
        ("insert  or\nreplace INTO t VALUES (1)", "INSERT OR"),
    ],
)
def test_what_only_one_database_knows_is_refused(sql: str, named: str) -> None:
    for check in (portable, for_psycopg):
        with pytest.raises(BadStatement, match=f"^{named} works on one"):
            check(sql)


def test_brief_is_one_short_line() -> None:
    assert brief("SELECT 1\n   FROM t") == "SELECT 1 FROM t"
    assert len(brief("SELECT 1, " * 100)) == 120
