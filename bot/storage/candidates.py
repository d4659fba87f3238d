"""Volunteers as one request sees them: what matching judges.

All of them (:func:`everybody`), one (:func:`one`), or cell by cell of the grid outward from the
place of the task (:func:`nearest_first`), so that a large county need not be read to the end. The
facts about a batch of volunteers take a handful of statements, however many they are; of skills and
times only those that matter to the request are read.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain import travel
from bot.domain.appointments import DAY
from bot.domain.county import County
from bot.domain.matching import HELPED, LOAD_DAYS, Candidate, Case, Task
from bot.domain.people import Gender, Level, Mark, Papers, Part, Profile, Travel, Volunteer
from bot.domain.places import cell_of
from bot.domain.requests import How
from bot.storage.tx import Row, Tx, Value

_EACH = (
    "SELECT v.person_id, v.active, v.appointed_on, v.appointed_until, v.instructed_on,"
    " v.certificate_on, v.paused_until, v.place, v.travel, v.reach_km, v.gender, v.quiet_from,"
    " v.quiet_to, v.weekly_cap, coalesce(c.reachable, 0) AS reachable,"
    " CASE WHEN k.suspended = 1 OR k.apart = 1 OR k.requester_says = 'no'"
    " OR k.volunteer_says = 'no' THEN 1 ELSE 0 END AS apart FROM volunteers v"
    " JOIN people p ON p.id = v.person_id LEFT JOIN chats c ON c.chat_id = p.chat_id"
    " LEFT JOIN pairs k ON k.volunteer_id = v.person_id AND k.requester_id = :requester_id"
)
#: Facts are read for so many at once; a fixed number keeps the statements' texts the same.
_BATCH = 32

#: Of the grid; None: wherever somebody lives.
Cell = tuple[int, int] | None
#: Not a cell: of those who have not said where they live.
NOWHERE = (-1_000_000, 0)


def everybody(tx: Tx, case: Case) -> list[Candidate]:
    """The full scan: every volunteer there is."""
    helper = previous_helper(tx, case)
    return _with_facts(tx, case, None, helper)


def one(tx: Tx, case: Case, person_id: int) -> Candidate | None:
    """None if the person is no volunteer."""
    helper = previous_helper(tx, case)
    return next(iter(_with_facts(tx, case, [person_id], helper)), None)


def nearest_first(tx: Tx, case: Case, county: County) -> Iterator[tuple[int, Sequence[Candidate]]]:
    """Batches of volunteers for :func:`bot.domain.matching.best`, the previous helper first.

    Only those who are active, speak one of the languages and have the skill: the
    rest can't win. Each batch comes with the least score that anybody in it, or after it, can have.
    """
    before = previous_helper(tx, case)
    if before is not None and (helper := one(tx, case, before)) is not None:
        yield -HELPED, [helper]
    ahead = _cells(case, county)
    size = 1
    waiting: list[_Head] = []
    while ahead or waiting:
        while ahead and (not waiting or ahead[0][0] <= waiting[0].least):
            yield ahead[0][0], ()  # perhaps nobody from there is needed
            cells, ahead = ahead[:size], ahead[size:]
            found = _narrowed(tx, case, [cell for _, cell in cells])
            waiting = sorted((*waiting, *(head for head in found if head.person_id != before)))
            size = 2 * size if len(found) < _BATCH else 1
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        if batch:
            ids = [head.person_id for head in batch]
            yield batch[0].least, _with_facts(tx, case, ids, before)


def previous_helper(tx: Tx, case: Case) -> int | None:
    """Who helped this requester, and both would like to meet again; of several the latest."""
    row = tx.one(
        "SELECT volunteer_id FROM pairs WHERE requester_id = :person_id"
        " AND requester_says = 'yes' AND volunteer_says = 'yes' AND suspended = 0 AND apart = 0"
        " ORDER BY changed_at DESC, volunteer_id DESC LIMIT 1",
        person_id=case.request.person_id,
    )
    return None if row is None else int(row["volunteer_id"])


# --- cells ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class _Head:
    """A volunteer seen from afar: the least score that they can have."""

    least: int
    person_id: int


def _cells(case: Case, county: County) -> list[tuple[int, Cell]]:
    """(least score of who lives there, cell), nearest first.

    Who has not said where they live comes first: they are few, and their way is taken as it is.
    """
    if not case.roads:
        return [(case.least_from(0), None)]
    nearest: dict[Cell, int] = {NOWHERE: 0}
    for place in county.places:
        cell = cell_of(place.lat, place.lon)
        way = travel.minutes(case.roads[place.name], Travel.CAR)  # never longer than by bus
        nearest[cell] = min(way, nearest.get(cell, way))
    return sorted((case.least_from(way), cell) for cell, way in nearest.items())


def _narrowed(tx: Tx, case: Case, cells: Sequence[Cell]) -> list[_Head]:
    """Who lives there and could win."""
    values: dict[str, Value] = {"skill": case.category.skill}
    marks = ""
    for number, (weekday, part) in enumerate(case.parts):
        values |= {f"weekday{number}": weekday, f"part{number}": part.value}
        marks += (
            ", (SELECT t.mark FROM volunteer_times t WHERE t.person_id = v.person_id"  # noqa: S608  (names of our own)
            f" AND t.weekday = :weekday{number} AND t.part = :part{number}) AS mark{number}"
        )
    table = "l" if case.languages else "v"
    skilled = (
        f"(:skill = '' OR EXISTS (SELECT 1 FROM volunteer_skills s"  # noqa: S608  (names of our own)
        f" WHERE s.person_id = {table}.person_id AND s.skill = :skill))"
    )
    costs: dict[Hashable, int] = {}
    if not case.languages:
        rows = tx.all(
            f"SELECT v.person_id, v.place, v.travel{marks} FROM volunteers v"  # noqa: S608  (names of our own)
            f" WHERE {_in_cells(table, cells, '1 = 1', values)} AND {skilled} AND v.active = 1",
            **values,
        )
        return [_head(case, [row], costs) for row in rows]
    spoken = f"l.language IN ({_names('language', sorted(case.languages), values)})"
    rows = tx.all(
        f"SELECT v.person_id, v.place, v.travel, l.language, l.level{marks}"  # noqa: S608  (names of our own)
        " FROM volunteer_languages l JOIN volunteers v ON v.person_id = l.person_id"
        f" WHERE {_in_cells(table, cells, spoken, values)} AND {skilled} AND v.active = 1",
        **values,
    )
    return [_head(case, each, costs) for each in _grouped(rows).values()]


def _head(case: Case, rows: Sequence[Any], costs: dict[Hashable, int]) -> _Head:
    """*rows*: one for each language that matters. *costs*: of those who look the same from afar."""
    row = rows[0]
    marks = tuple(row[f"mark{number}"] for number in range(len(case.parts)))
    spoken = tuple((one["language"], one["level"]) for one in rows) if case.languages else ()
    looks = row["place"], row["travel"], spoken, marks
    cost = costs.get(looks)
    if cost is None:
        cost = costs[looks] = case.cost_of(_seen_from_afar(case, *looks)).total
    return _Head(cost, int(row["person_id"]))


def _seen_from_afar(
    case: Case,
    place: str,
    by: str,
    spoken: Iterable[tuple[str, str]],
    marks: Iterable[str | None],
) -> Profile:
    times = zip(case.parts, marks, strict=True)
    return Profile(
        languages={language: Level(level) for language, level in spoken},
        place=place,
        travel=Travel(by),
        times={part: Mark(mark) for part, mark in times if mark is not None},
    )


def _in_cells(table: str, cells: Sequence[Cell], also: str, values: dict[str, Value]) -> str:
    """*also* stands in every alternative, where SQLite finds it for the index."""
    each: list[str] = []
    for number, cell in enumerate(cells):
        if cell is None:
            each.append(also)
        elif cell == NOWHERE:
            each.append(f"{also} AND {table}.cell_x IS NULL")
        else:
            values |= {f"x{number}": cell[0], f"y{number}": cell[1]}
            at = f"{table}.cell_x = :x{number} AND {table}.cell_y = :y{number}"
            each.append(f"{also} AND {at}")
    return f"(({') OR ('.join(each)}))"


def _names(prefix: str, given: Iterable[Value], values: dict[str, Value]) -> str:
    """Puts what is given into *values*; the names for an ``IN (…)``."""
    named = {f"{prefix}{number}": value for number, value in enumerate(given)}
    values |= named
    return ", ".join(f":{name}" for name in named)


# --- facts ----------------------------------------------------------------------------------------


def _with_facts(
    tx: Tx, case: Case, ids: Sequence[int] | None, helper: int | None
) -> list[Candidate]:
    """*ids*: None for everybody; those that are no volunteers are left out."""
    values: dict[str, Value] = {}
    if ids is None:
        among = "IS NOT NULL"
    else:
        size = _BATCH if len(ids) > 1 else 1
        padded = [*ids, *([ids[-1]] * (size - len(ids)))]
        among = f"IN ({_names('id', padded, values)})"
    heads = tx.all(
        f"{_EACH} WHERE v.person_id {among} ORDER BY v.person_id",
        requester_id=case.request.person_id,
        **values,
    )
    spoken = _grouped(
        tx.all(
            f"SELECT person_id, language, level FROM volunteer_languages WHERE person_id {among}",  # noqa: S608  (names of our own)
            **values,
        )
    )
    skills = _grouped(
        tx.all(
            f"SELECT person_id, skill FROM volunteer_skills WHERE person_id {among}"  # noqa: S608  (names of our own)
            " AND skill = :skill",
            skill=case.category.skill,
            **values,
        )
    )
    times = _grouped(_times(tx, case, among, values))
    tasks = _grouped(
        tx.all(
            "SELECT a.volunteer_id AS person_id, a.starts_at, a.ends_at, r.place, r.how"  # noqa: S608  (names of our own)
            " FROM assignments a JOIN help_requests r ON r.id = a.request_id"
            f" WHERE a.volunteer_id {among} AND a.state IN ('active', 'done')"
            " AND a.ends_at > :since ORDER BY a.starts_at, a.id",
            since=case.now - LOAD_DAYS * DAY,
            **values,
        )
    )
    offered = _grouped(
        tx.all(
            "SELECT volunteer_id AS person_id, max(made_at) AS last_asked,"  # noqa: S608  (names of our own)
            " sum(CASE WHEN state <> 'open' AND pushed_at IS NOT NULL THEN 1 ELSE 0 END) AS asked,"
            " sum(CASE WHEN state IN ('accepted', 'declined') AND pushed_at IS NOT NULL"
            " THEN 1 ELSE 0 END) AS answered,"
            " max(CASE WHEN request_id = :request_id THEN 1 ELSE 0 END) AS this_one"
            f" FROM offers WHERE volunteer_id {among} GROUP BY volunteer_id",
            request_id=case.request.id,
            **values,
        )
    )
    return [
        _candidate(
            head,
            spoken[key],
            skills[key],
            times[key],
            tasks[key],
            offered[key],
            helped=key == helper,
        )
        for head in heads
        for key in [int(head["person_id"])]
    ]


def _times(tx: Tx, case: Case, among: str, values: Mapping[str, Value]) -> list[Row]:
    """Marks of the weekdays that matter."""
    if not case.parts:
        return []
    weekdays = [weekday for weekday, _ in case.parts]
    return tx.all(
        "SELECT person_id, weekday, part, mark FROM volunteer_times"  # noqa: S608  (names of our own)
        f" WHERE person_id {among} AND weekday IN (:first, :last)",
        first=weekdays[0],
        last=weekdays[-1],
        **values,
    )


def _grouped(rows: Iterable[Row]) -> defaultdict[int, list[Any]]:
    by_person: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[int(row["person_id"])].append(row)
    return by_person


def _candidate(
    head: Row,
    spoken: Sequence[Row],
    skills: Sequence[Row],
    times: Sequence[Row],
    tasks: Sequence[Row],
    offered: Sequence[Row],
    *,
    helped: bool,
) -> Candidate:
    profile = Profile(
        languages={str(row["language"]): Level(row["level"]) for row in spoken},
        skills=frozenset(str(row["skill"]) for row in skills),
        place=str(head["place"]),
        travel=Travel(head["travel"]),
        reach_km=int(head["reach_km"]),
        times={(int(row["weekday"]), Part(row["part"])): Mark(row["mark"]) for row in times},
        gender=None if head["gender"] is None else Gender(head["gender"]),
        quiet=(str(head["quiet_from"]), str(head["quiet_to"])),
        weekly_cap=head["weekly_cap"],
    )
    papers = Papers(
        head["appointed_on"], head["appointed_until"], head["instructed_on"], head["certificate_on"]
    )
    volunteer = Volunteer(
        int(head["person_id"]), profile, papers, bool(head["active"]), head["paused_until"]
    )
    held = tuple(
        Task(
            int(row["starts_at"]),
            int(row["ends_at"]),
            "" if row["how"] == How.PHONE.value else str(row["place"]),
        )
        for row in tasks
    )
    if not offered:
        return Candidate(
            volunteer, bool(head["reachable"]), held, helped=helped, apart=bool(head["apart"])
        )
    (seen,) = offered
    return Candidate(
        volunteer,
        bool(head["reachable"]),
        held,
        bool(seen["this_one"]),
        int(seen["last_asked"]),
        int(seen["asked"]),
        int(seen["answered"]),
        helped,
        bool(head["apart"]),
    )
