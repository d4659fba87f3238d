"""PostgreSQL: a few threads, each with its own connection; any number of workers.

A work is run in one hop, in one SERIALIZABLE transaction, and from the start again when it lost a
race. So the same check-then-act code is right here and on SQLite.
"""

import asyncio
import itertools
import random
import struct
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg import IsolationLevel
from psycopg.rows import DictRow

from bot.clock import Monotonic, WallClock
from bot.storage import schema
from bot.storage.cipher import Cipher
from bot.storage.engine import Bystander, Engine, Job, Transaction
from bot.storage.errors import (
    BadStatement,
    Conflict,
    StorageUnavailable,
)
from bot.storage.leadership import CHANNEL, Session
from bot.storage.postgres_server import (
    Connection,
    ConnectionLost,
    LostRace,
    connect,
    connect_session,
    explain,
    explained,
    prepare,
)
from bot.storage.sql import for_psycopg
from bot.storage.tx import Row, Value

T = TypeVar("T")
Cursor = psycopg.Cursor[DictRow]

WRITERS = 8
READERS = 2
_RACES = 60  # 24 threads that all change one row: at most 25 runs were seen
_LONGEST_PAUSE = 0.1  # seconds between two attempts

_NOBODY_HOLDS = """SELECT pg_try_advisory_xact_lock_shared(
    CAST(:lock AS INTEGER), CAST(:worker AS INTEGER)) AS gone"""


class PostgresTx(Transaction):
    """`Tx` on one connection."""

    def __init__(self, engine: Engine, connection: Connection, *, writes: bool) -> None:
        super().__init__(engine, engine.wall.now(), writes)
        self._connection = connection

    def one(self, sql: str, /, **values: Value) -> Row | None:
        return self._do(sql, values, lambda cursor: cursor.fetchone())

    def all(self, sql: str, /, **values: Value) -> list[Row]:
        return self._do(sql, values, lambda cursor: [*cursor])

    def run(self, sql: str, /, **values: Value) -> int:
        self.check_writes()
        return self._do(sql, values, lambda cursor: cursor.rowcount)

    def gone(self, worker: int) -> bool:
        """Holds the number back until our transaction ends, so that nobody takes it meanwhile."""
        if worker == self.worker:
            return False
        row = self.one(_NOBODY_HOLDS, lock=schema.LOCK_CLASS, worker=worker)
        return row is not None and bool(row["gone"])

    def _do(self, sql: str, values: dict[str, Value], take: Callable[[Cursor], T]) -> T:
        if self.fault is not None:
            raise self.fault
        try:
            return take(self._connection.execute(for_psycopg(sql), values))
        except (psycopg.Error, ValueError, OverflowError, struct.error, BadStatement) as error:
            self.fault = self.not_allowed(sql) if self._refused(error) else explain(error, sql)
            raise self.fault from None

    def _refused(self, error: Exception) -> bool:
        return not self.writes and getattr(error, "sqlstate", None) == "25006"

    def commit(self) -> None:
        """Raises StorageError if the transaction was not, or perhaps not, committed."""
        try:
            for channel in self.channels:
                self._connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, channel))
            self._connection.commit()
        except psycopg.Error as error:
            fault = explain(error, "COMMIT")
            if isinstance(fault, ConnectionLost):
                fault = StorageUnavailable("connection lost during COMMIT, outcome unknown")
            raise fault from None


class _Lane:
    """Threads with a connection each."""

    def __init__(self, connect: Callable[[], Connection], size: int, name: str) -> None:
        self._connect = connect
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=name)
        self._mine = threading.local()
        self._all: set[Connection] = set()

    def submit(self, function: Callable[[Job], None], job: Job) -> asyncio.Future[Any]:
        self._threads.submit(function, job)
        return job.future

    @property
    def connection(self) -> Connection:
        """This thread's connection; a new one if the last broke. Raises ConnectionLost."""
        mine: Connection | None = getattr(self._mine, "connection", None)
        if mine is None or mine.closed:
            if mine is not None:
                self._all.discard(mine)
            try:
                self._mine.connection = mine = self._connect()
            except psycopg.Error:
                raise StorageUnavailable("no connection to the server") from None
            self._all.add(mine)
        return mine

    def close(self) -> None:
        self._threads.shutdown()
        for connection in self._all:
            connection.close()


