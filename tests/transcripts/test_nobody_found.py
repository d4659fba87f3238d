"""Nobody is left to ask: by hand, a rule relaxed openly, professionals, or an honest end."""

from bot.clock import MovableWall
from bot.domain.people import Gender
from bot.domain.requests import How
from tests.transcripts.town import moment, town

MONDAY = moment("2027-01-18 14:30")


async def test_by_hand(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna Vogt", "en", reads="en")
        mary = await harz.requester("Mary", "en")
        await harz.files(mary, starts_at=MONDAY)
        await anna.taps("Not this time")
        mary.reads("H-1001", "we have not found a volunteer yet")
        office.reads("⚠️ H-1001 needs you: no volunteer is left to ask.", "1 was asked before")
        bilal = await harz.volunteer("Bilal", "en", reads="en")

        await krause.says("/who H-1001")
        krause.reads("who would be asked, and who not", "1. Bilal", "✖️ Anna Vogt: was asked before")
        assert krause.labels == ["↩️ To the request"]
        await office.taps("👥 Assign by hand")
        krause.reads("👥 H-1001: who shall do it?")
        office.never_read("Bilal", "Anna")
        await krause.taps("Bilal")
        await krause.taps("💬 Ask in chat")
        krause.reads(
            "Volunteers are being asked", "🙋 Bilal: no answer yet", "🙋 Anna Vogt: said no"
        )
        bilal.reads("🙋 Can you help? H-1001")
        mary.reads("👍 H-1001: the office has looked at it.")

        await krause.taps("👥 Assign by hand")  # Anna has called, she can come after all
        await krause.taps("Anna Vogt")
        krause.reads("✖️ Anna Vogt: was asked before")
        assert "💬 Ask in chat" not in krause.labels
        await krause.taps("☎️ Has said yes")
        krause.reads(
            "✅ A volunteer will come", "With: Anna Vogt", "assigned by hand (Frau Krause)"
        )
        anna.has_read("💚 Thank you! You take H-1001.")
        mary.reads("✅ H-1001: Anna will come with you.")
        bilal.reads("H-1001 is no longer open.")
        await krause.says("/volunteers")
        krause.reads("👥 2 volunteers", "✅ Anna Vogt · English", "✅ Bilal")
        await krause.says("/open")
        krause.reads("✔️ Nothing waits for you.")
        await office.says("/request H-1001")
        office.reads("Please write this to me in private.")
        await krause.says("/request 1001")
        await krause.taps("✖️ Call it off")
        await krause.taps("✖️ Yes, call it off")
        mary.reads("✖️ H-1001 is cancelled.")
        anna.reads("✖️ H-1001 was cancelled")


async def test_a_rule_is_relaxed_openly(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        mary = await harz.requester("Mary", "en")
        await harz.files(mary, starts_at=MONDAY, gender=Gender.WOMAN, how=How.ALONG)
        office.reads("⚠️ H-1001 needs you")
        anna = await harz.volunteer("Anna", "en", reads="en")
        await office.taps("🔓 Relax a rule")
        krause.reads("🔓 H-1001: I ask the person first. Only a yes changes it.")
        assert krause.labels[:3] == ["Also a man or a woman", "Also by phone", "Another day"]
        await krause.taps("Also by phone")
        krause.reads("✔️ H-1001: I have asked the person.")
        mary.reads("H-1001: we find nobody so far. Can a volunteer also help you by phone?")
        await mary.taps("No, please not")
        mary.reads("👍 H-1001: thank you. The office looks for a way now.")
        office.reads("H-1001: the person does not want this rule to be relaxed.")
        anna.never_read("H-1001")

        await office.taps("🔓 Relax a rule")
        await krause.taps("Also a man or a woman")
        question = mary.message("May a man or a woman come")
        await mary.taps("Yes, that is all right", question)
        mary.reads("👍 H-1001: the office has looked at it.", "We are asking volunteers now.")
        anna.reads("🙋 Can you help? H-1001")
        await krause.says("/request H-1001")
        said = krause.reads("yes: also a man or a woman", "no: not by phone")
        assert "A woman is wanted" not in said


async def test_an_honest_end(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        mary = await harz.requester("Mary", "en")
        for _ in range(2):
            await harz.files(mary, starts_at=MONDAY)
        await office.taps("🗂 Close it", message=office.message("⚠️ H-1001"))
        await krause.taps("Could not be reached")
        krause.reads("H-1001", "✖️ Closed by the office", "Could not be reached (Frau Krause)")
        mary.reads("H-1001 is closed, because we could not reach you.", "03941 5970-4504")
        office.has_read("H-1001: ✖️ Closed by the office")

        await krause.says("/open")
        krause.reads("H-1002 · Company to a doctor", "⚠️ Nobody found yet")
        await krause.taps("H-1002")
        await harz.until(MONDAY)
        mary.reads("H-1002: we are sorry. We did not find a volunteer in time.")
        await krause.taps("🏥 Refer")
        krause.reads("🏥 H-1002: which service?")
        await krause.taps("SiSA, Sprachmittlung in Sachsen-Anhalt (LAMSA)")
        krause.reads("It is too late for this.")


async def test_the_morning_digest(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", reads="en")
        await harz.until(moment("2027-01-18 08:00"))
        mary = await harz.requester("Mary", "en")
        office.reads("✅ Requests will be shown in this group.")  # nothing waits: nothing is said
        await harz.files(mary, starts_at=moment("2027-01-20 10:00"))
        await anna.taps("✅ Yes, I can")
        await harz.files(mary, language="tr")
        await harz.until(moment("2027-01-19 08:00"))
        office.has_read("🌅 Good morning!", "1 request has nobody", "All of it: /open")
        await harz.until(moment("2027-01-20 07:30"))
        office.reads("Appointments today:", "H-1001 · Company to a doctor", "Halberstadt")
        await harz.until(moment("2027-01-23 23:00"))  # Saturday
        assert sum("Good morning" in said for said in office.screen) == 4
