"""Help every week: a trial, weeks that are left out, a pause, somebody else, the end."""

from typing import Any

from bot.clock import MovableWall
from bot.domain.requests import State
from bot.storage import records, requests
from bot.storage.tx import Tx
from tests.transcripts.people import Person
from tests.transcripts.test_agreeing import offers_times
from tests.transcripts.town import Town, moment, town


async def a_trial(harz: Town, requester: Person, volunteer: Person, **more: Any) -> None:
    """Practising German; the first meeting is on Monday, 18.01.2027, at 15:00."""
    await harz.files(requester, category="practise_german", weekly=True, minutes=60, **more)
    await volunteer.picks("✅ Yes, I can")
    await offers_times(volunteer, ("18.01.2027", "15"), place="Stadtbibliothek")
    label = next(one for one in requester.labels if "15:00" in one)
    await requester.taps(label)


async def after_the_trial(harz: Town, requester: Person, volunteer: Person, **more: Any) -> None:
    """Both said how it was, and are asked whether it goes on."""
    await a_trial(harz, requester, volunteer, **more)
    await harz.until(moment("2027-01-18 16:00"))
    await volunteer.picks("✅ Yes")  # it took place
    await harz.until(moment("2027-01-18 18:30"))


def meetings(tx: Tx, series_id: int) -> list[int]:
    """The starts of all that stands ahead."""
    ahead = requests.of_series(tx, series_id)
    return [one.starts_at or 0 for one in ahead if one.state is State.ASSIGNED]


async def starts(harz: Town, series_id: int = 1) -> list[int]:
    return await harz.lotse.db.read(meetings, series_id)


