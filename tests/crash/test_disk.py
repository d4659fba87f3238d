"""The database goes away under the running bot, and comes back."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.storage import inbox
from bot.storage.errors import StorageUnavailable
from bot.storage.sqlite import connect_file, file_of
from bot.storage.tx import Tx
from handlers.turn import Turn
from tests.delivery.workshop import Workshop, message, most_attempts, parked, workshop


def pragma(tx: Any, text: str) -> None:
    """On the writer's own connection."""
    tx._db.execute(f"PRAGMA {text}")


Mend = Callable[[], Awaitable[object]]


async def full_disk(shop: Workshop) -> Mend:
    def fill(tx: Tx) -> None:
        pages = tx.one("PRAGMA page_count")
        assert pages is not None
        pragma(tx, f"max_page_count = {pages['page_count']}")

    await shop.db.transact(fill)
    return lambda: shop.db.transact(pragma, "max_page_count = 1000000")


async def read_only(shop: Workshop) -> Mend:
    await shop.db.transact(pragma, "query_only = ON")
    # No transaction begins any more, so this goes past them.
    writer: Any = shop.db
    return lambda: writer._writer._connection.execute("PRAGMA query_only = OFF")


async def locked(shop: Workshop) -> Mend:
    await shop.db.transact(pragma, "busy_timeout = 20")
    path = file_of(f"sqlite:///{await shop.db.read(_file)}")
    other = connect_file(path)
    other.execute("BEGIN IMMEDIATE")

    async def unlock() -> None:
        other.rollback()
        other.close()

    return unlock


def _file(tx: Tx) -> str:
    row = tx.one("PRAGMA database_list")
    assert row is not None
    return str(row["file"])


def blow_up(turn: Turn) -> None:
    """A turn that needs more room than is left."""
    turn.tx.run(
        "INSERT INTO meta (key, value) VALUES (:key, :value)",
        key=f"blob {turn.update.update_id}",
        value=b"x" * 100_000,
    )


@pytest.mark.parametrize("break_it", [full_disk, read_only, locked])
async def test_work_waits_and_nothing_counts(
    sqlite_url: str, wall: MovableWall, break_it: Callable[[Workshop], Awaitable[Mend]]
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        shop.act = blow_up
        waiting = asyncio.Event()
        worker: Any = shop.worker
        real = worker._attempt

        async def attempt(claim: inbox.Claim) -> object:
            try:
                return await real(claim)
            except StorageUnavailable:
                waiting.set()
                raise

        worker._attempt = attempt
        release = asyncio.Event()
        worker._slots = _Gate(release)
        await shop.receives(*(message(number, number) for number in range(10, 15)))
        mend = await break_it(shop)
        release.set()
        async with asyncio.timeout(20):
            await waiting.wait()
        with pytest.raises(StorageUnavailable):
            await shop.receives(*(message(number, 20, "x" * 4000) for number in range(100, 200)))
        await mend()
        await shop.settle()
        assert set(range(10, 15)) <= set(await shop.turns())
        assert await shop.db.read(parked) == []
        assert await shop.db.read(most_attempts) == 1


class _Gate(asyncio.Semaphore):
    """Holds the work back until the database is broken."""

    def __init__(self, release: asyncio.Event) -> None:
        super().__init__(1000)
        self._release = release

    async def __aenter__(self) -> None:
        await self._release.wait()
        await super().__aenter__()
