"""What `transact` and `read` promise, on both databases."""

import asyncio
import threading
import traceback
from collections.abc import Callable

import pytest

from bot.clock import MovableWall
from bot.storage.database import Database
from bot.storage.errors import BadStatement, Conflict, SealBroken, StorageUnavailable
from bot.storage.tx import Tx
from tests.databases import START

SECRET = 424242424242


def add(tx: Tx, chat: int) -> int:
    tx.run(
        "INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat, 'private', :now)",
        chat=chat,
        now=tx.now,
    )
    return chat


def chats(tx: Tx) -> list[int]:
    return [row["chat_id"] for row in tx.all("SELECT chat_id FROM chats ORDER BY chat_id")]


async def test_a_work_commits_and_returns(database: Database) -> None:
    assert await database.transact(add, 2**40) == 2**40
    assert await database.read(chats) == [2**40]


async def test_time_stands_still_within_a_work(database: Database, wall: MovableWall) -> None:
    def twice(tx: Tx) -> tuple[int, int]:
        before = tx.now
        wall.move_to(START + 60)
        return before, tx.now

    assert await database.transact(twice) == (START, START)
    assert await database.transact(lambda tx: tx.now) == START + 60


async def test_an_exception_undoes_the_work(database: Database) -> None:
    def fails(tx: Tx) -> None:
        add(tx, 1)
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await database.transact(fails)
    assert await database.read(chats) == []


async def test_works_that_fail_spoil_none_of_their_neighbours(database: Database) -> None:
    def every_third_fails(tx: Tx, number: int) -> int:
        add(tx, number)
        if number % 3 == 0:
            add(tx, number)  # a constraint
        if number % 3 == 1:
            raise LookupError
        return number

    results = await asyncio.gather(
        *(database.transact(every_third_fails, number) for number in range(90)),
        return_exceptions=True,
    )
    assert [type(result) for result in results[:3]] == [Conflict, LookupError, int]
    good = list(range(2, 90, 3))
    assert [result for result in results if isinstance(result, int)] == good
    assert await database.read(chats) == good


BREAKS: list[tuple[str, Callable[[Tx], object]]] = [
    ("unique", lambda tx: (add(tx, SECRET), add(tx, SECRET))),
    (
        "foreign key",
        lambda tx: tx.run("INSERT INTO people (chat_id, created_at) VALUES (:id, 0)", id=SECRET),
    ),
    (
        "check",
        lambda tx: tx.run(
            "INSERT INTO chats (chat_id, kind, seen_at) VALUES (1, :kind, 0)", kind=str(SECRET)
        ),
    ),
    (
        "not null",
        lambda tx: tx.run(
            "INSERT INTO people (agreed_at, created_at) VALUES (:at, :nothing)",
            at=SECRET,
            nothing=None,
        ),
    ),
]


@pytest.mark.parametrize(("kind", "work"), BREAKS, ids=[kind for kind, _ in BREAKS])
async def test_a_broken_constraint_is_told_without_values(
    database: Database, kind: str, work: Callable[[Tx], object]
) -> None:
    with pytest.raises(Conflict) as caught:
        await database.transact(work)
    assert caught.value.kind == kind
    assert caught.value.what
    assert str(SECRET) not in "".join(traceback.format_exception(caught.value))


async def test_a_conflict_cannot_be_swallowed(database: Database) -> None:
    """PostgreSQL would answer the COMMIT with a silent ROLLBACK."""

    def swallows(tx: Tx) -> str:
        add(tx, 1)
        with pytest.raises(Conflict):
            add(tx, 1)
        with pytest.raises(Conflict):
            tx.all("SELECT 1 AS one")
        return "all is well"

    with pytest.raises(Conflict):
        await database.transact(swallows)
    assert await database.read(chats) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT chat_id::text FROM chats",
        "INSERT OR IGNORE INTO chats (chat_id, kind, seen_at) VALUES (1, 'private', 0)",
        "SELECT chat_id FROM chats WHERE language LIKE 'a%'",
        "SELECT nothing FROM chats",
        "SELECT chat_id FROM chats WHERE chat_id = :missing",
    ],
)
async def test_bad_statements_are_mistakes_of_the_program(database: Database, sql: str) -> None:
    with pytest.raises(BadStatement):
        await database.transact(lambda tx: tx.all(sql))


@pytest.mark.parametrize("value", [2**63, "\ud800", "not a number"])
async def test_bad_values_are_not_quoted(database: Database, value: int | str) -> None:
    with pytest.raises(BadStatement) as caught:
        await database.transact(
            lambda tx: tx.run(
                "INSERT INTO chats (chat_id, kind, seen_at) VALUES (1, 'private', :at)", at=value
            )
        )
    told = "".join(traceback.format_exception(caught.value))
    assert str(value) not in told.replace('"not a number"', "")  # this file's own source line


