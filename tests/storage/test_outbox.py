"""What is appended, and in which order and form it is to go out."""

from typing import Any

import pytest
import pytest_asyncio

from bot.storage import chats, outbox, sending
from bot.storage.database import Database
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.sqlite import SqliteDatabase
from bot.storage.tx import Tx
from tests.storage.outgoing import (
    Hands,
    always,
    claim,
    draft,
    faults,
    new_chat,
    send_all,
    states,
    words,
)

ANNA, SARA, GROUP, NEW_GROUP = 100, 200, -5, -1005


@pytest_asyncio.fixture
async def hands(database: Database) -> Hands:
    """A sender that takes rows in memory, and the chats."""
    for chat_id in (ANNA, SARA, GROUP):
        await database.transact(new_chat, chat_id)
    hands = Hands()
    database.on_commit(hands.take)
    database.sender_ready = True
    await database.leadership.acquired()
    return hands


@pytest.fixture
def waiting(database: Database, hands: Hands) -> Hands:
    """The same, but the sender takes nothing in memory: every row waits in the database."""
    database.sender_ready = False
    return hands


async def add(database: Database, *drafts: Draft) -> None:
    for each in drafts:
        await database.transact(outbox.append, each)


async def test_a_live_answer_is_born_claimed(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "a"))
    assert [(words(out), out.language, out.edits) for out in hands.outgoing] == [("a", "en", None)]
    assert await claim(database) == []


async def test_the_second_waits_for_the_first(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"), draft(ANNA, "c"))
    assert [words(out) for out in hands.outgoing] == ["a", "c"]
    assert await claim(database) == []
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    assert [words(out) for out in await claim(database)] == ["b"]


@pytest.mark.parametrize("lane", [Lane.REMINDER, Lane.OFFER, Lane.ANNOUNCEMENT])
async def test_what_is_not_live_waits_in_the_database(
    database: Database, hands: Hands, lane: Lane
) -> None:
    await add(database, draft(SARA, "a", lane=lane))
    assert hands.outgoing == []
    assert hands.wakes == 1
    assert await send_all(database) == ["a"]


async def test_a_chat_that_asked_us_to_wait_waits(database: Database, hands: Hands) -> None:
    await database.transact(lambda tx: chats.pause(tx, SARA, tx.now + 30))
    await add(database, draft(SARA, "a"))
    batch = await database.transact(sending.claim, 10, always)
    assert (hands.outgoing, batch.claimed, batch.resumes_in) == ([], [], 30)
    assert await database.read(chats.paused) == [(SARA, 30)]


async def test_urgent_chats_go_first(database: Database, waiting: Hands) -> None:
    lanes = [Lane.ANNOUNCEMENT, Lane.OFFER, Lane.REMINDER, Lane.LIVE]
    for chat_id, lane in enumerate(lanes, start=1000):
        await database.transact(new_chat, chat_id)
        await add(database, draft(chat_id, lane.name, lane=lane))
    assert await send_all(database) == ["LIVE", "REMINDER", "OFFER", "ANNOUNCEMENT"]


async def test_an_urgent_message_lifts_all_that_stands_before_it(
    database: Database, waiting: Hands
) -> None:
    """Also what is not the head: promoted, it would wait for its own lane."""
    await add(database, draft(ANNA, "news", lane=Lane.ANNOUNCEMENT))
    await add(database, draft(SARA, "a"))
    await add(database, draft(SARA, "old", lane=Lane.ANNOUNCEMENT))
    await add(database, draft(SARA, "reminder", lane=Lane.REMINDER))
    await add(database, draft(SARA, "b"))
    assert await send_all(database) == ["a", "old", "reminder", "b", "news"]


async def test_nothing_is_said_to_chats_we_cannot_reach(database: Database, waiting: Hands) -> None:
    await add(database, draft(SARA, "before"))
    await database.transact(chats.set_reachable, SARA, False)
    await add(database, draft(SARA, "after"), draft(999, "to nobody"))
    assert await database.read(states) == ["ready"]
    batch = await database.transact(sending.claim, 10, always)
    assert [(each.chat_id, each.reason) for each in batch.dropped] == [(SARA, "unreachable")]


async def test_nothing_waits_any_more_after_drop_all(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "a"), draft(SARA, "b"), draft(ANNA, "c"))
    await database.transact(outbox.drop_all, SARA, "unreachable")
    assert await database.read(states) == ["failed", "failed", "sending"]
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    assert await database.read(states) == ["failed", "failed", "sending"]
    assert await database.read(outbox.unsent) == 1


# --- cards -----------------------------------------------------------------------------------


async def test_a_card_is_edited_once_it_was_shown(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "one", card="c"))
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    await add(database, draft(SARA, "two", card="c"), draft(SARA, "other", card="d"))
    assert hands.outgoing[1].edits == 7
    assert await database.read(outbox.shown, SARA, "c") == 7
    assert await database.read(outbox.shown, SARA, "d") is None


async def test_the_newest_version_replaces_those_nobody_has_seen(
    database: Database, waiting: Hands
) -> None:
    await add(database, draft(SARA, "1", card="c"), draft(SARA, "x"), draft(SARA, "2", card="c"))
    await add(database, draft(ANNA, "3", card="c"), draft(SARA, "4", card="c"))
    assert await database.read(states) == ["dropped", "ready", "dropped", "ready", "queued"]
    assert await send_all(database) == ["x", "3", "4"]


