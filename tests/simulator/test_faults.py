"""Faults on demand, flood limits and the whole outage, as the client libraries feel them."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import telegram

from simulator import BotApiServer, Phone
from simulator.faults import Kind
from tests.simulator.conftest import Api, Clock


async def test_429(
    bot: telegram.Bot,
    phone: Phone,
    server: BotApiServer,
    api: Api,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # its way of asking for the newer type
    fault = server.fail("429", method="sendMessage", chat=phone.chat.id, times=2, retry_after=7)
    answer = await api("sendMessage", chat_id=phone.chat.id, text="x")
    assert answer.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    with pytest.raises(telegram.error.RetryAfter) as refused:
        await bot.send_message(phone.chat.id, "x")
    assert refused.value.retry_after == timedelta(seconds=7)
    await bot.send_message(phone.chat.id, "third time")
    assert (fault.hits, phone.last.text) == (2, "third time")
    assert server.violations == []


async def test_a_fault_hits_only_its_method_and_chat(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    server.fail("500", method="sendVoice", times=None)
    server.fail("500", chat=4711)
    assert (await api("sendMessage", chat_id=phone.chat.id, text="x")).status == 200
    for _ in range(3):
        answer = await api("sendVoice", chat_id=phone.chat.id, voice="x")
        assert answer.error == (500, "Internal Server Error")
    server.faults.clear()
    assert (await api("sendVoice", chat_id=phone.chat.id, voice="x")).status == 400


@pytest.mark.logs_errors  # PTB logs the page it can't read
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("500", telegram.error.NetworkError),
        ("502", telegram.error.NetworkError),
        ("unauthorized", telegram.error.InvalidToken),
        ("reset_before", telegram.error.NetworkError),
        ("executed_then_dropped", telegram.error.NetworkError),
    ],
)
async def test_what_ptb_makes_of_them(
    bot: telegram.Bot, phone: Phone, server: BotApiServer, kind: Kind, error: type[Exception]
) -> None:
    server.fail(kind)
    with pytest.raises(error):
        await bot.send_message(phone.chat.id, "Hallo")
    executed = kind == "executed_then_dropped"
    assert (phone.last.text == "Hallo") == executed
    await bot.send_message(phone.chat.id, "again")


async def test_a_delayed_request_is_executed_even_if_the_client_left(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    release = asyncio.Event()
    fault = server.fail("delay", release=release)
    sending = asyncio.create_task(api("sendMessage", chat_id=phone.chat.id, text="late"))
    await fault.hit.wait()
    assert phone.last.text == "/start"
    sending.cancel()
    await asyncio.wait({sending})
    with server.events.subscribe() as events:
        release.set()
        assert (await anext(events))["message"]["text"] == "late"


async def test_a_whole_outage(api: Api, phone: Phone, server: BotApiServer) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await server.journal.next("getUpdates")
    server.down = True
    with pytest.raises(aiohttp.ClientError):
        await poll
    await phone.says("meanwhile")
    with pytest.raises(aiohttp.ClientError):
        await api("getMe")
    server.down = False
    assert len((await api("getUpdates")).result) == 1


async def test_files_during_an_outage(server: BotApiServer, http: aiohttp.ClientSession) -> None:
    server.down = True
    with pytest.raises(aiohttp.ClientError):
        await http.get(f"{server.base_file_url}{server.token}/voice/file_1.oga")


class Sender:
    """Sends as often as told, and says how it went."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def __call__(self, chat_id: int, times: int) -> list[Any]:
        """200, or the seconds to wait."""
        answers = [await self._api("sendMessage", chat_id=chat_id, text="x") for _ in range(times)]
        return [
            answer.body["parameters"]["retry_after"] if answer.status == 429 else answer.status
            for answer in answers
        ]


async def test_one_message_a_second_per_chat_after_a_burst(
    api: Api, phone: Phone, server: BotApiServer, clock: Clock
) -> None:
    server.flood.enabled = True
    send = Sender(api)
    assert await send(phone.chat.id, 7) == [200, 200, 200, 200, 200, 1, 1]
    clock.time += 1
    assert await send(phone.chat.id, 2) == [200, 1]
    assert (await api("sendChatAction", chat_id=phone.chat.id, action="typing")).result is True


async def test_thirty_a_second_overall(api: Api, server: BotApiServer, clock: Clock) -> None:
    server.flood.enabled = True
    phones = [server.phone(server.user(f"Person {number}")) for number in range(31)]
    for phone in phones:
        await phone.starts()
    send = Sender(api)
    outcomes = [(await send(phone.chat.id, 1))[0] for phone in phones]
    assert outcomes == [200] * 30 + [1]
    clock.time += 1
    assert await send(phones[-1].chat.id, 1) == [200]


async def test_twenty_a_minute_per_group(
    api: Api, phone: Phone, server: BotApiServer, clock: Clock
) -> None:
    group = server.group("Koordination")
    await group.add_bot(by=phone.account)
    server.flood.enabled = True
    send = Sender(api)
    assert await send(group.chat_id, 21) == [200] * 20 + [3]
    clock.time += 3
    assert await send(group.chat_id, 1) == [200]
