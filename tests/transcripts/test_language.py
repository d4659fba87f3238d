"""Choosing a language: by tap, in words, again; and everything else outside a conversation."""

from bot.clock import MovableWall
from tests.transcripts.town import town


async def test_whatever_comes_first_a_language_is_asked(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        sara = harz.person("Sara", "ar")
        for written in ("مرحبا", "hello", "/help", "/mine", "/tasks", "/cancel", "/back", "👋"):
            await sara.says(written)
            sara.reads("يرجى اختيار اللغة.", "Bitte wählen Sie Ihre Sprache.")
            assert sara.labels[0] == "العربية"
        await sara.does(sara.phone.sends_voice())
        sara.reads("Please choose your language.")
        await sara.says("deutsch")
        assert harz.label("✅ I agree", "de") in sara.labels

        # What somebody writes says more than their app, but chooses nothing.
        omid = harz.person("Omid", "de")
        for written, first in (
            ("سلام، من کمک لازم دارم لطفا پاسخ بگویید", ["فارسی", "دری", "Deutsch"]),
            ("سڵاو، پێویستم بە یارمەتییە", ["کوردی (سۆرانی)", "Deutsch", "English"]),
            ("أحتاج إلى مساعدة", ["العربية", "Deutsch", "English"]),
            ("Мені потрібна допомога", ["Українська", "Deutsch", "English"]),
        ):
            await omid.says(written)
            assert omid.labels[:3] == first

        emily = harz.person("Emily", "nl")  # an app in a language that is not offered
        await emily.says("/start")
        assert emily.labels[:3] == ["Deutsch", "English", "العربية"]
        screen = emily.last
        await emily.chooses("en")
        assert emily.last.message_id == screen.message_id
        emily.reads("Is that all right?")
        await emily.taps("ℹ️ More about this")
        emily.reads("Koordinierungsstelle Integration", "30 days", "Telegram's servers")
        await emily.taps("▶️ Go on")
        emily.reads("Is that all right?")
        await emily.taps("✖️ Cancel")
        await emily.says("/language")
        await emily.says("/language")
        older = emily.messages[-3]
        await emily.taps("Deutsch", emily.message("Please choose"))
        assert harz.label("✅ I agree", "de") in emily.labels
        assert older in emily.messages


async def test_two_languages_side_by_side(database_url: str, wall: MovableWall) -> None:
    """Each message is in the language its reader reads at that moment."""
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en", reads="ar")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        anna.reads("هل يمكنك المساعدة؟")
        await anna.says("/language")
        await anna.chooses("de")
        await anna.taps("✅ نعم، أستطيع")
        anna.has_read("💚 Danke! Sie übernehmen H-1001.")
        await sara.says("/language")
        await sara.chooses("de")
        await harz.later(30 * 24 * 3600)
        sara.has_read("⏰ Erinnerung: H-1001")


async def test_words_instead_of_the_menu(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "ar")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        for typed, expected in (
            ("طلباتي", "H-1001"),
            ("My requests", "H-1001"),
            ("تعليمات", "Lotse"),
            ("اللغة", "Please choose your language."),
            ("القائمة", "الطلبات المفتوحة: 1"),
        ):
            await sara.says(typed)
            sara.reads(expected)
        await sara.says("أرجو الاتصال بي")
        sara.has_read("ما الرقم الذي نتصل به؟")
        await sara.says("/cancel")
        await sara.says("طلب مساعدة")
        assert harz.label("🎤 Say it", "ar") in sara.labels
        await sara.says("/cancel")
        await sara.says("شكرا")
        sara.reads("كيف يمكننا مساعدتك؟")

        await anna.taps("✅ Ja, ich kann")
        await anna.says("meine einsätze")
        anna.reads("H-1001 · Begleitung zum Arzt", "Montag, 18.01.2027, 14:30")
        await anna.says("/start")
        anna.reads("Einsätze: 1")
        assert "🗓 Meine Einsätze" in anna.labels
        await sara.says("/tasks")  # no volunteer
        sara.reads("ليست لديك مهام حاليًا.")
        assert not any("😮‍💨" in label for label in sara.labels)


async def test_the_menu_stays_one_message(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await sara.says("/start")
        menu = sara.last
        for label, expected in (
            ("📋 My requests", "H-1001"),
            ("✖️ Cancel H-1001", "Cancel H-1001?"),
            ("Keep it", "H-1001"),
            ("🏠 Menu", "What would you like to do?"),
            ("❓ Help", "In an emergency call 112."),
            ("🏠 Menu", "What would you like to do?"),
            ("🌐 Language", "Please choose your language."),
            ("English", "What would you like to do?"),
            ("🙋 Ask for help", "What do you need?"),
            ("🩺 Doctor", "Is it about one of these"),
            ("✖️ Cancel", "Cancelled. Nothing was sent."),
        ):
            await sara.taps(label)
            sara.reads(expected)
            assert sara.last.message_id == menu.message_id, label

        await anna.taps("✅ Ja, ich kann")
        sara.reads("Anna will come with you.")  # what is told stays, and stays below
        await sara.taps("📋 My requests", menu)
        assert sara.message("With: Anna").message_id == menu.message_id
        await sara.taps("📋 My requests", sara.message("will come with you"))
        sara.has_read("✅ H-1001: Anna will come with you.")
        sara.reads("With: Anna")


async def test_a_volunteer_who_asks_for_help(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "de", "en")
        jonas = await harz.volunteer("Jonas", "de")
        await anna.taps("🙋 Um Hilfe bitten")
        await anna.picks("✅ I agree")
        await harz.request(anna)
        anna.reads("✅ Gesendet. Ihre Anfrage hat die Nummer H-1001.")
        anna.never_read("🙋 Können Sie helfen?")  # nobody is asked for themselves
        await jonas.taps("✅ Ja, ich kann")
        anna.reads("✅ H-1001: Jonas kommt mit.")

        emily = await harz.requester("Emily", "en")
        await harz.request(emily, "19.01.2027")
        await anna.taps("✅ Ja, ich kann")
        await anna.says("/start")
        anna.reads("Offene Anfragen: 1", "Einsätze: 1")
        await anna.says("/mine")
        anna.reads("H-1001", "Mit: Jonas")
        await anna.says("/tasks")
        anna.reads("H-1002")


async def test_names_that_mean_mischief(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        name = "<b>Anna</b>&amp;\u202e\u2066gpj.exe\u2069 {number} Vogt"
        anna = await harz.volunteer(name, "ar")
        anna.has_read("Willkommen, <b>Anna</b>&amp;gpj.exe {number} Vogt!")
        sara = await harz.requester("\u202eSara <i>", "ar")
        await harz.request(sara)
        await anna.taps("✅ Ja, ich kann")
        sara.reads("<b>Anna</b>&amp;gpj.exe")
        (said,) = [
            seen.text for seen in sara.messages if "H-1001" in seen.text and "Anna" in seen.text
        ]
        assert "\u202e" not in said
        assert said.count("\u2068") == said.count("\u2069")
        office.reads("H-1001", "✅ Hilfe gefunden")
