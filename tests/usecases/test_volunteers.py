"""Approving volunteers, breaks and applications: who may, and what a second tap does."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.applications import Stage
from bot.domain.errors import Code, Refused
from bot.domain.people import Papers, Person, Profile, Role
from bot.storage import applications, chats, people, volunteers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import applying, approving, joining, profiles
from bot.usecases.profiles import Known
from tests.appointed import profile
from tests.usecases.office import COUNTY, Desk

PAPERS = Papers("2027-01-01", None, "2027-01-01", None)


@pytest.fixture
def desk(database: Database, wall: MovableWall) -> Desk:
    return Desk(database, wall)


async def invited(desk: Desk, name: str) -> Person:
    """Somebody who has opened their link, and no more."""

    def join(tx: Tx) -> Person:
        chats.seen(tx, 77)
        joining.invite_volunteer(tx, f"i-{name}", name, ("ar",))
        return joining.open_link(tx, 77, name, f"i-{name}")

    return await desk.run(join)


async def refused(code: Code, desk: Desk, work: Callable[..., object], *args: Any) -> None:
    with pytest.raises(Refused) as caught:
        await desk.run(work, *args)
    assert caught.value.code is code


def confirm(tx: Tx, person: Person, own: Profile) -> Known:
    known = profiles.require(tx, person)
    profiles.confirm(tx, COUNTY, known, own, "")
    return profiles.require(tx, person)


async def test_who_approves_and_whom(desk: Desk) -> None:
    krause = await desk.open_office()
    anna = await invited(desk, "Anna")
    await refused(Code.GONE, desk, approving.look, COUNTY, krause, anna.id)  # not confirmed so far
    await refused(Code.GONE, desk, approving.approve, COUNTY, krause, 4711, PAPERS)
    known = await desk.run(confirm, anna, profile(("ar",), place="Thale"))
    assert (known.promised, known.confirmed, known.volunteer.active) == (True, True, False)
    assert (await desk.rows("SELECT cell_x, cell_y FROM volunteers"))[0]["cell_x"] is not None
    for stranger in (None, anna):
        await refused(Code.NOT_ALLOWED, desk, approving.look, COUNTY, stranger, anna.id)
        await refused(Code.NOT_ALLOWED, desk, approving.approve, COUNTY, stranger, anna.id, PAPERS)
        await refused(Code.NOT_ALLOWED, desk, approving.not_now, COUNTY, stranger, anna.id)

    await desk.run(approving.not_now, COUNTY, krause, anna.id)
    await desk.run(approving.not_now, COUNTY, krause, anna.id)  # tapped twice
    joined = await desk.db.read(volunteers.joining, anna.id)
    assert joined is not None
    assert joined.declined
    for _ in range(2):
        await desk.run(approving.approve, COUNTY, krause, anna.id, PAPERS)
    await refused(Code.GONE, desk, approving.not_now, COUNTY, krause, anna.id)
    approved = await desk.run(profiles.require, anna)
    assert approved.volunteer.active
    assert approved.volunteer.papers == PAPERS
    again = await desk.run(confirm, anna, profile(("ar", "tr")))
    assert again.volunteer.active  # a change needs no new approval


async def test_a_new_list_is_looked_through_again(desk: Desk) -> None:
    anna = await desk.volunteer("Anna", "ar")

    def listed_again(tx: Tx) -> Known:
        joining.invite_volunteer(tx, "i-again", "Anna Vogt", ("kur",))
        assert anna.chat_id is not None
        return profiles.require(tx, joining.open_link(tx, anna.chat_id, "", "i-again"))

    known = await desk.run(listed_again)
    assert (known.person.name, known.person.id) == ("Anna Vogt", anna.id)
    assert known.volunteer.active  # appointed as before,
    assert known.volunteer.papers.appointed_on is not None
    assert not known.confirmed  # but "Kurdish" has to be told apart


async def test_breaks(desk: Desk) -> None:
    anna = await desk.volunteer("Anna", "ar")
    omar = await desk.person("Omar")
    today = await desk.db.read(profiles.today, COUNTY)
    await refused(Code.NO_VOLUNTEER, desk, profiles.pause, COUNTY, omar, date(2030, 1, 1))
    await refused(Code.TOO_LATE, desk, profiles.pause, COUNTY, anna, today)
    for _ in range(2):
        await desk.run(profiles.pause, COUNTY, anna, date(2030, 1, 1))
    assert (await desk.run(profiles.require, anna)).volunteer.paused(today)
    for _ in range(2):
        await desk.run(profiles.resume, COUNTY, anna)
    assert not (await desk.run(profiles.require, anna)).volunteer.paused(today)


async def test_an_application_has_one_owner(desk: Desk) -> None:
    krause = await desk.open_office()
    other = await desk.person("Meier")
    await desk.run(lambda tx: people.grant(tx, other.id, Role.COORDINATOR))
    other = await desk.run(lambda tx: people.by_id(tx, other.id))
    emine = await desk.person("Emine")
    assert emine.chat_id is not None
    await desk.run(applying.apply, emine.chat_id, {"name": "Emine", "phone": "+49171"})
    await desk.run(applying.apply, emine.chat_id, {"name": "Emine Yılmaz"})  # written anew
    [one] = await desk.db.read(applications.unfinished)
    assert one.content == {"name": "Emine Yılmaz"}
    await refused(Code.NOT_ALLOWED, desk, applying.take, emine, one.id)
    talked = (Stage.TALKED,)
    await refused(Code.ALREADY_TAKEN, desk, applying.move, COUNTY, krause, one.id, *talked)
    for _ in range(2):
        await desk.run(applying.take, krause, one.id)
    await refused(Code.ALREADY_TAKEN, desk, applying.take, other, one.id)
    await desk.run(applying.take_over, other, one.id)
    await refused(Code.ALREADY_TAKEN, desk, applying.move, COUNTY, krause, one.id, *talked)
    await refused(Code.GONE, desk, applying.move, COUNTY, other, one.id, Stage.APPOINTED)
    for _ in range(2):
        await desk.run(applying.move, COUNTY, other, one.id, *talked)
    for late in (applying.take, applying.take_over):
        await refused(Code.GONE, desk, late, other, one.id)
    for _ in range(2):
        await desk.run(applying.move, COUNTY, krause, one.id, Stage.DECLINED)
    await refused(Code.GONE, desk, applying.move, COUNTY, krause, one.id, *talked)
    assert (await desk.rows("SELECT content FROM applications"))[0]["content"] is None
