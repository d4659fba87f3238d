"""Who may open and close a case, and what it keeps from happening meanwhile."""

from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import BEFORE_THE_START, DAY, Again, Outcome, Said, Side
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.storage import assignments, cases, offers, pairs, people, requests
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import closing, deciding, dispatch, protecting, swapping
from tests.usecases.office import Desk


async def met(desk: Desk, sara: Person, anna: Person) -> None:
    """The two have had an appointment, the first one there is."""
    request = await desk.request(sara, hours=26)
    await accepts(desk, request, anna)
    await desk.until(desk.wall.now() + 2 * DAY)


async def accepts(desk: Desk, request: HelpRequest, anna: Person) -> None:
    def accept(tx: Tx) -> None:
        offer = offers.of_volunteer(tx, request.id, anna.id)
        assert offer is not None
        dispatch.accept(tx, desk.county, anna, offer.id)

    await desk.run(accept)


async def refused(desk: Desk, code: Code, work: Any, *args: Any) -> None:
    with pytest.raises(Refused) as raised:
        await desk.run(work, *args)
    assert raised.value.code is code


async def test_a_case_of_ones_own(database: Database, wall: MovableWall) -> None:
    """Whoever a case is about never opens it, also as a coordinator; one coordinator has it."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, sara = await desk.volunteer("Anna", "en"), await desk.person("Sara")
    await desk.run(people.grant, anna.id, Role.COORDINATOR)
    weber = await desk.person("Weber")
    await desk.run(people.grant, weber.id, Role.COORDINATOR)
    anna, weber = [await desk.run(people.by_id, one.id) for one in (anna, weber)]
    await met(desk, sara, anna)
    await refused(desk, Code.NOT_YOURS, protecting.report, desk.county, weber, 1)
    case = await desk.run(protecting.report, desk.county, sara, 1)
    assert (await desk.run(protecting.report, desk.county, sara, 1)).id == case.id
    for work in (protecting.look, protecting.take):
        await refused(desk, Code.NOT_YOURS, work, anna, case.id)
        await refused(desk, Code.NOT_ALLOWED, work, sara, case.id)
    await refused(desk, Code.NOT_POSSIBLE, protecting.close, desk.county, weber, case.id, "fine")
    await desk.run(protecting.take, krause, case.id)
    await refused(desk, Code.ALREADY_TAKEN, protecting.close, desk.county, weber, case.id, "fine")
    await desk.run(protecting.take, weber, case.id)  # Frau Krause has fallen ill
    await desk.run(protecting.close, desk.county, weber, case.id, "fine")
    await refused(desk, Code.GONE, protecting.take, krause, case.id)


async def test_nothing_leads_the_two_together(database: Database, wall: MovableWall) -> None:
    """No open offer, no old button, no hand of the office; two cases are closed one by one."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, bilal = [await desk.volunteer(name, "en") for name in ("Anna", "Bilal")]
    sara = await desk.person("Sara")
    await met(desk, sara, anna)
    request = await desk.request(sara, hours=200)
    both = [await desk.run(protecting.report, desk.county, one, 1) for one in (sara, anna)]
    still_open = await desk.run(offers.open_for, request.id)
    assert [offer.volunteer_id for offer in still_open] == [bilal.id]
    with pytest.raises(Refused):
        await accepts(desk, request, anna)
    by_hand = (desk.county, krause, request.id, anna.id)
    await refused(desk, Code.NOT_POSSIBLE, deciding.accept_for, *by_hand)
    for case, left in zip(both, (True, False), strict=True):
        await desk.run(protecting.take, krause, case.id)
        await desk.run(protecting.close, desk.county, krause, case.id, "fine")
        assert (await desk.run(pairs.find, sara.id, anna.id)).suspended is left
    again = await desk.request(sara, hours=300)
    assert {one.volunteer_id for one in await desk.run(offers.open_for, again.id)} == {
        anna.id,
        bilal.id,
    }


