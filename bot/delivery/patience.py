"""What happened must be written down: try until the database can."""

import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from bot.clock import Monotonic
from bot.storage.database import Database
from bot.storage.errors import StorageUnavailable
from bot.storage.tx import Tx

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger(__name__)

_LONGEST_PAUSE = 30.0  # between two attempts


class Patience:
    """Transactions that wait for the database, with growing pauses."""

    def __init__(self, db: Database, monotonic: Monotonic) -> None:
        self._db = db
        self._monotonic = monotonic

    async def transact(
        self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs
    ) -> T:
        pause = 1.0
        while True:
            try:
                return await self._db.transact(work, *args, **kw)
            except StorageUnavailable as unavailable:
                _log.warning("settling waits: the database is not available", exc_info=unavailable)
            await self._monotonic.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
