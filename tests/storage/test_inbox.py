"""Updates: once each, in order per chat, counted before the work begins, and never stuck."""

import asyncio
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.messages import Json
from bot.storage import inbox
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.inbox import Claim, Incoming, Parked
from bot.storage.tx import Tx
from tests.databases import START

ANNA, SARA = 100, 200


def update(update_id: int, chat_id: int = SARA) -> Incoming:
    raw: Json = {"update_id": update_id, "message": {"text": f"secret {update_id}"}}
    return Incoming(update_id, chat_id, raw)


def states(tx: Tx) -> list[tuple[int, str, int]]:
    rows = tx.all("SELECT update_id, state, attempts FROM inbox ORDER BY seq")
    return [(row["update_id"], row["state"], row["attempts"]) for row in rows]


@pytest.fixture
def claims(database: Database) -> list[Claim]:
    """Every claim handed over, in order."""
    found: list[Claim] = []
    database.on_commit(lambda item: found.append(item) if isinstance(item, Claim) else None)
    return found


def ids(claims: list[Claim]) -> list[Any]:
    return [claim.raw["update_id"] for claim in claims if isinstance(claim.raw, dict)]


async def test_one_update_of_each_chat_is_in_work(database: Database, claims: list[Claim]) -> None:
    await database.transact(inbox.store, [update(7), update(8, ANNA), update(5), update(6)])
    assert ids(claims) == [7, 8]
    await database.transact(inbox.finish, claims[0])
    assert ids(claims) == [7, 8, 5], "in the order of arrival, whatever the ids"
    assert await database.read(states) == [
        (7, "done", 1),
        (8, "working", 1),
        (5, "working", 1),
        (6, "queued", 0),
    ]


async def test_an_update_is_stored_once(database: Database, claims: list[Claim]) -> None:
    for _ in range(2):
        await database.transact(inbox.store, [update(7), update(7)])
    await database.transact(inbox.finish, claims[0])
    await database.transact(inbox.store, [update(7)])
    assert ids(claims) == [7]


async def test_what_was_said_is_forgotten_in_the_commit_that_handles_it(
    database: Database, claims: list[Claim]
) -> None:
    await database.transact(inbox.store, [update(7)])
    await database.transact(inbox.finish, claims[0])
    assert (
        await database.read(lambda tx: tx.one("SELECT raw FROM inbox WHERE raw IS NOT NULL"))
        is None
    )
    assert await database.read(inbox.unfinished) == 0


async def test_a_claim_counts_once(database: Database, claims: list[Claim]) -> None:
    await database.transact(inbox.store, [update(7), update(8)])
    assert await database.transact(inbox.finish, claims[0]) is True
    assert await database.transact(inbox.finish, claims[0]) is False
    assert await database.transact(inbox.fail, claims[0], "ValueError") is None
    assert ids(claims) == [7, 8]


async def test_three_failures_park_an_update_and_the_next_goes_on(
    database: Database, claims: list[Claim]
) -> None:
    await database.transact(inbox.store, [update(7), update(8)])
    assert await database.transact(inbox.fail, claims[0], "ValueError") is None
    assert await database.transact(inbox.fail, claims[1], "ValueError") is None
    assert [claim.attempts for claim in claims] == [1, 2, 3]
    parked = await database.transact(inbox.fail, claims[2], "ValueError")
    assert parked == Parked(claims[0].seq, SARA, "ValueError")
    assert ids(claims) == [7, 7, 7, 8]
    assert await database.read(states) == [(7, "parked", 3), (8, "working", 1)]


async def test_an_older_attempt_has_no_say(database: Database, claims: list[Claim]) -> None:
    """A process that was taken for dead comes back: the row is another one's by now."""
    await database.transact(inbox.store, [update(7)])
    await database.transact(inbox.recover, [claims[0].seq])
    old, new = claims
    assert await database.transact(inbox.finish, old) is False
    assert await database.transact(inbox.fail, old, "ValueError") is None
    assert ids(claims) == [7, 7], "the failure of the old attempt begins no third one"
    assert await database.transact(inbox.finish, new) is True


async def test_a_kill_counts_as_an_attempt(
    database_url: str, wall: MovableWall, cipher: Cipher
) -> None:
    """Four processes in a row take the same update and die with it; the fourth parks it."""
    seen: list[int] = []
    parked: list[Parked] = []
    for process in range(4):
        database = await open_database(database_url, wall=wall, cipher=cipher)
        database.on_commit(
            lambda item: seen.append(item.attempts) if isinstance(item, Claim) else None
        )
        if process == 0:
            await database.transact(inbox.store, [update(7), update(8)])
        else:
            parked = await database.transact(inbox.recover, await database.read(inbox.in_work))
        if process == 3:
            assert await database.read(states) == [(7, "parked", 3), (8, "working", 1)]
        await database.close()
    assert seen == [1, 2, 3, 1], "three attempts, then the next update"
    assert [each.fault for each in parked] == ["process ended"]


async def test_what_is_in_good_hands_is_left_alone(database: Database, claims: list[Claim]) -> None:
    await database.transact(inbox.store, [update(7)])
    assert await database.transact(inbox.recover, []) == []
    assert ids(claims) == [7]


async def test_an_update_nobody_can_read_stops_nobody(
    database: Database, claims: list[Claim]
) -> None:
    """Its key was thrown away, or the disk has changed a bit."""
    await database.transact(inbox.store, [update(7), update(8), update(9)])

    def spoil(tx: Tx) -> None:
        tx.run("UPDATE inbox SET raw = :raw WHERE update_id = 8", raw=b"spoilt")

    await database.transact(spoil)
    await database.transact(inbox.finish, claims[0])
    assert ids(claims) == [7, 9]
    assert await database.read(states) == [(7, "done", 1), (8, "parked", 0), (9, "working", 1)]


async def test_many_at_once_leave_no_chat_stuck(database: Database, claims: list[Claim]) -> None:
    """Arrivals and ends of work race: whoever is last claims the next."""
    done = asyncio.Event()

    def work_on(item: object) -> None:
        if isinstance(item, Claim):
            working.append(asyncio.ensure_future(database.transact(inbox.finish, item)))
            if len(claims) == 60:
                done.set()

    working: list[asyncio.Future[bool]] = []
    database.on_commit(work_on)
    await asyncio.gather(*(database.transact(inbox.store, [update(n, n % 3)]) for n in range(60)))
    async with asyncio.timeout(10):
        await done.wait()
        assert all(await asyncio.gather(*working))
    assert await database.read(inbox.unfinished) == 0
    assert sorted(ids(claims)) == list(range(60))


async def test_old_rows_are_deleted(
    database: Database, claims: list[Claim], wall: MovableWall
) -> None:
    await database.transact(inbox.store, [update(7), update(8, ANNA), update(9, 3)])
    await database.transact(inbox.finish, claims[0])
    for attempt in range(3):
        await database.transact(inbox.fail, claims[1 if attempt == 0 else -1], "ValueError")
    wall.move_to(START + 100)
    prune = inbox.prune
    assert await database.transact(prune, done_before=START, parked_before=START) == 0
    assert await database.transact(prune, done_before=START + 1, parked_before=START) == 1
    assert await database.transact(prune, done_before=START + 1, parked_before=START + 1) == 1
    assert await database.read(inbox.unfinished) == 1
