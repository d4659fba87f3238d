"""Taps: which button, what the bot is told, how long it may take to answer."""

from typing import Any

import pytest

from simulator import NotPossible, Phone
from simulator.callbacks import CallbackAnswer
from tests.simulator.conftest import Api, Clock

TOO_OLD = (
    400,
    "Bad Request: query is too old and response timeout expired or query ID is invalid",
)


async def ask(api: Api, phone: Phone, text: str, label: str = "Ja") -> int:
    keyboard = {"inline_keyboard": [[{"text": label, "callback_data": f"data {text}"}]]}
    answer = await api("sendMessage", chat_id=phone.chat.id, text=text, reply_markup=keyboard)
    return answer.result["message_id"]


async def tapped(api: Api) -> Any:
    (update,) = (await api("getUpdates")).result
    await api("getUpdates", offset=update["update_id"] + 1)
    return update["callback_query"]


async def test_a_tap_and_its_answer(api: Api, phone: Phone) -> None:
    number = await ask(api, phone, "one")
    tap = await phone.taps("Ja")
    assert tap.answer is None
    query = await tapped(api)
    assert (query["data"], query["message"]["message_id"]) == ("data one", number)
    assert query["from"]["id"] == phone.chat.id
    answer = {"callback_query_id": query["id"], "text": "Gut", "show_alert": True}
    assert (await api("answerCallbackQuery", **answer)).result is True
    assert await tap.answered() == CallbackAnswer("Gut", alert=True)
    again = {"callback_query_id": query["id"], "text": "Noch einmal"}
    assert (await api("answerCallbackQuery", **again)).result is True
    assert tap.answer == CallbackAnswer("Gut", alert=True)


async def test_an_answer_after_15_seconds_is_too_late(api: Api, phone: Phone, clock: Clock) -> None:
    await ask(api, phone, "one")
    for waited, late in ((15, False), (16, True)):
        tap = await phone.taps("Ja")
        query = await tapped(api)
        clock.time += waited
        answer = await api("answerCallbackQuery", callback_query_id=query["id"])
        assert (answer.body["ok"], tap.answer is None) == (not late, late)
        if late:
            assert answer.error == TOO_OLD
    assert (await api("answerCallbackQuery", callback_query_id="1")).error == TOO_OLD


async def test_answers_have_at_most_200_characters(api: Api, phone: Phone) -> None:
    await ask(api, phone, "one")
    query = (await phone.taps("Ja")).id
    answer = await api("answerCallbackQuery", callback_query_id=query, text="x" * 201)
    assert answer.error == (400, "Bad Request: MESSAGE_TOO_LONG")


async def test_the_newest_message_with_the_label_or_a_given_one(api: Api, phone: Phone) -> None:
    old = await ask(api, phone, "old", "\u2068العربية\u2069")
    await ask(api, phone, "new", "العربية")
    await ask(api, phone, "other", "Deutsch")
    assert (await phone.taps("العربية")).data == "data new"
    assert (await phone.taps("العربية", message=old)).data == "data old"
    with pytest.raises(NotPossible, match="no button 'Nein'"):
        await phone.taps("Nein")
    await api("deleteMessage", chat_id=phone.chat.id, message_id=old)
    with pytest.raises(NotPossible, match="not there any more"):
        await phone.taps("العربية", message=old)


async def test_a_message_out_of_the_bots_reach(api: Api, phone: Phone) -> None:
    number = await ask(api, phone, "one")
    await phone.taps("Ja", inaccessible=True)
    message = (await tapped(api))["message"]
    assert (message["message_id"], message["date"], "text" in message) == (number, 0, False)
