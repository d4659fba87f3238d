"""PostgreSQL's own side: races, several workers, connections that break."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from bot.clock import MovableWall, SystemMonotonic
from bot.storage import leadership, postgres
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.errors import CannotOpen, Conflict, DatabaseNewer, StorageUnavailable, WrongKey
from bot.storage.schema import LEADER_LOCK
from bot.storage.tx import Tx
from tests.databases import START, PostgresServer

Open = Callable[[], Awaitable[Database]]


def add(tx: Tx, chat: int) -> int:
    tx.run(
        "INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat, 'private', :now)",
        chat=chat,
        now=tx.now,
    )
    return chat


def count(tx: Tx) -> int:
    row = tx.one("SELECT COUNT(*) AS n FROM chats")
    assert row is not None
    return row["n"]


@pytest.fixture(autouse=True)
def quick_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "HEARTBEAT_SECONDS", 0.05)


@pytest_asyncio.fixture
async def another(postgres_url: str, cipher: Cipher) -> AsyncIterator[Open]:
    """Opens one more worker on the same database."""
    opened: list[Database] = []

    async def another() -> Database:
        worker = await open_database(
            postgres_url,
            wall=MovableWall(START),
            cipher=cipher,
            monotonic=SystemMonotonic(),
        )
        opened.append(worker)
        return worker

    yield another
    for worker in opened:
        await worker.close()


async def soon(awaitable: Awaitable[Any]) -> Any:
    return await asyncio.wait_for(awaitable, 10)


class Collision:
    """Lets two works meet in the middle of their first run, so that each has read before the other
    writes; later runs go straight through."""

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)
        self._runs: dict[object, int] = {}

    def meet(self, who: object) -> int:
        run = self._runs[who] = self._runs.get(who, 0) + 1
        if run == 1:
            self._barrier.wait(10)
        return run

    @property
    def runs(self) -> int:
        return sum(self._runs.values())


# --- races ---------------------------------------------------------------------------------------


async def test_check_then_act_is_right_across_workers(another: Open) -> None:
    """Each sees no row and writes its own: only SERIALIZABLE notices (write skew)."""
    first, second = await another(), await another()
    items: list[object] = []
    first.on_commit(items.append)
    second.on_commit(items.append)
    collision = Collision()

    def only_one(tx: Tx, who: int) -> bool:
        free = count(tx) == 0
        run = collision.meet(who)
        tx.hand_over((who, run))
        if free:
            add(tx, who)
        return free

    won = await asyncio.gather(first.transact(only_one, 1), second.transact(only_one, 2))
    assert sorted(won) == [False, True]
    assert collision.runs == 3
    winner = 1 + won.index(True)
    assert sorted(items, key=str) == sorted([(winner, 1), (3 - winner, 2)])


async def test_the_same_new_row_is_a_race_not_an_error(another: Open) -> None:
    worker, collision = await another(), Collision()

    def ensure(tx: Tx, who: int) -> str:
        found = tx.one("SELECT 1 AS one FROM chats WHERE chat_id = 7") is not None
        collision.meet(who)
        if not found:
            add(tx, 7)
        return "found" if found else "made"

    said = await asyncio.gather(worker.transact(ensure, 1), worker.transact(ensure, 2))
    assert sorted(said) == ["found", "made"]
    assert collision.runs == 3


async def test_a_real_duplicate_is_a_conflict(another: Open) -> None:
    worker = await another()
    runs = 0

    def duplicate(tx: Tx) -> None:
        nonlocal runs
        runs += 1
        add(tx, 1)

    await worker.transact(duplicate)
    runs = 0
    with pytest.raises(Conflict, match="unique"):
        await worker.transact(duplicate)
    assert runs == 3


async def test_a_deadlock_is_run_again(
    another: Open, postgres_server: PostgresServer, postgres_url: str
) -> None:
    name = database_of(postgres_url)
    postgres_server.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '20ms'")
    worker, collision = await another(), Collision()

    def both(tx: Tx, first: int, then: int) -> None:
        tx.run("UPDATE chats SET reachable = 0 WHERE chat_id = :id", id=first)
        collision.meet(first)
        tx.run("UPDATE chats SET reachable = 0 WHERE chat_id = :id", id=then)

    await worker.transact(lambda tx: (add(tx, 1), add(tx, 2)))
    await soon(asyncio.gather(worker.transact(both, 1, 2), worker.transact(both, 2, 1)))
    assert collision.runs >= 3


async def test_attempts_are_bounded(another: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_LONGEST_PAUSE", 0)
    worker = await another()

    def hopeless(tx: Tx) -> None:
        tx.one("SELECT lotse_hopeless()")

    await worker.transact(
        lambda tx: tx.run(
            "CREATE FUNCTION lotse_hopeless() RETURNS int LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION ''no'' USING ERRCODE = ''40001''; END'"
        )
    )
    with pytest.raises(StorageUnavailable, match="at odds"):
        await soon(worker.transact(hopeless))


async def test_a_broken_connection_is_replaced(
    another: Open, postgres_server: PostgresServer, postgres_url: str
) -> None:
    worker = await another()
    runs = 0

    def breaks_once(tx: Tx) -> int:
        nonlocal runs
        runs += 1
        add(tx, 1)
        row = tx.one("SELECT pg_backend_pid() AS pid")
        assert row is not None
        if runs == 1:
            postgres_server.execute("SELECT pg_terminate_backend(%s, 10000)", row["pid"])
        add(tx, 2)
        return runs

    assert await worker.transact(breaks_once) == 2
    assert await worker.read(count) == 2


async def test_a_server_that_stays_away_is_unavailable(
    another: Open, postgres_server: PostgresServer, postgres_url: str
) -> None:
    worker = await another()
    name = database_of(postgres_url)
    postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    end_connections(postgres_server, name)
    with pytest.raises(StorageUnavailable):
        await worker.transact(add, 1)
    postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await soon(worker.leadership.acquired())
    assert await worker.transact(add, 1) == 1


def database_of(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def end_holder(server: PostgresServer, url: str, lock: int) -> None:
    """Cuts the connection of the worker with this number, or of the leader."""
    server.execute(
        "SELECT pg_terminate_backend(l.pid, 10000) FROM pg_locks l"
        " JOIN pg_database d ON d.oid = l.database"
        " WHERE l.locktype = 'advisory' AND l.objid = %s AND l.granted AND d.datname = %s",
        lock,
        database_of(url),
    )


def end_connections(server: PostgresServer, name: str) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", name
    )


# --- several workers -----------------------------------------------------------------------------


def number(tx: Tx) -> int:
    return tx.worker


async def test_workers_take_the_smallest_free_number(another: Open) -> None:
    workers = [await another() for _ in range(3)]
    assert [await worker.transact(number) for worker in workers] == [1, 2, 3]
    await workers[1].close()
    assert await (await another()).transact(number) == 2


async def test_workers_that_start_together_have_different_numbers(another: Open) -> None:
    workers = await asyncio.gather(*(another() for _ in range(5)))
    assert sorted([await worker.transact(number) for worker in workers]) == [1, 2, 3, 4, 5]


async def test_a_worker_keeps_its_number_over_a_lost_connection(
    another: Open, postgres_server: PostgresServer, postgres_url: str
) -> None:
    first, second, third = await another(), await another(), await another()
    await first.close()
    await asyncio.to_thread(end_holder, postgres_server, postgres_url, 3)
    await soon(until_it_hears(third, second))
    assert await third.transact(number) == 3


async def until_it_hears(listener: Database, speaker: Database) -> None:
    """The listener has its session again."""
    heard = asyncio.Event()
    listener.on_notify(lambda _: heard.set())
    while not heard.is_set():
        await speaker.transact(lambda tx: tx.notify("are you there?"))


async def test_a_worker_is_gone_when_its_process_is(another: Open) -> None:
    first, second = await another(), await another()
    gone = lambda tx: [tx.gone(each) for each in (1, 2, 3)]  # noqa: E731 - one line says it
    assert await second.transact(gone) == [False, False, True]
    await first.close()
    assert await second.transact(gone) == [True, False, True]


async def test_a_number_judged_gone_is_not_given_away_meanwhile(another: Open) -> None:
    first, second = await another(), await another()
    await first.close()
    judged, go_on = threading.Event(), threading.Event()

    def judge(tx: Tx) -> bool:
        answer = tx.gone(1)
        judged.set()
        assert go_on.wait(10)
        return answer

    task = asyncio.create_task(second.transact(judge))
    await asyncio.to_thread(judged.wait, 10)
    third = await another()
    go_on.set()
    assert await task
    assert await third.transact(number) == 3


async def test_a_notification_wakes_the_others_after_commit(another: Open) -> None:
    first, second = await another(), await another()
    heard: asyncio.Queue[str] = asyncio.Queue()
    second.on_notify(heard.put_nowait)

    def work(tx: Tx, channel: str, *, fails: bool) -> None:
        tx.notify(channel)
        tx.notify(channel)
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await first.transact(work, "never", fails=True)
    await first.transact(work, "outbox", fails=False)
    await first.transact(work, "inbox", fails=False)
    assert [await soon(heard.get()), await soon(heard.get())] == ["outbox", "inbox"]


# --- leadership ----------------------------------------------------------------------------------


async def test_one_of_several_leads(another: Open) -> None:
    first, second = await another(), await another()
    assert first.leadership.held
    assert not second.leadership.held
    await soon(second.leadership.lost())  # does not lead: returns at once
    await first.close()
    await soon(second.leadership.acquired())
    assert second.leadership.held


async def test_the_next_takes_over_when_the_leaders_connection_is_cut(
    another: Open, postgres_server: PostgresServer, postgres_url: str
) -> None:
    first, second = await another(), await another()
    first.sender_ready = True
    assert await first.transact(lambda tx: tx.sender_here)
    sender_here_when_lost: list[bool] = []

    async def watch() -> None:
        await first.leadership.lost()
        sender_here_when_lost.append(first.sender_ready)

    watching = asyncio.create_task(watch())
    await asyncio.to_thread(end_holder, postgres_server, postgres_url, LEADER_LOCK)
    await soon(watching)
    assert sender_here_when_lost == [False]
    await soon(second.leadership.acquired())
    await soon(until_it_hears(first, second))
    assert await first.transact(lambda tx: (tx.worker, tx.sender_here)) == (1, False)
    assert not first.leadership.held


async def test_without_its_number_a_worker_writes_nothing(
    another: Open,
    postgres_server: PostgresServer,
    postgres_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leadership, "HEARTBEAT_SECONDS", 30)  # stays without for the whole test
    worker = await another()
    await asyncio.to_thread(end_connections, postgres_server, database_of(postgres_url))
    await soon(worker.leadership.lost())
    with pytest.raises(StorageUnavailable):
        await worker.transact(add, 1)
    assert await worker.read(count) == 0


async def test_a_tool_beside_the_bot_neither_leads_nor_counts(
    another: Open, postgres_url: str, cipher: Cipher
) -> None:
    tool = await open_database(postgres_url, wall=MovableWall(START), cipher=cipher, serves=False)
    assert not tool.leadership.held
    assert await tool.transact(number) == 0
    worker = await another()
    assert worker.leadership.held
    assert await tool.transact(lambda tx: tx.gone(1)) is False
    await tool.close()


# --- opening -------------------------------------------------------------------------------------


async def test_workers_that_start_together_migrate_once(
    postgres_server: PostgresServer, cipher: Cipher
) -> None:
    url = await asyncio.to_thread(postgres_server.create)
    workers = await asyncio.gather(
        *(open_database(url, wall=MovableWall(START), cipher=cipher) for _ in range(3))
    )
    for worker in workers:
        await worker.transact(count)
        await worker.close()


async def test_no_server(cipher: Cipher) -> None:
    with pytest.raises(CannotOpen) as caught:
        await open_database(
            "postgresql://me:secret@127.0.0.1:1/x", wall=MovableWall(START), cipher=cipher
        )
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["postgresql://me:sec%ret@x/y", "postgresql://me:x@secret@/z"])
async def test_a_url_that_cannot_be_read_is_not_quoted(cipher: Cipher, url: str) -> None:
    with pytest.raises(CannotOpen, match="URL is not like") as caught:
        await open_database(url, wall=MovableWall(START), cipher=cipher)
    assert "secret" not in str(caught.value)


async def test_a_migration_that_cannot_be_done(
    postgres_server: PostgresServer, cipher: Cipher
) -> None:
    url = await asyncio.to_thread(postgres_server.create)
    with psycopg.connect(url) as somebody_else:
        somebody_else.execute("CREATE TABLE chats (name TEXT)")
    with pytest.raises(CannotOpen, match='"chats" already exists'):
        await open_database(url, wall=MovableWall(START), cipher=cipher)


async def test_a_wrong_key_is_noticed(another: Open, postgres_url: str) -> None:
    await another()
    with pytest.raises(WrongKey):
        await open_database(postgres_url, wall=MovableWall(START), cipher=Cipher((b"?" * 32,)))


async def test_a_newer_database_is_left_alone(another: Open, postgres_url: str) -> None:
    worker = await another()
    await worker.transact(lambda tx: tx.run("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNewer, match="9999"):
        await open_database(
            postgres_url, wall=MovableWall(START), cipher=Cipher((bytes(range(32)),))
        )
