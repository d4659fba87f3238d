"""A strict simulator per test; everything it ever said is read by both client libraries."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import aiogram
import aiohttp
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from simulator import Account, BotApiServer, Phone
from simulator.json_types import JsonObject
from tests.simulator.reading import assert_readable

TOKEN = "123456:TEST_token_of_the_simulator_000001"
NOON = 1_795_000_000


@dataclass
class Clock:
    """The world's time in tests."""

    time: float = NOON

    def __call__(self) -> float:
        return self.time


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    body: Any

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def error(self) -> tuple[int, str]:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return self.status, self.body["description"]


Api = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[BotApiServer]:
    """Ends with a check that both libraries read every update and every answer."""
    server = BotApiServer(TOKEN, now=clock, strict=True, flood_clock=clock, webhook_retry_delay=0.0)
    updates: list[JsonObject] = []
    server.events.listen(
        lambda event: updates.append(event["update"]) if event["type"] == "update" else None
    )
    await server.start()
    yield server
    await server.stop()
    assert_readable(updates, list(server.journal.entries))


@pytest.fixture
async def lenient(clock: Clock) -> AsyncIterator[BotApiServer]:
    """Without the oracle, as in the demo."""
    server = BotApiServer(TOKEN, now=clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def caller(server: BotApiServer, http: aiohttp.ClientSession) -> Api:
    async def call(method: str, /, **params: Any) -> Answer:
        async with http.post(f"{server.base_url}{server.token}/{method}", json=params) as response:
            return Answer(response.status, await response.json())

    return call


@pytest.fixture
async def api(server: BotApiServer, http: aiohttp.ClientSession) -> Api:
    """`await api("sendMessage", chat_id=…)`: plain JSON over HTTP."""
    return caller(server, http)


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[telegram.Bot]:
    """python-telegram-bot's client."""

    def request() -> HTTPXRequest:
        return HTTPXRequest(httpx_kwargs={"verify": False})

    client = telegram.Bot(
        TOKEN,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=request(),
        get_updates_request=request(),
    )
    async with client:
        yield client


@pytest.fixture
async def aio(server: BotApiServer) -> AsyncIterator[aiogram.Bot]:
    """aiogram's client."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with aiogram.Bot(TOKEN, session=session) as client:
        yield client


@pytest.fixture
def sara(server: BotApiServer) -> Account:
    return server.user("Sara", language_code="ar", username="sara_h", phone_number="4915112345678")


@pytest.fixture
def omid(server: BotApiServer) -> Account:
    return server.user("Omid", last_name="Karimi")


@pytest.fixture
async def phone(server: BotApiServer, sara: Account) -> Phone:
    """Sara's, after she pressed Start; the update is taken."""
    phone = server.phone(sara)
    await phone.starts()
    server.updates.clear()
    return phone