class PostgresDatabase(Engine):
    """`Database` on a server. Made by `open_postgres`."""

    def __init__(
        self, wall: WallClock, cipher: Cipher, url: str, monotonic: Monotonic, *, serves: bool
    ) -> None:
        super().__init__(wall, cipher)

        def writer() -> Connection:
            return connect(url, isolation=IsolationLevel.SERIALIZABLE)

        def reader() -> Connection:
            return connect(url, isolation=IsolationLevel.REPEATABLE_READ, read_only=True)

        self._writers = _Lane(writer, WRITERS, "lotse-write")
        self._readers = _Lane(reader, READERS, "lotse-read")
        self._session = Session(
            lambda: connect_session(url),
            monotonic=monotonic,
            heard=self.heard,
            on_lost=self._no_longer_sender,
        )
        self._serves = serves
        self.leadership = self._session if serves else Bystander()

    @property
    def worker(self) -> int:
        return self._session.worker

    def _no_longer_sender(self) -> None:
        self.sender_ready = False

    async def open(self) -> None:
        if self._serves:
            await self._session.start()

    def submit_write(self, job: Job) -> asyncio.Future[Any]:
        if self._serves and not self._session.alive:
            # Our number may be another worker's by now: nothing may be claimed or settled with it.
            raise StorageUnavailable("connection lost")
        return self._writers.submit(self._write, job)

    def submit_read(self, job: Job) -> asyncio.Future[Any]:
        return self._readers.submit(self._read, job)

    async def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(self._writers.close)
        await self._session.close()

    def _write(self, job: Job) -> None:
        self._decide(job, self._writers, writes=True)

    def _read(self, job: Job) -> None:
        self._decide(job, self._readers, writes=False)

    def _decide(self, job: Job, lane: _Lane, *, writes: bool) -> None:
        """Runs the work until there is nothing to gain from another run."""
        for attempt in itertools.count(1):
            try:
                self._run_once(job, lane, writes=writes)
            except Exception as fault:  # noqa: BLE001 - whatever it is belongs to the caller
                job.fault = fault
            if attempt >= _attempts(job.fault):
                break
            time.sleep(_jitter(attempt))
        self.settle_soon([job])

    def _run_once(self, job: Job, lane: _Lane, *, writes: bool) -> None:
        connection = lane.connection
        tx = PostgresTx(self, connection, writes=writes)
        job.run(tx)
        try:
            if job.fault is None and writes:
                tx.commit()
        finally:
            with suppress(psycopg.Error):  # a broken connection rolls back by itself
                connection.rollback()


def _attempts(fault: BaseException | None) -> int:
    """How many runs such an end is worth.

    A race lost to others is nearly always won some time. A unique violation can be the form that a
    lost race takes under SERIALIZABLE; the next run then sees the row that won. One that comes
    again is real.
    """
    if isinstance(fault, LostRace):
        return _RACES
    if isinstance(fault, Conflict) and fault.kind == "unique":
        return 3
    return 2 if isinstance(fault, ConnectionLost) else 1


def _jitter(attempt: int) -> float:
    """Seconds to wait, anything up to a growing bound: those who collided must not meet again."""
    longest = min(_LONGEST_PAUSE, 0.001 * 2**attempt)
    return random.uniform(0, longest)  # noqa: S311 - spreads load, guards nothing


async def open_postgres(
    url: str, *, wall: WallClock, cipher: Cipher, migrate: bool, serves: bool, monotonic: Monotonic
) -> PostgresDatabase:
    """Brings the schema up to date and opens it; raises CannotOpen."""
    with explained():
        await asyncio.to_thread(prepare, url, cipher, migrate=migrate)
        database = PostgresDatabase(wall, cipher, url, monotonic, serves=serves)
        await database.open()
        return database
