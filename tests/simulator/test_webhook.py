"""Webhook delivery: the secret, the order, repetition, and what excludes what."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from simulator import BotApiServer, Phone
from simulator.json_types import JsonObject
from tests.simulator.conftest import Api

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@dataclass
class Receiver:
    """A bot's webhook: answers with `statuses` in turn, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[str | None, JsonObject]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.append((secret, await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.received]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_arrive_in_order_with_the_secret(
    api: Api, phone: Phone, server: BotApiServer, receiver: Receiver
) -> None:
    await phone.says("before")
    answer = await api("setWebhook", url=receiver.url, secret_token="s3cret_-")
    assert answer.body == {"ok": True, "result": True, "description": "Webhook was set"}
    await phone.says("after")
    await server.confirmed()
    assert receiver.texts == ["before", "after"]
    assert {secret for secret, _ in receiver.received} == {"s3cret_-"}


async def test_an_update_comes_again_until_it_is_taken(
    api: Api, phone: Phone, server: BotApiServer, receiver: Receiver
) -> None:
    receiver.statuses = [500, 403]
    await api("setWebhook", url=receiver.url)
    await phone.says("one")
    await phone.says("two")
    await server.confirmed()
    assert receiver.texts == ["one", "one", "one", "two"]
    assert receiver.received[0][0] is None
    info = (await api("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


async def test_every_update_twice(
    api: Api, phone: Phone, server: BotApiServer, receiver: Receiver
) -> None:
    server.duplicate_updates = True
    await api("setWebhook", url=receiver.url)
    await phone.says("one")
    await server.confirmed()
    assert receiver.texts == ["one", "one"]


async def test_nothing_is_delivered_while_telegram_is_down(
    api: Api, phone: Phone, server: BotApiServer, receiver: Receiver
) -> None:
    await api("setWebhook", url=receiver.url)
    server.down = True
    await phone.says("one")
    assert receiver.received == []
    server.down = False
    await server.confirmed()
    assert receiver.texts == ["one"]


async def test_polling_and_webhook_exclude_each_other(
    api: Api, server: BotApiServer, receiver: Receiver
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await server.journal.next("getUpdates")
    await api("setWebhook", url=receiver.url)
    assert (await poll).error == (409, "Conflict: terminated by setWebhook request")
    assert (await api("getUpdates")).error == (
        409,
        f"Conflict: {WEBHOOK_ACTIVE}",
    )
    assert (await api("deleteWebhook")).body["description"] == "Webhook was deleted"
    assert (await api("getUpdates")).result == []


async def test_pending_updates_can_be_dropped(api: Api, phone: Phone, receiver: Receiver) -> None:
    await phone.says("old")
    await api("setWebhook", url=receiver.url, drop_pending_updates=True)
    await api("deleteWebhook")
    assert (await api("getUpdates")).result == []
    assert receiver.received == []


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        (
            {"url": "http://example.org/hook"},
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org", "secret_token": "ä"},
            "Bad Request: secret token contains unallowed characters",
        ),
    ],
)
async def test_refused_webhooks(api: Api, wrong: dict[str, str], text: str) -> None:
    assert (await api("setWebhook", **wrong)).error == (400, text)
