"""Coordinators decide while others tap: one of them wins, and nothing is left half done."""

from datetime import date, datetime

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, State, Wanted
from bot.storage import blocks, people, requests
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import (
    blocking,
    clockwork,
    desk,
    dispatch,
    errands,
    merging,
    passing,
    protecting,
    restoring,
)
from tests.usecases.office import Desk

A_DAY = 24 * 3600


async def test_merging_while_somebody_accepts(database: Database, wall: MovableWall) -> None:
    """Whichever comes first: one request goes on, with all who said yes in time."""
    office = Desk(database, wall)
    krause = await office.open_office()
    anna, bilal = await office.volunteer("Anna", "en"), await office.volunteer("Bilal", "en")
    sara = await office.person("Sara")
    first, second = await office.request(sara), await office.request(sara)
    offers = {
        (row["request_id"], row["volunteer_id"]): int(row["id"])
        for row in await office.rows("SELECT id, request_id, volunteer_id FROM offers")
    }
    ends = await office.together(
        office.run(merging.merge, office.county, krause, second.id, first.id),
        office.run(dispatch.accept, office.county, anna, offers[first.id, anna.id]),
        office.run(dispatch.accept, office.county, bilal, offers[second.id, bilal.id]),
    )
    for end in ends:
        assert isinstance(end, (HelpRequest, Refused)), end
    states = {one: (await stands(office, one)).state for one in (first.id, second.id)}
    if isinstance(ends[0], Refused):
        assert ends[0].code is Code.BOTH_TAKEN
        assert set(states.values()) == {State.ASSIGNED}
    else:
        assert sorted(states.values()) == [State.ASSIGNED, State.CLOSED]
        gone = next(one for one, state in states.items() if state is State.CLOSED)
        left = await office.rows(
            "SELECT (SELECT count(*) FROM offers WHERE request_id = :id AND state = 'open')"
            " + (SELECT count(*) FROM errands WHERE request_id = :id AND state <> 'done')"
            " + (SELECT count(*) FROM assignments WHERE request_id = :id AND state = 'active')"
            " AS n",
            id=gone,
        )
        assert left[0]["n"] == 0


async def test_two_entries_of_one_person(database: Database, wall: MovableWall) -> None:
    office = Desk(database, wall)
    krause = await office.open_office()
    twice = [
        await office.run(
            desk.file_for, office.county, krause, wanted(wall), name=name, phone="+49394112345"
        )
        for name in ("Frau Haddad", "Haddad")
    ]
    other = await office.run(
        desk.file_for, office.county, krause, wanted(wall), name="Herr Omar", phone="+49394199999"
    )
    offered = await office.run(merging.twins, office.county, krause, twice[0].id)
    assert [row[0].data for row in offered.buttons[:-1]] == [
        f"request:same:{twice[1].id}:{twice[0].id}"
    ]
    stays = await office.run(merging.merge, office.county, krause, twice[1].id, twice[0].id)
    assert stays.id == twice[0].id
    left = await office.rows("SELECT request_id FROM errands WHERE state <> 'done'")
    assert twice[1].id not in {row["request_id"] for row in left}
    mary = await office.request(await office.person("Mary"))
    with pytest.raises(Refused) as caught:  # a person with a chat and one without are two
        await office.run(merging.merge, office.county, krause, mary.id, other.id)
    assert caught.value.code is Code.NOT_POSSIBLE
    with pytest.raises(Refused) as caught:  # tapped twice
        await office.run(merging.merge, office.county, krause, twice[1].id, twice[0].id)
    assert caught.value.code is Code.GONE


async def test_blocking_while_they_accept(database: Database, wall: MovableWall) -> None:
    office = Desk(database, wall)
    krause = await office.open_office()
    anna = await office.volunteer("Anna", "en")
    request = await office.request(await office.person("Sara"))
    (offer,) = await office.rows("SELECT id FROM offers")
    again_from = clockday(wall.now() + 7 * A_DAY, office)
    blocked, accepted = await office.together(
        office.run(
            blocking.block,
            office.county,
            krause,
            anna.id,
            again_from=again_from,
            reason="x",
        ),
        office.run(dispatch.accept, office.county, anna, int(offer["id"])),
    )
    assert isinstance(blocked, Person)
    request = await stands(office, request.id)
    if isinstance(accepted, Refused):
        assert accepted.code is Code.BLOCKED
        assert request.state is State.STUCK
    else:
        assert request.state is State.ASSIGNED  # what was agreed before stays
    (row,) = [one for one in await office.upcoming() if one.kind == blocking.BLOCK_OVER]
    wall.move_to(row.due_at)
    await office.run(clockwork.fire, office.county, row)
    assert not await office.run(blocks.is_blocked, anna.id)
    with pytest.raises(Refused) as caught:
        await office.run(blocking.require_possible, krause, krause.id)
    assert caught.value.code is Code.NOT_POSSIBLE


