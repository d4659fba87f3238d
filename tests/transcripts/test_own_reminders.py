"""/reminders: each person's own times, nights and silence; and what is behind Show."""

import pytest

from bot.clock import MovableWall
from tests.transcripts.people import Person
from tests.transcripts.test_afterwards import IN_PERSIAN, a_pair, arranged, reads, says
from tests.transcripts.town import HOUR, Town, moment, town


def reminders(harz: Town, person: Person, number: str) -> int:
    words = says(harz, person, "⏰ Reminder: {number}", number=number)
    return sum(words in said for said in person.screen)


async def marks(harz: Town, person: Person, label: str, *, on: bool = True) -> str | None:
    """Taps a choice so that it is on, or off."""
    frame = "⬜ {choice}" if on else "✅ {choice}"
    return await person.taps(says(harz, person, frame, choice=says(harz, person, label)))


@IN_PERSIAN
async def test_everybody_in_their_own_time(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    async with town(database_url, wall) as harz:
        _, anna, sara = await a_pair(harz, asks, helps)
        await arranged(harz, sara, anna, "18.01.2027", "14:30")
        await sara.says("/reminders")
        reads(harz, sara, "⏰ <b>Your reminders</b>")
        await marks(harz, sara, "Evening before")
        await marks(harz, sara, "1 hour before")
        await marks(harz, sara, "24 hours before", on=False)
        await marks(harz, sara, "2 hours before", on=False)
        await marks(harz, sara, "Evening before", on=False)
        await marks(harz, sara, "1 hour before", on=False)  # one at least stays
        reads(harz, sara, "This is not possible here. Please choose something else.")
        await sara.says("/reminders")
        await marks(harz, sara, "Evening before")
        await sara.picks("🔕 Turn the sound off")
        await anna.says("/start")
        await anna.picks("⏰ Reminders")
        await anna.taps("⬜ 🌙 22:00 – 06:00")
        await marks(harz, anna, "Morning of the day")
        await marks(harz, anna, "24 hours before", on=False)

        await harz.until(moment("2027-01-17 18:59"))
        assert (reminders(harz, sara, "H-1001"), reminders(harz, anna, "H-1001")) == (0, 0)
        await harz.until(moment("2027-01-17 19:00"))
        sara.reads(says(harz, sara, "Will you be there?"))
        await sara.picks("✅ Yes")
        silent = [
            call.params.get("disable_notification")
            for call in harz.server.journal.calls("sendMessage")
            if str(call.params["chat_id"]) == str(sara.id)
        ]
        assert silent[0] is None
        assert str(silent[-1]).lower() == "true"
        await sara.picks("👁 Show")
        things = harz.label("list of your medicines", asks)
        shown = sara.message("H-1001", things)
        stamps = [one for one in shown.entities if one["type"] == "date_time"]
        assert [one["unix_time"] for one in stamps] == [moment("2027-01-18 14:30")]

        await harz.until(moment("2027-01-18 08:00"))
        assert (reminders(harz, sara, "H-1001"), reminders(harz, anna, "H-1001")) == (1, 1)
        await harz.until(moment("2027-01-18 12:30"))
        assert reminders(harz, anna, "H-1001") == 2
        await harz.until(moment("2027-01-18 13:29"))
        assert reminders(harz, sara, "H-1001") == 1
        await harz.until(moment("2027-01-18 13:30"))
        assert reminders(harz, sara, "H-1001") == 2
        await harz.later(4 * HOUR)
        assert (reminders(harz, sara, "H-1001"), reminders(harz, anna, "H-1001")) == (2, 2)


@pytest.mark.parametrize("language", ["kmr"])
async def test_reminders_of_nobody(database_url: str, wall: MovableWall, language: str) -> None:
    """Who has not asked for anything has nothing to choose."""
    async with town(database_url, wall) as harz:
        rojin = await harz.reader("Rojin", language)
        await rojin.says("/reminders")
        reads(harz, rojin, "You have no appointments here so far.")