async def test_a_coroutine_is_no_work(database: Database) -> None:
    async def work(tx: Tx) -> int:
        return add(tx, 1)

    with pytest.raises(TypeError, match="plain function"):
        await database.transact(work)


async def test_a_work_that_raises_stop_iteration_does_not_hang_its_caller(
    database: Database,
) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.transact(lambda _: next(iter(())))


async def test_a_cancelled_caller_breaks_nothing(database: Database) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def held_up(tx: Tx) -> None:
        reached.set()
        go_on.wait(10)
        add(tx, 1)

    first = asyncio.create_task(database.transact(held_up))
    await asyncio.to_thread(reached.wait, 10)
    others = [asyncio.create_task(database.transact(add, number)) for number in range(2, 22)]
    await asyncio.sleep(0)
    cancelled = [first, *others[::2]]
    for task in cancelled:
        task.cancel()
    go_on.set()
    await asyncio.gather(*cancelled, return_exceptions=True)
    assert await asyncio.gather(*others[1::2]) == list(range(3, 22, 2))
    stored = await database.transact(chats)
    assert set(range(3, 22, 2)) <= set(stored)


async def test_no_concurrent_increment_is_lost(database: Database) -> None:
    await database.transact(add, 1)

    def increment(tx: Tx) -> None:
        row = tx.one("SELECT seen_at FROM chats WHERE chat_id = 1")
        assert row is not None
        tx.run("UPDATE chats SET seen_at = :at WHERE chat_id = 1", at=row["seen_at"] + 1)

    await asyncio.gather(*(database.transact(increment) for _ in range(300)))
    row = await database.read(lambda tx: tx.one("SELECT seen_at FROM chats"))
    assert row is not None
    assert row["seen_at"] == START + 300


async def test_one_of_twenty_accepts_wins(database: Database) -> None:
    await database.transact(add, 0)

    def accept(tx: Tx, who: int) -> bool:
        free = tx.one("SELECT chat_id FROM chats WHERE kind = 'group'") is None
        if free:  # check, then act: right only because nobody comes between
            tx.run("INSERT INTO chats (chat_id, kind, seen_at) VALUES (:id, 'group', 0)", id=who)
        return free

    won = await asyncio.gather(*(database.transact(accept, who) for who in range(1, 21)))
    assert sum(won) == 1


async def test_a_unique_row_is_made_once(database: Database) -> None:
    def ensure(tx: Tx) -> str:
        if tx.one("SELECT 1 AS one FROM chats WHERE chat_id = 7") is not None:
            return "found"
        add(tx, 7)
        return "made"

    said = await asyncio.gather(*(database.transact(ensure) for _ in range(20)))
    assert sorted(said) == ["found"] * 19 + ["made"]


async def test_items_are_handed_over_after_commit_in_order(database: Database) -> None:
    seen: list[object] = []
    database.on_commit(seen.append)

    def work(tx: Tx, number: int) -> None:
        tx.hand_over((number, "a"))
        add(tx, number)
        tx.hand_over((number, "b"))
        assert (number, "a") not in seen
        if number % 2:
            raise LookupError

    async def step(number: int) -> None:
        try:
            await database.transact(work, number)
        except LookupError:
            assert number % 2
        else:
            assert seen.index((number, "b")) == seen.index((number, "a")) + 1

    await asyncio.gather(*(step(number) for number in range(40)))
    assert set(seen) == {(number, part) for number in range(0, 40, 2) for part in "ab"}
    assert len(seen) == 40


async def test_items_of_one_caller_keep_their_order(database: Database) -> None:
    seen: list[object] = []
    database.on_commit(seen.append)
    for number in range(30):
        await database.transact(lambda tx, n: tx.hand_over(n), number)
    assert seen == list(range(30))


async def test_listeners_run_in_the_event_loop(database: Database) -> None:
    threads: list[int] = []
    database.on_commit(lambda _: threads.append(threading.get_ident()))
    await database.transact(lambda tx: tx.hand_over("item"))
    assert threads == [threading.get_ident()]


@pytest.mark.logs_errors
async def test_a_broken_listener_stops_nobody(database: Database) -> None:
    seen: list[object] = []

    def breaks(_: object) -> None:
        raise LookupError

    database.on_commit(breaks)
    database.on_commit(seen.append)
    assert await database.transact(lambda tx: tx.hand_over("item")) is None
    assert seen == ["item"]


async def test_a_report_does_not_block_a_turn(database: Database) -> None:
    await database.transact(add, 1)
    reading, go_on = threading.Event(), threading.Event()

    def report(tx: Tx) -> list[int]:
        before = chats(tx)
        reading.set()
        go_on.wait(10)
        assert chats(tx) == before  # one snapshot
        return before

    task = asyncio.create_task(database.read(report))
    await asyncio.to_thread(reading.wait, 10)
    assert await database.transact(add, 2) == 2
    assert not task.done()
    go_on.set()
    assert await task == [1]


