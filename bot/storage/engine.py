"""What both databases share: the queue entry, the common half of a transaction, the listeners."""

import asyncio
import inspect
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.clock import WallClock
from bot.storage.cipher import Cipher
from bot.storage.errors import BadStatement, StorageError, StorageUnavailable
from bot.storage.sql import brief
from bot.storage.tx import Json, Row, Tx, Value

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Leadership(Protocol):
    """The role of the one process that sends and ticks."""

    @property
    def held(self) -> bool:
        """This process leads, as far as it knows now."""
        ...

    async def acquired(self) -> None:
        """Returns when this process leads."""
        ...

    async def lost(self) -> None:
        """Returns when this process no longer leads; never on SQLite."""
        ...


class Alone:
    """`Leadership` on SQLite: the lock file has already decided."""

    @property
    def held(self) -> bool:
        return True

    async def acquired(self) -> None:
        return

    async def lost(self) -> None:
        await asyncio.Event().wait()  # never: the lock file is ours until the process ends


class Bystander:
    """`Leadership` of a tool that runs beside the bot: it never leads."""

    @property
    def held(self) -> bool:
        return False

    async def acquired(self) -> None:
        await asyncio.Event().wait()

    async def lost(self) -> None:
        return


@dataclass(eq=False, slots=True)
class Job:
    """A work that waits for its turn, then what came of it."""

    call: Callable[[Tx], Any]
    future: asyncio.Future[Any]
    result: Any = None
    fault: BaseException | None = None
    handed: Sequence[object] = ()

    def run(self, tx: "Transaction") -> None:
        """Runs the work; never raises. Whether it is committed is decided afterwards."""
        self.result, self.fault, self.handed = None, None, tx.handed
        if self.future.cancelled():  # nobody waits any more, and nothing has happened yet
            self.fault = asyncio.CancelledError()
            return
        try:
            self.result = self.call(tx)
            if inspect.iscoroutine(self.result):
                self.result.close()
                raise TypeError("a work must be a plain function, not a coroutine")
        except BaseException as fault:  # noqa: BLE001 - whatever it is belongs to the caller
            self.fault = fault
        # A failed statement outlives a work that caught it: PostgreSQL would turn COMMIT into
        # ROLLBACK without a word, and the caller would take its writes for saved.
        self.fault = tx.fault or self.fault


@dataclass(eq=False, slots=True)
class Transaction:
    """The half of `Tx` that is the same on both databases."""

    engine: "Engine"
    now: int
    writes: bool = True
    fault: StorageError | None = None
    handed: list[object] = field(default_factory=list[object])
    channels: list[str] = field(default_factory=list[str])

    @property
    def worker(self) -> int:
        return self.engine.worker

    @property
    def sender_here(self) -> bool:
        return self.engine.sender_ready and self.engine.leadership.held

    def one(self, sql: str, /, **values: Value) -> Row | None:
        raise NotImplementedError

    def all(self, sql: str, /, **values: Value) -> list[Row]:
        raise NotImplementedError

    def run(self, sql: str, /, **values: Value) -> int:
        raise NotImplementedError

    def gone(self, worker: int) -> bool:
        raise NotImplementedError

    def seal(self, purpose: str, document: Json) -> bytes:
        return self.engine.cipher.seal(purpose, document)

    def unseal(self, purpose: str, sealed: bytes) -> Json:
        return self.engine.cipher.unseal(purpose, sealed)

    def is_current(self, sealed: bytes) -> bool:
        return self.engine.cipher.is_current(sealed)

    def lookup(self, purpose: str, text: str) -> bytes:
        return self.engine.cipher.lookup(purpose, text)

    def hand_over(self, item: object) -> None:
        self.check_writes()
        self.handed.append(item)

    def notify(self, channel: str) -> None:
        self.check_writes()
        if channel not in self.channels:
            self.channels.append(channel)

    def check_writes(self) -> None:
        if not self.writes:
            raise self.not_allowed("run, hand_over or notify")

    def not_allowed(self, what: str) -> BadStatement:
        return BadStatement(f"a work run by `read` must not change anything: {brief(what)}")


class Engine:
    """The half of `Database` that is the same on both databases. Lives in one event loop."""

    leadership: Leadership

    def __init__(self, wall: WallClock, cipher: Cipher) -> None:
        self.wall = wall
        self.cipher = cipher
        self.sender_ready = False
        self.closed = False
        self._loop = asyncio.get_running_loop()
        self._commit_listeners: list[Callable[[object], None]] = []
        self._notify_listeners: list[Callable[[str], None]] = []

    @property
    def worker(self) -> int:
        """1 for the process that serves, 0 for a tool beside it."""
        return 1 if self.leadership.held else 0

    def on_commit(self, listener: Callable[[object], None]) -> None:
        self._commit_listeners.append(listener)

    def on_notify(self, listener: Callable[[str], None]) -> None:
        self._notify_listeners.append(listener)

    async def transact(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        return await self.submit_write(self._job(lambda tx: work(tx, *args, **kw)))

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs) -> T:
        return await self.submit_read(self._job(lambda tx: work(tx, *args, **kw)))

    def submit_write(self, job: Job) -> asyncio.Future[Any]:
        raise NotImplementedError

    def submit_read(self, job: Job) -> asyncio.Future[Any]:
        raise NotImplementedError

    def settle_soon(self, jobs: Iterable[Job]) -> None:
        """From a database thread: tells the event loop what came of the jobs, in one hop."""
        self._loop.call_soon_threadsafe(self._settle, jobs)

    def heard(self, channel: str) -> None:
        """In the event loop: another worker committed a `tx.notify(channel)`."""
        _call_each(self._notify_listeners, channel)

    def _job(self, call: Callable[[Tx], Any]) -> Job:
        if self.closed:
            raise StorageUnavailable("it was closed")
        return Job(call, self._loop.create_future())

    def _settle(self, jobs: Iterable[Job]) -> None:
        for job in jobs:
            if job.fault is None:
                for item in job.handed:
                    _call_each(self._commit_listeners, item)
            _resolve(job)


def _resolve(job: Job) -> None:
    if job.future.done():  # cancelled meanwhile; what was committed stays committed
        return
    if job.fault is None:
        job.future.set_result(job.result)
    elif isinstance(job.fault, StopIteration):  # a future cannot carry it: its caller would hang
        job.future.set_exception(RuntimeError("a work raised StopIteration"))
    else:
        job.future.set_exception(job.fault)


def _call_each(listeners: Iterable[Callable[[T], None]], item: T) -> None:
    """Calls every listener; a broken one must not keep the others or the caller waiting."""
    for listener in listeners:
        try:
            listener(item)
        except Exception:  # noqa: BLE001 - see above
            _log.exception("a listener failed")
