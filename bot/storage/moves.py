"""Other times for an appointment that one side proposes to the other; one open at most."""

from dataclasses import dataclass

from bot.domain.appointments import Assignment, Side
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_COLUMNS = "id, assignment_id, request_id, side, starts_at, round, state, answer_by"


@dataclass(frozen=True, slots=True)
class TimeMove:
    """``side`` proposes ``starts_at`` and waits for an answer until ``answer_by`` (UTC epoch
    seconds). ``round``: 1, or 2 for a proposal that answers one. ``state`` is open, agreed,
    declined, replaced (by a newer one), expired or over (the appointment has moved on)."""

    id: int
    assignment_id: int
    request_id: int
    side: Side
    starts_at: int
    round: int
    state: str
    answer_by: int


def add(
    tx: Tx, assignment: Assignment, side: Side, starts_at: int, *, round_: int, answer_by: int
) -> TimeMove:
    """Raises ``Conflict`` if one is open."""
    move_id = new_id(
        tx,
        "INSERT INTO moves (assignment_id, request_id, side, starts_at, round, state, answer_by,"
        " made_at) VALUES (:assignment_id, :request_id, :side, :starts_at, :round, 'open',"
        " :answer_by, :now) RETURNING id",
        assignment_id=assignment.id,
        request_id=assignment.request_id,
        side=side.value,
        starts_at=starts_at,
        round=round_,
        answer_by=answer_by,
        now=tx.now,
    )
    return TimeMove(
        move_id,
        assignment.id,
        assignment.request_id,
        side,
        starts_at,
        round_,
        "open",
        answer_by,
    )


def find(tx: Tx, move_id: int) -> TimeMove | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM moves WHERE id = :id", id=move_id)  # noqa: S608  (our own columns)
    return None if row is None else _move(row)


def open_for(tx: Tx, assignment_id: int) -> TimeMove | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM moves WHERE assignment_id = :id AND state = 'open'",  # noqa: S608  (our own columns)
        id=assignment_id,
    )
    return None if row is None else _move(row)


def count(tx: Tx, assignment_id: int, side: Side) -> int:
    """How often this side has proposed another time."""
    return number(
        tx,
        "SELECT count(*) AS n FROM moves WHERE assignment_id = :id AND side = :side",
        id=assignment_id,
        side=side.value,
    )


def settle(tx: Tx, move_id: int, state: str) -> None:
    tx.run("UPDATE moves SET state = :state WHERE id = :id", state=state, id=move_id)


def _move(row: Row) -> TimeMove:
    return TimeMove(
        int(row["id"]),
        int(row["assignment_id"]),
        int(row["request_id"]),
        Side(row["side"]),
        int(row["starts_at"]),
        int(row["round"]),
        str(row["state"]),
        int(row["answer_by"]),
    )
