"""No time is fixed: times are offered, one is chosen, and then it is an appointment."""

from typing import Any

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.history import Happened
from bot.domain.requests import Details, Wanted
from bot.storage import history, people
from bot.storage.tx import Tx
from bot.usecases import agreeing, filing
from tests.transcripts.people import Person
from tests.transcripts.town import DAY, Town, moment, town

DETAILS = Details(name="Frau S.", words="I want to speak more.", office="county")


async def asks_for_no_day(harz: Town, person: Person, **more: Any) -> None:
    """Practise German; when is open."""
    wanted = Wanted(
        category="practise_german",
        language="en",
        starts_at=None,
        minutes=60,
        **{"details": DETAILS, **more},
    )

    def file(tx: Tx) -> None:
        requester = people.agree(tx, person.id)
        filing.file_request(tx, loader.load(), requester, wanted, by=requester)

    await harz.lotse.db.transact(file)
    await harz.settle()


async def offers_times(volunteer: Person, *times: tuple[str, str], place: str = "Library") -> None:
    """The questions, answered by writing."""
    for number, (day, hour) in enumerate(times, start=1):
        await volunteer.says(day)
        await volunteer.says(hour)
        if number < 3:
            more = "➕ Another time" if number < len(times) else "✔️ That is all"
            await volunteer.picks(more)
    await volunteer.says(place)


def show_times(tx: Tx, chat_id: int, request_id: int) -> None:
    agreeing.show_times(tx, loader.load(), people.by_chat(tx, chat_id), request_id)


async def happened(harz: Town, request_id: int) -> list[str]:
    events = await harz.lotse.db.read(history.of, request_id)
    return [event.what for event in events]


