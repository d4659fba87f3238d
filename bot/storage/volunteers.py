"""Volunteers: what they say about themselves, and what the office has on file.

All of it is plain coded facts that matching uses; names stay in `people`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.people import (
    Gender,
    Holiday,
    Level,
    Mark,
    Papers,
    Part,
    Profile,
    Role,
    Travel,
    Volunteer,
)
from bot.storage.rows import number
from bot.storage.tx import Row, Tx

_COLUMNS = (
    "person_id, active, appointed_on, appointed_until, instructed_on, certificate_on, promised_at,"
    " confirmed_at, paused_until, place, travel, reach_km, gender, quiet_from, quiet_to, weekly_cap"
)

#: What becomes of a volunteer's row when the office has prefilled another for them: what is new
#: counts, also that they have not looked at it; a date that is missing in the new one stays.
_REPLACED = ("place", "cell_x", "cell_y", "travel", "reach_km", "gender", "confirmed_at")
_FILLED = ("promised_at", "appointed_on", "appointed_until", "instructed_on", "certificate_on")
_KEPT = (*_REPLACED, *_FILLED, "active")

#: What a profile lists, a row each.
_LISTS = ("volunteer_languages", "volunteer_skills", "volunteer_times", "volunteer_places")

#: A grid cell of 5 km by 5 km: (x, y), counted from 0° N 0° E.
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Joining:
    """How far a volunteer has come: agreed to confidentiality, confirmed their own profile.

    ``declined``: a coordinator said "not now".
    """

    promised: bool
    confirmed: bool
    active: bool
    declined: bool = False


def make(tx: Tx, person_id: int) -> None:
    """The person is a volunteer from now on, with an empty profile; nothing if they are one."""
    tx.run(
        "INSERT INTO roles (person_id, role, since) VALUES (:id, :role, :now)"
        " ON CONFLICT (person_id, role) DO NOTHING",
        id=person_id,
        role=Role.VOLUNTEER.value,
        now=tx.now,
    )
    tx.run(
        "INSERT INTO volunteers (person_id, active) VALUES (:id, 0)"
        " ON CONFLICT (person_id) DO NOTHING",
        id=person_id,
    )


def find(tx: Tx, person_id: int) -> Volunteer | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM volunteers WHERE person_id = :id", id=person_id)  # noqa: S608  (our own columns)
    return None if row is None else _volunteer(tx, row)


def everybody(tx: Tx) -> list[Volunteer]:
    """All volunteers, active or not, in the order they were registered."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM volunteers ORDER BY person_id")  # noqa: S608  (our own columns)
    return [_volunteer(tx, row) for row in rows]


def joining(tx: Tx, person_id: int) -> Joining | None:
    """None if the person is no volunteer."""
    row = tx.one(
        "SELECT promised_at, confirmed_at, active, declined_at FROM volunteers"
        " WHERE person_id = :id",
        id=person_id,
    )
    if row is None:
        return None
    return Joining(
        row["promised_at"] is not None,
        row["confirmed_at"] is not None,
        bool(row["active"]),
        row["declined_at"] is not None,
    )


def is_active(tx: Tx, person_id: int) -> bool:
    """Approved by a coordinator and not ended."""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM volunteers WHERE person_id = :id AND active = 1",
            id=person_id,
        )
    )


def has_confirmed(tx: Tx, person_id: int) -> bool:
    """Have they looked through their own profile?"""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM volunteers"
            " WHERE person_id = :id AND confirmed_at IS NOT NULL",
            id=person_id,
        )
    )


def promise(tx: Tx, person_id: int) -> None:
    """They agreed to confidentiality."""
    tx.run(
        "UPDATE volunteers SET promised_at = :now WHERE person_id = :id AND promised_at IS NULL",
        id=person_id,
        now=tx.now,
    )


def promised_at(tx: Tx, person_id: int) -> int | None:
    """When they agreed to confidentiality (UTC epoch seconds)."""
    row = tx.one("SELECT promised_at FROM volunteers WHERE person_id = :id", id=person_id)
    return None if row is None else row["promised_at"]


