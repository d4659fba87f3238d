"""SQLite: one writer thread with group commit, one reader thread, one process.

A work is run in one hop, in the thread of an aiosqlite connection. Works that wait share one
COMMIT, each in its own savepoint; nobody hears of success before the COMMIT is on disk. Why so
(measured): plain aiosqlite takes seven hops per conversation step and costs 3.5 times as much.
SQLAlchemy's async layer costs 12 to 16 times the CPU, and its default SQLite transaction lost 433
of 900 concurrent writes without an error (it never says BEGIN IMMEDIATE). With group commit,
synchronous=FULL is faster than plain aiosqlite with NORMAL.
"""

import asyncio
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.background import Background
from bot.clock import WallClock
from bot.storage.cipher import Cipher
from bot.storage.engine import Alone, Bystander, Engine, Job, Transaction
from bot.storage.errors import (
    AlreadyRunning,
    BadStatement,
    StorageUnavailable,
)
from bot.storage.sql import portable
from bot.storage.sqlite_file import (
    UNAVAILABLE,
    code_of,
    connect_file,
    explain,
    explained,
    file_of,
    lock_file,
    prepare,
)
from bot.storage.tx import Row, Value

T = TypeVar("T")

#: Pages kept in memory, at most 32 MB: one search of a large county reads from all over the file.
_CACHE = "cache_size=-32000"
_BATCH_WORKS = 64
_BATCH_SECONDS = 0.02  # slow works: commit what is done rather than let everybody wait


class SqliteTx(Transaction):
    """`Tx` on the connection of the thread it runs in."""

    def __init__(self, engine: Engine, db: sqlite3.Connection, *, writes: bool) -> None:
        super().__init__(engine, engine.wall.now(), writes)
        self._db = db

    def one(self, sql: str, /, **values: Value) -> Row | None:
        return self._do(sql, values, sqlite3.Cursor.fetchone)

    def all(self, sql: str, /, **values: Value) -> list[Row]:
        return self._do(sql, values, sqlite3.Cursor.fetchall)

    def run(self, sql: str, /, **values: Value) -> int:
        self.check_writes()
        return self._do(sql, values, _rowcount)

    def gone(self, worker: int) -> bool:
        # We hold the lock file, so all the others are history; a tool beside the bot cannot know.
        return self.worker == 1 and worker != 1

    def _do(self, sql: str, values: dict[str, Value], take: Callable[[sqlite3.Cursor], T]) -> T:
        if self.fault is not None:
            raise self.fault
        try:
            return take(self._db.execute(portable(sql), values))
        except (sqlite3.Error, ValueError, OverflowError, BadStatement) as error:
            self.fault = self.not_allowed(sql) if self._refused(error) else explain(error, sql)
            raise self.fault from None

    def _refused(self, error: Exception) -> bool:
        return not self.writes and code_of(error) == sqlite3.SQLITE_READONLY


def _rowcount(cursor: sqlite3.Cursor) -> int:
    cursor.fetchall()  # a RETURNING nobody reads must still run to its end
    return cursor.rowcount


async def open_thread(connect: Callable[[], sqlite3.Connection]) -> aiosqlite.Connection:
    """Opens a connection in a thread of its own.

    The thread is made a daemon: an exception before `close` would otherwise leave a process that
    never ends. What a killed thread has not committed is not there, as after kill -9.
    """
    connection = aiosqlite.Connection(connect, 64)
    connection._thread.daemon = True  # pyright: ignore[reportPrivateUsage] - see in_thread
    return await connection


async def in_thread(connection: aiosqlite.Connection, function: Callable[[], object]) -> None:
    """Runs a function in the connection's own thread.

    aiosqlite's private API, hence its exact pin and a test: the public calls take one hop each.
    """
    await connection._execute(function)  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType] - see above


class _Lane:
    """One connection, its thread, and the jobs that wait for it.

    `step` runs in the thread: it takes jobs from the queue and decides them.
    """

    def __init__(self, path: Path, step: Callable[[sqlite3.Connection, deque[Job]], None]) -> None:
        self._path = path
        self._step = step
        self._background = Background()
        self._waiting: deque[Job] = deque()
        self._draining: asyncio.Task[None] | None = None
        self._db: sqlite3.Connection | None = None

    async def open(self, *pragmas: str) -> None:
        def connect() -> sqlite3.Connection:
            self._db = connect_file(self._path, *pragmas)
            return self._db

        self._connection = await open_thread(connect)

    def put(self, job: Job) -> asyncio.Future[Any]:
        self._waiting.append(job)
        if self._draining is None or self._draining.done():
            self._draining = self._background.run(self._drain(), "storage")
        return job.future

    async def _drain(self) -> None:
        while self._waiting:
            await in_thread(self._connection, self._work_off)

    def _work_off(self) -> None:
        assert self._db is not None
        while self._waiting:
            self._step(self._db, self._waiting)

    async def close(self) -> None:
        if self._draining is not None:
            await asyncio.wait((self._draining,))
        await self._connection.close()


