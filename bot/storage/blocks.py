"""People who ask for nothing and are offered nothing for a while."""

from dataclasses import dataclass

from bot.storage.rows import number
from bot.storage.tx import Row, Tx

_REASON = "blocks.reason"
_COLUMNS = "person_id, until, reason, blocked_by"


@dataclass(frozen=True, slots=True)
class Block:
    """``until``: the first day (ISO) it is over. ``reason``: a coordinator's words, for
    coordinators only."""

    person_id: int
    until: str
    reason: str
    blocked_by: int | None


def put(tx: Tx, person_id: int, *, until: str, reason: str, by: int) -> None:
    """From now on; a second one takes the place of the first."""
    tx.run(
        "INSERT INTO blocks (person_id, until, reason, blocked_by, made_at)"
        " VALUES (:person_id, :until, :reason, :by, :now) ON CONFLICT (person_id)"
        " DO UPDATE SET until = excluded.until, reason = excluded.reason,"
        " blocked_by = excluded.blocked_by, made_at = excluded.made_at",
        person_id=person_id,
        until=until,
        reason=tx.seal(_REASON, reason) if reason else None,
        by=by,
        now=tx.now,
    )


def lift(tx: Tx, person_id: int) -> bool:
    """It is over. False if there was none."""
    return bool(tx.run("DELETE FROM blocks WHERE person_id = :id", id=person_id))


def is_blocked(tx: Tx, person_id: int) -> bool:
    return bool(number(tx, "SELECT count(*) AS n FROM blocks WHERE person_id = :id", id=person_id))


def find(tx: Tx, person_id: int) -> Block | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM blocks WHERE person_id = :id", id=person_id)  # noqa: S608  (our own columns)
    return None if row is None else _block(tx, row)


def everybody(tx: Tx) -> list[Block]:
    """The one that ends first comes first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM blocks ORDER BY until, person_id")  # noqa: S608  (our own columns)
    return [_block(tx, row) for row in rows]


def _block(tx: Tx, row: Row) -> Block:
    reason = "" if row["reason"] is None else str(tx.unseal(_REASON, row["reason"]))
    return Block(int(row["person_id"]), str(row["until"]), reason, row["blocked_by"])
