"""SQLite's own side: group commit, one process, what a broken disk does."""

import asyncio
import fcntl
import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
import pytest_asyncio

from bot.clock import MovableWall
from bot.storage import sqlite, sqlite_file
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.errors import (
    AlreadyRunning,
    CannotOpen,
    DatabaseNewer,
    StorageUnavailable,
    WrongKey,
)
from bot.storage.sqlite import SqliteDatabase, SqliteTx, in_thread, open_sqlite, open_thread
from bot.storage.tx import Tx
from tests.databases import START


def add(tx: Tx, chat: int) -> int:
    tx.run(
        "INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat, 'private', :now)",
        chat=chat,
        now=tx.now,
    )
    return chat


def count(tx: Tx) -> int:
    row = tx.one("SELECT COUNT(*) AS n FROM chats")
    assert row is not None
    return row["n"]


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


async def opened(path: Path, cipher: Cipher, *, migrate: bool = True) -> SqliteDatabase:
    return await open_sqlite(
        f"sqlite:///{path}", wall=MovableWall(START), cipher=cipher, migrate=migrate
    )


@pytest_asyncio.fixture
async def database(
    path: Path, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[SqliteDatabase]:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    database = await opened(path, cipher)
    yield database
    await database.close()


def raw(tx: Tx) -> sqlite3.Connection:
    assert isinstance(tx, SqliteTx)
    return tx._db


class Gate:
    """Holds the writer's thread in a work, so that others queue up behind it."""

    def __init__(self) -> None:
        self._reached, self._open = threading.Event(), threading.Event()

    def work(self, tx: Tx) -> None:
        self._reached.set()
        assert self._open.wait(10)

    async def reached(self) -> None:
        await asyncio.to_thread(self._reached.wait, 10)

    def open(self) -> None:
        self._open.set()


# --- the adapter ---------------------------------------------------------------------------------


async def test_the_private_call_runs_in_the_connections_own_thread(path: Path) -> None:
    """aiosqlite's `_execute`, `_thread`: fails if they changed, then the adapter needs a look."""
    assert aiosqlite.__version__ == "0.22.1"
    ran_in: list[threading.Thread] = []

    def connect() -> sqlite3.Connection:
        ran_in.append(threading.current_thread())
        return sqlite3.connect(path)

    connection = await open_thread(connect)
    await in_thread(connection, lambda: ran_in.append(threading.current_thread()))
    await connection.close()
    assert ran_in[0].daemon
    assert ran_in[0] is ran_in[1]
    assert ran_in[0] is not threading.current_thread()


CRASHES = """
import asyncio, sys
from bot.clock import SystemWall
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from tests.databases import KEY

async def main():
    database = await open_database(sys.argv[1], wall=SystemWall(), cipher=Cipher((KEY,)))
    raise LookupError("nobody closes it")

asyncio.run(main())
"""


def test_a_process_that_fails_before_closing_ends(database_url: str) -> None:
    """On both databases: a process that hung here would never be started again."""
    program = [sys.executable, "-c", CRASHES, database_url]
    ended = subprocess.run(program, check=False, capture_output=True, timeout=30)
    assert ended.returncode == 1
    assert b"nobody closes it" in ended.stderr


async def test_settings(database: SqliteDatabase) -> None:
    def settings(tx: Tx) -> dict[str, Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "query_only")
        return {name: raw(tx).execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    writer = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "query_only": 0}
    assert await database.transact(settings) == writer
    assert (await database.read(settings))["query_only"] == 1


# --- group commit --------------------------------------------------------------------------------


async def test_works_that_wait_share_a_commit(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BATCH_SECONDS", 60)
    statements: list[str] = []
    await database.transact(lambda tx: raw(tx).set_trace_callback(statements.append))
    gate = Gate()
    first = asyncio.create_task(database.transact(gate.work))
    await gate.reached()
    statements.clear()
    others = [asyncio.create_task(database.transact(add, number)) for number in range(100)]
    await asyncio.sleep(0)
    gate.open()
    assert await asyncio.gather(first, *others) == [None, *range(100)]
    assert statements.count("COMMIT") == 2  # 101 works, at most 64 at once
    assert statements.count("SAVEPOINT work") == 100
    assert statements[-2:] == ["RELEASE work", "COMMIT"]


async def test_slow_works_do_not_make_a_batch_wait(
    database: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BATCH_SECONDS", 0)
    statements: list[str] = []
    await database.transact(lambda tx: raw(tx).set_trace_callback(statements.append))
    gate = Gate()
    first = asyncio.create_task(database.transact(gate.work))
    await gate.reached()
    others = [asyncio.create_task(database.transact(add, number)) for number in range(5)]
    await asyncio.sleep(0)
    statements.clear()
    gate.open()
    await asyncio.gather(first, *others)
    assert statements.count("COMMIT") == 1 + 5


# --- a disk or a file that does not do what it should --------------------------------------------


async def test_a_locked_file_is_unavailable_for_now(database: SqliteDatabase, path: Path) -> None:
    statements: list[str] = []
    await database.transact(lambda tx: raw(tx).set_trace_callback(statements.append))
    statements.clear()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(
            *(database.transact(add, number) for number in range(10)), return_exceptions=True
        )
        assert {type(result) for result in results} == {StorageUnavailable}
        assert "locked" in str(results[0])
        assert await database.read(count) == 0
    assert statements == ["BEGIN IMMEDIATE"]  # they waited once, not ten times
    assert await database.transact(add, 1) == 1


async def test_a_full_disk_refuses_the_statement(database: SqliteDatabase) -> None:
    def limit(tx: Tx, pages: int) -> None:
        raw(tx).execute(f"PRAGMA max_page_count = {pages}")

    def big(tx: Tx) -> None:
        tx.run("INSERT INTO meta (key, value) VALUES ('big', :value)", value=bytes(10**6))

    await database.transact(limit, 1)  # SQLite takes the present size for the least
    results = await asyncio.gather(
        *(database.transact(big) for _ in range(3)), return_exceptions=True
    )
    assert {type(result) for result in results} == {StorageUnavailable}
    assert "disk is full" in str(results[0])
    await database.transact(limit, 10**6)
    await database.transact(big)


@contextmanager
def no_file_may_grow_beyond(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def size_of(path: str) -> int:
    return Path(path).stat().st_size


async def test_a_failing_commit_rejects_the_whole_batch(
    database: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_BATCH_SECONDS", 60)
    items: list[object] = []
    database.on_commit(items.append)

    def work(tx: Tx, number: int) -> None:
        add(tx, number)
        tx.hand_over(number)

    gate = Gate()
    first = asyncio.create_task(database.transact(gate.work))
    await gate.reached()
    batch = [asyncio.create_task(database.transact(work, number)) for number in range(20)]
    await asyncio.sleep(0)
    with no_file_may_grow_beyond(size_of(f"{path}-wal")):
        gate.open()
        results = await asyncio.gather(first, *batch, return_exceptions=True)
    assert {type(result) for result in results} == {StorageUnavailable}
    assert items == []
    assert await database.transact(count) == 0
    await database.transact(work, 1)
    assert items == [1]
    assert await database.read(count) == 1


async def test_a_disk_that_is_read_only_at_run_time(database: SqliteDatabase) -> None:
    await database.transact(lambda tx: raw(tx).execute("PRAGMA query_only = ON"))
    with pytest.raises(StorageUnavailable, match="not able to write"):
        await database.transact(add, 1)


# --- opening -------------------------------------------------------------------------------------


def modes_in(directory: Path) -> dict[str, int]:
    return {entry.name: stat.S_IMODE(entry.stat().st_mode) for entry in directory.iterdir()}


async def test_a_new_database_is_ours_alone(tmp_path: Path, cipher: Cipher) -> None:
    path = tmp_path / "new.db"
    database = await opened(path, cipher)
    await database.transact(add, 1)
    modes = modes_in(tmp_path)
    await database.close()
    names = ("new.db", "new.db-wal", "new.db-shm", "new.db.lock")
    assert modes == dict.fromkeys(names, 0o600)


async def test_a_relative_url(
    tmp_path: Path, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    database = await open_database("sqlite:///here.db", wall=MovableWall(START), cipher=cipher)
    await database.close()
    assert (tmp_path / "here.db").exists()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:x.db"])
async def test_memory_is_refused(url: str, cipher: Cipher) -> None:
    with pytest.raises(CannotOpen, match="names no file"):
        await open_database(url, wall=MovableWall(START), cipher=cipher)


async def test_another_kind_of_url_is_refused(cipher: Cipher) -> None:
    with pytest.raises(CannotOpen, match="must begin with") as caught:
        await open_database("mysql://me:secret@x/y", wall=MovableWall(START), cipher=cipher)
    assert "secret" not in str(caught.value)


async def test_one_process_only(path: Path, cipher: Cipher) -> None:
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)  # another open file counts as another process
    with pytest.raises(AlreadyRunning, match="another process works on"):
        await opened(path, cipher)
    os.close(lock)
    await (await opened(path, cipher)).close()
    await (await opened(path, cipher)).close()


async def test_a_tool_works_beside_the_bot(path: Path, cipher: Cipher) -> None:
    url, wall = f"sqlite:///{path}", MovableWall(START)
    bot = await open_database(url, wall=wall, cipher=cipher)
    tool = await open_database(url, wall=wall, cipher=cipher, serves=False)
    assert await tool.transact(add, 1) == 1
    assert await bot.transact(count) == 1
    tool.sender_ready = True
    seen = await tool.transact(lambda tx: (tx.worker, tx.sender_here, tx.gone(1), tx.gone(2)))
    assert seen == (0, False, False, False)
    assert not tool.leadership.held
    await tool.leadership.lost()
    await bot.close()
    second = await open_database(url, wall=wall, cipher=cipher)  # the tool does not hold it up
    await second.close()
    await tool.close()


async def test_bot_and_tool_lose_nothing_to_each_other(path: Path, cipher: Cipher) -> None:
    url, wall = f"sqlite:///{path}", MovableWall(START)
    bot = await open_database(url, wall=wall, cipher=cipher)
    tool = await open_database(url, wall=wall, cipher=cipher, serves=False)
    await bot.transact(add, 1)

    def increment(tx: Tx) -> None:
        row = tx.one("SELECT seen_at FROM chats")
        assert row is not None
        tx.run("UPDATE chats SET seen_at = :at", at=row["seen_at"] + 1)

    async def increments(database: Database) -> None:
        for _ in range(50):
            await database.transact(increment)

    await asyncio.gather(increments(bot), increments(tool))
    row = await bot.read(lambda tx: tx.one("SELECT seen_at FROM chats"))
    assert row is not None
    assert row["seen_at"] == START + 100
    await bot.close()
    await tool.close()


async def test_a_tool_does_not_migrate_under_the_running_bot(
    tmp_path: Path, cipher: Cipher
) -> None:
    url, wall = f"sqlite:///{tmp_path}/new.db", MovableWall(START)
    lock = os.open(f"{tmp_path}/new.db.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with pytest.raises(CannotOpen, match="migrate"):
        await open_database(url, wall=wall, cipher=cipher, serves=False)
    os.close(lock)
    tool = await open_database(url, wall=wall, cipher=cipher, serves=False)
    await tool.close()


async def test_a_failed_opening_gives_the_lock_back(path: Path, cipher: Cipher) -> None:
    await (await opened(path, cipher)).close()
    with pytest.raises(WrongKey):
        await opened(path, Cipher((b"?" * 32,)))
    await (await opened(path, cipher)).close()


async def test_a_wrong_key_is_noticed(path: Path, cipher: Cipher) -> None:
    await (await opened(path, cipher)).close()
    other = b"?" * 32
    with pytest.raises(WrongKey) as caught:
        await opened(path, Cipher((other,)))
    assert "\n" not in str(caught.value)
    await (await opened(path, Cipher((other, bytes(range(32)))))).close()


async def test_a_newer_database_is_left_alone(path: Path, cipher: Cipher) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer, match="9999"):
        await opened(path, cipher)


async def test_no_migration_unasked(tmp_path: Path, cipher: Cipher) -> None:
    with pytest.raises(CannotOpen, match="migrate"):
        await opened(tmp_path / "new.db", cipher, migrate=False)


async def test_a_directory_that_is_not_there(tmp_path: Path, cipher: Cipher) -> None:
    with pytest.raises(CannotOpen, match="create it"):
        await opened(tmp_path / "missing" / "lotse.db", cipher)


async def test_a_directory_instead_of_a_file(tmp_path: Path, cipher: Cipher) -> None:
    (tmp_path / "lotse.db").mkdir()
    with pytest.raises(CannotOpen, match=r"lotse\.db"):
        await opened(tmp_path / "lotse.db", cipher)


async def test_a_file_that_is_no_database(tmp_path: Path, cipher: Cipher) -> None:
    (tmp_path / "lotse.db").write_text("Dear diary, " * 1000)
    with pytest.raises(CannotOpen, match="not an SQLite database"):
        await opened(tmp_path / "lotse.db", cipher)


async def test_another_programs_database(tmp_path: Path, cipher: Cipher) -> None:
    with closing(sqlite3.connect(tmp_path / "lotse.db")) as db:
        db.execute("CREATE TABLE diary (day TEXT)")
    with pytest.raises(CannotOpen, match="another program"):
        await opened(tmp_path / "lotse.db", cipher)


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(3996)  # the page of the schema
    path.write_bytes(content)


async def test_a_damaged_database(path: Path, cipher: Cipher) -> None:
    damage(path)
    with pytest.raises(CannotOpen, match="damaged"):
        await opened(path, cipher)


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    """Root may write everything; the tests run as root in containers."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture(params=["directory", "file"])
def read_only_path(path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A database that cannot be written, or not beside."""
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        target = directory / "lotse.db"
        target.write_bytes(path.read_bytes())
        target.chmod(0o444 if request.param == "file" else 0o666)
        directory.chmod(0o777 if request.param == "file" else 0o555)
        yield target
        directory.chmod(0o777)


async def test_a_place_we_may_not_write(read_only_path: Path, cipher: Cipher) -> None:
    with (
        as_somebody_without_rights(),
        pytest.raises(CannotOpen, match=r"not able to (read or )?write"),
    ):
        await opened(read_only_path, cipher)
