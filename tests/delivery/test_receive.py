"""Receiving: on disk before it is confirmed, and nothing that comes from outside brings us down."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from telegram.error import InvalidToken

from bot.delivery.receive import Poller, incoming
from bot.delivery.request import AiohttpRequest
from bot.delivery.webhook import application
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.errors import StorageUnavailable
from bot.storage.tx import Tx
from tests.fakes import FakeMonotonic

SECRET = "a-secret-of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
WORDS = "words that belong to Sara"


def update(update_id: int, chat_id: int = 5) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "text": WORDS}}


def stored(tx: Tx) -> list[tuple[int, int]]:
    rows = tx.all("SELECT update_id, chat_id FROM inbox ORDER BY seq")
    return [(row["update_id"], row["chat_id"]) for row in rows]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What `inbox` does on both databases has tests of its own."""
    return sqlite_url


@pytest.fixture(autouse=True)
def no_words_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    told = "\n".join(record.getMessage() + str(record.exc_info) for record in caplog.records)
    assert WORDS not in told
    assert SECRET not in told


# --- which chat ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "chat_id"),
    [
        (update(1, -7), -7),
        ({"update_id": 1, "edited_message": {"chat": {"id": 8}}}, 8),
        (
            {
                "update_id": 1,
                "callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -7}}},
            },
            -7,
        ),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -7}, "from": {"id": 9}}}, -7),
        ({"update_id": 1, "poll": {"id": "5"}}, 0),
        ({"update_id": 1, "of_the_future": {"what": ["ever", {"chat": 3}]}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": True}, "from": {"id": 2**70}}}, 0),
        ({"update_id": 1, "message": "garbage"}, 0),
        ({"update_id": 1}, 0),
    ],
)
def test_the_chat_an_update_belongs_to(document: object, chat_id: int) -> None:
    assert incoming(document).chat_id == chat_id


@pytest.mark.parametrize(
    "document",
    [None, [], "x", 5, {}, {"update_id": "1"}, {"update_id": True}, {"update_id": 2**63}],
)
def test_what_is_no_update(document: object) -> None:
    with pytest.raises(ValueError, match="not an update"):
        incoming(document)


# --- polling ---------------------------------------------------------------------------------


@dataclass
class Messenger:
    """Answers getUpdates with what the test has prepared, then hangs as a quiet long poll does."""

    answers: list[tuple[int, bytes]] = field(default_factory=list)
    offsets: list[str | None] = field(default_factory=list)
    served: asyncio.Event = field(default_factory=asyncio.Event)

    def updates(self, *documents: object) -> None:
        body = json.dumps({"ok": True, "result": list(documents)}).encode()
        self.answers.append((200, body))

    async def serve(self, request: web.Request) -> web.Response:
        form = await request.post()
        offset = form.get("offset")
        self.offsets.append(None if offset is None else str(offset))
        if not self.answers:
            self.served.set()
            await asyncio.Event().wait()
        status, body = self.answers.pop(0)
        return web.Response(status=status, body=body)


@dataclass
class Polling:
    messenger: Messenger
    poller: Poller
    monotonic: FakeMonotonic

    async def run(self) -> None:
        """Until every answer was read; pauses pass at once."""
        running = asyncio.ensure_future(self.poller.run())
        try:
            async with asyncio.timeout(10):
                while not self.messenger.served.is_set() and not running.done():
                    self.monotonic.advance_to_next()
                    await asyncio.wait({running}, timeout=0.002)
            if running.done():
                running.result()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest_asyncio.fixture
async def polling(database: Database) -> AsyncIterator[Polling]:
    messenger, monotonic = Messenger(), FakeMonotonic()
    app = web.Application()
    app.router.add_post("/bot1/getUpdates", messenger.serve)
    async with _listening(app) as url:
        request = AiohttpRequest()
        await request.initialize()
        yield Polling(messenger, Poller(database, f"{url}/bot1", request, monotonic), monotonic)
        await request.shutdown()


