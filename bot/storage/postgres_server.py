"""The PostgreSQL server: connecting, preparing a database, and what its errors mean."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg import IsolationLevel
from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import DictRow, dict_row
from psycopg.types.numeric import Int8BinaryDumper, NumericLoader

from bot.storage import schema
from bot.storage.cipher import Cipher
from bot.storage.errors import (
    BadStatement,
    CannotOpen,
    Conflict,
    StorageError,
    StorageUnavailable,
)
from bot.storage.sql import brief

Connection = psycopg.Connection[DictRow]

_KINDS = {
    "23502": "not null",
    "23503": "foreign key",
    "23505": "unique",
    "23514": "check",
    "23P01": "exclusion",
}


class LostRace(StorageUnavailable):
    """Another transaction was faster (40001, 40P01): the work is run again."""


class ConnectionLost(StorageUnavailable):
    """The connection broke before COMMIT: nothing is stored, the work is run again once."""


def explain(error: Exception, sql: str) -> StorageError:
    """Our word for an error. PostgreSQL's own texts may quote values, so they stay out, except for
    those about the statement itself."""
    if isinstance(error, StorageError):
        return error
    if not isinstance(error, psycopg.Error):
        return BadStatement(f"a parameter does not fit ({type(error).__name__}): {brief(sql)}")
    state = error.sqlstate or ""
    if state in ("40001", "40P01"):
        return LostRace("too many transactions at odds")
    if state[:2] == "23":
        what = error.diag.constraint_name or f"{error.diag.table_name}.{error.diag.column_name}"
        return Conflict(_KINDS.get(state, state), what)
    reason = _unavailable(error, state)
    if reason is not None:
        return reason
    about = error.diag.message_primary or str(error)
    told = about if isinstance(error, psycopg.ProgrammingError) else type(error).__name__
    return BadStatement(f"{told} ({state}): {brief(sql)}")


def _unavailable(error: psycopg.Error, state: str) -> StorageUnavailable | None:
    if state[:2] == "08" or state in ("57P01", "57P02", "57P03", "57P05", "25P03"):
        return ConnectionLost("connection lost")
    if state == "53100":
        return StorageUnavailable("the server's disk is full")
    if state[:2] == "53":
        return StorageUnavailable("the server has too little memory or too many connections")
    if state in ("55P03", "57014"):
        return StorageUnavailable("the server was too slow, or a row was locked too long")
    if state == "25006":
        return StorageUnavailable("the server is read-only")
    if state[:2] in ("58", "XX"):
        return StorageUnavailable("the server failed to read or write its disk")
    if not state and isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return ConnectionLost("connection lost")
    return None


class _Number(NumericLoader):
    """SUM and AVG as SQLite gives them: int and float instead of Decimal."""

    def load(self, data: Any) -> Any:
        number = super().load(data)
        return int(number) if number.as_tuple().exponent == 0 else float(number)


def connect(
    url: str, *, isolation: IsolationLevel | None = None, read_only: bool = False
) -> Connection:
    """A connection whose types behave as on SQLite."""
    connection = Connection.connect(**_parameters(url), row_factory=dict_row)
    connection.isolation_level = isolation
    connection.read_only = read_only
    types = connection.adapters
    types.register_dumper(int, Int8BinaryDumper)  # one type, so one plan per statement
    types.register_dumper(bool, Int8BinaryDumper)
    types.register_loader("numeric", _Number)
    return connection


async def connect_session(url: str) -> psycopg.AsyncConnection[Any]:
    """A connection that both ends find dead within seconds: a ghost must not hold a role."""
    return await psycopg.AsyncConnection.connect(
        **_parameters(
            url,
            keepalives_idle=2,
            keepalives_interval=1,
            keepalives_count=3,
            tcp_user_timeout=5000,
            options="-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1"
            " -c tcp_keepalives_count=3 -c tcp_user_timeout=5000",
        ),
        autocommit=True,
    )


def _parameters(url: str, *, options: str = "", **more: Any) -> dict[str, Any]:
    given = conninfo_to_dict(url)
    defaults = {"connect_timeout": 5, "application_name": "lotse", "client_encoding": "utf8"}
    all_options = f"{given.get('options', '')} -c lock_timeout=10s {options}".strip()
    return {**defaults, **more, **given, "options": all_options}


def prepare(url: str, cipher: Cipher, *, migrate: bool) -> None:
    """Blocking: migrates, checks the key."""
    with closing(connect(url)) as connection:
        encoding = connection.execute("SHOW server_encoding").fetchone()
        if encoding is None or encoding["server_encoding"] != "UTF8":
            raise CannotOpen("the database does not store UTF-8: create it with ENCODING 'UTF8'")
        version = _version(connection)
    if version != schema.HEAD:
        schema.upgrade_postgres(lambda: psycopg.connect(url), version, allowed=migrate)
    with closing(connect(url)) as connection, connection.transaction():
        check = _kept(connection, schema.KEY_CHECK, schema.make_key_check(cipher))
        schema.check_key(cipher, check)
        stored = _kept(connection, schema.LOOKUP_KEY, schema.make_lookup_key(cipher))
        schema.adopt_lookup_key(cipher, stored)


def _kept(connection: Connection, key: str, otherwise: bytes) -> bytes:
    """What the database keeps about itself under *key*; from now on *otherwise* if nothing."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (%s, %s) ON CONFLICT DO NOTHING", (key, otherwise)
    )
    row = connection.execute("SELECT value FROM meta WHERE key = %s", (key,)).fetchone()
    assert row is not None
    return bytes(row["value"])


def _version(connection: Connection) -> str | None:
    found = connection.execute("SELECT to_regclass('alembic_version') AS found").fetchone()
    if found is None or found["found"] is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else row["version_num"]


@contextmanager
def explained() -> Generator[None]:
    """Says in one line why it cannot be opened. A password in the URL stays out: libpq quotes what
    it cannot read, and takes a part of a password with an @ in it for the host."""
    try:
        yield
    except psycopg.Error as error:
        reason = error.diag.message_primary or str(error).partition("\n")[0]
        unreadable = isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None
        if unreadable or "@" in reason:
            reason = "the URL is not like postgresql://user:password@host/name (write %40 for @)"
        raise CannotOpen(f"PostgreSQL: {reason}") from None
