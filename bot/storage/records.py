"""What volunteers did: their activity record line by line, and the months these belong to.

A line outlives its request and whoever helped: the office has to answer for it. It says nothing
about whom it was for.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from bot.domain.county import LifeArea
from bot.domain.records import Facts, Record, Source, Status, facts_of
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx, Value

_REASON = "record_changes.reason"
_FACTS = "starts_at, ends_at, place, category, life_area, language, adults, children, km"
_COLUMNS = f"id, volunteer_id, source, month, status, {_FACTS}"


@dataclass(frozen=True, slots=True)
class MonthOf:
    """One volunteer's month in sums. ``complete_at``: when they said that nothing is missing."""

    volunteer_id: int
    lines: int
    minutes: int
    people: int
    km: int
    unchecked: int
    complete_at: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A volunteer who is asked whether a month is complete."""

    id: int
    volunteer_id: int
    month: str
    complete_at: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in a closed month. ``before``, ``after``: :class:`Facts` by their names,
    empty where there was no line."""

    record_id: int
    at: int
    by: int
    reason: str
    before: Mapping[str, object]
    after: Mapping[str, object]


# --- lines ----------------------------------------------------------------------------------------


def add(
    tx: Tx,
    volunteer_id: int,
    source: Source,
    month: str,
    facts: Facts,
    *,
    assignment_id: int | None = None,
    meetup_id: int | None = None,
    status: Status = Status.RECORDED,
) -> Record | None:
    """A new line; None if this assignment, or this volunteer at this meetup, has one already."""
    row = tx.one(
        "INSERT INTO records"  # noqa: S608  (our own columns)
        " (volunteer_id, source, assignment_id, meetup_id, starts_at, ends_at,"
        " month, place, category, life_area, language, adults, children, km, status, made_at)"
        " VALUES (:volunteer_id, :source, :assignment_id, :meetup_id, :starts_at, :ends_at, :month,"
        " :place, :category, :life_area, :language, :adults, :children, :km, :status, :now)"
        f" ON CONFLICT DO NOTHING RETURNING {_COLUMNS}",
        volunteer_id=volunteer_id,
        source=source.value,
        assignment_id=assignment_id,
        meetup_id=meetup_id,
        month=month,
        status=status.value,
        now=tx.now,
        **_values(facts),
    )
    return None if row is None else _record(row)


def find(tx: Tx, record_id: int) -> Record | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM records WHERE id = :id", id=record_id)  # noqa: S608  (our own columns)
    return None if row is None else _record(row)


def of_assignment(tx: Tx, assignment_id: int) -> Record | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM records WHERE assignment_id = :id",  # noqa: S608  (our own columns)
        id=assignment_id,
    )
    return None if row is None else _record(row)


def assignment_of(tx: Tx, record_id: int) -> int | None:
    """The appointment a line was made for; None for others."""
    row = tx.one("SELECT assignment_id FROM records WHERE id = :id", id=record_id)
    return None if row is None else row["assignment_id"]


def of_volunteer(tx: Tx, volunteer_id: int, month: str) -> list[Record]:
    """In the order of time, as all lists here."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM records WHERE volunteer_id = :id AND month = :month"  # noqa: S608  (our own columns)
        " ORDER BY starts_at, id",
        id=volunteer_id,
        month=month,
    )
    return [_record(row) for row in rows]


def of_month(tx: Tx, month: str) -> list[Record]:
    """Everybody's."""
    return between(tx, month, month)


def between(tx: Tx, first_month: str, last_month: str) -> list[Record]:
    """Everybody's from the first to the last month, both included."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM records WHERE month BETWEEN :first AND :last"  # noqa: S608  (our own columns)
        " ORDER BY starts_at, id",
        first=first_month,
        last=last_month,
    )
    return [_record(row) for row in rows]


def change(tx: Tx, record_id: int, month: str, facts: Facts, status: Status) -> None:
    tx.run(
        "UPDATE records SET starts_at = :starts_at, ends_at = :ends_at, month = :month,"
        " place = :place, category = :category, life_area = :life_area, language = :language,"
        " adults = :adults, children = :children, km = :km, status = :status WHERE id = :id",
        id=record_id,
        month=month,
        status=status.value,
        **_values(facts),
    )


def remove(tx: Tx, record_id: int) -> None:
    tx.run("DELETE FROM records WHERE id = :id", id=record_id)


def remove_of_meetup(tx: Tx, meetup_id: int, volunteer_id: int) -> None:
    """They did not come after all; a line of a closed month stays."""
    tx.run(
        "DELETE FROM records WHERE meetup_id = :meetup_id AND volunteer_id = :volunteer_id"
        " AND status <> 'closed'",
        meetup_id=meetup_id,
        volunteer_id=volunteer_id,
    )


def take_over(tx: Tx, source: int, target: int) -> None:
    """*source* turned out to be *target*, whom we know already."""
    tx.run(
        "UPDATE records SET volunteer_id = :target WHERE volunteer_id = :source",
        source=source,
        target=target,
    )
    tx.run(
        "DELETE FROM record_months WHERE volunteer_id = :source AND month IN"
        " (SELECT month FROM record_months WHERE volunteer_id = :target)",
        source=source,
        target=target,
    )
    tx.run(
        "UPDATE record_months SET volunteer_id = :target WHERE volunteer_id = :source",
        source=source,
        target=target,
    )


# --- months ---------------------------------------------------------------------------------------


def counts(tx: Tx, month: str) -> list[MonthOf]:
    """Everybody who has at least one line in that month."""
    rows = tx.all(
        "SELECT r.volunteer_id, count(*) AS lines,"
        " CAST(sum((r.ends_at - r.starts_at) / 60) AS BIGINT) AS minutes,"
        " CAST(sum(r.adults + r.children) AS BIGINT) AS people, CAST(sum(r.km) AS BIGINT) AS km,"
        " CAST(sum(CASE WHEN r.status = 'recorded' THEN 1 ELSE 0 END) AS BIGINT) AS unchecked,"
        " min(m.complete_at) AS complete_at FROM records r LEFT JOIN record_months m"
        " ON m.volunteer_id = r.volunteer_id AND m.month = r.month WHERE r.month = :month"
        " GROUP BY r.volunteer_id ORDER BY r.volunteer_id",
        month=month,
    )
    return [
        MonthOf(
            int(row["volunteer_id"]),
            int(row["lines"]),
            int(row["minutes"]),
            int(row["people"]),
            int(row["km"]),
            int(row["unchecked"]),
            row["complete_at"],
        )
        for row in rows
    ]


def check(tx: Tx, volunteer_id: int, month: str) -> int:
    """A coordinator has looked at the volunteer's lines of this month; how many were new."""
    return tx.run(
        "UPDATE records SET status = 'checked' WHERE volunteer_id = :id AND month = :month"
        " AND status = 'recorded'",
        id=volunteer_id,
        month=month,
    )


