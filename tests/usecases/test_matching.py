"""The narrowed search finds what the full scan finds."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.crowd import populate
from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.appointments import HOUR, Again, Side
from bot.domain.matching import Candidate, Case, best, explain
from bot.domain.people import Gender, Holiday, Level, Mark, Part, Profile
from bot.domain.places import cell_of
from bot.domain.requests import HelpRequest, How, Wanted
from bot.domain.verdicts import Verdict, Why
from bot.storage import candidates, pairs, people, requests, volunteers
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.tx import Tx
from tests.databases import KEY, START

COUNTY = loader.load()
CROWD = 300
START_DAY = datetime.fromtimestamp(START, COUNTY.zone).date()

WANTED = st.builds(
    Wanted,
    category=st.sampled_from(["doctor", "letter", "leisure", "homework", "other"]),
    language=st.sampled_from(["ar", "prs", "de", "en", "uk"]),
    also=st.sampled_from([(), ("en",), ("de", "fa")]),
    starts_at=st.none() | st.integers(1, 40).map(lambda days: START + days * 20 * HOUR),
    minutes=st.sampled_from([45, 120]),
    place=st.sampled_from(["Halberstadt", "Stiege", "Ermsleben", "Wernigerode", ""]),
    how=st.sampled_from(How),
    gender=st.none() | st.sampled_from(Gender),
)


def _crowd(tx: Tx, count: int, seed: int) -> None:
    """Some of them go away in the weeks to come, some help in a few places only."""
    chosen = Random(seed)
    populate(tx, COUNTY, count, chosen)
    for volunteer in volunteers.everybody(tx):
        if chosen.random() < 0.3:
            first = START_DAY + timedelta(days=chosen.randrange(-5, 40))
            last = first + timedelta(days=chosen.randrange(14))
            volunteers.add_holiday(
                tx, volunteer.person_id, Holiday(first.isoformat(), last.isoformat())
            )
        if chosen.random() < 0.4:
            places = frozenset(chosen.sample(["Halberstadt", "Oberharz am Brocken", "Thale"], 2))
            home = COUNTY.place(volunteer.profile.place)
            volunteers.save(
                tx,
                volunteer.person_id,
                replace(volunteer.profile, only_places=places),
                None if home is None else cell_of(home.lat, home.lon),
            )


def _ask(tx: Tx, wanted: Wanted, *, helped_before: bool) -> HelpRequest:
    """By somebody new, or by the first person, who has helpers they would like to meet again, and
    one whom they would not."""
    if not helped_before:
        return requests.add(tx, people.add(tx, chat_id=None), wanted)
    volunteers = [int(row["person_id"]) for row in tx.all("SELECT person_id FROM volunteers")]
    for at, said in ((20, Again.YES), (40, Again.YES), (60, Again.NO)):
        for side in Side:
            pairs.note(tx, 1, volunteers[at], side, said)
    return requests.add(tx, 1, wanted)


def _both(tx: Tx, request: HelpRequest, size: int) -> tuple[list[Verdict], list[Verdict], set[Why]]:
    """The full scan, the narrowed search for so many, and the rules that kept somebody out."""
    case = Case.of(request, COUNTY, tx.now)
    explained = explain(case, candidates.everybody(tx, case))
    full = explained.ranked
    read: list[int] = []

    def batches() -> Iterator[tuple[int, Sequence[Candidate]]]:
        for least, batch in candidates.nearest_first(tx, case, COUNTY):
            read.extend(one.volunteer.person_id for one in batch)
            yield least, batch

    found = best(case, batches(), lambda first: len(first) >= size)
    assert len(read) == len(set(read)), "nobody is looked at twice"
    return full, found, {*explained.counts}


def test_the_narrowed_search_is_the_full_scan(sqlite_template: Path) -> None:
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lotse.db"
        shutil.copyfile(sqlite_template, path)
        opening = open_database(f"sqlite:///{path}", wall=MovableWall(START), cipher=Cipher((KEY,)))
        db = runner.run(opening)
        runner.run(db.transact(_crowd, CROWD, 7))
        stopped_early: list[bool] = []
        broken: set[Why] = set()

        @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
        @given(WANTED, st.integers(1, 15), st.booleans())
        def same(wanted: Wanted, size: int, helped: bool) -> None:
            request = runner.run(db.transact(_ask, wanted, helped_before=helped))
            full, found, reasons = runner.run(db.read(_both, request, size))
            assert found[:size] == full[:size]
            assert found == full[: len(found)]
            stopped_early.append(len(found) < len(full))
            broken.update(reasons)

        same()
        assert any(stopped_early)
        assert {Why.PAUSED, Why.OTHER_PLACES} <= broken
        runner.run(db.close())


async def test_it_is_so_on_both_databases(database: Database) -> None:
    await database.transact(_crowd, 150, 8)
    for place in ("Halberstadt", "Stiege"):
        wanted = Wanted(
            category="leisure", language="en", starts_at=START + 99 * HOUR, minutes=90, place=place
        )
        request = await database.transact(_ask, wanted, helped_before=True)
        full, found, _ = await database.read(_both, request, 5)
        assert found[:5] == full[:5]
        assert len(full) > 20


async def test_what_is_seen_from_afar_follows_the_profile(database: Database) -> None:
    def seen(tx: Tx, person_id: int) -> list[tuple[str, ...]]:
        rows = tx.all(
            "SELECT * FROM volunteer_heads WHERE person_id = :id ORDER BY language", id=person_id
        )
        names = ("language", "level", "travel", "cell", "place", "gender", "skills", "times")
        return [tuple(row[name] for name in names) for row in rows]

    def changes(tx: Tx) -> None:
        person_id = people.add(tx, chat_id=None)
        volunteers.make(tx, person_id)
        profile = Profile(
            languages={"ar": Level.SOME},
            skills=frozenset({"school", "doctor"}),
            place="Thale",
            times={(2, Part.EVENING): Mark.NEVER, (0, Part.MORNING): Mark.GOOD},
            gender=Gender.WOMAN,
        )
        volunteers.save(tx, person_id, profile, (150, 1155))
        assert seen(tx, person_id) == [], "nobody has approved her"
        volunteers.set_active(tx, person_id, True)
        times = " 0:morning:good  2:evening:never "
        of_all = ("bus", "150 1155", "Thale", "woman", " doctor  school ", times)
        assert seen(tx, person_id) == [("", "well", *of_all), ("ar", "some", *of_all)]
        volunteers.drop_skill(tx, person_id, "doctor")
        assert {one[-2] for one in seen(tx, person_id)} == {" school "}

        other = people.add(tx, chat_id=None)
        volunteers.make(tx, other)
        volunteers.save(tx, other, Profile(languages={"tr": Level.WELL}), None)
        volunteers.absorb(tx, other, person_id)
        nothing = ("bus", "", "", None, "", "")
        assert seen(tx, person_id) == [("", "well", *nothing), ("tr", "well", *nothing)]
        volunteers.set_active(tx, person_id, False)
        assert seen(tx, person_id) == []

    await database.transact(changes)
