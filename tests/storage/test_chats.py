"""Chats: reached or not, paused, moved, forgotten."""

from bot.clock import MovableWall
from bot.storage import calls, chats, conversations, outbox, people
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.databases import START
from tests.storage.outgoing import draft

SARA, OLD, NEW = 200, -5, -1005


async def test_a_chat_is_kept_once_and_never_spoilt(database: Database) -> None:
    await database.transact(chats.keep, SARA)
    await database.transact(chats.set_language, SARA, "ar")
    assert await database.transact(chats.set_reachable, SARA, False)
    assert not await database.transact(chats.set_reachable, SARA, False)
    await database.transact(chats.keep, SARA)
    assert not await database.read(chats.is_reachable, SARA)
    assert await database.transact(chats.seen, SARA) == chats.Chat(SARA, "ar", reachable=True)
    assert await database.read(chats.language_of, SARA) == "ar"


async def test_a_group_that_moves_takes_everything_along(database: Database) -> None:
    await database.transact(chats.keep, OLD)
    await database.transact(chats.bind_office_group, OLD, "de")
    assert await database.transact(chats.migrate, OLD, NEW)
    assert await database.read(chats.office_group) == NEW
    assert await database.read(chats.language_of, NEW) == "de"
    assert not await database.read(chats.is_reachable, OLD)
    assert not await database.transact(chats.migrate, OLD, NEW), "told twice, by two ways"
    assert await database.read(chats.office_group) == NEW
    assert not await database.transact(chats.migrate, -77, -78)


def stranger(tx: Tx, chat_id: int) -> None:
    """Somebody who looked around: everything there can be about them."""
    chats.keep(tx, chat_id)
    outbox.append(tx, draft(chat_id, "hello", card="c"))


async def test_strangers_are_forgotten_and_nobody_else(
    database: Database, wall: MovableWall
) -> None:
    asked, agreed, new = 301, 302, 303
    for chat_id in (SARA, asked, agreed):
        await database.transact(stranger, chat_id)
    call = await database.transact(calls.add, chat_id=asked, phone="+491511", language="en")
    await database.transact(people.agree, agreed)
    await database.transact(chats.keep, OLD)
    wall.move_to(START + 100)
    await database.transact(stranger, new)
    assert await database.transact(chats.forget_strangers, START + 100) == 1
    left = await database.read(_chats)
    assert left == [OLD, asked, agreed, new]
    assert await database.read(outbox.unsent) == 3
    coordinator = await database.transact(people.add, chat_id=None, name="Krause")
    await database.transact(calls.claim, call.id, coordinator)
    assert await database.transact(calls.done, call.id, coordinator)
    assert await database.transact(chats.forget_strangers, START + 100) == 1
    assert await database.read(_chats) == [OLD, agreed, new]


def _chats(tx: Tx) -> list[int]:
    return [int(row["chat_id"]) for row in tx.all("SELECT chat_id FROM chats ORDER BY chat_id")]


async def test_a_number_of_a_conversation_is_never_given_twice(database: Database) -> None:
    await database.transact(chats.keep, SARA)
    assert await database.transact(conversations.next_number, SARA) == 1
    assert await database.read(conversations.load, SARA) is None
