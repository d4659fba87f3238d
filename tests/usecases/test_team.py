"""The end of a role: what somebody had taken is everybody's again, and the last lead stays."""

from collections.abc import Callable

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import Side
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.storage import applications, calls, cases, errands, people
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import applying, clockwork, notices, office, protecting, team
from bot.usecases import errands as call_list
from tests.usecases.office import Desk


async def colleague(desk: Desk, name: str, *roles: Role) -> Person:
    person = await desk.person(name)
    for role in roles:
        await desk.run(people.grant, person.id, role)
    return await desk.run(people.by_id, person.id)


async def refused(desk: Desk, code: Code, work: Callable[..., object], *args: object) -> None:
    with pytest.raises(Refused) as raised:
        await desk.run(work, *args)
    assert raised.value.code is code


async def test_nothing_stays_with_who_has_left(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    busch = await colleague(desk, "Busch", Role.COORDINATOR)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    request = await desk.request(sara)

    def takes_all(tx: Tx) -> None:
        call = calls.add(tx, chat_id=sara.chat_id or 0, phone="+49171", language="en")
        office.take_call(tx, busch, call.id)
        for kind in ("tell", "late"):
            errand = errands.add(
                tx,
                kind=kind,
                subject=request.id,
                request_id=request.id,
                person_id=sara.id,
                message=notices.now_stands(request),
            )
            call_list.take(tx, desk.county, busch, errand.id)
        case = cases.add(
            tx,
            request_id=request.id,
            assignment_id=1,
            requester_id=sara.id,
            volunteer_id=anna.id,
            said_by=Side.REQUESTER,
        )
        protecting.take(tx, busch, case.id)
        applying.apply(tx, sara.chat_id or 0, {"name": "Sara"})
        applying.take(tx, busch, 1)

    await desk.run(takes_all)
    assert len(await desk.rows("SELECT id FROM errands WHERE claimed_by = :by", by=busch.id)) == 2
    await desk.run(team.end, desk.county, krause, busch.id, Role.COORDINATOR)
    await refused(desk, Code.GONE, team.end, desk.county, krause, busch.id, Role.COORDINATOR)

    def open_again(tx: Tx) -> None:
        assert [one.claimed_by for one in calls.unfinished(tx)] == [None]
        assert [one.claimed_by for one in errands.unfinished(tx)] == [None, None]
        assert [one.claimed_by for one in cases.unfinished(tx)] == [None]
        assert [one.claimed_by for one in applications.unfinished(tx)] == [None]
        protecting.take(tx, krause, 1)
        applying.take(tx, krause, 1)
        for errand in errands.unfinished(tx):
            call_list.take(tx, desk.county, krause, errand.id)

    await desk.run(open_again)
    for row in await desk.upcoming():  # whatever waits for the clock can be done
        assert row.kind in clockwork.ACTS
    await desk.until(wall.now() + 24 * 3600)


async def test_somebody_always_leads(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    busch = await colleague(desk, "Busch", Role.COORDINATOR)
    lind = await colleague(desk, "Lind", Role.READER)
    for who in (busch, lind, None):
        await refused(desk, Code.NOT_ALLOWED, team.make_lead, who, busch.id)
        await refused(desk, Code.NOT_ALLOWED, team.end, desk.county, who, lind.id, Role.READER)
    await refused(desk, Code.LAST_LEAD, team.take_lead_back, krause, krause.id)
    ending = (team.end, desk.county, krause, krause.id)
    await refused(desk, Code.LAST_LEAD, *ending, Role.COORDINATOR)
    await refused(desk, Code.GONE, *ending, Role.VOLUNTEER)
    await refused(desk, Code.NOT_POSSIBLE, team.make_lead, krause, lind.id)
    await desk.run(team.make_lead, krause, busch.id)
    await desk.run(team.make_lead, krause, busch.id)  # twice is no harm
    await desk.run(team.end, desk.county, krause, krause.id, Role.COORDINATOR)
    assert (await desk.run(people.by_id, krause.id)).roles == frozenset()
    assert [one.id for one in await desk.run(people.in_role, Role.LEAD)] == [busch.id]
