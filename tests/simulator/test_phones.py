"""What people send reaches the bot as the update a real phone would cause."""

from typing import Any

import pytest
import telegram

from simulator import Account, BotApiServer, NotPossible, Phone
from tests.simulator.conftest import Api, Clock


async def test_everything_a_person_can_send(bot: telegram.Bot, phone: Phone, omid: Account) -> None:
    await phone.sends_voice(b"OggS", duration=7)
    await phone.sends_photo(caption="my letter /help")
    await phone.sends_document(b"%PDF", name="brief.pdf")
    await phone.sends_location(51.89, 10.78)
    await phone.sends_contact()
    await phone.sends_contact("+4915199", first_name="Ali")
    await phone.sends_sticker("❤")
    await phone.forwards("from elsewhere", omid)
    messages = [update.message for update in await bot.get_updates()]
    kinds = [telegram.helpers.effective_message_type(one) for one in messages if one]
    assert kinds == [
        "voice",
        "photo",
        "document",
        "location",
        "contact",
        "contact",
        "sticker",
        "text",
    ]
    _, photo, document, location, own, other, _, forwarded = messages
    assert photo is not None
    assert document is not None
    assert location is not None
    assert own is not None
    assert other is not None
    assert forwarded is not None
    assert photo.parse_caption_entities() == {photo.caption_entities[0]: "/help"}
    assert document.document is not None
    assert document.document.file_name == "brief.pdf"
    assert location.location == telegram.Location(10.78, 51.89)
    assert own.contact is not None
    assert other.contact is not None
    assert (own.contact.user_id, other.contact.user_id) == (phone.chat.id, None)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.full_name == "Omid Karimi"


async def test_an_album_is_one_update_each(api: Api, phone: Phone) -> None:
    await phone.sends_album([b"1", b"2", b"3"], caption="my flat")
    messages = [update["message"] for update in (await api("getUpdates")).result]
    assert len({one["media_group_id"] for one in messages}) == 1
    assert [one.get("caption") for one in messages] == ["my flat", None, None]


async def test_editing_an_own_message(api: Api, phone: Phone, clock: Clock) -> None:
    said = await phone.says("tomorow")
    clock.time += 30
    await phone.edits(said, "tomorrow")
    _, update = (await api("getUpdates")).result
    edited = update["edited_message"]
    assert (edited["text"], edited["edit_date"] - edited["date"]) == ("tomorrow", 30)
    assert (phone.last.text, phone.last.edited) == ("tomorrow", True)
    picture = await phone.sends_photo()
    await phone.edits(picture, "a caption")
    sent = await api("sendMessage", chat_id=phone.chat.id, text="Hallo")
    with pytest.raises(NotPossible, match="own messages"):
        await phone.edits(sent.result["message_id"], "mine now")


async def test_a_long_text_arrives_in_parts(api: Api, phone: Phone) -> None:
    await phone.says("x" * 5000)
    lengths = [len(update["message"]["text"]) for update in (await api("getUpdates")).result]
    assert lengths == [4096, 904]
    with pytest.raises(NotPossible, match="empty"):
        await phone.says("")


async def test_replying_and_deleting(api: Api, phone: Phone) -> None:
    sent = (await api("sendMessage", chat_id=phone.chat.id, text="When?")).result
    said = await phone.says("Now", reply_to=sent["message_id"])
    (update,) = (await api("getUpdates")).result
    assert update["message"]["reply_to_message"]["text"] == "When?"
    await phone.deletes(said)
    assert phone.last.text == "When?"
    assert len((await api("getUpdates", offset=update["update_id"] + 1)).result) == 0


async def test_start_payloads(phone: Phone) -> None:
    assert (await phone.starts("a" * 64)).text == "/start " + "a" * 64
    for wrong in ("a" * 65, "with space", "ä"):
        with pytest.raises(NotPossible, match="start payload"):
            await phone.starts(wrong)


async def test_who_blocked_the_bot_can_not_write(phone: Phone) -> None:
    await phone.blocks_bot()
    await phone.blocks_bot()
    with pytest.raises(NotPossible, match="Sara blocked the bot"):
        await phone.says("hello?")


async def test_a_person_who_hides_forwards(api: Api, server: BotApiServer, phone: Phone) -> None:
    await phone.forwards("secret", server.user("Amal", hides_forwards=True))
    (update,) = (await api("getUpdates")).result
    assert update["message"]["forward_origin"]["sender_user_name"] == "Amal"


async def test_events_are_told_to_listeners(api: Api, server: BotApiServer, phone: Phone) -> None:
    heard: list[Any] = []
    end = server.events.listen(heard.append)
    await phone.says("hello")
    sent = (await api("sendMessage", chat_id=phone.chat.id, text="Hallo")).result
    chat = {"chat_id": phone.chat.id, "message_id": sent["message_id"]}
    await api("editMessageText", **chat, text="Guten Tag")
    await api("sendChatAction", chat_id=phone.chat.id, action="typing")
    await api("deleteMessage", **chat)
    end()
    await phone.says("unheard")
    assert [event["type"] for event in heard] == [
        "message",
        "update",
        "message",
        "request",
        "edited",
        "request",
        "action",
        "request",
        "deleted",
        "request",
    ]
    entry = heard[3]["entry"]
    assert (entry.method, entry.params["text"], entry.answer["ok"]) == (
        "sendMessage",
        "Hallo",
        True,
    )
    assert entry in server.journal.calls("sendMessage")


async def test_subscriptions(server: BotApiServer, phone: Phone) -> None:
    with server.events.subscribe() as events:
        await phone.says("hello")
        assert (await anext(events))["message"]["text"] == "hello"
        assert (await anext(events))["type"] == "update"


async def test_whatever_else_a_person_sends_as_a_reply(bot: telegram.Bot, phone: Phone) -> None:
    asked = await bot.send_message(phone.chat.id, "A or B?", protect_content=True)
    rolled = await phone.sends({"dice": {"emoji": "🎲", "value": 3}}, reply_to=asked.message_id)
    spoken = await phone.sends_voice(reply_to=asked.message_id)
    assert (rolled.kind, rolled.answers) == ("other", asked.message_id)
    assert (spoken.kind, spoken.answers) == ("voice", asked.message_id)
    assert phone.messages[-3].protected
    assert not rolled.protected
    messages = [update.message for update in await bot.get_updates()]
    replied = [one.reply_to_message for one in messages if one is not None]
    assert [one.text for one in replied if one is not None] == ["A or B?", "A or B?"]
