"""What the clock will do: rows with a due time, claimed by a tick. One row per (kind, subject)."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.storage.rows import number
from bot.storage.tx import Tx

#: After so many failed attempts a row is parked for the operator, and the rest goes on.
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Due:
    id: int
    kind: str
    subject: int
    due_at: int
    attempts: int = 0


def put(tx: Tx, kind: str, subject: int, due_at: int) -> None:
    """*kind* happens to *subject* at *due_at* (UTC epoch seconds).

    An earlier plan for the same is replaced.
    """
    tx.run(
        "INSERT INTO due (kind, subject, due_at) VALUES (:kind, :subject, :due_at)"
        " ON CONFLICT (kind, subject)"
        " DO UPDATE SET due_at = excluded.due_at, attempts = 0, parked = 0",
        kind=kind,
        subject=subject,
        due_at=due_at,
    )


def cancel(tx: Tx, subject: int, kinds: Sequence[str]) -> None:
    for kind in kinds:
        tx.run(
            "DELETE FROM due WHERE kind = :kind AND subject = :subject", kind=kind, subject=subject
        )


def upcoming(tx: Tx, limit: int, until: int | None = None) -> list[Due]:
    """The next rows due at *until* or before (now, if not told otherwise), oldest first."""
    rows = tx.all(
        "SELECT id, kind, subject, due_at, attempts FROM due WHERE parked = 0 AND due_at <= :until"
        " ORDER BY due_at, id LIMIT :limit",
        until=tx.now if until is None else until,
        limit=limit,
    )
    return [
        Due(
            int(row["id"]),
            str(row["kind"]),
            int(row["subject"]),
            int(row["due_at"]),
            int(row["attempts"]),
        )
        for row in rows
    ]


def take(tx: Tx, row: Due) -> bool:
    """Claim *row* in the commit that does its work.

    False if it was moved, cancelled or done meanwhile.
    """
    return bool(
        tx.run("DELETE FROM due WHERE id = :id AND due_at = :due_at", id=row.id, due_at=row.due_at)
    )


def failed(tx: Tx, row: Due) -> bool:
    """Its work raised: try again in a while (1, 2, 4, 8 minutes). True if the row is parked now.

    A row that was planned anew meanwhile keeps its new plan.
    """
    parked = row.attempts + 1 >= MAX_ATTEMPTS
    changed = tx.run(
        "UPDATE due SET attempts = attempts + 1, parked = :parked, due_at = :later"
        " WHERE id = :id AND due_at = :due_at",
        parked=int(parked),
        later=tx.now + 60 * 2**row.attempts,
        id=row.id,
        due_at=row.due_at,
    )
    return parked and bool(changed)


def waiting(tx: Tx) -> int:
    return number(tx, "SELECT count(*) AS n FROM due WHERE parked = 0")
