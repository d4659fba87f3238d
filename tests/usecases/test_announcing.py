"""An announcement to many: batch by batch, each person once."""

import pytest

from bot.clock import MovableWall
from bot.domain.announcements import Audience, Progress, To
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.domain.requests import Wanted
from bot.storage import announcements, chats, due, people
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import announcing, clockwork, filing
from tests.appointed import appoint
from tests.usecases.office import COUNTY, Desk

MANY = 120


def _readers(tx: Tx) -> None:
    for n in range(MANY):
        chats.seen(tx, 5000 + n)
        chats.set_language(tx, 5000 + n, "de" if n % 3 else "uk")
        people.agree(tx, 5000 + n)
    chats.seen(tx, 4000)  # has not agreed
    chats.set_language(tx, 4000, "de")


def _rows(tx: Tx) -> list[int]:
    rows = tx.all("SELECT chat_id FROM outbox WHERE card = 'announced:1' ORDER BY chat_id")
    return [int(row["chat_id"]) for row in rows]


async def _begun(desk: Desk) -> tuple[Person, int]:
    lead = await desk.open_office()
    await desk.run(_readers)
    audience = Audience(To.REQUESTERS)
    made = await desk.run(announcing.create, lead, audience, "Guten Tag")
    await desk.run(announcing.write, lead, made.id, "uk", "Добрий день")
    await desk.run(announcing.send, COUNTY, lead, made.id, 2)
    return lead, made.id


async def test_batches_add_up_and_nobody_is_twice(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    wall.move_to(wall.now() // 86400 * 86400 + 11 * 3600)
    lead, number = await _begun(desk)
    await desk.run(announcing.send, COUNTY, lead, number, 2)  # tapped twice
    for batch in (1, 2, 3):
        (row,) = [one for one in await desk.upcoming() if one.kind == announcing.ANNOUNCE]
        wall.move_to(row.due_at)
        # A second worker, or a killed one that comes back: the row is taken once.
        await desk.together(*[desk.run(_fire, row) for _ in range(2)])
        sent = await desk.db.read(_rows)
        assert sent == [5000 + n for n in range(min(MANY, batch * announcing.BATCH))]
    assert (await desk.db.read(announcements.progress, number)).waiting == MANY


def _fire(tx: Tx, row: due.Due) -> None:
    if due.take(tx, row):
        announcing.go_on(tx, COUNTY, row.subject)


async def test_stopped_between_two_batches(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    wall.move_to(wall.now() // 86400 * 86400 + 11 * 3600)
    lead, number = await _begun(desk)
    await desk.run(announcing.go_on, COUNTY, number)
    await desk.run(announcing.stop, lead, number)
    await desk.run(announcing.go_on, COUNTY, number)
    assert len(await desk.db.read(_rows)) == announcing.BATCH
    found = await desk.db.read(announcements.progress, number)
    assert found == Progress(waiting=announcing.BATCH, dropped=MANY - announcing.BATCH)
    assert not await desk.db.read(announcements.may_be_sent, number, 3)


async def test_what_changed_after_the_look_is_not_sent(
    database: Database, wall: MovableWall
) -> None:
    desk = Desk(database, wall)
    lead = await desk.open_office()
    await desk.run(_readers)
    made = await desk.run(announcing.create, lead, Audience(To.ALL), "Guten Tag")
    await desk.run(announcing.send, COUNTY, lead, made.id, 1)  # a text is missing
    await desk.run(announcing.write, lead, made.id, "uk", "Добрий день")
    with pytest.raises(Refused):
        await desk.run(announcing.send, COUNTY, lead, made.id, 1)
    assert await desk.db.read(_rows) == []


def _town(tx: Tx) -> None:
    """Two who asked for help, two volunteers, and others."""
    for chat_id, language in ((1, "ar"), (2, "uk"), (3, "de"), (4, "ar"), (5, "de"), (6, "ar")):
        chats.seen(tx, chat_id)
        chats.set_language(tx, chat_id, language)
    for chat_id, place in ((1, "Halberstadt"), (2, "Aspenstedt")):
        person = people.agree(tx, chat_id)
        wanted = Wanted(category="doctor", language="de", starts_at=None, minutes=60, place=place)
        filing.file_request(tx, COUNTY, person, wanted)
    for chat_id, place in ((3, "Halberstadt"), (4, "Thale")):
        person_id = people.add(tx, chat_id=chat_id, name="V")
        appoint(tx, person_id, ["ar"], place=place)
    announcements.want_news(tx, people.agree(tx, 5).id, False)  # wants none
    phone = people.add(tx, chat_id=None, name="P")
    appoint(tx, phone, ["ar"], place="Halberstadt")


async def test_who_is_meant(database: Database, wall: MovableWall) -> None:
    await database.transact(_town)

    async def meant(audience: Audience) -> set[int]:
        found = await database.read(announcing.recipients, COUNTY, audience)
        return {one.chat_id for one in found}

    assert await meant(Audience(To.ALL)) == {1, 2, 3, 4}
    assert await meant(Audience(To.REQUESTERS)) == {1, 2}
    assert await meant(Audience(To.VOLUNTEERS)) == {3, 4}
    assert await meant(Audience(To.ALL, language="ar")) == {1, 4}
    assert await meant(Audience(To.ALL, place="Halberstadt")) == {1, 2, 3}  # and its districts
    assert await meant(Audience(To.VOLUNTEERS, place="Thale", language="uk")) == set()


async def test_texts_are_forgotten_after_a_month(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    _, number = await _begun(desk)
    wall.move_to(wall.now() + 29 * 86400)
    await desk.run(clockwork.tidy_up, COUNTY)
    (kept,) = await desk.db.read(announcements.latest, 9)
    assert kept.texts["de"] == "Guten Tag"
    wall.move_to(wall.now() + 2 * 86400)
    await desk.run(clockwork.tidy_up, COUNTY)
    assert await desk.db.read(announcements.latest, 9) == []
    assert (await desk.db.read(announcements.progress, number)) == Progress()
