"""getUpdates: what an update carries, offsets, long polling, conflicts, double delivery."""

import asyncio

import telegram

from simulator import Account, BotApiServer, Phone
from tests.simulator.conftest import NOON, Api

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def test_a_text_message_carries_what_real_ones_carry(api: Api, phone: Phone) -> None:
    await phone.says("/help 🙂 me@example.org")
    (update,) = (await api("getUpdates")).result
    assert update["update_id"] > 100_000_000
    assert update["message"] == {
        "message_id": 2,
        "from": {
            "id": phone.chat.id,
            "is_bot": False,
            "first_name": "Sara",
            "username": "sara_h",
            "language_code": "ar",
        },
        "chat": {
            "id": phone.chat.id,
            "type": "private",
            "first_name": "Sara",
            "username": "sara_h",
        },
        "date": NOON,
        "text": "/help 🙂 me@example.org",
        "entities": [
            {"type": "bot_command", "offset": 0, "length": 5},
            {"type": "email", "offset": 9, "length": 14},
        ],
    }


async def test_unconfirmed_updates_come_again(api: Api, phone: Phone) -> None:
    await phone.says("one")
    await phone.says("two")
    first = (await api("getUpdates")).result
    again = (await api("getUpdates", offset=first[0]["update_id"])).result
    assert first == again
    rest = (await api("getUpdates", offset=first[1]["update_id"])).result
    assert [update["message"]["text"] for update in rest] == ["two"]
    assert (await api("getUpdates", offset=first[1]["update_id"] + 1)).result == []


async def test_limit_and_negative_offset(api: Api, phone: Phone) -> None:
    for text in ("one", "two", "three"):
        await phone.says(text)
    assert len((await api("getUpdates", limit=2)).result) == 2
    newest = (await api("getUpdates", offset=-1)).result
    assert [update["message"]["text"] for update in newest] == ["three"]
    assert (await api("getUpdates")).result == newest


async def test_a_long_poll_waits_for_the_next_update(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await server.journal.next("getUpdates")
    assert not poll.done()
    await phone.says("here")
    assert [update["message"]["text"] for update in (await poll).result] == ["here"]


async def test_an_empty_long_poll_ends_with_its_timeout(api: Api) -> None:
    assert (await api("getUpdates", timeout=0)).result == []


async def test_a_second_poll_ends_the_first_with_409(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    older = asyncio.create_task(api("getUpdates", timeout=50))
    await server.journal.next("getUpdates")
    newer = asyncio.create_task(api("getUpdates", timeout=50))
    assert (await older).error == (
        409,
        f"Conflict: {OTHER_POLL}",
    )
    await phone.says("for the newer")
    assert len((await newer).result) == 1


async def test_allowed_updates_hold_until_changed(api: Api, phone: Phone) -> None:
    await api("getUpdates", allowed_updates=["callback_query", "message_reaction"])
    said = await phone.says("not wanted")
    await phone.reacts(said, "👍")
    (update,) = (await api("getUpdates")).result
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    await api("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    await phone.reacts(said, None)
    await phone.says("wanted again")
    (update,) = (await api("getUpdates")).result
    assert update["message"]["text"] == "wanted again"


async def test_confirmed_waits_for_the_offset(api: Api, phone: Phone, server: BotApiServer) -> None:
    await phone.says("one")
    confirmed = asyncio.create_task(server.confirmed())
    (update,) = (await api("getUpdates")).result
    assert not confirmed.done()
    await api("getUpdates", offset=update["update_id"] + 1)
    await confirmed


async def test_every_update_twice(api: Api, phone: Phone, server: BotApiServer) -> None:
    server.duplicate_updates = True
    await phone.says("one")
    await phone.says("two")
    (one,) = (await api("getUpdates", limit=1)).result
    second = (await api("getUpdates", offset=one["update_id"] + 1)).result
    assert [update["message"]["text"] for update in second] == ["one", "two"]
    third = (await api("getUpdates", offset=second[1]["update_id"] + 1)).result
    assert third == [second[1]]
    confirmed = asyncio.create_task(server.confirmed())
    assert (await api("getUpdates", offset=third[0]["update_id"] + 1)).result == []
    await confirmed


async def test_ptb_polls_with_forms(bot: telegram.Bot, phone: Phone) -> None:
    await phone.says("hello")
    (update,) = await bot.get_updates(allowed_updates=["message"], timeout=5)
    assert update.message is not None
    assert update.message.text == "hello"
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_vanished_poll_leaves_its_updates(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    server.duplicate_updates = True
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await server.journal.next("getUpdates")
    poll.cancel()
    await asyncio.wait({poll})
    await phone.says("still here")
    assert len((await api("getUpdates")).result) == 1


async def test_a_person_unknown_to_the_bot_is_no_chat(api: Api, omid: Account) -> None:
    assert (await api("getChat", chat_id=omid.id)).result["first_name"] == "Omid"
    assert (await api("getChat", chat_id=7)).error == (400, "Bad Request: chat not found")
