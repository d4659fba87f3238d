"""The demo's clock, moved from the page: it walks in the background and tells each stop."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.background import Background
from bot.demo.due_words import in_words
from bot.demo.town import BotStopped, Town
from bot.storage.due import Due
from bot.storage.errors import StorageUnavailable
from simulator import NotPossible
from simulator.json_types import JsonObject

_HOUR: Final = 3600
_MORNING: Final = 8
#: Two years: enough for everything there is to see, and an end for a slip of the finger.
_FARTHEST: Final = 2 * 366 * 24 * _HOUR

Tell = Callable[..., None]


class Walking:
    """`pace`: seconds to look at each stop; `tell(type, **details)` publishes an event.

    `walks`: the clock is being moved now.
    """

    def __init__(self, town: Town, background: Background, tell: Tell, pace: float) -> None:
        self._town = town
        self._background = background
        self._tell = tell
        self._pace = pace
        self._to: int | None = None
        self.walks = False
        self._stopping = False
        self._enough: Callable[[], bool] | None = None

    async def state(self) -> JsonObject:
        """As the page shows it."""
        try:
            row = None if self._town.between else await self._town.upcoming()
        except (BotStopped, StorageUnavailable):
            row = None
        now = self._town.wall.now()
        return {
            "now": now,
            "ticking": True,
            "walking": self.walks,
            "to": self._to,
            "next": None if row is None else {**_told(row), "at": max(row.due_at, now)},
        }

    async def order(self, given: JsonObject) -> None:
        """Raises NotPossible while it walks, ValueError for what has passed or makes no sense."""
        if given.get("go") == "stop":
            self._stopping = True
            return
        if self.walks:
            raise NotPossible("the clock is walking")
        target = await self._target(given)
        now = self._town.wall.now()
        if target < now:
            raise ValueError("the clock only goes forward")
        if target > now + _FARTHEST:
            raise ValueError("that is too far away")
        self.walks, self._to, self._stopping = True, target, False
        self._background.run(self._go(target), "the demo's clock")

    async def walk(self, target: int, enough: Callable[[], bool] | None = None) -> None:
        """Goes there, or to the first stop after which it is `enough`; returns at the end.

        Raises NotPossible while it walks already.
        """
        if self.walks:
            raise NotPossible("the clock is walking")
        self.walks, self._to, self._stopping = True, None if enough else target, False
        self._enough = enough
        await self._go(target)

    async def _target(self, given: JsonObject) -> int:
        now = self._town.local()
        match given.get("go"):
            case None:
                return int(given["to"])
            case "now":
                return int(now.timestamp())
            case "hour":
                return int(now.timestamp()) + _HOUR
            case "tomorrow":
                morning = now.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
                return int((morning + timedelta(days=1)).timestamp())
            case "next":
                if (row := await self._town.upcoming()) is None:
                    raise NotPossible("nothing is planned")
                return max(row.due_at, int(now.timestamp()))
            case other:
                raise ValueError(f"no such way of the clock: {other}")

    async def _go(self, target: int) -> None:
        self._tell("clock", clock=await self.state(), happened=None)
        try:
            await self._town.walk_to(max(target, self._town.wall.now()), self._at_stop)
        except (BotStopped, StorageUnavailable):
            pass  # it was restarted under the clock, which then stands where it came to
        finally:
            self.walks, self._to, self._enough = False, None, None
            self._tell("clock", clock=await self.state(), happened=None)

    async def _at_stop(self, row: Due) -> bool:
        self._tell("clock", clock=await self.state(), happened=_told(row))
        await asyncio.sleep(self._pace)
        return not (self._stopping or (self._enough is not None and self._enough()))


def _told(row: Due) -> JsonObject:
    return {"at": row.due_at, "kind": row.kind, "what": in_words(row.kind)}
