"""Who is asked about their month and who is not; what a closed month lets nobody do."""

from datetime import datetime

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import Outcome
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.records import Facts, Source, Status
from bot.storage import people, records
from bot.storage.database import Database
from bot.usecases import closing, dispatch, record_asking, record_months, recording
from bot.usecases.joining import invite_volunteer
from tests.usecases.office import COUNTY, Desk

DAY = 24 * 3600
MONTH = "2027-01"


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=COUNTY.zone).timestamp())


def facts(begins: str = "2027-01-05T10:00", minutes: int = 60) -> Facts:
    starts_at = at(begins)
    return Facts(starts_at, starts_at + 60 * minutes, "Thale", "doctor", None, "", 1, 0, 0)


async def noted(desk: Desk, volunteer_id: int, given: Facts) -> int:
    record = await desk.run(recording.add, COUNTY, volunteer_id, given, source=Source.OWN)
    assert record is not None
    return record.id


async def refused(code: Code, desk: Desk, work, *args, **more) -> None:
    with pytest.raises(Refused) as caught:
        await desk.run(work, *args, **more)
    assert caught.value.code is code


async def kinds(desk: Desk) -> list[tuple[str, int]]:
    mine = (record_asking.RECORD_MONTH, record_asking.RECORD_NUDGE)
    return [(row.kind, row.due_at) for row in await desk.upcoming() if row.kind in mine]


async def sent_to(desk: Desk, person: Person) -> int:
    sql = "SELECT count(*) AS n FROM outbox WHERE chat_id = :id AND card LIKE :month"
    (row,) = await desk.rows(sql, id=person.chat_id or 0, month="month:%")
    return int(row["n"])


async def test_asked_twice_at_most(database: Database, wall: MovableWall) -> None:
    """On the 1st at ten and five days later; not who left, has no chat, has nothing or said yes."""
    desk = Desk(database, wall)
    anna, bilal, cem, dora = [await desk.volunteer(n, "ar") for n in ("A", "B", "C", "D")]
    paper = await desk.run(invite_volunteer, "i-paper", "Paper", ("ar",))
    lines = [await noted(desk, one, facts()) for one in (anna.id, bilal.id, cem.id, dora.id, paper)]
    await noted(desk, anna.id, facts("2027-01-06T10:00"))  # one question for all lines
    assert {moment for _, moment in await kinds(desk)} == {at("2027-02-01T10:00")}
    await desk.run(people.revoke, bilal.id, Role.VOLUNTEER)
    await desk.run(recording.drop, cem, lines[2])
    await desk.until(at("2027-02-01T10:00"))
    assert [await sent_to(desk, one) for one in (anna, bilal, cem, dora)] == [1, 0, 0, 1]
    await desk.run(record_asking.complete, dora, MONTH)
    await desk.run(record_asking.complete, dora, MONTH)  # again: the same
    assert await kinds(desk) == [(record_asking.RECORD_NUDGE, at("2027-02-06T10:00"))]
    await desk.until(at("2027-02-20T10:00"))
    assert await kinds(desk) == []
    confirmed = {
        one.volunteer_id: one.complete_at for one in await database.read(records.counts, MONTH)
    }
    assert confirmed[dora.id] is not None
    assert confirmed[anna.id] is None
    assert bilal.id in confirmed  # what he did stays

    # What comes after the 1st is asked about the next morning.
    await noted(desk, cem.id, facts("2027-01-31T23:30", 90))
    assert cem.id in {one.volunteer_id for one in await database.read(records.counts, MONTH)}
    late = await desk.volunteer("E", "ar")
    await noted(desk, late.id, facts())
    assert await kinds(desk) == [(record_asking.RECORD_MONTH, at("2027-02-21T10:00"))]


