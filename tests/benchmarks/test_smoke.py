"""Every side of every benchmark runs once, as small as it can be: no figure is judged here."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
import pytest_asyncio

from benchmarks import matching, micro, reminders, sending, steps, turn
from benchmarks.__main__ import page
from benchmarks.harness import Goal, Row, Run, ratio
from benchmarks.profiling import Profiling
from benchmarks.server import serving


@pytest_asyncio.fixture
async def server() -> AsyncIterator[str]:
    async with serving() as address:
        yield address


@pytest.mark.parametrize("how", ["tap", "text"])
async def test_a_turn(server: str, tmp_path: Path, how: turn.How) -> None:
    await _runs(turn.lotse(server, how, str(tmp_path)), turns=6, at_once=2)
    await _runs(turn.echo(server, how, answers=True), turns=2, at_once=2)


async def test_storage_steps(tmp_path: Path) -> None:
    for make in (steps.grouped, steps.single):
        for what in ("bare", "whole"):
            await _runs(make(what, str(tmp_path)), steps=4, at_once=2)


async def test_sending(server: str, tmp_path: Path) -> None:
    await _runs(sending.sender(server, str(tmp_path)), messages=4, at_once=2)
    await _runs(sending.stock(server), messages=2, at_once=2)


async def test_reminders(server: str, tmp_path: Path) -> None:
    await _runs(reminders.pending(str(tmp_path), rows=10), times=2)
    for paced in (True, False):
        async with reminders.burst(server, str(tmp_path), paced=paced) as run:
            figures = await run(reminders=3)
        assert figures["messages"] == figures["different"] == 6
        assert figures["waiting"] == 0


async def test_matching(tmp_path: Path) -> None:
    await _runs(matching.search(str(tmp_path), volunteers=21), times=3)


async def test_parts() -> None:
    await _runs(micro.parts(), times=2)


def test_the_page_says_what_was_missed_and_where_the_time_went() -> None:
    slow = ratio(
        "A turn", [{"a_us": 4.0}], [{"a_us": 2.0}], "a_us", Goal(most=1.5), missed=lambda: "| a |"
    )
    assert slow.figure == "2.00 (2.00–2.00)"
    assert slow.met is False
    written = page({"Python": "3"}, [slow, Row("More", "1")], rounds=1)
    assert "| A turn | 2.00 (2.00–2.00) | ≤ 1.5 | MISSED | 4 µs against 2 µs |" in written
    assert "## Missed: A turn" in written


def test_a_profile_names_functions() -> None:
    profiling = Profiling()
    with profiling:
        sorted(range(1000), key=lambda number: -number)
    profiling.close()
    assert "`<built-in method builtins.sorted>`" in profiling.table()


async def _runs(side: AbstractAsyncContextManager[Run], **job: int) -> None:
    async with side as run:
        figures = await run(**job)
    assert all(figure > 0 for figure in figures.values()), figures
