"""Who did not come to an appointment. Nobody is blocked for it: a coordinator talks to them."""

from bot.storage.rows import number
from bot.storage.tx import Tx


def add(tx: Tx, person_id: int, assignment_id: int, delete_at: int) -> bool:
    """True if that was not known. *delete_at*: until when it counts (UTC epoch seconds)."""
    return bool(
        tx.run(
            "INSERT INTO no_shows (person_id, assignment_id, delete_at)"
            " VALUES (:person_id, :assignment_id, :delete_at)"
            " ON CONFLICT (person_id, assignment_id) DO NOTHING",
            person_id=person_id,
            assignment_id=assignment_id,
            delete_at=delete_at,
        )
    )


def remove(tx: Tx, person_id: int, assignment_id: int) -> None:
    """It was not so."""
    tx.run(
        "DELETE FROM no_shows WHERE person_id = :person_id AND assignment_id = :assignment_id",
        person_id=person_id,
        assignment_id=assignment_id,
    )


def count(tx: Tx, person_id: int) -> int:
    """How many count."""
    return number(
        tx,
        "SELECT count(*) AS n FROM no_shows WHERE person_id = :id AND delete_at > :now",
        id=person_id,
        now=tx.now,
    )


def prune(tx: Tx) -> int:
    """Delete what counts no longer; how many."""
    return tx.run("DELETE FROM no_shows WHERE delete_at <= :now", now=tx.now)
