"""Volunteers whom a colleague asks to take over a task; the task stays until one says yes."""

from dataclasses import dataclass

from bot.domain.appointments import Assignment
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_COLUMNS = "id, assignment_id, request_id, colleague_id, state, answer_by"


@dataclass(frozen=True, slots=True)
class Swap:
    """``answer_by``: UTC epoch seconds. ``state`` is open, yes, no or over (nobody waits for the
    answer any more)."""

    id: int
    assignment_id: int
    request_id: int
    colleague_id: int
    state: str
    answer_by: int


def add(tx: Tx, assignment: Assignment, colleague_id: int, answer_by: int) -> Swap:
    """Raises ``Conflict`` if this colleague was asked before."""
    swap_id = new_id(
        tx,
        "INSERT INTO swaps (assignment_id, request_id, colleague_id, state, answer_by, made_at)"
        " VALUES (:assignment_id, :request_id, :colleague_id, 'open', :answer_by, :now)"
        " RETURNING id",
        assignment_id=assignment.id,
        request_id=assignment.request_id,
        colleague_id=colleague_id,
        answer_by=answer_by,
        now=tx.now,
    )
    return Swap(swap_id, assignment.id, assignment.request_id, colleague_id, "open", answer_by)


def find(tx: Tx, swap_id: int) -> Swap | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM swaps WHERE id = :id", id=swap_id)  # noqa: S608  (our own columns)
    return None if row is None else _swap(row)


def of_assignment(tx: Tx, assignment_id: int) -> list[Swap]:
    """Everybody who was asked, in that order."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM swaps WHERE assignment_id = :id ORDER BY id",  # noqa: S608  (our own columns)
        id=assignment_id,
    )
    return [_swap(row) for row in rows]


def said_no(tx: Tx, request_id: int) -> set[int]:
    """Who does not want to take this task over, whoever had it then."""
    rows = tx.all(
        "SELECT colleague_id FROM swaps WHERE request_id = :id AND state = 'no'", id=request_id
    )
    return {int(row["colleague_id"]) for row in rows}


def settle(tx: Tx, swap_id: int, state: str) -> None:
    tx.run("UPDATE swaps SET state = :state WHERE id = :id", state=state, id=swap_id)


def _swap(row: Row) -> Swap:
    return Swap(
        int(row["id"]),
        int(row["assignment_id"]),
        int(row["request_id"]),
        int(row["colleague_id"]),
        str(row["state"]),
        int(row["answer_by"]),
    )
