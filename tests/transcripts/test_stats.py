"""/stats: the office's numbers, by buttons, as pictures and as a table."""

import io
from typing import Any

import openpyxl

from bot.clock import MovableWall
from bot.domain.errors import Code
from bot.domain.people import Role
from bot.storage import audit, people
from bot.storage.rows import number
from bot.storage.tx import Tx
from bot.usecases import clockwork
from handlers.common.refusals import words_for
from simulator import Seen
from tests.documents.test_figures import size_of
from tests.transcripts.town import DAY, HOUR, Town, moment, town
from tests.usecases.office import COUNTY

MONDAY = moment("2027-01-18 14:30")
NOT_ALLOWED = words_for(Code.NOT_ALLOWED, COUNTY)
NOT_YOUR_ROLE = words_for(Code.NOT_YOUR_ROLE, COUNTY)
#: Each one by its button, and what its words say.
PICTURES = {
    "📅 By week": "2 requests",
    "⏱ Until the first yes": "Half had a volunteer within 3 hours",
    "🚫 Why no help": "no volunteer for the language: 1",
    "🗣 Languages": "⚠️ No volunteer speaks: ትግርኛ",
    "🙋 Volunteers": "Bilal: 1",
    "📍 Places": "Halberstadt: 2",
}


async def test_numbers(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = await harz.coordinator()
        bilal = await harz.volunteer("Bilal", "ar", "de")
        sara, tesfay = await harz.requester("Sara", "ar"), await harz.requester("Tesfay", "en")
        await sara.says("/stats")
        sara.reads(harz.said(NOT_ALLOWED, "ar"))
        await krause.says("/stats")
        krause.reads("📊 The numbers. For which time?")
        await krause.taps("Last month")
        krause.reads("There are no requests in this time.")

        await harz.files(sara, starts_at=MONDAY)
        await harz.files(tesfay, starts_at=MONDAY, language="ti", place="Sargstedt")
        await harz.later(3 * HOUR)
        await bilal.picks("✅ Yes, I can")
        await harz.until(MONDAY + 3 * HOUR)
        await krause.says("/stats")
        await krause.taps("This month")
        overview = krause.reads(
            "Friday, 01.01.2027 to Sunday, 31.01.2027",
            *("2 requests", "✅ With a volunteer: 1", "🚫 Without help: 1"),
            "Half had a volunteer within 3 hours, 9 of 10 within 3 hours.",
            "🙋 Done: 1 task, 2 hours, 1 volunteer",
        )
        said = krause.message("2 requests")
        for label, words in PICTURES.items():
            await krause.taps(label, said)
            krause.reads(words)
            assert size_of(content(harz, krause.last)) == (1080, 1350)

        await krause.taps("📤 For others")
        krause.reads("For others: numbers under 5 are hidden, and there are no names.")
        assert size_of(content(harz, krause.last)) == (1080, 1350)
        await krause.taps("📊 More numbers")
        assert krause.reads("2 requests") == overview
        await krause.taps("📄 As a table")
        (file,) = krause.files
        assert file.content["document"]["file_name"].endswith(".xlsx")
        assert requests_in(harz, file) == "< 5"

        # Thirty days later nobody knows who they were.
        wall.move_to(wall.now() + 40 * DAY)
        await harz.lotse.db.transact(clockwork.tidy_up, harz.county)
        assert await harz.lotse.db.read(_left) == 0
        await krause.says("/stats")
        await krause.taps("Last 12 months")
        krause.reads(*overview.splitlines()[1:])

        # Who only reads sees the numbers, and takes none out of the office.
        busch = await harz.reader("Herr Busch", "en")
        await harz.lotse.db.transact(_becomes, busch.id, Role.READER)
        await busch.says("/stats")
        await busch.taps("Last 12 months")
        busch.reads("2 requests")
        assert "📄 As a table" not in busch.labels
        await busch.taps("📍 Places")
        busch.reads("Halberstadt: 2")
        assert busch.labels == ["📊 More numbers"]
        table = krause.message("2 requests")
        await harz.lotse.db.transact(_becomes, krause.id, Role.COORDINATOR)
        await krause.taps("📄 As a table", table)
        krause.reads(harz.said(NOT_YOUR_ROLE, "en"))
        assert len(krause.files) == 1
        trail = await harz.lotse.db.read(audit.lines)
        assert trail[0].what == "refused"
        assert trail[0].subject.startswith("stats:table:")
        assert [line.subject for line in trail if line.what == "stats:places"] == [
            "stats:20260301:20270228",
            "stats:20270101:20270131",
        ]


def content(harz: Town, seen: Seen) -> bytes:
    sent: Any = seen.content.get("document") or seen.content["photo"][-1]
    return harz.server.world.files.by_id(sent["file_id"]).data


def requests_in(harz: Town, file: Seen) -> object:
    book = openpyxl.load_workbook(io.BytesIO(content(harz, file)))
    return book["Übersicht"]["B4"].value


def _left(tx: Tx) -> int:
    return number(tx, "SELECT count(*) AS n FROM help_requests")


def _becomes(tx: Tx, chat_id: int, role: Role) -> None:
    person = people.by_chat(tx, chat_id) or people.agree(tx, chat_id)
    people.revoke(tx, person.id, Role.LEAD)
    people.grant(tx, person.id, role)
