"""Claiming, settling, giving back: at most one in flight per chat, nothing lost, nothing stuck."""

import pytest_asyncio

from bot.clock import MovableWall
from bot.storage import chats, outbox, sending
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.outbox import Draft
from bot.storage.tx import Tx
from tests.databases import START
from tests.storage.outgoing import (
    always,
    claim,
    draft,
    faults,
    new_chat,
    send_all,
    states,
    words,
)

ANNA, SARA = 100, 200


@pytest_asyncio.fixture(autouse=True)
async def people(database: Database) -> None:
    for chat_id in (ANNA, SARA):
        await database.transact(new_chat, chat_id)


async def add(database: Database, *drafts: Draft) -> None:
    for each in drafts:
        await database.transact(outbox.append, each)


async def test_one_head_per_chat(database: Database) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"), draft(ANNA, "c"))
    batch = await database.transact(sending.claim, 10, always)
    assert [words(out) for out in batch.claimed] == ["a", "c"]
    assert (batch.more, batch.dropped) == (False, [])


async def test_a_full_batch_says_that_there_may_be_more(database: Database) -> None:
    await add(database, draft(SARA, "a"), draft(ANNA, "c"))
    batch = await database.transact(sending.claim, 1, always)
    assert (len(batch.claimed), batch.more) == (1, True)


async def test_a_batch_of_nothing_but_stale_rows_is_full_too(
    database: Database, wall: MovableWall
) -> None:
    """Or what stands behind them would wait for the next message to anybody."""
    await add(database, draft(SARA, "stale", valid_until=START + 5), draft(ANNA, "good"))
    wall.move_to(START + 5)
    batch = await database.transact(sending.claim, 1, always)
    assert (batch.claimed, [row.reason for row in batch.dropped]) == ([], ["too late"])
    assert batch.more


async def test_guards_are_asked_when_it_is_sent(database: Database) -> None:
    asked: list[str] = []

    def holds(_: Tx, guard: str) -> bool:
        asked.append(guard)
        return guard == "still"

    await add(database, draft(SARA, "a", guard="not any more"), draft(SARA, "b", guard="still"))
    first = await database.transact(sending.claim, 10, holds)
    assert [(row.reason, row.broken) for row in first.dropped] == [("no longer true", False)]
    second = await database.transact(sending.claim, 10, holds)
    assert [words(out) for out in second.claimed] == ["b"]
    assert asked == ["not any more", "still"]


async def test_what_nobody_can_read_stops_nobody(database: Database) -> None:
    def unknown(_: Tx, guard: str) -> bool:
        raise ValueError(guard)

    await add(database, draft(SARA, "a"), draft(SARA, "b", guard="?"), draft(SARA, "c"))
    await database.transact(
        lambda tx: tx.run("UPDATE outbox SET content = :c WHERE state = 'ready'", c=b"?")
    )
    first = await database.transact(sending.claim, 10, unknown)
    second = await database.transact(sending.claim, 10, unknown)
    assert [row.reason for row in first.dropped + second.dropped] == ["SealBroken", "ValueError"]
    assert all(row.broken for row in first.dropped + second.dropped)
    assert await send_all(database) == ["c"]
    assert await database.read(faults) == ["SealBroken", "ValueError", None]


async def test_what_was_said_is_forgotten(database: Database) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b", valid_until=START), draft(ANNA, "c"))
    [a, c] = await claim(database)
    await database.transact(sending.settle_sent, a, 7)
    await database.transact(sending.settle_failed, c, "too-long")
    await claim(database)
    assert await database.read(states) == ["sent", "dropped", "failed"]
    kept = await database.read(
        lambda tx: tx.all("SELECT 1 AS n FROM outbox WHERE content IS NOT NULL")
    )
    assert kept == []


async def test_given_back_it_is_the_head_again(database: Database) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"))
    [out] = await claim(database)
    await database.transact(sending.give_back, [out])
    assert await send_all(database) == ["a", "b"]


async def test_it_can_be_given_back_late(database: Database) -> None:
    """What was settled meanwhile stays settled."""
    await add(database, draft(SARA, "a"))
    [out] = await claim(database)
    await database.transact(sending.settle_sent, out, 7)
    await database.transact(sending.give_back, [out])
    await database.transact(sending.take_back, [out.id])
    await database.transact(sending.settle_failed, out, "late")
    assert await database.read(states) == ["sent"]


async def test_claims_of_a_sender_that_is_gone_are_sent_again(
    database: Database, database_url: str, wall: MovableWall, cipher: Cipher
) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"))
    await claim(database)
    await database.close()
    again = await open_database(database_url, wall=wall, cipher=cipher)
    await again.transact(sending.take_back, await again.read(sending.in_flight))
    assert await send_all(again) == ["a", "b"]
    await again.close()


async def test_a_pause_holds_until_its_end(database: Database, wall: MovableWall) -> None:
    await database.transact(lambda tx: chats.pause(tx, SARA, tx.now + 30))
    await database.transact(lambda tx: chats.pause(tx, SARA, tx.now + 10))  # never shortened
    await add(database, draft(SARA, "a"))
    wall.move_to(START + 29)
    assert (await database.transact(sending.claim, 10, always)).resumes_in == 1
    wall.move_to(START + 30)
    assert await send_all(database) == ["a"]
    assert await database.read(chats.paused) == []


async def test_prune_takes_only_what_is_settled(database: Database, wall: MovableWall) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"))
    [out] = await claim(database)
    await database.transact(sending.settle_sent, out, 7)
    wall.move_to(START + 10)
    assert await database.transact(outbox.prune, START) == 0
    assert await database.transact(outbox.prune, START + 1) == 1
    assert await database.read(outbox.unsent) == 1


async def test_both_copies_of_a_card_that_may_stand_there_twice_show_it(
    database: Database,
) -> None:
    """Nobody knows whether it arrived before its sender died; what is sent then shows one alone."""
    shows = outbox.shows
    await add(database, draft(SARA, "question", card="screen"))
    assert not await database.read(shows, SARA, "screen", 7)  # not sent so far
    (out,) = (await database.transact(sending.claim, 1, always)).claimed
    await database.transact(sending.take_back, [out.id])
    assert await database.read(shows, SARA, "screen", 7)  # tapped before we know that it arrived
    assert not await database.read(shows, SARA, "menu", 7)
    (out,) = (await database.transact(sending.claim, 1, always)).claimed
    assert await database.read(shows, SARA, "screen", 7)
    await database.transact(sending.settle_sent, out, 8)
    assert await database.read(shows, SARA, "screen", 8)
    assert await database.read(shows, SARA, "screen", 7)
    assert not await database.read(shows, SARA, "screen", 9)
    await add(database, draft(SARA, "next", card="screen"))
    (out,) = (await database.transact(sending.claim, 1, always)).claimed
    await database.transact(sending.settle_sent, out, 8)
    assert not await database.read(shows, SARA, "screen", 7)


async def test_what_is_on_its_way_is_renamed_too(database: Database) -> None:
    """Somebody taps a message before we know that it arrived, and it is to stay as it is."""
    await add(database, draft(SARA, "question", card="screen"))
    (out,) = (await database.transact(sending.claim, 1, always)).claimed
    await database.transact(outbox.rename_card, SARA, "screen", "kept")
    await add(database, draft(SARA, "answer", card="kept"))
    await database.transact(sending.settle_sent, out, 7)
    (out,) = (await database.transact(sending.claim, 1, always)).claimed
    assert out.edits == 7
