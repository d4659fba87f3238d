"""One offer a day, none at night, and what a volunteer finds by themselves."""

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.people import Travel
from bot.domain.places import cell_of
from bot.storage import people, volunteers
from bot.storage.tx import Tx
from tests.appointed import profile
from tests.transcripts.town import moment, town


def _at_home(tx: Tx, chat_id: int, place: str) -> None:
    """Lives there, has a car, and sleeps at night."""
    person = people.by_chat(tx, chat_id)
    home = loader.load().place(place)
    assert person is not None
    assert home is not None
    about = profile(["en"], place=place, travel=Travel.CAR, quiet=("20:00", "08:00"))
    volunteers.save(tx, person.id, about, cell_of(home.lat, home.lon))


async def test_a_volunteers_days(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en", reads="en")
        await harz.lotse.db.transact(_at_home, anna.id, "Halberstadt")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "25.01.2027")
        anna.reads(
            "🙋 Can you help? H-1001",
            "You go there together.",
            "We ask you because you live near.",
            "Please answer by Saturday, 16.01.2027, 20:00.",
        )
        assert anna.labels == ["✅ Yes, I can", "Not this time", "Not my kind of task"]
        first = anna.last

        await harz.request(sara, "26.01.2027")
        anna.never_read("H-1002")
        await harz.until(moment("2027-01-15 17:59"))
        anna.never_read("open tasks that fit")
        await harz.until(moment("2027-01-15 18:00"))
        anna.reads("🔎 There are 2 open tasks that fit you.")
        await anna.picks("🔎 Open tasks")
        anna.reads("H-1001", "Monday, 25.01.2027", "H-1002", "Tuesday, 26.01.2027")
        old = anna.last
        await anna.taps("✅ I can: H-1002")
        anna.has_read("💚", "H-1002")
        sara.reads("✅ H-1002: Anna will come with you.")
        await anna.taps("✅ I can: H-1002", old)  # once more, on the old list
        await anna.taps("Not this time", first)
        await anna.says("/tasks")
        await anna.picks("🔎 Open tasks")
        anna.reads("There is no open task that fits you.")

        await harz.until(moment("2027-01-15 21:00"))
        await harz.request(sara, "27.01.2027")
        anna.never_read("H-1003")
        await harz.until(moment("2027-01-16 08:00"))
        anna.reads("🙋 Can you help? H-1003")
        await harz.until(moment("2027-01-16 21:00"))
        await harz.request(sara, "18.01.2027", "14:30")  # so soon that she may be woken
        anna.reads("🙋 Can you help? H-1004")

        await anna.taps("Not my kind of task")
        anna.has_read("H-1004: you said no this time.")
        anna.reads("Shall we never ask you for this again")
        await anna.picks("Never ask again")
        anna.reads("We will not ask you for this any more", "/profile")
        await harz.request(sara, "17.01.2027", "14:30")
        anna.never_read("H-1005")
        sara.reads("we have not found a volunteer yet")
