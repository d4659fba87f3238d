"""The people of the office: a lead invites, hands the lead on, ends roles; and reads the trail."""

from bot.clock import MovableWall
from bot.domain.people import Role
from tests.transcripts.test_menus import menu_of
from tests.transcripts.town import town


async def test_roles_come_and_go(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        busch = await harz.member("Herr Busch", Role.COORDINATOR, "en")
        await office.joins(busch)
        assert {"open", "new", "invite"} <= menu_of(harz, busch.id).keys()
        assert menu_of(harz, busch.id).keys().isdisjoint({"team", "audit", "file"})
        lind = await harz.member("Frau Lind", Role.READER, "en")
        assert {"open", "request", "who", "volunteers"} <= menu_of(harz, lind.id).keys()
        assert menu_of(harz, lind.id).keys().isdisjoint({"new", "invite", "team", "audit"})

        # Who leads invites to all roles, who coordinates to two.
        await krause.says("/invite")
        assert "🗂 A coordinator" in krause.labels
        await krause.picks("✖️ Cancel")
        await busch.says("/invite")
        assert [one for one in busch.labels if one.startswith(("🙋", "🏫", "🗂", "👁"))] == [
            "🙋 A volunteer",
            "🏫 A referrer",
        ]
        await busch.picks("✖️ Cancel")

        # A reader looks, and changes nothing.
        sara = await harz.requester("Sara", "ar")
        await harz.files(sara)
        await lind.says("/request H-1001")
        lind.has_read("H-1001 · Company to a doctor")
        await lind.says("/new")
        lind.reads("Your role does not allow this. Please ask who leads the office.")

        # Somebody else leads, too; then the first one can stop, and the last one can't.
        await krause.says("/team")
        krause.reads("Frau Krause: Lead coordinator", "Frau Lind: Reads only")
        await krause.taps("Frau Krause")
        await krause.taps("No longer lead")
        krause.reads("Somebody must lead the office.")
        await krause.taps("End as coordinator", krause.message("Frau Krause", "since"))
        await krause.taps("Yes, end it")
        krause.reads("Somebody must lead the office.")
        await krause.says("/team")
        await krause.taps("Herr Busch")
        krause.reads("Coordinator, since Friday, 15.01.2027")
        await krause.taps("⭐ Let them lead")
        busch.has_read("You lead the office here from now on. Write /team to see the team.")
        assert {"team", "audit", "open"} <= menu_of(harz, busch.id).keys()

        # What Krause had taken is open again when her role ends.
        await sara.picks("📞 Call me")
        await sara.says("0171 2345678")
        await office.taps("I'll take it")
        krause.has_read("📞 Please call: +491712345678")
        await busch.says("/team")
        await busch.taps("Frau Krause")
        await busch.taps("End as coordinator")
        busch.reads("End this for Frau Krause: Coordinator?")
        await busch.taps("Yes, end it")
        busch.reads("✔️ Frau Krause: Coordinator has ended.", "remove them from the group")
        krause.has_read("You are no longer a coordinator here.")
        krause.never_read("+491712345678")
        assert menu_of(harz, krause.id).keys().isdisjoint({"open", "team", "invite"})
        office.has_read("Frau Krause is no longer a coordinator.")
        office.reads("📞 Somebody asks to be called.")
        await office.taps("I'll take it", busch)
        busch.has_read("📞 Please call: +491712345678")
        await krause.says("/open")
        krause.reads("Only the coordinators can do this.")

        # All of it is in the trail.
        await busch.says("/audit")
        busch.reads(
            "Who saw or changed what",
            "had no right to this: /open (Frau Krause)",
            "took a call: call 1 (Herr Busch)",
            "person:ended:coordinator: Frau Krause (Herr Busch)",
        )
        await busch.taps("👤 Frau Krause")
        busch.reads("Who saw or changed what · Frau Krause", "made somebody lead: Herr Busch")
        assert "(Herr Busch)" not in busch.screen[-1]
        await busch.says("/audit H-1001")
        busch.reads("looked at the request: H-1001 (Frau Lind)")
        await busch.says("/audit lind")
        busch.reads("had no right to this: /new (Frau Lind)")
        await busch.taps("📄 As a table")
        table = busch.files[-1].content["document"]
        assert table["file_name"] == "Zugriffsprotokoll.csv"
