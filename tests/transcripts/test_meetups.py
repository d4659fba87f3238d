"""A supervision evening: invited, answered, moved, reminded, attended, on the record."""

from datetime import datetime
from io import BytesIO

from aiohttp import ClientSession
from openpyxl import load_workbook
from pypdf import PdfReader

from bot.clock import MovableWall
from bot.domain.people import Role
from bot.domain.records import Source
from bot.storage import people, records, volunteers
from bot.storage.tx import Tx
from tests.appointed import appoint
from tests.transcripts.people import Person, Reader
from tests.transcripts.test_calendar import entry_of, feed, makes_link, utc
from tests.transcripts.town import DAY, HOUR, Town, moment, town

TITLE = "Schwierige Gespräche <b>&</b> Grenzen"


def by_phone(tx: Tx) -> int:
    """A volunteer of the old days: no chat, but a number."""
    person_id = people.add(tx, chat_id=None, name="Herr Vogt")
    appoint(tx, person_id, ["ar", "de"])
    people.set_phone(tx, person_id, "+4939411234")
    return person_id


def pause(tx: Tx, chat_id: int, until: str) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    volunteers.pause(tx, person.id, until)


async def invites(krause: Person, day: str = "25.01.2027") -> None:
    await krause.says("/meetups")
    await krause.picks("➕ New meetup")
    await krause.picks("💬 Supervision")
    await krause.says(TITLE)
    await krause.says(day)
    await krause.says("18:00")
    await krause.taps(next(label for label in krause.labels if label.startswith("90")))
    await krause.taps("Rathaus Halberstadt, Halberstadt")


def times_read(person: Reader, *words: str) -> int:
    return sum(all(word in said for word in words) for said in person.screen)


async def test_a_supervision_evening(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, public=True) as harz, ClientSession() as browser:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "ar", "de")
        emre = await harz.volunteer("Emre", "tr", "de", reads="tr")
        ali = await harz.volunteer("Ali", "ar", "de", reads="ar")
        link = await makes_link(ali)
        rest = await harz.volunteer("Rosa", "ar", "de")
        vogt = await harz.lotse.db.transact(by_phone)
        await harz.lotse.db.transact(pause, rest.id, "2027-03-01")

        await invites(krause)
        await krause.picks("All volunteers")
        krause.reads(TITLE)
        await krause.picks("✅ Invite")
        krause.has_read("/meetups", TITLE)
        for person in (anna, emre, ali):
            person.reads(TITLE, "Rathaus Halberstadt")
        rest.never_read(TITLE)  # has a break
        assert TITLE in office.message(TITLE).text
        office.has_read(TITLE, "4")

        # Each in their language; the counter is one card.
        await anna.picks("👍 Yes")
        anna.has_read(harz.label("✅ You come. Thank you!", "de"))
        (file,) = anna.files
        method, entry = entry_of(harz, file)
        assert (method, entry["dtstart"].dt) == ("PUBLISH", utc("2027-01-25 18:00"))
        assert TITLE not in str(entry["summary"])
        await emre.picks("🤔 Maybe")
        await emre.picks("👎 No")
        emre.reads(harz.label("You do not come. Thank you for telling us.", "tr"))
        method, _ = entry_of(harz, emre.files[-1])
        assert method == "CANCEL"
        assert times_read(office, TITLE) == 1
        office.has_read(TITLE, "👍 1", "🤔 0", "👎 1", "⏳ 2")
        await ali.says("/tasks")
        ali.reads(TITLE, harz.label("Please answer.", "ar"))

        # Who has no chat is called.
        await krause.says("/open")
        krause.reads(harz.label("📞 Please call a volunteer about a meetup.", "de"))
        call = office.message(harz.label("📞 Please call a volunteer about a meetup.", "de"))
        await office.taps(harz.label("I'll take it", "de"), message=call)
        krause.reads("+4939411234", "Herr Vogt", TITLE)
        await krause.picks("Says yes")
        krause.never_read("+4939411234")
        office.has_read(TITLE, "👍 2")

        # Three days before: one question more to who has said nothing.
        await harz.until(moment("2027-01-22 17:59"))
        before = times_read(ali, TITLE)
        await harz.until(moment("2027-01-22 18:00"))
        assert times_read(ali, TITLE) == before + 1
        await ali.picks("👍 Yes")
        assert times_read(anna, TITLE) == 1

        # It is moved: everybody hears it and is asked again.
        await krause.says("/meetups")
        await krause.taps(next(label for label in krause.labels if "Schwierige" in label))
        krause.reads("Anna", "Ali", "Emre", "Herr Vogt")
        await krause.picks("✏️ Change")
        await krause.taps("✏️ Tag")
        await krause.says("26.01.2027")
        await krause.picks("✅ Tell all of them")
        for person in (anna, emre, ali):
            person.has_read(
                harz.label(
                    "🔁 There is something new about this meetup. Please look:", person.language
                )
            )
        method, entry = entry_of(harz, anna.files[-1])
        assert (method, entry["dtstart"].dt) == ("PUBLISH", utc("2027-01-26 18:00"))
        office.has_read(TITLE, "👍 0", "⏳ 4")
        await anna.picks("👍 Yes")
        await ali.picks("🤔 Maybe")

        assert await times_in(browser, link) == [utc("2027-01-26 18:00")]
        assert ali.files == []

        # Reminders: the day before and two hours before; nobody else.
        await harz.until(moment("2027-01-25 17:59"))
        assert times_read(anna, harz.label("⏰ Reminder of a meetup", "de")) == 0
        await harz.until(moment("2027-01-26 16:00"))
        assert times_read(anna, harz.label("⏰ Reminder of a meetup", "de")) == 2
        assert times_read(ali, harz.label("⏰ Reminder of a meetup", "ar")) == 2
        assert times_read(emre, harz.label("⏰ Reminder of a meetup", "tr")) == 0
        await ali.picks("👍 Yes")

        # Afterwards: who was there?
        await harz.until(moment("2027-01-27 09:00"))
        await ali.picks("👎 No", ali.message(TITLE))
        ali.reads(harz.label("It is too late for this.", "ar"))
        over = office.message(harz.label("👥 This meetup is over. Who was there?", "de"))
        await office.taps(harz.label("✍️ Attendance", "de"), message=over)
        assert [label for label in krause.labels if "✅" in label or "⬜" in label] == [
            "✅ Ali",
            "✅ Anna",
            "⬜ Emre",
            "⬜ Herr Vogt",
        ]
        await krause.taps("✅ Ali")
        await krause.taps("⬜ Herr Vogt")
        await krause.picks("➕ Somebody else")
        await krause.taps("➕ Rosa")
        await krause.picks("💾 Save")
        krause.reads("✅ Anna", "▫️ Ali", "✅ Herr Vogt", "✅ Rosa")
        found = await harz.lotse.db.read(records.of_month, "2027-01")
        assert [(one.source, one.minutes, one.place) for one in found] == [
            (Source.MEETUP, 90, "Halberstadt")
        ] * 3
        assert vogt in {one.volunteer_id for one in found}

        assert times_read(office, harz.label("✔️ Call about a meetup: done.", "de")) == 2

        # The list for certificates is a document: only who leads may take it away.
        busch = await harz.member("Herr Busch", Role.COORDINATOR, "en")
        await busch.says("/meetups")
        await busch.taps(next(label for label in busch.labels if label.startswith("✔️")))
        busch.reads("✅ Anna")
        assert harz.label("📄 List (PDF)", "en") not in busch.labels
        await krause.picks("📄 List (PDF)")
        pdf = stored(harz, krause)
        words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
        assert "Anna" in words
        assert "Herr Vogt" in words
        assert "Ali" not in words
        assert "26.01.2027" in words
        await krause.picks("📊 List (Excel)", krause.message("✅ Anna"))
        sheet = load_workbook(BytesIO(stored(harz, krause))).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("Name", "Datum", "Minuten", "Art")
        assert [(row[0], row[2], row[3]) for row in rows[1:]] == [
            ("Anna", 90, "Supervision"),
            ("Herr Vogt", 90, "Supervision"),
            ("Rosa", 90, "Supervision"),
        ]


