"""Two people who share no script: each reads all in their own language, names as they are."""

import pytest

from bot.clock import MovableWall
from bot.messages import Day, Hour, Language, Moment, Term, Text, text
from tests.transcripts.town import moment, town

APPOINTMENT = "2027-01-18 14:30"
PAIRS = {
    # requester: language, name; volunteer: speaks, reads, name
    "ar-de": ("ar", "أمينة", "ar", "de", "Anna Vogt"),
    "fa-tr": ("fa", "مریم", "fa", "tr", "Çağrı Öz"),
    "ckb-kmr": ("ckb", "شیلان", "ckb", "kmr", "Bêrîvan"),
    "uk-de": ("uk", "Оленка", "uk", "de", "Jürgen"),
}
DOCTOR = Term("Company to a doctor")


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS.keys())
async def test_each_reads_their_own(
    database_url: str, wall: MovableWall, pair: tuple[str, str, str, str, str]
) -> None:
    asks, name, speaks, reads, helper = pair
    async with town(database_url, wall) as harz:

        def words(msgid: str, language: str, **params: Text | Moment | Day | Hour | str) -> str:
            return harz.said(text(msgid, **params), language)

        office = await harz.office()
        volunteer = await harz.volunteer(helper, speaks, reads=reads)
        requester = await harz.requester(name, asks)
        await harz.request(requester)

        when = Moment(moment(APPOINTMENT))
        task = text("{what}, {time}", what=DOCTOR, time=when)
        volunteer.reads(
            "H-1001",
            harz.said(task, reads),
            harz.said(text("Language: {language}", language=Language(speaks)), reads),
        )
        assert name not in volunteer.screen[-1]  # coarse facts only
        await volunteer.picks("✅ Yes, I can")
        volunteer.reads("H-1001", harz.said(text("Name: {name}", name=name), reads))
        first_name = helper.split()[0]
        found = "✅ {number}: {name} will come with you."
        requester.reads(words(found, asks, number="H-1001", name=first_name))
        requester.reads(words("{time}", asks, time=when))
        requester.never_read("Vogt", "Öz")

        await harz.until(moment("2027-01-17 14:30"))
        reminder = "⏰ Reminder: {number}"
        for person, language in ((requester, asks), (volunteer, reads)):
            person.reads(
                words(reminder, language, number="H-1001"), words("Will you be there?", language)
            )
            await person.picks("✅ Yes")
            person.reads(words("✅ You said yes. Thank you!", language))
        assert harz.label("Company to a doctor", asks) not in requester.screen[-1]
        await harz.until(moment("2027-01-18 12:30"))
        for person, language in ((requester, asks), (volunteer, reads)):
            person.reads(words(reminder, language, number="H-1001"))
        await harz.until(moment("2027-01-18 16:45"))
        volunteer.has_read(words("✔️ {number} is over. Thank you!", reads, number="H-1001"))
        office.has_read("H-1001", "✔️ Abgeschlossen")
        for reader in (name, first_name):
            assert all(reader not in said for said in office.screen)
