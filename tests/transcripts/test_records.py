"""What volunteers did: noted by itself, corrected, added to, confirmed; and the office's month."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.domain.county import County
from bot.domain.people import Role, Travel
from bot.domain.records import Facts, Record, Source, Status
from bot.messages import Param, Text
from bot.storage import audit, people, records, volunteers
from bot.storage.tx import Tx
from bot.usecases import profiles, recording
from tests.transcripts.people import Person
from tests.transcripts.town import DAY, Town, moment, town

LATE = (
    "🔒 <b>{number}</b>: the volunteer said how it went, but {month} is closed."
    " Please look at the record."
)


def says(harz: Town, person: Person, english: str, **values: Param) -> str:
    return harz.label(english, person.language, **values)


def counted(harz: Town, person: Person, one: str, many: str, n: int) -> str:
    return harz.said(Text(one, {"n": n}, many, n), person.language)


def drives(tx: Tx, county: County, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    known = volunteers.find(tx, person.id)
    assert known is not None
    profile = replace(known.profile, place="Thale", travel=Travel.CAR, reach_km=50)
    profiles.save(tx, county, person.id, profile)


def own_lines(tx: Tx, chat_id: int, month: str = "2027-01") -> list[Record]:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    return records.of_volunteer(tx, person.id, month)


@pytest.mark.parametrize(("asks", "helps"), [("uk", "de"), ("de", "ar")])
async def test_a_volunteers_month(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """A line comes by itself and is corrected; one is added; the month is complete."""
    async with town(database_url, wall) as harz:
        db = harz.lotse.db
        anna = await harz.volunteer("Anna", asks, reads=helps)
        await db.transact(drives, harz.county, anna.id)
        sara = await harz.requester("Sara", asks)
        await harz.request(sara, "18.01.2027", "10:00")
        await anna.picks("✅ Yes, I can")
        await harz.until(moment("2027-01-18 12:00"))
        over = says(harz, anna, "💚 {number} is over. Thank you for helping!", number="H-1001")
        await anna.picks("✅ Yes", anna.message(over))
        (line,) = await db.read(own_lines, anna.id)  # as planned, until they say how long
        assert (line.minutes, line.place, line.category) == (120, "Halberstadt", "doctor")
        assert (line.adults, line.children, line.language) == (1, 0, asks)
        assert 30 <= line.km <= 50
        await anna.taps(says(harz, anna, "{minutes} min.", minutes="90"))
        done = says(
            harz, anna, "✔️ {number}: it took place, {minutes} min.", number="H-1001", minutes=90
        )
        closed = anna.message(done, "10:00", "11:30", str(line.km))

        # Two taps more where the guess was wrong; the closing message follows.
        await anna.picks("📝 Time, people, km", closed)
        await anna.picks("👥 People")
        await anna.taps("➕")
        await anna.picks("✔️ Done")
        await anna.picks("🚗 Kilometres")
        await anna.picks("Other number")
        await anna.says("viel")
        anna.reads(
            says(harz, anna, "Please write a number from {least} to {most}.", least=0, most=999)
        )
        await anna.says("٢٤ كم" if helps == "ar" else "24 km")
        anna.reads(says(harz, anna, "✔️ It is changed."), "24")
        (line,) = await db.read(own_lines, anna.id)
        assert (line.adults, line.children, line.km, line.minutes) == (2, 0, 24, 90)
        anna.has_read(done, "24", counted(harz, anna, "{n} adult", "{n} adults", 2))
        await anna.picks("📝 Time, people, km")
        await anna.picks("⏱ Time")
        await anna.picks("➖ 15 min.")
        now = says(
            harz, anna, "✔️ {number}: it took place, {minutes} min.", number="H-1001", minutes=75
        )
        card = anna.message(now)

        # It did not take place after all, or it did.
        await anna.picks("✏️ Change", card)
        card = anna.message(says(harz, anna, "Did it take place?"))
        await anna.picks("Nobody came", card)
        assert await db.read(own_lines, anna.id) == []
        gone = says(harz, anna, "{number}: nobody came. We are sorry about that.", number="H-1001")
        await anna.picks("✏️ Change", anna.message(gone))
        await anna.picks("✅ Yes", anna.message(says(harz, anna, "Did it take place?")))
        assert len(await db.read(own_lines, anna.id)) == 1

        # A task done outside the bot, over midnight.
        await anna.says("/hours")
        await anna.picks("➕ Add a task")
        await anna.says("19.01.2027")
        anna.reads(says(harz, anna, "This day is still to come. Please write a day up to today."))
        await anna.says("16.01.2027")
        await anna.says("22:30")
        await anna.says("180")
        await anna.picks(harz.county.categories["doctor"].name)
        await anna.says("Thale")
        for forms, n in ((("{n} adult", "{n} adults"), 0), (("{n} child", "{n} children"), 3)):
            await anna.taps(counted(harz, anna, *forms, n))
        await anna.taps(counted(harz, anna, "{n} km", "{n} km", 10))
        await anna.picks("✔️ Save")
        anna.reads(says(harz, anna, "✔️ It is noted. Thank you!"), "22:30", "01:30")
        night, _ = await db.read(own_lines, anna.id)
        assert (night.source, night.minutes, night.month) == (Source.OWN, 180, "2027-01")
        await anna.says("/tasks")
        anna.reads(counted(harz, anna, "{n} task", "{n} tasks", 2), "5:00")
        await anna.picks("🧾 My hours")
        anna.reads("01/2027", "5:00", "Thale", "Halberstadt")
        assert says(harz, anna, "✔️ Complete") not in anna.labels  # it is not over

        # The 1st at ten; five days later once more.
        await harz.until(moment("2027-02-01 09:59"))
        asked = says(harz, anna, "🧾 Your record of {month}:", month="01/2027")
        anna.never_read(asked)
        await harz.until(moment("2027-02-06 11:00"))
        anna.has_read(asked, "5:00")
        again = anna.message(
            says(harz, anna, "⏰ Please look at your record of {month}.", month="01/2027")
        )
        await anna.picks("✔️ Complete", again)
        anna.has_read(says(harz, anna, "✔️ {month} is complete. Thank you!", month="01/2027"))
        (month,) = await db.read(records.counts, "2027-01")
        assert month.complete_at is not None
        await anna.says("/hours 2027-01")
        anna.reads(says(harz, anna, "✔️ You said: this month is complete."))
        await anna.taps("1")
        await anna.picks("🗑 Delete")
        await anna.picks("🗑 Yes, delete it")
        assert len(await db.read(own_lines, anna.id)) == 1
        await anna.says("/hours")
        anna.reads(says(harz, anna, "Nothing is noted for this month."))

        # The request is forgotten, what she did stays, and is hers to correct.
        await harz.sleeps_until(wall.now() + 60 * DAY)
        await anna.says("/hours 2027-01")
        await anna.taps("1")
        await anna.picks("🚗 Kilometres")
        await anna.taps(says(harz, anna, "{km} km", km=30))
        (line,) = await harz.lotse.db.read(own_lines, anna.id)
        assert line.km == 30


def facts(begins: str, minutes: int = 60, km: int = 0) -> Facts:
    starts_at = moment(begins)
    return Facts(starts_at, starts_at + 60 * minutes, "Thale", "doctor", None, "", 1, 0, km)


def note(tx: Tx, county: County, chat_id: int, given: Facts) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    recording.add(tx, county, person.id, given, source=Source.OWN)


def leaves(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    volunteers.set_active(tx, person.id, False)
    people.revoke(tx, person.id, Role.VOLUNTEER)


def gets(tx: Tx, chat_id: int, role: Role, *instead_of: Role) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    people.revoke(tx, person.id, *instead_of)
    people.grant(tx, person.id, role)


def everything(tx: Tx) -> list[Record]:
    return records.of_month(tx, "2027-01")


def trail(tx: Tx) -> list[tuple[str, str]]:
    return [(line.what, line.subject) for line in audit.lines(tx)]


async def test_the_office_closes_a_month(database_url: str, wall: MovableWall) -> None:
    """Checked one by one, closed with a warning; then nothing changes without a reason."""
    async with town(database_url, wall) as harz:
        office, db, county = await harz.office(), harz.lotse.db, harz.county
        krause = office.coordinator
        anna = await harz.volunteer("Anna Kern", "ar")
        bilal = await harz.volunteer("Bilal Aziz", "ar")
        sara = await harz.requester("Sara", "ar")
        for person, given in (
            (anna, facts("2027-01-04 10:00", 90, km=20)),
            (bilal, facts("2027-01-31 23:30", 120)),
        ):
            await db.transact(note, county, person.id, given)
        await db.transact(leaves, bilal.id)  # what he did stays
        await harz.request(sara, "31.01.2027", "10:00")
        await anna.takes("H-1001")
        await harz.until(moment("2027-01-31 12:00"))

        de = {"month": "01/2027"}
        await krause.says("/records 2027-01")
        krause.reads("Anna Kern", "Bilal Aziz", "2:00")
        assert harz.label("🔒 Close the month", "de") not in krause.labels  # not over yet
        await harz.until(moment("2027-02-01 09:30"))
        await krause.says("/records")
        await krause.picks("🔒 Close the month")
        krause.reads(harz.label("Not all entries are checked yet. Please check them first.", "de"))
        await krause.says("/records 2027-01")
        await krause.taps("1")
        krause.reads("Anna Kern", "10:00", "20")
        await krause.picks("✔️ All right, checked")
        krause.reads("Bilal Aziz", "23:30")  # the next one, in its place
        await krause.picks("✔️ All right, checked")
        assert {line.status for line in await db.read(everything)} == {Status.CHECKED}
        await krause.picks("🔒 Close the month")
        krause.reads("Anna Kern, Bilal Aziz")  # neither has confirmed
        await krause.picks("🔒 Yes, close it")
        krause.reads(harz.label("🧾 <b>Records of {month}</b>", "de", **de), "🔒")
        assert {line.status for line in await db.read(everything)} == {Status.CLOSED}
        assert ("record:closed", "record:202701") in await db.read(trail)

        # The volunteer can look, and the office hears what comes late.
        anna.never_read(harz.label("🧾 Your record of {month}:", "de", **de))
        await harz.until(moment("2027-02-01 12:00"))
        anna.never_read(harz.label("🧾 Your record of {month}:", "de", **de))
        await anna.says("/hours 2027-01")
        await anna.taps("1")
        anna.reads(
            harz.label("🔒 This month is closed. To change it, please call the office.", "de")
        )
        over = harz.label("💚 {number} is over. Thank you for helping!", "de", number="H-1001")
        await anna.picks("✅ Yes", anna.message(over))
        late = harz.label(LATE, "de", number="H-1001", **de)
        office.has_read(late)
        assert len(await db.read(everything)) == 2

        # A coordinator may look; only a lead changes it, and says why.
        weber = await harz.colleague("Weber")
        await db.transact(gets, weber.id, Role.COORDINATOR, Role.LEAD)
        await office.joins(weber)
        await office.taps(harz.label("🧾 Record", "de"), by=weber, message=office.message(late))
        weber.reads("H-1001", "Anna Kern")
        assert weber.labels == []
        await weber.says("/records 2027-01")
        await weber.taps("1")
        await weber.taps("1")
        assert harz.label("✏️ Correct", "de") not in weber.labels
        await krause.says("/records 2027-01")
        await krause.taps("1")
        await krause.taps("1")
        await krause.picks("✏️ Correct")
        await krause.says("Fahrt doppelt gezählt")
        await krause.taps(f"✏️ {harz.label('Kilometres', 'de')}")
        await krause.says("10")
        await krause.picks("✔️ Save")
        krause.reads(harz.label("✔️ It is changed.", "de"))
        line = (await db.read(everything))[0]
        assert (line.km, line.status) == (10, Status.CLOSED)
        (change,) = await db.read(records.changes_of, line.id)
        assert (change.before["km"], change.after["km"], change.reason) == (
            20,
            10,
            "Fahrt doppelt gezählt",
        )
        assert ("record_correct", f"record:{line.id}") in await db.read(trail)

        # What came late is added, with its reason; all else is filled in.
        await office.taps(harz.label("🧾 Record", "de"), message=office.message(late))
        await krause.picks("➕ Add to the record")
        await krause.says("Kam nach dem Abschluss")
        await krause.picks("✔️ Save")
        added = [line for line in await db.read(everything) if line.place == "Halberstadt"]
        assert [(line.status, line.minutes) for line in added] == [(Status.CLOSED, 120)]
        office.never_read(late)  # it is done
        assert b"Abschluss" not in b"".join(await db.read(reasons))

        # For who has no Telegram, the office adds what they did.
        await harz.invite("Paula Papier", "ar")
        await krause.says("/records 2027-02")
        await krause.picks("➕ Add a task")
        await krause.taps("Paula Papier")
        for answer in ("01.02.2027", "10:00", "60"):
            await krause.says(answer)
        await krause.picks(county.categories["doctor"].name)
        await krause.picks("⏭ Skip")  # it was by phone
        for answer in ("1", "0", "0"):
            await krause.says(answer)
        await krause.picks("✔️ Save")
        krause.reads(harz.label("✔️ It is noted. Thank you!", "de"), "11:00")
        await krause.picks("↩️ To the volunteer")
        krause.reads("Paula Papier")

        # Who only reads sees it, and no button that changes anything; others see nothing.
        await db.transact(gets, weber.id, Role.READER, Role.COORDINATOR)
        await weber.says("/records 2026-12")
        weber.reads(harz.label("Nothing is noted for this month.", "de"))
        assert harz.label("➕ Add a task", "de") not in weber.labels
        await anna.says("/records")
        anna.reads(harz.label("Only the coordinators can do this.", "de"))


def reasons(tx: Tx) -> list[bytes]:
    return [bytes(row["reason"]) for row in tx.all("SELECT reason FROM record_changes")]
