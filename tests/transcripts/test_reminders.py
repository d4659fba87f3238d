"""Reminders: in their moment, whatever the clocks do, and never for what no longer holds."""

import logging

import pytest

from bot.clock import MovableWall
from bot.counties import loader
from bot.storage import people
from bot.storage.tx import Tx
from bot.usecases import dispatch
from tests.transcripts.people import Person
from tests.transcripts.town import DAY, HOUR, Town, moment, town


async def arranged(
    harz: Town, day: str, time: str, asks: str = "en", helps: str = "de"
) -> tuple[Person, Person]:
    """Anna and Sara, who have an appointment."""
    anna = await harz.volunteer("Anna", asks, reads=helps)
    sara = await harz.requester("Sara", asks)
    await harz.request(sara, day, time)
    await anna.picks("✅ Yes, I can")
    sara.reads("✅", "H-1001", "Anna")
    return anna, sara


def reminders(person: Person) -> int:
    return sum(said.startswith("⏰") for said in person.screen)


@pytest.mark.parametrize(("asks", "helps"), [("ar", "de"), ("uk", "tr")])
async def test_the_night_the_clocks_change(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """On Sunday, 28 March 2027, at 02:00 it is 03:00."""
    async with town(database_url, wall) as harz:
        await harz.sleeps_until(moment("2027-03-20 12:00"))
        anna, sara = await arranged(harz, "28.03.2027", "10:00", asks, helps)
        await harz.until(moment("2027-03-27 08:59"))
        assert reminders(sara) == 0
        await harz.until(moment("2027-03-27 09:00"))  # 24 hours before
        for one in (sara, anna):
            one.reads("⏰", "H-1001", "28.03.2027", "10:00")
        await sara.picks("✅ Yes")
        await anna.picks("✅ Yes")
        await harz.until(moment("2027-03-28 07:59"))
        assert (reminders(sara), reminders(anna)) == (1, 1)  # nobody is called at six
        await harz.until(moment("2027-03-28 08:00"))  # two hours before
        assert (reminders(sara), reminders(anna)) == (2, 2)
        sara.reads("28.03.2027", "10:00")
        assert harz.label("✅ Yes", asks) not in sara.labels  # nothing is asked a second time


async def test_only_what_is_still_ahead(database_url: str, wall: MovableWall) -> None:
    """Whoever accepts three hours before is reminded once; half an hour before, not at all."""
    async with town(database_url, wall) as harz:
        anna, sara = await arranged(harz, "15.01.2027", "12:00")
        await harz.later(3 * HOUR)
        assert (reminders(sara), reminders(anna)) == (1, 1)
        await harz.request(sara, "15.01.2027", "15:00")
        await anna.taps("✅ Ja, ich kann")
        await harz.later(6 * HOUR)
        assert (reminders(sara), reminders(anna)) == (2, 2)
        taps = {label for seen in anna.messages if "⏰" in seen.text for label in seen.buttons}
        assert taps == set()


async def test_down_for_three_days(
    database_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna, sara = await arranged(harz, "17.01.2027", "10:00")
        emily = await harz.requester("Emily", "en")
        await harz.request(emily, "19.01.2027", "10:00")
        await anna.takes("H-1002")
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas, "17.01.2027", "10:00")

        await harz.sleeps_until(moment("2027-01-18 20:00"))
        assert reminders(sara) == 0  # too late to be of use
        assert caplog.text.count("comes too late: dropped") == 4  # two for each of the two
        assert (reminders(emily), reminders(anna)) == (1, 1)  # late, but still of use
        office.never_read("⚠️ H-1002")  # who is asked late has time to answer
        emily.reads("⏰ Reminder: H-1002", "Tuesday, 19.01.2027, 10:00")
        office.has_read("H-1001", "✔️ Abgeschlossen")
        jonas.reads("H-1003", "nicht rechtzeitig")
        await emily.picks("✅ Yes")
        await harz.until(moment("2027-01-19 08:00"))
        assert reminders(emily) == 2


async def test_a_message_that_waited_too_long(
    database_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram is away while a reminder is due: when it is back, the appointment is over."""
    caplog.set_level(logging.INFO, "bot")
    async with town(database_url, wall) as harz:
        anna, sara = await arranged(harz, "18.01.2027", "10:00")
        await harz.until(moment("2027-01-17 09:00"))
        harz.server.down = True
        wall.move_to(moment("2027-01-17 10:00"))
        await harz.lotse.ticks.tick()
        await harz.comes_true(lambda: "did not get through" in caplog.text)
        wall.move_to(moment("2027-01-18 09:00"))
        harz.server.down = False
        harz.monotonic.advance(120)
        await harz.comes_true(lambda: caplog.text.count("was dropped: too late") == 2)
        await harz.settle()
        assert (reminders(sara), reminders(anna)) == (0, 0)
        await harz.lotse.ticks.tick()  # the second one, an hour late
        await harz.settle()
        assert (reminders(sara), reminders(anna)) == (1, 1)


async def test_cancelled_means_silence(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna, sara = await arranged(harz, "18.01.2027", "10:00")
        await harz.until(moment("2027-01-17 10:00"))
        await sara.taps("👁 Show")
        await sara.taps("✖️ Cancel H-1001")
        await sara.taps("✖️ Yes, cancel it")
        # Those they had have been edited: they would mislead.
        assert (reminders(sara), reminders(anna)) == (0, 0)
        sara.has_read("H-1001: ✖️ Cancelled")
        await harz.later(3 * DAY)
        assert (reminders(sara), reminders(anna)) == (0, 0)


async def test_silence_before_the_appointment(database_url: str, wall: MovableWall) -> None:
    """Who does not answer is called; the other side hears it, and hears of a late yes too."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "18.01.2027", "14:30")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-17 14:30"))
        sara.reads("⏰ Reminder: H-1001", "Will you be there?")
        anna.reads("⏰ Reminder: H-1001", "Will you be there?")
        await sara.picks("✅ Yes")
        await harz.until(moment("2027-01-18 10:29"))
        office.never_read("⚠️ H-1001")
        await harz.until(moment("2027-01-18 10:30"))
        sara.reads("H-1001: Anna has not answered our reminder yet.")
        office.reads("⚠️ H-1001")
        assert "👤 Wer ist das?" in office.labels
        anna.never_read("the person has not answered")
        await harz.until(moment("2027-01-18 12:30"))
        anna.reads("⏰ Reminder: H-1001", "Will you be there?")  # asked once more
        sara.has_read("⏰ Reminder: H-1001", "You said yes")
        await anna.picks("✅ Yes")
        sara.has_read("✅ H-1001: now we have heard a yes.")
        sara.never_read("has not answered")
        office.never_read("⚠️ H-1001")

        await harz.request(sara, "21.01.2027", "14:30")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-20 14:30"))
        question = sara.last
        await anna.picks("✅ Yes")
        await harz.until(moment("2027-01-21 10:30"))
        anna.reads("H-1002: the person has not answered our reminder yet.")
        await sara.picks("I can't come", question)
        sara.reads("H-1002: you can't come? Then we cancel it.", "Other time")
        await sara.picks("✖️ Yes, cancel it")
        sara.reads("✖️ H-1002 is cancelled.")
        anna.reads("✖️ H-1002 was cancelled by the person who asked.")
        office.has_read("H-1002: ✖️ Abgesagt")
        await harz.later(2 * DAY)
        anna.reads("✖️ H-1002 was cancelled")


