"""Who has an appointment in a calendar of their own: as a file, or as a feed behind a secret link.

Only a keyed hash of a link's token is stored, so the table opens no feed.
"""

from bot.storage.tx import Tx

_TOKEN = "calendar_feeds.token"


def give_file(tx: Tx, request_id: int, person_id: int, assignment_id: int) -> None:
    """From now on this person gets a file for each change."""
    tx.run(
        "INSERT INTO calendar_files (request_id, person_id, assignment_id)"
        " VALUES (:request_id, :person_id, :assignment_id)"
        " ON CONFLICT (request_id, person_id) DO UPDATE SET assignment_id = excluded.assignment_id",
        request_id=request_id,
        person_id=person_id,
        assignment_id=assignment_id,
    )


def has_file(tx: Tx, request_id: int, person_id: int) -> bool:
    """Of this request's appointment, also of an earlier one that was called off."""
    row = tx.one(
        "SELECT 1 AS n FROM calendar_files WHERE request_id = :request_id AND person_id = :id",
        request_id=request_id,
        id=person_id,
    )
    return row is not None


def holders(tx: Tx, assignment_id: int) -> list[int]:
    """Ids of the people who have a file of this appointment."""
    rows = tx.all(
        "SELECT person_id FROM calendar_files WHERE assignment_id = :id ORDER BY person_id",
        id=assignment_id,
    )
    return [int(row["person_id"]) for row in rows]


def open_feed(tx: Tx, person_id: int, token: str) -> None:
    """The link that was there before stops working."""
    tx.run(
        "INSERT INTO calendar_feeds (person_id, token, made_at) VALUES (:id, :token, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET token = excluded.token, made_at = excluded.made_at",
        id=person_id,
        token=tx.lookup(_TOKEN, token),
        now=tx.now,
    )


def close_feed(tx: Tx, person_id: int) -> None:
    tx.run("DELETE FROM calendar_feeds WHERE person_id = :id", id=person_id)


def has_feed(tx: Tx, person_id: int) -> bool:
    row = tx.one("SELECT 1 AS n FROM calendar_feeds WHERE person_id = :id", id=person_id)
    return row is not None


def person_of_feed(tx: Tx, token: str) -> int | None:
    """Whose link has this token; None for any other."""
    row = tx.one(
        "SELECT person_id FROM calendar_feeds WHERE token = :token", token=tx.lookup(_TOKEN, token)
    )
    return None if row is None else int(row["person_id"])
