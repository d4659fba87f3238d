"""A whole turn against a bare PTB echo bot: from the raw update to the message marked as sent.

Both are handed the same raw updates (no long poll on either side) and speak HTTP with the same
server: Lotse with everything that runs in production except pacing, PTB as it comes out of the box.
"""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from statistics import median
from typing import Any

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from benchmarks.dialogue import FIRST_CHAT, How, Updates, begin
from benchmarks.harness import (
    Bench,
    Entry,
    Figures,
    Goal,
    Row,
    Run,
    contest,
    per_piece,
    profile,
    ratio,
    spending,
)
from benchmarks.places import TOKEN, journal, marking, opened, postgres_database, served, sqlite_in
from bot.delivery.request import AiohttpRequest

_PEOPLE = 64
_PATIENCE = 120.0  # seconds until a run that hangs is given up


# --- the sides --------------------------------------------------------------------------------


@asynccontextmanager
async def echo(server: str, how: How, *, answers: bool = False) -> AsyncGenerator[Run]:
    """PTB with its stock HTTP client. *answers*: it stops the button's spinner, as it should."""
    app = (
        ApplicationBuilder().token(TOKEN).base_url(f"{server}/bot").concurrent_updates(True).build()
    )

    async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        if answers:
            await query.answer()
        await context.bot.send_message(query.from_user.id, str(query.data))

    async def wrote(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(str(update.message.text))

    app.add_handler(CallbackQueryHandler(tapped))
    app.add_handler(MessageHandler(filters.TEXT, wrote))
    updates = Updates(how)

    async def turn(_: int, body: bytes) -> None:
        for raw in json.loads(body)["result"]:
            await app.process_update(Update.de_json(raw, app.bot))

    async def run(turns: int, at_once: int) -> Figures:
        return await _measured(server, updates, turn, turns, at_once)

    async with app:
        yield run


class _Feed(AiohttpRequest):
    """In the place of the long poll: what it is given is what the poller receives."""

    def __init__(self) -> None:
        super().__init__()
        self._bodies: asyncio.Queue[bytes] = asyncio.Queue()

    def put(self, body: bytes) -> None:
        self._bodies.put_nowait(body)

    async def call(self, url: str, data: Mapping[str, str], timeout: float) -> tuple[int, bytes]:
        bodies = [await self._bodies.get()]
        while not self._bodies.empty():
            bodies.append(self._bodies.get_nowait())
        if len(bodies) == 1:
            return 200, bodies[0]
        # What waited comes in one answer, as from Telegram.
        inner = b",".join(body[body.index(b"[") + 1 : -2] for body in bodies)
        return 200, b'{"ok":true,"result":[' + inner + b"]}"


@asynccontextmanager
async def lotse(server: str, how: How, folder: str = "", postgres: str = "") -> AsyncGenerator[Run]:
    """The whole bot, unpaced, on a new SQLite file in *folder* or a new database of *postgres*."""
    url = postgres_database(postgres) if postgres else sqlite_in(folder)
    feed = _Feed()
    updates = Updates(how)
    async with opened(server, url) as made:
        made.request = feed  # only the poller is made with it from here on
        await made.db.transact(begin, _PEOPLE)
        with marking(made.db) as marked:

            async def turn(chat_id: int, body: bytes) -> None:
                done = marked.next(chat_id)
                feed.put(body)
                await done

            async def run(turns: int, at_once: int) -> Figures:
                return await _measured(server, updates, turn, turns, at_once)

            async with served(made):
                yield run


async def _measured(
    server: str,
    updates: Updates,
    turn: Callable[[int, bytes], Awaitable[None]],
    turns: int,
    at_once: int,
) -> Figures:
    """*turns* turns by *at_once* people, each of whom waits for the answer before going on."""
    each = turns // at_once
    chats = range(FIRST_CHAT, FIRST_CHAT + at_once)
    bodies = {chat_id: [updates.next(chat_id) for _ in range(each)] for chat_id in chats}
    began: defaultdict[int, list[float]] = defaultdict(list)
    latencies: list[float] = []

    async def person(chat_id: int) -> None:
        for body in bodies[chat_id]:
            start = time.perf_counter()
            began[chat_id].append(start)
            await turn(chat_id, body)
            latencies.append(time.perf_counter() - start)

    await journal(server)
    async with asyncio.timeout(_PATIENCE):
        with spending() as spent:
            await asyncio.gather(*(person(chat_id) for chat_id in chats))
    arrived: defaultdict[int, list[float]] = defaultdict(list)
    for chat_id, moment in (await journal(server))["sent"]:
        arrived[chat_id].append(moment)
    # Both processes read the same monotonic clock.
    waits = [
        at - start
        for chat_id in chats
        for start, at in zip(began[chat_id], arrived[chat_id], strict=True)
    ]
    return {**per_piece(spent, each * at_once, latencies), "arrives_us": 1e6 * median(waits)}


# --- the goals --------------------------------------------------------------------------------


def measure(bench: Bench) -> Iterator[Row]:
    yield from _one_at_a_time(bench)
    yield from _sixteen(bench)


def _entries(bench: Bench, how: How) -> list[Entry]:
    """Lotse on SQLite, the bare echo, and on PostgreSQL if there is one."""
    given: dict[str, Any] = {"server": bench.server, "how": how}
    entries = [Entry(lotse, {**given, "folder": str(bench.folder)}), Entry(echo, given)]
    return (
        entries
        if bench.postgres is None
        else [*entries, Entry(lotse, {**given, "postgres": bench.postgres})]
    )


def _one_at_a_time(bench: Bench) -> Iterator[Row]:
    job = {"turns": bench.times(600, 2), "at_once": 1}
    entries = _entries(bench, "tap")
    answering = Entry(echo, {"server": bench.server, "how": "tap", "answers": True})
    ours, bare, *postgres, answered = contest([*entries, answering], bench.rounds, **job)
    goal = Goal(most=1.5)

    def missed() -> str:
        return profile(entries[0], job)

    yield ratio(
        "A turn: p50, tap until marked, against the bare echo",
        ours,
        bare,
        "p50_us",
        goal,
        missed=missed,
    )
    yield ratio("A turn: CPU, against the bare echo", ours, bare, "cpu_us", goal, missed=missed)
    yield ratio("– until the messenger has the message", ours, bare, "arrives_us")
    yield ratio("– p50 against an echo that answers the tap as well", ours, answered, "p50_us")
    yield ratio("– CPU against an echo that answers the tap as well", ours, answered, "cpu_us")
    for figures in postgres:
        yield ratio("– PostgreSQL: p50 against the bare echo", figures, bare, "p50_us")
        yield ratio("– PostgreSQL: CPU of the bot against the bare echo", figures, bare, "cpu_us")
    ours, bare = contest(_entries(bench, "text")[:2], bench.rounds, **job)
    yield ratio("– typed instead of tapped: p50", ours, bare, "p50_us")
    yield ratio("– typed instead of tapped: CPU", ours, bare, "cpu_us")


def _sixteen(bench: Bench) -> Iterator[Row]:
    job = {"turns": bench.times(1600, 16), "at_once": 16}
    entries = _entries(bench, "tap")
    ours, bare, *postgres = contest(entries, bench.rounds, **job)
    yield ratio(
        "16 people at once: turns per second, against the bare echo",
        ours,
        bare,
        "per_s",
        Goal(least=2),
        missed=lambda: profile(entries[0], job),
    )
    yield ratio("– p50", ours, bare, "p50_us")
    yield ratio("– CPU", ours, bare, "cpu_us")
    for figures in postgres:
        yield ratio("– PostgreSQL: turns per second", figures, bare, "per_s")
