"""Groups: who is in, what a bot in privacy mode hears, moving to a supergroup."""

from typing import Any

import pytest
import telegram

from simulator import Account, BotApiServer, Group, NotPossible
from tests.simulator.conftest import Api


class Heard:
    """New updates since the last time asked."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._offset = 0

    async def __call__(self, kind: str = "message") -> list[Any]:
        updates = (await self._api("getUpdates", offset=self._offset)).result
        if updates:
            self._offset = updates[-1]["update_id"] + 1
        return [update[kind] for update in updates if kind in update]

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self() if "text" in message]


@pytest.fixture
def heard(api: Api) -> Heard:
    return Heard(api)


@pytest.fixture(params=["group", "supergroup"])
async def group(
    request: pytest.FixtureRequest, server: BotApiServer, sara: Account, omid: Account
) -> Group:
    group = server.group("Koordination", supergroup=request.param == "supergroup")
    await group.add_bot(by=sara)
    await group.join(omid)
    return group


async def test_being_added(group: Group, heard: Heard, sara: Account) -> None:
    updates = await heard("my_chat_member")
    assert [one["new_chat_member"]["status"] for one in updates] == ["member"]
    assert updates[0]["old_chat_member"]["status"] == "left"
    assert updates[0]["from"]["id"] == sara.id
    assert updates[0]["chat"] == {
        "id": group.chat_id,
        "type": group.chat.kind,
        "title": "Koordination",
    }


async def test_privacy_mode(group: Group, heard: Heard, api: Api, omid: Account) -> None:
    await heard()
    sent = (await api("sendMessage", chat_id=group.chat_id, text="Hallo")).result["message_id"]
    other = await group.says(omid, "private talk")
    await group.says(omid, "/here")
    await group.says(omid, "/here@Lotse_Bot now")
    await group.says(omid, "/here@other_bot")
    await group.says(omid, "what says @lotse_bot?")
    await group.says(omid, "@lotse_bots are others")
    await group.says(omid, "an answer", reply_to=sent)
    await group.says(omid, "to somebody else", reply_to=other)
    await group.sends_voice(omid)
    await group.sends_voice(omid, reply_to=sent)
    messages = await heard()
    assert [one.get("text") for one in messages] == [
        "/here",
        "/here@Lotse_Bot now",
        "what says @lotse_bot?",
        "an answer",
        None,
    ]
    edited = await group.edits(omid, other, "/here after all")
    assert [one["text"] for one in await heard("edited_message")] == [edited.text]


async def test_an_administrator_hears_everything(
    group: Group, heard: Heard, sara: Account, omid: Account
) -> None:
    await group.promote_bot(by=sara)
    await group.says(omid, "private talk")
    assert await heard.texts() == ["private talk"]
    await group.demote_bot(by=sara)
    await group.says(omid, "private talk")
    assert await heard.texts() == []


async def test_leaving_and_being_removed(
    group: Group, heard: Heard, api: Api, sara: Account
) -> None:
    kind = group.chat.kind

    async def refusal() -> tuple[int, str]:
        return (await api("sendMessage", chat_id=group.chat_id, text="Hallo")).error

    await group.restrict_bot(by=sara)
    rights = "Bad Request: not enough rights to send text messages to the chat"
    assert await refusal() == (400, rights)
    await group.remove_bot(by=sara)
    assert await refusal() == (403, f"Forbidden: bot was kicked from the {kind} chat")
    statuses = [one["new_chat_member"]["status"] for one in await heard("my_chat_member")]
    assert statuses == ["member", "restricted", "kicked"]
    await group.says(sara, "/here")
    assert await heard.texts() == []
    await group.add_bot(by=sara, admin=True)
    assert (await api("leaveChat", chat_id=group.chat_id)).result is True
    assert await refusal() == (403, f"Forbidden: bot is not a member of the {kind} chat")
    statuses = [one["new_chat_member"]["status"] for one in await heard("my_chat_member")]
    assert statuses == ["member", "administrator", "left"]
    await group.add_bot(by=sara)
    await group.delete()
    assert await refusal() == (403, f"Forbidden: the {kind} chat was deleted")


async def test_members(
    bot: telegram.Bot, api: Api, group: Group, sara: Account, omid: Account
) -> None:
    await group.promote_bot(by=sara, rights=["can_pin_messages"])
    admins = await bot.get_chat_administrators(group.chat_id)
    assert [type(one).__name__ for one in admins] == ["ChatMemberAdministrator", "ChatMemberOwner"]
    assert isinstance(admins[0], telegram.ChatMemberAdministrator)
    assert (admins[0].can_pin_messages, admins[0].can_manage_topics) == (True, False)
    assert (await bot.get_chat_member(group.chat_id, omid.id)).status == "member"
    await group.leave(omid)
    assert (await bot.get_chat_member(group.chat_id, omid.id)).status == "left"
    wrong = await api("getChatMember", chat_id=group.chat_id, user_id=1)
    assert wrong.error == (400, "Bad Request: invalid user_id specified")
    chat = await bot.get_chat(group.chat_id)
    assert (chat.type, chat.title) == (group.chat.kind, "Koordination")
    private = await api("getChatAdministrators", chat_id=sara.id)
    assert private.error == (400, "Bad Request: there are no administrators in the private chat")
    with pytest.raises(NotPossible, match="Omid is not in the group"):
        await group.says(omid, "hello?")


async def test_chat_member_only_on_request_and_for_administrators(
    group: Group, heard: Heard, api: Api, sara: Account, omid: Account
) -> None:
    await group.promote_bot(by=sara)
    await heard()
    await group.leave(omid)
    assert await heard("chat_member") == []
    await api("getUpdates", allowed_updates=["chat_member"])
    await group.join(omid, admin=True)
    (update,) = await heard("chat_member")
    assert update["new_chat_member"]["status"] == "administrator"


async def test_taps_and_reactions_in_a_group(
    group: Group, heard: Heard, api: Api, sara: Account, omid: Account
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ich", "callback_data": "me"}]]}
    await api("sendMessage", chat_id=group.chat_id, text="Wer?", reply_markup=keyboard)
    tap = await group.taps(omid, "Ich")
    (query,) = await heard("callback_query")
    assert (query["id"], query["from"]["id"]) == (tap.id, omid.id)
    with pytest.raises(NotPossible):
        await group.taps(omid, "Du")
    await api("getUpdates", allowed_updates=["message_reaction"])
    await group.reacts(omid, group.last, "👍")
    assert await heard("message_reaction") == []
    await group.promote_bot(by=sara)
    await group.reacts(omid, group.last, "❤")
    assert (await heard("message_reaction"))[0]["old_reaction"][0]["emoji"] == "👍"


async def test_deleting_and_pinning_need_rights(
    group: Group, api: Api, sara: Account, omid: Account
) -> None:
    said = await group.says(omid, "something")
    message = {"chat_id": group.chat_id, "message_id": said.message_id}
    assert (await api("deleteMessage", **message)).error == (
        400,
        "Bad Request: message can't be deleted",
    )
    assert (await api("pinChatMessage", **message)).error == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    await group.promote_bot(by=sara)
    assert (await api("pinChatMessage", **message)).result is True
    assert [one.text for one in group.pinned] == ["something"]
    assert (await api("deleteMessage", **message)).result is True
    assert group.pinned == []


async def test_a_group_becomes_a_supergroup(
    server: BotApiServer, bot: telegram.Bot, heard: Heard, api: Api, sara: Account
) -> None:
    group = server.group("Koordination")
    await group.add_bot(by=sara, admin=True)
    old = group.chat_id
    await api("sendMessage", chat_id=old, text="Hallo")
    await heard()
    await group.migrate()
    assert group.chat_id < -1_000_000_000_000
    leaving, arriving = await heard()
    assert (leaving["chat"]["id"], leaving["migrate_to_chat_id"]) == (old, group.chat_id)
    assert (arriving["chat"]["id"], arriving["migrate_from_chat_id"]) == (group.chat_id, old)
    answer = await api("sendMessage", chat_id=old, text="Hallo")
    assert answer.body == {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": group.chat_id},
    }
    with pytest.raises(telegram.error.ChatMigrated) as migrated:
        await bot.send_message(old, "Hallo")
    assert migrated.value.new_chat_id == group.chat_id
    await bot.send_message(group.chat_id, "Hallo")
    await group.says(sara, "still here")
    assert await heard.texts() == ["still here"]
    with pytest.raises(NotPossible, match="basic group"):
        await group.migrate()
