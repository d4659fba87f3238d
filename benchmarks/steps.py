"""Storage steps at once: group commit against a commit each; one thread, synchronous=FULL.

The *bare* step is five plain statements: it compares the mechanism. The *whole* step is all that
a turn stores, sealing and JSON included, which cost the same on both sides.
"""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Literal, TypeAlias

from benchmarks.dialogue import FIRST_CHAT, begin, dialogue
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
from benchmarks.places import KEY, file_of, postgres_database, sqlite_in
from bot.clock import SystemWall
from bot.conversation.flow import Session
from bot.messages import Message
from bot.storage import chats, conversations, inbox, outbox, sending
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.engine import Engine
from bot.storage.errors import StorageUnavailable
from bot.storage.inbox import Claim, Incoming
from bot.storage.outbox import Draft, Lane, Mode, Outgoing
from bot.storage.rows import number as number_in
from bot.storage.sqlite import SqliteTx, connect_file
from bot.storage.tx import Tx

_PEOPLE = 64

What: TypeAlias = Literal["bare", "whole"]
Step: TypeAlias = Callable[[Tx, int, int], None]


# --- the steps --------------------------------------------------------------------------------


def _bare(tx: Tx, number: int, chat_id: int) -> None:
    """Dedupe, read, write the state, write what is to be sent, mark as handled."""
    tx.run(
        "INSERT INTO inbox (update_id, chat_id, state, received_at)"
        " VALUES (:number, :chat_id, 'queued', :now) ON CONFLICT (update_id) DO NOTHING",
        number=number,
        chat_id=chat_id,
        now=tx.now,
    )
    tx.one(
        "SELECT number, flow, session FROM conversations WHERE chat_id = :chat_id", chat_id=chat_id
    )
    tx.run(
        "UPDATE conversations SET updated_at = :now WHERE chat_id = :chat_id",
        now=tx.now,
        chat_id=chat_id,
    )
    tx.run(
        "INSERT INTO outbox (chat_id, lane, state, made_at) VALUES (:chat_id, 0, 'queued', :now)",
        chat_id=chat_id,
        now=tx.now,
    )
    tx.run(
        "UPDATE inbox SET state = 'done', done_at = :now WHERE update_id = :number",
        now=tx.now,
        number=number,
    )


def _whole(session: Session, said: Message, tx: Tx, number: int, chat_id: int) -> None:
    """What receiving, deciding and marking write in a turn, in one transaction instead of three."""
    inbox.store(tx, [Incoming(number, chat_id, {"update_id": number, "text": 600 * "x"})])
    seq = number_in(tx, "SELECT seq AS n FROM inbox WHERE update_id = :number", number=number)
    inbox.finish(tx, Claim(seq, chat_id, 1, None))
    chats.seen(tx, chat_id)
    conversations.load(tx, chat_id)
    conversations.save(tx, chat_id, session)
    outbox.append(tx, Draft(chat_id, said, card="question"))
    row_id = number_in(
        tx,
        "SELECT id AS n FROM outbox WHERE chat_id = :chat_id AND state IN ('ready', 'sending')",
        chat_id=chat_id,
    )
    sending.settle_sent(
        tx, Outgoing(row_id, chat_id, Lane.LIVE, said, None, "question", Mode.SHOW, None), 7
    )


def _step(what: What) -> Step:
    if what == "bare":
        return _bare
    session, (_, shown) = dialogue()
    return partial(_whole, session, shown.shown)


# --- the sides --------------------------------------------------------------------------------


@asynccontextmanager
async def grouped(what: What, folder: str = "", postgres: str = "") -> AsyncGenerator[Run]:
    """The product's way: what waits shares one COMMIT. (PostgreSQL: one each, in parallel.)"""
    url = postgres_database(postgres) if postgres else sqlite_in(folder)
    db = await _opened(url)
    try:
        yield _run(_step(what), db.transact)
    finally:
        await db.close()


@asynccontextmanager
async def single(what: What, folder: str) -> AsyncGenerator[Run]:
    """The same steps in the same kind of thread, each in a hop and a COMMIT of its own."""
    url = sqlite_in(folder)
    db = await _opened(url)
    assert isinstance(db, Engine)
    loop = asyncio.get_running_loop()
    thread = ThreadPoolExecutor(1)
    connection = await loop.run_in_executor(thread, _connect, url)

    def commit(work: Step, number: int, chat_id: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        work(SqliteTx(db, connection, writes=True), number, chat_id)
        connection.execute("COMMIT")

    async def transact(work: Step, number: int, chat_id: int) -> None:
        await loop.run_in_executor(thread, commit, work, number, chat_id)

    try:
        yield _run(_step(what), transact)
    finally:
        await loop.run_in_executor(thread, connection.close)
        thread.shutdown()
        await db.close()


def _connect(url: str) -> sqlite3.Connection:
    return connect_file(file_of(url), "foreign_keys=ON", "synchronous=FULL")


async def _opened(url: str) -> Database:
    db = await open_database(url, wall=SystemWall(), cipher=Cipher((KEY,)))
    await db.transact(begin, _PEOPLE)
    return db


def _run(step: Step, transact: Callable[..., Awaitable[Any]]) -> Run:
    numbers = itertools.count(1)

    async def run(steps: int, at_once: int) -> Figures:
        async def task(chat_id: int) -> None:
            for _ in range(steps // at_once):
                await _patiently(transact, step, next(numbers), chat_id)

        with spending() as spent:
            await asyncio.gather(*(task(FIRST_CHAT + each) for each in range(at_once)))
        return per_piece(spent, steps // at_once * at_once)

    return run


async def _patiently(transact: Callable[..., Awaitable[Any]], *work: Any) -> None:
    """On PostgreSQL a step can lose too many races; the inbox's worker tries again as well."""
    while True:
        try:
            await transact(*work)
            return
        except StorageUnavailable:
            await asyncio.sleep(0)


# --- the goals --------------------------------------------------------------------------------


def measure(bench: Bench) -> Iterator[Row]:
    yield from _compared(
        bench,
        "bare",
        "50 storage steps at once: group commit against single commits",
        Goal(least=3.5),
    )
    yield from _compared(bench, "whole", "– with all that a turn stores, sealed", None)


def _compared(bench: Bench, what: What, name: str, goal: Goal | None) -> Iterator[Row]:
    job = {"steps": bench.times(10_000, 50), "at_once": 50}
    given: dict[str, Any] = {"what": what, "folder": str(bench.folder)}
    entries = [Entry(grouped, given), Entry(single, given)]
    if bench.postgres is not None:
        entries.append(Entry(grouped, {"what": what, "postgres": bench.postgres}))
    group, alone, *postgres = contest(entries, bench.rounds, **job)
    yield ratio(name, group, alone, "per_s", goal, missed=lambda: profile(entries[0], job))
    yield ratio("– CPU", group, alone, "cpu_us")
    for figures in postgres:
        yield ratio("– PostgreSQL against SQLite's single commits", figures, alone, "per_s")