async def test_a_version_in_flight_is_followed_by_an_edit(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "one", card="c"), draft(SARA, "two", card="c"))
    assert await database.read(states) == ["sending", "queued"]
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    [out] = await claim(database)
    assert (words(out), out.edits) == ("two", 7)


async def test_fresh_goes_to_the_bottom(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "one", card="c"))
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    await add(database, draft(SARA, "two", card="c", mode=Mode.FRESH))
    assert hands.outgoing[1].edits is None
    await database.transact(sending.settle_sent, hands.outgoing[1], 8)
    assert await database.read(outbox.shown, SARA, "c") == 8


async def test_what_replaces_a_fresh_version_is_fresh_too(database: Database, hands: Hands) -> None:
    """It was to stand below what has been said since; it must not vanish up the chat."""
    await add(database, draft(SARA, "one", card="c"))
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    database.sender_ready = False
    await add(database, draft(SARA, "two", card="c", mode=Mode.FRESH), draft(SARA, "3", card="c"))
    [out] = await claim(database)
    assert (words(out), out.edits) == ("3", None)


async def test_an_edit_of_what_nobody_saw_is_not_said(database: Database, waiting: Hands) -> None:
    await add(database, draft(SARA, "nothing to see", card="c", mode=Mode.EDIT))
    await add(database, draft(SARA, "an offer", card="d"))
    await add(database, draft(SARA, "it is taken", card="d", mode=Mode.EDIT))
    assert await send_all(database) == []
    assert await database.read(outbox.unsent) == 0


async def test_an_edit_behind_a_version_that_never_arrived_is_not_said(
    database: Database, hands: Hands
) -> None:
    await add(database, draft(SARA, "an offer", card="d"))
    await add(database, draft(SARA, "it is taken", card="d", mode=Mode.EDIT))
    await database.transact(sending.settle_failed, hands.outgoing[0], "too-long")
    assert await send_all(database) == []
    assert await database.read(faults) == ["too-long", "never shown"]


async def test_a_card_whose_message_is_gone_is_forgotten(database: Database, hands: Hands) -> None:
    await add(database, draft(SARA, "one", card="c"))
    await database.transact(sending.settle_sent, hands.outgoing[0], 7)
    await add(database, draft(SARA, "two", card="c", mode=Mode.EDIT))
    await database.transact(sending.settle_gone, hands.outgoing[1])
    assert await database.read(outbox.shown, SARA, "c") is None
    assert await database.read(states) == ["sent", "dropped"]


# --- groups that move ------------------------------------------------------------------------


async def test_what_waits_for_a_group_follows_it(database: Database, hands: Hands) -> None:
    await database.transact(new_chat, NEW_GROUP)
    await add(database, draft(GROUP, "in flight"), draft(GROUP, "waits"), draft(ANNA, "c"))
    await database.transact(outbox.move, GROUP, NEW_GROUP)
    sent: list[tuple[int, str]] = []
    while claimed := await claim(database, 1):
        sent.append((claimed[0].chat_id, words(claimed[0])))
        await database.transact(sending.settle_sent, claimed[0], 7)
    assert sent == [(NEW_GROUP, "in flight"), (NEW_GROUP, "waits")]


async def test_a_group_that_moves_finds_what_waits_for_the_new_one(
    database: Database, waiting: Hands
) -> None:
    await add(database, draft(GROUP, "first"))
    await database.transact(new_chat, NEW_GROUP)
    await add(database, draft(NEW_GROUP, "second"), draft(NEW_GROUP, "third"))
    await database.transact(outbox.move, GROUP, NEW_GROUP)
    await database.transact(outbox.move, GROUP, NEW_GROUP)
    assert sorted(await send_all(database)) == ["first", "second", "third"]


# --- what it costs ---------------------------------------------------------------------------


async def test_no_statement_of_a_turn_or_of_the_sender_reads_the_whole_table(
    database: Database, waiting: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two days of sent messages stay in it. PostgreSQL plans by size, so SQLite answers."""
    if not isinstance(database, SqliteDatabase):
        return
    await add(database, draft(SARA, "1", card="c"), draft(SARA, "2"))
    plans: list[str] = []

    def explaining(tx: Tx, name: str) -> None:
        real = getattr(type(tx), name)

        def explained(self: Any, sql: str, /, **values: object) -> object:
            if "outbox" in sql and not sql.startswith("INSERT"):
                found = self._db.execute(f"EXPLAIN QUERY PLAN {sql}", values)
                plans.extend(f"{row['detail']}  <-  {sql}" for row in found.fetchall())
            return real(self, sql, **values)

        monkeypatch.setattr(type(tx), name, explained)

    def watch(tx: Tx) -> None:
        for name in ("one", "all", "run"):
            explaining(tx, name)

    await database.transact(watch)
    await add(database, draft(SARA, "3", card="c"), draft(SARA, "4", card="c", mode=Mode.EDIT))
    await add(database, draft(SARA, "5", lane=Lane.LIVE, card="d"))
    [out] = await claim(database, 1)
    await database.transact(sending.give_back, [out])
    await database.transact(sending.in_flight)
    await database.transact(sending.take_back, [1])
    await send_all(database)
    await database.transact(outbox.drop_all, SARA, "unreachable")
    await database.transact(outbox.move, GROUP, SARA)
    await database.transact(outbox.unsent)
    await database.transact(outbox.prune, 0)
    assert len(plans) > 20
    scans = [
        plan for plan in plans if plan.startswith("SCAN") and "USING" not in plan.partition("<-")[0]
    ]
    assert [plan for plan in scans if not plan.startswith("SCAN CONSTANT")] == []
