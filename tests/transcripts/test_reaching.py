"""People and groups that can't be reached, and what the office learns of it."""

from bot.clock import MovableWall
from tests.transcripts.people import Office
from tests.transcripts.town import moment, town


async def test_a_volunteer_blocks_the_bot(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna Vogt", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await anna.taps("✅ Ja, ich kann")
        bilal = await harz.volunteer("Bilal", "en")

        await anna.does(anna.phone.blocks_bot())
        alert = office.reads("⚠️ H-1001", "hat den Bot blockiert", "Montag, 18.01.2027, 14:30")
        assert "Anna" not in alert
        assert await office.taps("👤 Wer ist das?") == "Ich habe es Ihnen privat geschrieben."
        office.coordinator.reads("👤 H-1001: Anna Vogt")
        await anna.does(anna.phone.unblocks_bot())
        office.reads("✅ H-1001: Die ehrenamtliche Person ist wieder erreichbar.")
        await harz.until(moment("2027-01-17 14:30"))
        anna.reads("⏰ Erinnerung: H-1001")

        await anna.does(anna.phone.blocks_bot())
        assert sum("blockiert" in said for said in office.screen) == 1
        await office.taps("🔁 Andere fragen")
        bilal.reads("🙋 Können Sie helfen? H-1001")
        sara.reads("H-1001: the volunteer can't come after all. We are sorry.")
        await bilal.taps("✅ Ja, ich kann")
        sara.reads("✅ H-1001: Bilal will come with you.")
        await anna.starts()
        anna.reads("Was möchten Sie tun?")
        await anna.says("/tasks")
        anna.reads("Sie haben zurzeit keine Einsätze.")


async def test_nobody_waits_for_somebody_who_is_gone(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        people = [await harz.volunteer(f"V{number}", "en") for number in range(6)]
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "25.01.2027")
        people[5].never_read("H-1001")
        for person in people[:4]:
            await person.does(person.phone.blocks_bot())
        people[5].never_read("H-1001")
        await people[4].does(people[4].phone.deletes_account())  # nobody tells us, until we write
        await harz.until(moment("2027-01-16 20:00"))
        people[5].reads("🙋 Können Sie helfen? H-1001")
        await people[0].starts()
        await people[0].taps("✅ Ja, ich kann")  # a late yes of somebody who came back
        sara.reads("✅ H-1001: V0 will come with you.")
        office.reads("H-1001", "✅ Hilfe gefunden")


async def test_a_requester_blocks_the_bot(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await sara.does(sara.phone.blocks_bot())
        office.reads("⚠️ H-1001", "Die anfragende Person hat den Bot blockiert")
        await anna.taps("✅ Ja, ich kann")
        sara.never_read("Anna")
        await sara.starts()
        sara.reads("Open requests: 1")
        await sara.taps("📋 My requests")
        sara.reads("With: Anna")
        await harz.until(moment("2027-01-17 14:30"))
        sara.reads("⏰ Reminder: H-1001")


async def test_the_bot_is_thrown_out_of_the_office(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await sara.picks("📞 Call me")
        await sara.says("03941 123456")
        await office.group.remove_bot(by=krause.phone.account)
        await harz.settle()
        krause.has_read("⚠️ Ich kann nicht mehr in Ihre Gruppe schreiben.")
        krause.has_read("⚠️ H-1001 braucht Sie")
        krause.has_read("📞 Jemand bittet um einen Anruf.")

        await krause.taps("Ich übernehme das")  # works here as well
        krause.has_read("📞 Bitte rufen Sie an: +493941123456")
        anna = await harz.volunteer("Anna", "en")
        assert (
            await krause.taps("🔁 Alle neu fragen")
            == "Die Ehrenamtlichen werden noch einmal gefragt."
        )
        anna.reads("🙋 Können Sie helfen?")
        await anna.taps("Diesmal nicht")
        krause.has_read("⚠️ H-1001 braucht Sie")

        again = Office(harz, harz.server.group("Neue Gruppe"), krause)
        await again.group.add_bot(by=krause.phone.account)
        await again.says("/here")
        again.has_read("H-1001 · Begleitung zum Arzt", "⚠️ Noch niemand gefunden")
        again.reads("⚠️ H-1001 braucht Sie")


async def test_no_group_so_far(database_url: str, wall: MovableWall) -> None:
    """Whatever happens before somebody coordinates is shown as soon as there is a group."""
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await sara.picks("📞 Call me")
        await sara.says("03941 123456")
        anna = await harz.volunteer("Anna", "de")
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas)
        office = await harz.office()
        office.has_read("H-1001 · Begleitung zum Arzt", "⚠️ Noch niemand gefunden")
        office.has_read("⚠️ H-1001 braucht Sie")
        office.has_read("H-1002 · Begleitung zum Arzt", "Wir fragen Ehrenamtliche")
        office.has_read("📞 Jemand bittet um einen Anruf.")
        await anna.taps("✅ Ja, ich kann")
        office.has_read("H-1002", "✅ Hilfe gefunden")
        said = len(office.screen)
        await office.says("/here")  # again, in the same group: nothing comes twice
        assert len(office.screen) == said + 1 + 2  # but what needs somebody is called out again


async def test_the_group_becomes_a_supergroup(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "de")
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas)
        old = office.group.chat_id
        await office.group.migrate()
        await harz.settle()
        assert office.group.chat_id != old
        office.reads("H-1001 · Begleitung zum Arzt", "Wir fragen Ehrenamtliche")
        await anna.taps("✅ Ja, ich kann")
        office.reads("H-1001", "✅ Hilfe gefunden")
        assert len(office.screen) == 1


async def test_the_supergroup_is_noticed_when_writing(database_url: str, wall: MovableWall) -> None:
    """The service message got lost; Telegram tells the new id when we write to the old one."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        harz.server.updates.allowed = frozenset({"callback_query"})
        await office.group.migrate()
        harz.server.updates.allowed = None
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas)
        office.has_read("H-1001 · Begleitung zum Arzt", "⚠️ Noch niemand gefunden")
        office.has_read("⚠️ H-1001 braucht Sie")
