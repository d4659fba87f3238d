"""Stand-ins for what tests may not wait for."""

import asyncio
import itertools
import socket


class FakeMonotonic:
    """Monotonic time that passes only when the test says so; whoever sleeps is woken in order."""

    def __init__(self, start: float = 1000.0) -> None:
        self._now = start
        self._sleepers: dict[int, tuple[float, asyncio.Future[None]]] = {}
        self._numbers = itertools.count()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        number = next(self._numbers)
        moment: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers[number] = (self._now + max(seconds, 0.0), moment)
        try:
            await moment
        finally:
            self._sleepers.pop(number, None)

    async def wait(self, event: asyncio.Event, timeout: float | None) -> bool:
        if event.is_set() or timeout is None:
            return await event.wait()
        sleeping = asyncio.ensure_future(self.sleep(timeout))
        waiting = asyncio.ensure_future(event.wait())
        try:
            await asyncio.wait({sleeping, waiting}, return_when=asyncio.FIRST_COMPLETED)
            return event.is_set()
        finally:
            sleeping.cancel()
            waiting.cancel()
            await asyncio.wait({sleeping, waiting})  # swallows no cancellation of our own

    def advance(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self._now += seconds
        for moment, sleeper in sorted(self._sleepers.values(), key=lambda each: each[0]):
            if moment <= self._now and not sleeper.done():
                sleeper.set_result(None)

    def advance_to_next(self, at_most: float = 120.0) -> None:
        """Let time pass until the next sleeper wakes, if that is near."""
        moments = [moment for moment, sleeper in self._sleepers.values() if not sleeper.done()]
        if moments:
            self.advance(min(max(min(moments) - self._now, 0.0), at_most))


def free_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
