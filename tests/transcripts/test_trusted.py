"""What is only spoken: a volunteer whom the office trusts hears it and fills it in."""

import pytest

from bot.clock import MovableWall
from bot.domain.requests import Details
from bot.storage import requests
from tests.transcripts.people import Person
from tests.transcripts.town import HOUR, Town, moment, town

HEAR = "🎧 Trusted volunteer"


@pytest.mark.parametrize("reads", ["en", "tr"])
async def test_the_first_who_says_yes_fills_it_in(
    database_url: str, wall: MovableWall, reads: str
) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        ali = await harz.volunteer("Ali Kaya", "ar", "de", reads=reads)
        ben = await harz.volunteer("Ben", "ar", reads=reads)
        olena = await harz.volunteer("Olena", "uk", reads="en")
        sara = await harz.requester("Sara", "ar")
        await harz.files(sara, category="doctor")  # not their first request below
        await speaks(harz, sara)
        assert await office.taps(HEAR) == "No trusted volunteer of this language can be asked now."
        for name in ("Ali Kaya", "Ben", "Olena"):
            await trusts(krause, name)
        await krause.taps("🎧 Stop listening", krause.message("👤 Ben"))
        await krause.taps("🎧 Allow listening", krause.message("👤 Ben"))

        alert = office.message("👀 H-1002")
        assert await office.taps(HEAR, message=alert) == "✔️ Asked."
        assert await office.taps(HEAR, message=alert) == "✔️ Asked."  # tapped twice
        olena.never_read("🎧")
        for volunteer in (ali, ben):
            assert volunteer.labels == [
                harz.label("✅ Yes, I will", reads),
                harz.label("Not this time", reads),
            ]
        yes = harz.label("✅ Yes, I will", reads)
        await harz.at_once(ali.phone.taps(yes), ben.phone.taps(yes))
        first, second = (ali, ben) if plays(ali) else (ben, ali)
        assert (len(plays(first)), plays(second)) == (1, [])
        second.has_read(harz.label("✔️ Another volunteer is listening. Thank you!", reads))
        assert await office.taps(HEAR, message=alert) == "A volunteer is listening to it already."

        for label in ("Fill in a form", "Halberstadt", "No date yet", "Comes along", "Anybody"):
            await answers(first, label)
        await first.picks("✅ Send")
        for volunteer in (ali, ben):
            volunteer.never_read("Sara", "+49")
        request = await harz.lotse.db.read(requests.by_id, 2)
        assert (request.category, request.place) == ("form", "Halberstadt")
        sara.has_read("H-1002")
        await krause.says("/request H-1002")
        krause.reads("filled in after listening (" + ("Ali Kaya" if first is ali else "Ben") + ")")
        await harz.later(24 * HOUR)
        office.never_read("No trusted volunteer has filled it in so far")


async def test_the_office_looks_first_and_hears_of_silence(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall, office_first=True, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        ali = await harz.volunteer("Ali", "ar", reads="de")
        await trusts(krause, "Ali")
        sara = await harz.requester("Sara", "ar")
        await speaks(harz, sara)
        await office.taps(HEAR)
        await harz.until(moment("2027-01-18 12:00"))  # nobody takes it
        office.has_read("👀 H-1001", "No trusted volunteer has filled it in so far.")
        await office.taps(HEAR, message=office.message("No trusted volunteer has"))
        await ali.picks("✅ Yes, I will")
        await ali.picks("↩️ Give it back", plays(ali)[-1])
        office.reads("👀 H-1001", "The volunteer gave it back to the office.")
        await office.taps(HEAR)
        office.never_read("Sara")

        bob = await harz.volunteer("Bob", "ar", reads="en")
        await trusts(krause, "Bob")
        await office.taps(HEAR)
        await bob.picks("✅ Yes, I will")
        await answers(bob, "Fill in a form")
        await harz.later(3 * HOUR)  # and never comes back
        office.reads("No trusted volunteer has filled it in so far.")
        bob.has_read("✔️ The office takes care of this now.")
        await answers(bob, "Halberstadt", "No date yet", "Comes along", "Anybody", "✅ Send")
        bob.has_read("✔️ The office takes care of this now.")

        await office.taps(HEAR)
        await bob.picks("✅ Yes, I will")
        await answers(bob, "Fill in a form", "Halberstadt", "No date yet", "By phone", "Anybody")
        await bob.picks("✅ Send")
        bob.has_read("✔️ H-1001 is filled in. Thank you!")
        office.reads("A volunteer has listened and filled it in.", "It is their first request.")
        await office.taps("✅ Ask volunteers")
        bob.reads("🙋 Can you help? H-1001")


async def speaks(harz: Town, person: Person) -> None:
    """A voice message is all there is of the request."""
    await person.does(person.phone.sends_voice())
    voice = next(seen for seen in person.messages if seen.kind == "voice").content["voice"]
    spoken = Details(name=person.phone.account.first_name, voice=voice["file_id"])
    await harz.files(person, category="other", place="", details=spoken)


async def trusts(coordinator: Person, name: str) -> None:
    await coordinator.says("/volunteers")
    await coordinator.taps(name)
    await coordinator.taps("🎧 Allow listening")
    coordinator.reads("🎧 May listen to voice messages and fill in the request.")


async def answers(person: Person, *labels: str) -> None:
    """Taps what is offered, in the language they read; a place is written."""
    for label in labels:
        await (person.says(label) if label == "Halberstadt" else person.picks(label))


def plays(person: Person) -> list:
    return [seen for seen in person.messages if seen.kind == "voice" and seen.from_bot]
