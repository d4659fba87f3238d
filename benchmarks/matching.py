"""Finding whom to ask first, in a small office and in ones that no county will ever have.

The narrowed search of a wave against the same search in a county of a thousand, and against judging
everybody: it must find the same people.
"""

import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import cycle
from random import Random
from statistics import median, quantiles

from benchmarks.crowd import populate
from benchmarks.harness import Bench, Entry, Figures, Goal, Row, Run, contest, ratio, shown
from benchmarks.places import KEY, county, sqlite_in
from bot.clock import SystemWall
from bot.domain import dispatch, matching
from bot.domain.appointments import DAY
from bot.domain.matching import Case
from bot.domain.people import Gender
from bot.domain.places import Kind
from bot.domain.requests import HelpRequest, State
from bot.domain.verdicts import Verdict
from bot.storage import candidates
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx

#: A county's volunteers, those of a large city, and more than there are in the country.
SIZES = (21, 1_000, 100_000)
#: So many volunteers are judged to compare with: one request of the largest, 20 of a thousand.
_CHECKED = 20_000


@asynccontextmanager
async def search(folder: str, volunteers: int) -> AsyncGenerator[Run]:
    db = await open_database(sqlite_in(folder), wall=SystemWall(), cipher=Cipher((KEY,)))
    chosen = Random(volunteers)
    try:
        await db.transact(populate, county(), volunteers, chosen)
        asked = _requests(chosen)
        compared = cycle(asked)

        async def run(times: int) -> Figures:
            scans: list[float] = []
            for _ in range(max(1, min(20, _CHECKED // volunteers))):
                first, everybody, seconds = await db.read(_both, next(compared))
                assert first == everybody[: len(first)], "the narrowed search missed somebody"
                scans.append(seconds)
            took = [await db.read(_timed, asked[at % len(asked)]) for at in range(times)]
            return {
                "p50_us": 1e6 * median(took),
                "p99_us": 1e6 * quantiles(took, n=100)[98],
                "scan_us": 1e6 * median(scans),
            }

        yield run
    finally:
        await db.close()


def measure(bench: Bench) -> Iterator[Row]:
    sizes = [size if size <= 1_000 else bench.times(size, 2_000) for size in SIZES]
    entries = [Entry(search, {"folder": str(bench.folder), "volunteers": one}) for one in sizes]
    figures = contest(entries, bench.rounds, times=bench.times(200, 20))
    for size, each in zip(sizes, figures, strict=True):
        yield Row(
            f"Whom to ask first, of {size:,} volunteers",
            shown("p50_us", each),
            detail=f"p99 {shown('p99_us', each)}; judging everybody {shown('scan_us', each)}",
        )
    _, thousand, most = figures
    what = f"– {sizes[2]:,} volunteers through {sizes[1]:,}"
    yield ratio(f"{what}, p50", most, thousand, "p50_us", Goal(most=3))
    yield ratio(f"{what}, p99", most, thousand, "p99_us", Goal(most=3))


def _requests(chosen: Random) -> Sequence[HelpRequest]:
    now = int(time.time())
    towns = [place.name for place in county().places if place.kind is Kind.TOWN]
    one = HelpRequest(
        id=0, person_id=0, category="", language="", state=State.OPEN, starts_at=None, minutes=120
    )
    return [
        replace(
            one,
            category=chosen.choice(("doctor", "jobcenter", "school", "flat")),
            language=chosen.choice(("ar", "uk", "prs", "kmr", "tr")),
            starts_at=now + chosen.randrange(3, 20) * DAY,
            place=chosen.choice(towns),
            gender=chosen.choice((None, None, None, Gender.WOMAN)),
        )
        for _ in range(50)
    ]


def _first(tx: Tx, request: HelpRequest) -> list[Verdict]:
    """What a wave needs."""
    case = Case.of(request, county(), tx.now)
    return matching.best(case, candidates.nearest_first(tx, case, county()), _enough)


def _enough(ranked: Sequence[Verdict]) -> bool:
    return dispatch.wave((one.likely for one in ranked), urgent=False) is not None


def _both(tx: Tx, request: HelpRequest) -> tuple[list[Verdict], list[Verdict], float]:
    """What a wave needs, everybody, and how long it took to judge them (seconds)."""
    began = time.perf_counter()
    case = Case.of(request, county(), tx.now)
    everybody = matching.explain(case, candidates.everybody(tx, case))
    took = time.perf_counter() - began
    return _first(tx, request), everybody.ranked, took


def _timed(tx: Tx, request: HelpRequest) -> float:
    began = time.perf_counter()
    _first(tx, request)
    return time.perf_counter() - began
