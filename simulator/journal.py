"""Every request the bot made and what it got, in memory."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from simulator.json_types import JsonObject

_KEPT = 20_000


@dataclass(frozen=True)
class Entry:
    """One request. `answer` is None while it runs and if the connection was dropped."""

    seq: int
    time: float
    method: str
    params: JsonObject
    answer: JsonObject | None = None


class Journal:
    """The newest requests, oldest first. `time` is the world's time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._seq = 0
        self._awaited: list[tuple[str, asyncio.Event]] = []
        self.entries: deque[Entry] = deque(maxlen=_KEPT)

    def add(self, method: str, params: JsonObject) -> Entry:
        self._seq += 1
        entry = Entry(self._seq, self._now(), method, params)
        self.entries.append(entry)
        for method_waited_for, arrived in self._awaited:
            if method_waited_for == method:
                arrived.set()
        return entry

    async def next(self, method: str) -> None:
        """Until the next request to `method` has arrived (not: was answered)."""
        awaited = (method, asyncio.Event())
        self._awaited.append(awaited)
        await awaited[1].wait()
        self._awaited.remove(awaited)

    def settle(self, entry: Entry, answer: JsonObject | None) -> Entry:
        settled = replace(entry, answer=answer)
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index].seq == entry.seq:
                self.entries[index] = settled
                break
        return settled

    def calls(self, method: str) -> list[Entry]:
        """All requests to `method`."""
        return [entry for entry in self.entries if entry.method == method]
