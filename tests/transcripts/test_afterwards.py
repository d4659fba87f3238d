"""After an appointment: how it was, would they meet again, what was wrong, and who did not come."""

import pytest

from bot.clock import MovableWall
from bot.messages import Param
from bot.storage.tx import Tx
from tests.transcripts.people import Office, Person
from tests.transcripts.town import DAY, HOUR, Town, moment, town

#: Who asks reads this, who helps reads that.
IN_UKRAINIAN = pytest.mark.parametrize(("asks", "helps"), [("uk", "de")])
IN_PERSIAN = pytest.mark.parametrize(("asks", "helps"), [("fa", "kmr")])


async def a_pair(harz: Town, asks: str, helps: str) -> tuple[Office, Person, Person]:
    """The office, Sara who asks, and Anna who helps."""
    office = await harz.office()
    anna = await harz.volunteer("Anna", asks, reads=helps)
    sara = await harz.requester("Sara", asks)
    return office, anna, sara


async def arranged(harz: Town, sara: Person, anna: Person, day: str, time: str = "10:00") -> None:
    await harz.request(sara, day, time)
    await anna.picks("✅ Yes, I can")


async def took_place(harz: Town, anna: Person, number: str, minutes: str = "90") -> None:
    over = says(harz, anna, "💚 {number} is over. Thank you for helping!", number=number)
    await anna.picks("✅ Yes", anna.message(over))
    await anna.taps(harz.label("{minutes} min.", anna.language, minutes=minutes))


def says(harz: Town, person: Person, english: str, **values: Param) -> str:
    """A text of ours as this person reads it."""
    return harz.label(english, person.language, **values)


def reads(harz: Town, person: Person, english: str, **values: Param) -> None:
    person.has_read(says(harz, person, english, **values))


def sealed(tx: Tx, table: str) -> list[bytes]:
    return [bytes(row["content"]) for row in tx.all(f"SELECT content FROM {table}")]


@IN_PERSIAN
async def test_two_yeses_and_a_voice(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """Three faces, a voice message for the coordinators, and the same two again."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027")
        await harz.until(moment("2027-01-18 12:00"))
        await took_place(harz, anna, "H-1001")
        reads(harz, anna, "Would you like to help this person again?")
        reads(harz, sara, "{number}: did you get help?", number="H-1001")
        assert [face[-1] for face in sara.last.buttons[0]] == ["🙂", "😐", "🙁"]
        await sara.picks("🙂")
        reads(harz, sara, "Would you like {name} to help you again?", name="Anna")
        before = len(anna.messages)
        await sara.picks("💚 Yes, gladly")
        assert len(anna.messages) == before  # nobody hears the other's answer
        await anna.picks("💚 Yes, gladly")
        reads(harz, anna, "✔️ {number}: it took place, {minutes} min.", number="H-1001", minutes=90)

        went = sara.message(
            says(harz, sara, "💚 {number}: thank you! We are glad.", number="H-1001")
        )
        await sara.picks("💬 Say more", went)
        await sara.does(sara.phone.sends_voice())
        reads(harz, sara, "✔️ {number}: thank you. The coordinators get it.", number="H-1001")
        office.reads("💬 H-1001")
        krause = office.coordinator
        await office.taps(office.labels[0])
        assert krause.last.kind == "voice"
        office.never_read("🔓")
        assert len(await harz.lotse.db.read(sealed, "feedback")) == 1

        bilal = await harz.volunteer("Bilal", asks, reads="de")
        await harz.request(sara, "29.01.2027", "10:00")
        anna.has_read("H-1002")
        bilal.never_read("H-1002")  # who both would like again is asked first, alone
        await harz.later(3 * HOUR)
        bilal.has_read("H-1002")
        await harz.sleeps_until(wall.now() + 40 * DAY)
        assert await harz.lotse.db.read(sealed, "feedback") == []  # it had an end


@IN_UKRAINIAN
async def test_rather_not(database_url: str, wall: MovableWall, asks: str, helps: str) -> None:
    """One no keeps two apart; only coordinators see it, and it is no case."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027")
        await harz.until(moment("2027-01-18 12:00"))
        await sara.picks("😐")
        await took_place(harz, anna, "H-1001")
        await anna.picks("💚 Yes, gladly")
        asked = sara.message(
            says(harz, sara, "Would you like {name} to help you again?", name="Anna")
        )
        before = len(anna.messages), len(office.messages)
        await sara.picks("Rather not", asked)
        reads(harz, sara, "{number}: thank you for telling us.", number="H-1001")
        assert (len(anna.messages), len(office.messages)) == before

        await harz.request(sara, "25.01.2027", "10:00")
        anna.never_read("H-1002")
        await anna.says("/tasks")
        await anna.picks("🔎 Open tasks")
        assert not any("H-1002" in label for label in anna.labels)
        krause = office.coordinator
        await krause.says("/who H-1002")
        krause.reads("Anna", harz.label("is kept apart from this person", "de"))
        await krause.says("/request H-1001")
        krause.reads(harz.label("these two rather do not meet again", "de"))
        office.never_read(harz.label("is kept apart from this person", "de"))


