"""How volunteers are the day after a hard task: asked once for each."""

from dataclasses import dataclass

from bot.storage.rows import number
from bot.storage.tx import Row, Tx

_COLUMNS = "assignment_id, person_id, state"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """``state`` is open, good, talk or over (nobody answered)."""

    assignment_id: int
    person_id: int
    state: str


def add(tx: Tx, assignment_id: int, person_id: int) -> None:
    tx.run(
        "INSERT INTO check_ins (assignment_id, person_id, state, made_at)"
        " VALUES (:assignment_id, :person_id, 'open', :now)"
        " ON CONFLICT (assignment_id) DO NOTHING",
        assignment_id=assignment_id,
        person_id=person_id,
        now=tx.now,
    )


def find(tx: Tx, assignment_id: int) -> CheckIn | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM check_ins WHERE assignment_id = :id",  # noqa: S608  (our own columns)
        id=assignment_id,
    )
    return None if row is None else _check_in(row)


def open_of(tx: Tx, person_id: int) -> CheckIn | None:
    """What this person is being asked."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM check_ins WHERE person_id = :id AND state = 'open'",  # noqa: S608  (our own columns)
        id=person_id,
    )
    return None if row is None else _check_in(row)


def asked_since(tx: Tx, person_id: int, moment: int) -> bool:
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM check_ins WHERE person_id = :id AND made_at > :moment",
            id=person_id,
            moment=moment,
        )
    )


def say(tx: Tx, assignment_id: int, state: str) -> None:
    tx.run(
        "UPDATE check_ins SET state = :state WHERE assignment_id = :id",
        state=state,
        id=assignment_id,
    )


def prune(tx: Tx, before: int) -> int:
    return tx.run("DELETE FROM check_ins WHERE made_at < :before", before=before)


def _check_in(row: Row) -> CheckIn:
    return CheckIn(int(row["assignment_id"]), int(row["person_id"]), str(row["state"]))