async def test_every_week_until_the_thank_you(database_url: str, wall: MovableWall) -> None:
    """Two yeses, holidays, not this week, a pause, and the end. She reads Ukrainian, he German."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "uk", "de")
        olha = await harz.requester("Olha", "uk")
        await after_the_trial(harz, olha, anna)
        olha.reads("H-1001", "15:00", "25.01.2027")
        assert "Deutsch" not in olha.screen[-1]  # no matter on a lock screen
        await olha.picks("✅ Yes, every week")
        assert await starts(harz) == []  # one yes is none
        await anna.picks("✅ Yes, every week")
        olha.reads("H-1001", "25.01.2027, 15:00")
        anna.reads("H-1001", "25.01.2027, 15:00")
        # The week of the winter holidays is left out; both hear it once, a week before.
        assert await starts(harz) == [moment("2027-01-25 15:00")]
        await harz.restart()
        await harz.until(moment("2027-01-25 17:59"))
        olha.never_read("01.02.2027")
        await harz.until(moment("2027-01-25 18:00"))
        for one in (olha, anna):
            one.reads("🏖 H-1001", "01.02.2027", "08.02.2027, 15:00")
        await harz.until(moment("2027-02-01 18:00"))
        assert [said for said in olha.screen if "🏖" in said] == [olha.has_read("🏖 H-1001")]
        assert await starts(harz) == [moment("2027-02-08 15:00"), moment("2027-02-15 15:00")]

        # One line for all meetings, and only the next one is left out.
        await olha.says("/mine")
        assert olha.screen[-1].count("H-1001") == 1
        await olha.picks("🔁 Every week: {number}", number="H-1001")
        await olha.picks("✖️ Not next time")
        olha.reads("08.02.2027, 15:00")
        await olha.picks("✖️ Yes, not this time")
        for one in (olha, anna):
            one.reads("H-1001", "08.02.2027, 15:00", "15.02.2027, 15:00")
        assert await starts(harz) == [moment("2027-02-15 15:00")]
        await harz.until(moment("2027-02-15 10:00"))
        reminders = [said for said in olha.screen if said.startswith("⏰")]
        assert not any("08.02.2027" in said for said in reminders)

        # At a reminder "can't" means this one only; others are not asked.
        bela = await harz.volunteer("Bela", "uk", "de")
        await anna.picks("I can't come", anna.message("⏰", "15.02.2027"))
        await anna.picks("✖️ Yes, not this time")
        olha.reads("H-1001", "15.02.2027, 15:00", "22.02.2027, 15:00")
        bela.never_read("H-1001")

        await anna.says("/tasks")
        await anna.picks("🔁 Every week: {number}", number="H-1001")
        await anna.picks("⏸ Pause")
        await anna.picks("4 weeks")
        olha.reads("⏸ H-1001", "15.03.2027", "15.03.2027, 15:00")
        anna.reads("⏸ H-1001", "15.03.2027, 15:00")
        assert await starts(harz) == []
        await harz.until(moment("2027-02-16 12:00"))
        await olha.says("/mine")
        await olha.picks("🔁 Every week: {number}", number="H-1001")
        await olha.picks("▶️ Go on now")
        assert await starts(harz) == [moment("2027-02-22 15:00"), moment("2027-03-01 15:00")]
        anna.reads("▶️ H-1001", "22.02.2027, 15:00")
        assert [one.split("\n")[0] for one in office.screen if "Deutsch üben\n" in one] == [
            "H-1001 · Deutsch üben"
        ]  # one card in the group

        # Another time: one proposes, the other agrees.
        await olha.says("/mine")
        await olha.picks("🔁 Every week: {number}", number="H-1001")
        await olha.picks("🗓 Other time")
        await olha.says("25.02.2027")
        await olha.says("16:30")
        olha.has_read("🗓 H-1001", "25.02.2027", "16:30")
        anna.reads("🗓 H-1001", "16:30")
        assert (await starts(harz))[0] == moment("2027-02-22 15:00")  # until then it stays
        await anna.says("/tasks")
        await anna.picks("🔁 Every week: {number}", number="H-1001")
        await anna.picks("✅ Yes, that is fine", anna.last)
        assert harz.label("✅ Yes, that is fine", "de") not in anna.labels
        for one in (olha, anna):
            one.has_read("🗓 H-1001", "25.02.2027", "16:30")
        assert await starts(harz) == [moment("2027-02-25 16:30")]

        # They find each other on the day, and write to each other.
        await harz.until(moment("2027-02-25 16:45"))
        await anna.says("/tasks")
        await anna.picks("🔁 Every week: {number}", number="H-1001")
        await anna.taps(next(one for one in anna.labels if "🧭" in one))
        await anna.picks("🔎 I can't find you")
        olha.reads("🔎 H-1001", "Anna")
        await olha.says("/mine")
        await olha.picks("🔁 Every week: {number}", number="H-1001")
        await olha.picks("✉️ Write: {number}", number="H-1001")
        await olha.says("Я вже тут")
        anna.reads("Я вже тут")
        await harz.until(moment("2027-02-25 17:45"))
        await anna.picks("✅ Yes")
        await anna.picks("{minutes} min.", minutes=60)
        await olha.picks("🙂")
        await olha.says("/mine")
        await olha.picks("🔁 Every week: {number}", number="H-1001")
        await olha.picks("⏹ Stop")
        await olha.picks("Help is not needed")
        olha.reads("💚 H-1001", "3")  # so often they have met
        anna.reads("💚 H-1001", "3")
        assert await starts(harz) == []
        noted = await harz.lotse.db.read(records.between, "2027-01", "2027-12")
        assert [line.month for line in noted] == ["2027-01", "2027-02"]  # what she closed
        await harz.until(moment("2027-02-26 17:30"))
        closed = "✉️ The chat about {number} is closed now. Thank you!"
        olha.reads(harz.label(closed, "uk", number="H-1001"))
        before = [*olha.screen], [*anna.screen]
        await harz.until(moment("2027-03-20 12:00"))
        record = harz.label("🧾 Your record of {month}:", "de", month="02/2027")
        asked = [said for said in anna.screen[len(before[1]) :] if record in said]
        assert len(asked) == 1  # on the 1st; of the help every week nobody hears any more
        again = [harz.label("⏰ Please look at your record of {month}.", "de", month="02/2027")]
        assert [said.split("\n")[0] for said in anna.screen[len(before[1]) + 1 :]] == again
        assert ([*olha.screen], anna.screen[: len(before[1])]) == before


async def test_another_volunteer_goes_on(database_url: str, wall: MovableWall) -> None:
    """The series stays: same day, same hour, no second trial. He reads Sorani, she Turkish."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ckb", "de", reads="tr")
        azad = await harz.requester("Azad", "ckb")
        await after_the_trial(harz, azad, anna)
        await anna.picks("✅ Yes, every week")
        await azad.picks("✅ Yes, every week")
        bela = await harz.volunteer("Bela", "ckb", "de")
        await harz.until(moment("2027-01-25 17:00"))

        await anna.says("/tasks")
        await anna.picks("🔁 Every week: {number}", number="H-1001")
        await anna.picks("⏹ Stop")
        await anna.picks("I can't go on")
        anna.reads("H-1001")
        azad.reads("H-1001")
        assert azad.labels == [harz.label("📞 Call me", "ckb")]
        assert await starts(harz) == []
        bela.reads("H-1001", "08.02.2027", "15:00")  # there is time to find somebody
        await anna.says("/tasks")
        assert "H-1001" not in anna.screen[-1]
        await azad.says("/mine")
        azad.reads("H-1001", "08.02.2027", "15:00")

        await bela.picks("✅ Yes, I can")
        for one in (azad, bela):
            one.has_read("💚 H-1001", "08.02.2027", "15:00")
        assert await starts(harz) == [moment("2027-02-08 15:00")]
        await harz.until(moment("2027-02-01 18:00"))
        assert await starts(harz) == [moment("2027-02-08 15:00"), moment("2027-02-15 15:00")]
        anna.never_read("08.02.2027")

        # He would rather have somebody else: nobody is left, the office hears it.
        await azad.says("/mine")
        azad.reads("H-1001", "Bela")
        await azad.picks("🔁 Every week: {number}", number="H-1001")
        await azad.picks("⏹ Stop")
        await azad.picks("Someone else, please")
        bela.reads("H-1001")
        assert await starts(harz) == []
        office.has_read("⚠️ H-1001")
        # Nobody was found for this day: then any time will do, and Carla offers hers.
        carla = await harz.volunteer("Carla", "ckb", "de")
        await harz.until(moment("2027-02-08 15:01"))
        await carla.picks("✅ Yes, I can")
        await offers_times(carla, ("11.02.2027", "16:30"), place="Stadtbibliothek")
        await azad.taps(next(one for one in azad.labels if "16:30" in one))
        azad.reads("H-1001", "16:30")
        await harz.until(moment("2027-02-12 12:00"))
        assert await starts(harz) == [moment("2027-02-18 16:30"), moment("2027-02-25 16:30")]


