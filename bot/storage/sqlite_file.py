"""The SQLite file: finding, locking and preparing it, and what its errors mean."""

import fcntl
import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.storage import schema
from bot.storage.cipher import Cipher
from bot.storage.errors import (
    AlreadyRunning,
    BadStatement,
    CannotOpen,
    Conflict,
    StorageError,
    StorageUnavailable,
)
from bot.storage.sql import brief

BUSY_SECONDS = 5.0  # somebody's backup tool holds the file

UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "the file is locked by another program",
    sqlite3.SQLITE_LOCKED: "the file is locked by another program",
    sqlite3.SQLITE_NOMEM: "out of memory",
    sqlite3.SQLITE_READONLY: "we are not able to write the file or its directory",
    sqlite3.SQLITE_INTERRUPT: "interrupted",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: restore a backup",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "we are not able to read or write the file or its directory",
    sqlite3.SQLITE_NOTADB: "the file is not an SQLite database",
}


def explain(error: Exception, sql: str) -> StorageError:
    """Our word for an error. SQLite's own texts name columns and constraints, never values."""
    if isinstance(error, StorageError):
        return error
    if not isinstance(error, sqlite3.Error):
        return BadStatement(f"a parameter does not fit ({type(error).__name__}): {brief(sql)}")
    if code_of(error) in UNAVAILABLE:
        return StorageUnavailable(UNAVAILABLE[code_of(error)])
    kind, failed, what = str(error).partition(" constraint failed")
    if failed:
        return Conflict(kind.lower(), what.lstrip(": ") or "not named by SQLite")
    return BadStatement(f"{error}: {brief(sql)}")


def code_of(error: Exception) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part


def file_of(url: str) -> Path:
    """`sqlite:///relative.db` or `sqlite:////absolute.db`."""
    name = url.removeprefix("sqlite:///")
    if name in (url, "", ":memory:"):
        raise CannotOpen(f"{url} names no file (write sqlite:///lotse.db): memory is not enough")
    return Path(name)


def connect_file(path: Path, *pragmas: str) -> sqlite3.Connection:
    """A connection that starts and ends no transaction by itself."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512)
    db.row_factory = sqlite3.Row
    for pragma in pragmas:
        db.execute(f"PRAGMA {pragma}")
    return db


def prepare(path: Path, cipher: Cipher, *, migrate: bool) -> None:
    """Blocking: makes the file, checks that it is ours, migrates it, checks the key."""
    with suppress(FileExistsError):  # SQLite's side files inherit the mode
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect_file(path)) as db:
        version = _version(db)
        mode: str = db.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise CannotOpen(f"{path} does not support WAL: put it on a local disk")
    if version != schema.HEAD:
        schema.upgrade_sqlite(lambda: connect_file(path), version, allowed=migrate)
    with closing(connect_file(path)) as db:
        db.execute("BEGIN IMMEDIATE")  # also proves that we may write
        schema.check_key(cipher, _kept(db, schema.KEY_CHECK, schema.make_key_check(cipher)))
        stored = _kept(db, schema.LOOKUP_KEY, schema.make_lookup_key(cipher))
        schema.adopt_lookup_key(cipher, stored)
        db.execute("COMMIT")


def _kept(db: sqlite3.Connection, key: str, otherwise: bytes) -> bytes:
    """What the database keeps about itself under *key*; from now on *otherwise* if nothing."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO NOTHING",
        {"key": key, "value": otherwise},
    )
    row = db.execute("SELECT value FROM meta WHERE key = :key", {"key": key}).fetchone()
    return bytes(row["value"])


def _version(db: sqlite3.Connection) -> str | None:
    tables = {row["name"] for row in db.execute("SELECT name FROM sqlite_master")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise CannotOpen("the file holds another program's tables: choose another file")
    row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return row and row["version_num"]


@contextmanager
def explained(path: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        reason = UNAVAILABLE.get(code_of(error), str(error))
        raise CannotOpen(f"{path}: {reason}") from None
    except OSError as error:
        raise CannotOpen(
            f"{path}: {error.strerror}, we are not able to write the file or its directory"
        ) from None


def lock_file(path: Path) -> int:
    """Takes the one right to work on this file; the system gives it back, come what may."""
    if not path.parent.is_dir():
        raise CannotOpen(f"the directory {path.parent.absolute()} does not exist: create it")
    with explained(path):
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise AlreadyRunning(
            f"another process works on {path}: stop it first, SQLite serves one process"
        ) from None
    return lock
