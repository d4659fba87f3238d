"""Offers: no, no answer, a late yes, nobody left, everybody at once."""

from bot.clock import MovableWall
from tests.transcripts.town import moment, town


async def test_a_no_is_a_no(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar")
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "en")
        await sara.says("/language")
        await sara.chooses("ar")
        await harz.request(sara)
        await anna.taps("Diesmal nicht")
        anna.reads("H-1001: Sie haben diesmal abgelehnt. Das ist in Ordnung, danke.")
        assert anna.labels == []
        office.reads("H-1001", "Wir fragen Ehrenamtliche")
        await bilal.taps("Diesmal nicht")

        sara.reads("H-1001", "وصلنا طلبك، لكننا لم نجد متطوّعين بعد.", "03941 5970-4504")
        assert sara.labels == ["📞 أرجو الاتصال بي"]
        alert = office.reads(
            "⚠️ H-1001 braucht Sie", "Montag, 18.01.2027, 14:30", "Sprache: العربية"
        )
        for name in ("Sara", "Anna", "Bilal"):
            assert name not in alert
        office.has_read("H-1001 · Begleitung zum Arzt", "⚠️ Noch niemand gefunden")
        assert (
            await office.taps("🔁 Alle neu fragen") == "Es gibt niemanden, den wir fragen können."
        )
        assert [said for said in anna.screen if "Können Sie helfen" in said] == []
        await harz.until(moment("2027-01-18 14:30"))
        sara.reads("H-1001", "لم نجد متطوّعين في الوقت المناسب", "03941 5970-4504")
        office.has_read("H-1001", "⚠️ Leider niemanden rechtzeitig gefunden")


async def test_no_answer_then_ask_all_again(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        names = ["Anna", "Bilal", "Clara", "Dilan", "Emre", "Fatma", "Gül"]
        people = [await harz.volunteer(name, "en") for name in names]
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "25.01.2027")
        sara.reads("You will hear from us by Saturday, 16.01.2027, 20:00.")
        asked = [person for person in people if "H-1001" in person.screen[-1]]
        assert len(asked) == 5  # nobody is tired out at once

        await harz.until(moment("2027-01-16 20:00"))
        for person in asked:
            person.reads("⌛ H-1001: Wir haben jetzt andere gefragt.", "Montag, 25.01.2027, 14:30")
            assert person.labels == ["✅ Ja, ich kann"]
        for person in people[5:]:
            person.reads("🙋 Können Sie helfen? H-1001")
        sara.reads("H-1001: nobody has said yes so far.", "by Sunday, 17.01.2027, 20:00.")

        await harz.until(moment("2027-01-17 20:00"))
        sara.reads("we have not found a volunteer yet")
        office.reads("⚠️ H-1001 braucht Sie")
        assert (
            await office.taps("🔁 Alle neu fragen")
            == "Die Ehrenamtlichen werden noch einmal gefragt."
        )
        office.reads("H-1001: Wir fragen Ehrenamtliche")
        assert office.labels == []
        for person in people:
            person.reads("🙋 Können Sie helfen? H-1001")
        sara.reads("H-1001: nobody has said yes so far.", "by Monday, 18.01.2027, 20:00.")
        await people[3].taps("✅ Ja, ich kann")
        sara.reads("✅ H-1001: Dilan will come with you.")
        for person in people:
            if person is not people[3]:
                person.reads("H-1001 ist nicht mehr offen. Trotzdem")


async def test_a_late_yes_is_welcome(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "25.01.2027")
        await harz.until(moment("2027-01-16 20:00"))
        office.reads("⚠️ H-1001 braucht Sie")
        await anna.taps("✅ Ja, ich kann")
        anna.has_read("💚 Danke! Sie übernehmen H-1001.")
        sara.reads("✅ H-1001: Anna will come with you.")
        office.reads("H-1001: ✅ Hilfe gefunden")
        assert office.labels == []


async def test_twenty_say_yes_at_once(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        people = [await harz.volunteer(f"V{number:02}", "en") for number in range(20)]
        await office.taps("🔁 Alle neu fragen")
        office.reads("H-1001: Wir fragen Ehrenamtliche")
        await harz.at_once(*(person.phone.taps("✅ Ja, ich kann") for person in people))

        winners = [person for person in people if "💚 Danke" in "".join(person.screen)]
        assert len(winners) == 1
        sara.reads(f"✅ H-1001: {winners[0].phone.account.first_name} will come with you.")
        for person in people:
            if person is not winners[0]:
                person.has_read("H-1001 ist nicht mehr offen. Trotzdem vielen Dank!")
                person.reads("Jemand anderes war schneller. Vielen Dank!")
                assert all(seen.buttons == () for seen in person.messages if "H-1001" in seen.text)
        winners[0].never_read("schneller")


async def test_two_tasks_at_one_time(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        emily = await harz.requester("Emily", "en")
        await harz.request(sara, "16.01.2027", "14:30")
        await harz.request(emily, "16.01.2027", "16:00")
        second = anna.last
        await anna.taps("✅ Ja, ich kann", anna.message("14:30"))
        await anna.taps("✅ Ja, ich kann", second)
        anna.reads("Sie haben zu dieser Zeit schon einen anderen Einsatz.")
        emily.reads("We are asking volunteers now.")
        await harz.request(emily, "16.01.2027", "13:00")  # she is busy then, so nobody can be asked
        emily.reads("H-1003", "we have not found a volunteer yet")


async def test_too_late_to_say_yes_or_no(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "15.01.2027", "09:20")  # in twenty minutes
        sara.reads("You will hear from us by Friday, 15.01.2027, 09:20.")
        offer = anna.last
        await anna.taps("✅ Ja, ich kann")
        task = anna.last
        await harz.until(moment("2027-01-15 09:21"))
        await anna.taps("Ich kann nicht kommen", task)
        anna.reads("Der Termin hat schon begonnen.", "03941 5970-4504")
        assert offer.message_id == task.message_id
        await anna.says("/tasks")
        anna.reads("H-1001")
        # It goes on; writing, open tasks and the menu: nothing that could be handed back.
        writing, on_the_day, *others = anna.labels
        assert (writing[0], on_the_day[0]) == ("✉", "🧭")
        assert others == [
            "🔎 Offene Einsätze",
            harz.label("🧾 My hours", "de"),
            harz.label("😮‍💨 Too much for me", "de"),
            "🏠 Menü",
        ]


async def test_nobody_at_all(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas)
        jonas.reads(
            "✅ Gesendet. Ihre Anfrage hat die Nummer H-1001.",
            "noch keine ehrenamtliche Hilfe gefunden",
            "03941 5970-4504",
        )
        assert jonas.labels[:2] == ["📋 Meine Anfragen", "📞 Rückruf bitte"]
        office.reads("⚠️ H-1001 braucht Sie")
        anna = await harz.volunteer("Anna", "de")
        assert (
            await office.taps("🔁 Alle neu fragen")
            == "Die Ehrenamtlichen werden noch einmal gefragt."
        )
        await anna.taps("✅ Ja, ich kann")
        jonas.reads("✅ H-1001: Anna kommt mit.")
