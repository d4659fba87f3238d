"""A photo with a request: only where the county allows it, and only for who needs to see it."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.conversation.readers import NO_PHOTO
from bot.i18n.bidi import without_controls
from simulator import Seen
from tests.transcripts.people import Person
from tests.transcripts.town import Town, town

HINT = "You can also send a photo, but not of people or of medical papers."


async def to_the_words(person: Person) -> None:
    """On the summary, at "a few words"."""
    await person.town.comes_to_the_day(person)
    await person.says("18.01.2027")
    await person.says("14:30")
    await person.picks("No matter")
    await person.picks("✏️ Change")
    words = person.town.label("A few words", person.language)
    await person.taps(next(label for label in person.labels if words in label))


@pytest.mark.parametrize("language", ["ar", "uk"])
async def test_a_kind_refusal(database_url: str, wall: MovableWall, language: str) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", language)
        await sara.does(sara.phone.sends_photo())
        no_way = "I can't see what you need from a photo. Please tap a button, or send a voice"
        sara.reads(harz.label(f"{no_way} message 🎤", language))
        await to_the_words(sara)
        assert harz.label(HINT, language) not in sara.screen[-1]
        await sara.does(sara.phone.sends_photo(caption="look"))
        sara.reads(harz.label(NO_PHOTO, language))
        await sara.says("three letters")
        sara.reads("three letters")
        await sara.picks("✅ Send")


async def test_where_it_is_allowed(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        await allow_photos(harz)
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "en", reads="de")
        mary = await harz.requester("Mary", "en")
        await to_the_words(mary)
        mary.reads(HINT)
        await mary.does(mary.phone.sends_photo(caption="this letter"))
        mary.reads("A few words: Photo: this letter")
        await mary.picks("✅ Send")

        office.reads("👀 H-1001", "There is a photo with it. Please look at it.")
        await office.taps("🔎 Have a look")
        assert len(photos(krause)) == 1
        krause.has_read("In their words: this letter")
        await office.taps("✅ Ask volunteers")
        anna.reads("H-1001")
        assert photos(anna) == []
        assert not any(seen.kind == "photo" for seen in office.messages)
        await anna.picks("✅ Yes, I can")
        (shown,) = photos(anna)
        assert without_controls(shown.text) == "📷 H-1001"
        anna.has_read("this letter")
        assert not any(seen.kind == "photo" for seen in office.messages)


async def allow_photos(harz: Town) -> None:
    await harz.stop()
    harz.county = replace(harz.county, photos=True)
    await harz.start()


def photos(person: Person) -> list[Seen]:
    return [seen for seen in person.messages if seen.kind == "photo" and seen.from_bot]
