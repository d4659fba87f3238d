"""Agreeing on a time and answering reminders: at once, from outside, and for who has no chat."""

import random

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import Reminder, Said, Side
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import Details, HelpRequest, State, Wanted
from bot.storage import assignments, people, proposals, requests
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import agreeing, clockwork, dispatch, filing, reaching, reminding
from tests.usecases.office import Desk

HOUR = 3600
NO_DETAILS = Details()


async def without_a_time(desk: Desk, person: Person, details: Details = NO_DETAILS) -> HelpRequest:
    wanted = Wanted(category="doctor", language="en", starts_at=None, minutes=60, details=details)
    return await desk.run(filing.file_request, desk.county, person, wanted, by=person)


async def offer_to(desk: Desk, person: Person) -> int:
    rows = await desk.rows(
        "SELECT id FROM offers WHERE volunteer_id = :id ORDER BY id DESC", id=person.id
    )
    return int(rows[0]["id"])


async def agreed_upon(desk: Desk) -> tuple[Person, Person, list[int]]:
    """Sara, Anna, and three times of hers to choose from."""
    sara = await desk.person("Sara")
    anna = await desk.volunteer("Anna", "en")
    request = await without_a_time(desk, sara)
    offer = await offer_to(desk, anna)
    await desk.run(dispatch.accept, desk.county, anna, offer)
    times = [desk.wall.now() + hours * HOUR for hours in (48, 72, 96)]
    offered = await desk.run(agreeing.propose, desk.county, anna, request.id, times, "Library")
    return sara, anna, [one.id for one in offered]


async def test_many_accept_a_request_without_a_time(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    sara = await desk.person("Sara")
    volunteers = [await desk.volunteer(f"V{number}", "en") for number in range(5)]
    await without_a_time(desk, sara)
    offers = [await offer_to(desk, one) for one in volunteers]
    ends = await desk.together(
        *(
            desk.run(dispatch.accept, desk.county, one, offer)
            for one, offer in zip(volunteers, offers, strict=True)
        )
    )
    assert [end.code for end in ends if isinstance(end, Refused)] == [Code.ALREADY_TAKEN] * 4
    assert (await desk.run(requests.by_id, 1)).state is State.AGREEING


@pytest.mark.parametrize("seed", range(3))
async def test_everything_at_once(database: Database, wall: MovableWall, seed: int) -> None:
    """Chosen, refused, handed back and cancelled together: it ends in one of its states."""
    desk = Desk(database, wall)
    await desk.open_office()
    sara, anna, offered = await agreed_upon(desk)
    reminder = next(row for row in await desk.upcoming() if row.kind == "choose_reminder")
    county = desk.county
    deeds = [
        *(desk.run(agreeing.choose, county, one, by=sara) for one in offered),
        desk.run(agreeing.none_fits, county, 1, by=sara),
        desk.run(agreeing.hand_back, county, anna, 1),
        desk.run(clockwork.fire, county, reminder),
        desk.run(reaching.lost, county, anna.chat_id or 0),
    ]
    random.Random(seed).shuffle(deeds)
    for end in await desk.together(*deeds):
        assert not isinstance(end, Exception) or isinstance(end, Refused), repr(end)
    request = await desk.run(requests.by_id, 1)
    held = await desk.run(assignments.active_of_request, 1)
    assert (held is not None) == (request.state is State.ASSIGNED)
    assert request.state in (State.ASSIGNED, State.STUCK, State.AGREEING)
    assert await desk.run(proposals.open_for, 1) == []


async def test_who_was_not_wanted_can_not_come_back(database: Database, wall: MovableWall) -> None:
    """An old button on another phone would say yes once more."""
    desk = Desk(database, wall)
    sara, anna, _ = await agreed_upon(desk)
    await desk.run(agreeing.someone_else, desk.county, sara, 1)
    with pytest.raises(Refused) as refused:
        await desk.run(dispatch.accept, desk.county, anna, await offer_to(desk, anna))
    assert refused.value.code is Code.ALREADY_TAKEN
    assert (await desk.run(requests.by_id, 1)).state is State.STUCK


async def test_a_coordinator_says_it_for_who_is_called(
    database: Database, wall: MovableWall
) -> None:
    """No chat: the times and the answers come by phone, to and from the office."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna = await desk.volunteer("Anna", "en")

    def enter(tx: Tx) -> Person:
        return people.by_id(tx, people.add(tx, chat_id=None, name="Frau S."))

    client = await desk.run(enter)
    request = await without_a_time(desk, client, details=Details(phone="+493941"))
    await desk.run(dispatch.accept, desk.county, anna, await offer_to(desk, anna))
    times = [wall.now() + 72 * HOUR]
    (offered,) = await desk.run(agreeing.propose, desk.county, anna, request.id, times, "Library")
    agreed = await desk.run(agreeing.choose, desk.county, offered.id, by=krause)
    assert agreed.state is State.ASSIGNED
    held = await desk.run(assignments.active_of_request, request.id)
    assert held is not None
    assert held.place == "Library"
    await desk.until(wall.now() + 49 * HOUR)
    await desk.run(reminding.answer, desk.county, held.id, by=krause, coming=True)
    said = await desk.run(assignments.by_id, held.id)
    assert (said.requester_says, said.volunteer_says) == (Said.COMING, Said.ASKED)
    cancelled = await desk.run(reminding.answer, desk.county, held.id, by=krause, coming=False)
    assert cancelled.state is State.CANCELLED


async def test_a_reminder_of_what_was_moved_waits_for_its_new_time(
    database: Database, wall: MovableWall
) -> None:
    desk = Desk(database, wall)
    sara, _, offered = await agreed_upon(desk)
    await desk.run(agreeing.choose, desk.county, offered[0], by=sara)
    before = {row.kind: row.due_at for row in await desk.upcoming()}
    later = wall.now() + 96 * HOUR
    await desk.run(dispatch.reschedule, desk.county, sara, 1, later)
    after = {row.kind: row.due_at for row in await desk.upcoming()}
    assert after.keys() == before.keys()
    assert all(after[kind] > before[kind] for kind in before)
    held = await desk.run(assignments.active_of_request, 1)
    assert held is not None
    assert (held.starts_at, held.revision) == (later, 2)
    await desk.run(
        reminding.remind, desk.county, Reminder.DAY_BEFORE, Side.VOLUNTEER, held.id
    )  # twice, or late: the answer is not lost
    assert (await desk.run(assignments.by_id, held.id)).volunteer_says is Said.ASKED


async def test_without_its_date_it_is_watched_again(database: Database, wall: MovableWall) -> None:
    """What has no date is brought up after two weeks; what got one is not, unless it loses it."""
    desk = Desk(database, wall)
    sara, anna, offered = await agreed_upon(desk)
    assert "undated" in {row.kind for row in await desk.upcoming()}
    await desk.run(agreeing.choose, desk.county, offered[0], by=sara)
    assert "undated" not in {row.kind for row in await desk.upcoming()}
    held = await desk.run(assignments.active_of_request, 1)
    assert held is not None
    await desk.run(dispatch.hand_back, desk.county, anna, held.id)
    assert "undated" in {row.kind for row in await desk.upcoming()}
    await desk.run(dispatch.cancel, desk.county, sara, 1)
    assert "undated" not in {row.kind for row in await desk.upcoming()}
