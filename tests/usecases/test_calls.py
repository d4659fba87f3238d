"""Wishes to be called: one per chat, and no number is kept for ever."""

from bot.clock import MovableWall
from bot.storage import calls
from bot.storage.database import Database
from bot.usecases import clockwork, office
from tests.usecases.office import Desk


async def test_a_number_that_nobody_called_is_forgotten(
    database: Database, wall: MovableWall
) -> None:
    desk = Desk(database, wall)
    sara = await desk.person("Sara")
    await desk.run(office.ask_for_call, sara.chat_id or 0, "+493941123456", "en")
    wall.move_to(wall.now() + clockwork.KEEP_CALLS)
    await desk.run(clockwork.tidy_up, desk.county)
    assert len(await desk.run(calls.waiting)) == 1
    wall.move_to(wall.now() + 3600)
    await desk.run(clockwork.tidy_up, desk.county)
    assert await desk.run(calls.waiting) == []


async def test_asking_again_corrects_the_number(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    krause = await desk.open_office()
    sara = await desk.person("Sara")
    for number in ("+493941111111", "+493941222222"):
        await desk.run(office.ask_for_call, sara.chat_id or 0, number, "en")
    (call,) = await desk.run(calls.waiting)
    assert await desk.run(calls.phone_of, call.id) == "+493941222222"
    await desk.run(office.take_call, krause, call.id)
    await desk.run(office.ask_for_call, sara.chat_id or 0, "+493941333333", "en")
    assert len(await desk.run(calls.waiting)) == 1  # that one may already have been called
    await desk.run(office.finish_call, krause, call.id)
    assert await desk.run(calls.phone_of, call.id) == ""
