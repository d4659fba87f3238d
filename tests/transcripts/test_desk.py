"""A coordinator's desk: the day and the call list, a request from all sides, the volunteers."""

from bot.clock import MovableWall
from bot.domain.appointments import DAY, HOUR
from bot.domain.people import Role
from bot.storage import people
from bot.storage.tx import Tx
from tests.appointed import appoint
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town

FRIDAY = moment("2027-01-15 14:30")
MONDAY = moment("2027-01-18 14:30")


async def test_a_day_at_the_desk(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        await krause.says("/today")
        krause.reads("📅 Today, Friday, 15.01.2027", "No appointments on this day.")
        await krause.says("/request H-9999")
        krause.reads("I do not know this name or number.")
        anna = await harz.volunteer("Anna Vogt", "en", reads="en")
        mary = await harz.requester("Mary", "en")
        await harz.files(mary, starts_at=FRIDAY)
        await anna.taps("✅ Yes, I can")
        await harz.files(mary, starts_at=MONDAY, language="tr")
        sara = await harz.reader("Sara", "ar")
        await sara.says("/call")
        await sara.says("0171 2345678")

        await krause.says("/today")
        krause.reads(
            "14:30 · H-1001 · Company to a doctor · Halberstadt · Anna Vogt", "📞 1 call waits"
        )
        await krause.taps("🗓 The week")
        krause.reads("Friday, 15.01.2027", "H-1001", "Monday, 18.01.2027", "⚠️ nobody yet")
        await krause.taps("Monday, 18.01.2027")
        krause.reads("H-1002", "⚠️ nobody yet")
        await krause.taps("📅 Today")
        await krause.taps("📞 Call list")
        krause.reads("📞 Who waits for a call", "1. 📞 A call in العربية · since Friday")
        await krause.taps("1. I'll take it")
        krause.reads("📞 Please call: +491712345678")
        await krause.says("/calls")
        krause.reads("1. 📞 Yours: a call in العربية")
        assert krause.labels == ["1. 🔓 Open", "📅 Today", "🗓 The week"]

        reader = await reads_only(harz, "Herr Lesen")
        await reader.says("/calls")
        reader.reads("A call in العربية, taken by a coordinator")
        assert reader.labels == ["📅 Today", "🗓 The week"]
        for number in ("H-1001", "H-1002"):
            await reader.says(f"/request {number}")
            reader.reads(number, "Company to a doctor")
            assert reader.labels == []
        await reader.says("/volunteers")
        await reader.taps("Anna Vogt")
        assert reader.labels == ["📋 Checklist", "H-1001"]
        await reader.taps("🔎 State", reader.message("👥 1 volunteer"))
        await reader.taps("⏸ Has a pause")
        reader.has_read("👥 0 volunteers", "Only: ⏸ Has a pause", "Nobody fits these filters.")

        await harz.files(mary, starts_at=MONDAY + 4 * HOUR)
        await anna.takes("H-1003")
        await harz.until(MONDAY - 5 * HOUR)  # both were asked on Sunday whether they come
        await krause.says("/today")
        krause.reads(
            "18:30 · H-1003",
            "❔ Anna Vogt, no answer yet",
            "❔ 1 appointment starts without an answer",
        )


async def test_a_request_from_all_sides(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna Vogt", "en", reads="en")
        mary = await harz.requester("Mary", "en")
        await harz.files(mary, starts_at=MONDAY)
        await anna.taps("✅ Yes, I can")
        await krause.says("/request H-1001")
        await krause.taps("⋯ More")
        await krause.taps("📝 Note")
        await krause.says("Bring the <b>blue</b> file")
        krause.reads("✔️ H-1001: noted.")
        await krause.taps("↩️ To the request")
        krause.reads("Frau Krause: “Bring the <b>blue</b> file”")
        assert krause.labels == [
            *("💬 Ask back", "💬 To the volunteer", "↩️ Free the volunteer", "✖️ Call it off"),
            "⋯ More",
        ]

        await krause.taps("💬 To the volunteer")
        krause.reads("1 Please tell us whether you can come.", "5 Please call the office.")
        await krause.taps("5")
        anna.reads("💬 H-1001: the office writes:", "Please call the office: 03941")
        await anna.taps("✍️ Answer")
        await anna.says("I am on my way")
        krause.reads("💬 H-1001: the volunteer answers:", "I am on my way")
        await krause.taps("🔎 Have a look")
        await krause.taps("💬 To the volunteer")
        await krause.taps("✍️ My own words")
        await krause.says("Bitte klingeln.")
        anna.reads("the office writes:", "Bitte klingeln.")
        mary.never_read("Bitte klingeln.", "blue", "on my way")
        anna.never_read("blue")
        office.never_read("blue", "klingeln", "on my way")

        await krause.says("/request H-1001")
        await krause.taps("↩️ Free the volunteer")
        krause.reads("Free Anna Vogt from H-1001?")
        await krause.taps("↩️ Yes, free them")
        krause.reads("⚠️ Nobody found yet", "others are asked (Frau Krause)")
        anna.reads("H-1001 was taken over differently. Thank you!")
        mary.has_read("H-1001: the volunteer can't come after all.")
        old = krause.last
        await krause.taps("⋯ More")
        await krause.taps("🗂 Close it")
        await krause.taps("It is solved already")
        krause.reads("✖️ Closed by the office")
        assert krause.labels[0] == "🔄 Open it again"
        await krause.taps("🔄 Open it again")
        krause.reads("The office is looking at it", "opened again (Frau Krause)")
        assert krause.last.message_id == old.message_id
        mary.reads("🔄 H-1001: the office looks at your request again.", "You will hear from us by")
        office.reads("👀 H-1001: please have a look first.", "opened again")
        await krause.taps("👥 Assign by hand")
        await krause.taps("Anna Vogt")
        await krause.taps("☎️ Has said yes")
        mary.reads("✅ H-1001: Anna will come with you.")
        await krause.says("/audit H-1001")
        said = krause.reads("chose a volunteer by hand: H-1001 (Frau Krause)")
        assert said.count("closed the request: H-1001") == 1  # looking at the reasons is no closing
        assert "request:freed: H-1001" in said

        await krause.says("/request H-1001")
        await krause.taps("✖️ Call it off")
        await krause.taps("✖️ Yes, call it off")
        await harz.until(MONDAY + DAY)
        await krause.says("/request H-1001")
        await krause.taps("🔄 Open it again")  # its time has passed: the two will agree on another
        krause.reads("no date yet", "The office is looking at it")
        mary.reads("🔄 H-1001: the office looks at your request again.")


async def test_twice_and_handed_over(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        busch = await harz.colleague("Herr Busch")
        anna = await harz.volunteer("Anna", "en", reads="en")
        mary = await harz.requester("Mary", "en")
        for _ in range(3):
            await harz.files(mary, starts_at=MONDAY)
        await harz.files(mary, starts_at=MONDAY + DAY)
        await anna.taps("✅ Yes, I can", anna.message("H-1001"))
        await krause.says("/request H-1002")
        await krause.taps("⋯ More")
        await krause.taps("🔗 Asked twice")
        krause.reads("🔗 H-1002: which request is the same?", "H-1001 · Company to a doctor")
        await krause.taps("H-1001")
        krause.reads("Stays: H-1001 ", "Is closed: H-1002 ")  # where the volunteer is
        await krause.taps("🔗 Yes, put together")
        krause.reads("✔️ H-1001 stays, the other one is closed.")
        mary.has_read("H-1002 is closed, because you asked for the same twice.")
        await krause.says("/request H-1002")
        krause.reads("✖️ Closed by the office", "put together with another request", "“H-1001”")

        await anna.takes("H-1004")
        await krause.says("/request H-1001")
        await krause.taps("⋯ More")
        await krause.taps("🔗 Asked twice")
        await krause.taps("H-1004")
        krause.reads("Both have a volunteer. Please free one of the two first.")

        await krause.says("/request H-1003")
        await krause.taps("⋯ More")
        await krause.taps("🤝 Hand over")
        krause.reads("🤝 H-1003: to whom?")
        await krause.taps("Herr Busch")
        krause.reads("🤝 H-1003: Herr Busch has it now.")
        busch.reads("🤝 Frau Krause hands H-1003 over to you.")
        await busch.picks("🔎 Have a look")
        busch.reads("H-1003")

        await mary.says("/call")
        await mary.says("0171 2345678")
        await office.taps("I'll take it")
        await krause.taps("🤝 Hand over", krause.message("+491712345678"))
        krause.reads("🤝 📞 A call: to whom?")
        krause.never_read("+491712345678")
        await krause.taps("⬅️ Back")
        krause.reads("📞 Please call: +491712345678")
        await krause.taps("🤝 Hand over")
        await krause.taps("Herr Busch")
        krause.reads("🤝 📞 A call: Herr Busch has it now.")
        krause.never_read("+491712345678")
        busch.has_read("🤝 Frau Krause hands this over to you:")
        busch.reads("+491712345678")
        await busch.taps(harz.label("✔️ Called", busch.language))
        await krause.says("/calls")
        krause.reads("✔️ Nobody waits for a call.")


async def test_the_volunteers_by_filter(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = (await harz.office()).coordinator
        await harz.lotse.db.transact(thirty_volunteers)
        await krause.says("/volunteers")
        krause.reads("👥 32 volunteers", "Aysel")
        assert "Vera 24" not in krause.screen[-1]
        assert len([label for label in krause.labels if label.startswith(("V", "A"))]) == 25
        await krause.taps("➡️ Next")
        krause.reads("👥 32 volunteers", "Vera 29")
        await krause.taps("🌐 Language")
        await krause.taps("Türkçe")
        krause.reads("👥 2 volunteers", "Only: Türkçe", "Aysel", "Ahmet")
        await krause.taps("📍 Place")
        await krause.taps("Halberstadt")
        krause.reads("👥 1 volunteer", "Aysel", "can come to Halberstadt")
        await krause.taps("🧩 Kind of help")
        await krause.taps("🩺 Doctor")
        await krause.taps("📅 Free on")
        await krause.taps("Monday, 18.01.2027")
        krause.reads("👥 1 volunteer", "free on Monday, 18.01.2027")
        await krause.taps("🔎 State")
        await krause.taps("✅ Can be asked")
        krause.reads("👥 1 volunteer")
        await krause.taps("📍 Place")
        await krause.taps("No matter")
        krause.reads("👥 2 volunteers", "free on Monday")
        await krause.taps("✖️ No filter")
        krause.reads("👥 32 volunteers")

        await krause.taps("Aysel")
        await krause.taps("📝 Note")
        await krause.says("likes mornings")
        await krause.taps("↩️ To the profile")
        krause.reads("Aysel", "Frau Krause: “likes mornings”")
        await krause.taps("🗑 Delete notes")
        krause.reads("Delete all notes about Aysel?")
        await krause.taps("🗑 Yes, delete")
        krause.reads("Aysel")
        krause.never_read("likes mornings")


async def reads_only(harz: Town, name: str) -> Person:
    """Somebody who may look at everything and change nothing."""
    reader = await harz.colleague(name)
    await harz.lotse.db.transact(only_reads, reader.id)
    await reader.says("/language")
    await reader.chooses("en")
    return reader


def only_reads(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    people.revoke(tx, person.id, Role.COORDINATOR, Role.LEAD)
    people.grant(tx, person.id, Role.READER)


def thirty_volunteers(tx: Tx) -> None:
    def add(name: str, languages: tuple[str, ...], place: str) -> None:
        person_id = people.add(tx, chat_id=None, name=name)
        appoint(tx, person_id, languages, place=place, reach_km=15)

    add("Aysel", ("tr", "de"), "Halberstadt")
    add("Ahmet", ("tr",), "Harzgerode")
    for number in range(30):
        add(f"Vera {number:02}", ("en",), "Halberstadt")
