"""A volunteer without Telegram is asked, reminded and thanked like all others: by the office."""

from bot.clock import MovableWall
from bot.storage import people, volunteers
from bot.storage.tx import Tx
from bot.usecases import joining
from tests.appointed import profile
from tests.transcripts.people import Office
from tests.transcripts.town import Town, moment, town

NUMBER = "+493941555666"


async def helps_by_phone(harz: Town, office: Office, name: str) -> None:
    """On the office's list since the import, and approved by the office."""
    await harz.lotse.db.transact(_listed, name, NUMBER)
    krause = office.coordinator
    await krause.says("/volunteers")
    await krause.taps(name)
    krause.reads(f"👤 {name}", NUMBER, "Their link was not opened so far.")
    await krause.taps("📞 The office calls")
    await krause.taps("📅 Enter the dates")
    for said in ("01.01.2027", "31.12.2027", "02.01.2027", "01.12.2026"):
        await krause.says(said)
    await krause.taps("✅ Approve")
    krause.has_read(f"✅ {name} is approved.")


async def test_from_the_offer_to_the_record(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        await helps_by_phone(harz, office, "Erika Blum")
        sara = await harz.requester("سارة", "ar")
        await harz.request(sara)

        call = office.has_read("📞 Please call about H-1001.", "a volunteer without Telegram")
        assert "Erika" not in call
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        krause.reads(NUMBER, "Name: Erika Blum", "Please say:", "Can you help? H-1001", "14:30")
        assert "سارة" not in krause.screen[-1]  # coarse facts only, on the phone too
        await krause.taps("Says yes")
        krause.reads("✔️ H-1001: called.", "Please say also:", "Name: سارة")
        sara.has_read("H-1001", "Erika")
        assert sum("Please call about" in said for said in office.screen) == 0

        await sara.says("/mine")
        await sara.picks("🗓 Other time: {number}", number="H-1001")
        await sara.says("18.01.2027")
        await sara.says("14:00")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        await krause.taps("Says yes")
        said = krause.reads("Please say also:", "there is a new time", "14:00")
        assert said.count("We will remind you before.") == 1

        await harz.until(moment("2027-01-17 14:31"))
        office.has_read("📞 Please call about H-1001.", "a volunteer without Telegram")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        krause.reads(NUMBER, "Will you be there?")
        await krause.taps("Is coming")
        await sara.picks("✅ Yes")

        await harz.until(moment("2027-01-18 18:00"))
        office.has_read("📞 Please call about H-1001.", "a volunteer without Telegram")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        await krause.taps("It took place")
        await krause.says("/request H-1001")
        krause.reads("took place (Erika Blum)")


async def test_without_a_time_and_taken_by_somebody_else(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        await helps_by_phone(harz, office, "Erika Blum")
        anna = await harz.volunteer("Anna", "uk")
        olena = await harz.requester("Олена", "uk")
        await harz.files(olena)
        anna.reads("H-1001")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        await anna.picks("✅ Yes, I can")  # while the office was calling
        krause.reads("✔️ Call about H-1001: done.")

        await anna.says("/tasks")
        await anna.picks("I can't help")
        await anna.picks("I can't help")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        await krause.taps("Says yes")
        krause.reads(NUMBER, "Please say:")
        await krause.taps("🗓 Write the times down")
        await krause.taps("Monday, 18.01.2027")
        await krause.says("10")
        await krause.taps("✔️ That is all")
        await krause.says("Stadtbibliothek")
        olena.reads("H-1001", "Erika", "Stadtbibliothek")
        await olena.taps("понеділок, 18.01.2027, 10:00")
        office.has_read("📞 Please call about H-1001.", "a volunteer without Telegram")
        await olena.says("/mine")
        await olena.picks("✖️ Cancel {number}", number="H-1001")
        await olena.picks("✖️ Yes, cancel it")
        await office.taps("I'll take it", message=office.message("Please call about H-1001"))
        krause.reads(NUMBER, "H-1001")
        await krause.taps("✔️ Said")


def _listed(tx: Tx, name: str, phone: str) -> None:
    person_id = joining.invite_volunteer(tx, joining.new_token(), name)
    volunteers.save(tx, person_id, profile(["ar", "uk", "de"]), cell=None)
    people.set_phone(tx, person_id, phone)