def confirm(tx: Tx, person_id: int) -> None:
    """They looked through their own profile."""
    tx.run(
        "UPDATE volunteers SET confirmed_at = :now, declined_at = NULL WHERE person_id = :id",
        id=person_id,
        now=tx.now,
    )


def help_by_phone(tx: Tx, person_id: int) -> None:
    """They have no Telegram: the office calls them."""
    tx.run("UPDATE volunteers SET by_phone = 1 WHERE person_id = :id", id=person_id)


def helps_by_phone(tx: Tx, person_id: int) -> bool:
    """The office calls them, as long as they have no chat."""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM volunteers v JOIN people p ON p.id = v.person_id"
            " WHERE v.person_id = :id AND v.by_phone = 1 AND p.chat_id IS NULL",
            id=person_id,
        )
    )


def save(tx: Tx, person_id: int, profile: Profile, cell: Cell | None) -> None:
    """Replace the profile. *cell*: where the home place lies; None if it is not said."""
    tx.run(
        "UPDATE volunteers SET place = :place, cell_x = :x, cell_y = :y, travel = :travel,"
        " reach_km = :reach_km, gender = :gender, quiet_from = :quiet_from, quiet_to = :quiet_to,"
        " weekly_cap = :weekly_cap WHERE person_id = :id",
        id=person_id,
        place=profile.place,
        x=None if cell is None else cell[0],
        y=None if cell is None else cell[1],
        travel=profile.travel.value,
        reach_km=profile.reach_km,
        gender=None if profile.gender is None else profile.gender.value,
        quiet_from=profile.quiet[0],
        quiet_to=profile.quiet[1],
        weekly_cap=profile.weekly_cap,
    )
    for table in _LISTS:
        tx.run(f"DELETE FROM {table} WHERE person_id = :id", id=person_id)  # noqa: S608  (a name of our own)
    for language, level in profile.languages.items():
        tx.run(
            "INSERT INTO volunteer_languages (person_id, language, level)"
            " VALUES (:id, :language, :level)",
            id=person_id,
            language=language,
            level=level.value,
        )
    for skill in sorted(profile.skills):
        tx.run(
            "INSERT INTO volunteer_skills (person_id, skill) VALUES (:id, :skill)",
            id=person_id,
            skill=skill,
        )
    for place in sorted(profile.only_places):
        tx.run(
            "INSERT INTO volunteer_places (person_id, place) VALUES (:id, :place)",
            id=person_id,
            place=place,
        )
    for (weekday, part), mark in profile.times.items():
        tx.run(
            "INSERT INTO volunteer_times (person_id, weekday, part, mark)"
            " VALUES (:id, :weekday, :part, :mark)",
            id=person_id,
            weekday=weekday,
            part=part.value,
            mark=mark.value,
        )
    _show(tx, person_id)


def file_papers(tx: Tx, person_id: int, papers: Papers) -> None:
    """The dates that a coordinator has seen."""
    tx.run(
        "UPDATE volunteers SET appointed_on = :appointed_on, appointed_until = :appointed_until,"
        " instructed_on = :instructed_on, certificate_on = :certificate_on WHERE person_id = :id",
        id=person_id,
        appointed_on=papers.appointed_on,
        appointed_until=papers.appointed_until,
        instructed_on=papers.instructed_on,
        certificate_on=papers.certificate_on,
    )


def set_active(tx: Tx, person_id: int, active: bool) -> None:
    tx.run(
        "UPDATE volunteers SET active = :active WHERE person_id = :id",
        id=person_id,
        active=int(active),
    )
    _show(tx, person_id)


def decline(tx: Tx, person_id: int) -> None:
    """A coordinator said "not now"."""
    tx.run(
        "UPDATE volunteers SET declined_at = :now WHERE person_id = :id", id=person_id, now=tx.now
    )