async def test_three_times_and_one_fits(database_url: str, wall: MovableWall) -> None:
    """From a request without a date to the thanks of both."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", "de", reads="en")
        bilal = await harz.volunteer("Bilal", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "19.01.2027", "10:00")
        await anna.picks("✅ Yes, I can")
        await asks_for_no_day(harz, sara)
        await anna.takes("H-1002")  # one offer a day is written to her, the others she looks up

        bilal.never_read("H-1002")
        sara.reads("H-1002: a volunteer wants to help you.")
        sara.never_read("Anna can help")
        anna.has_read("You take H-1002", "Name: Frau S.", "In their words: I want", "no visits at")
        anna.reads("On which day can you help?")
        await anna.says("19.01.2027")
        assert "10:00" not in anna.labels  # she is with Sara at the doctor's until noon
        await anna.says("11:30")
        anna.reads("You have another task then: Tuesday, 19.01.2027, 10:00.")
        await anna.says("15:00")
        await anna.picks("➕ Another time")
        await anna.says("20.01.2027")
        await anna.says("9")
        await anna.picks("✔️ That is all")
        anna.reads("Where do you meet?", "not at home")
        assert anna.labels[0] == "Kreisverwaltung Landkreis Harz"
        await anna.says("Stadtbibliothek")
        anna.reads("we have sent your times", "Tuesday, 19.01.2027, 15:00", "Stadtbibliothek")

        sara.reads("H-1002: Anna can help you.", "Speaks: English", "Where: Stadtbibliothek")
        assert sara.labels == [
            "Tuesday, 19.01.2027, 15:00",
            "Wednesday, 20.01.2027, 09:00",
            "None of these fits",
            "Someone else, please",
        ]
        offered = sara.last
        await sara.does(sara.phone.sends_sticker())  # the times are far up now
        await harz.lotse.db.transact(show_times, sara.id, 2)
        await harz.settle()
        sara.reads("H-1002: Anna can help you.")
        sara.has_read("H-1002: please see below.")
        await sara.taps("Wednesday, 20.01.2027, 09:00")
        sara.has_read("your time is Wednesday, 20.01.2027, 09:00")
        sara.reads("✅ H-1002: Anna will come with you.", "09:00", "Where: Stadtbibliothek")
        anna.reads("You take H-1002", "Wednesday, 20.01.2027, 09:00", "Where: Stadtbibliothek")
        assert offered.message_id != sara.last.message_id
        await anna.says("/tasks")
        anna.reads("H-1001", "H-1002", "Where: Stadtbibliothek", "Name: Frau S.")

        await harz.until(moment("2027-01-19 09:00"))
        sara.reads("⏰ Reminder: H-1002", "Will you be there?")
        assert "Stadtbibliothek" not in sara.screen[-1]
        await sara.picks("✅ Yes")
        sara.reads("✅ You said yes. Thank you!")
        await anna.picks("✅ Yes")
        anna.reads("⏰ Reminder: H-1002", "You said yes")
        await harz.until(moment("2027-01-20 08:59"))
        sara.reads("⏰ Reminder: H-1002", "You said yes")  # seven is too early: the evening before
        office.never_read("⚠️ H-1002")

        await harz.until(moment("2027-01-20 10:00"))
        anna.never_read("💚 H-1002 is over.")  # one question at a time
        await anna.picks("✅ Yes", anna.message("⏰ H-1001: please tell us how it went."))
        await anna.taps("120 min.")
        await anna.picks("No matter who")
        anna.reads("💚 H-1002 is over.", "Did it take place?")
        await anna.picks("✅ Yes")
        anna.reads("How long did you help")
        await anna.picks("Other")
        await anna.taps("75 min.")
        anna.reads("✔️ H-1002: it took place, 75 min.")
        sara.reads("H-1002: did you get help?")
        await sara.picks("🙂")
        sara.reads("thank you!")
        await harz.later(6 * DAY)
        await anna.picks("✏️ Change", anna.message("75 min."))
        await anna.picks("Nobody came", anna.message("H-1002", "Did it take place?"))
        anna.has_read("H-1002: nobody came.")
        closed = anna.message("nobody came")
        await harz.later(2 * DAY)
        await anna.picks("✏️ Change", closed)
        anna.reads("It is too late for this.")
        assert await happened(harz, 2) == [
            Happened.FILED,
            Happened.ACCEPTED,
            Happened.PROPOSED,
            Happened.CHOSEN,
            Happened.COMING,
            Happened.COMING,
            Happened.FINISHED,
            Happened.DONE,
            Happened.WENT_WELL,
            Happened.NO_SHOW,
        ]


async def test_none_fits_twice(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await asks_for_no_day(harz, sara)
        await anna.picks("✅ Yes, I can")
        await offers_times(anna, ("19.01.2027", "15"))
        first = sara.last
        await sara.picks("None of these fits")
        sara.reads("H-1001: we ask for other times.")
        await sara.taps("📋 My requests")
        sara.reads("H-1001")
        anna.reads("none of these times fits", "Can you offer others?")
        office.never_read("no time fits")
        await anna.picks("🗓 Offer times")
        await offers_times(anna, ("20.01.2027", "15"), ("21.01.2027", "15"))
        sara.reads("Anna can help you.")
        assert first.message_id != sara.last.message_id
        await sara.picks("None of these fits")
        sara.has_read("the office helps you to find a time")
        office.reads("⚠️ H-1001")
        anna.reads("these times do not fit either")
        await anna.picks("🗓 Offer times")  # a third try is as welcome
        await offers_times(anna, ("22.01.2027", "15"))
        await sara.taps("Friday, 22.01.2027, 15:00")
        sara.reads("✅ H-1001: Anna will come with you.")
        office.reads("✅ Hilfe gefunden")


async def test_nobody_answers(database_url: str, wall: MovableWall) -> None:
    """No times, then no choice: one reminder each, then somebody else acts."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", reads="en")
        bilal = await harz.volunteer("Bilal", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await asks_for_no_day(harz, sara)
        await anna.picks("✅ Yes, I can")
        await anna.says("/cancel")
        await harz.until(moment("2027-01-16 19:00"))
        anna.reads("⏰ H-1001: the person waits for your times.")
        await harz.until(moment("2027-01-17 19:00"))
        anna.reads("H-1001: we ask others now", "Thank you")
        sara.reads("H-1001: the volunteer can't help after all.")
        bilal.reads("🙋 Can you help? H-1001")

        await bilal.picks("✅ Yes, I can")
        await offers_times(bilal, ("25.01.2027", "15"))
        sara.reads("Bilal can help you.")
        await harz.until(moment("2027-01-18 19:00"))
        sara.reads("⏰ Please choose soon.", "Bilal can help you.")
        office.never_read("not chosen")
        await harz.until(moment("2027-01-19 19:00"))
        office.reads("⚠️ H-1001")
        await sara.taps("Monday, 25.01.2027, 15:00")  # late, but welcome
        sara.reads("✅ H-1001: Bilal will come with you.")
        await bilal.picks("I can't come")
        await bilal.picks("I can't come")
        sara.has_read("H-1001: the volunteer can't come after all.")
        await sara.says("/mine")
        sara.reads("H-1001", "no date yet")  # that time was his alone


async def test_someone_else_please(database_url: str, wall: MovableWall) -> None:
    """While a time is looked for, and after it is found; nobody hears why."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        volunteers = [await harz.volunteer(name, "en", reads="en") for name in ("Anna", "Bilal")]
        anna, bilal = volunteers
        sara = await harz.requester("Sara", "en")
        await asks_for_no_day(harz, sara)
        await anna.picks("✅ Yes, I can")
        await offers_times(anna, ("19.01.2027", "15"))
        times = sara.last
        await sara.picks("Someone else, please")
        sara.reads("shall we look for someone else?", "We do not ask why.")
        await sara.picks("Keep it")
        await sara.picks("Someone else, please", times)
        await sara.picks("Yes, someone else")
        sara.has_read("H-1001: we look for someone else.")
        anna.reads("H-1001 was taken over differently. Thank you!")
        anna.never_read("someone else")

        await bilal.picks("✅ Yes, I can")
        await offers_times(bilal, ("20.01.2027", "15"))
        await sara.taps("Wednesday, 20.01.2027, 15:00")
        await sara.says("/mine")
        sara.reads("With: Bilal", "Where: Library")
        await sara.picks("Someone else, please", sara.message("Bilal will come with you"))
        await sara.picks("Yes, someone else")
        bilal.reads("H-1001 was taken over differently. Thank you!")
        office.reads("⚠️ H-1001 braucht Sie")  # nobody is left: Anna is not asked again
        anna.reads("H-1001 was taken over differently. Thank you!")
        for said in office.screen:
            assert "else" not in said


async def test_two_requests_one_time(database_url: str, wall: MovableWall) -> None:
    """What was offered to two is chosen by one; the other still has the rest. And a cancelling."""
    async with town(database_url, wall) as harz:
        await harz.office()
        anna = await harz.volunteer("Anna", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        emily = await harz.requester("Emily", "en")
        await asks_for_no_day(harz, sara)
        await anna.picks("✅ Yes, I can")
        await offers_times(anna, ("19.01.2027", "15"), ("20.01.2027", "15"))
        await asks_for_no_day(harz, emily)
        await anna.takes("H-1002")
        await offers_times(anna, ("19.01.2027", "15:30"))
        await emily.taps("Tuesday, 19.01.2027, 15:30")
        await sara.taps("Tuesday, 19.01.2027, 15:00")
        sara.reads("This time is no longer possible", "Anna can help you.")
        assert sara.labels[0] == "Wednesday, 20.01.2027, 15:00"
        await sara.says("/mine")
        await sara.picks("✖️ Cancel {number}".replace("{number}", "H-1001"))
        await sara.picks("✖️ Yes, cancel it")
        anna.reads("✖️ H-1001 was cancelled by the person who asked.")
        await anna.says("/tasks")
        anna.reads("H-1002")
        assert "H-1001" not in anna.screen[-1]
