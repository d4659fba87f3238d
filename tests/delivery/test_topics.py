"""One topic for each request in a group that has topics."""

import logging
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.storage import chats, threads
from bot.storage.outbox import Mode
from simulator import Group
from tests.delivery.station import Station, Unpaced, station
from tests.storage.outgoing import draft, faults


async def bound_group(place: Station, *, admin: bool = True) -> Group:
    """The coordinators' group, with topics; *admin*: the bot may make some."""
    group = place.server.group("Koordination", topics=True)
    await group.add_bot(by=(await place.phone("Krause")).account, admin=admin)
    await place.db.transact(_bind, group.chat_id)
    return group


def _bind(tx: Any, chat_id: int) -> None:
    chats.keep(tx, chat_id)
    chats.bind_office_group(tx, chat_id, "en", has_topics=True)


def shown(group: Group) -> list[tuple[str | None, str]]:
    """Name of the topic (None: General) and text of what the bot has said."""
    names = {topic_id: topic.name for topic_id, topic in group.topics.items()}
    return [
        (names[seen.thread_id] if seen.thread_id else None, seen.text)
        for seen in group.messages
        if seen.from_bot and seen.kind == "text"
    ]


async def test_each_thread_has_a_topic_of_its_own(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        group = await bound_group(place)
        await place.append(
            draft(group.chat_id, "card 1", card="1", thread="H-1001"),
            draft(group.chat_id, "card 2", card="2", thread="H-1002"),
            draft(group.chat_id, "alert 1", thread="H-1001"),
            draft(group.chat_id, "digest"),
        )
        await place.settle()
        await place.append(draft(group.chat_id, "card 1, changed", card="1", thread="H-1001"))
        await place.settle()
        assert shown(group) == [
            ("H-1001", "card 1, changed"),
            ("H-1002", "card 2"),
            ("H-1001", "alert 1"),
            (None, "digest"),
        ]
        assert len(group.topics) == 2
        await place.say("Sara", "hello", thread="H-1001")  # in a private chat it means nothing
        await place.settle()
        assert await place.heard("Sara") == ["hello"]


async def test_a_topic_that_was_deleted_is_made_anew(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        group = await bound_group(place)
        await place.append(draft(group.chat_id, "card", card="1", thread="H-1001"))
        await place.settle()
        await group.delete_topic(*group.topics)
        await place.append(
            draft(group.chat_id, "changed", card="1", thread="H-1001"),
            draft(group.chat_id, "in its place", card="1", thread="H-1001", mode=Mode.EDIT),
        )
        await place.settle()
        assert shown(group) == [("H-1001", "in its place")]
        assert set(await place.db.read(faults)) == {None}


@pytest.mark.parametrize("why", ["no right", "no topics", "closed"])
async def test_where_no_topic_can_be_made_all_goes_to_general(
    database_url: str, wall: MovableWall, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with station(database_url, wall) as place:
        group = await bound_group(place, admin=why == "closed")
        if why == "no topics":
            group.chat.is_forum = False
        if why == "closed":
            await place.append(draft(group.chat_id, "1", thread="H-1001"))
            await place.settle()
            account = (await place.phone("Krause")).account
            await group.close_topic(account, *group.topics)
            await group.demote_bot(account)
        for number in ("1", "2", "3"):
            await place.append(draft(group.chat_id, number, thread=f"H-100{number}"))
        await place.settle()
        assert shown(group)[-3:] == [(None, "1"), (None, "2"), (None, "3")]
        assert caplog.text.count("gets no more topics") == 1
        assert len(place.server.journal.calls("createForumTopic")) == (2 if why == "closed" else 1)
        assert await place.db.read(chats.is_reachable, group.chat_id)


async def test_making_topics_keeps_to_the_pace(sqlite_url: str, wall: MovableWall) -> None:
    async with station(sqlite_url, wall) as place:
        group = await bound_group(place)
        requests = [f"H-{1000 + number}" for number in range(15)]
        await place.append(*(draft(group.chat_id, each, thread=each) for each in requests))
        await place.settle()
        assert shown(group) == [(each, each) for each in requests]
        answers = [entry.answer for entry in place.server.journal.entries]
        assert not [each for each in answers if each and each.get("error_code") == 429]


@pytest.mark.parametrize("kind", ["429", "500", "reset_before", "executed_then_dropped"])
async def test_a_topic_waits_as_a_message_does(
    sqlite_url: str, wall: MovableWall, kind: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with station(sqlite_url, wall, pacer=Unpaced()) as place:
        group = await bound_group(place)
        fault = place.server.fail(kind, method="createForumTopic")
        await place.append(draft(group.chat_id, "card", thread="H-1001"))
        await place.settle()
        assert fault.hits == 1
        assert shown(group) == [("H-1001", "card")]
        # Made, but we never heard of it: it stays empty, and the next one is used.
        assert len(group.topics) == (2 if kind == "executed_then_dropped" else 1)


async def test_in_a_group_bound_without_topics_there_are_none(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        group = await bound_group(place)
        await place.db.transact(chats.bind_office_group, group.chat_id, "en")
        await place.append(draft(group.chat_id, "card", thread="H-1001"))
        await place.settle()
        assert shown(group) == [(None, "card")]
        await place.db.transact(threads.keep, group.chat_id, "H-1001", 7)
        place_of = await place.db.read(threads.place_of, group.chat_id, "H-1001")
        assert place_of == threads.Place(has_topics=False, topic_id=None)
