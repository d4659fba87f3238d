"""Forum topics: made, written to, closed and deleted, by the bot and by people."""

from typing import Any

import aiogram
import pytest
import telegram

from simulator import Account, BotApiServer, Group, NotPossible
from tests.simulator.conftest import Api


@pytest.fixture
async def forum(server: BotApiServer, sara: Account, omid: Account) -> Group:
    group = server.group("Koordination", topics=True)
    await group.add_bot(by=sara, admin=True)
    await group.join(omid)
    server.updates.clear()
    return group


async def test_a_topic_from_start_to_end(bot: telegram.Bot, forum: Group, api: Api) -> None:
    topic = await bot.create_forum_topic(forum.chat_id, "Arabisch")
    thread: dict[str, Any] = {
        "chat_id": forum.chat_id,
        "message_thread_id": topic.message_thread_id,
    }
    assert isinstance(topic, telegram.ForumTopic)
    sent = await bot.send_message(forum.chat_id, "Hallo", message_thread_id=topic.message_thread_id)
    assert (sent.is_topic_message, sent.message_thread_id) == (True, topic.message_thread_id)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    assert await bot.edit_forum_topic(**thread, name="Arabisch (2)")
    assert forum.topics[topic.message_thread_id].name == "Arabisch (2)"
    unchanged = await api("editForumTopic", **thread, name="Arabisch (2)")
    assert unchanged.error == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    answer = await bot.send_message(forum.chat_id, "Und?", reply_to_message_id=sent.message_id)
    assert answer.message_thread_id == topic.message_thread_id
    assert await bot.close_forum_topic(**thread)
    closed = await api("closeForumTopic", **thread)
    assert closed.error == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert await bot.reopen_forum_topic(**thread)
    assert await bot.delete_forum_topic(**thread)
    assert "Hallo" not in [seen.text for seen in forum.messages]
    gone = await api("sendMessage", **thread, text="Hallo")
    assert gone.error == (400, "Bad Request: message thread not found")
    for method in ("editForumTopic", "closeForumTopic", "deleteForumTopic"):
        assert (await api(method, **thread)).error == (400, "Bad Request: TOPIC_ID_INVALID")


async def test_aiogram_creates_topics(aio: aiogram.Bot, forum: Group) -> None:
    topic = await aio.create_forum_topic(forum.chat_id, "Ukrainisch", icon_color=0xFFD67E)
    assert (topic.name, topic.icon_color) == ("Ukrainisch", 0xFFD67E)


async def test_people_write_in_topics(api: Api, forum: Group, omid: Account) -> None:
    thread = await forum.create_topic(omid, "Farsi")
    said = await forum.says(omid, "in the topic", topic=thread)
    await forum.says(omid, "an answer", reply_to=said)
    await forum.says(omid, "general")
    created, first, answer, general = [
        update["message"] for update in (await api("getUpdates")).result
    ]
    assert created["forum_topic_created"]["name"] == "Farsi"
    assert (first["message_thread_id"], first["reply_to_message"]["message_id"]) == (thread, thread)
    assert (answer["message_thread_id"], answer["reply_to_message"]["text"]) == (
        thread,
        "in the topic",
    )
    assert "message_thread_id" not in general
    await forum.close_topic(omid, thread)
    await forum.delete_topic(thread)
    with pytest.raises(NotPossible, match="no topic"):
        await forum.says(omid, "too late", topic=thread)


async def test_rights(api: Api, forum: Group, sara: Account, omid: Account) -> None:
    thread = await forum.create_topic(omid, "Farsi")
    await forum.close_topic(omid, thread)
    await forum.promote_bot(by=sara, rights=[])
    where: dict[str, Any] = {"chat_id": forum.chat_id, "message_thread_id": thread}
    assert (await api("sendMessage", **where, text="x")).error == (400, "Bad Request: TOPIC_CLOSED")
    answer = await api("createForumTopic", chat_id=forum.chat_id, name="x")
    assert answer.error == (400, "Bad Request: not enough rights to create a topic")
    answer = await api("deleteForumTopic", **where)
    assert answer.error == (400, "Bad Request: not enough rights to delete the topic")


async def test_no_topics_elsewhere(
    api: Api, server: BotApiServer, forum: Group, sara: Account
) -> None:
    plain = server.group("Team", supergroup=True)
    await plain.add_bot(by=sara, admin=True)
    answer = await api("createForumTopic", chat_id=plain.chat_id, name="x")
    assert answer.error == (400, "Bad Request: the chat is not a forum")
    answer = await api("sendMessage", chat_id=plain.chat_id, message_thread_id=5, text="x")
    assert answer.error == (400, "Bad Request: message thread not found")
    with pytest.raises(NotPossible, match="no topics"):
        await plain.create_topic(sara, "x")
    for name, text in (("", "TOPIC_TITLE_EMPTY"), ("x" * 129, "TOPIC_TITLE_INVALID")):
        answer = await api("createForumTopic", chat_id=forum.chat_id, name=name)
        assert answer.error == (400, f"Bad Request: {text}")


async def test_a_group_turns_into_a_forum(api: Api, server: BotApiServer, sara: Account) -> None:
    group = server.group("Koordination")
    await group.add_bot(by=sara, admin=True)
    await group.migrate(topics=True)
    assert (await api("getChat", chat_id=group.chat_id)).result["is_forum"] is True
    assert (await api("createForumTopic", chat_id=group.chat_id, name="Arabisch")).body["ok"]
