"""Sending, editing, deleting: the error texts and the time rules."""

from typing import Any

import pytest

from simulator import Account, BotApiServer, Phone
from tests.simulator.conftest import Api, Clock

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
HOUR = 3600


async def sent(api: Api, phone: Phone, text: str = "Hallo", **details: Any) -> int:
    answer = await api("sendMessage", chat_id=phone.chat.id, text=text, **details)
    return answer.result["message_id"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
async def test_refused_texts(
    api: Api, phone: Phone, server: BotApiServer, text: str, problem: str
) -> None:
    answer = await api("sendMessage", chat_id=phone.chat.id, text=text)
    assert answer.error == (400, f"Bad Request: {problem}")
    assert [violation.method for violation in server.violations] == ["sendMessage"]


async def test_length_counts_after_the_markup_is_read(api: Api, phone: Phone) -> None:
    await sent(api, phone, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    answer = await api(
        "sendVoice", chat_id=phone.chat.id, voice="none", caption="a" * 1025, duration=1
    )
    assert answer.error == (400, "Bad Request: wrong file identifier/HTTP URL specified")
    voice = (await phone.sends_voice()).content["voice"]["file_id"]
    answer = await api("sendVoice", chat_id=phone.chat.id, voice=voice, caption="a" * 1025)
    assert answer.error == (400, "Bad Request: message caption is too long")


async def test_where_the_bot_may_not_write(
    api: Api, phone: Phone, server: BotApiServer, omid: Account
) -> None:
    async def error(chat_id: object) -> tuple[int, str]:
        return (await api("sendMessage", chat_id=chat_id, text="Hallo")).error

    assert await error("") == (400, "Bad Request: chat_id is empty")
    assert await error(4711) == (400, "Bad Request: chat not found")
    assert await error("@nobody_here") == (400, "Bad Request: chat not found")
    never = "Forbidden: bot can't initiate conversation with a user"
    assert await error(omid.id) == (403, never)
    await phone.blocks_bot()
    assert await error(phone.chat.id) == (403, "Forbidden: bot was blocked by the user")
    await phone.unblocks_bot()
    await phone.deletes_account()
    assert await error(phone.chat.id) == (403, "Forbidden: user is deactivated")
    assert [violation.problem for violation in server.violations] == [
        "Bad Request: chat_id is empty"
    ]


async def test_blocking_and_coming_back_is_told(api: Api, phone: Phone) -> None:
    await phone.blocks_bot()
    await phone.starts("from_link")
    blocked, back, start = (await api("getUpdates")).result
    statuses = [
        (one["my_chat_member"][key]["status"])
        for one in (blocked, back)
        for key in ("old_chat_member", "new_chat_member")
    ]
    assert statuses == ["member", "kicked", "kicked", "member"]
    assert start["message"]["text"] == "/start from_link"


async def test_editing(api: Api, phone: Phone, clock: Clock) -> None:
    chat, keyboard = phone.chat.id, {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    number = await sent(api, phone, "<b>Hallo</b>", parse_mode="HTML", reply_markup=keyboard)

    async def edit(**what: Any) -> Any:
        where: dict[str, Any] = {"chat_id": chat, "message_id": number}
        return await api("editMessageText", **(where | what))

    same = {"text": " <b>Hallo</b>", "parse_mode": "HTML", "reply_markup": keyboard}
    assert (await edit(**same)).error == (400, NOT_MODIFIED)
    clock.time += 60
    changed = (await edit(text="Hallo", reply_markup=keyboard)).result
    assert (changed["edit_date"] - changed["date"], "entities" in changed) == (60, False)
    assert "reply_markup" not in (await edit(text="Hallo")).result
    assert (await edit(message_id=99, text="x")).error == (
        400,
        "Bad Request: message to edit not found",
    )
    said = await phone.says("mine")
    refused = (400, "Bad Request: message can't be edited")
    assert (await edit(message_id=said.message_id, text="x")).error == refused
    asked = await sent(api, phone, reply_markup={"keyboard": [[{"text": "Ja"}]]})
    assert (await edit(message_id=asked, text="x")).error == refused
    assert (await edit(text="")).error == (400, "Bad Request: message text is empty")
    unmarked = {"chat_id": chat, "message_id": number}
    assert (await api("editMessageReplyMarkup", **unmarked)).error == (400, NOT_MODIFIED)
    assert (await api("editMessageCaption", **unmarked, caption="x")).error == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )


async def test_deleting_within_48_hours(api: Api, phone: Phone, clock: Clock) -> None:
    chat = phone.chat.id
    old = [await sent(api, phone), (await phone.says("mine")).message_id]
    clock.time += 48 * HOUR
    assert (await api("deleteMessage", chat_id=chat, message_id=old[1])).result is True
    clock.time += 1
    late = (400, "Bad Request: message can't be deleted for everyone")
    assert (await api("deleteMessage", chat_id=chat, message_id=old[0])).error == late
    assert (await api("deleteMessages", chat_id=chat, message_ids=old)).error == late
    gone = (400, "Bad Request: message to delete not found")
    assert (await api("deleteMessage", chat_id=chat, message_id=old[1])).error == gone
    fresh = await sent(api, phone)
    assert (await api("deleteMessages", chat_id=chat, message_ids=[999, fresh])).result is True
    assert fresh not in [seen.message_id for seen in phone.messages]


async def test_replies_and_missing_messages(api: Api, phone: Phone) -> None:
    chat = phone.chat.id
    reply = {"message_id": 999}
    answer = await api("sendMessage", chat_id=chat, text="x", reply_parameters=reply)
    assert answer.error == (400, "Bad Request: message to be replied not found")
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    await sent(api, phone, reply_parameters=lenient)
    for method, text in {
        "copyMessage": "message to copy not found",
        "forwardMessage": "message to forward not found",
    }.items():
        answer = await api(method, chat_id=chat, from_chat_id=chat, message_id=999)
        assert answer.error == (400, f"Bad Request: {text}")
    for method, text in {
        "setMessageReaction": "message to react not found",
        "pinChatMessage": "message to pin not found",
        "unpinChatMessage": "message to unpin not found",
    }.items():
        answer = await api(method, chat_id=chat, message_id=999)
        assert answer.error == (400, f"Bad Request: {text}")
    assert (await api("unpinChatMessage", chat_id=chat)).error == (
        400,
        "Bad Request: message to unpin not found",
    )


async def test_protected_messages_stay_where_they_are(api: Api, phone: Phone) -> None:
    number = await sent(api, phone, protect_content=True)
    for method, deed in {"copyMessage": "copied", "forwardMessage": "forwarded"}.items():
        chat = phone.chat.id
        answer = await api(method, chat_id=chat, from_chat_id=chat, message_id=number)
        assert answer.error == (400, f"Bad Request: message can't be {deed}")


async def test_tokens_and_methods(server: BotApiServer, phone: Phone, http: Any) -> None:
    async def get(path: str) -> tuple[int, Any]:
        async with http.get(f"{server.url}{path}") as response:
            return response.status, await response.json()

    not_found = (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    unauthorized = (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    assert await get(f"/bot{server.token}x/getMe") == unauthorized
    assert await get("/botnonsense/getMe") == not_found
    assert await get(f"/file/bot{server.token}x/voice/file_1.oga") == unauthorized
    assert await get(f"/file/bot{server.token}/voice/file_99.oga") == not_found
    status, me = await get(f"/bot{server.token}/getme")
    assert (status, me["result"]["is_bot"]) == (200, True)
    query = f"chat_id={phone.chat.id}&text=Hallo"
    assert (await get(f"/bot{server.token}/sendMessage?{query}"))[0] == 200
    assert (await get(f"/bot{server.token}/sendNothing"))[0] == 400
    assert [violation.problem for violation in server.violations] == [
        "Bad Request: unknown method sendNothing"
    ]


async def test_unknown_methods_without_the_oracle(lenient: BotApiServer, http: Any) -> None:
    async with http.get(f"{lenient.base_url}{lenient.token}/sendNothing") as response:
        assert await response.json() == {
            "ok": False,
            "error_code": 404,
            "description": "Not Found",
        }


async def test_files(api: Api, phone: Phone) -> None:
    assert (await api("getFile", file_id="nothing")).error == (
        400,
        "Bad Request: invalid file_id",
    )
    large = await phone.sends_voice(b"x" * 20_000_001)
    file_id = large.content["voice"]["file_id"]
    assert (await api("getFile", file_id=file_id)).error == (400, "Bad Request: file is too big")


NO_COMMAND = {"command": "Nein", "description": "x"}


@pytest.mark.parametrize(
    ("method", "params", "text"),
    [
        ("setMyCommands", {"commands": [NO_COMMAND]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [], "language_code": "ckb"},
            "invalid language code specified",
        ),
        ("setMyDescription", {"description": "x" * 513}, "BOT_DESCRIPTION_TOO_LONG"),
        (
            "setMyShortDescription",
            {"short_description": "x" * 121},
            "BOT_SHORT_DESCRIPTION_TOO_LONG",
        ),
        ("setMyName", {"name": "x" * 65}, "BOT_NAME_TOO_LONG"),
        (
            "sendChatAction",
            {"chat_id": 1, "action": "sleeping"},
            "wrong parameter action in request",
        ),
    ],
)
async def test_refused_profile_texts(api: Api, method: str, params: Any, text: str) -> None:
    assert (await api(method, **params)).error == (400, f"Bad Request: {text}")