def close_month(tx: Tx, month: str, by: int) -> bool:
    """All its lines are closed; False if it was closed before."""
    row = tx.one(
        "INSERT INTO closed_months (month, closed_at, closed_by) VALUES (:month, :now, :by)"
        " ON CONFLICT (month) DO NOTHING RETURNING month",
        month=month,
        now=tx.now,
        by=by,
    )
    tx.run("UPDATE records SET status = 'closed' WHERE month = :month", month=month)
    return row is not None


def is_closed(tx: Tx, month: str) -> bool:
    return bool(
        number(tx, "SELECT count(*) AS n FROM closed_months WHERE month = :month", month=month)
    )


def ask_about(tx: Tx, volunteer_id: int, month: str) -> Asked | None:
    """The volunteer will be asked about this month; None if that was planned before."""
    row = tx.one(
        "INSERT INTO record_months (volunteer_id, month) VALUES (:id, :month)"
        " ON CONFLICT DO NOTHING RETURNING id, volunteer_id, month, complete_at",
        id=volunteer_id,
        month=month,
    )
    return None if row is None else _asked(row)


def asked(tx: Tx, asked_id: int) -> Asked | None:
    row = tx.one(
        "SELECT id, volunteer_id, month, complete_at FROM record_months WHERE id = :id", id=asked_id
    )
    return None if row is None else _asked(row)


def asked_about(tx: Tx, volunteer_id: int, month: str) -> Asked | None:
    row = tx.one(
        "SELECT id, volunteer_id, month, complete_at FROM record_months"
        " WHERE volunteer_id = :id AND month = :month",
        id=volunteer_id,
        month=month,
    )
    return None if row is None else _asked(row)


def is_complete(tx: Tx, volunteer_id: int, month: str) -> bool:
    """Did the volunteer say that nothing is missing?"""
    found = asked_about(tx, volunteer_id, month)
    return found is not None and found.complete_at is not None


def complete(tx: Tx, asked_id: int) -> None:
    """They say that nothing is missing."""
    tx.run(
        "UPDATE record_months SET complete_at = :now WHERE id = :id AND complete_at IS NULL",
        now=tx.now,
        id=asked_id,
    )


# --- changes in closed months ---------------------------------------------------------------------


def note_change(
    tx: Tx, record_id: int, by: int, reason: str, before: Record | None, after: Record | None
) -> None:
    """What a coordinator changed in a closed month, and why."""
    new_id(
        tx,
        "INSERT INTO record_changes (record_id, at, changed_by, reason, facts_before, facts_after)"
        " VALUES (:record_id, :now, :by, :reason, :before, :after) RETURNING id",
        record_id=record_id,
        now=tx.now,
        by=by,
        reason=tx.seal(_REASON, reason),
        before=_json(before),
        after=_json(after),
    )


def changes_of(tx: Tx, record_id: int) -> list[Change]:
    """Oldest first."""
    rows = tx.all(
        "SELECT record_id, at, changed_by, reason, facts_before, facts_after FROM record_changes"
        " WHERE record_id = :id ORDER BY id",
        id=record_id,
    )
    return [
        Change(
            int(row["record_id"]),
            int(row["at"]),
            int(row["changed_by"]),
            str(tx.unseal(_REASON, row["reason"])),
            json.loads(row["facts_before"] or "{}"),
            json.loads(row["facts_after"] or "{}"),
        )
        for row in rows
    ]


def _values(facts: Facts) -> dict[str, Value]:
    area = facts.life_area
    return {
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "place": facts.place,
        "category": facts.category,
        "life_area": None if area is None else area.value,
        "language": facts.language,
        "adults": facts.adults,
        "children": facts.children,
        "km": facts.km,
    }


def _json(record: Record | None) -> str:
    return "" if record is None else json.dumps(asdict(facts_of(record)), ensure_ascii=False)


def _asked(row: Row) -> Asked:
    return Asked(int(row["id"]), int(row["volunteer_id"]), str(row["month"]), row["complete_at"])


def _record(row: Row) -> Record:
    area = row["life_area"]
    return Record(
        id=int(row["id"]),
        volunteer_id=int(row["volunteer_id"]),
        source=Source(row["source"]),
        starts_at=int(row["starts_at"]),
        ends_at=int(row["ends_at"]),
        month=str(row["month"]),
        place=str(row["place"]),
        category=str(row["category"]),
        life_area=None if area is None else LifeArea(area),
        language=str(row["language"]),
        adults=int(row["adults"]),
        children=int(row["children"]),
        km=int(row["km"]),
        status=Status(row["status"]),
    )
