"""Who may hear what is only spoken, and that one at most does; and two small rules besides."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.counties.volunteers import Listed
from bot.domain.errors import Code, Refused
from bot.domain.people import Level, Person, Profile
from bot.domain.requests import Details, HelpRequest, Wanted
from bot.storage import chats
from bot.storage.database import Database
from bot.usecases import approving, deciding, filing, joining, listening
from bot.usecases.joining import Import
from tests.usecases.office import COUNTY, Desk

DAY = 24 * 3600


async def spoken(desk: Desk) -> HelpRequest:
    sara = await desk.person("Sara")
    wish = Wanted(
        category="other", language="fa", starts_at=None, minutes=60, details=Details(voice="v-1")
    )
    return await desk.run(filing.file_request, desk.county, sara, wish)


async def trusted(desk: Desk, krause: Person, *names: str) -> list[Person]:
    """Speakers of Dari, whom who speaks Persian understands."""
    found = [await desk.volunteer(name, "prs") for name in names]
    for one in found:
        await desk.run(approving.trust, COUNTY, krause, one.id, trusted=True)
    return found


async def refused(code: Code, desk: Desk, work, *args) -> None:
    with pytest.raises(Refused) as caught:
        await desk.run(work, *args)
    assert caught.value.code is code


async def test_one_of_ten_listens(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    request = await spoken(desk)
    volunteers = await trusted(desk, krause, *(f"V{n}" for n in range(10)))
    await desk.run(listening.ask, COUNTY, krause, request.id)
    rows = await desk.rows("SELECT id, volunteer_id FROM listeners WHERE state = 'asked'")
    asked = {int(row["volunteer_id"]): int(row["id"]) for row in rows}
    assert len(asked) == 10
    ends = await desk.together(
        *(desk.run(listening.take, one, asked[one.id]) for one in volunteers)
    )
    codes = [end.code for end in ends if isinstance(end, Refused)]
    assert codes == [Code.ALREADY_TAKEN] * 9
    (taken,) = await desk.rows("SELECT id, volunteer_id FROM listeners WHERE state = 'taken'")
    first = next(one for one in volunteers if one.id == taken["volunteer_id"])
    await desk.run(listening.take, first, taken["id"])  # again: the same, nothing more
    (row,) = await desk.rows("SELECT count(*) AS n FROM history WHERE what = 'listening'")
    assert row["n"] == 1


async def test_who_may(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    request = await spoken(desk)
    anna, ben = await trusted(desk, krause, "Anna", "Ben")
    await desk.run(approving.trust, COUNTY, krause, ben.id, trusted=False)
    await refused(Code.NOT_ALLOWED, desk, listening.ask, COUNTY, anna, request.id)
    await refused(Code.GONE, desk, listening.ask, COUNTY, krause, 4711)
    with pytest.raises(Refused):
        await desk.run(approving.trust, COUNTY, anna, ben.id, trusted=True)
    await desk.run(listening.ask, COUNTY, krause, request.id)
    (row,) = await desk.rows("SELECT id, volunteer_id FROM listeners")
    assert row["volunteer_id"] == anna.id
    await refused(Code.NOT_YOURS, desk, listening.take, ben, row["id"])
    await refused(Code.NOT_YOURS, desk, listening.decline, COUNTY, ben, row["id"])
    wanted = Wanted(category="form", language="fa", starts_at=None, minutes=60, place="Thale")
    await refused(Code.GONE, desk, deciding.complete_heard, COUNTY, anna, row["id"], wanted)

    await desk.run(listening.take, anna, row["id"])
    await desk.run(deciding.complete, COUNTY, krause, request.id, wanted)  # the office was faster
    await refused(Code.GONE, desk, deciding.complete_heard, COUNTY, anna, row["id"], wanted)
    assert not any(one.kind == listening.LISTEN_WAITS for one in await desk.upcoming())


async def test_a_kind_of_help_with_a_gate_comes_back_to_the_office(
    database: Database, wall: MovableWall
) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    request = await spoken(desk)
    (anna,) = await trusted(desk, krause, "Anna")
    await desk.run(listening.ask, COUNTY, krause, request.id)
    (row,) = await desk.rows("SELECT id FROM listeners")
    await desk.run(listening.take, anna, row["id"])
    wanted = Wanted(category="doctor", language="fa", starts_at=None, minutes=60, place="Thale")
    late = replace(wanted, starts_at=wall.now())
    await refused(Code.TOO_LATE, desk, deciding.complete_heard, COUNTY, anna, row["id"], late)
    done = await desk.run(deciding.complete_heard, COUNTY, anna, row["id"], wanted)
    assert done.state == "waiting"
    assert done.category == "doctor"
    await refused(Code.GONE, desk, deciding.complete_heard, COUNTY, anna, row["id"], wanted)


# --- lists, and requests without a date -----------------------------------------------------------


async def test_a_list_twice_registers_nobody_twice(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    speaks = Profile(languages={"ar": Level.WELL})
    rows = [Listed("Anna Vogt", speaks, "+4939411"), Listed("Ben", speaks)]

    async def imports(turn: int) -> list[Import]:
        tokens = [(f"i-{turn}-{n}", one) for n, one in enumerate(rows)]
        return [became for _, became in await desk.run(joining.invite_listed, COUNTY, tokens)]

    assert await imports(1) == [Import.NEW, Import.NEW]
    assert await imports(2) == [Import.AGAIN, Import.AGAIN]
    await desk.run(chats.seen, 77)
    anna = await desk.run(joining.open_link, 77, "A", "i-2-0")
    assert anna.name == "Anna Vogt"
    rows.append(Listed("ANNA  vogt", speaks, "+4939412"))  # somebody else with this name
    rows.append(Listed("Cem", speaks))
    assert await imports(3) == [Import.JOINED, Import.AGAIN, Import.NEW, Import.NEW]
    assert len(await desk.rows("SELECT person_id FROM volunteers")) == 4
    with pytest.raises(Refused):
        await desk.run(joining.open_link, 78, "A", "i-3-0")  # no link for who has joined


async def test_without_a_date_the_office_is_asked_every_two_weeks(
    database: Database, wall: MovableWall
) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    request = await spoken(desk)
    began = wall.now()

    async def asked() -> int:
        """The newest such alert; 0: none."""
        card = f"undated:{request.id}"
        (row,) = await desk.rows("SELECT max(id) AS id FROM outbox WHERE card = :card", card=card)
        return int(row["id"] or 0)

    await desk.until(began + 14 * DAY - 1)
    assert await asked() == 0
    await desk.until(began + 14 * DAY)
    first = await asked()
    await desk.until(began + 28 * DAY)
    shown = await asked()
    assert 0 < first < shown
    await desk.run(deciding.close, COUNTY, krause, request.id, "solved")
    assert not any(one.kind == "undated" for one in await desk.upcoming())
    await desk.until(began + 60 * DAY)
    assert await asked() == shown
