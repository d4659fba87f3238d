"""The main path: a request becomes an appointment that both sides are reminded of."""

from bot.clock import MovableWall
from tests.transcripts.town import moment, town


async def test_company_to_a_doctor(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna Vogt", "ar", "de")
        bilal = await harz.volunteer("Bilal", "ar", reads="ar")
        olena = await harz.volunteer("Olena", "uk", "de")
        sara = harz.person("Sara", "ar")

        await sara.says("/start")
        assert sara.labels[:3] == ["العربية", "Deutsch", "English"]  # her app's comes first
        await sara.taps("العربية")
        sara.language = "ar"
        sara.reads("03941 5970-4504")
        await sara.picks("✅ I agree")
        await sara.picks("🩺 Doctor")
        await sara.picks("No, none of these")
        await sara.says("هالبرشتات")
        await sara.taps("Halberstadt")  # guessed, so it is asked back
        sara.reads("في أي يوم الموعد؟")
        await sara.taps("الاثنين، 18.01.2027")
        await sara.says("١٤:٣٠")
        await sara.picks("No matter")
        sara.reads("هل هذا صحيح؟", "Halberstadt", "الاثنين، 18.01.2027", "14:30")
        await sara.taps("✅ إرسال")
        sara.reads("H-1001", "نسأل المتطوّعين الآن", "السبت، 16.01.2027، 20:00")

        anna.reads(
            "🙋 Können Sie helfen? H-1001",
            "Begleitung zum Arzt, Montag, 18.01.2027, 14:30",
            "Sprache: العربية",
            "Bitte antworten Sie bis: Samstag, 16.01.2027, 20:00.",
        )
        bilal.reads("🙋 هل يمكنك المساعدة؟ H-1001", "مرافقة إلى الطبيب، الاثنين، 18.01.2027، 14:30")
        olena.never_read("H-1001")
        office.reads("H-1001 · Begleitung zum Arzt", "Wir fragen Ehrenamtliche")

        await anna.taps("✅ Ja, ich kann")
        anna.reads("💚 Danke! Sie übernehmen H-1001.")
        assert "Ich kann nicht kommen" in anna.labels
        sara.reads("✅ H-1001: وجدنا من يرافقك: Anna.", "الاثنين، 18.01.2027، 14:30")
        sara.never_read("Vogt")
        bilal.reads("H-1001 لم يعد متاحًا")
        assert bilal.labels == []
        card = office.reads("H-1001", "✅ Hilfe gefunden")
        assert office.last.edited
        assert sum("H-1001" in said for said in office.screen) == 1
        for name in ("Sara", "Anna", "Vogt"):
            assert name not in card

        await harz.until(moment("2027-01-17 14:30"))
        sara.reads("⏰ تذكير: H-1001", "الاثنين، 18.01.2027، 14:30")
        assert "الطبيب" not in sara.screen[-1]  # nobody else needs to see it on the lock screen
        anna.reads("⏰ Erinnerung: H-1001", "Begleitung zum Arzt, Montag, 18.01.2027, 14:30")
        await anna.picks("✅ Yes")
        await sara.picks("✅ Yes")
        await sara.taps("👁 عرض")
        sara.reads("H-1001 · مرافقة إلى الطبيب", "سيأتي شخص متطوّع", "برفقة: Anna")

        before = len(sara.screen), len(anna.screen)
        await harz.until(moment("2027-01-18 12:30"))
        sara.reads("⏰ تذكير: H-1001")
        anna.reads("⏰ Erinnerung: H-1001")
        assert (len(sara.screen), len(anna.screen)) == (before[0] + 1, before[1] + 1)

        await harz.until(moment("2027-01-18 16:30"))
        office.has_read("H-1001", "✔️ Abgeschlossen")
        anna.has_read("✔️ H-1001 ist vorbei. Vielen Dank!")
        assert "Ich kann nicht kommen" not in anna.labels
        await sara.says("/mine")
        sara.reads("ليست لديك طلبات مفتوحة.")


async def test_the_same_in_english_and_german(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sophie = await harz.volunteer("Sophie", "en", "de")
        emily = await harz.requester("Emily", "en")
        jonas = await harz.requester("Jonas", "de")

        await harz.request(emily, "19.01.2027", "9")
        emily.reads(
            "✅ Sent. Your request has the number H-1001.", "by Saturday, 16.01.2027, 20:00"
        )
        await sophie.taps("✅ Ja, ich kann")
        emily.reads("✅ H-1001: Sophie will come with you.", "Tuesday, 19.01.2027, 09:00")

        await harz.request(jonas, "19.01.2027", "12 Uhr")
        jonas.reads("✅ Gesendet. Ihre Anfrage hat die Nummer H-1002.")
        sophie.never_read("H-1002")  # one offer a day
        await sophie.takes("H-1002")
        sophie.reads("H-1002", "Dienstag, 19.01.2027, 12:00")
        jonas.reads("✅ H-1002: Sophie kommt mit.")
        assert len([said for said in office.screen if "Hilfe gefunden" in said]) == 2
        await sophie.says("/tasks")
        sophie.reads("H-1001", "09:00", "H-1002", "12:00")


async def test_the_requester_cancels(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar")
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        await anna.taps("✅ Ja, ich kann")
        await harz.until(moment("2027-01-17 15:00"))  # both have been reminded once

        await sara.picks("📋 My requests")
        await sara.taps("✖️ إلغاء H-1001")
        sara.reads("هل نلغي الطلب H-1001؟")
        await sara.picks("Keep it")
        sara.reads("H-1001", "برفقة: Anna")
        await sara.taps("✖️ إلغاء H-1001")
        await sara.picks("✖️ Yes, cancel it")
        sara.reads("✖️ أُلغي الطلب H-1001.", "ليست لديك طلبات مفتوحة.")

        anna.reads("✖️ H-1001: Die anfragende Person hat abgesagt.", "Sie müssen nicht kommen.")
        assert all(seen.buttons == () for seen in anna.messages if "H-1001" in seen.text)
        bilal.reads("H-1001")
        office.reads("H-1001", "✖️ Abgesagt")
        said = len(sara.screen), len(anna.screen)
        await harz.until(moment("2027-01-19 12:00"))
        assert (len(sara.screen), len(anna.screen)) == said  # nothing reminds of it any more


async def test_the_volunteer_hands_back(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar")
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "en")
        await sara.says("/language")
        await sara.chooses("ar")
        await harz.request(sara)
        await anna.taps("✅ Ja, ich kann")
        bilal.reads("H-1001 ist nicht mehr offen.")

        await anna.taps("Ich kann nicht kommen")
        anna.reads("H-1001: Sie können nicht kommen?", "Montag, 18.01.2027, 14:30")
        await anna.taps("Ich komme")
        anna.reads("H-1001")
        await anna.taps("Ich kann nicht: H-1001")
        await anna.taps("Ich kann nicht kommen")
        anna.reads("H-1001: Wir fragen andere. Danke, dass Sie uns Bescheid geben.")
        sara.reads("نأسف", "نسأل الآن متطوّعين آخرين")
        office.has_read("H-1001", "Wir fragen Ehrenamtliche")

        bilal.reads("🙋 Können Sie helfen? H-1001")  # he was only slower, so he is asked again
        await bilal.taps("✅ Ja, ich kann")
        sara.reads("✅ H-1001: وجدنا من يرافقك: Bilal.")
        anna.never_read("🙋 Können Sie helfen? H-1001")
        await anna.says("/tasks")
        anna.reads("Sie haben zurzeit keine Einsätze.")

        await harz.until(moment("2027-01-18 13:00"))
        assert sum("⏰" in said for said in anna.screen) == 0
        assert sum("⏰" in said for said in bilal.screen) == 2
        await bilal.taps("Ich kann nicht kommen")
        await bilal.taps("Ich kann nicht kommen")
        office.has_read("⚠️ H-1001 braucht Sie")
        sara.reads("وصلنا طلبك، لكننا لم نجد متطوّعين بعد.")


async def test_a_late_drop_out_alerts_the_office(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar")
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara, "16.01.2027", "10:00")
        await anna.taps("✅ Ja, ich kann")
        await harz.until(moment("2027-01-16 05:00"))
        await anna.taps("Ich kann nicht kommen")
        await anna.taps("Ich kann nicht kommen")
        office.reads(
            "🔴 H-1001: Die ehrenamtliche Person kann nicht kommen", "Wir fragen jetzt andere."
        )
        await bilal.taps("✅ Ja, ich kann")
        assert [said for said in office.screen if "🔴" in said] == []
        office.reads("H-1001: ✅ Hilfe gefunden")
