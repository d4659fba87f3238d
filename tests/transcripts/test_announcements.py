"""Something is said to many: in each language, looked at first, in batches, stoppable."""

import pytest

from bot.clock import MovableWall
from bot.storage.tx import Tx
from bot.usecases import announcing
from tests.transcripts.people import Person
from tests.transcripts.town import HOUR, Town, moment, town

GERMAN = "Am Freitag ist das Büro <zu>.\n\nMehr: https://example.org/zu?a=1&b=2"
UKRAINIAN = "У п'ятницю бюро зачинене."
ARABIC = "المكتب مغلق يوم الجمعة."


async def asks(harz: Town, name: str, language: str) -> Person:
    person = await harz.requester(name, language)
    await harz.files(person)
    return person


async def drafts(krause: Person, to: str, words: str = GERMAN, language: str = "") -> None:
    await krause.says("/announce")
    await krause.picks("➕ New announcement")
    await krause.picks(to)
    if language:
        await krause.taps(language)
    else:
        await krause.picks("All languages")
    await krause.picks("⏭ Skip")
    await krause.says(words)


async def pastes(krause: Person, language: str, words: str) -> None:
    await krause.taps(next(label for label in krause.labels if language in label))
    await krause.picks("✏️ Paste a translation")
    await krause.says(words)


def got(person: Person, words: str) -> int:
    return sum(words in said for said in person.screen)


async def test_in_every_language(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        sara = await asks(harz, "Sara", "ar")
        olena = await asks(harz, "Olena", "uk")
        hanna = await asks(harz, "Hanna", "de")
        cem = await asks(harz, "Cem", "tr")
        never = await harz.reader("Never", "uk")  # has not agreed
        anna = await harz.volunteer("Anna", "ar", "de")

        await drafts(krause, "People asking for help", "Siehe http://example.org")
        krause.reads("https://")
        await krause.says(GERMAN)
        krause.reads("❗", "العربية", "Українська", "Türkçe")
        await krause.picks("👁 Preview")  # a missing text is said
        assert all("Send it" not in label for label in krause.labels)
        krause.reads("العربية", "Українська", "Türkçe")
        await krause.picks("⬅️ Back")
        await pastes(krause, "العربية", ARABIC)
        await pastes(krause, "Українська", UKRAINIAN)
        await krause.taps(next(label for label in krause.labels if "Türkçe" in label))
        await krause.picks("🚫 Leave them out")
        await krause.picks("👁 Preview")
        krause.has_read(ARABIC, harz.label("🔕 No more of these", "ar"))
        krause.has_read(UKRAINIAN)
        krause.has_read("<zu>", "https://example.org/zu?a=1&b=2")
        krause.reads("3")  # people, and one is left out
        assert (got(sara, ARABIC), got(olena, UKRAINIAN)) == (0, 0)
        await krause.picks("✅ Send it")
        await harz.later(60)
        assert (got(sara, ARABIC), got(olena, UKRAINIAN), got(hanna, "<zu>")) == (1, 1, 1)
        for person in (cem, never, anna):
            person.never_read(ARABIC, UKRAINIAN, "<zu>")
        krause.reads(harz.label("Delivered: {n}", "de", n=3))
        assert krause.labels == [harz.label("⬅️ Back", "de")]

        # Who wants no more gets no more; it can be turned on again.
        await olena.picks("🔕 No more of these")
        olena.reads(UKRAINIAN, "/reminders")
        await drafts(krause, "All of them", "Zweite Nachricht", "Українська")
        await krause.picks("👁 Preview")
        krause.reads(harz.label("❗ Nobody would receive this.", "de"))
        await olena.says("/reminders")
        await olena.picks("⬜ News of the office")
        await olena.picks("✅ News of the office")
        await olena.picks("⬜ News of the office")
        await krause.picks("⬅️ Back")
        await krause.taps(next(label for label in krause.labels if "Українська" in label))
        await krause.picks("✉️ Send in German")
        await krause.picks("👁 Preview")
        await krause.picks("✅ Send it")
        await harz.later(60)
        assert got(olena, "Zweite Nachricht") == 1


def batch_of(monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    monkeypatch.setattr(announcing, "BATCH", n)


def states(tx: Tx) -> list[str]:
    rows = tx.all("SELECT state FROM announcement_people ORDER BY person_id")
    return [str(row["state"]) for row in rows]


async def sent_to_all(harz: Town, krause: Person, words: str) -> None:
    await drafts(krause, "All of them", words)
    await krause.picks("👁 Preview")
    await krause.picks("✅ Send it")


async def test_in_batches_stopped_and_killed(
    database_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each person once, whatever happens to the bot in between; at night nobody."""
    batch_of(monkeypatch, 2)
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        readers = [await asks(harz, f"Reader {n}", "de") for n in range(5)]
        last = readers[4]
        await last.says("/reminders")
        await last.taps("⬜ 🔔 Keine Ruhezeit")

        await harz.until(moment("2027-01-12 19:59") + 57)
        await sent_to_all(harz, krause, "Erste")
        await harz.later(0)
        assert [got(one, "Erste") for one in readers] == [1, 1, 0, 0, 0]
        await harz.restart()
        await harz.later(HOUR)  # the night begins for who has not said when theirs is
        assert [got(one, "Erste") for one in readers] == [1, 1, 0, 0, 1]
        krause.reads(harz.label("Delivered: {n}", "de", n=3))
        await harz.sleeps_until(moment("2027-01-13 08:01"))
        await harz.later(HOUR)
        assert [got(one, "Erste") for one in readers] == [1, 1, 1, 1, 1]
        krause.reads(harz.label("Delivered: {n}", "de", n=5))

        # Stopped: what was not sent is taken back. Who has blocked the bot is counted.
        await readers[1].does(readers[1].phone.blocks_bot())
        await sent_to_all(harz, krause, "Zweite")
        await harz.later(0)
        await krause.picks("⏹ Stop")
        await harz.later(HOUR)
        assert sum(got(one, "Zweite") for one in readers) == 2
        found = await harz.lotse.db.read(states)
        assert sorted(found[5:]) == ["delivered", "delivered", "dropped", "dropped"]


async def test_only_who_leads_sends(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        await asks(harz, "Hanna", "de")
        krause = await harz.coordinator()
        vogel = await harz.colleague("Herr Vogel")
        await harz.lotse.db.transact(only_coordinates, vogel.id)
        await drafts(vogel, "All of them", "Entwurf")
        await vogel.picks("👁 Preview")
        assert vogel.labels == [harz.label("⬅️ Back", "de")]
        vogel.reads("/announce")
        await krause.says("/announce")
        await krause.taps(next(label for label in krause.labels if "Entwurf" in label))
        await krause.picks("👁 Preview")
        await krause.picks("✅ Send it")
        stop, back = (harz.label(label, "de") for label in ("⏹ Stop", "⬅️ Back"))
        assert krause.labels == [stop, back]
        await vogel.says("/announce")
        await vogel.taps(next(label for label in vogel.labels if "Entwurf" in label))
        assert vogel.labels == [back]


def only_coordinates(tx: Tx, chat_id: int) -> None:
    tx.run(
        "DELETE FROM roles WHERE role = 'lead'"
        " AND person_id = (SELECT id FROM people WHERE chat_id = :chat_id)",
        chat_id=chat_id,
    )
