"""Pictures and voice notes on their way, and what becomes of them on the phone."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.delivery.parcels import LONGEST_CAPTION, qr_code
from bot.messages import Button, Message, Text
from bot.storage import chats
from bot.storage.outbox import Draft, Mode
from simulator import Seen
from tests.delivery.station import Station, station
from tests.storage.outgoing import faults, said

LINK = "https://t.me/lotse_bot?start=i-0123456789abcdefghijkl"
TAKE = Button(Text("Take"), "x:1")
QR = Message((Text("Please scan this."),), ((TAKE,),), qr=LINK)


async def voice_of(place: Station, name: str) -> str:
    """The file id of a voice message that somebody has sent."""
    sent = await (await place.phone(name)).sends_voice()
    return str(sent.content["voice"]["file_id"])


async def show(place: Station, name: str, message: Message, **how: object) -> list[Seen]:
    """What the bot's messages are then."""
    phone = await place.phone(name)
    await place.append(Draft(phone.account.id, message, **how))  # pyright: ignore[reportArgumentType]
    await place.settle()
    return [seen for seen in phone.messages if seen.from_bot]


async def test_a_link_comes_as_a_picture_to_scan(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        (seen,) = await show(place, "Sara", QR, card="invitation")
        assert (seen.kind, seen.text, seen.buttons) == (
            "photo",
            "Please scan this.",
            (("Take",),),
        )
        stored = place.server.world.files.by_id(seen.content["photo"][-1]["file_id"])
        assert stored.data == qr_code(LINK)[1]
        assert stored.data.startswith(b"\x89PNG")
        # A newer version with a picture is sent as a new message; one without changes the caption.
        again = await show(place, "Sara", replace(QR, lines=(Text("New"),)), card="invitation")
        assert [each.text for each in again] == ["Please scan this.", "New"]
        used = await show(place, "Sara", said("Used."), card="invitation", mode=Mode.EDIT)
        assert [(each.text, each.kind, each.buttons) for each in used][1:] == [
            ("Used.", "photo", ())
        ]
        same = await show(place, "Sara", said("Used."), card="invitation", mode=Mode.EDIT)
        assert len(same) == 2
        # What need not stand in its place comes below, without the picture.
        menu = await show(place, "Sara", said("Menu"), card="invitation")
        assert [each.kind for each in menu] == ["photo", "photo", "text"]


async def test_a_voice_message_is_played_again(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        file_id = await voice_of(place, "Sara")
        told = Message((Text("Sara says:"),), ((TAKE,),), voice=file_id)
        (seen,) = await show(place, "Anna", told)
        assert (seen.kind, seen.text, seen.buttons) == ("voice", "Sara says:", (("Take",),))
        assert seen.content["voice"]["file_id"] == file_id


@pytest.mark.parametrize("kind", ["voice", "qr"])
async def test_a_text_too_long_for_a_caption_follows_whole(
    sqlite_url: str, wall: MovableWall, kind: str
) -> None:
    async with station(sqlite_url, wall) as place:
        voice = await voice_of(place, "Sara") if kind == "voice" else ""
        link = LINK if kind == "qr" else ""
        for length, kinds in ((LONGEST_CAPTION, 1), (LONGEST_CAPTION + 1, 2)):
            words = "a" * length
            told = Message((Text(words),), ((TAKE,),), qr=link, voice=voice)
            seen = await show(place, f"Anna{length}", told)
            assert len(seen) == kinds
            assert seen[-1].text == words
            assert seen[-1].buttons == (("Take",),)
            assert seen[0].kind == ("photo" if kind == "qr" else "voice")


@pytest.mark.parametrize("refusal", ["unknown", "forbidden"])
async def test_without_the_voice_the_words_arrive_all_the_same(
    database_url: str, wall: MovableWall, refusal: str
) -> None:
    async with station(database_url, wall) as place:
        file_id = "AwACAgIAAxkBAAIB"
        if refusal == "forbidden":
            file_id = await voice_of(place, "Sara")
            description = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
            place.server.fail("400", method="sendVoice", description=description)
        told = Message((Text("Sara says:"),), ((TAKE,),), voice=file_id)
        (seen,) = await show(place, "Anna", told, card="c")
        assert seen.kind == "text"
        assert seen.text.startswith("Sara says:\n")
        assert "voice message" in seen.text
        assert seen.buttons == (("Take",),)
        assert await place.db.read(faults) == [None]


async def test_where_pictures_are_not_allowed_the_link_is_written(
    sqlite_url: str, wall: MovableWall
) -> None:
    async with station(sqlite_url, wall) as place:
        description = "Bad Request: not enough rights to send photos to the chat"
        place.server.fail("400", method="sendPhoto", description=description)
        (seen,) = await show(place, "Sara", QR)
        assert (seen.kind, LINK in seen.text) == ("text", True)
        sara = (await place.phone("Sara")).account.id
        assert await place.db.read(chats.is_reachable, sara)
