"""What one person sends another, on its way; and the translator that may stand beside it."""

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.clock import MovableWall
from bot.delivery.translate import REST, Translator
from bot.messages import Carried, Message, Text, from_json, to_json
from bot.storage.outbox import Draft
from simulator import Fault, Seen
from tests.delivery.station import Station, station
from tests.fakes import FakeMonotonic
from tests.storage.outgoing import faults
from tests.translator import translating


async def show(place: Station, name: str, *said: Message) -> list[Seen]:
    phone = await place.phone(name)
    await place.append(*(Draft(phone.account.id, each) for each in said))
    await place.settle()
    return [seen for seen in phone.messages if seen.from_bot]


def carry(said: str = "", **carried: Any) -> Message:
    lines = (Text("From Sara:"), *([Text("{words}", {"words": said})] if said else []))
    return Message(lines, carried=Carried(**carried))


@pytest.mark.parametrize(
    "said",
    [
        carry("hi", words="hi", language="ar", silent=True),
        carry(source=(5, 7)),
        Message((), location=(51.8959, -11.5)),
        Message((Text("For whom?"),), answers=12),
        Message((), deletes=0),
    ],
)
def test_it_goes_through_json_and_back(said: Message) -> None:
    assert from_json(to_json(said)) == said


async def test_things_are_copied_without_their_author(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        sara = await place.phone("Sara")
        photo = await sara.sends_photo(caption="my own words <b>x</b>")
        voice = await sara.sends_voice()
        file = await sara.sends_document(b"%PDF", name="letter.pdf", caption="look")
        seen = await show(
            place,
            "Anna",
            *(carry(source=(sara.account.id, one.message_id)) for one in (photo, voice, file)),
            carry("and this", silent=True),
            Message((), carried=Carried(), location=(51.9, 11.05)),
        )
        assert [each.kind for each in seen] == ["photo", "voice", "document", "text", "location"]
        assert all(each.protected for each in seen)
        assert [each.text for each in seen[:3]] == ["From Sara:"] * 3  # ours instead of theirs
        assert seen[3].content["link_preview_options"] == {"is_disabled": True}
        assert seen[4].content["location"] == {"latitude": 51.9, "longitude": 11.05}
        silent = [
            "disable_notification" in entry.params
            for entry in place.server.journal.entries
            if entry.method in ("sendMessage", "copyMessage", "sendLocation")
        ]
        assert silent == [False, False, False, True, False]
        assert await place.db.read(_contents) == 0


def _contents(tx: Any) -> int:
    return len(tx.all("SELECT id FROM outbox WHERE content IS NOT NULL"))


@pytest.mark.parametrize("problem", ["message to copy not found", "VOICE_MESSAGES_FORBIDDEN"])
async def test_what_can_not_be_copied_stops_nobody(
    sqlite_url: str, wall: MovableWall, problem: str
) -> None:
    async with station(sqlite_url, wall) as place:
        sara = await place.phone("Sara")
        voice = await sara.sends_voice()
        place.server.faults.add(Fault("400", "copyMessage", description=f"Bad Request: {problem}"))
        copied = carry(source=(sara.account.id, voice.message_id))
        seen = await show(place, "Anna", copied, carry("next"))
        assert ["next" in each.text for each in seen] == [True]
        assert [fault for fault in await place.db.read(faults) if fault] != []


async def test_a_translation_stands_below(sqlite_url: str, wall: MovableWall) -> None:
    asked: list[dict[str, Any]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(await request.json())
        return web.json_response({"translatedText": "Wo <b>treffen</b> wir uns?"})

    async with translating(answer) as url:
        translator = Translator(url, "secret", FakeMonotonic())
        async with station(sqlite_url, wall, translator=translator) as place:
            spoken = carry("أين نلتقي؟", words="أين نلتقي؟", language="prs")
            seen = await show(place, "Anna", spoken, carry("plain"))
            assert "أين نلتقي؟" in seen[0].text
            assert "🤖" in seen[0].text
            assert "Wo <b>treffen</b> wir uns?" in seen[0].text  # as it is, without markup
            assert "🤖" not in seen[1].text
        await translator.close()
    assert asked == [
        {"q": "أين نلتقي؟", "source": "fa", "target": "en", "format": "text", "api_key": "secret"}
    ]


async def test_a_translator_that_is_not_well_is_left_alone() -> None:
    calls: list[int] = []
    answered = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        calls.append(1)
        if len(calls) == 1:
            await answered.wait()
        if len(calls) == 2:
            return web.Response(text="<html>", content_type="text/html")
        if len(calls) == 3:
            return web.json_response({"error": "no such language"}, status=400)
        return web.json_response({"translatedText": "yes"})

    monotonic = FakeMonotonic()
    async with translating(answer) as url:
        translator = Translator(url, "", monotonic, timeout=0.2)

        async def ask() -> str | None:
            return await translator.translate("naam", "ar", "en")

        assert await ask() is None  # too slow
        answered.set()
        assert (await ask(), len(calls)) == (None, 1)  # it rests
        monotonic.advance(REST)
        assert (await ask(), len(calls)) == (None, 2)  # no JSON
        assert (await ask(), len(calls)) == (None, 2)
        monotonic.advance(REST)
        assert (await ask(), len(calls)) == (None, 3)  # not this language: no reason to rest
        assert (await ask(), len(calls)) == ("yes", 4)
        assert await translator.translate("naam", "fa", "prs") is None  # one language to it
        await translator.close()
    assert len(calls) == 4
