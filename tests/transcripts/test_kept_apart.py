"""Something was wrong between two who still have much in common: a weekly meeting, an appointment
with a proposal of another time, a chat, and a colleague's question. All of it stands still."""

from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code
from bot.messages import Param
from handlers.common.refusals import words_for
from simulator import Seen
from tests.transcripts.people import Office, Person
from tests.transcripts.test_buttons import sends_data
from tests.transcripts.test_other_time import from_the_list, proposes
from tests.transcripts.test_series import after_the_trial, starts
from tests.transcripts.town import Town, moment, town


def says(harz: Town, person: Person, english: str, **values: Param) -> str:
    return harz.label(english, person.language, **values)


def refusal(harz: Town, person: Person, code: Code) -> str:
    found = words_for(code, harz.county)
    return says(harz, person, found.msgid, **found.params)


def buttons_of(person: Person, seen: Seen) -> tuple[Any, ...]:
    """As they are now."""
    return next(one.buttons for one in person.messages if one.message_id == seen.message_id)


async def refused(harz: Town, person: Person, data: str, code: Code) -> None:
    """An old button says why not, in the person's language."""
    toast = await sends_data(person, data, person.last)
    assert refusal(harz, person, code) in (toast or person.screen[-1])


async def much_in_common(
    harz: Town, asks: str, helps: str
) -> tuple[Office, Person, Person, Person]:
    """Sara meets Anna every week (H-1001), and on 29.01. at 10:00 (H-1002), which Anna would like
    to have later; for the 28.01. (H-1004) Bilal has asked Anna to go instead of him."""
    office = await harz.office()
    anna = await harz.volunteer("Anna", asks, "de", reads=helps)
    sara = await harz.requester("Sara", asks)
    await after_the_trial(harz, sara, anna)
    for one in (sara, anna):
        await one.picks("✅ Yes, every week")
    await harz.files(sara, starts_at=moment("2027-01-29 10:00"))
    await anna.takes("H-1003")
    bilal = await harz.volunteer("Bilal", asks, reads="de")
    await harz.files(sara, starts_at=moment("2027-01-28 10:00"))
    await bilal.takes("H-1004")
    await harz.until(moment("2027-01-25 17:00"))  # the meeting is over, both are asked
    return office, anna, sara, bilal


@pytest.mark.parametrize(("asks", "helps", "apart"), [("ar", "de", False), ("uk", "tr", True)])
async def test_all_of_it_stands_still(
    database_url: str, wall: MovableWall, asks: str, helps: str, apart: bool
) -> None:
    async with town(database_url, wall) as harz:
        office, anna, sara, bilal = await much_in_common(harz, asks, helps)
        krause = office.coordinator
        # A chat, a question about another time, and one of a colleague: all of them are open.
        await sara.says("/mine")
        await sara.taps(says(harz, sara, "✉️ Write: {number}", number="H-1003"))
        await sara.says("سلام")
        anna.reads("سلام")
        heard = anna.last
        await from_the_list(anna, "/tasks", "H-1003")
        await proposes(anna, "29.01.2027", "12:00")
        sara.reads("H-1003", "12:00")
        question = sara.last
        await bilal.says("/tasks")
        await bilal.picks("I can't come: {number}", number="H-1004")
        await bilal.picks("👥 Ask a colleague")
        await bilal.taps(next(one for one in bilal.labels if "Anna" in one))
        anna.reads("Bilal", "H-1004")
        swap = anna.last

        await sara.picks("⚠️ Something was wrong")
        await sara.picks("⚠️ Yes, tell them")
        await sara.picks("⏭ Skip")
        checks = "🗓 {number}: the office is checking this appointment."
        for one in (sara, anna):
            one.has_read(says(harz, one, checks, number="H-1003"))
            one.has_read(says(harz, one, "✉️ The chat about {number} is closed.", number="H-1003"))
            one.has_read("⏸ H-1001")
        bilal.reads("H-1004", harz.label("The task is still yours.", "de"))
        assert buttons_of(sara, question) == buttons_of(anna, swap) == ()
        assert await starts(harz) == []

        # Nothing old leads round it, on neither side.
        await refused(harz, sara, "move:yes:1", Code.GONE)
        await refused(harz, anna, "swap:yes:1", Code.GONE)
        for one in (sara, anna):
            await refused(harz, one, "move:ask:3", Code.GONE)
            await refused(harz, one, "series:resume:1", Code.NOT_ALLOWED)
            await refused(harz, one, "series:weeks:28:1", Code.NOT_ALLOWED)
            await refused(harz, one, "relay:open:3", Code.GONE)
        await anna.does(anna.phone.says("Was ist los?", reply_to=heard))
        anna.reads(refusal(harz, anna, Code.GONE))
        sara.never_read("Was ist los?")
        await harz.until(moment("2027-01-27 12:00"))
        for one in (sara, anna):
            one.never_read(says(harz, one, "⏰ Reminder: {number}", number="H-1003"))

        await office.taps(harz.label("🔓 Open", "de"), message=office.message("H-1002", "🔴"))
        await krause.picks("I'll take it")
        await krause.picks("🚫 Keep them apart" if apart else "✅ All is well")
        await krause.says("Mit beiden gesprochen.")
        if apart:
            anna.has_read(says(harz, anna, "{number} was taken over differently. Thank you!",
                               number="H-1003"))  # fmt: skip
            sara.has_read("H-1001")
            await bilal.takes("H-1003")
            await bilal.takes("H-1001")  # the weekly meeting goes on with him
            for one in (sara, bilal):
                one.has_read("💚 H-1001", "08.02.2027")
            await anna.says("/tasks")
            assert "H-100" not in anna.screen[-1]
            await refused(harz, anna, "series:resume:1", Code.NOT_YOURS)
        else:
            for one in (sara, anna):
                one.has_read("▶️ H-1001", "08.02.2027")
                one.has_read(says(harz, one, "✅ {number}: the appointment stays as it was.",
                                  number="H-1003"))  # fmt: skip
                stays = says(harz, one, "✅ {number}: the appointment stays as it was.",
                             number="H-1001")  # fmt: skip
                one.never_read(stays)  # the next meeting is a new one
            await anna.says("/tasks")
            await anna.taps(says(harz, anna, "✉️ Write: {number}", number="H-1003"))
            await anna.says("Bis Freitag")
            sara.reads("Bis Freitag")
        assert await starts(harz) == [moment("2027-02-08 15:00")]
        helper, other = (bilal, anna) if apart else (anna, bilal)
        await harz.until(moment("2027-01-28 10:00"))
        for one in (sara, helper):
            one.has_read(says(harz, one, "⏰ Reminder: {number}", number="H-1003"))
        other.never_read(says(harz, other, "⏰ Reminder: {number}", number="H-1003"))
