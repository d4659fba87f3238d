"""Keyboards: what is refused, what is kept, what people see and press."""

from typing import Any

import pytest

from simulator import BotApiServer, NotPossible, Phone
from tests.simulator.conftest import Api, caller


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Ja", **action: Any) -> dict[str, Any]:
    return {"text": text, **(action or {"callback_data": "y"})}


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        (inline([button(callback_data="ä" * 33)]), "BUTTON_DATA_INVALID"),
        (inline([button(callback_data="")]), "BUTTON_DATA_INVALID"),
        (inline([button(url="nowhere")]), "BUTTON_URL_INVALID"),
        (inline([button(copy_text={"text": "x" * 257})]), "BUTTON_COPY_TEXT_INVALID"),
        (inline([button()] * 9), "reply markup is too long"),
        (inline(*[[button()] * 8] * 13), "reply markup is too long"),
        (
            inline([{"text": "Ja"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            inline([button(" ")]),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            inline([button(callback_data="y", url="https://a.de")]),
            "can't parse inline keyboard button: Exactly one action is expected",
        ),
        ({"buttons": []}, "object expected as reply markup"),
        (
            {"keyboard": [[{"request_contact": True}]]},
            "can't parse keyboard button: Can't find field \"text\"",
        ),
    ],
)
async def test_refused_keyboards(
    lenient: BotApiServer, http: Any, markup: dict[str, Any], problem: str
) -> None:
    phone = lenient.phone(lenient.user("Sara"))
    await phone.starts()
    api = caller(lenient, http)
    answer = await api("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=markup)
    assert answer.error == (400, f"Bad Request: {problem}")


async def test_the_largest_keyboard(api: Api, phone: Phone) -> None:
    rows = [[button(callback_data="ä" * 32)] * 8] * 12 + [[button()] * 4]
    await api("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=inline(*rows))
    assert sum(len(row) for row in phone.last.buttons) == 100


async def test_only_inline_keyboards_can_be_edited_in(api: Api, phone: Phone) -> None:
    sent = await api("sendMessage", chat_id=phone.chat.id, text="?")
    answer = await api(
        "editMessageText",
        chat_id=phone.chat.id,
        message_id=sent.result["message_id"],
        text="!",
        reply_markup={"remove_keyboard": True},
    )
    assert answer.status == 400


async def test_reply_keyboards(api: Api, phone: Phone) -> None:
    keys = [[{"text": "📞", "request_contact": True}], [{"text": "Nein"}]]

    async def ask(**markup: Any) -> None:
        await api("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=markup)

    await ask(keyboard=keys, one_time_keyboard=True)
    assert phone.keyboard == (("📞",), ("Nein",))
    await phone.taps("📞")
    assert phone.last.content["contact"] == {
        "phone_number": "4915112345678",
        "first_name": "Sara",
        "user_id": phone.chat.id,
    }
    assert phone.keyboard == ()
    await ask(keyboard=keys)
    await phone.taps("Nein")
    assert (phone.last.text, phone.keyboard[1]) == ("Nein", ("Nein",))
    await ask(remove_keyboard=True)
    assert phone.keyboard == ()
    with pytest.raises(NotPossible, match="no button 'Nein'"):
        await phone.taps("Nein")


async def test_a_link_to_the_bot_starts_it(api: Api, phone: Phone) -> None:
    links = [
        button("Los", url="https://t.me/lotse_bot?start=abc"),
        button("Web", url="https://a.de"),
    ]
    await api("sendMessage", chat_id=phone.chat.id, text="?", reply_markup=inline(links))
    assert (await phone.taps("Web")).url == "https://a.de"
    assert (await api("getUpdates")).result == []
    await phone.taps("Los")
    assert phone.last.text == "/start abc"
