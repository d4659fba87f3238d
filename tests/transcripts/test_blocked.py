"""Somebody is blocked for a while: kindly, in their language, and a human stays within reach."""

from bot.clock import MovableWall
from bot.domain.errors import Code
from bot.messages import Text
from handlers.common.refusals import words_for
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town

MONDAY = moment("2027-01-18 14:30")


async def test_a_requester(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = (await harz.office()).coordinator
        anna = await harz.volunteer("Anna", "ar", reads="tr")
        sara = await harz.requester("Sara", "ar")
        await harz.files(sara, starts_at=MONDAY)
        await anna.picks("✅ Yes, I can")
        await krause.says("/request H-1001")
        await krause.taps("⋯ More")
        await krause.taps("🚫 Block the person")
        await krause.says("01.02.2027")
        await krause.says("was very rude")
        krause.reads("Block this person?", "Possible again from: Monday, 01.02.2027", "very rude")
        await krause.taps("🚫 Yes, block")
        krause.has_read("is blocked. They have heard it", "was very rude", "This goes on: H-1001")
        told = sara.reads(
            read(harz, sara, "We are sorry. For now you can't ask for help here."), "03941"
        )
        assert "rude" not in told

        await sara.says("/cancel")
        await sara.picks("🙋 Ask for help")
        sara.reads(refused(harz, sara))
        await sara.picks("📞 Call me")
        await sara.says("0171 2345678")
        sara.has_read("+491712345678")  # a human stays within reach
        await krause.says("/calls")
        krause.reads("A call in العربية")

        await krause.says("/request H-1001")
        krause.reads("🚫 Blocked until Monday, 01.02.2027: was very rude")
        await krause.says("/blocked")
        krause.reads("🚫 Who is blocked", "H-1001", "was very rude")
        await harz.until(moment("2027-02-01 08:00"))
        sara.has_read(read(harz, sara, "👍 You can ask for help here again."))
        await krause.says("/blocked")
        krause.reads("✔️ Nobody is blocked.")
        await sara.says("/start")
        await sara.picks("🙋 Ask for help")
        await harz.comes_to_the_day(sara)


async def test_a_volunteer(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        ayse = await harz.volunteer("Ayse", "en", reads="tr")
        mary = await harz.requester("Mary", "en")
        await harz.files(mary, starts_at=MONDAY)
        await ayse.picks("✅ Yes, I can")
        await harz.files(mary, starts_at=moment("2027-01-16 10:00"))
        offer = ayse.message("H-1002")
        await krause.says("/volunteers")
        await krause.taps("Ayse")
        krause.reads("🗓 Monday, 18.01.2027, 14:30 · H-1001")
        await krause.taps("🚫 Block")
        await krause.says("01.02.2027")
        await krause.says("complaints")
        await krause.taps("🚫 Yes, block")
        ayse.has_read(read(harz, ayse, "We are sorry. For now we do not ask you to help."), "03941")
        office.has_read("H-1002", "1 is blocked for now")
        await ayse.picks("✅ Yes, I can", offer)  # an offer that was there before
        ayse.reads(refused(harz, ayse))
        await harz.files(mary, starts_at=moment("2027-01-21 10:00"))
        ayse.never_read("H-1003")
        await krause.says("/who H-1003")
        krause.reads("✖️ Ayse: is blocked for now")

        await ayse.picks("✉️ Write a message")
        await ayse.says("hello from me")
        ayse.reads(refused(harz, ayse))
        mary.never_read("hello from me")

        await krause.says("/volunteers")
        await krause.taps("🔎 State")
        await krause.taps("🚫 Blocked")
        krause.reads("👥 1 volunteer", "Ayse · English · – · blocked")
        await krause.taps("Ayse")
        krause.reads("🚫 Blocked until Monday, 01.02.2027", "complaints")
        await krause.taps("✅ Unblock")
        krause.reads("✔️ Ayse is not blocked any more.")
        ayse.reads(read(harz, ayse, "👍 We can ask you to help again."))
        await harz.files(mary, starts_at=moment("2027-01-22 10:00"))
        await ayse.says("/tasks")
        await ayse.picks("🔎 Open tasks")
        ayse.reads("H-1004")


def read(harz: Town, person: Person, english: str) -> str:
    return harz.said(Text(english), person.language)


def refused(harz: Town, person: Person) -> str:
    return harz.said(words_for(Code.BLOCKED, harz.county), person.language)