WRITES: list[Callable[[Tx], object]] = [
    lambda tx: add(tx, 1),
    lambda tx: tx.one("DELETE FROM chats RETURNING chat_id"),
    lambda tx: tx.hand_over("item"),
    lambda tx: tx.notify("outbox"),
]


@pytest.mark.parametrize("work", WRITES, ids=["insert", "delete", "hand over", "notify"])
async def test_a_read_cannot_write(database: Database, work: Callable[[Tx], object]) -> None:
    with pytest.raises(BadStatement, match="must not change"):
        await database.read(work)
    assert await database.transact(add, 1) == 1


async def test_values_come_back_alike(database: Database) -> None:
    def work(tx: Tx) -> None:
        tx.run("INSERT INTO meta (key, value) VALUES (:key, :value)", key="ß", value=b"\0\xff")
        for chat, language in [(-1, "ä"), (2, "Z"), (3, "a"), (4, None)]:
            tx.run(
                "INSERT INTO chats (chat_id, kind, language, reachable, seen_at)"
                " VALUES (:chat, 'private', :language, :reachable, 3)",
                chat=chat,
                language=language,
                reachable=True,
            )

    def look(tx: Tx) -> None:
        stored = tx.one("SELECT value FROM meta WHERE key = :key", key="ß")
        assert stored is not None
        assert (type(stored["value"]), stored["value"]) == (bytes, b"\0\xff")
        ordered = tx.all("SELECT language FROM chats WHERE language IS NOT NULL ORDER BY language")
        assert [row["language"] for row in ordered] == ["Z", "a", "ä"]
        sums = tx.one(
            "SELECT SUM(seen_at) AS total, AVG(seen_at) AS mean, 7 / 2 AS half FROM chats"
        )
        assert sums is not None
        assert (type(sums["total"]), sums["total"]) == (int, 12)
        assert (type(sums["mean"]), sums["mean"], sums["half"]) == (float, 3.0, 3)
        for language, expected in [(None, 4), ("a", 1)]:
            rows = tx.all(
                "SELECT 1 AS one FROM chats WHERE (CAST(:language AS TEXT) IS NULL"
                " OR language = :language)",
                language=language,
            )
            assert len(rows) == expected
        assert tx.one("SELECT 1 AS one FROM chats WHERE chat_id = 99") is None
        product = tx.one("SELECT :a * :b AS product", a=30_000, b=200_000)
        assert product is not None
        assert product["product"] == 6 * 10**9

    await database.transact(work)
    await database.transact(look)
    await database.read(look)


async def test_run_counts_rows(database: Database) -> None:
    def work(tx: Tx) -> tuple[int, int, int]:
        for chat in (1, 2, 3):
            add(tx, chat)
        updated = tx.run("UPDATE chats SET reachable = 0 WHERE chat_id > 1 RETURNING chat_id")
        ignored = tx.run(
            "INSERT INTO chats (chat_id, kind, seen_at) VALUES (1, 'private', 0)"
            " ON CONFLICT (chat_id) DO NOTHING"
        )
        return updated, ignored, tx.run("DELETE FROM chats")

    assert await database.transact(work) == (2, 0, 3)


async def test_types_are_enforced(database: Database) -> None:
    with pytest.raises(BadStatement):
        await database.transact(
            lambda tx: tx.run(
                "INSERT INTO chats (chat_id, kind, seen_at) VALUES (1, 'private', :at)", at="soon"
            )
        )


async def test_sealed_in_and_out(database: Database) -> None:
    def work(tx: Tx) -> None:
        sealed = tx.seal("people.name", {"name": "Олена"})
        assert tx.unseal("people.name", sealed) == {"name": "Олена"}
        assert tx.lookup("calls.phone", "+49") == tx.lookup("calls.phone", "+49")
        with pytest.raises(SealBroken):
            tx.unseal("people.phone", sealed)

    await database.transact(work)


async def test_a_lone_worker_leads(database: Database) -> None:
    await asyncio.wait_for(database.leadership.acquired(), 10)
    assert database.leadership.held
    assert await database.transact(lambda tx: (tx.worker, tx.sender_here)) == (1, False)
    database.sender_ready = True
    assert await database.transact(lambda tx: tx.sender_here)
    assert await database.transact(lambda tx: (tx.gone(1), tx.gone(2))) == (False, True)


async def test_what_waits_is_finished_before_closing(database: Database) -> None:
    tasks = [asyncio.create_task(database.transact(add, number)) for number in range(100)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*tasks) == list(range(100))
    with pytest.raises(StorageUnavailable):
        await database.transact(add, 1)
    await database.close()  # twice is no mistake