async def test_a_closed_month_is_closed(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, bilal = await desk.volunteer("Anna", "ar"), await desk.volunteer("Bilal", "ar")
    line = await noted(desk, anna.id, facts())
    closes = (record_months.close, COUNTY, krause, MONTH)
    await refused(Code.MONTH_NOT_OVER, desk, *closes)
    await desk.until(at("2027-02-01T09:00"))
    await refused(Code.NOT_CHECKED, desk, *closes)
    await refused(Code.NOT_ALLOWED, desk, record_months.check, anna, anna.id, MONTH)
    assert await desk.run(record_months.check, krause, anna.id, MONTH) is None
    await desk.run(recording.correct, COUNTY, anna, line, km=5)  # then it is looked at once more
    await refused(Code.NOT_CHECKED, desk, *closes)
    await desk.run(record_months.check, krause, anna.id, MONTH)
    await desk.run(*closes)
    assert await kinds(desk) == []  # nobody is asked about it
    await refused(Code.MONTH_CLOSED, desk, *closes)
    await refused(Code.MONTH_CLOSED, desk, recording.correct, COUNTY, anna, line, km=9)
    await refused(Code.MONTH_CLOSED, desk, recording.drop, anna, line)
    await refused(Code.MONTH_CLOSED, desk, recording.add_own, COUNTY, anna, facts())
    await refused(Code.MONTH_CLOSED, desk, record_asking.complete, anna, MONTH)
    await refused(Code.NOT_YOURS, desk, recording.correct, COUNTY, bilal, line, km=9)
    new = {"minutes": 30, "helped": (0, 1), "km": 0}
    await refused(Code.MONTH_CLOSED, desk, record_months.correct, krause, line, **new, reason=" ")
    await refused(Code.NOT_ALLOWED, desk, record_months.correct, anna, line, **new, reason="x")
    after = await desk.run(record_months.correct, krause, line, **new, reason="verrechnet")
    assert (after.status, after.minutes, after.children) == (Status.CLOSED, 30, 1)
    await desk.run(record_months.drop, krause, line, "doppelt")
    changes = await database.read(records.changes_of, line)
    assert [(one.reason, bool(one.after)) for one in changes] == [
        ("verrechnet", True),
        ("doppelt", False),
    ]
    empty = "2026-12"  # an empty month can be closed, too
    await desk.run(record_months.close, COUNTY, krause, empty)
    assert await database.read(records.is_closed, empty)


async def test_an_appointment_gives_one_line(database: Database, wall: MovableWall) -> None:
    """However often it is said, and also if the office says it first."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, sara = await desk.volunteer("Anna", "en"), await desk.person("Sara")
    ids: list[int] = []
    for hours in (16 * 24 - 2, 16 * 24 + 2):  # the last day of the month
        request = await desk.request(sara, hours)
        offer = await desk.rows("SELECT id FROM offers WHERE request_id = :id", id=request.id)
        await desk.run(dispatch.accept, COUNTY, anna, int(offer[0]["id"]))
        (row,) = await desk.rows("SELECT id FROM assignments WHERE request_id = :id", id=request.id)
        ids.append(int(row["id"]))
    first, second = ids
    await desk.until(wall.now() + 17 * DAY)
    for minutes in (None, 90, 90):
        await desk.run(closing.close, COUNTY, anna, first, Outcome.TOOK_PLACE, minutes)
    volunteer_id, guessed = await desk.run(record_months.guess, COUNTY, krause, second)
    assert volunteer_id == anna.id
    await desk.run(record_months.note_task, COUNTY, krause, second, guessed)
    await refused(Code.GONE, desk, record_months.guess, COUNTY, krause, second)
    await refused(Code.GONE, desk, record_months.note_task, COUNTY, krause, second, guessed)
    await desk.run(closing.close, COUNTY, anna, second, Outcome.TOOK_PLACE, 60)
    found = await database.read(records.of_month, MONTH)
    assert [(one.minutes, one.source) for one in found] == [
        (90, Source.APPOINTMENT),
        (60, Source.APPOINTMENT),
    ]
    await desk.run(closing.correct_line, COUNTY, anna, found[0].id, minutes=45, helped=(1, 1))
    (row,) = await desk.rows("SELECT minutes FROM assignments WHERE id = :id", id=first)
    assert row["minutes"] == 45
    await desk.run(closing.close, COUNTY, anna, second, Outcome.NO_SHOW)
    assert len(await database.read(records.of_month, MONTH)) == 1

    # The month is closed: what is said now changes nothing, and the office hears it.
    await desk.run(record_months.check, krause, anna.id, MONTH)
    await desk.run(record_months.close, COUNTY, krause, MONTH)
    await desk.run(closing.close, COUNTY, anna, first, Outcome.NO_SHOW)
    await desk.run(closing.close, COUNTY, anna, second, Outcome.TOOK_PLACE, 30)
    assert [one.minutes for one in await database.read(records.of_month, MONTH)] == [45]
    alerts = await desk.rows(
        "SELECT DISTINCT card FROM outbox WHERE card LIKE 'closed_month:' || :any", any="%"
    )
    assert {row["card"] for row in alerts} == {f"closed_month:{first}", f"closed_month:{second}"}
