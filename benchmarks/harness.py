"""Rounds and ratios.

A *side* is one of the programs compared: an async context manager that yields ``run``, a coroutine
function that does a job once and returns figures. It lives in a process of its own, so that its CPU
time is its own, and waits between its rounds while the other side has the machine.
"""

import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeAlias

Figures: TypeAlias = dict[str, float]
Run: TypeAlias = Callable[..., Awaitable[Figures]]
Make: TypeAlias = Callable[..., AbstractAsyncContextManager[Run]]

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Bench:
    """Where and how much. ``effort`` 1 is the real measurement; less only shows that it works."""

    rounds: int
    effort: float
    folder: Path
    server: str
    postgres: str | None = None

    def times(self, count: int, least: int = 1) -> int:
        return max(least, int(count * self.effort))


@dataclass(frozen=True)
class Entry:
    """A side that can be started: ``make(**given)``."""

    make: Make
    given: Mapping[str, Any]


class Side:
    """A started side."""

    def __init__(self, entry: Entry, *, profiled: bool = False) -> None:
        name = f"{entry.make.__module__}:{entry.make.__name__}"
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "benchmarks.side",
                name,
                json.dumps(dict(entry.given)),
                str(int(profiled)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        self._answer()  # it is ready

    def run(self, **job: Any) -> Figures:
        assert self._process.stdin is not None
        print(json.dumps(job), file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a side of the comparison has ended; its own words are above")
        return json.loads(line)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def contest(entries: Sequence[Entry], rounds: int, **job: Any) -> list[list[Figures]]:
    """The figures of every entry, round by round: A B A B …, after one that does not count."""
    with ExitStack() as stack:
        sides: list[Side] = []
        for entry in entries:
            side = Side(entry)
            stack.callback(side.close)
            sides.append(side)
        figures = [[side.run(**job) for side in sides] for _ in range(rounds + 1)]
    return [list(each) for each in zip(*figures[1:], strict=True)]


def profile(entry: Entry, job: Mapping[str, Any], *, warm: bool = True) -> str:
    """Where the CPU time of one run goes, as a table; the profiler itself about doubles it."""
    side = Side(entry, profiled=True)
    try:
        if warm:
            side.run(**job)
        answer: Any = side.run(**job)
        return str(answer["profile"])
    finally:
        side.close()


@dataclass(frozen=True)
class Row:
    """One line of the results."""

    what: str
    figure: str
    goal: str = ""
    met: bool | None = None
    detail: str = ""
    profile: str = ""


@dataclass(frozen=True)
class Goal:
    """``Goal(most=1.5)`` or ``Goal(least=2)``."""

    most: float | None = None
    least: float | None = None

    def __str__(self) -> str:
        return f"≤ {self.most:g}" if self.most is not None else f"≥ {self.least:g}"

    def met(self, figure: float) -> bool:
        return figure <= self.most if self.most is not None else figure >= (self.least or 0)


def ratio(
    what: str,
    ours: Sequence[Figures],
    theirs: Sequence[Figures],
    key: str,
    goal: Goal | None = None,
    *,
    missed: Callable[[], str] = lambda: "",
) -> Row:
    """Ours through theirs, round by round: median and range. *missed* makes the profile."""
    each = [our[key] / their[key] for our, their in zip(ours, theirs, strict=True)]
    middle = median(each)
    met = None if goal is None else goal.met(middle)
    return Row(
        what,
        f"{middle:.2f} ({min(each):.2f}–{max(each):.2f})",
        "" if goal is None else str(goal),
        met,
        f"{shown(key, ours)} against {shown(key, theirs)}",
        missed() if met is False else "",
    )


def shown(key: str, figures: Sequence[Figures]) -> str:
    """A median with its unit, which the key's last word names."""
    value = median(each[key] for each in figures)
    name, _, unit = key.rpartition("_")
    match unit:
        case "s" if name == "per":
            return f"{value:,.0f}/s"
        case "us":
            return f"{value:,.0f} µs"
        case _:
            return f"{value:,.2f} {unit}"


@dataclass
class Spent:
    seconds: float = 0.0
    cpu: float = 0.0


@contextmanager
def spending() -> Generator[Spent]:
    """Wall and CPU seconds of this process inside the block, filled in at its end."""
    spent = Spent()
    cpu, began = time.process_time(), time.perf_counter()
    yield spent
    spent.seconds, spent.cpu = time.perf_counter() - began, time.process_time() - cpu


def per_piece(spent: Spent, pieces: int, latencies: Sequence[float] = ()) -> Figures:
    """``per_s``, ``cpu_us`` of each piece, and ``p50_us`` of what was timed one by one."""
    figures = {"per_s": pieces / spent.seconds, "cpu_us": 1e6 * spent.cpu / pieces}
    return figures if not latencies else {**figures, "p50_us": 1e6 * median(latencies)}
