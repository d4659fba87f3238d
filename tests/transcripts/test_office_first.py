"""A coordinator looks first: release, ask back, refer, and what was only spoken."""

from bot.clock import MovableWall
from bot.domain.people import Role
from bot.domain.requests import Details
from bot.storage import people
from bot.storage.tx import Tx
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town

MONDAY = moment("2027-01-18 14:30")


async def test_one_tap_releases(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_first=True, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna Vogt", "uk", "de", reads="en")
        olena = await reader_of_english(harz, "Olena")
        words = Details(name="Olena", words="a pain in the back")
        await harz.files(olena, language="uk", starts_at=MONDAY, details=words)
        office.reads(
            "👀 H-1001: please have a look first.",
            "Company to a doctor, Monday, 18.01.2027, 14:30",
            "📍 Halberstadt",
            "Language: Українська",
            "It is their first request.",
        )
        assert office.labels == ["✅ Ask volunteers", "🔎 Have a look", "💬 Ask back", "🏥 Refer"]
        anna.never_read("H-1001")

        assert await office.taps("🔎 Have a look") == "I have written it to you in private."
        krause.reads("H-1001 · Company to a doctor", "Name: Olena", "a pain in the back", "filed")
        office.never_read("Olena", "pain")

        assert await office.taps("✅ Ask volunteers") == "Volunteers are being asked."
        olena.reads("👍 H-1001: the office has looked at it.", "You will hear from us by")
        anna.reads("🙋 Can you help? H-1001")
        office.has_read("H-1001: Volunteers are being asked")
        old = krause.message("Name: Olena")
        assert await krause.taps("✅ Ask volunteers", old) is None
        krause.reads("This is no longer open.")
        await krause.taps("💬 Ask back", old)
        await krause.taps("↩️ To the request")
        krause.has_read("Volunteers are being asked", "volunteers are asked (Frau Krause)")


async def test_the_office_asks_back(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_first=True, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        olena = await reader_of_english(harz, "Olena")
        await harz.files(olena)
        await office.taps("💬 Ask back")
        krause.reads("💬 H-1001: what shall I write?", "1 Please tell us the exact day and time.")
        await krause.taps("1")
        krause.reads("✔️ H-1001: I have passed it on.")
        olena.reads("💬 H-1001: the office writes:", "Please tell us the exact day and time.")
        await olena.taps("✍️ Answer")
        olena.reads("Please write your answer, or send a voice message.")
        await olena.says("Monday at ten")
        olena.has_read("✔️ H-1001: the office has your answer.")
        krause.reads("💬 H-1001: the person answers:", "Monday at ten")
        office.never_read("Monday at ten")

        await krause.taps("💬 Ask back")
        await krause.taps("✍️ My own words")
        krause.reads("It is sent as you write it, not translated.")
        await krause.says("Kommen Sie bitte <b>morgen</b>.")
        olena.reads("the office writes:", "Kommen Sie bitte <b>morgen</b>.")
        await olena.taps("✍️ Answer")
        await olena.does(olena.phone.sends_voice())
        krause.reads("💬 H-1001: the person answers:")

        await harz.lotse.db.transact(no_longer_coordinates, krause.id)
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        await olena.taps("✍️ Answer", olena.message("morgen"))
        await olena.says("I can come")
        krause.never_read("I can come")
        office.reads("💬 H-1001: the person has answered.")
        await office.taps("🔎 Have a look", colleague)
        colleague.has_read("“I can come”", "the office wrote (Frau Krause)")

        await krause.taps("💬 Ask back", krause.message("Monday at ten"))  # removed meanwhile
        krause.reads("Only the coordinators can do this.")
        await krause.says("/open")
        krause.reads("Only the coordinators can do this.")


async def test_a_professional_is_needed(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "en", reads="en")
        mary = await reader_of_english(harz, "Mary")
        for _ in range(2):
            await harz.files(mary, topic=True, starts_at=MONDAY)
        office.reads("H-1002", "A professional may be needed.")
        await office.taps("✅ Ask volunteers")
        office.reads("⚠️ H-1002: a professional is needed. Ask volunteers anyway?")
        anna.never_read("H-1002")
        await office.taps("Yes, ask volunteers")
        anna.reads("H-1002")

        await office.taps("🏥 Refer", message=office.message("👀 H-1001"))
        krause.reads("🏥 H-1001: which service?")
        await krause.taps("SiSA, Sprachmittlung in Sachsen-Anhalt (LAMSA)")
        krause.reads("A professional service takes care of it", "referred (Frau Krause)")
        mary.reads(
            "H-1001: professionals can help you better here than volunteers.",
            "SiSA, Sprachmittlung in Sachsen-Anhalt (LAMSA)",
            "📞 0345 213 893 99",
            "Monday to Friday: 08:00 to 16:00",
        )
        office.has_read("H-1001: A professional service takes care of it")
        await harz.until(MONDAY)
        mary.never_read("H-1001: we are sorry")


async def test_only_a_voice_message(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "en", reads="en")
        mary = await reader_of_english(harz, "Mary")
        await mary.does(mary.phone.sends_voice())
        voice = next(seen for seen in mary.messages if seen.kind == "voice").content["voice"]
        spoken = Details(voice=voice["file_id"])
        await harz.files(mary, category="other", place="", details=spoken)
        office.reads("H-1001", "There is only a voice message. Please listen and complete it.")
        assert "✅ Ask volunteers" not in office.labels
        await office.taps("🔎 Have a look")
        await krause.taps("✍️ Complete it", krause.message("H-1001 · Something else"))
        await krause.taps("Fill in a form")
        await krause.says("Halbrstadt")
        await krause.taps("Halberstadt")
        await krause.taps("No date yet")
        await krause.taps("Comes along")
        await krause.taps("Anybody")
        krause.reads("Is this right? Then volunteers are asked.", "Place: Halberstadt")
        await krause.taps("✅ Ask volunteers")
        krause.has_read("✔️ H-1001: Volunteers are being asked")
        anna.reads("🙋 Can you help? H-1001", "Fill in a form")
        mary.reads("👍 H-1001: the office has looked at it.")


async def test_the_promise_is_kept(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_first=True, office_reads="en") as harz:
        office = await harz.office()
        mary = await reader_of_english(harz, "Mary")
        await harz.files(mary)
        await harz.until(moment("2027-01-18 16:00"))
        mary.reads(
            "H-1001: we are sorry, we have no answer for you yet.",
            "You will hear from us by Tuesday, 19.01.2027, 16:00.",
        )
        office.reads("⏰ H-1001: the person still waits for an answer from us.")
        await harz.until(moment("2027-01-19 16:00"))
        assert sum("no answer for you yet" in said for said in mary.screen) == 2


async def reader_of_english(harz: Town, name: str) -> Person:
    return await harz.requester(name, "en")


def no_longer_coordinates(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    people.revoke(tx, person.id, Role.COORDINATOR, Role.LEAD)
