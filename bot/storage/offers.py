"""Offers of a request to volunteers.

Each is made once, and one at most is accepted (the database sees to it).
"""

from dataclasses import dataclass

from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_COLUMNS = "id, request_id, volunteer_id, state, expires_at"


@dataclass(frozen=True, slots=True)
class Offer:
    id: int
    request_id: int
    volunteer_id: int
    state: str
    expires_at: int


def add(tx: Tx, *, request_id: int, volunteer_id: int, expires_at: int) -> Offer:
    offer_id = new_id(
        tx,
        "INSERT INTO offers (request_id, volunteer_id, state, made_at, expires_at)"
        " VALUES (:request_id, :volunteer_id, 'open', :now, :expires_at) RETURNING id",
        request_id=request_id,
        volunteer_id=volunteer_id,
        expires_at=expires_at,
        now=tx.now,
    )
    return Offer(offer_id, request_id, volunteer_id, "open", expires_at)


def find(tx: Tx, offer_id: int) -> Offer | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM offers WHERE id = :id", id=offer_id)  # noqa: S608  (our own columns)
    return None if row is None else _offer(row)


def open_for(tx: Tx, request_id: int) -> list[Offer]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM offers"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND state = 'open' ORDER BY id",
        request_id=request_id,
    )
    return [_offer(row) for row in rows]


def unanswered(tx: Tx, request_id: int) -> list[Offer]:
    """Offers of a request that nobody has answered, in time (open) or at all (closed)."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM offers"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND state IN ('open', 'closed') ORDER BY id",
        request_id=request_id,
    )
    return [_offer(row) for row in rows]


def open_of_volunteer(tx: Tx, volunteer_id: int) -> list[Offer]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM offers"  # noqa: S608  (our own columns)
        " WHERE volunteer_id = :volunteer_id AND state = 'open' ORDER BY id",
        volunteer_id=volunteer_id,
    )
    return [_offer(row) for row in rows]


def settle(tx: Tx, offer_id: int, state: str) -> None:
    """Set the offer's *state*: ``accepted``, ``declined`` or ``closed``.

    Raises ``Conflict`` for a second accepted offer of a request.
    """
    tx.run("UPDATE offers SET state = :state WHERE id = :id", state=state, id=offer_id)


def is_open(tx: Tx, offer_id: int) -> bool:
    return bool(
        number(
            tx, "SELECT count(*) AS n FROM offers WHERE id = :id AND state = 'open'", id=offer_id
        )
    )


def release(tx: Tx, request_id: int, volunteer_id: int) -> None:
    """The accepted offer is given back.

    Somebody else may accept, this volunteer is not asked again.
    """
    tx.run(
        "UPDATE offers SET state = 'declined'"
        " WHERE request_id = :request_id AND volunteer_id = :volunteer_id",
        request_id=request_id,
        volunteer_id=volunteer_id,
    )


def forget_unanswered(tx: Tx, request_id: int) -> None:
    """Who never answered may be asked once more; a real no stays."""
    tx.run(
        "DELETE FROM offers WHERE request_id = :request_id AND state = 'closed'",
        request_id=request_id,
    )


def _offer(row: Row) -> Offer:
    return Offer(
        int(row["id"]),
        int(row["request_id"]),
        int(row["volunteer_id"]),
        str(row["state"]),
        int(row["expires_at"]),
    )
