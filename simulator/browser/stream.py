"""Events to the page: numbered, kept for a while, sent as server-sent events from where one was."""

import asyncio
import json
import secrets
from collections import deque
from typing import Final

from aiohttp import web

from simulator.browser.guard import stream_headers

_KEPT: Final = 5000
_RESET: Final = '{"type":"reset"}'
_KEEP_OPEN_SECONDS: Final = 15.0


class EventLog:
    """The newest events. An id is `<run>-<number>`: earlier runs' numbers mean nothing."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(3)
        self._number = 0
        self._kept: deque[tuple[int, str]] = deque(maxlen=_KEPT)
        self._changed = asyncio.Event()
        self.readers = 0

    @property
    def last(self) -> str:
        """The id of the newest event."""
        return f"{self._run}-{self._number}"

    def publish(self, kind: str, **details: object) -> None:
        self._number += 1
        event = json.dumps({"type": kind, **details}, ensure_ascii=False, separators=(",", ":"))
        self._kept.append((self._number, event))
        self._changed.set()
        self._changed = asyncio.Event()

    def position(self, after: str | None) -> int | None:
        """The number of the event with that id (None: the newest); None if it can't be resumed."""
        if not after:
            return self._number
        run, _, number = after.partition("-")
        if run != self._run or not number.isdecimal() or int(number) > self._number:
            return None
        oldest = self._kept[0][0] if self._kept else self._number + 1
        return int(number) if int(number) >= oldest - 1 else None

    def after(self, number: int) -> list[tuple[int, str]]:
        missed = self._number - number
        return list(self._kept)[-missed:] if missed else []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Sends what came after `Last-Event-ID` (or `?after=`), and everything from then on."""
        given = request.headers.get("Last-Event-ID") or request.query.get("after")
        position = self.position(given)
        headers = stream_headers() | {
            "Content-Type": "text/event-stream",
            "Cache-Control": "no-store",
        }
        answer = web.StreamResponse(headers=headers)
        await answer.prepare(request)
        await answer.write(b"retry: 1000\n\n")
        if position is None:
            position = self._number
            await answer.write(self._frame(position, _RESET))
        self.readers += 1
        try:
            while True:
                changed = self._changed
                for number, event in self.after(position):
                    if number > position + 1:  # too slow: what was missed is not kept any more
                        await answer.write(self._frame(number, _RESET))
                    await answer.write(self._frame(number, event))
                    position = number
                if changed is self._changed:
                    await _wait_or_keep_open(changed, answer)
        except ConnectionError:
            return answer  # the page is closed
        finally:
            self.readers -= 1

    def _frame(self, number: int, event: str) -> bytes:
        return f"id: {self._run}-{number}\ndata: {event}\n\n".encode()


async def _wait_or_keep_open(changed: asyncio.Event, answer: web.StreamResponse) -> None:
    try:
        async with asyncio.timeout(_KEEP_OPEN_SECONDS):
            await changed.wait()
    except TimeoutError:
        await answer.write(b":\n\n")