async def test_rather_not(database: Database, wall: MovableWall) -> None:
    """Neither what she was asked already, nor a yes she thinks of later, nor the other way round:
    Anna asks as well, and Sara helps as well."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, sara = [await desk.volunteer(name, "en") for name in ("Anna", "Sara")]
    for one in (anna, sara):
        await desk.run(people.agree, one.chat_id or 0)
    await met(desk, sara, anna)
    bilal = await desk.volunteer("Bilal", "en")
    asked = await desk.request(sara, hours=200)
    taken = await desk.request(sara, hours=100)
    await accepts(desk, taken, bilal)
    await desk.run(swapping.ask, desk.county, bilal, 2, anna.id)
    await desk.run(closing.say_again, desk.county, sara, 1, Again.NO)
    assert anna.id not in {one.volunteer_id for one in await desk.run(offers.open_for, asked.id)}
    with pytest.raises(Refused):
        await accepts(desk, asked, anna)
    await refused(desk, Code.GONE, swapping.accept, desk.county, anna, 1)
    another = await desk.request(sara, hours=400)
    await accepts(desk, another, bilal)
    await refused(desk, Code.GONE, swapping.ask, desk.county, bilal, 3, anna.id)
    hers = await desk.request(anna, hours=300)
    assert {one.volunteer_id for one in await desk.run(offers.open_for, hers.id)} == {bilal.id}
    by_hand = (desk.county, krause, hers.id, sara.id)
    await refused(desk, Code.NOT_POSSIBLE, deciding.accept_for, *by_hand)


async def test_whoever_of_them_helps(database: Database, wall: MovableWall) -> None:
    """Sara helps as well, and has promised Anna to: that waits for a coordinator, too."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna, sara = [await desk.volunteer(name, "en") for name in ("Anna", "Sara")]
    for one in (anna, sara):
        await desk.run(people.agree, one.chat_id or 0)
    await met(desk, sara, anna)
    back = await desk.request(anna, hours=200)
    await accepts(desk, back, sara)
    reminded = len(await reminders(desk, 2))
    assert reminded > 0
    case = await desk.run(protecting.report, desk.county, sara, 1)
    assert await reminders(desk, 2) == ["case_decides"]
    await desk.run(protecting.take, krause, case.id)
    await desk.run(protecting.close, desk.county, krause, case.id, "fine")
    assert len(await reminders(desk, 2)) == reminded
    case = await desk.run(protecting.report, desk.county, anna, 1)
    await desk.run(protecting.take, krause, case.id)
    await desk.run(protecting.close, desk.county, krause, case.id, "apart")
    assert await desk.run(assignments.active_of_request, back.id) is None


async def reminders(desk: Desk, assignment_id: int) -> list[str]:
    """Kinds of what is planned before the start."""

    def planned(tx: Tx) -> list[str]:
        rows = tx.all("SELECT kind FROM due WHERE subject = :id ORDER BY kind", id=assignment_id)
        return [str(row["kind"]) for row in rows if row["kind"] in BEFORE_THE_START]

    return await desk.run(planned)


async def test_what_a_case_is_about_is_kept(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    await desk.open_office()
    anna, sara = await desk.volunteer("Anna", "en"), await desk.person("Sara")
    await met(desk, sara, anna)
    case = await desk.run(protecting.report, desk.county, sara, 1)
    assert case.said_by is Side.REQUESTER
    wall.move_to(wall.now() + 60 * DAY)
    assert await desk.run(requests.forget_finished, wall.now()) == 0
    await desk.run(cases.close, case.id, "fine", "")
    assert await desk.run(requests.forget_finished, wall.now()) == 1


async def test_both_press_at_once(database: Database, wall: MovableWall) -> None:
    """How it was, once more, and that something was wrong: all of it counts, once."""
    desk = Desk(database, wall)
    await desk.open_office()
    anna, sara = await desk.volunteer("Anna", "en"), await desk.person("Sara")
    await met(desk, sara, anna)
    county = desk.county
    ends = await desk.together(
        *(desk.run(closing.judge, county, sara, 1, Said.SOSO) for _ in range(2)),
        *(desk.run(closing.close, county, anna, 1, Outcome.TOOK_PLACE, 60) for _ in range(2)),
        *(desk.run(closing.say_again, county, one, 1, Again.YES) for one in (sara, anna)),
        *(desk.run(protecting.report, county, one, 1) for one in (sara, anna, sara, anna)),
    )
    assert [end for end in ends if isinstance(end, BaseException)] == []
    assert len(await desk.run(cases.unfinished)) == 2
    pair = await desk.run(pairs.find, sara.id, anna.id)
    assert (pair.requester_says, pair.volunteer_says) == (Again.YES, Again.YES)
    assert not pair.is_wanted
    told = await desk.rows("SELECT what FROM history WHERE what IN ('went_soso', 'done')")
    assert len(told) == 2
