"""Too late, out of reach, at the turn of the year: a clear answer in the language of who asks."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code
from bot.messages import Term
from bot.storage import people, volunteers
from bot.storage.tx import Tx
from bot.usecases.relay_notices import SOMEBODY
from tests.appointed import PAPERS
from tests.transcripts.people import Person
from tests.transcripts.test_agreeing import offers_times
from tests.transcripts.test_calendar import cancels
from tests.transcripts.test_kept_apart import refusal, refused, says
from tests.transcripts.test_other_time import from_the_list
from tests.transcripts.test_series import starts
from tests.transcripts.town import HOUR, Town, moment, town

#: Who asks reads this, who helps reads that.
LANGUAGES = pytest.mark.parametrize(("asks", "helps"), [("ar", "de"), ("uk", "tr")])


def appointed_for_longer(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    volunteers.file_papers(tx, person.id, replace(PAPERS, appointed_until="2028-12-31"))


async def two(harz: Town, asks: str, helps: str) -> tuple[Person, Person]:
    anna = await harz.volunteer("Anna", asks, "de", reads=helps)
    return anna, await harz.requester("Sara", asks)


@LANGUAGES
async def test_too_late_and_out_of_reach(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    async with town(database_url, wall) as harz:
        anna, sara = await two(harz, asks, helps)
        for hours in (30, 54, 78):
            await harz.files(sara, starts_at=wall.now() + hours * HOUR)
            await anna.takes(f"H-100{hours // 24}")
        # Another time for what the other side has called off meanwhile.
        await from_the_list(anna, "/tasks", "H-1001")
        await anna.says("21.01.2027")
        await cancels(sara)
        await anna.says("10:00")
        anna.has_read(refusal(harz, anna, Code.GONE))
        sara.never_read("21.01.2027")
        await from_the_list(sara, "/mine", "H-1002")
        await sara.says("21.01.2027")
        await anna.says("/tasks")
        await anna.picks("I can't come: {number}", number="H-1002")
        await anna.picks("🤒 I am ill")
        await sara.says("10:00")
        sara.has_read(refusal(harz, sara, Code.GONE))

        # A yes after the start, before and after the clock has noticed.
        await harz.files(sara, starts_at=wall.now() + HOUR // 3)
        offer = anna.message("H-1004")
        wall.move_to(wall.now() + HOUR // 3 + 1)
        await anna.picks("✅ Yes, I can", offer)
        anna.has_read(refusal(harz, anna, Code.TOO_LATE))
        await harz.until(wall.now())
        sorry = "{number}: we are sorry. We did not find a volunteer in time."
        sara.reads(says(harz, sara, sorry, number="H-1004"))
        await refused(harz, anna, "offer:yes:4", Code.TOO_LATE)

        # Who writes to somebody who has blocked the bot hears it.
        gone = "⚠️ {name} ({number}) can't be reached here at the moment."
        await sara.says("/mine")
        await sara.taps(says(harz, sara, "✉️ Write: {number}", number="H-1003"))
        await sara.says("eins")
        heard = anna.message("eins")
        await sara.does(sara.phone.blocks_bot())
        anna.reads(says(harz, anna, gone, name=Term(SOMEBODY), number="H-1003"))
        await sara.starts()
        await anna.does(anna.phone.says("zwei", reply_to=heard))
        back = sara.message("zwei")
        await anna.does(anna.phone.blocks_bot())
        await sara.does(sara.phone.says("drei", reply_to=back))
        sara.has_read(says(harz, sara, gone, name="Anna", number="H-1003"))
        anna.never_read("drei")


@LANGUAGES
async def test_every_week_at_the_turn_of_the_year(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    """Saturdays: 25.12. and 01.01. are public holidays."""
    async with town(database_url, wall) as harz:
        await harz.sleeps_until(moment("2027-12-06 10:00"))
        anna, sara = await two(harz, asks, helps)
        await harz.lotse.db.transact(appointed_for_longer, anna.id)
        await harz.files(sara, category="practise_german", weekly=True, minutes=60)
        await anna.picks("✅ Yes, I can")
        await offers_times(anna, ("11.12.2027", "15"), place="Stadtbibliothek")
        await sara.taps(next(one for one in sara.labels if "15:00" in one))
        await harz.until(moment("2027-12-11 18:30"))
        for one in (anna, sara):
            await one.picks("✅ Yes, every week")
        assert await starts(harz) == [moment("2027-12-18 15:00")]
        await harz.until(moment("2027-12-18 18:30"))
        for one in (anna, sara):
            one.has_read("🏖 H-1001", "25.12.2027", "01.01.2028", "08.01.2028")
        await harz.until(moment("2028-01-07 15:00"))
        for one in (anna, sara):
            one.has_read("⏰", "H-1001", "08.01.2028", "15:00")
            assert sum("⏰" in said and "25.12" in said for said in one.screen) == 0
        assert await starts(harz) == [moment("2028-01-08 15:00"), moment("2028-01-15 15:00")]