@asynccontextmanager
async def _listening(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_what_was_stored_is_confirmed_by_the_next_call(
    database: Database, polling: Polling
) -> None:
    polling.messenger.updates(update(7), update(8))
    polling.messenger.updates(update(8), update(9))
    await polling.run()
    assert polling.messenger.offsets == [None, "9", "10"]
    assert await database.read(stored) == [(7, 5), (8, 5), (9, 5)]


async def test_what_was_not_stored_is_not_confirmed(
    database: Database, polling: Polling, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, down = database.transact, [True, True]

    async def lame(work: Any, *args: Any, **kw: Any) -> Any:
        if work is inbox.store and down and down.pop():
            raise StorageUnavailable("for the test")
        return await real(work, *args, **kw)

    monkeypatch.setattr(database, "transact", lame)
    for _ in range(3):
        polling.messenger.updates(update(7))
    await polling.run()
    assert polling.messenger.offsets == [None, None, None, "8"]
    assert await database.read(stored) == [(7, 5)]


async def test_after_a_quiet_while_the_offset_is_forgotten(
    database: Database, polling: Polling
) -> None:
    """Telegram numbers anew after a quiet week: an old offset would confirm what nobody saw."""
    polling.messenger.updates(update(900))
    polling.messenger.updates()
    polling.messenger.updates(update(3))
    await polling.run()
    assert polling.messenger.offsets == [None, "901", None, "4"]
    assert await database.read(stored) == [(900, 5), (3, 5)]


@pytest.mark.logs_errors
async def test_what_cannot_be_read_does_not_stop_the_rest(
    database: Database, polling: Polling
) -> None:
    polling.messenger.updates("garbage", update(7), {"update_id": None}, {"update_id": 8, "x": 1})
    await polling.run()
    assert polling.messenger.offsets == [None, "9"]
    assert await database.read(stored) == [(7, 5), (8, 0)]


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    "answer",
    [
        (200, b"<html>welcome to the hotel</html>"),
        (200, b'{"ok":true,"result":{}}'),
        (200, b'{"ok":true,"result":["garbage"]}'),
        (200, b"[" * 100_000),
        (200, b"\xff\xfe"),
        (200, b""),
        (404, b"<html>no such page</html>"),
        (401, b"who are you?"),
        (409, b'{"ok":false,"error_code":409,"description":"Conflict"}'),
        (429, b'{"ok":false,"error_code":429,"parameters":{"retry_after":3}}'),
        (502, b"<html>bad gateway</html>"),
    ],
)
async def test_bad_answers_only_cost_time(
    database: Database,
    polling: Polling,
    answer: tuple[int, bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    polling.messenger.answers.append(answer)
    polling.messenger.updates(update(7))
    await polling.run()
    assert polling.messenger.offsets == [None, None, "8"]
    assert await database.read(stored) == [(7, 5)]
    assert "polling pauses for 1 s" in caplog.text


async def test_pauses_grow_to_a_minute(polling: Polling) -> None:
    polling.messenger.answers += [(500, b"")] * 9
    before = polling.monotonic.now()
    await polling.run()
    assert polling.monotonic.now() - before == 1 + 2 + 4 + 8 + 16 + 32 + 60 * 3


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_token_ends_it(polling: Polling, status: int) -> None:
    polling.messenger.answers.append((status, b'{"ok":false,"error_code":%d}' % status))
    with pytest.raises(InvalidToken):
        await polling.run()


# --- webhook ---------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def webhook(database: Database) -> AsyncIterator[str]:
    async with _listening(application(database, "https://bot.example/hook", SECRET)) as url:
        yield f"{url}/hook"


async def post(url: str, body: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=data, headers=headers) as answer,
    ):
        return answer.status


async def test_the_webhook_stores_once(database: Database, webhook: str) -> None:
    assert [await post(webhook, update(7)) for _ in range(2)] == [200, 200]
    assert await database.read(stored) == [(7, 5)]


async def test_an_update_of_the_future_is_accepted(database: Database, webhook: str) -> None:
    assert await post(webhook, {"update_id": 7, "telepathy": {"thought": WORDS}}) == 200
    assert await database.read(stored) == [(7, 0)]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "sécret"])
async def test_a_stranger_is_turned_away(
    database: Database, webhook: str, secret: str | None
) -> None:
    assert await post(webhook, update(7), secret) == 401
    assert await database.read(stored) == []


async def test_bytes_that_are_no_text_are_no_secret(webhook: str) -> None:
    host, port = webhook.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
        + HEADER.encode()
        + b": \xff\xfe\r\n\r\n{}"
    )
    async with asyncio.timeout(5):
        assert b" 401 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"[]", b'{"update_id": "7"}', b"[" * 100_000, b"null"]
)
async def test_garbage_is_refused(database: Database, webhook: str, body: bytes) -> None:
    assert await post(webhook, body) == 400
    assert await database.read(stored) == []


async def test_a_huge_body_is_refused_unread(database: Database, webhook: str) -> None:
    """The answer comes although only the head was sent."""
    host, port = webhook.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST /hook HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: {10 * 2**20}\r\n"
    )
    writer.write(head.encode() + b"\r\n{")
    async with asyncio.timeout(5):
        assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_huge_body_without_a_length_is_refused_too(webhook: str) -> None:
    host, port = webhook.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = f"POST /hook HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nTransfer-Encoding: chunked\r\n"
    writer.write(head.encode() + b"\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    for _ in range(20):  # 1.25 MiB of 10
        writer.write(chunk)
    await writer.drain()
    async with asyncio.timeout(5):
        assert b" 413 " in await reader.readline()
    writer.close()


@pytest.mark.logs_errors
async def test_without_the_database_it_comes_again(
    database: Database, webhook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: Any, **__: Any) -> None:
        raise StorageUnavailable("for the test")

    with monkeypatch.context() as patch:
        patch.setattr(database, "transact", down)
        assert await post(webhook, update(7)) == 503
    assert await post(webhook, update(7)) == 200
    assert await database.read(stored) == [(7, 5)]


async def test_only_the_secret_path_answers(webhook: str) -> None:
    assert await post(webhook.replace("/hook", "/other"), update(7)) == 404
