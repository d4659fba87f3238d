"""What happened, told to whoever listens: the browser page, a test that waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from simulator.json_types import JsonObject


class Broadcast:
    """Publishes events (JSON objects with a `type`) to callbacks and to subscriptions."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[JsonObject], None]] = []

    def publish(self, kind: str, **details: object) -> None:
        event: JsonObject = {"type": kind, **details}
        for listener in tuple(self._listeners):
            listener(event)

    def listen(self, listener: Callable[[JsonObject], None]) -> Callable[[], None]:
        """Call `listener` synchronously for every event; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def subscribe(self) -> Subscription:
        """Every event from now on; to be used as `with … as events: async for event in events`."""
        return Subscription(self)


class Subscription:
    """Events in order, kept until they are read."""

    def __init__(self, broadcast: Broadcast) -> None:
        self._queue: asyncio.Queue[JsonObject] = asyncio.Queue()
        self.close = broadcast.listen(self._queue.put_nowait)

    def __enter__(self) -> Subscription:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __aiter__(self) -> Subscription:
        return self

    async def __anext__(self) -> JsonObject:
        return await self._queue.get()
