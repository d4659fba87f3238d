"""The worker against handlers that fail, hang and lose their database."""

import asyncio
import logging
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.storage import inbox, outbox
from handlers.turn import Turn
from tests.delivery.failing import failing
from tests.delivery.station import PATIENCE
from tests.delivery.workshop import (
    ANNA,
    SARA,
    message,
    most_attempts,
    parked,
    tap,
    waiting_for,
    workshop,
)


async def test_each_update_is_handled_once(database_url: str, wall: MovableWall) -> None:
    async with workshop(database_url, wall) as shop:
        for _ in range(2):
            await shop.receives(*(message(number, number % 4 + 1) for number in range(10, 40)))
        await shop.settle()
        assert await shop.turns() == list(range(10, 40))


async def test_a_chat_is_served_in_order(database_url: str, wall: MovableWall) -> None:
    async with workshop(database_url, wall) as shop:
        order: list[int] = []

        def note(turn: Turn) -> None:
            if turn.update.update_id not in order:  # a turn may be run again
                order.append(turn.update.update_id)

        shop.act = note
        await shop.receives(*(message(number) for number in (15, 11, 14, 12, 13)))
        await shop.settle()
        assert order == [15, 11, 14, 12, 13]


@pytest.mark.parametrize(
    "document",
    [
        {"update_id": 10},
        {"update_id": 10, "telepathy": {"thought": "x"}},
    ],
)
async def test_what_nobody_wants_is_done(
    sqlite_url: str, wall: MovableWall, document: dict[str, Any]
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        await shop.receives(document)
        await shop.settle()
        assert await shop.db.read(inbox.unfinished) == 0
        assert await shop.db.read(parked) == []


@pytest.mark.logs_errors
async def test_after_three_failures_there_is_an_apology_and_the_next_goes_on(
    database_url: str, wall: MovableWall
) -> None:
    """It is the very first message of somebody: their chat is not known yet."""
    async with workshop(database_url, wall) as shop:
        tried: list[int] = []

        def fail(turn: Turn) -> None:
            tried.append(turn.update.update_id)
            if turn.update.update_id == 10:
                raise RuntimeError("a mistake of ours")

        shop.act = fail
        await shop.receives(message(10), message(11), message(12, ANNA))
        await shop.settle()
        assert tried.count(10) == 3
        assert await shop.turns() == [11, 12]
        assert await shop.db.read(parked) == [(10, "RuntimeError")]
        assert await shop.db.read(waiting_for) == [SARA]


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    "document",
    [
        {"update_id": 10, "message": {"chat": {"id": SARA}}},
        {"update_id": 10, "message": {"chat": {"id": SARA}, "date": "yesterday"}},
        {"update_id": 10, "message": []},
        {"update_id": 10, "callback_query": {"from": {"id": SARA}}},
    ],
)
async def test_what_cannot_be_parsed_is_parked(
    sqlite_url: str, wall: MovableWall, document: dict[str, Any]
) -> None:
    """Parsing is part of the counted attempt."""
    async with workshop(sqlite_url, wall) as shop:
        await shop.receives(document, message(11))
        await shop.settle()
        assert await shop.turns() == [11]
        assert [update_id for update_id, _ in await shop.db.read(parked)] in ([10], [])


async def test_a_database_that_is_away_does_not_count(
    sqlite_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        monkeypatch.setattr(
            type(shop.db), "transact", staticmethod(failing(shop.db.transact, "_run", times=9))
        )
        await shop.receives(message(10))
        await shop.settle()
        assert await shop.turns() == [10]
        assert await shop.db.read(most_attempts) == 1


async def test_a_commit_nobody_heard_of_is_not_done_twice(
    sqlite_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        lame = failing(shop.db.transact, "_run", times=1, after=True)
        monkeypatch.setattr(type(shop.db), "transact", staticmethod(lame))
        await shop.receives(message(10), message(11))
        await shop.settle()
        assert await shop.turns() == [10, 11]


async def test_a_claim_that_got_lost_is_taken_up_again(
    database_url: str, wall: MovableWall
) -> None:
    """The connection broke during COMMIT, so what it handed over never came."""
    async with workshop(database_url, wall) as shop:
        listeners: list[Any] = vars(shop.db)["_commit_listeners"]
        deaf, listeners[:] = listeners[:], []
        await shop.receives(message(10), message(11))
        listeners[:] = deaf
        await shop.worker.recover()
        assert await shop.turns() == [], "it may be just on its way to us"
        await shop.worker.recover()
        await shop.settle()
        assert await shop.turns() == [10, 11]


async def test_what_is_in_work_is_not_taken_up_again(
    sqlite_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        lame = failing(shop.db.transact, "_run", times=1)
        monkeypatch.setattr(type(shop.db), "transact", staticmethod(lame))
        await shop.receives(message(10))
        for _ in range(3):
            await shop.worker.recover()
        await shop.settle()
        assert await shop.db.read(most_attempts) == 1


async def test_a_tap_is_answered_once_and_late_is_no_fault(
    sqlite_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    async with workshop(sqlite_url, wall) as shop:
        for _ in range(2):
            await shop.receives(tap(10))
        await shop.settle()
        assert len(shop.server.journal.calls("answerCallbackQuery")) == 1
        assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_slow_answers_to_taps_hold_up_nobody(sqlite_url: str, wall: MovableWall) -> None:
    async with workshop(sqlite_url, wall) as shop:
        release = asyncio.Event()
        shop.server.fail("delay", method="answerCallbackQuery", times=None, release=release)
        await shop.receives(*(tap(number, number) for number in range(100, 200)))
        await shop.receives(message(300))
        async with asyncio.timeout(PATIENCE):
            while len(await shop.turns()) < 101:
                pass
        release.set()
        await shop.settle()


async def test_nothing_fails_on_the_way_out(sqlite_url: str, wall: MovableWall) -> None:
    """Cancelled in the middle of everything: no error, and the next start goes on."""
    async with workshop(sqlite_url, wall) as shop:
        await shop.receives(*(message(number, number) for number in range(10, 60)))
        await shop.background.close()
    async with workshop(sqlite_url, wall) as shop:
        await shop.worker.recover(starting=True)
        await shop.settle()
        assert await shop.turns() == list(range(10, 60))
        assert await shop.db.read(outbox.unsent) == 0
