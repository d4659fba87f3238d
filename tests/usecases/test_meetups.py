"""What becomes of a meetup's plans: nobody who left is disturbed, nothing is left behind."""

from bot.clock import MovableWall
from bot.domain.meetups import ALL, UNTRAINED, Answer, Kind
from bot.domain.people import Person
from bot.storage import meetups as store
from bot.storage import people, records, volunteers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import attendance, meetups
from tests.usecases.office import COUNTY, Desk

DAY = 86400


async def planned(desk: Desk, lead: Person, *, who: str = ALL, days: int = 10) -> int:
    """A training at five in the afternoon; its id."""
    starts_at = (desk.wall.now() // DAY + days) * DAY + 16 * 3600
    plan = meetups.Plan(Kind.TRAINING, "Grundlagen", "Im Büro", who, starts_at, 120)
    await desk.run(meetups.create, COUNTY, lead, plan)
    (newest,) = await desk.rows("SELECT max(id) AS id FROM meetups")
    return int(newest["id"])


async def guests(desk: Desk, number: int) -> set[int]:
    return {one.person_id for one in await desk.db.read(store.guests, number)}


async def waits(desk: Desk) -> list[str]:
    return [row.kind for row in await desk.upcoming() if row.kind.startswith("meetup_")]


async def told(desk: Desk, person: Person) -> int:
    rows = await desk.rows(
        "SELECT count(*) AS n FROM outbox WHERE chat_id = :chat", chat=person.chat_id
    )
    return int(rows[0]["n"])


async def test_called_off_leaves_nothing_behind(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    lead = await desk.open_office()
    anna, emre = await desk.volunteer("Anna", "ar"), await desk.volunteer("Emre", "tr")
    number = await planned(desk, lead)
    assert await guests(desk, number) == {anna.id, emre.id}
    for _ in range(2):  # tapped twice
        await desk.run(meetups.answer, COUNTY, anna, number, Answer.YES)
    assert sorted(await waits(desk)) == [
        "meetup_day_before",
        "meetup_hours_before",
        "meetup_nudge",
        "meetup_over",
    ]
    await desk.run(meetups.call_off, COUNTY, lead, number)
    assert await waits(desk) == []


async def test_who_left_hears_no_more(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    lead = await desk.open_office()
    anna = await desk.volunteer("Anna", "ar")
    number = await planned(desk, lead)
    await desk.run(meetups.answer, COUNTY, anna, number, Answer.YES)
    await desk.run(volunteers.set_active, anna.id, False)
    before = await told(desk, anna)
    await desk.until(wall.now() + 12 * DAY)
    assert await told(desk, anna) == before
    assert await waits(desk) == []


async def test_who_was_trained_is_not_invited_again(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    lead = await desk.open_office()
    anna, emre = await desk.volunteer("Anna", "ar"), await desk.volunteer("Emre", "tr")
    number = await planned(desk, lead, days=2)
    await desk.run(meetups.answer, COUNTY, anna, number, Answer.YES)
    await desk.until(wall.now() + 4 * DAY)
    await desk.run(attendance.show, lead, number)
    for _ in range(2):  # saved twice
        await desk.run(attendance.settle, COUNTY, lead, number)
    lines = await desk.db.read(records.between, "2000-01", "2999-12")
    assert [(one.volunteer_id, one.minutes, one.place) for one in lines] == [(anna.id, 120, "")]
    assert await guests(desk, await planned(desk, lead, who=UNTRAINED)) == {emre.id}


async def test_one_of_a_list_who_turns_out_to_be_known(
    database: Database, wall: MovableWall
) -> None:
    """The invitation of the entry without a chat goes on with the person."""
    desk = Desk(database, wall)
    lead = await desk.open_office()
    anna = await desk.volunteer("Anna", "ar")

    def listed(tx: Tx) -> int:
        person_id = people.add(tx, chat_id=None, name="Anna Vogt")
        volunteers.make(tx, person_id)
        volunteers.set_active(tx, person_id, True)
        return person_id

    entry = await desk.run(listed)
    number = await planned(desk, lead, days=3)
    assert await guests(desk, number) == {anna.id, entry}
    later = await planned(desk, lead, who="language:tr")
    await desk.run(store.invite, later, [entry])
    await desk.run(volunteers.absorb, entry, anna.id)
    assert await guests(desk, number) == {anna.id}
    assert await guests(desk, later) == {anna.id}
