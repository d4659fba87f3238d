"""Who did not come is asked kindly; who says nothing is asked once more, then a coordinator."""

from bot.clock import MovableWall
from bot.domain.requests import Details
from bot.storage.tx import Tx
from tests.transcripts.people import Person
from tests.transcripts.test_afterwards import (
    IN_PERSIAN,
    IN_UKRAINIAN,
    a_pair,
    arranged,
    reads,
    says,
    took_place,
)
from tests.transcripts.town import DAY, HOUR, Town, moment, town

MISSED = "{number}: we missed you."


def no_shows(tx: Tx) -> int:
    return len(tx.all("SELECT person_id FROM no_shows"))


async def nobody_came(harz: Town, anna: Person, number: str) -> None:
    over = says(harz, anna, "💚 {number} is over. Thank you for helping!", number=number)
    await anna.picks("Nobody came", anna.message(over))


async def says_when(sara: Person, day: str, time: str) -> None:
    """A new date for the same help."""
    await sara.picks("No, none of these")
    await sara.says(day)
    await sara.says(time)
    await sara.picks("✅ Send")


@IN_PERSIAN
async def test_we_missed_you(database_url: str, wall: MovableWall, asks: str, helps: str) -> None:
    """A new date, no thanks, or "I was there"; the third time a coordinator is asked to talk."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027")
        for day, number in (("19", "H-1002"), ("20", "H-1003")):
            await harz.request(sara, f"{day}.01.2027", "10:00")
            await anna.takes(number)
        await harz.until(moment("2027-01-18 12:00"))
        await nobody_came(harz, anna, "H-1001")
        reads(harz, anna, "{number}: nobody came. We are sorry about that.", number="H-1001")
        sara.reads(says(harz, sara, MISSED, number="H-1001"))  # in the place of the faces
        await sara.picks("🗓 Yes, a new date")
        reads(harz, sara, "{number}: thank you for telling us.", number="H-1001")
        await says_when(sara, "28.01.2027", "11:00")
        reads(harz, sara, "✅ Sent. Your request has the number <b>{number}</b>.", number="H-1004")
        assert await harz.lotse.db.read(no_shows) == 1

        await harz.until(moment("2027-01-19 12:00"))
        await nobody_came(harz, anna, "H-1002")
        await sara.picks("I was there", sara.message(says(harz, sara, MISSED, number="H-1002")))
        looks = "{number}: thank you for telling us. The office will look at it."
        reads(harz, sara, looks, number="H-1002")
        differ = "⚠️ <b>{number}</b>: the two say different things about who came. Please ask them."
        office.has_read(harz.label(differ, "de", number="H-1002"))
        assert await harz.lotse.db.read(no_shows) == 1
        noted = says(harz, anna, "{number}: nobody came. We are sorry about that.", number="H-1002")
        card = anna.message(noted)
        await anna.picks("✏️ Change", card)  # it took place after all: nothing is left of it
        await took_place(harz, anna, "H-1002", "60")
        office.never_read(harz.label(differ, "de", number="H-1002"))
        done = "✔️ {number}: it took place, {minutes} min."
        done = says(harz, anna, done, number="H-1002", minutes=60)
        await anna.picks("No matter who", anna.message(done))

        await anna.takes("H-1004")
        for over, number in (("2027-01-20 12:00", "H-1003"), ("2027-01-28 13:00", "H-1004")):
            await harz.until(moment(over))
            office.never_read("🗨")
            await nobody_came(harz, anna, number)
            missed = sara.message(says(harz, sara, MISSED, number=number))
            await sara.picks("No, thank you", missed)
        assert await harz.lotse.db.read(no_shows) == 3
        office.has_read("🗨 H-1004", "3")
        await harz.request(sara, "05.02.2027", "10:00")  # nobody is ever blocked
        await anna.takes("H-1005")


@IN_UKRAINIAN
async def test_nobody_came_to_the_requester(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """The office at once, a new date for who waited, a kind question to who was expected."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027")
        await harz.until(moment("2027-01-18 12:00"))
        await sara.picks("Nobody came")
        reads(harz, sara, "{number}: we are very sorry that nobody came.", number="H-1001")
        alert = "🔴 <b>{number}</b>: the volunteer did not come. Please call both."
        office.has_read(harz.label(alert, "de", number="H-1001"))
        assert await harz.lotse.db.read(no_shows) == 1
        reads(harz, anna, "The person says that you did not meet. What happened?")
        await anna.picks("I was not there")
        told = "{number}: you were not there. Thank you for telling us."
        reads(harz, anna, told, number="H-1001")
        await sara.picks("🗓 Yes, a new date")
        await says_when(sara, "28.01.2027", "11:00")
        await anna.takes("H-1002")  # and she may

        await harz.until(moment("2027-01-28 13:00"))
        await nobody_came(harz, anna, "H-1002")
        await sara.picks("I was there", sara.message(says(harz, sara, MISSED, number="H-1002")))
        assert await harz.lotse.db.read(no_shows) == 1


