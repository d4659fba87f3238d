"""The clock: neither a full table of due rows must be felt, nor many of them at once."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from statistics import median
from typing import Any

from benchmarks.harness import (
    Bench,
    Entry,
    Figures,
    Goal,
    Row,
    Run,
    Side,
    contest,
    profile,
    ratio,
    shown,
)
from benchmarks.places import KEY, county, file_of, marking, opened, served, sqlite_in
from bot.clock import SystemWall
from bot.domain.appointments import BEFORE_THE_START, DAY, Reminder, kind_of
from bot.domain.appointments import Side as To
from bot.scheduling.ticks import Ticks
from bot.storage import due
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.sqlite import connect_file
from bot.storage.tx import Tx

_LATER = 10 * DAY
_VOLUNTEERS = 200
_DAY_BEFORE = tuple(kind_of(Reminder.DAY_BEFORE, side) for side in To)


# --- many pending -----------------------------------------------------------------------------


@asynccontextmanager
async def pending(folder: str, rows: int) -> AsyncGenerator[Run]:
    """A database with so many rows in the due table, none of them due."""
    url = sqlite_in(folder)
    with closing(connect_file(file_of(url))) as connection:
        connection.execute(
            "INSERT INTO due (kind, subject, due_at) WITH RECURSIVE n(i) AS"
            " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)"
            # Spread over a year in no order, as appointments are.
            " SELECT :kind, i, :later + (i * 7919) % 31536000 FROM n",
            {"rows": rows, "kind": _DAY_BEFORE[0], "later": int(time.time()) + _LATER},
        )
    db = await open_database(url, wall=SystemWall(), cipher=Cipher((KEY,)))
    ticks = Ticks(db, county())
    numbers = itertools.count(rows + 1)
    chosen = random.Random(1)
    left = list(range(1, rows + 1))
    chosen.shuffle(left)

    async def run(times: int) -> Figures:
        at = int(time.time()) + _LATER

        async def add() -> None:
            await db.transact(
                due.put, _DAY_BEFORE[0], next(numbers), at + chosen.randrange(365 * DAY)
            )

        async def cancel() -> None:
            await db.transact(due.cancel, left.pop(), BEFORE_THE_START)

        return {
            "tick_us": await _timed(times, ticks.tick),
            "add_us": await _timed(times, add),
            "cancel_us": await _timed(min(times, len(left)), cancel),
        }

    try:
        yield run
    finally:
        await db.close()


async def _timed(times: int, what: Callable[[], Awaitable[None]]) -> float:
    """µs, the median."""
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        await what()
        took.append(time.perf_counter() - began)
    return 1e6 * median(took)


# --- many at once -----------------------------------------------------------------------------


@asynccontextmanager
async def burst(server: str, folder: str, *, paced: bool) -> AsyncGenerator[Run]:
    """The whole bot, and many reminders due in one instant, each to requester and volunteer.

    Unpaced it runs until the last message is marked as sent; paced (that would take minutes) until
    every reminder has become two messages in the outbox.
    """
    async with opened(server, sqlite_in(folder), paced=paced) as lotse:
        with marking(lotse.db) as marked:

            async def run(reminders: int) -> Figures:
                await lotse.db.transact(_appointments, reminders)
                gaps = _Gaps()
                goal = marked.count + 2 * reminders
                beating = asyncio.create_task(gaps.beat())
                began = time.perf_counter()
                await lotse.db.transact(_all_due)
                if paced:
                    state = await lotse.db.read(_state)
                    while state["waiting"]:
                        await asyncio.sleep(0.1)
                        state = await lotse.db.read(_state)
                else:
                    await marked.until(goal)
                took = time.perf_counter() - began
                beating.cancel()
                state = await lotse.db.read(_state)
                longest = 1e3 * gaps.longest
                return {**state, "took_s": took, "longest_ms": longest, "p99_ms": 1e3 * gaps.p99()}

            async with served(lotse):
                yield run


class _Gaps:
    """A heartbeat every millisecond; how long the event loop did not let it beat."""

    def __init__(self) -> None:
        self._seen: list[float] = []

    async def beat(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self._seen.append(time.perf_counter() - before - 0.001)

    @property
    def longest(self) -> float:
        return max(self._seen)

    def p99(self) -> float:
        return sorted(self._seen)[int(0.99 * (len(self._seen) - 1))]


def _appointments(tx: Tx, count: int) -> None:
    """*count* requesters with an appointment in a day, and volunteers. Chat ids are ids."""

    def person(number: int) -> None:
        tx.run(
            "INSERT INTO chats (chat_id, kind, language, seen_at)"
            " VALUES (:id, 'private', 'ar', :now)",
            id=number,
            now=tx.now,
        )
        tx.run(
            "INSERT INTO people (id, chat_id, agreed_at, created_at) VALUES (:id, :id, :now, :now)",
            id=number,
            now=tx.now,
        )

    for volunteer in range(1, _VOLUNTEERS + 1):
        person(volunteer)
        tx.run("INSERT INTO volunteers (person_id) VALUES (:id)", id=volunteer)
    category = next(iter(county().categories))
    for number in range(1, count + 1):
        person(_VOLUNTEERS + number)
        facts = {"id": number, "starts_at": tx.now + DAY, "now": tx.now}
        tx.run(
            "INSERT INTO help_requests (id, person_id, category, language, state, starts_at,"
            " minutes, created_at, updated_at)"
            " VALUES (:id, :person, :category, 'ar', 'assigned', :starts_at, 60, :now, :now)",
            **facts,
            person=_VOLUNTEERS + number,
            category=category,
        )
        tx.run(
            "INSERT INTO assignments (id, request_id, volunteer_id, starts_at, ends_at, state,"
            " made_at)"
            " VALUES (:id, :id, :volunteer, :starts_at, :starts_at + 3600, 'active', :now)",
            **facts,
            volunteer=1 + number % _VOLUNTEERS,
        )


def _all_due(tx: Tx) -> None:
    for kind in _DAY_BEFORE:
        tx.run(
            "INSERT INTO due (kind, subject, due_at) SELECT :kind, id, :now FROM assignments",
            kind=kind,
            now=tx.now,
        )


def _state(tx: Tx) -> Figures:
    """Every reminder goes to two chats, and carries its assignment in its guard."""
    row = tx.one(
        "SELECT count(*) AS messages, count(DISTINCT guard || ' ' || chat_id) AS different,"
        " (SELECT count(*) FROM due WHERE due_at <= :now) AS waiting"
        " FROM outbox WHERE state NOT IN ('dropped', 'failed')",
        now=tx.now,
    )
    assert row is not None
    return {key: float(row[key]) for key in ("messages", "different", "waiting")}


# --- the goals --------------------------------------------------------------------------------


def measure(bench: Bench) -> Iterator[Row]:
    few, many = (
        Entry(pending, {"folder": str(bench.folder), "rows": rows})
        for rows in (1000, bench.times(1_000_000, 2000))
    )
    job = {"times": bench.times(150, 2)}
    ours, theirs = contest([many, few], bench.rounds, **job)
    for key, name in {
        "tick_us": "An idle tick",
        "add_us": "Adding a reminder",
        "cancel_us": "Cancelling a reminder",
    }.items():
        yield ratio(
            f"{name}: {many.given['rows']:,} pending against {few.given['rows']:,}",
            ours,
            theirs,
            key,
            Goal(most=1.5),
            missed=lambda: profile(many, job),
        )
    yield from _burst(bench)


def _burst(bench: Bench) -> Iterator[Row]:
    job: dict[str, Any] = {"reminders": bench.times(5000, 20)}
    given = {"server": bench.server, "folder": str(bench.folder)}
    paced, unpaced = (Entry(burst, {**given, "paced": paced}) for paced in (True, False))
    queued, sent = _fresh(paced, bench.rounds, job), _fresh(unpaced, bench.rounds, job)
    wanted = 2 * job["reminders"]
    lost = max(wanted - each["different"] + each["waiting"] for each in queued + sent)
    twice = max(each["messages"] - each["different"] for each in queued + sent)
    yield Row(
        f"{job['reminders']:,} reminders due at once: lost, sent twice",
        f"{lost:.0f}, {twice:.0f}",
        "0, 0",
        lost == twice == 0,
        f"{wanted:,} queued in {shown('took_s', queued)}, sent unpaced in {shown('took_s', sent)}",
    )
    goal = Goal(most=50)
    longest = median(each["longest_ms"] for each in queued)
    met = goal.met(longest)
    yield Row(
        "– the event loop is held for at most (ms)",
        _spread(queued),
        str(goal),
        met,
        f"the longest of each round; p99 {shown('p99_ms', queued)}",
        "" if met else profile(paced, job, warm=False),
    )
    yield Row("– the same while all are sent at once, unpaced", _spread(sent))


def _fresh(entry: Entry, rounds: int, job: dict[str, Any]) -> list[Figures]:
    """Each round in a process and a database of its own."""
    figures: list[Figures] = []
    for _ in range(rounds):
        side = Side(entry)
        figures.append(side.run(**job))
        side.close()
    return figures


def _spread(figures: list[Figures]) -> str:
    each = [one["longest_ms"] for one in figures]
    return f"{median(each):.0f} ({min(each):.0f}–{max(each):.0f})"
