"""Offers of a request to volunteers.

Each is made once, and one at most is accepted (the database sees to it).
"""

from dataclasses import dataclass

from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_COLUMNS = "id, request_id, volunteer_id, state, expires_at, pushed_at"


@dataclass(frozen=True, slots=True)
class Offer:
    """``pushed_at``: when the volunteer was written to; None: it waits in their open tasks."""

    id: int
    request_id: int
    volunteer_id: int
    state: str
    expires_at: int
    pushed_at: int | None = None

    @property
    def barred(self) -> bool:
        """The requester wanted somebody else."""
        return self.expires_at == 0


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


def of_volunteer(tx: Tx, request_id: int, volunteer_id: int) -> Offer | None:
    """The offer of this request to this volunteer; there is one at most."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM offers"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND volunteer_id = :volunteer_id",
        request_id=request_id,
        volunteer_id=volunteer_id,
    )
    return None if row is None else _offer(row)


def reopen(tx: Tx, offer_id: int, expires_at: int) -> None:
    """Asked once more."""
    tx.run(
        "UPDATE offers SET state = 'open', expires_at = :expires_at, pushed_at = NULL"
        " WHERE id = :id",
        expires_at=expires_at,
        id=offer_id,
    )


def push(tx: Tx, offer_id: int) -> None:
    """The volunteer is written to; that day is kept whatever becomes of the offer."""
    tx.run("UPDATE offers SET pushed_at = :now WHERE id = :id", now=tx.now, id=offer_id)
    tx.run(
        "UPDATE volunteers SET offered_at = :now"
        " WHERE person_id = (SELECT volunteer_id FROM offers WHERE id = :id)",
        now=tx.now,
        id=offer_id,
    )


def pushed_since(tx: Tx, volunteer_id: int, moment: int) -> bool:
    """Was this volunteer written to about any offer since then?"""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM volunteers"
            " WHERE person_id = :volunteer_id AND offered_at >= :moment",
            volunteer_id=volunteer_id,
            moment=moment,
        )
    )


def open_for(tx: Tx, request_id: int) -> list[Offer]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM offers"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND state = 'open' ORDER BY id",
        request_id=request_id,
    )
    return [_offer(row) for row in rows]


def expired(tx: Tx, request_id: int) -> list[Offer]:
    """Open offers of a request whose time to answer is over."""
    return [offer for offer in open_for(tx, request_id) if offer.expires_at <= tx.now]


def of_request(tx: Tx, request_id: int) -> list[Offer]:
    """Everybody who was asked, in that order."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM offers WHERE request_id = :request_id ORDER BY id",  # noqa: S608  (our own columns)
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


def bar(tx: Tx, request_id: int, volunteer_id: int) -> None:
    """Not even an old button brings this volunteer back to this request."""
    tx.run(
        "UPDATE offers SET expires_at = 0"
        " WHERE request_id = :request_id AND volunteer_id = :volunteer_id",
        request_id=request_id,
        volunteer_id=volunteer_id,
    )


def barred_of_series(tx: Tx, series_id: int) -> set[int]:
    """Volunteers who have left help every week before."""
    rows = tx.all(
        "SELECT DISTINCT o.volunteer_id FROM offers o JOIN help_requests r ON r.id = o.request_id"
        " WHERE (r.series_id = :id OR r.id = :id) AND o.expires_at = 0",
        id=series_id,
    )
    return {int(row["volunteer_id"]) for row in rows}


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
        row["pushed_at"],
    )
