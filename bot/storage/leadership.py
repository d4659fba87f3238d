"""What a PostgreSQL worker holds for longer than a transaction, on one connection of its own.

Three things end when this connection ends, whatever ended it: the worker's number, the role of the
leader (who sends and ticks), and the ear for notifications. All live in the event loop.
"""

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import psycopg

from bot.background import Background
from bot.clock import Monotonic
from bot.storage.schema import LEADER_LOCK, LOCK_CLASS

CHANNEL = "lotse"
HEARTBEAT_SECONDS = 1.0

_TRY_LOCK = "SELECT pg_try_advisory_lock(%s, %s)"
_log = logging.getLogger(__name__)


class Session:
    """`Leadership` on PostgreSQL, together with the worker's number and LISTEN.

    `alive` says whether the number is ours. `on_lost` is called as soon as the leader's connection
    is found to be gone, before `lost()` returns.
    """

    def __init__(
        self,
        connect: Callable[[], Awaitable[psycopg.AsyncConnection[Any]]],
        *,
        monotonic: Monotonic,
        heard: Callable[[str], None],
        on_lost: Callable[[], None],
    ) -> None:
        self.worker = 0
        self.alive = False
        self._connect = connect
        self._monotonic = monotonic
        self._heard = heard
        self._on_lost = on_lost
        self._leads = asyncio.Event()
        self._follows = asyncio.Event()
        self._follows.set()
        self._background = Background()

    @property
    def held(self) -> bool:
        return self._leads.is_set()

    async def acquired(self) -> None:
        await self._leads.wait()

    async def lost(self) -> None:
        await self._follows.wait()

    async def start(self) -> None:
        """Connects, takes a number and tries to lead; then keeps at it until `close`."""
        connection = await self._begin()
        self._background.run(self._keep(connection), "PostgreSQL session")

    async def close(self) -> None:
        await self._background.close()

    async def _keep(self, connection: psycopg.AsyncConnection[Any]) -> None:
        while True:
            try:
                while True:
                    await self._beat(connection)
                    async for notification in connection.notifies(timeout=HEARTBEAT_SECONDS):
                        self._heard(notification.payload)
            except (psycopg.Error, OSError):
                _log.warning("lost the connection to PostgreSQL that holds worker %s", self.worker)
            finally:  # also when cancelled by `close`
                self._step_down()
                with suppress(psycopg.Error, OSError):  # the others need not wait for the server
                    await connection.execute("SELECT pg_advisory_unlock_all()")
                await connection.close()
            connection = await self._begin_again()

    async def _begin_again(self) -> psycopg.AsyncConnection[Any]:
        while True:
            await self._monotonic.sleep(HEARTBEAT_SECONDS)
            with suppress(psycopg.Error, OSError):
                return await self._begin()

    async def _begin(self) -> psycopg.AsyncConnection[Any]:
        connection = await self._connect()
        try:
            await self._take_number(connection)
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            await self._beat(connection)
            self.alive = True
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _take_number(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """The number we had, if nobody took it meanwhile, or else the smallest that is free."""
        for number in itertools.chain((self.worker,) if self.worker else (), itertools.count(1)):
            if await _try_lock(connection, number):
                self.worker = number
                return

    async def _beat(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Proves that the connection lives; a follower asks for the lead in the same breath."""
        if self.held:
            await connection.execute("SELECT 1")
        elif await _try_lock(connection, LEADER_LOCK):
            self._follows.clear()
            self._leads.set()

    def _step_down(self) -> None:
        self.alive = False
        if self.held:
            self._leads.clear()
            self._on_lost()
            self._follows.set()


async def _try_lock(connection: psycopg.AsyncConnection[Any], number: int) -> bool:
    cursor = await connection.execute(_TRY_LOCK, (LOCK_CLASS, number))
    row = await cursor.fetchone()
    return bool(row and row[0])
