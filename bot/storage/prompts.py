"""What people are asked after an appointment: one question at a time, the next one waits."""

from dataclasses import dataclass

from bot.domain.appointments import Side
from bot.storage.tx import Row, Tx

_COLUMNS = "id, person_id, assignment_id, side, state"


@dataclass(frozen=True, slots=True)
class Prompt:
    """``state`` is waiting, open, nudged (asked a second time) or over."""

    id: int
    person_id: int
    assignment_id: int
    side: Side
    state: str


def add(tx: Tx, person_id: int, assignment_id: int, side: Side) -> None:
    """Once for each side of an appointment."""
    tx.run(
        "INSERT INTO prompts (person_id, assignment_id, side, state, made_at)"
        " VALUES (:person_id, :assignment_id, :side, 'waiting', :now)"
        " ON CONFLICT (assignment_id, side) DO NOTHING",
        person_id=person_id,
        assignment_id=assignment_id,
        side=side.value,
        now=tx.now,
    )


def find(tx: Tx, prompt_id: int) -> Prompt | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM prompts WHERE id = :id", id=prompt_id)  # noqa: S608  (our own columns)
    return None if row is None else _prompt(row)


def about(tx: Tx, assignment_id: int, side: Side) -> Prompt | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM prompts WHERE assignment_id = :id AND side = :side",  # noqa: S608  (our own columns)
        id=assignment_id,
        side=side.value,
    )
    return None if row is None else _prompt(row)


def open_of(tx: Tx, person_id: int) -> Prompt | None:
    """What this person is being asked."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM prompts WHERE person_id = :id"  # noqa: S608  (our own columns)
        " AND state IN ('open', 'nudged') ORDER BY id",
        id=person_id,
    )
    return None if row is None else _prompt(row)


def next_of(tx: Tx, person_id: int) -> Prompt | None:
    """What this person will be asked next."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM prompts WHERE person_id = :id AND state = 'waiting'"  # noqa: S608  (our own columns)
        " ORDER BY id",
        id=person_id,
    )
    return None if row is None else _prompt(row)


def set_state(tx: Tx, prompt_id: int, state: str) -> None:
    tx.run("UPDATE prompts SET state = :state WHERE id = :id", state=state, id=prompt_id)


def prune(tx: Tx, before: int) -> int:
    """Delete what was asked before then; how many."""
    return tx.run("DELETE FROM prompts WHERE made_at < :before AND state = 'over'", before=before)


def _prompt(row: Row) -> Prompt:
    return Prompt(
        int(row["id"]),
        int(row["person_id"]),
        int(row["assignment_id"]),
        Side(row["side"]),
        str(row["state"]),
    )
