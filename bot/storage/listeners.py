"""Volunteers who were asked to listen to a request that was only spoken.

Each is asked once, and one at most listens (the database sees to it).
"""

from dataclasses import dataclass

from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_COLUMNS = "id, request_id, volunteer_id, state"


@dataclass(frozen=True, slots=True)
class Listener:
    """``state``: asked, taken (they listen and fill it in), declined or closed."""

    id: int
    request_id: int
    volunteer_id: int
    state: str


def find(tx: Tx, listener_id: int) -> Listener | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM listeners WHERE id = :id", id=listener_id)  # noqa: S608  (our own columns)
    return None if row is None else _listener(row)


def of_request(tx: Tx, request_id: int) -> list[Listener]:
    """In the order they were asked."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM listeners WHERE request_id = :id ORDER BY id",  # noqa: S608  (our own columns)
        id=request_id,
    )
    return [_listener(row) for row in rows]


def ask(tx: Tx, request_id: int, volunteer_id: int) -> Listener:
    """Who was asked before and said nothing is asked once more."""
    listener_id = new_id(
        tx,
        "INSERT INTO listeners (request_id, volunteer_id, state, made_at)"
        " VALUES (:request_id, :volunteer_id, 'asked', :now)"
        " ON CONFLICT (request_id, volunteer_id)"
        " DO UPDATE SET state = 'asked', made_at = excluded.made_at RETURNING id",
        request_id=request_id,
        volunteer_id=volunteer_id,
        now=tx.now,
    )
    return Listener(listener_id, request_id, volunteer_id, "asked")


def settle(tx: Tx, listener_id: int, state: str) -> None:
    """*state*: taken, declined or closed."""
    tx.run("UPDATE listeners SET state = :state WHERE id = :id", state=state, id=listener_id)


def _listener(row: Row) -> Listener:
    return Listener(
        int(row["id"]), int(row["request_id"]), int(row["volunteer_id"]), str(row["state"])
    )
