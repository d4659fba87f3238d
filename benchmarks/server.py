"""The Bot API over loopback for little CPU: ``python -m benchmarks.server`` prints its address.

It is the same process for both sides of a comparison, so its cost is equal and never theirs. It
answers at once, believes everything and checks nothing: whether requests are right is what the
simulator's tests are for.
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

_CHAT = re.compile(rb"chat_id=(-?\d+)")
_HOLD = 50.0  # seconds a long poll waits: nobody ever writes
#: Every message gets this number, so that a card stays where it is.
MESSAGE_ID = 7
_ME = b'{"id":1,"is_bot":true,"first_name":"Bench","username":"bench_bot"}'
_SENT = (
    b'{"message_id":7,"date":1800000000,"chat":{"id":%d,"type":"private","first_name":"A"},'
    b'"from":' + _ME + b',"text":"x"}'
)


class Journal:
    """What came in since the last look: messages (chat id, moment), each method's first moment."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, float]] = []
        self.first: dict[str, float] = {}

    def taken(self) -> bytes:
        document = json.dumps({"sent": self.sent, "first": self.first}).encode()
        self.sent, self.first = [], {}
        return document


class _Connection(asyncio.Protocol):
    """HTTP/1.1, kept alive, one request at a time; what has a body says how long it is."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._buffer = b""
        self._hold: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._hold is not None:
            self._hold.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            length = 0 if at < 0 else int(head[at + 15 :].partition(b"\r\n")[0])
            if len(self._buffer) < end + 4 + length:
                return
            path = self._buffer[: self._buffer.find(b"\r\n")].split(b" ")[1]
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._answer(path.rpartition(b"/")[2], body)

    def _answer(self, method: bytes, body: bytes) -> None:
        now = time.perf_counter()
        self._journal.first.setdefault(method.decode(), now)
        match method:
            case b"sendMessage" | b"editMessageText":
                found = _CHAT.search(body)
                chat_id = int(found[1]) if found is not None else 0
                self._journal.sent.append((chat_id, now))
                self._write(_SENT % chat_id)
            case b"getUpdates":
                wanted = re.search(rb"timeout=(\d+)", body)
                hold = float(wanted[1]) if wanted is not None else _HOLD
                self._hold = asyncio.get_running_loop().call_later(hold, self._write, b"[]")
            case b"getMe":
                self._write(_ME)
            case b"journal":
                self._write(self._journal.taken())
            case _:
                self._write(b"true")

    def _write(self, result: bytes) -> None:
        body = b'{"ok":true,"result":%b}' % result
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (len(body), body)
        )


@asynccontextmanager
async def serving() -> AsyncGenerator[str]:
    """Its address, without a slash at the end."""
    journal = Journal()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(journal), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def main() -> None:
    async with serving() as address:
        print(address, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
