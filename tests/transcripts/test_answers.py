"""Every wrong turn at a question: the person always sees what to do next, and nothing is lost."""

from bot.clock import MovableWall
from bot.conversation.local import NO_WAY_TO_BEGIN
from bot.domain.county import County
from bot.domain.requests import Wanted
from bot.storage import people
from bot.storage.tx import Tx
from bot.usecases import filing
from tests.transcripts.people import Person
from tests.transcripts.town import town


async def at_the_day(sara: Person) -> None:
    await sara.town.comes_to_the_day(sara)


async def test_typing_instead_of_tapping(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.reader("Sara", "ar")
        await sara.says("i agree")  # without the tick; English works in every language
        sara.reads(harz.label(WHAT, "ar"))
        await sara.says("doctor")
        await sara.says("no none of these")
        await sara.says("هالبرشتات")
        await sara.taps("Halberstadt")  # guessed, so it is asked back
        await sara.says("بعد غد")
        sara.reads("في أي ساعة؟")
        await sara.says("9")
        await sara.says("a woman")
        sara.reads("هل هذا صحيح؟", "الأحد، 17.01.2027", "09:00", "Halberstadt")
        await sara.says("الوقت")  # the line of the summary that is wrong
        sara.reads("في أي ساعة؟")
        await sara.says("11:15")
        sara.reads("الأحد، 17.01.2027", "11:15")
        await sara.says("إرسال")
        sara.reads("H-1001")


WHAT = "What do you need? Tap, or send a voice message 🎤"
DAYS = [
    ("18.1.", "Monday, 18.01.2027"),
    ("18/01/27", "Monday, 18.01.2027"),
    ("2027-01-18", "Monday, 18.01.2027"),
    ("١٨.٠١.٢٠٢٧", "Monday, 18.01.2027"),
    ("۱۴۰۵/۱۲/۲۱", "Friday, 12.03.2027"),  # the calendar of Iran and Afghanistan
    ("tomorrow", "Saturday, 16.01.2027"),
]
NO_DAYS = [
    ("30 February", "Please write the day like this: 15.01.2027"),
    ("30.02.2027", "Please write the day like this: 15.01.2027"),
    ("soon", "Please write the day like this: 15.01.2027"),
    ("14.01.2027", "This day is in the past."),
    ("18.01.2037", "This day is too far away."),
    ("14:30", "Please write the day like this: 15.01.2027"),
]
NO_TIMES = [
    ("9 pm", "Please write the time like this: 14:30"),
    ("in the morning", "Please write the time like this: 14:30"),
    ("25:00", "Please write the time like this: 14:30"),
    ("3", "Please choose a time from 06:00 to 22:00."),
    ("08:30", "This time is already past."),
]


async def test_days_and_times_as_people_write_them(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await at_the_day(sara)
        for written, why in NO_DAYS:
            await sara.says(written)
            sara.reads(why, "On which day is the appointment?")
        for written, day in DAYS:
            await sara.says(written)
            await sara.says("10 Uhr")
            await sara.says("no matter")
            sara.reads(f"Day: {day}", "Time: 10:00")
            for _ in range(3):
                await sara.picks("⬅️ Back")
            sara.reads("On which day is the appointment?")
        await sara.says("today")  # it is 9 o'clock
        for written, why in NO_TIMES:
            await sara.says(written)
            sara.reads(why, "At what time?")
        await sara.says("21:00")
        await sara.says("no matter")
        sara.reads("Day: Friday, 15.01.2027", "Time: 21:00")


async def test_anything_but_an_answer(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "ar")
        stranger = harz.person("Stranger").phone.account
        phone = sara.phone
        what = harz.label(WHAT, "ar")
        for photo in (phone.sends_photo(caption="الطبيب"), phone.sends_album()):
            await sara.does(photo)
            sara.reads(harz.label(NO_WAY_TO_BEGIN, "ar"), what)
        for deed in (
            phone.sends_sticker(),
            phone.sends_document(b"%PDF"),
            phone.sends_location(51.9, 11.05),
            phone.sends_contact(),
            phone.sends_contact("+4915112345678"),
            phone.forwards("Call this number and pay 50 €", stranger),
        ):
            await sara.does(deed)
            sara.reads("لم أفهم ذلك", what)
        for written in (
            "👍🏽",
            "\u202e\u2066\u200f",
            "\x07\x00 \x1b[31m",
            "<b>doctor</b> & </i>",
            "ا" * 5000,
            "/unknown",
            "؟",
        ):
            await sara.says(written)
            sara.reads("لم أفهم ذلك", what)
        await sara.picks("🩺 Doctor")
        await sara.does(phone.sends_voice())  # a choice is asked
        sara.reads("لم أفهم ذلك")
        assert harz.label("No, none of these", "ar") in sara.labels
        await sara.picks("No, none of these")
        await sara.taps("Halberstadt")
        await sara.does(phone.sends_voice())
        sara.reads("15.01.2027", "في أي يوم الموعد؟")


async def test_an_edited_message_does_not_count(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await at_the_day(sara)
        await sara.says("18.01.2027")
        time = await sara.says("14:30")
        await sara.picks("No matter")
        await sara.does(sara.phone.edits(time, "15:30"))
        sara.reads("I see a message only as it was sent first.", "Time: 14:30")
        await sara.picks("✅ Send")
        said = len(sara.screen)
        await sara.does(sara.phone.edits(time, "16:30"))  # nothing is asked any more
        assert len(sara.screen) == said


async def test_back_cancel_start_and_help(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "de")
        await at_the_day(sara)
        await sara.says("18.01.2027")
        sara.reads("Um wie viel Uhr?")
        await sara.says("/back")
        sara.reads("An welchem Tag ist der Termin?")
        for _ in range(3):
            await sara.says("Zurück")
        sara.reads(harz.label(WHAT, "de"))
        await at_the_day(sara)

        await sara.says("/help")
        sara.reads("Im Notfall rufen Sie 112 an.", "03941 5970-4504")
        assert sara.labels == ["▶️ Weiter"]
        await sara.taps("▶️ Weiter")
        sara.reads("An welchem Tag ist der Termin?")
        await sara.says("/mine")
        sara.reads("Sie haben keine offenen Anfragen.")
        await sara.says("18.01.2027")  # the question is still open
        sara.reads("Um wie viel Uhr?")

        await sara.says("/start")
        sara.reads("Um wie viel Uhr?")
        await sara.says("/cancel")
        sara.reads("✖️ Abgebrochen. Es wurde nichts gesendet.", "Was möchten Sie tun?")
        await sara.says("/cancel")
        sara.reads("Es gibt nichts abzubrechen.")
        await sara.says("/back")
        sara.reads("Was möchten Sie tun?")
        await sara.says("/start")  # she has agreed to nothing yet
        await sara.taps("✖️ Abbrechen")
        sara.reads("✖️ Abgebrochen.")


async def test_language_in_the_middle(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await at_the_day(sara)
        await sara.says("18.01.2027")
        question = sara.last
        await sara.taps("🌐 Language")
        assert sara.last.message_id == question.message_id  # in its place
        assert sara.labels[0] == "English"
        assert sara.labels[-1] == "▶️ Go on"
        await sara.taps("▶️ Go on")
        sara.reads("At what time?")
        await sara.says("/language")
        await sara.chooses("ar")
        sara.reads("في أي ساعة؟")
        await sara.says("١٤")
        await sara.picks("No matter")
        sara.reads("الاثنين، 18.01.2027", "14:00")


async def test_an_answer_that_time_overtakes(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await at_the_day(sara)
        await sara.says("tomorrow")
        await sara.says("10:00")
        await sara.picks("No matter")
        await harz.later(30 * 3600)
        await sara.picks("✅ Send")
        sara.reads("no longer fits", "At what time?")
        await sara.says("20:00")
        sara.reads("Saturday, 16.01.2027", "20:00")


async def test_a_restart_in_the_middle(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "ar")
        await at_the_day(sara)
        question = sara.last
        await harz.restart()
        await sara.taps("الاثنين، 18.01.2027")
        assert sara.last.message_id == question.message_id  # still edited in its place
        await sara.says("9")
        await sara.picks("No matter")
        await harz.restart()
        await sara.picks("✅ Send")
        sara.reads("H-1001")


async def test_many_open_requests(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        for hours in range(1, filing.MAX_OPEN_REQUESTS - 1):
            await harz.lotse.db.transact(file_one_more, harz.lotse.county, sara.id, hours)
        await sara.says("/start")
        await sara.taps("🙋 Ask for help")
        await at_the_day(sara)
        await sara.says("19.01.2027")
        await sara.says("9")
        await sara.picks("No matter")
        await harz.lotse.db.transact(file_one_more, harz.lotse.county, sara.id, 20)
        await sara.taps("✅ Send")  # meanwhile there is one more, so that is all
        sara.reads("You have many open requests.", "03941 5970-4504")
        await sara.says("/cancel")
        sara.reads("Open requests: 10")
        await sara.taps("🙋 Ask for help")
        sara.reads("You have many open requests.")
        await sara.says("/mine")
        assert len(sara.labels) == 21


def file_one_more(tx: Tx, county: County, chat_id: int, hours: int) -> None:
    starts_at = tx.now + 3600 * hours
    wanted = Wanted(category="doctor", language="en", starts_at=starts_at, minutes=120)
    filing.file_request(tx, county, people.agree(tx, chat_id), wanted)