def trust(tx: Tx, person_id: int, trusted: bool) -> None:
    """The office lets them hear what is only spoken, or no longer."""
    tx.run(
        "UPDATE volunteers SET trusted_at = :at WHERE person_id = :id",
        id=person_id,
        at=tx.now if trusted else None,
    )


def is_trusted(tx: Tx, person_id: int) -> bool:
    """May they hear what is only spoken?"""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM volunteers"
            " WHERE person_id = :id AND active = 1 AND trusted_at IS NOT NULL",
            id=person_id,
        )
    )


def pause(tx: Tx, person_id: int, until: str | None) -> None:
    """*until*: the first day (ISO) they are there again; None: from now on."""
    tx.run(
        "UPDATE volunteers SET paused_until = :until WHERE person_id = :id",
        id=person_id,
        until=until,
    )


def strain(tx: Tx, person_id: int) -> None:
    """They said that it is too much."""
    tx.run(
        "UPDATE volunteers SET strained_at = :now WHERE person_id = :id", now=tx.now, id=person_id
    )


def add_holiday(tx: Tx, person_id: int, holiday: Holiday) -> None:
    """Kept once, however often it is said."""
    tx.run(
        "INSERT INTO volunteer_holidays (person_id, first_day, last_day)"
        " VALUES (:id, :first, :last) ON CONFLICT (person_id, first_day, last_day) DO NOTHING",
        id=person_id,
        first=holiday.first,
        last=holiday.last,
    )


def drop_holiday(tx: Tx, person_id: int, holiday_id: int) -> None:
    tx.run(
        "DELETE FROM volunteer_holidays WHERE id = :holiday_id AND person_id = :id",
        holiday_id=holiday_id,
        id=person_id,
    )


def forget_holidays(tx: Tx, before: str) -> int:
    """Those that ended before that day (ISO); how many."""
    return tx.run("DELETE FROM volunteer_holidays WHERE last_day < :before", before=before)


def set_quiet(tx: Tx, person_id: int, quiet: tuple[str, str]) -> None:
    """From when to when they are left in peace; nothing for who is no volunteer."""
    tx.run(
        "UPDATE volunteers SET quiet_from = :begins, quiet_to = :ends WHERE person_id = :id",
        begins=quiet[0],
        ends=quiet[1],
        id=person_id,
    )


def drop_skill(tx: Tx, person_id: int, skill: str) -> None:
    """They are not asked for this kind of help any more."""
    tx.run(
        "DELETE FROM volunteer_skills WHERE person_id = :id AND skill = :skill",
        id=person_id,
        skill=skill,
    )
    _show(tx, person_id)


def absorb(tx: Tx, source: int, target: int) -> None:
    """*source*, prefilled by the office and without a chat, is *target*, whom we know already.

    What the office wrote last counts; *source* is gone afterwards.
    """
    make(tx, target)
    for table in _LISTS:
        tx.run(f"DELETE FROM {table} WHERE person_id = :target", target=target)  # noqa: S608  (a name of our own)
        tx.run(
            f"UPDATE {table} SET person_id = :target WHERE person_id = :id",  # noqa: S608  (a name of our own)
            target=target,
            id=source,
        )
    own = {name: f"(SELECT s.{name} FROM volunteers s WHERE s.person_id = :id)" for name in _KEPT}  # noqa: S608  (our own columns)
    copied = [f"{name} = {own[name]}" for name in _REPLACED]
    copied += [f"{name} = coalesce({own[name]}, {name})" for name in _FILLED]
    tx.run(
        f"UPDATE volunteers SET {', '.join(copied)},"  # noqa: S608  (our own columns)
        f" active = CASE WHEN active = 1 THEN 1 ELSE {own['active']} END WHERE person_id = :target",
        target=target,
        id=source,
    )
    for table in ("invites", "errands", "notes"):
        tx.run(
            f"UPDATE {table} SET person_id = :target WHERE person_id = :id",  # noqa: S608  (a name of our own)
            target=target,
            id=source,
        )
    tx.run(
        "UPDATE meetup_guests SET person_id = :target WHERE person_id = :id AND NOT EXISTS"
        " (SELECT 1 FROM meetup_guests g WHERE g.person_id = :target"
        " AND g.meetup_id = meetup_guests.meetup_id)",
        target=target,
        id=source,
    )
    tx.run("DELETE FROM volunteers WHERE person_id = :id", id=source)
    tx.run("DELETE FROM people WHERE id = :id", id=source)
    _show(tx, target)


