"""The sender against stock PTB: the same messages to so many chats at once.

PTB only sends texts that are ready. The sender claims rows from the outbox, opens and renders them,
sends them in each chat's order and marks them as sent.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager

from telegram import InlineKeyboardMarkup
from telegram.ext import ApplicationBuilder

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
from benchmarks.places import TOKEN, county, marking, opened, served, sqlite_in
from bot.delivery.render import Renderer
from bot.domain.requests import HelpRequest, State
from bot.i18n.catalogues import Catalogues
from bot.messages import Message
from bot.storage import chats, outbox
from bot.storage.outbox import Draft, Lane
from bot.storage.tx import Tx
from bot.usecases import offer_notices

_CHATS = range(1_000_000, 1_000_064)
_LANGUAGE = "ar"


def _message() -> Message:
    """An offer: four lines, two buttons."""
    now = int(time.time())
    request = HelpRequest(
        id=42,
        person_id=1,
        category="doctor",
        language="ar",
        state=State.OPEN,
        starts_at=now + 200_000,
        minutes=90,
    )
    return offer_notices.offer(request, county(), 4711, now + 100_000)


@asynccontextmanager
async def stock(server: str) -> AsyncGenerator[Run]:
    """PTB as it comes out of the box; one coroutine for each chat."""
    rendered = Renderer(Catalogues.load(), county().zone).render(_message(), _LANGUAGE)
    async with ApplicationBuilder().token(TOKEN).base_url(f"{server}/bot").build() as app:
        markup = InlineKeyboardMarkup.de_json(rendered.reply_markup or {}, app.bot)

        async def send(chat_id: int, messages: int) -> None:
            for _ in range(messages):
                await app.bot.send_message(
                    chat_id, rendered.text, parse_mode="HTML", reply_markup=markup
                )

        async def run(messages: int, at_once: int) -> Figures:
            each = messages // at_once
            with spending() as spent:
                await asyncio.gather(*(send(chat_id, each) for chat_id in _CHATS[:at_once]))
            return per_piece(spent, each * at_once)

        yield run


@asynccontextmanager
async def sender(server: str, folder: str) -> AsyncGenerator[Run]:
    """The outbox and its sender; a chat has one message under way at a time."""
    async with opened(server, sqlite_in(folder)) as lotse:
        await lotse.db.transact(_seen)
        with marking(lotse.db) as marked:

            async def run(messages: int, at_once: int) -> Figures:
                each = messages // at_once
                goal = marked.count + each * at_once
                await lotse.db.transact(_queue, each, at_once)
                with spending() as spent:
                    await marked.until(goal)
                return per_piece(spent, each * at_once)

            async with served(lotse):
                yield run


def _seen(tx: Tx) -> None:
    for chat_id in _CHATS:
        chats.seen(tx, chat_id)
        chats.set_language(tx, chat_id, _LANGUAGE)


def _queue(tx: Tx, each: int, at_once: int) -> None:
    said = _message()
    for _ in range(each):
        for chat_id in _CHATS[:at_once]:
            outbox.append(tx, Draft(chat_id, said, Lane.OFFER))


def measure(bench: Bench) -> Iterator[Row]:
    entries = [
        Entry(sender, {"server": bench.server, "folder": str(bench.folder)}),
        Entry(stock, {"server": bench.server}),
    ]
    for at_once in (8, 64):
        job = {"messages": bench.times(1600, at_once), "at_once": at_once}
        ours, theirs = contest(entries, bench.rounds, **job)
        yield ratio(
            f"Messages per second to {at_once} chats at once: sender against stock PTB",
            ours,
            theirs,
            "per_s",
            Goal(least=2),
            missed=lambda job=job: profile(entries[0], job),
        )
        yield ratio("– CPU", ours, theirs, "cpu_us")
