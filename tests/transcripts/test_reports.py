"""/report: what an office prints at the end of a month and of a year, and who may not."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from pypdf import PdfReader

from bot.clock import MovableWall
from bot.domain.county import LifeArea
from bot.domain.errors import Code
from bot.domain.people import Role
from bot.domain.records import Facts, Source
from bot.storage import audit, people, records
from bot.storage.tx import Tx
from handlers.common.refusals import words_for
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town


def worked(tx: Tx, chat_id: int, day: str, *, source: Source = Source.APPOINTMENT) -> None:
    """An hour and a half with a woman and her child."""
    volunteer = people.by_chat(tx, chat_id)
    assert volunteer is not None
    starts_at = moment(f"{day} 09:00")
    facts = Facts(
        starts_at, starts_at + 5400, "Veckenstedt", "doctor", LifeArea.ORIENTATION, "ar", 1, 1, 24
    )
    records.add(tx, volunteer.id, source, day[:7], facts)


def opened(harz: Town, person: Person) -> tuple[str, bytes]:
    """The name and the content of the newest file."""
    document = person.files[-1].content["document"]
    return str(document["file_name"]), harz.server.world.files.by_id(document["file_id"]).data


def words_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def test_a_month_on_paper(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        lead = (await harz.office()).coordinator
        anna = await harz.volunteer("Anna Müller", "ar", "de")
        amina = await harz.volunteer("أمينة الخطيب", "ar", reads="ar")
        for day in ("2027-01-04", "2027-01-11"):
            await harz.lotse.db.transact(worked, anna.id, day)
        await harz.lotse.db.transact(worked, amina.id, "2027-01-05")
        await harz.lotse.db.transact(worked, amina.id, "2027-01-31", source=Source.MEETUP)

        await lead.says("/report")  # it is January: December is what an office prints
        lead.reads("12/2026", harz.label("Nothing is noted for this month.", "de"))
        await lead.taps("01/2027 ➡️")
        lead.reads(
            harz.label("✏️ Draft: this month is not closed yet.", "de"),
            harz.label(
                "Volunteers: {volunteers}. Entries: {entries}. Hours: {hours}.",
                "de",
                volunteers=2,
                entries=4,
                hours="6:00",
            ),
            "260,00",
        )
        toast = await lead.picks("📄 Records (PDF)")
        assert toast == harz.label("I am writing it. It comes in a moment.", "de")
        assert len(lead.files) == 1
        name, content = opened(harz, lead)
        assert name == "2027-01 Tätigkeitsnachweise Landkreis Harz.pdf"
        assert len(PdfReader(BytesIO(content)).pages) == 2
        said = words_of(content)
        for expected in ("Anna Müller", "Begleitung zum Arzt", "Arabisch", "Entwurf", "09:00"):
            assert expected in said

        await lead.picks("👤 One volunteer")
        assert "👤 Anna Müller" in lead.labels
        await lead.taps("👤 أمينة الخطيب")
        name, content = opened(harz, lead)
        assert name == "2027-01 Tätigkeitsnachweis أمينة الخطيب.pdf"
        assert "Anna" not in words_of(content)
        await lead.picks("⬅️ Back")

        await lead.picks("📋 Records (CSV)")
        name, content = opened(harz, lead)
        assert name == "2027-01 Tätigkeitsnachweise Landkreis Harz.csv"
        rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert [row["Name"] for row in rows] == ["Anna Müller"] * 2 + ["أمينة الخطيب"] * 2
        assert (rows[0]["Datum"], rows[0]["Monat abgeschlossen"]) == ("04.01.2027", "nein")

        await lead.picks("💶 Allowance (XLSX)")
        name, content = opened(harz, lead)
        assert name == "2027-01 Aufwandsentschädigung Landkreis Harz.xlsx"
        (sheet,) = openpyxl.load_workbook(BytesIO(content)).worksheets
        assert [cell.value for cell in list(sheet.columns)[6]][-2:] == [130, 260]

        await harz.lotse.db.transact(records.close_month, "2027-01", 1)
        await lead.says("/report 01/2027")
        lead.reads(harz.label("✅ This month is closed.", "de"))
        await lead.picks("💶 Allowance (PDF)")
        said = words_of(opened(harz, lead)[1])
        assert "Entwurf" not in said
        assert "2 × 130,00 € = 260,00 €" in said

        await lead.picks("🗓 Year {year}", year="2027")
        await lead.picks("📄 Totals (PDF)")
        name, content = opened(harz, lead)
        assert name == "2027 Jahressummen Landkreis Harz.pdf"
        assert "Nordharz" in words_of(content)  # Veckenstedt lies in it
        assert "< 5" in words_of(content)
        await lead.picks("🔒 Exact (XLSX)")
        name, content = opened(harz, lead)
        assert name == "2027 Jahressummen Landkreis Harz (nur intern).xlsx"
        areas = openpyxl.load_workbook(BytesIO(content))["Lebensbereich und Hilfe"]
        assert [cell.value for cell in areas[2]][:4] == ["Orientierung im Alltag", 3, 6, 3]

        await lead.says("/report soon")
        lead.reads("/report 2026-12")
        lines = await harz.lotse.db.read(audit.lines)
        done = [(line.what, line.subject) for line in lines]
        assert ("report:records_pdf", "report:202701") in done
        assert any(what == "report:totals_exact" for what, _ in done)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.READER, Role.VOLUNTEER])
async def test_who_may_not(sqlite_url: str, wall: MovableWall, role: Role) -> None:
    """An old screen of somebody who led once, and the command: both refused and noted."""
    async with town(sqlite_url, wall) as harz:
        await harz.office()
        colleague = await harz.colleague("Herr Yılmaz")
        await colleague.says("/report")
        await harz.lotse.db.transact(left_with, colleague.id, role)
        before = len(colleague.files)
        await colleague.picks("📄 Records (PDF)")
        await colleague.says("/report 2027-01")
        why = Code.NOT_ALLOWED if role is Role.VOLUNTEER else Code.NOT_YOUR_ROLE
        colleague.reads(harz.label(words_for(why, harz.county).msgid, "de"))
        assert len(colleague.files) == before
        refused = [line for line in await harz.lotse.db.read(audit.lines) if line.what == "refused"]
        assert {line.subject for line in refused} == {"report:records_pdf:202612", "/report"}


def left_with(tx: Tx, chat_id: int, role: Role) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    people.revoke(tx, person.id, *Role)
    people.grant(tx, person.id, role)