def _show(tx: Tx, person_id: int) -> None:
    """Keep what a search sees of a volunteer from afar; whoever is not active is not seen.

    It repeats the profile: a row for each language, and one without for tasks that need none, with
    skills and times as words between spaces. So a search reads one index and nothing else.
    """
    tx.run("DELETE FROM volunteer_heads WHERE person_id = :id", id=person_id)
    volunteer = find(tx, person_id)
    if volunteer is None or not volunteer.active:
        return
    profile = volunteer.profile
    times = [f"{weekday}:{part}:{mark}" for (weekday, part), mark in profile.times.items()]
    for language, level in {"": Level.WELL, **profile.languages}.items():
        tx.run(
            "INSERT INTO volunteer_heads (person_id, language, level, cell, place, travel,"
            " gender, skills, times) SELECT person_id, :language, :level,"
            " coalesce(CAST(cell_x AS TEXT) || ' ' || CAST(cell_y AS TEXT), ''),"
            " place, travel, gender, :skills, :times FROM volunteers WHERE person_id = :id",
            id=person_id,
            language=language,
            level=level.value,
            skills=_words(profile.skills),
            times=_words(times),
        )


def _words(words: Iterable[str]) -> str:
    return "".join(f" {word} " for word in sorted(words))


def _volunteer(tx: Tx, row: Row) -> Volunteer:
    person_id = int(row["person_id"])
    return Volunteer(
        person_id,
        Profile(
            languages=_languages(tx, person_id),
            skills=frozenset(
                str(one["skill"])
                for one in tx.all(
                    "SELECT skill FROM volunteer_skills WHERE person_id = :id", id=person_id
                )
            ),
            place=str(row["place"]),
            travel=Travel(row["travel"]),
            reach_km=int(row["reach_km"]),
            times=_times(tx, person_id),
            gender=None if row["gender"] is None else Gender(row["gender"]),
            quiet=(str(row["quiet_from"]), str(row["quiet_to"])),
            weekly_cap=row["weekly_cap"],
            only_places=_only_places(tx, person_id),
        ),
        Papers(
            row["appointed_on"], row["appointed_until"], row["instructed_on"], row["certificate_on"]
        ),
        active=bool(row["active"]),
        paused_until=row["paused_until"],
        holidays=_holidays(tx, person_id),
    )


def _only_places(tx: Tx, person_id: int) -> frozenset[str]:
    rows = tx.all("SELECT place FROM volunteer_places WHERE person_id = :id", id=person_id)
    return frozenset(str(row["place"]) for row in rows)


def _holidays(tx: Tx, person_id: int) -> tuple[Holiday, ...]:
    rows = tx.all(
        "SELECT id, first_day, last_day FROM volunteer_holidays WHERE person_id = :id"
        " ORDER BY first_day, id",
        id=person_id,
    )
    return tuple(
        Holiday(str(row["first_day"]), str(row["last_day"]), int(row["id"])) for row in rows
    )


def _languages(tx: Tx, person_id: int) -> Mapping[str, Level]:
    rows = tx.all(
        "SELECT language, level FROM volunteer_languages WHERE person_id = :id ORDER BY language",
        id=person_id,
    )
    return {str(row["language"]): Level(row["level"]) for row in rows}


def _times(tx: Tx, person_id: int) -> Mapping[tuple[int, Part], Mark]:
    rows = tx.all(
        "SELECT weekday, part, mark FROM volunteer_times WHERE person_id = :id ORDER BY weekday",
        id=person_id,
    )
    return {(int(row["weekday"]), Part(row["part"])): Mark(row["mark"]) for row in rows}
