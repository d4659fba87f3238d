"""A worker with a real database and router, whose one handler is the test's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import ApplicationBuilder, CallbackQueryHandler, ExtBot, MessageHandler, filters

from bot.background import Background
from bot.clock import MovableWall
from bot.counties import loader
from bot.delivery.receive import incoming
from bot.delivery.request import AiohttpRequest
from bot.delivery.work import Worker
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.storage import inbox
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.tx import Tx
from handlers.turn import Turn, Turns
from simulator import BotApiServer
from tests.databases import KEY
from tests.delivery.station import PATIENCE, TOKEN
from tests.fakes import FakeMonotonic

SARA, ANNA = 200, 100


@dataclass
class Workshop:
    """A worker whose one handler is the test's."""

    db: Database
    worker: Worker
    server: BotApiServer
    monotonic: FakeMonotonic
    background: Background
    handled: list[int] = field(default_factory=list)
    act: Callable[[Turn], None] = lambda turn: None

    def handle(self, turn: Turn) -> None:
        self.act(turn)
        turn.tx.run(
            "INSERT INTO jobs (job, period, ran_at) VALUES ('turn', :id, 0)",
            id=str(turn.update.update_id),
        )

    async def receives(self, *documents: dict[str, Any]) -> None:
        await self.db.transact(inbox.store, [incoming(each) for each in documents])

    async def settle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            turns = 0
            while await self.db.read(inbox.unfinished) or self.background.busy:
                turns += 1
                if turns % 8 == 0:
                    self.monotonic.advance_to_next()

    async def turns(self) -> list[int]:
        """The updates whose turns were committed, in that order."""
        return await self.db.read(_turns)


def _turns(tx: Tx) -> list[int]:
    return [int(row["period"]) for row in tx.all("SELECT period FROM jobs ORDER BY period")]


def parked(tx: Tx) -> list[tuple[int, str]]:
    rows = tx.all("SELECT update_id, fault FROM inbox WHERE state = 'parked' ORDER BY seq")
    return [(row["update_id"], row["fault"]) for row in rows]


def waiting_for(tx: Tx) -> list[int]:
    return [row["chat_id"] for row in tx.all("SELECT chat_id FROM outbox ORDER BY id")]


def message(update_id: int, chat_id: int = SARA, text: str = "hello") -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "Sara"}
    chat = {"id": chat_id, "type": "private", "first_name": "Sara"}
    said = {"message_id": update_id, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": update_id, "message": said}


def tap(update_id: int, chat_id: int = SARA) -> dict[str, Any]:
    sent = message(update_id, chat_id)["message"]
    query = {"id": "77", "from": sent["from"], "chat_instance": "1", "data": "x", "message": sent}
    return {"update_id": update_id, "callback_query": query}


@asynccontextmanager
async def workshop(url: str, wall: MovableWall) -> AsyncIterator[Workshop]:
    monotonic = FakeMonotonic()
    async with AsyncExitStack() as stack:
        server = BotApiServer(TOKEN, now=wall.now)
        await server.start()
        stack.push_async_callback(server.stop)
        db = await open_database(url, wall=wall, cipher=Cipher((KEY,)), monotonic=monotonic)
        stack.push_async_callback(db.close)
        request = AiohttpRequest()
        bot = ExtBot(TOKEN, base_url=server.base_url, request=request, get_updates_request=request)
        router = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
        await router.initialize()
        stack.push_async_callback(router.shutdown)
        background = Background()
        stack.push_async_callback(background.close)
        county = loader.load()
        wording = Wording(Catalogues.load(), county.zone)
        worker = Worker(db, router, county, background, monotonic)
        made = Workshop(db, worker, server, monotonic, background)
        handler = Turns(db, county, wording)(made.handle)
        router.add_handlers([MessageHandler(filters.ALL, handler), CallbackQueryHandler(handler)])
        yield made


def most_attempts(tx: Tx) -> int:
    row = tx.one("SELECT max(attempts) AS n FROM inbox")
    assert row is not None
    return int(row["n"])
