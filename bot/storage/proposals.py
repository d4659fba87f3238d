"""Times that a volunteer offers for a request without one, and who does so."""

from dataclasses import dataclass

from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_PLACE = "proposals.place"
_COLUMNS = "id, request_id, volunteer_id, starts_at, place, state"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``starts_at``: UTC epoch seconds; ``place``: where to meet, empty if not said; ``state`` is
    open, chosen or refused."""

    id: int
    request_id: int
    volunteer_id: int
    starts_at: int
    place: str
    state: str


def add(
    tx: Tx, *, request_id: int, volunteer_id: int, starts_at: int, place: str, round_: int
) -> Proposal:
    """*round_*: the first time that times are offered is 1."""
    proposal_id = new_id(
        tx,
        "INSERT INTO proposals (request_id, volunteer_id, starts_at, round, place, state, made_at)"
        " VALUES (:request_id, :volunteer_id, :starts_at, :round, :place, 'open', :now)"
        " RETURNING id",
        request_id=request_id,
        volunteer_id=volunteer_id,
        starts_at=starts_at,
        round=round_,
        place=tx.seal(_PLACE, place) if place else None,
        now=tx.now,
    )
    return Proposal(proposal_id, request_id, volunteer_id, starts_at, place, "open")


def find(tx: Tx, proposal_id: int) -> Proposal | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM proposals WHERE id = :id", id=proposal_id)  # noqa: S608  (our own columns)
    return None if row is None else _proposal(tx, row)


def open_for(tx: Tx, request_id: int) -> list[Proposal]:
    """Those that can be chosen now, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM proposals"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND state = 'open' ORDER BY starts_at, id",
        request_id=request_id,
    )
    return [_proposal(tx, row) for row in rows]


def settle(tx: Tx, proposal_id: int, state: str) -> None:
    """*state*: ``chosen`` or ``refused``."""
    tx.run("UPDATE proposals SET state = :state WHERE id = :id", state=state, id=proposal_id)


def refuse_open(tx: Tx, request_id: int) -> int:
    """None of those that were open can be chosen any more; how many there were."""
    return tx.run(
        "UPDATE proposals SET state = 'refused' WHERE request_id = :id AND state = 'open'",
        id=request_id,
    )


def rounds(tx: Tx, request_id: int) -> int:
    """How often times have been offered for it, those that were withdrawn aside."""
    return number(
        tx,
        "SELECT coalesce(max(round), 0) AS n FROM proposals WHERE request_id = :id",
        id=request_id,
    )


def withdraw_open(tx: Tx, request_id: int) -> None:
    """The volunteer offers others instead, as if these had never been."""
    tx.run("DELETE FROM proposals WHERE request_id = :id AND state = 'open'", id=request_id)


def was_agreed(tx: Tx, request_id: int) -> bool:
    """The request's time is one that a volunteer had offered."""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM proposals WHERE request_id = :id AND state = 'chosen'",
            id=request_id,
        )
    )


def forget_of_request(tx: Tx, request_id: int) -> None:
    """Nobody offers times for it any more."""
    tx.run("DELETE FROM proposals WHERE request_id = :id", id=request_id)


def volunteer_of(tx: Tx, request_id: int) -> int | None:
    """The volunteer who said yes to a request."""
    row = tx.one(
        "SELECT volunteer_id FROM offers WHERE request_id = :id AND state = 'accepted'",
        id=request_id,
    )
    return None if row is None else int(row["volunteer_id"])


def agreeing_with(tx: Tx, volunteer_id: int) -> list[int]:
    """Ids of the requests that this volunteer is to find a time for, oldest first."""
    rows = tx.all(
        "SELECT r.id FROM help_requests r JOIN offers o ON o.request_id = r.id"
        " WHERE o.volunteer_id = :id AND o.state = 'accepted' AND r.state = 'agreeing'"
        " ORDER BY r.id",
        id=volunteer_id,
    )
    return [int(row["id"]) for row in rows]


def _proposal(tx: Tx, row: Row) -> Proposal:
    place = "" if row["place"] is None else str(tx.unseal(_PLACE, row["place"]))
    return Proposal(
        int(row["id"]),
        int(row["request_id"]),
        int(row["volunteer_id"]),
        int(row["starts_at"]),
        place,
        str(row["state"]),
    )
