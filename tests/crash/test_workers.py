"""Two workers on one PostgreSQL behind a load balancer: one of them may die at any time."""

import asyncio
import itertools
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.clock import MovableWall
from bot.domain.requests import Wanted
from bot.storage import chats, offers, people, requests
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from simulator import BotApiServer
from tests.appointed import appoint
from tests.crash.kennel import PATIENCE, TOKEN, Bot, Kennel, Plan, Yard, sara_asks
from tests.databases import KEY, START
from tests.fakes import free_port

SECRET = "a-secret-of-the-webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Balancer:
    """Each request to the next worker; to another one if that does not answer."""

    def __init__(self, ports: list[int]) -> None:
        self._turns = itertools.cycle(ports)
        self._count = len(ports)
        self._session: aiohttp.ClientSession

    async def forward(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {HEADER: request.headers.get(HEADER, "")}
        for _ in range(self._count):
            try:
                url = f"http://127.0.0.1:{next(self._turns)}/hook"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    return web.Response(status=answer.status)
            except aiohttp.ClientError:
                continue
        return web.Response(status=502)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/hook", self.forward)
        runner = web.AppRunner(app, access_log=None)
        async with aiohttp.ClientSession() as self._session:
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            try:
                yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
            finally:
                await runner.cleanup()


class Pair(Yard):
    """Two workers; the first one leads."""

    workers: list[Bot]
    hook: str

    async def start(self, hook: str, ports: list[int], *deaths: dict[str, Any]) -> None:
        self.hook, self.workers = hook, []
        for number, (port, death) in enumerate(itertools.zip_longest(ports, deaths)):
            webhook = {
                "webhook_url": hook,
                "webhook_listen": f"127.0.0.1:{port}",
                "webhook_secret": SECRET,
            }
            log = self.folder / f"worker{number}.log"
            order = {
                **self.order(),
                "log": str(log),
                "webhook": webhook,
                "office_first": False,
                **(death or {}),
            }
            self.workers.append(await self.kennel.start(order))
            await self.until(lambda log=log: log.exists() and "ready" in log.read_text())
            await self.until(lambda port=port: answers(port))


def answers(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


@asynccontextmanager
async def pair(
    kennel: Kennel, url: str, folder: Path, *deaths: dict[str, Any]
) -> AsyncIterator[Pair]:
    (folder / "wall").write_text(str(START))
    async with AsyncExitStack() as stack:
        server = BotApiServer(TOKEN, now=lambda: START, webhook_retry_delay=0.05)
        await server.start()
        stack.push_async_callback(server.stop)
        ports = [free_port(), free_port()]
        hook = await stack.enter_async_context(Balancer(ports).listening())
        made = Pair(kennel, server, folder, url, Plan())
        await made.start(hook, ports, *deaths)
        yield made
        for worker in made.workers:
            await worker.kill()


async def test_when_the_leader_is_killed_the_other_one_goes_on(
    bots: Kennel, postgres_url: str, tmp_path: Path
) -> None:
    """It dies inside a turn, so there is something to inherit as well."""
    death = {"seam": "inside the turn", "nth": 5}
    async with pair(bots, postgres_url, tmp_path, death) as town:
        for number in range(4):
            await town.phone(f"P{number}").says("/start")
        await town.settle()
        await asyncio.gather(*(town.phone(f"P{n}").says("/start") for n in range(4, 12)))
        async with asyncio.timeout(PATIENCE):
            await town.workers[0].death
        await town.settle()
        for number in range(12):
            heard = [seen for seen in town.phone(f"P{number}").messages if seen.from_bot]
            assert len(heard) in (1, 2), "never lost; twice only if it was in flight"
        await sara_asks(town)
        states = town.query("SELECT state, count(*) FROM inbox GROUP BY state")
        assert [state for state, _ in states] == ["done"]
        assert not town.workers[1].death.done()


def twenty_offers(tx: Tx, chat_ids: list[int]) -> list[int]:
    """One request, offered to twenty volunteers."""
    requester = people.add(tx, chat_id=None, name="Sara")
    wanted = Wanted(category="doctor", language="en", starts_at=START + 90_000, minutes=60)
    request = requests.add(tx, requester, wanted)
    made: list[int] = []
    for chat_id in chat_ids:
        chats.keep(tx, chat_id)
        chats.set_language(tx, chat_id, "en")
        person = people.add(tx, chat_id=chat_id, name="Anna")
        appoint(tx, person, ["en"])
        offer = offers.add(
            tx, request_id=request.id, volunteer_id=person, expires_at=START + 80_000
        )
        made.append(offer.id)
    return made


async def test_of_twenty_who_accept_at_once_exactly_one_wins(
    bots: Kennel, postgres_url: str, tmp_path: Path
) -> None:
    async with pair(bots, postgres_url, tmp_path) as town:
        phones = [town.phone(f"V{number}") for number in range(20)]
        for phone in phones:
            phone.chat.started = True
        database = await open_database(
            postgres_url, wall=MovableWall(START), cipher=Cipher((KEY,)), migrate=False
        )
        chat_ids = [phone.account.id for phone in phones]
        offer_ids = await database.transact(twenty_offers, chat_ids)
        await database.close()

        async with aiohttp.ClientSession(headers={HEADER: SECRET}) as session:

            async def accept(number: int) -> int:
                body = json.dumps(_tap(number, chat_ids[number], f"offer:yes:{offer_ids[number]}"))
                async with session.post(town.hook, data=body) as answer:
                    return answer.status

            assert set(await asyncio.gather(*map(accept, range(20)))) == {200}
        await town.settle()
        counts = [
            town.query(f"SELECT count(*) FROM {what}")[0][0]
            for what in (
                "offers WHERE state = 'accepted'",
                "assignments",
                "inbox WHERE state = 'done'",
            )
        ]
        assert counts == [1, 1, 20]
        workers = town.query("SELECT count(*) FROM inbox WHERE attempts > 1")[0][0]
        assert workers == 0
        heard = [[seen.text for seen in phone.messages if seen.from_bot] for phone in phones]
        assert all(heard), "everybody hears how it went"


def _tap(number: int, chat_id: int, data: str) -> dict[str, Any]:
    person = {"id": chat_id, "is_bot": False, "first_name": "V"}
    chat = {"id": chat_id, "type": "private", "first_name": "V"}
    bot = {"id": 1, "is_bot": True, "first_name": "Lotse"}
    shown = {"message_id": 10**6, "date": START, "chat": chat, "from": bot, "text": "?"}
    query = {
        "id": str(number),
        "from": person,
        "chat_instance": "1",
        "data": data,
        "message": shown,
    }
    return {"update_id": 1000 + number, "callback_query": query}