@IN_UKRAINIAN
async def test_something_was_wrong(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """A protected case: the two are kept from meeting at once, a coordinator decides."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        krause = office.coordinator
        weber = await harz.colleague("Weber")
        await office.joins(weber)
        await arranged(harz, sara, anna, "18.01.2027")
        await harz.request(sara, "25.01.2027", "10:00")
        await anna.takes("H-1002")
        await harz.until(moment("2027-01-18 12:00"))
        await sara.picks("⚠️ Something was wrong")
        reads(harz, sara, "⚠️ {number}: was something wrong?", number="H-1001")
        await sara.picks("⬅️ Back")
        await sara.picks("⚠️ Something was wrong")
        office.never_read(harz.label("🔓 Open", "de"))  # nothing is said yet
        await sara.picks("⚠️ Yes, tell them")
        await sara.says("Погано / بد بود")
        reads(harz, sara, "✔️ Thank you for telling us. A coordinator will call you.")

        for person in (sara, anna):
            reads(
                harz,
                person,
                "🗓 {number}: the office is checking this appointment.",
                number="H-1002",
            )
        office.reads("H-1001")
        for words in ("Погано", "Sara", "Anna"):
            office.never_read(words)
        wanted = "⚠️ A case for <b>{number}</b>. Please open it in private."
        office.has_read(harz.label(wanted, "de", number="H-1001"))
        await harz.until(moment("2027-01-18 13:59"))
        again = "🔴 The case for <b>{number}</b> still waits. Please open it."
        office.never_read(harz.label(again, "de", number="H-1001"))
        await harz.until(moment("2027-01-18 14:00"))
        office.has_read(harz.label(again, "de", number="H-1001"))

        await office.taps(harz.label("🔓 Open", "de"), message=office.last)
        krause.reads("Погано / بد بود", "Anna", "H-1002")
        await krause.picks("I'll take it")
        await office.taps(harz.label("🔓 Open", "de"), by=weber, message=office.last)
        weber.reads("Погано", "Krause")
        assert harz.label("✅ All is well", "de") not in weber.labels
        await krause.says("/request H-1001")
        krause.reads(harz.label("looked at the case", "de"), "Weber")
        await krause.says("/open")
        listed = "⚠️ Case for {number}, taken by a coordinator"
        krause.reads(harz.label(listed, "de", number="H-1001"))

        # Nobody is reminded, nothing new leads them to each other.
        await harz.request(sara, "27.01.2027", "10:00")
        anna.never_read("H-1003")
        own = krause.message("Погано")
        await krause.picks("✅ All is well", own)
        await krause.says("Ein Missverständnis, beide haben es geklärt.")
        office.has_read(harz.label("✔️ The case for {number} is closed.", "de", number="H-1001"))
        looked = "{number}: a coordinator has looked at what you told us."
        reads(harz, sara, looked, number="H-1001")
        anna.never_read(says(harz, anna, looked, number="H-1001"))
        for person in (sara, anna):
            reads(harz, person, "✅ {number}: the appointment stays as it was.", number="H-1002")
        await harz.until(moment("2027-01-24 10:00"))
        reads(harz, sara, "⏰ Reminder: {number}", number="H-1002")
        reads(harz, anna, "⏰ Reminder: {number}", number="H-1002")


@IN_PERSIAN
async def test_kept_apart_for_good(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """The volunteer says it; nobody decides about the next appointment until it is near."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        bilal = await harz.volunteer("Bilal", asks, reads="de")
        krause = office.coordinator
        await harz.request(sara, "18.01.2027", "10:00")
        await anna.picks("✅ Yes, I can")
        await harz.request(sara, "19.01.2027", "14:00")
        await anna.takes("H-1002")
        await harz.until(moment("2027-01-18 12:00"))
        over = says(harz, anna, "💚 {number} is over. Thank you for helping!", number="H-1001")
        await anna.picks("⚠️ Something was wrong", anna.message(over))
        await anna.picks("⚠️ Yes, tell them")
        await anna.picks("⏭ Skip")
        reads(
            harz,
            anna,
            "⚠️ {number}: the coordinators know. One of them will call you.",
            number="H-1001",
        )
        await harz.until(moment("2027-01-19 09:59"))
        bilal.never_read("H-1002")
        await harz.until(moment("2027-01-19 10:00"))  # four hours before: others are asked
        reads(harz, anna, "{number} was taken over differently. Thank you!", number="H-1002")
        anna.never_read(says(harz, anna, "You do not need to come."))
        bilal.has_read("H-1002")
        reads(
            harz,
            sara,
            "{number}: the volunteer can't come after all. We are sorry.",
            number="H-1002",
        )
        await office.taps(harz.label("🔓 Open", "de"), message=office.message("H-1001", "🔴"))
        await krause.picks("I'll take it")
        await krause.picks("🚫 Keep them apart")
        await krause.says("Auf Wunsch von Anna.")
        await harz.request(sara, "29.01.2027", "10:00")
        await bilal.takes("H-1003")
        anna.never_read("H-1003")
        await harz.sleeps_until(wall.now() + 100 * DAY)
        assert await harz.lotse.db.read(lambda tx: len(tx.all("SELECT id FROM cases"))) == 0