async def test_no_after_the_trial(database_url: str, wall: MovableWall) -> None:
    """Nobody is blamed. She reads Arabic, he German."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar", "de")
        sara = await harz.requester("Sara", "ar")
        await after_the_trial(harz, sara, anna)
        asked = sara.last
        bela = await harz.volunteer("Bela", "ar", "de")

        # Nobody answers: one reminder, then the office.
        await harz.until(moment("2027-01-20 18:30"))
        assert sara.last.message_id > asked.message_id
        assert sara.labels == [
            harz.label(one, "ar") for one in ("✅ Yes, every week", "No, thank you")
        ]
        office.never_read("⚠️ H-1001")
        await harz.until(moment("2027-01-22 18:30"))
        office.reads("⚠️ H-1001")

        await anna.picks("No, thank you")
        anna.reads("H-1001")
        assert anna.labels == []
        assert harz.label("✅ Yes, every week", "ar") not in str(sara.phone.messages)
        assert await starts(harz) == []
        await sara.picks("✅ Yes, please look", sara.message("H-1001"))
        bela.reads("H-1001", "08.02.2027", "15:00")
        await bela.picks("✅ Yes, I can")
        assert await starts(harz) == [moment("2027-02-08 15:00")]
        anna.never_read("08.02.2027")

        # A coordinator sees it under its one number, and can end it.
        krause = office.coordinator
        await krause.says("/request H-1001")
        krause.reads("H-1001", "15:00", "Bela")
        await krause.picks("⏹ End weekly help")
        await krause.picks("⬅️ Back")
        await krause.says("/request H-1001")
        await krause.picks("⏹ End weekly help")
        await krause.picks("⏹ Yes, end it")
        for one in (sara, bela, krause):
            one.reads("H-1001")
        assert await starts(harz) == []
        await krause.says("/request H-1001")
        assert harz.label("⏹ End weekly help", "de") not in krause.labels

        # She says no herself after another trial, and wants nobody.
        dana = await harz.requester("Dana", "ar")
        await harz.files(dana, category="practise_german", weekly=True, minutes=60)
        await anna.takes("H-1003")
        await offers_times(anna, ("26.01.2027", "10"), place="Stadtbibliothek")
        await dana.taps(next(one for one in dana.labels if "10:00" in one))
        await harz.until(moment("2027-01-26 13:30"))
        await anna.picks("✅ Yes, every week")
        await dana.picks("No, thank you")
        await dana.picks("No, thank you")
        dana.reads("💚 H-1003")
        anna.reads("H-1003")
        assert anna.labels == []
        assert await starts(harz, 3) == []
        await dana.says("/mine")
        assert "H-1003" not in dana.screen[-1]