async def test_opened_again_once_and_freed_once(database: Database, wall: MovableWall) -> None:
    office = Desk(database, wall)
    krause = await office.open_office()
    anna, bilal = await office.volunteer("Anna", "en"), await office.volunteer("Bilal", "en")
    sara = await office.person("Sara")
    request = await office.request(sara)
    await office.run(dispatch.cancel, office.county, sara, request.id)
    ends = await office.together(
        *(office.run(restoring.reopen, office.county, krause, request.id) for _ in range(3))
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.GONE] * 2
    assert (await stands(office, request.id)).state is State.WAITING

    other = await office.request(sara)
    rows = await office.rows(
        "SELECT id, volunteer_id FROM offers WHERE request_id = :id", id=other.id
    )
    offers = {int(row["volunteer_id"]): int(row["id"]) for row in rows}
    await office.run(dispatch.accept, office.county, anna, offers[anna.id])
    ends = await office.together(
        *(office.run(restoring.free, office.county, krause, other.id, anna.id) for _ in range(3)),
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.GONE] * 2
    freed = await stands(office, other.id)
    assert freed.state is State.OPEN
    asked = await office.rows(
        "SELECT volunteer_id FROM offers WHERE request_id = :id AND state = 'open'", id=other.id
    )
    assert [row["volunteer_id"] for row in asked] == [bilal.id]


async def test_a_call_has_one_owner(database: Database, wall: MovableWall) -> None:
    office = Desk(database, wall)
    krause = await office.open_office()
    busch, busy = [
        await office.run(appointed, await office.person(name)) for name in ("Busch", "Busy")
    ]
    request = await office.run(
        desk.file_for, office.county, krause, wanted(wall), name="Haddad", phone="+49394112345"
    )
    await office.run(dispatch.cancel, office.county, krause, request.id)
    request = await office.run(restoring.reopen, office.county, krause, request.id)
    (row,) = await office.rows("SELECT id FROM errands WHERE state = 'open'")
    call = int(row["id"])
    await office.run(errands.take, office.county, krause, call)
    ends = await office.together(
        *(
            office.run(passing.hand_over, office.county, krause, "errand", one.id, call)
            for one in (busch, busy)
        )
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.GONE]
    (row,) = await office.rows("SELECT claimed_by FROM errands WHERE id = :id", id=call)
    assert row["claimed_by"] in (busch.id, busy.id)


async def test_nobody_is_given_a_case_of_their_own(database: Database, wall: MovableWall) -> None:
    office = Desk(database, wall)
    krause = await office.open_office()
    anna = await office.run(appointed, await office.volunteer("Anna", "en"))
    busch = await office.run(appointed, await office.person("Busch"))
    sara = await office.person("Sara")
    request = await office.request(sara)
    (offer,) = await office.rows("SELECT id FROM offers")
    await office.run(dispatch.accept, office.county, anna, int(offer["id"]))
    await office.until((request.starts_at or 0) + 3600)
    case = await office.run(protecting.report, office.county, sara, 1)
    await office.run(protecting.take, krause, case.id)
    asked = await office.run(passing.ask_whom, krause, "case", case.id)
    assert [row[0].data for row in asked.buttons] == [
        f"case:passto:{busch.id}:{case.id}",
        f"case:open:{case.id}",
    ]
    with pytest.raises(Refused) as caught:
        await office.run(passing.hand_over, office.county, krause, "case", anna.id, case.id)
    assert caught.value.code is Code.NOT_POSSIBLE
    await office.run(passing.hand_over, office.county, krause, "case", busch.id, case.id)
    with pytest.raises(Refused) as caught:  # tapped twice
        await office.run(passing.hand_over, office.county, krause, "case", busch.id, case.id)
    assert caught.value.code is Code.ALREADY_TAKEN
    (row,) = await office.rows("SELECT claimed_by FROM cases")
    assert row["claimed_by"] == busch.id


def wanted(wall: MovableWall) -> Wanted:
    return Wanted(
        category="doctor",
        language="en",
        starts_at=wall.now() + 3 * A_DAY,
        minutes=60,
        place="Thale",
    )


def clockday(at: int, office: Desk) -> date:
    return datetime.fromtimestamp(at, office.county.zone).date()


async def stands(office: Desk, request_id: int) -> HelpRequest:
    return await office.run(requests.by_id, request_id)


def appointed(tx: Tx, person: Person) -> Person:
    people.grant(tx, person.id, Role.COORDINATOR)
    return people.by_id(tx, person.id)
