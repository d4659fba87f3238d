"""The way in: `open_database` and what it gives back. Imported by the composition root only."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.clock import Monotonic, SystemMonotonic, WallClock
from bot.storage.cipher import Cipher
from bot.storage.engine import Leadership
from bot.storage.errors import CannotOpen
from bot.storage.tx import Tx

P = ParamSpec("P")
T = TypeVar("T")


class Database(Protocol):
    """A database that is open, with a key that fits and the schema the code expects.

    All methods are called in the event loop that opened it.
    """

    sender_ready: bool
    """Set by the sender once it takes rows handed over in memory; False again when it loses the
    role."""

    @property
    def leadership(self) -> Leadership: ...

    async def transact(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Runs `work(tx, *args, **kw)` in one transaction, in a thread; returns once it is on disk.

        What the work raises is raised here and nothing is kept. Raises StorageUnavailable if the
        database could not do it now. A cancelled call may or may not have happened.
        """
        ...

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs) -> T:
        """Runs a work that only reads, on another connection and one snapshot; holds nobody up."""
        ...

    def on_commit(self, listener: Callable[[object], None]) -> None:
        """Calls the listener in the event loop with every item that a committed work handed over,
        in order, before the work's `transact` returns."""
        ...

    def on_notify(self, listener: Callable[[str], None]) -> None:
        """Calls the listener in the event loop with every channel that a worker notified."""
        ...

    async def close(self) -> None:
        """Finishes what waits, then closes."""
        ...


async def open_database(
    url: str,
    *,
    wall: WallClock,
    cipher: Cipher,
    migrate: bool = True,
    serves: bool = True,
    monotonic: Monotonic | None = None,
) -> Database:
    """Opens `sqlite:///file` or `postgresql://…`; makes or migrates the schema if it is behind.

    `serves=False` is for a tool beside the bot, which may be running: it holds no lock and has no
    worker's number (`tx.worker` is 0), never leads, and hands over to nobody.

    Raises CannotOpen or one of its kinds (AlreadyRunning, DatabaseNewer, WrongKey), each with one
    line that says what to fix.
    """
    if url.startswith("sqlite:"):
        from bot.storage.sqlite import open_sqlite

        return await open_sqlite(url, wall=wall, cipher=cipher, migrate=migrate, serves=serves)
    if url.startswith(("postgresql://", "postgres://")):
        try:
            from bot.storage.postgres import open_postgres
        except ImportError:
            raise CannotOpen("PostgreSQL needs the extra: pip install 'lotse[postgres]'") from None
        clock = monotonic or SystemMonotonic()
        return await open_postgres(
            url, wall=wall, cipher=cipher, migrate=migrate, serves=serves, monotonic=clock
        )
    raise CannotOpen("the database URL must begin with sqlite:/// or postgresql://")
