"""The worked example of ``docs/matching.md`` is what the rules say."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.counties import loader
from bot.domain import dispatch, matching
from bot.domain.appointments import DAY, HOUR
from bot.domain.matching import Candidate, Case, Task, explain
from bot.domain.people import Level, Mark, Part, Profile, Travel, Volunteer
from bot.domain.requests import HelpRequest, State
from bot.domain.verdicts import Explanation
from tests.appointed import PAPERS

DOC = Path(__file__).parents[2] / "docs" / "matching.md"
COUNTY = loader.load()
NOW = int(datetime(2027, 1, 15, 9, tzinfo=COUNTY.zone).timestamp())
NAMES = ("Amira", "Bilal", "Clara", "Dilan", "Emre", "Fatma")
MONDAY_AFTERNOON = (0, Part.AFTERNOON)
REQUEST = HelpRequest(
    id=42,
    person_id=99,
    category="doctor",
    language="ar",
    also=("en",),
    state=State.OPEN,
    starts_at=int(datetime(2027, 1, 18, 14, 30, tzinfo=COUNTY.zone).timestamp()),
    minutes=120,
    place="Halberstadt",
)


def _volunteer(
    name: str, place: str, travel: Travel, reach_km: int, *, speaks: str = "ar", **about: Any
) -> Candidate:
    seen = {key: about.pop(key) for key in tuple(about) if key in Candidate.__slots__}
    level = about.pop("level", Level.WELL)
    about = {"languages": {speaks: level}, "skills": frozenset({"doctor"}), **about}
    profile = Profile(place=place, travel=travel, reach_km=reach_km, **about)
    return Candidate(Volunteer(NAMES.index(name), profile, PAPERS, active=True), **seen)


def _example() -> Explanation:
    last_week = Task(NOW - 7 * DAY, NOW - 7 * DAY + HOUR, "Halberstadt")
    good, never = {MONDAY_AFTERNOON: Mark.GOOD}, {MONDAY_AFTERNOON: Mark.NEVER}
    volunteers = (
        _volunteer(
            "Amira",
            "Halberstadt",
            Travel.BUS,
            15,
            tasks=(last_week,),
            last_asked=NOW - 3 * DAY,
            times_asked=8,
            times_answered=6,
        ),
        _volunteer("Bilal", "Wernigerode", Travel.CAR, 30, times=good),
        _volunteer(
            "Clara",
            "Quedlinburg",
            Travel.CAR,
            30,
            level=Level.SOME,
            last_asked=NOW - 10 * DAY,
            times_asked=2,
            times_answered=2,
            helped=True,
        ),
        _volunteer("Dilan", "Thale", Travel.BUS, 15),
        _volunteer("Emre", "Halberstadt", Travel.CAR, 30, speaks="en"),
        _volunteer("Fatma", "Halberstadt", Travel.CAR, 30, times=never),
    )
    return explain(Case.of(REQUEST, COUNTY, NOW), volunteers)


def _table() -> Iterator[str]:
    for one in _example().ranked:
        parts = " | ".join(str(part) for part in astuple(one.cost))
        yield f"| {NAMES[one.person_id]} | {parts} | **{one.score}** |"


def test_the_example_is_what_the_rules_say() -> None:
    told, written = _example(), DOC.read_text(encoding="utf-8")
    rows = [
        line for line in written.splitlines() if line.startswith(tuple(f"| {n} " for n in NAMES))
    ]
    assert rows == list(_table())
    out = {NAMES[one.person_id]: one.reasons for one in told.excluded}
    assert out == {"Dilan": (matching.Why.TOO_FAR,), "Fatma": (matching.Why.NEVER_THEN,)}
    for name in out:
        assert f"**{name}**" in written
    assert dispatch.wave((one.likely for one in told.ranked), urgent=False) == 4


def test_the_numbers_are_those_of_the_code() -> None:
    written = " ".join(DOC.read_text(encoding="utf-8").split())
    for said in (
        f"{matching.UNKNOWN_WAY} minutes if one of the places is not known",
        f"{matching.TASK} minutes for each task of the last {matching.LOAD_DAYS} days",
        f"up to {matching.RESTED_DAYS} minutes",
        f"up to {matching.SILENCE} minutes",
        f"{matching.SOME_LEVEL} minutes if it is enough for daily things only",
        f"{matching.UNDERSTOOD} minutes for a language",
        f"{matching.ALSO} minutes for another language",
        f"{matching.GOOD_TIME} minutes less",
        f"{matching.HELPED} minutes less",
        f"never more than {dispatch.WAVE}",
        f"{dispatch.HEAD_START // HOUR} hours",
    ):
        assert said in written, said
