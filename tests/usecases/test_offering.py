"""Whom a wave asks, whom the office may ask, and what it is told about the others."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import DAY, HOUR, Again, Side
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.domain.verdicts import Reason, Why
from bot.storage import offers, pairs, requests, volunteers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import dispatch, offering
from tests.usecases.office import Desk


def _asked(tx: Tx, request: HelpRequest) -> Mapping[int, int]:
    """Who can answer at the moment -> their offer."""
    return {offer.volunteer_id: offer.id for offer in offers.open_for(tx, request.id)}


async def _accepted(desk: Desk, request: HelpRequest, volunteer: Person) -> None:
    asked = await desk.run(_asked, request)
    await desk.run(dispatch.accept, desk.county, volunteer, asked[volunteer.id])


async def _both_would_again(desk: Desk, requester: Person, volunteer: Person) -> None:
    for side in Side:
        await desk.run(pairs.note, requester.id, volunteer.id, side, Again.YES)


async def test_who_helped_before_is_asked_first(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna, bilal = [await desk.volunteer(name, "en") for name in ("Anna", "Bilal")]
    sara = await desk.person("Sara")
    first = await desk.request(sara, hours=49)
    assert len(await desk.run(_asked, first)) == 2
    await _accepted(desk, first, bilal)
    await desk.until(wall.now() + 4 * DAY)
    await _both_would_again(desk, sara, bilal)

    again = await desk.request(sara, hours=200)
    assert (await desk.run(_asked, again)).keys() == {bilal.id}
    await desk.until(wall.now() + 3 * HOUR)
    assert (await desk.run(_asked, again)).keys() == {anna.id, bilal.id}
    assert (await desk.run(requests.by_id, again.id)).hear_by == again.hear_by

    urgent = await desk.request(sara, hours=40)
    assert (await desk.run(_asked, urgent)).keys() == {anna.id, bilal.id}


async def test_the_helper_says_no(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna, bilal = [await desk.volunteer(name, "en") for name in ("Anna", "Bilal")]
    sara = await desk.person("Sara")
    first = await desk.request(sara, hours=49)
    await _accepted(desk, first, bilal)
    await desk.until(wall.now() + 4 * DAY)
    await _both_would_again(desk, sara, bilal)
    again = await desk.request(sara, hours=200)
    asked = await desk.run(_asked, again)
    await desk.run(dispatch.decline, desk.county, bilal, asked[bilal.id])
    assert (await desk.run(_asked, again)).keys() == {anna.id}


async def test_the_office_asks_somebody(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    await desk.open_office()
    anna = await desk.volunteer("Anna", "en")
    omar = await desk.volunteer("Omar", "ar")  # against the rules, and the office knows better
    sara = await desk.person("Sara")
    request = await desk.request(sara, hours=100)
    asked = await desk.run(_asked, request)
    await desk.run(dispatch.decline, desk.county, anna, asked[anna.id])
    stuck = await desk.run(requests.by_id, request.id)
    assert stuck.state is State.STUCK

    with pytest.raises(Refused) as no:
        await desk.run(offering.offer_to, desk.county, stuck, anna.id)
    assert no.value.code is Code.SAID_NO
    reopened = await desk.run(offering.offer_to, desk.county, stuck, omar.id)
    assert reopened.state is State.OPEN
    await desk.run(offering.offer_to, desk.county, reopened, omar.id)  # twice does no harm
    await desk.until(wall.now() + 2 * DAY)
    assert (await desk.run(requests.by_id, request.id)).state is State.STUCK
    await desk.run(offering.offer_to, desk.county, stuck, omar.id)  # no answer is no no
    await _accepted(desk, request, omar)
    with pytest.raises(Refused) as gone:
        await desk.run(offering.offer_to, desk.county, stuck, omar.id)
    assert gone.value.code is Code.GONE
    with pytest.raises(Refused) as nobody:
        await desk.run(offering.offer_to, desk.county, await desk.request(sara), sara.id)
    assert nobody.value.code is Code.NOT_REACHABLE


async def test_the_office_is_told_who_and_why(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna, bilal, clara, dilan = [
        await desk.volunteer(name, "en") for name in ("Anna", "Bilal", "Clara", "Dilan")
    ]
    omar = await desk.volunteer("Omar", "ar")
    sara = await desk.person("Sara")
    await desk.run(volunteers.set_active, omar.id, False)
    await desk.run(volunteers.pause, clara.id, "2028-01-01")
    request = await desk.request(sara, hours=100)
    asked = await desk.run(_asked, request)
    assert asked.keys() == {anna.id, bilal.id, dilan.id}

    other = replace(request, id=request.id + 1)
    told = await database.read(offering.explain, desk.county, other)
    assert [one.person_id for one in told.ranked] == [anna.id, bilal.id, dilan.id]
    assert told.ranked[0].why == (Reason.LANGUAGE, Reason.SKILL)
    assert told.counts == {Why.NOT_ACTIVE: 1, Why.PAUSED: 1, Why.NO_COMMON_LANGUAGE: 1}
    assert (await database.read(offering.explain, desk.county, request)).ranked == []

    assert await database.read(offering.open_tasks_for, desk.county, anna) == [request]
    assert await database.read(offering.open_tasks_for, desk.county, clara) == []
    await desk.run(dispatch.decline, desk.county, anna, asked[anna.id])
    assert await database.read(offering.open_tasks_for, desk.county, anna) == []
