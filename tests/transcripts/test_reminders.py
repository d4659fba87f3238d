"""Reminders: in their moment, whatever the clocks do, and never for what no longer holds."""

import logging

import pytest

from bot.clock import MovableWall
from tests.transcripts.people import Person
from tests.transcripts.town import DAY, HOUR, Town, moment, town


async def arranged(harz: Town, day: str, time: str) -> tuple[Person, Person]:
    """Anna and Sara, who have an appointment."""
    anna = await harz.volunteer("Anna", "en")
    sara = await harz.requester("Sara", "en")
    await harz.request(sara, day, time)
    await anna.taps("✅ Ja, ich kann")
    sara.reads("Anna will come with you.")
    return anna, sara


def reminders(person: Person) -> int:
    return sum(said.startswith("⏰") for said in person.screen)


async def test_the_night_the_clocks_change(database_url: str, wall: MovableWall) -> None:
    """On Sunday, 28 March 2027, at 02:00 it is 03:00."""
    async with town(database_url, wall) as harz:
        await harz.until(moment("2027-03-20 12:00"))
        anna, sara = await arranged(harz, "28.03.2027", "10:00")
        await harz.until(moment("2027-03-27 08:59"))
        assert reminders(sara) == 0
        await harz.until(moment("2027-03-27 09:00"))  # 24 hours before
        sara.reads("⏰ Reminder: H-1001", "Sunday, 28.03.2027, 10:00")
        anna.reads("Sonntag, 28.03.2027, 10:00")
        await harz.until(moment("2027-03-28 07:59"))
        assert reminders(sara) == 1
        await harz.until(moment("2027-03-28 08:00"))  # two hours before
        assert (reminders(sara), reminders(anna)) == (2, 2)
        sara.reads("Sunday, 28.03.2027, 10:00")


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
        assert all(seen.buttons == () for seen in anna.messages if "⏰" in seen.text)


async def test_down_for_three_days(
    database_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna, sara = await arranged(harz, "17.01.2027", "10:00")
        emily = await harz.requester("Emily", "en")
        await harz.request(emily, "19.01.2027", "10:00")
        await anna.taps("✅ Ja, ich kann")
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas, "17.01.2027", "10:00")

        await harz.sleeps_until(moment("2027-01-18 20:00"))
        assert reminders(sara) == 0  # too late to be of use
        assert caplog.text.count("comes too late: dropped") == 2
        assert (reminders(emily), reminders(anna)) == (1, 1)  # late, but still of use
        emily.reads("⏰ Reminder: H-1002", "Tuesday, 19.01.2027, 10:00")
        office.has_read("H-1001", "✔️ Abgeschlossen")
        jonas.reads("H-1003", "nicht rechtzeitig")
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
        await harz.settle()
        assert (reminders(sara), reminders(anna)) == (0, 0)
        assert "was dropped: too late" in caplog.text
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
        assert reminders(anna) == 0  # the one she had has been edited: it would mislead
        await sara.taps("👁 Show")
        sara.reads("H-1001", "✖️ Cancelled")
        await harz.later(3 * DAY)
        assert (reminders(sara), reminders(anna)) == (1, 0)
