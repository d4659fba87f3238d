"""Who did not come to an appointment. Nobody is blocked for it: a coordinator talks to them."""

from bot.storage.rows import number
from bot.storage.tx import Tx


def add(tx: Tx, person_id: int, assignment_id: int, happened_at: int) -> bool:
    """True if that was not known (*happened_at*: UTC epoch seconds)."""
    return bool(
        tx.run(
            "INSERT INTO no_shows (person_id, assignment_id, happened_at)"
            " VALUES (:person_id, :assignment_id, :happened_at)"
            " ON CONFLICT (person_id, assignment_id) DO NOTHING",
            person_id=person_id,
            assignment_id=assignment_id,
            happened_at=happened_at,
        )
    )


def remove(tx: Tx, person_id: int, assignment_id: int) -> None:
    """It was not so."""
    tx.run(
        "DELETE FROM no_shows WHERE person_id = :person_id AND assignment_id = :assignment_id",
        person_id=person_id,
        assignment_id=assignment_id,
    )


def count(tx: Tx, person_id: int, since: int) -> int:
    return number(
        tx,
        "SELECT count(*) AS n FROM no_shows WHERE person_id = :id AND happened_at >= :since",
        id=person_id,
        since=since,
    )


def prune(tx: Tx, before: int) -> int:
    return tx.run("DELETE FROM no_shows WHERE happened_at < :before", before=before)
