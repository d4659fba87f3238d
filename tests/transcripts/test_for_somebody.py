"""/new: a coordinator files for somebody without Telegram, and calls them instead."""

from bot.clock import MovableWall
from bot.domain.requests import Details
from tests.transcripts.town import moment, town


async def test_without_telegram(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        anna = await harz.volunteer("Anna", "ar", reads="en")
        await krause.says("/new")
        await krause.says("Frau Haddad")
        await krause.says("0171 2345678")
        await krause.taps("العربية")
        await krause.taps("Company to a doctor")
        await krause.says("Atlantis")
        krause.reads("I do not know this place.")
        await krause.says("Quedlinburg")
        await krause.says("18.01.2027")
        await krause.says("14:30")
        await krause.taps("Comes along")
        await krause.taps("Anybody")
        await krause.taps("⏭ Skip")
        krause.reads("Is this right?", "Name: Frau Haddad", "Phone: +491712345678", "Quedlinburg")
        await krause.taps("✅ File it")
        krause.has_read("✅ Filed for Frau Haddad: H-1001.", "They were promised to hear by")
        anna.reads("🙋 Can you help? H-1001")

        await anna.taps("✅ Yes, I can")
        call = office.reads("📞 Please call about H-1001.", "Language: العربية")
        assert "Haddad" not in call
        assert await office.taps("I'll take it") == "I have written it to you in private."
        krause.reads(
            "📞 Please call: +491712345678",
            "Name: Frau Haddad",
            "Please say:",
            "✅ H-1001: Anna will come with you.",
        )
        office.has_read("📞 Call about H-1001: a coordinator has taken it.")
        await office.taps("Take it over", colleague)
        krause.has_read("📞 Another coordinator has taken this call over.")
        krause.never_read("Please call: +49")
        await colleague.taps("✔️ Said", colleague.message("Please call"))
        colleague.reads("✔️ H-1001: called.")
        colleague.never_read("+49171")
        office.has_read("✔️ Call about H-1001: done.")
        office.never_read("Haddad", "+49171")

        await anna.taps("I can't come")
        await anna.taps("I can't come")
        office.has_read("📞 Please call about H-1001.")
        await krause.says("/open")
        await krause.taps("📞 Call: H-1001")
        krause.reads("📞 Please call: +491712345678")
        await krause.taps("🔎 Have a look")
        await krause.taps("⋯ More", krause.message("H-1001 · Company"))
        await krause.taps("🗂 Close it")
        await krause.taps("It is solved already")
        office.has_read("📞 Please call about H-1001.")
        assert sum("+49171" in said for said in krause.screen) == 1  # in the view of the request


async def test_called_instead_of_written_to(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        mary = await harz.requester("Mary", "en")
        before = len(mary.screen)
        called = Details(phone="+493941123456")
        await harz.files(mary, starts_at=moment("2027-01-18 14:30"), details=called)
        office.reads("H-1001", "The person wants to be called, not written to.")
        await office.taps("✅ Ask volunteers")
        office.reads("📞 Please call about H-1001.")
        await office.taps("👥 Assign by hand", message=office.message("⚠️ H-1001"))
        krause.reads("Nobody fits.")
        await krause.taps("↩️ To the request")
        await krause.taps("🔓 Relax a rule")
        await krause.taps("Also by phone")
        await harz.volunteer("Anna", "en", reads="en")
        await office.taps("I'll take it")
        krause.reads("📞 Please call: +493941123456", "Can a volunteer also help you by phone?")
        await krause.taps("Says yes")
        krause.reads(
            "✔️ H-1001: called. Volunteers are being asked",
            "Please say also:",
            "We are asking volunteers now.",
        )
        harz.people["Anna"].reads("🙋 Can you help? H-1001")
        assert len(mary.screen) == before
