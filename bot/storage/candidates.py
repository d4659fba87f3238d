"""Volunteers as one request sees them: what matching judges.

All of them (:func:`everybody`), one (:func:`one`), or step by step (:func:`nearest_first`), so that
a large county need not be read to the end. A step is a cell of the grid, a language, how well it is
spoken, and car or bus; the next one is always that with the least score that somebody can have. Its
volunteers are first seen from afar, in one index; facts are read of those only who may still win.

The facts about a batch of volunteers take a handful of statements, however many they are; of
languages, skills and times only those that matter to the request are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.domain import travel
from bot.domain.appointments import DAY
from bot.domain.county import County
from bot.domain.matching import HELPED, LOAD_DAYS, Candidate, Case, Task
from bot.domain.people import (
    Gender,
    Holiday,
    Level,
    Mark,
    Papers,
    Part,
    Profile,
    Travel,
    Volunteer,
)
from bot.domain.places import cell_of
from bot.domain.requests import How
from bot.storage.tx import Row, Tx, Value

_EACH = (
    "SELECT v.person_id, v.active, v.appointed_on, v.appointed_until, v.instructed_on,"
    " v.certificate_on, v.paused_until, v.place, v.travel, v.reach_km, v.gender, v.quiet_from,"
    " v.quiet_to, v.weekly_cap, "
    # Who has no Telegram and helps by phone is called.
    " CASE WHEN p.chat_id IS NULL THEN v.by_phone ELSE coalesce(c.reachable, 0) END AS reachable,"
    " CASE WHEN k.suspended = 1 OR k.apart = 1 OR k.requester_says = 'no'"
    " OR k.volunteer_says = 'no' OR b.suspended = 1 OR b.apart = 1 OR b.requester_says = 'no'"
    " OR b.volunteer_says = 'no' THEN 1 ELSE 0 END AS apart,"
    " CASE WHEN f.person_id IS NULL THEN 0 ELSE 1 END AS blocked FROM volunteers v"
    " JOIN people p ON p.id = v.person_id LEFT JOIN chats c ON c.chat_id = p.chat_id"
    " LEFT JOIN pairs k ON k.volunteer_id = v.person_id AND k.requester_id = :requester_id"
    # Who helps may have asked, and who asks may have helped.
    " LEFT JOIN pairs b ON b.requester_id = v.person_id AND b.volunteer_id = :requester_id"
    " LEFT JOIN blocks f ON f.person_id = v.person_id"
)
#: Facts are read for so many at once; a fixed number keeps the statements' texts the same.
_BATCH = 16
#: So many steps are taken at once: few where many live, more and more where nobody does.
_STEPS = (4, 64)


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
    given = {before}
    ahead = _steps(case, county)
    size = _STEPS[0]
    waiting: list[tuple[int, int]] = []  # (least score, person), for each language of theirs
    while ahead or waiting:
        while ahead and (not waiting or ahead[0].least <= waiting[0][0]):
            yield ahead[0].least, ()  # perhaps nobody from there is needed
            steps, ahead = ahead[:size], ahead[size:]
            found = _heads(tx, case, steps)
            waiting = sorted([*waiting, *found])
            size = min(2 * size, _STEPS[1]) if len(found) < _BATCH else _STEPS[0]
        batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
        ids = [who for who in dict.fromkeys(who for _, who in batch) if who not in given]
        given.update(ids)
        if ids:
            yield batch[0][0], _with_facts(tx, case, ids, before)


def previous_helper(tx: Tx, case: Case) -> int | None:
    """Who helped this requester, and both would like to meet again; of several the latest."""
    row = tx.one(
        "SELECT volunteer_id FROM pairs WHERE requester_id = :person_id"
        " AND requester_says = 'yes' AND volunteer_says = 'yes' AND suspended = 0 AND apart = 0"
        " ORDER BY changed_at DESC, volunteer_id DESC LIMIT 1",
        person_id=case.request.person_id,
    )
    return None if row is None else int(row["volunteer_id"])


# --- from afar ------------------------------------------------------------------------------------


class _Step(NamedTuple):
    """Volunteers who look the same from afar, and the least score that one of them can have.

    ``language``: empty if any will do. ``cell``: empty: of those who have not said where they live;
    None: wherever they live.
    """

    least: int
    language: str
    level: str
    travel: str
    cell: str | None


def _steps(case: Case, county: County) -> list[_Step]:
    """Whom to look at first.

    Who has not said where they live comes first: they are few, and their way is taken as it is.
    """
    nearest: dict[str, float] = {}
    for place in county.places if case.roads else ():
        cell, km = "{} {}".format(*cell_of(place.lat, place.lon)), case.roads[place.name]
        nearest[cell] = min(km, nearest.get(cell, km))
    ways: list[tuple[int, str, str | None]] = [
        (travel.minutes(km, by), by.value, cell) for cell, km in nearest.items() for by in Travel
    ]
    ways += [(0, by.value, "" if case.roads else None) for by in Travel]
    spoken = [
        (case.least_from(case.cost_of(Profile({language: level})).language), language, level.value)
        for language in case.languages or [""]
        for level in (Level if case.languages else [Level.WELL])
    ]
    return sorted(
        _Step(least + way, language, level, by, cell)
        for least, language, level in spoken
        for way, by, cell in ways
    )


def _heads(tx: Tx, case: Case, steps: Sequence[_Step]) -> list[tuple[int, int]]:
    """(least score, person) of who could win, once for each of their languages that matter."""
    values: dict[str, Value] = {
        "skill": f"% {case.category.skill} %" if case.category.skill else "%",
        "gender": None if case.request.gender is None else case.request.gender.value,
        "parts": len(case.parts),
    }
    good = never = ""
    for number, (weekday, part) in enumerate(case.parts):
        values[f"good{number}"] = f"% {weekday}:{part}:{Mark.GOOD} %"
        values[f"never{number}"] = f"% {weekday}:{part}:{Mark.NEVER} %"
        good += f" AND h.times LIKE :good{number}"
        never += f" AND h.times NOT LIKE :never{number}"
    rows = [f"({_names(f's{number}_', step[1:], values)})" for number, step in enumerate(steps)]
    there = "" if steps[0].cell is None else " AND h.cell = s.cell"
    seen: dict[tuple[Any, ...], int] = {}
    heads: list[tuple[int, int]] = []
    for row in tx.all(
        f"WITH steps (language, level, travel, cell) AS (VALUES {', '.join(rows)})"  # noqa: S608  (names of our own)
        " SELECT h.person_id, h.language, h.level, h.travel, h.place,"
        f" CASE WHEN :parts > 0{good} THEN 1 ELSE 0 END AS good"
        " FROM steps s JOIN volunteer_heads h ON h.language = s.language AND h.level = s.level"
        f" AND h.travel = s.travel{there} WHERE h.skills LIKE :skill{never}"
        " AND (CAST(:gender AS TEXT) IS NULL OR h.gender = :gender)",
        **values,
    ):
        looks = row["language"], row["level"], row["travel"], row["place"], row["good"]
        if looks not in seen:
            seen[looks] = _least(case, *looks)
        heads.append((seen[looks], row["person_id"]))
    return heads


def _least(case: Case, language: str, level: str, by: str, place: str, good: int) -> int:
    """The score of somebody of whom no more is known."""
    profile = Profile(
        languages={language: Level(level)} if case.languages else {},
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
    heads = tx.all(
        f"{_EACH} WHERE v.person_id {among} ORDER BY v.person_id",
        requester_id=case.request.person_id,
        **values,
    )
    spoken = _grouped(_spoken(tx, case, among, values))
    skills = _grouped(
        tx.all(
            f"SELECT person_id, skill FROM volunteer_skills WHERE person_id {among}"  # noqa: S608  (names of our own)
            " AND skill = :skill",
            skill=case.category.skill,
            **values,
        )
    )
    times = _grouped(_times(tx, case, among, values))
    places = _grouped(
        tx.all(
            f"SELECT person_id, place FROM volunteer_places WHERE person_id {among}",  # noqa: S608  (names of our own)
            **values,
        )
        if case.towns
        else []
    )
    away = _grouped(
        tx.all(
            "SELECT person_id, first_day, last_day FROM volunteer_holidays"  # noqa: S608  (names of our own)
            f" WHERE person_id {among} AND first_day <= :day AND last_day >= :day",
            day=case.day.isoformat(),
            **values,
        )
    )
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
            places[key],
            away[key],
            tasks[key],
            offered[key],
            helped=key == helper,
        )
        for head in heads
        for key in [int(head["person_id"])]
    ]


def _spoken(tx: Tx, case: Case, among: str, values: Mapping[str, Value]) -> list[Row]:
    """Languages that matter."""
    if not case.languages:
        return []
    mattering = dict(values)
    return tx.all(
        "SELECT person_id, language, level FROM volunteer_languages"  # noqa: S608  (names of our own)
        f" WHERE person_id {among}"
        f" AND language IN ({_names('language', sorted(case.languages), mattering)})",
        **mattering,
    )


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
    places: Sequence[Row],
    away: Sequence[Row],
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
        only_places=frozenset(str(row["place"]) for row in places),
    )
    papers = Papers(
        head["appointed_on"], head["appointed_until"], head["instructed_on"], head["certificate_on"]
    )
    volunteer = Volunteer(
        int(head["person_id"]),
        profile,
        papers,
        bool(head["active"]),
        head["paused_until"],
        tuple(Holiday(str(row["first_day"]), str(row["last_day"])) for row in away),
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
            volunteer,
            bool(head["reachable"]),
            held,
            helped=helped,
            apart=bool(head["apart"]),
            blocked=bool(head["blocked"]),
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
        bool(head["blocked"]),
    )
