"""Webhook delivery: POSTs updates in order, each again until it was answered with 2xx."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from simulator.background import Tasks
from simulator.json_types import JsonObject
from simulator.updates import UpdateQueue

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_ANSWER_WITHIN_SECONDS = 60


@dataclass
class Webhook:
    """What `setWebhook` set; an empty url means polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


class WebhookDelivery:
    """Delivers the queue to the webhook while one is set. `retry_delay` is in seconds."""

    def __init__(
        self, updates: UpdateQueue, now: Callable[[], float], retry_delay: float = 1.0
    ) -> None:
        self._updates = updates
        self._now = now
        self._retry_delay = retry_delay
        self._tasks = Tasks()
        self._task: asyncio.Task[None] | None = None
        self.webhook = Webhook()
        # Cleared while Telegram is down.
        self.may_deliver = asyncio.Event()
        self.may_deliver.set()

    @property
    def active(self) -> bool:
        return bool(self.webhook.url)

    async def set(self, webhook: Webhook) -> None:
        await self.stop()
        self.webhook = webhook
        if webhook.url:
            self._task = self._tasks.start(self._deliver())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=_ANSWER_WITHIN_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                await self._updates.nonempty()
                await self.may_deliver.wait()
                update = self._updates.first(1)[0]
                if await self._post(session, update):
                    self._updates.delivered(update)
                else:
                    await asyncio.sleep(self._retry_delay)

    async def _post(self, session: aiohttp.ClientSession, update: JsonObject) -> bool:
        secret = self.webhook.secret_token
        headers = {PROOF_HEADER: secret} if secret else {}
        try:
            async with session.post(self.webhook.url, json=update, headers=headers) as response:
                if 200 <= response.status < 300:
                    return True
                reason = f"{response.status} {response.reason}"
                self._failed(f"Wrong response from the webhook: {reason}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            refused = isinstance(error, aiohttp.ClientConnectorError)
            self._failed("Connection refused" if refused else "Connection closed")
        return False

    def _failed(self, message: str) -> None:
        self.webhook.last_error_date = int(self._now())
        self.webhook.last_error_message = message
