"""Two processes on one PostgreSQL: each row belongs to one of them at a time."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from bot.clock import MovableWall
from bot.storage import inbox, outbox, sending
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.inbox import Incoming
from tests.storage.outgoing import claim, draft, new_chat, states

SARA = 200


@pytest_asyncio.fixture
async def workers(
    postgres_url: str, wall: MovableWall, cipher: Cipher
) -> AsyncIterator[tuple[Database, Database]]:
    first = await open_database(postgres_url, wall=wall, cipher=cipher)
    second = await open_database(postgres_url, wall=wall, cipher=cipher)
    await first.transact(new_chat, SARA)
    yield first, second
    await first.close()
    await second.close()


async def test_two_senders_never_claim_the_same(workers: tuple[Database, Database]) -> None:
    first, second = workers
    await first.transact(outbox.append, draft(SARA, "a"))
    [out] = await claim(first)
    assert await claim(second) == []
    # Another one's claim is not ours to give back or to settle.
    await second.transact(sending.give_back, [out])
    await second.transact(sending.settle_failed, out, "not mine")
    assert await first.read(states) == ["sending"]
    await second.transact(sending.take_back, [out.id])
    [again] = await claim(second)
    await first.transact(sending.settle_sent, out, 7)  # late: the other one is at it
    assert await first.read(states) == ["sending"]
    await second.transact(sending.settle_sent, again, 8)
    assert await first.read(states) == ["sent"]


async def test_only_the_dead_are_inherited(
    workers: tuple[Database, Database], postgres_url: str, wall: MovableWall, cipher: Cipher
) -> None:
    first, second = workers
    found: list[tuple[str, Any]] = []
    for name, worker in (("first", first), ("second", second)):
        worker.on_commit(lambda item, name=name: found.append((name, item)))
    await first.transact(inbox.store, [Incoming(7, SARA, {"update_id": 7})])
    assert await second.transact(inbox.recover, []) == []
    assert [name for name, _ in found] == ["first"]
    await first.close()
    await second.transact(inbox.recover, [])
    assert [(name, claim.attempts) for name, claim in found] == [("first", 1), ("second", 2)]
    assert await second.transact(inbox.finish, found[1][1]) is True
