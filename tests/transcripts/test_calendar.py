"""Appointments in people's own calendars: files that follow each change, and a private feed."""

from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientSession
from icalendar import Calendar

from bot.clock import MovableWall
from bot.domain.errors import Code
from bot.messages import text
from bot.storage import people
from bot.storage.tx import Tx
from bot.usecases import dispatch
from handlers.common.refusals import words_for
from simulator import Seen
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town

TITLE = text("Appointment {number}", number="H-1001")


def entry_of(harz: Town, seen: Seen) -> tuple[str, Any]:
    """The method and the one entry of a file."""
    stored = harz.server.world.files.by_id(seen.content["document"]["file_id"])
    assert stored.mime_type == "text/calendar"
    (entry,) = (found := Calendar.from_ical(stored.data)).walk("VEVENT")
    return str(found["method"]), entry


def utc(written: str) -> datetime:
    return datetime.fromtimestamp(moment(written), UTC)


async def moved(harz: Town, requester: Person, to: str) -> None:
    def move(tx: Tx) -> None:
        by = people.by_chat(tx, requester.id)
        dispatch.reschedule(tx, harz.county, by, 1, moment(to))

    await harz.lotse.db.transact(move)
    await harz.settle()


async def cancels(requester: Person) -> None:
    await requester.says("/mine")
    cancel = next(label for label in requester.labels if label.startswith("✖️"))
    await requester.taps(cancel)
    await requester.picks("✖️ Yes, cancel it")


async def test_the_file_follows_the_appointment(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        await harz.office()
        anna = await harz.volunteer("Anna", "ar", "de")
        amina = await harz.requester("Amina", "ar")
        await harz.request(amina)
        await anna.picks("✅ Yes, I can")
        (file,) = anna.files  # she need not ask for it
        method, entry = entry_of(harz, file)
        assert file.content["document"]["file_name"] == "H-1001-1.ics"
        assert (method, str(entry["status"]), int(entry["sequence"])) == ("PUBLISH", "CONFIRMED", 1)
        assert entry["dtstart"].dt == utc("2027-01-18 14:30")
        assert str(entry["summary"]) == harz.said(TITLE, "de")
        assert "LOCATION" not in entry
        (alarm,) = entry.walk("VALARM")
        assert alarm["trigger"].dt.total_seconds() == -3600

        assert amina.files == []
        await amina.picks("🗓 Calendar")
        (file,) = amina.files
        _, entry = entry_of(harz, file)
        assert str(entry["summary"]) == harz.said(TITLE, "ar")

        await moved(harz, amina, "2027-01-19 09:00")
        for person in (anna, amina):
            method, entry = entry_of(harz, person.files[-1])
            assert (method, int(entry["sequence"])) == ("PUBLISH", 2)
            assert entry["dtstart"].dt == utc("2027-01-19 09:00")
            assert str(entry["uid"]) == "H-1001-1@lotse"

        await cancels(amina)
        for person in (anna, amina):
            method, entry = entry_of(harz, person.files[-1])
            assert (method, str(entry["status"])) == ("CANCEL", "CANCELLED")
            assert (str(entry["uid"]), int(entry["sequence"])) == ("H-1001-1@lotse", 3)
            assert len(person.files) == 3


async def feed(browser: ClientSession, link: str) -> list[Any] | None:
    """The entries behind a link; None if there is nothing."""
    async with browser.get(link) as answer:
        if answer.status == 404:
            return None
        assert (answer.status, answer.content_type) == (200, "text/calendar")
        assert answer.headers["Cache-Control"] == "private, no-store"
        return list(Calendar.from_ical(await answer.read()).walk("VEVENT"))


async def makes_link(volunteer: Person) -> str:
    await volunteer.says("/calendar")
    await volunteer.picks("🔗 New link")
    return next(line for line in volunteer.has_read("/calendar/").splitlines() if "http" in line)


async def test_a_private_feed_that_can_be_revoked(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, public=True) as harz, ClientSession() as browser:
        emre = await harz.volunteer("Emre", "tr", "de", reads="tr")
        olena = await harz.requester("Olena", "uk")
        await olena.says("/calendar")
        olena.reads(harz.label(words_for(Code.NO_VOLUNTEER, harz.county).msgid, "uk"))
        first = await makes_link(emre)
        assert await feed(browser, first) == []
        sara = await harz.requester("Sara", "tr")
        await harz.request(sara)
        await emre.picks("✅ Yes, I can")
        assert emre.files == []  # the feed brings it
        (entry,) = await feed(browser, first) or []
        assert str(entry["summary"]) == harz.said(TITLE, "tr")
        await moved(harz, sara, "2027-01-19 09:00")
        (entry,) = await feed(browser, first) or []
        assert entry["dtstart"].dt == utc("2027-01-19 09:00")
        await cancels(sara)
        (entry,) = await feed(browser, first) or []
        assert str(entry["status"]) == "CANCELLED"

        second = await makes_link(emre)
        assert await feed(browser, first) is None  # who has the old one sees nothing any more
        assert await feed(browser, second) is not None
        await emre.says("/calendar")
        await emre.picks("✖️ Stop the link")
        assert await feed(browser, second) is None
        assert await feed(browser, f"{harz.settings.public_url}/calendar/{'a' * 43}.ics") is None
