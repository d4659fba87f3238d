"""Care for volunteers: too much, holidays, hard tasks, papers, renewals and the office's lists."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.domain.county import County
from bot.domain.people import Papers
from bot.domain.people import Person as Known
from bot.messages import Param, Term, count
from bot.storage import people, volunteers
from bot.storage.tx import Tx
from bot.usecases import papers_due
from tests.appointed import PAPERS
from tests.transcripts.people import Office, Person
from tests.transcripts.town import DAY, HOUR, Town, moment, town

TOO_MUCH, TALK = "😮‍💨 Too much for me", "💬 I'd like to talk"


def said(person: Person, english: str, **values: Param) -> str:
    return person.town.label(english, person.language, **values)


async def presses(office: Office, english: str) -> str | None:
    return await office.taps(office.town.label(english, "de"))


def _heavy(county: County) -> County:
    """Company to a doctor is hard on who helps."""
    doctor = replace(county.categories["doctor"], heavy=True)
    return replace(county, categories={**county.categories, "doctor": doctor})


def _known(tx: Tx, chat_id: int) -> Known:
    known = people.by_chat(tx, chat_id)
    assert known is not None
    return known


def _renewals(tx: Tx) -> list[str]:
    rows = tx.all("SELECT subject FROM audit WHERE what = 'renew' AND subject <> ''")
    return [str(row["subject"]) for row in rows]


async def files_papers(harz: Town, person: Person, papers: Papers) -> None:
    def file(tx: Tx) -> None:
        volunteers.file_papers(tx, _known(tx, person.id).id, papers)
        papers_due.filed(tx, _known(tx, person.id).id)

    await harz.lotse.db.transact(file)


async def has_phone(harz: Town, person: Person) -> None:
    await harz.lotse.db.transact(
        lambda tx: people.set_phone(tx, _known(tx, person.id).id, "+493941777")
    )


@pytest.mark.parametrize("reads", ["en", "tr"])
async def test_too_much_and_holidays(database_url: str, wall: MovableWall, reads: str) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna Vogt", "en", "tr", reads=reads)
        sara = await harz.requester("Sara", "en")

        await anna.says("/help")
        anna.reads("/pause", said(anna, "<b>As a volunteer you can:</b>").strip("<b>/"))
        await krause.says("/help")
        assert "/pause" not in krause.screen[-1]

        # Holidays that come later are kept free, and can be taken back.
        await anna.says("/pause")
        await anna.picks("🏖 Holidays later")
        await anna.says("18.01.2027")
        await anna.says("17.01.2027")
        anna.reads("18.01.2027")  # the end comes after the beginning
        await anna.says("24.01.2027")
        anna.reads(said(anna, "✅ Noted. We ask you nothing for these days."))
        await harz.request(sara, "20.01.2027")
        anna.never_read("H-1001")
        await krause.says("/who H-1001")
        krause.reads(said(krause, "has a pause"))
        await harz.request(sara, "26.01.2027")
        anna.has_read("H-1002")
        await anna.says("/profile")
        anna.reads("18.01.2027")
        await anna.says("/pause")
        await anna.taps(next(label for label in anna.labels if label.startswith("🗑")))
        assert not any(label.startswith("🗑") for label in anna.labels)

        # Only some places, and at most one task a week: on the summary, where nobody is asked.
        await anna.says("/profile")
        await anna.picks("✏️ Change")
        await anna.picks("✏️ Change")
        await anna.picks("✏️ {what}", what=Term("Places"))
        await anna.says("Wernigerode, Thale")
        await anna.taps("☑️ Thale")
        await anna.picks("✅ Done")
        await anna.picks("✏️ Change")
        await anna.picks("✏️ {what}", what=Term("Tasks a week"))
        await anna.picks("Up to {count} a week", count=1)
        anna.reads("Wernigerode", said(anna, "Up to {count} a week", count=1))
        await anna.picks("✅ Yes, that is right")
        await harz.request(sara, "27.01.2027")
        anna.never_read("H-1003")
        await krause.says("/who H-1003")
        krause.reads(said(krause, "helps in other places only"))

        # Too much: the number is asked for, a coordinator calls, and she is left in peace.
        await anna.says("/profile")
        await anna.picks(TOO_MUCH)
        await anna.says("03941 777")
        anna.has_read(said(anna, "💚 Thank you for telling us. You have done a lot."))
        office.has_read(
            said(krause, "😮‍💨 A volunteer says that it is too much. Please call soon.")
        )
        office.never_read("Anna", "+493941777")
        await presses(office, "I'll take it")
        krause.has_read("Anna Vogt", "+493941777")
        await krause.says("/care")
        await krause.picks("{state}: {count}", state=said(krause, "😮‍💨 Too much"), count=1)
        krause.reads("Anna Vogt", said(krause, "said that it is too much"))
        await anna.says("/tasks")
        await anna.picks(TOO_MUCH)  # the number is known now
        await anna.picks("No break, please")
        anna.reads(said(anna, "▶️ Welcome back! We will ask you again."))


async def test_the_day_after_a_hard_task(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        harz.county = _heavy(harz.county)
        await harz.restart()
        office = await harz.office()
        anna = await harz.volunteer("Anna Vogt", "en", reads="uk")
        await has_phone(harz, anna)
        ask = said(anna, "Some tasks are hard. Only the office hears your answer.")
        over = "💚 {number} is over. Thank you for helping!"
        sara = await harz.requester("Sara", "en")
        await harz.request(sara, "18.01.2027", "14:30")
        await anna.picks("✅ Yes, I can")
        await harz.request(sara, "19.01.2027", "12:30")
        await anna.takes("H-1002")
        await harz.until(moment("2027-01-19 10:30"))
        anna.never_read(ask)  # how it went is still open, and one question is enough
        await anna.picks("✅ Yes", anna.message("⏰ H-1001"))
        await anna.picks("{minutes} min.", minutes="90")
        await anna.picks("No matter who")
        await harz.until(moment("2027-01-19 14:15"))
        anna.reads(ask)
        await harz.until(moment("2027-01-19 15:00"))
        anna.never_read(said(anna, over, number="H-1002"))  # the other question waits
        hard = anna.message(ask)
        await anna.picks("🙂 Good", hard)
        anna.has_read(said(anna, over, number="H-1002"))
        await anna.picks(
            TALK, anna.message(said(anna, "💚 Good to hear. Thank you for what you do!"))
        )
        anna.has_read(said(anna, "💚 Thank you for telling us. A coordinator calls you soon."))
        alert = "🌱 A volunteer would like to talk after a hard task."
        office.has_read(harz.label(alert, "de"))
        await office.taps(
            harz.label("I'll take it", "de"), message=office.message(harz.label(alert, "de"))
        )
        office.coordinator.reads("Anna Vogt", "+493941777")
        await harz.until(moment("2027-01-21 12:00"))
        assert sum(ask in text for text in anna.screen) == 0  # nothing is asked twice


async def test_papers_end_and_are_renewed(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna", "en", reads="en")
        emre = await harz.volunteer("Emre", "tr", reads="tr")
        vera = await harz.volunteer("Vera", "uk", reads="uk")
        for person, papers in (
            (anna, replace(PAPERS, appointed_until="2027-03-01")),
            (emre, replace(PAPERS, certificate_on="2022-02-20", instructed_on=None)),
        ):
            await files_papers(harz, person, papers)
        await harz.until(moment("2027-02-01 09:59"))
        anna.never_read("📄")
        await harz.later(HOUR)
        anna.reads(
            "📄 Your appointment as a volunteer ends on Monday, 01.03.2027.", "bring nothing"
        )
        await harz.later(10 * DAY)
        assert sum("📄" in text for text in anna.screen) == 1
        emre.reads("24.02.2027", "03941 5970-4504")
        digest = "{n} volunteers have papers that end or are missing: /care"
        office.has_read(harz.said(count((digest.replace("s have", " has"), digest), 2), "de"))

        mallory = await harz.reader("Mallory", "en")
        for command in ("/care", "/renew"):
            await mallory.says(command)
            mallory.has_read("Only the coordinators can do this.")
        await krause.says("/care")
        await krause.picks("{state}: {count}", state=said(krause, "📄 Papers"), count=2)
        krause.reads("Anna", "Emre", said(krause, "no instruction on duties"))
        assert "Vera" not in krause.labels
        for _ in range(2):  # nobody reads it twice on one day
            await krause.picks("✍️ Write to them")
            await krause.picks("📄 About your papers")
            await krause.picks("↩️ All lists")
            await krause.picks("{state}: {count}", state=said(krause, "📄 Papers"), count=2)
        words = "📄 Some of your papers end soon, or are missing. Please call us or come by."
        for person in (anna, emre):
            assert sum(said(person, words) in text for text in person.screen) == 1

        await krause.says("/renew")
        await krause.says("31.12.2028")
        krause.reads("Anna", "Emre", "Vera")
        await krause.picks("✏️ {what}", what=Term("Volunteers"))
        await krause.picks("☑️ {choice}", choice="Vera")
        await krause.picks("✅ Done")
        await krause.picks("✅ Renew all of them")
        for person in (anna, emre):
            person.reads("31.12.2028")
        vera.never_read("31.12.2028")
        entries = await harz.lotse.db.read(_renewals)
        assert len(entries) == 2

        # The checklist, from the volunteer's page.
        await krause.says("/care")
        await krause.picks("{state}: {count}", state=said(krause, "📄 Papers"), count=1)
        await krause.taps("Emre")
        await krause.picks("📋 Checklist")
        krause.reads("▫️ " + said(krause, "Training"), "▫️ " + said(krause, "Instructed on duties"))
        await krause.picks("Training")
        await krause.picks("📅 Today")
        krause.reads("✅ " + said(krause, "Training"))
        await krause.picks("Instructed on duties")
        await krause.picks("✏️ Another day")
        await krause.says("02.02.2027")
        krause.has_read("✅ " + said(krause, "Instructed on duties"), "02.02.2027")
