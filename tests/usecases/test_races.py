"""Many at once, on both databases: one wins, nobody waits long, nothing is left half done."""

import random

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.storage import people
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import clockwork, dispatch, joining, office, reaching
from tests.usecases.office import Desk


async def asked(desk: Desk, number: int) -> tuple[list[Person], dict[int, int]]:
    """A stuck request that was sent to everybody: volunteers, and their offers by person."""
    sara = await desk.person("Sara")
    request = await desk.request(sara)
    volunteers = [await desk.volunteer(f"V{one}", "en") for one in range(number)]
    await desk.run(dispatch.ask_again, desk.county, request.id)
    rows = await desk.rows("SELECT id, volunteer_id FROM offers WHERE state = 'open'")
    return volunteers, {int(row["volunteer_id"]): int(row["id"]) for row in rows}


async def test_twenty_accept(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    volunteers, offers = await asked(desk, 20)
    assert len(offers) == 20
    ends = await desk.together(
        *(desk.run(dispatch.accept, desk.county, one, offers[one.id]) for one in volunteers)
    )
    refused = [end.code for end in ends if isinstance(end, Refused)]
    assert refused == [Code.ALREADY_TAKEN] * 19
    (row,) = await desk.rows("SELECT count(*) AS n FROM assignments WHERE state = 'active'")
    assert row["n"] == 1
    assert await desk.rows("SELECT id FROM offers WHERE state = 'open'") == []


async def test_ten_decline(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    await desk.open_office()
    volunteers, offers = await asked(desk, 10)
    ends = await desk.together(
        *(desk.run(dispatch.decline, desk.county, one, offers[one.id]) for one in volunteers)
    )
    assert [end for end in ends if end is not None] == []
    (row,) = await desk.rows("SELECT state FROM help_requests")
    assert row["state"] == "stuck"


@pytest.mark.parametrize("seed", range(3))
async def test_everything_at_once(database: Database, wall: MovableWall, seed: int) -> None:
    """Whoever comes first: the request ends up in one of its states, and everything fits it."""
    desk = Desk(database, wall)
    await desk.open_office()
    volunteers, offers = await asked(desk, 8)
    sara = await desk.person("Sara")
    expiry = next(row for row in await desk.upcoming() if row.kind == "offers_expire")
    deeds = [
        *(desk.run(dispatch.accept, desk.county, one, offers[one.id]) for one in volunteers[:4]),
        *(desk.run(dispatch.decline, desk.county, one, offers[one.id]) for one in volunteers[4:7]),
        desk.run(dispatch.cancel, desk.county, sara, 1),
        desk.run(reaching.lost, desk.county, volunteers[7].chat_id or 0),
        desk.run(clockwork.fire, desk.county, expiry),
    ]
    random.Random(seed).shuffle(deeds)
    for end in await desk.together(*deeds):
        assert end is None or isinstance(end, Refused) or end.id == 1
    (request,) = await desk.rows("SELECT state FROM help_requests")
    assert request["state"] == "cancelled"
    assert await desk.rows("SELECT id FROM offers WHERE state = 'open'") == []
    assert await desk.rows("SELECT id FROM assignments WHERE state = 'active'") == []
    assert await desk.rows("SELECT slot FROM assignment_slots") == []
    # The digest goes on, and a promise that has become pointless does nothing.
    assert {row.kind for row in await desk.upcoming()} <= {"digest", "hear_by"}


async def test_one_volunteer_two_tasks_at_one_time(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna = await desk.volunteer("Anna", "en")
    for name in ("Sara", "Emily", "Omar"):
        await desk.request(await desk.person(name))
    rows = await desk.rows("SELECT id FROM offers ORDER BY id")
    ends = await desk.together(
        *(desk.run(dispatch.accept, desk.county, anna, int(row["id"])) for row in rows)
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.OVERLAP] * 2


async def test_one_link_many_people(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    openers = [await desk.person(f"P{number}") for number in range(8)]
    await desk.run(joining.invite_volunteer, "i-anna", "Anna", ("en",))
    ends = await desk.together(
        *(desk.run(joining.open_link, one.chat_id or 0, "x", "i-anna") for one in openers)
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.LINK_USED] * 7
    (row,) = await desk.rows("SELECT count(*) AS n FROM volunteers")
    assert row["n"] == 1


async def test_one_call_many_coordinators(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    sara = await desk.person("Sara")
    await desk.run(office.ask_for_call, sara.chat_id or 0, "+493941", "en")
    others = [await desk.person(f"C{number}") for number in range(5)]
    coordinators = [krause, *[await desk.run(appoint, one) for one in others]]
    ends = await desk.together(*(desk.run(office.take_call, one, 1) for one in coordinators))
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.ALREADY_TAKEN] * 5


def appoint(tx: Tx, person: Person) -> Person:
    people.grant(tx, person.id, Role.COORDINATOR)
    return people.by_id(tx, person.id)
