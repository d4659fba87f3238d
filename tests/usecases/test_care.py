"""Another time, a colleague, the day itself: whose it is, and when it is possible."""

from collections.abc import Callable

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import Reminder
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import MOST, Sign
from bot.domain.people import Person
from bot.storage import moves, offers, swaps
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import dispatch, moving, on_the_day, swapping, wishes
from tests.usecases.office import COUNTY, Desk

HOUR = 3600


async def arranged(desk: Desk, hours: float = 72) -> tuple[Person, Person]:
    """Anna has the task with id 1 for Sara."""
    await desk.open_office()
    anna = await desk.volunteer("Anna", "en")
    sara = await desk.person("Sara")
    request = await desk.request(sara, hours)

    def accept(tx: Tx) -> None:
        (offer,) = offers.open_for(tx, request.id)
        dispatch.accept(tx, COUNTY, anna, offer.id)

    await desk.run(accept)
    return anna, sara


async def test_whose_it_is(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna, sara = await arranged(desk)
    mallory = await desk.volunteer("Mallory", "en")
    later = wall.now() + 50 * HOUR

    async def is_refused(code: Code, work: Callable[..., object], *args: object) -> None:
        with pytest.raises(Refused) as refused:
            await desk.run(work, COUNTY, *args)
        assert refused.value.code is code

    await is_refused(Code.NOT_YOURS, moving.propose, mallory, 1, later)
    await is_refused(Code.NOT_YOURS, moving.may_propose, mallory, 1)
    await is_refused(Code.TOO_LATE, moving.propose, sara, 1, wall.now())
    await desk.run(moving.propose, COUNTY, sara, 1, later)
    await is_refused(Code.NOT_YOURS, moving.agree, sara, 1)  # nobody agrees with themselves
    await is_refused(Code.NOT_YOURS, moving.agree, mallory, 1)
    await is_refused(Code.NOT_YOURS, moving.decline, mallory, 1)
    await is_refused(Code.NOT_YOURS, swapping.ask, mallory, 1, anna.id)
    await is_refused(Code.NOT_YOURS, swapping.ask, sara, 1, mallory.id)
    await is_refused(Code.GONE, swapping.ask, anna, 1, sara.id)  # no volunteer
    await is_refused(Code.GONE, swapping.ask, anna, 1, anna.id)
    await desk.run(swapping.ask, COUNTY, anna, 1, mallory.id)
    await is_refused(Code.NOT_YOURS, swapping.accept, anna, 1)
    await is_refused(Code.NOT_YET, on_the_day.say, anna, 1, Sign.WAY)
    await is_refused(Code.NOT_YOURS, on_the_day.say, mallory, 1, Sign.WAY)
    # The appointment moves: the colleague was asked about another time.
    await desk.run(moving.agree, COUNTY, anna, 1)
    await is_refused(Code.GONE, moving.decline, anna, 1)
    await is_refused(Code.GONE, swapping.accept, mallory, 1)


async def test_it_is_asked_often_enough(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    anna, sara = await arranged(desk)
    for hours in range(5):
        await desk.run(moving.propose, COUNTY, sara, 1, wall.now() + (40 + hours) * HOUR)
    with pytest.raises(Refused, match=Code.ENOUGH):
        await desk.run(moving.propose, COUNTY, sara, 1, wall.now() + 60 * HOUR)
    asked = await desk.run(moves.open_for, 1)
    assert asked is not None
    assert (asked.round, asked.starts_at) == (1, wall.now() + 44 * HOUR)  # the last one counts
    await desk.until(wall.now() + 70 * HOUR)
    for _ in range(MOST):
        wall.move_to(wall.now() + 61)
        await desk.run(on_the_day.say, COUNTY, anna, 1, Sign.HERE)
    wall.move_to(wall.now() + 61)
    with pytest.raises(Refused, match=Code.ENOUGH):
        await desk.run(on_the_day.say, COUNTY, anna, 1, Sign.WAY)
    await desk.run(on_the_day.say, COUNTY, sara, 1, Sign.WAY)  # the other side has its own ten


async def test_who_was_asked_is_silent_whatever_they_wish(
    database: Database, wall: MovableWall
) -> None:
    """Who does not answer is called, also if they choose other reminders meanwhile."""
    desk = Desk(database, wall)
    anna, _ = await arranged(desk, hours=26)
    await desk.until(wall.now() + 3 * HOUR)  # both were asked the day before
    await desk.run(wishes.choose, COUNTY, anna, Reminder.HOUR_BEFORE, True)
    planned = {row.kind for row in await desk.upcoming()}
    assert {"silence", "hour_before_volunteer"} <= planned


async def test_two_answers_at_once(database: Database, wall: MovableWall) -> None:
    """A yes, a no, a hand-back and a colleague's yes: one of them counts, and all of it fits."""
    desk = Desk(database, wall)
    anna, sara = await arranged(desk)
    bilal = await desk.volunteer("Bilal", "en")
    await desk.run(moving.propose, COUNTY, sara, 1, wall.now() + 50 * HOUR)
    await desk.run(swapping.ask, COUNTY, anna, 1, bilal.id)
    await desk.together(
        desk.run(moving.agree, COUNTY, anna, 1),
        desk.run(moving.decline, COUNTY, anna, 1),
        desk.run(dispatch.hand_back, COUNTY, anna, 1),
        desk.run(swapping.accept, COUNTY, bilal, 1),
        desk.run(dispatch.cancel, COUNTY, sara, 1),
    )
    held = await desk.rows("SELECT volunteer_id FROM assignments WHERE state = 'active'")
    (request,) = await desk.rows("SELECT state FROM help_requests")
    assert len(held) == (request["state"] == "assigned")
    slots = await desk.rows("SELECT slot FROM assignment_slots")
    assert len(slots) in (0, 8, 9)
    assert len(slots) > 0 or not held
    (swap,) = await desk.run(swaps.of_assignment, 1)
    assert swap.state != "open"
