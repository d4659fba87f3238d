"""A sender with a real database and a simulated messenger, but no product around it.

Words go from the outbox to phones; what people answer is nobody's business here.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import ExtBot

from bot.background import Background
from bot.clock import MovableWall
from bot.counties import loader
from bot.delivery.pacing import Pacer
from bot.delivery.render import Renderer
from bot.delivery.request import AiohttpRequest
from bot.delivery.sender import Sender
from bot.delivery.translate import Translator
from bot.i18n.catalogues import Catalogues
from bot.storage import chats, outbox
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.outbox import Draft
from bot.storage.tx import Tx
from simulator import BotApiServer, Phone
from tests.databases import KEY
from tests.fakes import FakeMonotonic
from tests.storage.outgoing import draft

TOKEN = "123456789:TEST-token-of-the-simulator-0000001"
PATIENCE = 20.0  # real seconds until a test that hangs is ended


@dataclass
class Station:
    """Everything a test of sending needs."""

    server: BotApiServer
    db: Database
    sender: Sender
    wall: MovableWall
    monotonic: FakeMonotonic
    running: asyncio.Task[None] | None = None
    phones: dict[str, Phone] = field(default_factory=dict)

    async def phone(self, name: str) -> Phone:
        """Somebody who has written to the bot before."""
        if name not in self.phones:
            phone = self.phones[name] = self.server.phone(self.server.user(name))
            await phone.says("hello")
            await self.db.transact(_keep, phone.account.id)
        return self.phones[name]

    async def say(self, name: str, *texts: str, **how: Any) -> None:
        for text in texts:
            await self.append(draft((await self.phone(name)).account.id, text, **how))

    async def append(self, *drafts: Draft) -> None:
        for each in drafts:
            await self.db.transact(outbox.append, each)

    async def heard(self, name: str) -> list[str]:
        """What somebody's phone shows of the bot, oldest first."""
        return [seen.text for seen in (await self.phone(name)).messages if seen.from_bot]

    async def leading(self) -> bool:
        return self.db.sender_ready

    def start(self) -> None:
        self.running = asyncio.ensure_future(self.sender.run())

    async def stop(self) -> None:
        if self.running is not None:
            self.running.cancel()
            await asyncio.gather(self.running, return_exceptions=True)
            self.running = None

    async def settle(self) -> None:
        """Until everything was sent; pacing and pauses pass at once."""
        await self.until(self._quiet, passing=True)

    async def until(
        self, condition: Callable[[], Awaitable[bool]], *, passing: bool = False
    ) -> None:
        """Until *condition* holds; *passing*: the clocks go on meanwhile, both alike."""
        async with asyncio.timeout(PATIENCE):
            turns = 0
            while not await condition():
                await self.db.read(_nothing)
                turns += 1
                if passing and turns % 8 == 0:
                    self.let_pass_until_next()

    def let_pass_until_next(self) -> None:
        before = self.monotonic.now()
        self.monotonic.advance_to_next()
        self.wall.move_to(self.wall.now() + round(self.monotonic.now() - before))

    async def _quiet(self) -> bool:
        return self.sender.idle and await self.db.read(outbox.unsent) == 0


def _nothing(_: Tx) -> None:
    return


def _keep(tx: Tx, chat_id: int) -> None:
    chats.keep(tx, chat_id)
    chats.set_language(tx, chat_id, "en")


class Unpaced(Pacer):
    """For tests that are about something else."""

    def earliest(self, chat_id: int, now: float) -> float:
        return now


@asynccontextmanager
async def station(
    url: str,
    wall: MovableWall,
    *,
    server: BotApiServer | None = None,
    pacer: Pacer | None = None,
    translator: Translator | None = None,
) -> AsyncIterator[Station]:
    """A station whose sender runs; every request is checked, flood limits hold.

    *server*: the messenger of an earlier station, for what comes after a restart.
    """
    monotonic = FakeMonotonic()
    async with AsyncExitStack() as stack:
        if server is None:
            server = BotApiServer(TOKEN, now=wall.now, strict=True, flood_clock=monotonic.now)
            server.flood.enabled = pacer is None
            await server.start()
            stack.push_async_callback(server.stop)
        db = await open_database(url, wall=wall, cipher=Cipher((KEY,)), monotonic=monotonic)
        stack.push_async_callback(db.close)
        request = AiohttpRequest()
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        background = Background()
        stack.push_async_callback(background.close)
        bot = ExtBot(TOKEN, base_url=server.base_url, request=request)
        county = loader.load()
        renderer = Renderer(Catalogues.load(), county.zone)
        sender = Sender(
            db, bot, renderer, county, background, monotonic, pacer=pacer, translator=translator
        )
        made = Station(server, db, sender, wall, monotonic)
        made.start()
        stack.push_async_callback(made.stop)
        await made.until(made.leading)
        yield made
        assert server.violations == []
