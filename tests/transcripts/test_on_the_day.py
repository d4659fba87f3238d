"""On the day the two find each other: a tap here, a line there, each in their own language."""

import pytest

from bot.clock import MovableWall
from bot.storage.tx import Tx
from tests.transcripts.people import Person
from tests.transcripts.town import HOUR, Town, moment, town


async def met(harz: Town, language: str) -> tuple[Person, Person]:
    anna = await harz.volunteer("Anna", language, "de")
    sara = await harz.requester("Sara", language)
    await harz.request(sara)
    await anna.picks("✅ Yes, I can")
    return anna, sara


def sent(tx: Tx) -> int:
    return len(tx.all("SELECT id FROM signs"))


async def today(person: Person, command: str) -> None:
    await person.says(command)
    await person.taps(next(label for label in person.labels if "🧭" in label))


@pytest.mark.parametrize("language", ["uk"])
async def test_finding_each_other(database_url: str, wall: MovableWall, language: str) -> None:
    async with town(database_url, wall) as harz:
        anna, sara = await met(harz, language)
        await sara.says("/mine")
        assert not any("🧭" in label for label in sara.labels)  # not the day yet
        await harz.until(moment("2027-01-17 14:30"))
        await sara.picks("✅ Yes")
        await anna.picks("✅ Yes")
        await harz.until(moment("2027-01-18 12:30"))  # two hours before
        reminder = anna.message("⏰", "H-1001")
        assert await anna.picks("🚶 On my way", reminder) == harz.label(
            "✔️ We have told the other side.", "de"
        )
        said = sara.reads("🚶", "H-1001", "Anna")
        assert harz.label("Company to a doctor", language) not in said
        await anna.picks("🚶 On my way", reminder)  # a second tap is no news
        assert sum("🚶" in one for one in sara.screen) == 1
        await sara.picks("👍 All right")
        assert "Sara" not in anna.has_read("👍", "H-1001")
        await sara.picks("⏱ I am late", sara.message("🚶", "H-1001"))
        await sara.taps(next(label for label in sara.labels if "20" in label))
        anna.reads("⏱", "H-1001", "20")
        await today(anna, "/tasks")
        await anna.picks("🔎 I can't find you")
        anna.reads("H-1001", "03941 5970-4504")
        sara.reads("🔎", "H-1001", "Anna")

        # Where to meet: a line of text as it is, or a location. Nothing else.
        await sara.picks("📌 Where to meet")
        await sara.does(sara.phone.sends_sticker())
        await sara.says("<b>left</b> door & t.me/x @sara")
        told = anna.reads("📌", "H-1001", "<b>left</b> door & t.me/x @sara")
        assert "Sara" not in told
        await today(anna, "/tasks")
        await anna.picks("📌 Where to meet")
        await anna.does(anna.phone.sends_location(51.8958, 11.0467))
        assert sara.last.content.get("location") is not None
        sara.has_read("📌", "H-1001", "Anna")

        # Ten from each side are enough.
        for _ in range(12):
            await harz.later(61)
            await today(sara, "/mine")
            await sara.picks("📍 I am here")
        sara.reads("03941 5970-4504")
        assert sum("📍" in said for said in anna.screen) == 7
        assert await harz.lotse.db.read(sent) == 13

        # Afterwards an old button says so, and nobody hears anything.
        await harz.until(moment("2027-01-18 16:30") + HOUR)
        await sara.picks("📍 I am here", sara.message("🔎", "H-1001"))
        sara.reads(harz.label("This is no longer open.", language))
        assert await harz.lotse.db.read(sent) == 13
