"""CPU time by function, over all threads: one cProfile per thread, on the thread's own CPU clock.

So what merely waits costs nothing here, and the database's thread counts like the event loop's.
"""

import cProfile
import threading
import time
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeAlias

_LINES = 20

Key: TypeAlias = tuple[str, int, str]  # file, line, function
Taken: TypeAlias = dict[Key, tuple[int, int, float, float, object]]


class Times(NamedTuple):
    """CPU seconds."""

    itself: float = 0.0
    cumulative: float = 0.0


class Profiling:
    """Make it before the threads it is to see; ``with`` it around each run."""

    def __init__(self) -> None:
        self._main = cProfile.Profile(time.thread_time)
        self._others: list[cProfile.Profile] = []
        threading.setprofile(self._join)

    def _join(self, *_: object) -> None:
        """The first event in a new thread: it gets its own profiler instead of this function."""
        own = cProfile.Profile(time.thread_time)
        self._others.append(own)
        own.enable()

    def __enter__(self) -> None:
        for each in (self._main, *self._others):
            each.clear()
        self._main.enable()

    def __exit__(self, *_: object) -> None:
        self._main.disable()

    def close(self) -> None:
        """Threads made from now on are not seen."""
        threading.setprofile(None)

    def table(self) -> str:
        """Shares of all CPU time: the functions that use most, alone and with what they call."""
        rows: dict[Key, Times] = {}
        for each in (self._main, *self._others):
            # Not pstats: it disables the profilers of other threads, reading this thread's clock.
            each.snapshot_stats()
            taken: Taken = getattr(each, "stats")  # noqa: B009 - typeshed does not know it
            for key, (_, _, itself, cumulative, _) in taken.items():
                before = rows.get(key, Times())
                rows[key] = Times(before.itself + itself, before.cumulative + cumulative)
        total = sum(row.itself for row in rows.values()) or 1.0
        above = [
            (_name(key), row.cumulative) for key, row in rows.items() if not _is_machinery(key)
        ]
        own = [(_name(key), row.itself) for key, row in rows.items()]
        return "\n".join(
            [
                "| cumulative | | itself | |",
                "| --- | --- | --- | --- |",
                *(
                    f"| {one} | {other} |"
                    for one, other in zip_longest(
                        _top(above, total), _top(own, total), fillvalue=" | "
                    )
                ),
            ]
        )


def _top(named: list[tuple[str, float]], total: float) -> list[str]:
    ranked = sorted(named, key=lambda item: -item[1])[:_LINES]
    return [f"{100 * seconds / total:.1f} % | {name}" for name, seconds in ranked]


def _is_machinery(key: Key) -> bool:
    """The event loop and the threads: everything is below them, which says nothing."""
    return key[2].startswith("<") or any(
        part in key[0]
        for part in ("asyncio/", "benchmarks/", "threading.py", "concurrent/", "aiosqlite")
    )


def _name(key: Key) -> str:
    file, _, function = key
    path = Path(file)
    where = "" if file == "~" else f"{path.parent.name}/{path.stem}."
    return f"`{where}{function}`".replace("|", "\\|")
