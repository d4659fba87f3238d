"""The two clocks, and the only place that may ask the system for the time.

*Wall time* (UTC epoch seconds, an ``int``) is what people see: appointments, reminders, expiry.
The demo and the tests move it.
*Monotonic time* (seconds, a ``float``) is what the machine needs: pacing, backoff. Nobody moves
it; tests replace it.
"""

import asyncio
import time
from typing import Protocol


class WallClock(Protocol):
    def now(self) -> int:
        """UTC epoch seconds."""
        ...


class Monotonic(Protocol):
    def now(self) -> float:
        """Seconds since some fixed moment; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None: ...

    async def wait(self, event: asyncio.Event, timeout: float | None) -> bool:
        """Wait for *event*, at most *timeout* seconds; True if it was set in time."""
        ...


class SystemWall:
    def now(self) -> int:
        return int(time.time())


class MovableWall:
    """System time plus an offset that the demo and the tests choose.

    ``ticking=False`` stands still between moves.
    """

    def __init__(self, start: int, *, ticking: bool = False) -> None:
        self._ticking = ticking
        self._base = start
        self._since = time.monotonic()

    def now(self) -> int:
        passed = int(time.monotonic() - self._since) if self._ticking else 0
        return self._base + passed

    def move_to(self, moment: int) -> None:
        self._base = moment
        self._since = time.monotonic()


class SystemMonotonic:
    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def wait(self, event: asyncio.Event, timeout: float | None) -> bool:
        if event.is_set():
            return True
        try:
            async with asyncio.timeout(timeout):  # wait_for of 3.11 may swallow a cancellation
                await event.wait()
        except TimeoutError:
            return False
        return True
