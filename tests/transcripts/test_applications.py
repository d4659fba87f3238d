"""Somebody wants to help: from the poster's QR code to the first question about the profile."""

import pytest

from bot.clock import MovableWall
from bot.storage import onboarding, people
from bot.storage.tx import Tx
from tests.transcripts.people import Office, Person
from tests.transcripts.town import town

AGREE, DONE = "✅ I agree", "✅ Done"


async def presses(office: Office, english: str) -> str | None:
    return await office.taps(office.town.label(english, "de"))


def said(person: Person, english: str) -> str:
    return person.town.label(english, person.language)


def _steps(tx: Tx, chat_id: int) -> dict[str, str]:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    return {**onboarding.days(tx, person.id)}


@pytest.mark.parametrize(("reads", "speaks"), [("fa", "فارسی · دری"), ("uk", "Українська")])
async def test_from_the_poster_to_the_profile(
    database_url: str, wall: MovableWall, reads: str, speaks: str
) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        mina = harz.person("Mina")
        await mina.starts("help")
        await mina.chooses(reads)
        mina.reads("130", "03941 5970-4504")  # what it is comes first
        await mina.starts("help")
        await mina.picks("✍️ Leave my name")
        await mina.picks(AGREE)
        for answer in ("Mina Rahimi", "0171 2345678"):
            await mina.says(answer)
        await mina.taps(speaks)
        await mina.picks(DONE)
        await mina.says("Thale")
        await mina.picks("⏭ Skip")
        await mina.picks("✅ Send")
        office.never_read("Mina", "+49171")
        await mina.says("/tasks")
        assert said(mina, "😮‍💨 Too much for me") not in mina.labels  # they are no volunteer so far
        await mina.starts("help")
        mina.reads(said(mina, "✅ Thank you! The office has your name and will call you."), "130")

        mallory = await harz.reader("Mallory", "en")
        await mallory.says("/applications")
        mallory.has_read("Only the coordinators can do this.")
        await krause.says("/applications")
        await krause.picks("{state}: {count}", state=said(krause, "✨ New"), count=1)
        krause.reads("Mina Rahimi")
        await krause.taps("Mina Rahimi")
        krause.reads("+491712345678", "Thale")
        await krause.picks("I'll take it")
        await krause.picks("✔️ Talked")
        mina.has_read(said(mina, "🤝 Thank you for the talk! We are glad that you want to help."))
        await krause.picks("🎓 To the training")
        mina.reads(said(mina, "🎓 Good news: you can come to the training for volunteers."))
        await mina.says("/start")
        await krause.says("/applications")
        await krause.picks("{state}: {count}", state=said(krause, "🎓 In training"), count=1)
        await krause.taps("Mina Rahimi")
        await krause.picks("✅ Make a volunteer")
        krause.never_read("+491712345678")
        mina.has_read(said(mina, "🎉 Welcome to the volunteers!"))
        await mina.picks("▶️ Begin")
        assert mina.labels[0] == said(mina, AGREE)  # the promise comes first
        steps = await harz.lotse.db.read(_steps, mina.id)
        assert {"talked", "training"} <= steps.keys()
        await mina.starts("help")  # a volunteer already: their profile goes on
        assert mina.labels[0] == said(mina, AGREE)
