"""Volunteers as one request sees them: what matching judges.

All of them (:func:`everybody`), one (:func:`one`), or cell by cell of the grid outward from the
place of the task (:func:`nearest_first`), so that a large county need not be read to the end. The
facts about a batch of volunteers take a handful of statements, however many they are; of skills and
times only those that matter to the request are read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
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
    " v.quiet_to, v.weekly_cap, coalesce(c.reachable, 0) AS reachable FROM volunteers v"
    " JOIN people p ON p.id = v.person_id LEFT JOIN chats c ON c.chat_id = p.chat_id"
)
#: Facts are read for so many at once; a fixed number keeps the statements' texts the same.
_BATCH = 24

#: Not a cell: of those who have not said where they live.
_NOWHERE = ""


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

    Only those who are active, speak one of the languages, have the skill, are the man or woman that
    is wished for and did not say "never" to that time: the rest can't win. Each batch comes with
    the least score that anybody in it, or after it, can have.
    """
    before = previous_helper(tx, case)
    if before is not None and (helper := one(tx, case, before)) is not None:
        yield -HELPED, [helper]
    ahead = _cells(case, county)
    size = 1
    waiting: list[tuple[int, int]] = []  # (least score, person)
    cost_of = cache(partial(_seen_from_afar, case))
    while ahead or waiting:
        while ahead and (not waiting or ahead[0][0] <= waiting[0][0]):
            yield ahead[0][0], ()  # perhaps nobody from there is needed
            cells, ahead = ahead[:size], ahead[size:]
            found = _narrowed(tx, case, [cell for _, cell in cells], cost_of)
            waiting = sorted([*waiting, *(head for head in found if head[1] != before)])
            size = 2 * size if len(found) < _BATCH else 1
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        if batch:
            ids = [person_id for _, person_id in batch]
            yield batch[0][0], _with_facts(tx, case, ids, before)


def previous_helper(tx: Tx, case: Case) -> int | None:
    """Who did this requester's last task, unless something was wrong with it."""
    row = tx.one(
        "SELECT a.volunteer_id FROM help_requests r JOIN assignments a ON a.request_id = r.id"
        " WHERE r.person_id = :person_id AND a.state = 'done'"
        " AND coalesce(a.outcome, 'took_place') = 'took_place'"
        " AND coalesce(a.requester_says, '') <> 'badly'"
        " ORDER BY a.ends_at DESC, a.id DESC LIMIT 1",
        person_id=case.request.person_id,
    )
    return None if row is None else int(row["volunteer_id"])


# --- cells ----------------------------------------------------------------------------------------


def _cells(case: Case, county: County) -> list[tuple[int, str | None]]:
    """(least score of who lives there, cell), nearest first; None: wherever they live.

    Who has not said where they live comes first: they are few, and their way is taken as it is.
    """
    if not case.roads:
        return [(case.least_from(0), None)]
    nearest: dict[str | None, int] = {_NOWHERE: 0}
    for place in county.places:
        x, y = cell_of(place.lat, place.lon)
        way = travel.minutes(case.roads[place.name], Travel.CAR)  # never longer than by bus
        nearest[f"{x} {y}"] = min(way, nearest.get(f"{x} {y}", way))
    return sorted((case.least_from(way), cell) for cell, way in nearest.items())


def _narrowed(
    tx: Tx, case: Case, cells: Sequence[str | None], cost_of: Callable[..., int]
) -> list[tuple[int, int]]:
    """(least score, person) of who lives there and could win."""
    values: dict[str, Value] = {
        "skill": f"% {case.category.skill} %" if case.category.skill else "%",
        "gender": None if case.request.gender is None else case.request.gender.value,
    }
    good = never = ""
    for number, (weekday, part) in enumerate(case.parts):
        values |= {
            f"good{number}": f"% {weekday}:{part}:{Mark.GOOD} %",
            f"never{number}": f"% {weekday}:{part}:{Mark.NEVER} %",
        }
        good += f" AND times LIKE :good{number}"
        never += f" AND times NOT LIKE :never{number}"
    spoken = _names("language", sorted(case.languages) or [""], values)
    there = "" if None in cells else f" AND cell IN ({_names('cell', cells, values)})"
    rows = tx.all(
        "SELECT person_id, language, level, place, travel,"  # noqa: S608  (names of our own)
        f" CASE WHEN :parts > 0{good} THEN 1 ELSE 0 END AS good FROM volunteer_heads"
        f" WHERE language IN ({spoken}){there} AND skills LIKE :skill"
        f" AND (CAST(:gender AS TEXT) IS NULL OR gender = :gender){never}",
        parts=len(case.parts),
        **values,
    )
    least: dict[int, int] = {}
    for row in rows:
        person_id = row["person_id"]
        cost = cost_of(row["language"], row["level"], row["place"], row["travel"], row["good"])
        least[person_id] = min(cost, least.get(person_id, cost))
    return [(cost, person_id) for person_id, cost in least.items()]


def _seen_from_afar(case: Case, language: str, level: str, place: str, by: str, good: int) -> int:
    """The score of somebody of whom no more is known, who speaks no other language."""
    profile = Profile(
        languages={language: Level(level)} if language else {},
        place=place,
        travel=Travel(by),
        times=dict.fromkeys(case.parts, Mark.GOOD) if good else {},
    )
    return case.cost_of(profile).total


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
    heads = tx.all(f"{_EACH} WHERE v.person_id {among} ORDER BY v.person_id", **values)
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
        return Candidate(volunteer, bool(head["reachable"]), held, helped=helped)
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
    )