@IN_PERSIAN
async def test_what_is_stuck_moves(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """One question at a time; without a record one nudge, then a coordinator."""
    async with town(database_url, wall) as harz:
        office, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027", "08:00")
        await harz.request(sara, "18.01.2027", "11:00")
        await anna.takes("H-1002")
        over = "💚 {number} is over. Thank you for helping!"
        again = "⏰ {number}: please tell us how it went."
        went = "{number}: did you get help?"
        await harz.until(moment("2027-01-18 21:59"))
        reads(harz, anna, over, number="H-1001")
        anna.never_read(says(harz, anna, over, number="H-1002"))
        reads(harz, sara, went, number="H-1001")
        sara.never_read(says(harz, sara, went, number="H-1002"))
        await harz.until(moment("2027-01-18 22:00"))
        reads(harz, anna, again, number="H-1001")
        office.never_read("📝")
        await harz.until(moment("2027-01-19 22:00"))
        record = "📝 <b>{number}</b>: the volunteer has not said how it went. Please ask them."
        office.has_read(harz.label(record, "de", number="H-1001"))
        anna.reads(says(harz, anna, over, number="H-1002"))
        reads(harz, sara, went, number="H-1002")
        await took_place(harz, anna, "H-1002")
        await anna.picks("Rather not")
        late = anna.message(says(harz, anna, again, number="H-1001"))
        await anna.picks("It was moved", late)  # a late answer is welcome
        office.never_read(harz.label(record, "de", number="H-1001"))
        await harz.later(9 * DAY)
        office.never_read(harz.label(record, "de", number="H-1002"))
        moved = anna.message(
            says(harz, anna, "{number}: it was moved to another day.", number="H-1001")
        )
        await anna.picks("⚠️ Something was wrong", moved)  # for this it is never too late
        reads(harz, anna, "⚠️ {number}: was something wrong?", number="H-1001")


async def test_a_call_that_nobody_makes(database_url: str, wall: MovableWall) -> None:
    """It waits two office hours, then it is brought up; also when it was taken."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "fa", reads="kmr")
        sara = await harz.requester("Sara", "fa")
        phone = Details(phone="03941 1234")
        await harz.files(sara, starts_at=moment("2027-01-28 10:00"), details=phone)
        await harz.lotse.db.transact(lambda tx: tx.run("DELETE FROM errands"))
        await office.taps(harz.label("✅ Ask volunteers", "de"))
        await anna.picks("✅ Yes, I can")
        await harz.later(2 * HOUR)
        waits = "🔴 Somebody still waits for a call about {number}."
        waits = harz.label(waits, "de", number="H-1001")
        office.has_read(waits)
        await office.taps(harz.label("I'll take it", "de"), message=office.message(waits))
        office.never_read(waits)
        await harz.until(moment("2027-01-18 12:00"))
        made = "🔴 The call about {number} was taken, but not made yet."
        office.has_read(harz.label(made, "de", number="H-1001"))
