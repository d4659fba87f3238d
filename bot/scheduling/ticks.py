"""The tick: does what is due. APScheduler fires it; the work is claimed from the table of due rows,
one commit each."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import (  # pyright: ignore[reportMissingTypeStubs] - has none
    AsyncIOScheduler,
)

from bot.clock import MovableWall
from bot.domain.county import County
from bot.storage import due
from bot.storage.database import Database
from bot.storage.due import Due
from bot.storage.errors import StorageUnavailable
from bot.storage.tx import Tx
from bot.usecases import clockwork
from bot.usecases.county_texts import Counties

_log = logging.getLogger(__name__)

#: So many due rows go into one group commit; between two groups everybody else has a turn.
_AT_ONCE = 50


class Ticks:
    """Fires due rows while this process leads."""

    def __init__(self, db: Database, county: County) -> None:
        self._db = db
        self._counties = Counties(county)
        self._running = asyncio.Lock()

    async def tick(self) -> None:
        """Everything that is due now, unless an earlier tick is still at it.

        What fails is tried again later and holds up nothing else.
        """
        if self._running.locked() or not self._db.leadership.held:
            return
        try:
            await self._tidy_up()
            await self._do_what_is_due()
        except StorageUnavailable as unavailable:
            _log.warning("the tick waits: the database is not available", exc_info=unavailable)

    async def walk_to(
        self, wall: MovableWall, target: int, between: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Move the wall clock to *target*, stopping at each due row on the way, so that nothing
        happens late. *between* is awaited at each stop: what was said there should go out there.

        Raises StorageUnavailable.
        """
        while (moment := await self._db.read(_next_moment, target)) is not None:
            wall.move_to(max(moment, wall.now()))
            await self._do_what_is_due()
            if between is not None:
                await between()
        wall.move_to(target)
        await self.tick()

    async def finished(self) -> None:
        """Returns when no due row is being worked on."""
        async with self._running:
            pass

    async def _tidy_up(self) -> None:
        try:
            await self._db.transact(self._tidy_in)
        except StorageUnavailable:
            raise
        except Exception:  # noqa: BLE001 - reminders matter more than tidiness
            _log.exception("tidying up failed")

    def _tidy_in(self, tx: Tx) -> None:
        clockwork.tidy_up(tx, self._counties.at(tx))

    async def _do_what_is_due(self) -> None:
        async with self._running:
            while rows := await self._db.read(due.upcoming, _AT_ONCE):
                fired = await asyncio.gather(*map(self._fire, rows), return_exceptions=True)
                for fault in filter(None, fired):
                    raise fault

    async def _fire(self, row: Due) -> None:
        """Raises StorageUnavailable, and what would come again and again if we went on."""
        try:
            await self._db.transact(self._fire_in, row)
        except StorageUnavailable:
            raise
        except Exception:  # noqa: BLE001 - one row must not hold up the others
            _log.exception("due row %s (%s %s) failed", row.id, row.kind, row.subject)
            if await self._db.transact(due.failed, row):
                _log.error("due row %s is parked", row.id)

    def _fire_in(self, tx: Tx, row: Due) -> None:
        clockwork.fire(tx, self._counties.at(tx), row)


def scheduler(ticks: Ticks, seconds: float = 1.0) -> AsyncIOScheduler:
    """Fires the tick every second. Late is fine: APScheduler's default (``misfire_grace_time``
    of 1 s) would drop late jobs silently."""
    made = AsyncIOScheduler(timezone="UTC")
    made.add_job(  # pyright: ignore[reportUnknownMemberType] - no stubs, see above
        ticks.tick,
        "interval",
        seconds=seconds,
        coalesce=True,
        max_instances=2,  # a long tick and one that returns at once: no warning each second
        misfire_grace_time=None,
    )
    return made


def _next_moment(tx: Tx, target: int) -> int | None:
    rows = due.upcoming(tx, 1, target)
    return rows[0].due_at if rows else None
