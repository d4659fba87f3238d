"""A whole month of the office: 21 volunteers, one of them by phone, 60 requests, a supervision
evening; then the month is closed and printed, and the year is looked at."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import openpyxl
from pypdf import PdfReader

from bot.clock import MovableWall
from bot.domain.records import Source, Status
from bot.domain.requests import State
from bot.storage import people, records, requests, volunteers
from bot.storage.tx import Tx
from bot.usecases import joining, profiles
from tests.appointed import appoint
from tests.transcripts.test_week import HELPERS, REQUESTERS
from tests.transcripts.town import DAY, HOUR, Town, moment, town
from tests.transcripts.week import Week

MONTH, AS_BUTTON = "2027-02", "202702"
FIRST = moment("2027-02-01 00:00")
BY_PHONE = HELPERS[-1]
#: When everybody looks at their phone, once a day; the office is open.
LOOK = 15 * HOUR
#: What people need, where; each is asked for on a working day, for some days later or for no day.
NEEDS = (
    ("doctor", "Halberstadt", 3),
    ("letter", "Wernigerode", None),
    ("jobcenter", "Halberstadt", 4),
    ("homework", "Quedlinburg", 5),
    ("doctor", "Wernigerode", 2),
    ("flat", "Quedlinburg", None),
    ("immigration_office", "Halberstadt", 5),
    ("practise_german", "Halberstadt", 3),
    ("bank", "Wernigerode", 4),
    ("leisure", "Halberstadt", 6),
    ("course", "Thale", 3),
)


async def test_a_month_of_the_office(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, twice=False, office_reads="en") as harz:
        await harz.until(FIRST + 9 * HOUR)
        month = Week(harz, await harz.office())
        krause = month.office.coordinator
        await month.volunteers_join(HELPERS[:-1])
        await harz.lotse.db.transact(_has_no_telegram, harz)
        await _invites_to_an_evening(harz, month)

        filed = list(_asked_for())
        assert len(filed) == 60
        for day in range(28):
            await harz.until(FIRST + day * DAY + LOOK)
            while filed and filed[0][0] == day:
                _, name, wanted = filed.pop(0)
                person = await month.arrives(name, REQUESTERS[name])
                await harz.files(person, minutes=60, **wanted)
            await month.everybody_looks(office_hours=day % 7 < 5)
        assert filed == []
        came = await _who_came(month)
        assert came >= 10

        # The month is over: everybody is asked, most confirm, the office checks and closes.
        await harz.until(moment("2027-03-03 09:00"))
        await month.everybody_looks(office_hours=True)
        lines = await harz.lotse.db.read(records.of_month, MONTH)
        assert sum(line.source is Source.MEETUP for line in lines) == came
        assert sum(line.source is Source.APPOINTMENT for line in lines) >= 20
        await _checks_and_closes(month)
        closed = await harz.lotse.db.read(records.of_month, MONTH)
        assert {line.status for line in closed} == {Status.CLOSED}

        helped = {line.volunteer_id for line in closed}
        words = _pdf(await _document(month, f"report:records_pdf:{AS_BUTTON}"))
        assert words.count("Tätigkeitsnachweis") >= len(helped)
        assert "Entwurf" not in words
        for name in REQUESTERS:
            assert not re.search(rf"\b{name}\b", words)
        allowance = _cells(await _document(month, f"report:allowance_xlsx:{AS_BUTTON}"))
        assert 21 * 130 in allowance
        await month.does(krause, "/report 2027")
        totals = _cells(await _document(month, r"report:totals_exact:\d+:\d+"))
        year = await harz.lotse.db.read(records.between, "2027-01", "2027-12")
        tasks = sum(line.source is not Source.MEETUP for line in year)
        assert totals[totals.index("Einsätze") + 1] == str(tasks)

        await month.does(krause, "/stats")
        await month.taps(krause, r"stats:\w*year\w*")
        assert "60 requests" in krause.screen[-1]
        await harz.lotse.db.read(_nobody_waits_unseen, wall.now())


# --- what happens ---------------------------------------------------------------------------------


def _asked_for() -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(day, who, what): sixty of them, three on each working day. The month begins on a Monday."""
    days = [day for day in range(28) for _ in range(3) if day % 7 < 5]
    each = zip(days, cycle(REQUESTERS), islice(cycle(NEEDS), 60), strict=False)
    for number, (day, name, (category, place, in_days)) in enumerate(each):
        begins = None
        if in_days is not None:
            begins = FIRST + (day + in_days) * DAY + (9 + number % 7) * HOUR
        yield day, name, {"category": category, "place": place, "starts_at": begins}


async def _invites_to_an_evening(harz: Town, month: Week) -> None:
    krause = month.office.coordinator
    await krause.says("/meetups")
    await krause.picks("➕ New meetup")
    await krause.picks("💬 Supervision")
    await krause.says("Grenzen setzen")
    await krause.says("10.02.2027")
    await krause.says("18:00")
    await krause.taps(next(label for label in krause.labels if label.startswith("90")))
    await krause.taps("Rathaus Halberstadt, Halberstadt")
    await krause.picks("All volunteers")
    await krause.picks("✅ Invite")


async def _who_came(month: Week) -> int:
    """Those who said yes; the office puts it on file."""
    krause = month.office.coordinator
    await month.taps(krause, r"meetup:there:p0:\d+", of=month.office.group)
    await month.taps(krause, r"meetup:settle:\d+")
    lines = await month.harz.lotse.db.read(records.of_month, MONTH)
    return sum(line.source is Source.MEETUP for line in lines)


async def _checks_and_closes(month: Week) -> None:
    krause = month.office.coordinator
    await month.does(krause, "/records 2027-02")
    assert await month.taps(krause, rf"record:of:\d+:{AS_BUTTON}")
    while await month.taps(krause, rf"record:check:\d+:{AS_BUTTON}"):
        pass
    await month.does(krause, "/records 2027-02")
    assert await month.taps(krause, f"record:close:{AS_BUTTON}")
    assert await month.taps(krause, f"record:closed:{AS_BUTTON}")
    await month.does(krause, "/report 2027-02")


def _has_no_telegram(tx: Tx, harz: Town) -> None:
    """On the office's list, approved, and called by the office."""
    person_id = joining.invite_volunteer(tx, joining.new_token(), BY_PHONE.name)
    appoint(tx, person_id, [])
    profiles.save(tx, harz.county, person_id, replace(BY_PHONE.profile, weekly_cap=2))
    people.set_phone(tx, person_id, "+493941555666")
    volunteers.help_by_phone(tx, person_id)


# --- what is looked at ----------------------------------------------------------------------------


async def _document(month: Week, button: str) -> bytes:
    krause = month.office.coordinator
    before = len(krause.files)
    assert await month.taps(krause, button)
    assert len(krause.files) == before + 1
    document = krause.files[-1].content["document"]
    return month.harz.server.world.files.by_id(document["file_id"]).data


def _pdf(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def _cells(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [cell.value for sheet in book for row in sheet for cell in row if cell.value is not None]


def _nobody_waits_unseen(tx: Tx, now: int) -> None:
    """What has not ended a few days after the month has a time ahead, or somebody who knows."""
    for row in tx.all("SELECT id FROM help_requests"):
        request = requests.by_id(tx, int(row["id"]))
        if request.state in (State.OPEN, State.AGREEING):
            waits = tx.all(
                "SELECT kind FROM due WHERE subject = :id AND due_at > :now", id=request.id, now=now
            )
            assert waits, f"{request.number} is {request.state} and nothing is due"