class SqliteDatabase(Engine):
    """`Database` on one file. Made by `open_sqlite`."""

    def __init__(self, wall: WallClock, cipher: Cipher, path: Path, lock: int | None) -> None:
        super().__init__(wall, cipher)
        self.leadership = Alone() if lock is not None else Bystander()
        self._lock = lock
        self._writer = _Lane(path, self._commit_some)
        self._reader = _Lane(path, self._read_one)

    async def open(self) -> None:
        await self._writer.open("foreign_keys=ON", "synchronous=FULL", _CACHE)
        await self._reader.open("query_only=ON", _CACHE)

    def submit_write(self, job: Job) -> asyncio.Future[Any]:
        return self._writer.put(job)

    def submit_read(self, job: Job) -> asyncio.Future[Any]:
        return self._reader.put(job)

    async def close(self) -> None:
        """Finishes what waits, then lets another process have the file."""
        if self.closed:
            return
        self.closed = True
        await self._reader.close()
        await self._writer.close()
        if self._lock is not None:
            os.close(self._lock)

    def _commit_some(self, db: sqlite3.Connection, waiting: deque[Job]) -> None:
        """One BEGIN, the waiting works, one COMMIT."""
        batch: list[Job] = []
        try:
            db.execute("BEGIN IMMEDIATE")
            self._run_some(db, waiting, batch)
            db.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - whatever it is, not one of them was committed
            if not batch:  # BEGIN failed after a long wait: let nobody behind it wait as long again
                batch.extend(waiting.popleft() for _ in range(len(waiting)))
            _roll_back(db)
            _reject(batch, error)
        self.settle_soon(batch)

    def _run_some(self, db: sqlite3.Connection, waiting: deque[Job], batch: list[Job]) -> None:
        """A savepoint each: a work that fails takes nothing of the others with it.

        A work that is alone has one too: its cost is too small to be measured (under 5 %).
        """
        deadline = time.perf_counter() + _BATCH_SECONDS
        while waiting and len(batch) < _BATCH_WORKS:  # who comes meanwhile still joins
            job = waiting.popleft()
            batch.append(job)
            db.execute("SAVEPOINT work")
            job.run(SqliteTx(self, db, writes=True))
            if job.fault is not None:
                # Raises if SQLite gave up the whole transaction (disk full, I/O).
                db.execute("ROLLBACK TO work")
            db.execute("RELEASE work")
            if time.perf_counter() > deadline:
                break

    def _read_one(self, db: sqlite3.Connection, waiting: deque[Job]) -> None:
        """One work on the snapshot of this moment; writers go on beside it."""
        job = waiting.popleft()
        try:
            db.execute("BEGIN")
            job.run(SqliteTx(self, db, writes=False))
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to the caller
            _reject([job], error)
        _roll_back(db)
        self.settle_soon([job])


def _roll_back(db: sqlite3.Connection) -> None:
    if db.in_transaction:
        with suppress(sqlite3.Error):  # a broken disk refuses even this; the file stays consistent
            db.execute("ROLLBACK")


def _reject(batch: Iterable[Job], error: Exception) -> None:
    """None of the batch is committed. The reason is the first failure, not what came of it."""
    reasons = [job.fault.reason for job in batch if isinstance(job.fault, StorageUnavailable)]
    reasons.append(UNAVAILABLE.get(code_of(error), f"{type(error).__name__} around COMMIT"))
    for job in batch:
        job.fault = job.fault or StorageUnavailable(reasons[0])


async def open_sqlite(
    url: str, *, wall: WallClock, cipher: Cipher, migrate: bool, serves: bool = True
) -> SqliteDatabase:
    """Locks the file for this process, brings it up to date and opens it; raises CannotOpen.

    A tool (`serves=False`) gives the lock back before it works: the bot may run or start meanwhile.
    """
    path = file_of(url)
    lock: int | None = None
    try:
        lock = lock_file(path)
    except AlreadyRunning:
        if serves:
            raise
        migrate = False  # never under the running bot
    try:
        with explained(path):
            await asyncio.to_thread(prepare, path, cipher, migrate=migrate)
            if lock is not None and not serves:
                os.close(lock)
                lock = None
            database = SqliteDatabase(wall, cipher, path, lock)
            await database.open()
            return database
    except BaseException:
        if lock is not None:
            os.close(lock)
        raise
