"""The whole bot through a bad day: Telegram away, the lead lost, a stop in the middle."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from pydantic import SecretStr

from bot.app import Lotse, TokenRefused, assembled
from bot.clock import MovableWall
from bot.counties import loader
from bot.settings import Settings
from bot.storage import inbox, outbox
from bot.storage.schema import LOCK_CLASS
from simulator import BotApiServer, Phone
from tests.databases import KEY, PostgresServer
from tests.delivery.station import PATIENCE, TOKEN, Unpaced
from tests.fakes import FakeMonotonic


@dataclass
class House:
    server: BotApiServer
    lotse: Lotse
    monotonic: FakeMonotonic
    serving: asyncio.Task[None]

    def phone(self, name: str) -> Phone:
        return self.server.phone(self.server.user(name))

    async def until(self, condition: Callable[[], bool]) -> None:
        """Time passes meanwhile."""
        async with asyncio.timeout(PATIENCE):
            turns = 0
            while not condition():
                await self.lotse.db.read(outbox.unsent)
                turns += 1
                if turns % 8 == 0:
                    self.monotonic.advance_to_next(5.0)

    async def stop(self) -> None:
        self.serving.cancel()
        await asyncio.gather(self.serving, return_exceptions=True)


@asynccontextmanager
async def house(url: str, wall: MovableWall, server: BotApiServer) -> AsyncIterator[House]:
    monotonic = FakeMonotonic()
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url=server.url,
        database_url=SecretStr(url),
        encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    )
    county = loader.load()
    async with assembled(
        settings, county, wall=wall, monotonic=monotonic, pacer=Unpaced()
    ) as lotse:
        made = House(
            server,
            lotse,
            monotonic,
            asyncio.ensure_future(lotse.serve(ticking=False, presenting=False)),
        )
        yield made
        await made.stop()


@pytest_asyncio.fixture
async def server(wall: MovableWall) -> AsyncIterator[BotApiServer]:
    made = BotApiServer(TOKEN, now=wall.now)
    await made.start()
    yield made
    await made.stop()


def said(phone: Phone) -> int:
    return sum(seen.from_bot for seen in phone.messages)


async def test_telegram_may_be_away_when_we_start(
    sqlite_url: str, wall: MovableWall, server: BotApiServer
) -> None:
    server.down = True
    async with house(sqlite_url, wall, server) as home:
        before = home.monotonic.now()
        sara = home.phone("Sara")
        await sara.says("/start@lotse_bot")
        await home.until(lambda: home.monotonic.now() > before + 600)
        assert not home.serving.done()
        server.down = False
        await home.until(lambda: said(sara) == 1)


async def test_a_token_that_is_revoked_ends_it_with_a_reason(
    sqlite_url: str, wall: MovableWall, server: BotApiServer
) -> None:
    async with house(sqlite_url, wall, server) as home:
        sara = home.phone("Sara")
        await sara.says("/start")
        await home.until(lambda: said(sara) == 1)
        server.fail("unauthorized", times=None)
        await sara.says("/help")
        await home.until(home.serving.done)
        with pytest.raises(TokenRefused, match="BotFather"):
            await home.serving


async def test_who_loses_the_lead_and_gets_it_back_goes_on(
    postgres_url: str, postgres_server: PostgresServer, wall: MovableWall, server: BotApiServer
) -> None:
    """The one connection that holds the lead is cut; polling and sending stop and start again."""
    async with house(postgres_url, wall, server) as home:
        sara = home.phone("Sara")
        await sara.says("/start")
        await home.until(lambda: said(sara) == 1)
        for answered in range(2, 5):
            [(pid,)] = postgres_server.execute(
                "SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE l.locktype = 'advisory' AND l.classid = %s AND l.objid = 0"
                " AND d.datname = %s AND l.granted",
                LOCK_CLASS,
                postgres_url.partition("?")[0].rpartition("/")[2],
            )
            postgres_server.execute("SELECT pg_terminate_backend(%s)", pid)
            await home.until(lambda: not home.lotse.db.leadership.held)
            await sara.says("/start")
            await home.until(lambda answered=answered: said(sara) == answered)
        assert await home.lotse.db.read(inbox.unfinished) == 0


async def test_a_stop_in_the_middle_leaves_nothing_half_done(
    database_url: str, wall: MovableWall, server: BotApiServer
) -> None:
    """Stopped again and again while twenty people write: each is answered once."""
    phones = [server.phone(server.user(f"P{number}")) for number in range(20)]
    for phone in phones:
        await phone.says("/start")
    for rounds in range(1, 100):
        async with house(database_url, wall, server) as home:
            for _ in range(3 * rounds):
                await home.lotse.db.read(outbox.unsent)
            if rounds > 5:
                await home.until(lambda: all(map(said, phones)))
                break
    assert [said(phone) for phone in phones] == [1] * 20
