"""The lists of volunteers to look after, and who may see them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.care import Concern, Step
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import Wanted
from bot.storage import assignments, people, requests, volunteers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import caring, checking_in, profiles
from tests.usecases.office import COUNTY, Desk

DAY = 24 * 3600


@pytest.fixture
def desk(database: Database, wall: MovableWall) -> Desk:
    return Desk(database, wall)


async def refused(code: Code, desk: Desk, work: Callable[..., object], *args: Any) -> None:
    with pytest.raises(Refused) as caught:
        await desk.run(work, *args)
    assert caught.value.code is code


async def names(desk: Desk, krause: Person, concern: Concern) -> set[str]:
    said = await desk.run(caring.listed, COUNTY, krause, concern)
    return {
        str(button.label.params["name"])
        for row in said.buttons
        for button in row
        if button.data.startswith("volunteer:look:")
    }


async def test_who_is_on_which_list(desk: Desk) -> None:
    krause = await desk.open_office()
    anna, bela, cem = [await desk.volunteer(name, "en") for name in ("Anna", "Bela", "Cem")]
    assert await names(desk, krause, Concern.NEVER_ASKED) == {"Anna", "Bela", "Cem"}
    assert await names(desk, krause, Concern.INACTIVE) == set()
    sara = await desk.person("Sara")

    def busy(tx: Tx, hours: int) -> None:
        """Anna has done another task."""
        request = requests.add(tx, sara.id, _wanted(tx.now - hours * 3600))
        assignment = assignments.add(tx, request, anna.id)
        assignments.end(tx, assignment, "done")

    for hours in (100, 110, 120):
        await desk.run(busy, hours)
    assert await names(desk, krause, Concern.OVERLOADED) == set()
    await desk.run(busy, 130)
    assert await names(desk, krause, Concern.OVERLOADED) == {"Anna"}
    assert await names(desk, krause, Concern.NEVER_ASKED) == {"Bela", "Cem"}

    desk.wall.move_to(desk.wall.now() + 100 * DAY)
    today = await desk.db.read(profiles.today, COUNTY)
    await desk.run(profiles.pause, COUNTY, cem, today + timedelta(days=9))
    assert await names(desk, krause, Concern.INACTIVE) == {"Anna", "Bela"}  # Cem said so
    assert await names(desk, krause, Concern.OVERLOADED) == set()

    for stranger in (None, bela):
        await refused(Code.NOT_ALLOWED, desk, caring.listed, COUNTY, stranger, Concern.PAPERS)
        await refused(Code.NOT_ALLOWED, desk, caring.write, COUNTY, stranger, Concern.PAPERS, "how")
        await refused(Code.NOT_ALLOWED, desk, caring.renew, COUNTY, stranger, [], "2028-12-31")
        await refused(Code.NOT_ALLOWED, desk, caring.enter, stranger, bela.id, Step.TALKED, None)
    await refused(Code.NOT_POSSIBLE, desk, caring.enter, krause, bela.id, Step.APPOINTED, None)
    await refused(Code.NO_VOLUNTEER, desk, caring.too_much, COUNTY, sara)


async def test_a_check_in_is_answered_by_who_was_asked(desk: Desk) -> None:
    await desk.open_office()
    anna, bela = [await desk.volunteer(name, "en") for name in ("Anna", "Bela")]
    sara = await desk.person("Sara")

    def begin(tx: Tx) -> int:
        people.set_phone(tx, anna.id, "+493941777")
        request = requests.add(tx, sara.id, _wanted(tx.now - 3 * 3600))
        assignment = assignments.add(tx, request, anna.id)
        assignments.end(tx, assignment, "done")
        for _ in range(2):
            checking_in.plan(tx, COUNTY, assignment)
        return assignment.id

    task = await desk.run(begin)
    await refused(Code.GONE, desk, checking_in.require, anna, task)
    await desk.until(desk.wall.now() + 30 * 3600)
    await refused(Code.NOT_YOURS, desk, checking_in.require, bela, task)
    for _ in range(2):
        await desk.run(caring.would_like_to_talk, COUNTY, anna, task)
    calls = await desk.rows("SELECT about FROM calls")
    assert [row["about"] for row in calls] == ["check_in"]
    found = await desk.db.read(volunteers.find, anna.id)
    assert found is not None
    assert found.paused_until is None


def _wanted(starts_at: int) -> Wanted:
    return Wanted(category="doctor", language="en", starts_at=starts_at, minutes=60)
