"""The tick: one commit per due row, no row in another's way, nothing twice."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.county import County
from bot.scheduling.ticks import Ticks, scheduler
from bot.storage import due, jobs
from bot.storage.database import Database
from bot.storage.due import Due
from bot.storage.errors import StorageUnavailable
from bot.storage.tx import Tx
from bot.usecases import clockwork
from tests.databases import START

RING, BREAK = "ring", "break"


def ring(tx: Tx, _: Any, subject: int) -> None:
    """Leaves a row per time it was done."""
    row = tx.one("SELECT count(*) AS n FROM jobs WHERE job = :job", job=f"ring {subject}")
    tx.run(
        "INSERT INTO jobs (job, period, ran_at) VALUES (:job, :n, :now)",
        job=f"ring {subject}",
        n=str(row["n"] if row else 0),
        now=tx.now,
    )


def break_(tx: Tx, county: Any, subject: int) -> None:
    ring(tx, county, subject)
    raise RuntimeError("a mistake of ours")


def rings(tx: Tx) -> dict[int, list[int]]:
    """When each subject was rung for."""
    found: dict[int, list[int]] = {}
    for row in tx.all("SELECT job, ran_at FROM jobs WHERE job <> 'tidy up' ORDER BY ran_at"):
        found.setdefault(int(row["job"].partition(" ")[2]), []).append(int(row["ran_at"]))
    return found


def rows_left(tx: Tx) -> list[tuple[int, int, int, int]]:
    rows = tx.all("SELECT subject, due_at, attempts, parked FROM due ORDER BY subject")
    return [(row["subject"], row["due_at"] - START, row["attempts"], row["parked"]) for row in rows]


@pytest.fixture(autouse=True)
def acts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clockwork, "ACTS", {RING: ring, BREAK: break_})


@pytest.fixture
def ticks(database: Database) -> Ticks:
    return Ticks(database, loader.load())


async def put(database: Database, *rows: tuple[str, int, int]) -> None:
    for kind, subject, later in rows:
        await database.transact(due.put, kind, subject, START + later)


async def test_what_is_due_happens_once(
    database: Database, ticks: Ticks, wall: MovableWall
) -> None:
    await put(database, (RING, 1, 0), (RING, 2, 10), (RING, 3, 20))
    for later in (0, 0, 9, 10, 15):
        wall.move_to(START + later)
        await ticks.tick()
    assert await database.read(rings) == {1: [START], 2: [START + 10]}
    assert await database.read(due.waiting) == 1


async def test_five_hundred_in_one_instant(database: Database, ticks: Ticks) -> None:
    """Two ticks at once, as two workers would."""
    await database.transact(
        lambda tx: [due.put(tx, RING, subject, START) for subject in range(500)]
    )
    other = Ticks(database, loader.load())
    await asyncio.gather(ticks.tick(), other.tick())
    assert Counter(map(len, (await database.read(rings)).values())) == {1: 500}
    assert await database.read(due.waiting) == 0


@pytest.mark.logs_errors
async def test_what_fails_is_tried_again_and_parked_in_the_end(
    database: Database, ticks: Ticks, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    await put(database, (BREAK, 1, 0), (RING, 2, 0), ("unheard of", 3, 0))
    await ticks.tick()
    assert await database.read(rings) == {2: [START]}, (
        "the others are not held up, nothing half-done"
    )
    assert await database.read(rows_left) == [(1, 60, 1, 0), (3, 60, 1, 0)]
    for minutes in (1, 3, 7, 15):
        wall.move_to(START + 60 * minutes)
        await ticks.tick()
    assert [(row[0], row[2], row[3]) for row in await database.read(rows_left)] == [
        (1, 5, 1),
        (3, 5, 1),
    ]
    assert sum("is parked" in record.getMessage() for record in caplog.records) == 2
    assert await database.read(due.waiting) == 0
    await put(database, (RING, 1, 0))
    await ticks.tick()
    assert 1 in await database.read(rings)


async def test_a_failure_does_not_touch_a_newer_plan(database: Database) -> None:
    await put(database, (BREAK, 1, 0))
    [row] = await database.read(due.upcoming, 10)
    await put(database, (BREAK, 1, 500))
    assert await database.transact(due.failed, row) is False
    assert await database.read(rows_left) == [(1, 500, 0, 0)]


async def test_a_row_that_was_moved_or_cancelled_is_not_taken(database: Database) -> None:
    await put(database, (RING, 1, 0), (RING, 2, 0))
    rows = await database.read(due.upcoming, 10)
    await put(database, (RING, 1, 500))
    await database.transact(due.cancel, 2, [RING])

    def take_all(tx: Tx, found: list[Due]) -> list[bool]:
        return [due.take(tx, row) for row in found]

    assert await database.transact(take_all, rows) == [False, False]


async def test_a_database_that_is_away_ends_the_tick_and_costs_nothing(
    database: Database, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, (RING, 1, 0), (RING, 2, 0))
    real, times = database.transact, [1]

    async def lame(work: Callable[..., Any], *args: Any, **kw: Any) -> Any:
        if work == ticks._fire_in and times and times.pop():
            raise StorageUnavailable("for the test")
        return await real(work, *args, **kw)

    monkeypatch.setattr(database, "transact", lame)
    await ticks.tick()
    await ticks.tick()
    assert await database.read(rings) == {1: [START], 2: [START]}


@pytest.mark.logs_errors
async def test_a_tidy_up_that_fails_holds_up_no_reminder(
    database: Database, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Tx, __: County) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(clockwork, "tidy_up", broken)
    await put(database, (RING, 1, 0))
    await ticks.tick()
    assert await database.read(rings) == {1: [START]}


async def test_who_does_not_lead_does_not_tick(
    database: Database, ticks: Ticks, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Follower:
        held = False

    await put(database, (RING, 1, 0))
    monkeypatch.setattr(database, "leadership", Follower())
    await ticks.tick()
    monkeypatch.undo()
    assert await database.read(rings) == {}


async def test_moving_the_clock_stops_at_everything_that_is_due(
    database: Database, ticks: Ticks, wall: MovableWall
) -> None:
    await put(database, (RING, 1, 100), (RING, 2, 50), (RING, 3, 5000))
    seen: list[int] = []

    async def between() -> None:
        seen.append(wall.now() - START)

    await ticks.walk_to(wall, START + 1000, between)
    assert await database.read(rings) == {2: [START + 50], 1: [START + 100]}
    assert seen == [50, 100]
    assert wall.now() == START + 1000


async def test_moving_the_clock_without_a_database_ends(
    database: Database, ticks: Ticks, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: Any, **__: Any) -> None:
        raise StorageUnavailable("for the test")

    await put(database, (RING, 1, 100))
    monkeypatch.setattr(database, "transact", down)
    with pytest.raises(StorageUnavailable):
        await ticks.walk_to(wall, START + 1000)


async def test_the_scheduler_fires_without_grace(ticks: Ticks) -> None:
    """Late is better than never."""
    made = scheduler(ticks)
    made.start(paused=True)
    [job] = made.get_jobs()
    assert (job.misfire_grace_time, job.coalesce) == (None, True)
    made.shutdown(wait=False)


async def test_a_job_runs_once_per_period(database: Database, wall: MovableWall) -> None:
    first = [await database.transact(jobs.first_in, "digest", "2027-01-15") for _ in range(3)]
    assert first == [True, False, False]
    assert await database.transact(jobs.first_in, "digest", "2027-01-16")
    wall.move_to(START + 10)
    assert await database.transact(jobs.prune, START + 1) == 2