async def times_in(browser: ClientSession, link: str) -> list[datetime]:
    entries = await feed(browser, link)
    assert entries is not None
    return [entry["dtstart"].dt for entry in entries]


def stored(harz: Town, person: Person) -> bytes:
    return harz.server.world.files.by_id(person.files[-1].content["document"]["file_id"]).data


async def test_called_off_and_for_some_only(database_url: str, wall: MovableWall) -> None:
    """Those who speak Arabic; in their quiet hours nobody hears anything."""
    async with town(database_url, wall, public=True) as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "ar", "de", reads="ar")
        emre = await harz.volunteer("Emre", "tr", "de", reads="tr")
        await anna.says("/reminders")
        await anna.taps("⬜ 🌙 20:00 – 08:00")
        await harz.until(moment("2027-01-12 21:00"))
        await invites(krause)
        await krause.picks("Who speaks a language")
        await krause.taps("العربية")
        await krause.picks("✅ Invite")
        anna.never_read(TITLE)
        await harz.until(moment("2027-01-13 08:00"))
        anna.reads(TITLE)
        emre.never_read(TITLE)
        await anna.picks("👍 Yes")
        await krause.says("/meetups")
        await krause.taps(next(label for label in krause.labels if "Schwierige" in label))
        await krause.picks("✖️ Call off")
        await krause.picks("✖️ Yes, cancel it")
        off = harz.label("✖️ It does not take place. We are sorry.", "ar")
        anna.has_read(off)
        assert entry_of(harz, anna.files[-1])[0] == "CANCEL"
        assert times_read(anna, TITLE, off) == 2  # the invitation says it, too
        office.has_read(TITLE, harz.label("✖️ Called off. All who were invited hear it.", "de"))
        read = len(anna.screen)
        await harz.later(20 * DAY + HOUR)
        assert len(anna.screen) == read