async def test_in_the_evening(database_url: str, wall: MovableWall) -> None:
    """What falls into somebody's night comes the evening before, for each in their own time; how
    it went is asked in the morning."""
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "18.01.2027", "09:00")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-17 18:59"))
        await anna.picks("✅ Yes")
        await sara.picks("✅ Yes")
        assert (reminders(sara), reminders(anna)) == (1, 1)
        await harz.until(moment("2027-01-17 19:00"))
        assert (reminders(sara), reminders(anna)) == (2, 1)  # Anna has no quiet hours
        sara.reads("Monday, 18.01.2027, 09:00", "You said yes")
        await harz.until(moment("2027-01-18 07:00"))
        assert (reminders(sara), reminders(anna)) == (2, 2)

        await harz.request(sara, "19.01.2027", "19:00")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-19 21:00"))
        anna.has_read("✔️ H-1002 is over.")
        anna.never_read("💚 H-1002 is over.")
        await harz.until(moment("2027-01-20 09:00"))
        anna.reads("💚 H-1002 is over.", "Did it take place?")
        await anna.picks("It was moved")
        anna.reads("H-1002: it was moved to another day.")
        sara.reads("H-1002: was your appointment moved?")
        await sara.picks("🙁", sara.message("H-1002: did you get help?"))
        sara.has_read("H-1002: we are sorry. Only the office hears it.")
        anna.never_read("not good", "Not good")


async def test_a_moved_time(database_url: str, wall: MovableWall) -> None:
    """The office moves it: reminders move too, earlier answers count no longer."""
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        anna = await harz.volunteer("Anna", "en", reads="en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "18.01.2027", "14:30")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-17 14:30"))
        await anna.picks("✅ Yes")

        def move(tx: Tx) -> None:
            by = people.by_chat(tx, krause.id)
            dispatch.reschedule(tx, loader.load(), by, 1, moment("2027-01-20 14:30"))

        await harz.lotse.db.transact(move)
        await harz.settle()
        for person in (anna, sara):
            person.has_read("🗓 H-1001: there is a new time.", "Wednesday, 20.01.2027, 14:30")
            assert reminders(person) == 0
        await harz.until(moment("2027-01-19 14:30"))
        anna.reads("⏰ Reminder: H-1001", "Wednesday, 20.01.2027, 14:30", "Will you be there?")
        sara.reads("⏰ Reminder: H-1001", "Wednesday, 20.01.2027, 14:30", "Will you be there?")
        await harz.until(moment("2027-01-20 16:30"))
        anna.reads("💚 H-1001 is over.")
