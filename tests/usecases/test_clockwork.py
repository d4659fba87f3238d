"""What is forgotten, and when."""

from dataclasses import replace

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.people import Person
from bot.domain.requests import Wanted
from bot.storage import chats, people, requests
from bot.storage.database import Database
from bot.storage.rows import number
from bot.storage.tx import Tx
from bot.usecases import clockwork, dispatch, filing
from tests.appointed import appoint

DAY = 24 * 3600
COUNTY = replace(loader.load(), first_request_by_office=False)


def _two_requests(tx: Tx) -> Person:
    """One that is cancelled now, and one that is still ahead; a volunteer was asked for both."""
    chats.seen(tx, 1, "private")
    chats.seen(tx, 2, "private")
    volunteer = people.add(tx, chat_id=2, name="Anna")
    appoint(tx, volunteer, ["ar"])
    person = people.agree(tx, 1)
    for days in (2, 60):
        starts_at = tx.now + days * DAY
        wanted = Wanted(category="doctor", language="ar", starts_at=starts_at, minutes=120)
        filing.file_request(tx, COUNTY, person, wanted)
    dispatch.cancel(tx, COUNTY, person, 1)
    return person


async def test_an_ended_request_is_forgotten_after_a_month(
    database: Database, wall: MovableWall
) -> None:
    def kept(tx: Tx) -> tuple[int, int]:
        return (
            number(tx, "SELECT count(*) AS n FROM help_requests"),
            number(tx, "SELECT count(*) AS n FROM offers"),
        )

    await database.transact(_two_requests)
    wall.move_to(wall.now() + 29 * DAY)
    await database.transact(clockwork.tidy_up, COUNTY)
    assert await database.read(kept) == (2, 2)
    wall.move_to(wall.now() + 2 * DAY)
    await database.transact(clockwork.tidy_up, COUNTY)
    assert await database.read(kept) == (1, 1)
    left = await database.read(requests.find, 2)
    assert left is not None
    assert (await database.read(requests.find, 1)) is None
