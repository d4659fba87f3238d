"""Strict mode: requests a correct client never sends are refused and recorded."""

import json
import subprocess
import sys
from typing import Any

import aiohttp
import pytest
import telegram

from simulator import BotApiServer, Phone
from tests.simulator.conftest import Api

BUTTON = {"text": "Ja", "callback_data": "y"}


@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("sendMessage", {"txt": "x", "text": "x"}, "unknown parameter txt"),
        ("sendMessage", {}, "text: Field required"),
        ("sendMessage", {"text": "x", "disable_notification": "maybe"}, "disable_notification"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{**BUTTON, "colour": "red"}]]}},
            "unknown parameter reply_markup.inline_keyboard[0][0].colour",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "y"}]]}},
            "inline_keyboard.0.0.text: Field required",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_markup": {"inline_keyboard": [], "keyboard": []}},
            "exactly one kind of markup",
        ),
        ("sendMessage", {"text": "x", "reply_markup": [BUTTON]}, "exactly one kind of markup"),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": 0}]},
            "entities.0.length: Field required",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 1, "mesage": 2}},
            "unknown parameter reply_parameters.mesage",
        ),
        ("editMessageText", {"text": "x", "message_id": "one"}, "message_id"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emojy": "x"}]},
            "reaction",
        ),
        ("sendVoice", {"voice": 5}, "voice"),
    ],
)
async def test_wrong_requests(
    api: Api, server: BotApiServer, method: str, params: dict[str, Any], problem: str
) -> None:
    answer = await api(method, chat_id=1, **params)
    assert answer.status == 400
    assert problem in answer.body["description"]
    (violation,) = server.violations
    assert (violation.method, violation.problem) == (method, answer.body["description"])


async def test_structures_inside_forms(
    phone: Phone, server: BotApiServer, http: aiohttp.ClientSession
) -> None:
    url = f"{server.base_url}{server.token}/sendMessage"
    markup = {"inline_keyboard": [[BUTTON]]}
    form = {"chat_id": str(phone.chat.id), "text": "?", "reply_markup": json.dumps(markup)}
    async with http.post(url, data=form) as response:
        assert (await response.json())["ok"]
    assert server.journal.calls("sendMessage")[0].params["reply_markup"] == markup
    async with http.post(url, data={**form, "reply_markup": "{"}) as response:
        assert response.status == 400
    async with http.post(url, data="{", headers={"Content-Type": "application/json"}) as response:
        assert "can't parse request body" in (await response.json())["description"]
    assert len(server.violations) == 2


async def test_uploads_pass(bot: telegram.Bot, phone: Phone, server: BotApiServer) -> None:
    await bot.send_document(phone.chat.id, b"%PDF", filename="brief.pdf", caption="<b>x</b>")
    assert server.violations == []
    shown = server.journal.calls("sendDocument")[0].params["document"]
    assert (shown["file_name"], shown["size"]) == ("brief.pdf", 4)


async def test_lengths_and_markup_are_violations_too(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    await api("sendMessage", chat_id=phone.chat.id, text="x" * 4097)
    await api("sendMessage", chat_id=phone.chat.id, text="<b>x", parse_mode="HTML")
    data = {"inline_keyboard": [[{"text": "Ja", "callback_data": "x" * 65}]]}
    await api("sendMessage", chat_id=phone.chat.id, text="x", reply_markup=data)
    assert [violation.problem.partition(": ")[2] for violation in server.violations] == [
        "message is too long",
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        "BUTTON_DATA_INVALID",
    ]


async def test_methods_the_simulator_lacks(api: Api, server: BotApiServer) -> None:
    answer = await api("sendDice", chat_id=1)
    assert answer.error == (404, "Not Found")
    assert [violation.method for violation in server.violations] == ["sendDice"]


async def test_what_can_happen_to_anybody_is_none(
    api: Api, phone: Phone, server: BotApiServer
) -> None:
    await phone.blocks_bot()
    await api("sendMessage", chat_id=phone.chat.id, text="x")
    await api("deleteMessage", chat_id=phone.chat.id, message_id=99)
    await api("answerCallbackQuery", callback_query_id="1")
    assert server.violations == []


def test_the_demo_needs_neither_aiogram_nor_the_bot() -> None:
    code = "import simulator.control, sys; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"aiogram", "pydantic", "bot", "handlers"} & set(loaded)
