"""Protected cases: somebody said that something was wrong. Only coordinators ever read them."""

from dataclasses import dataclass

from bot.domain.appointments import Side
from bot.messages import Json
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_CONTENT, _NOTE = "cases.content", "cases.note"
_COLUMNS = (
    "id, request_id, assignment_id, requester_id, volunteer_id, said_by, content, state,"
    " claimed_by, made_at"
)


@dataclass(frozen=True, slots=True)
class Case:
    """``said_by``: which of the two said it, with their *words* and *voice* (a file id), both may
    be empty. ``state`` is open, claimed or closed. ``made_at``: UTC epoch seconds."""

    id: int
    request_id: int
    assignment_id: int
    requester_id: int
    volunteer_id: int
    said_by: Side
    state: str
    claimed_by: int | None
    made_at: int
    words: str = ""
    voice: str = ""

    @property
    def reporter_id(self) -> int:
        return self.requester_id if self.said_by is Side.REQUESTER else self.volunteer_id

    @property
    def other_id(self) -> int:
        return self.volunteer_id if self.said_by is Side.REQUESTER else self.requester_id


def add(
    tx: Tx,
    *,
    request_id: int,
    assignment_id: int,
    requester_id: int,
    volunteer_id: int,
    said_by: Side,
) -> Case:
    case_id = new_id(
        tx,
        "INSERT INTO cases (request_id, assignment_id, requester_id, volunteer_id, said_by, state,"
        " made_at) VALUES (:request_id, :assignment_id, :requester_id, :volunteer_id, :said_by,"
        " 'open', :now) RETURNING id",
        request_id=request_id,
        assignment_id=assignment_id,
        requester_id=requester_id,
        volunteer_id=volunteer_id,
        said_by=said_by.value,
        now=tx.now,
    )
    return Case(
        case_id,
        request_id,
        assignment_id,
        requester_id,
        volunteer_id,
        said_by,
        "open",
        None,
        tx.now,
    )


def find(tx: Tx, case_id: int) -> Case | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM cases WHERE id = :id", id=case_id)  # noqa: S608  (our own columns)
    return None if row is None else _case(tx, row)


def unfinished(tx: Tx) -> list[Case]:
    """Oldest first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM cases WHERE state <> 'closed' ORDER BY id")  # noqa: S608  (our own columns)
    return [_case(tx, row) for row in rows]


def unfinished_about(tx: Tx, assignment_id: int, said_by: Side) -> Case | None:
    """What one side has said about an appointment, if nobody has closed it."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM cases WHERE assignment_id = :id AND said_by = :said_by"  # noqa: S608  (our own columns)
        " AND state <> 'closed' ORDER BY id",
        id=assignment_id,
        said_by=said_by.value,
    )
    return None if row is None else _case(tx, row)


def any_between(tx: Tx, one_id: int, other_id: int) -> bool:
    """Is a case between them open, whoever of them asked and whoever helped?"""
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM cases WHERE state <> 'closed'"
            " AND (requester_id = :one AND volunteer_id = :other"
            " OR requester_id = :other AND volunteer_id = :one)",
            one=one_id,
            other=other_id,
        )
    )


def say(tx: Tx, case_id: int, *, words: str, voice: str) -> None:
    """What the person says about it."""
    content: Json = {"words": words, "voice": voice}
    tx.run(
        "UPDATE cases SET content = :content WHERE id = :id",
        content=tx.seal(_CONTENT, content),
        id=case_id,
    )


def give_back(tx: Tx, coordinator_id: int) -> list[Case]:
    """What somebody has taken and not finished waits for everybody again; what it was."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM cases WHERE claimed_by = :by AND state = 'claimed' ORDER BY id",  # noqa: S608  (our own columns)
        by=coordinator_id,
    )
    tx.run(
        "UPDATE cases SET state = 'open', claimed_by = NULL"
        " WHERE claimed_by = :by AND state = 'claimed'",
        by=coordinator_id,
    )
    return [_case(tx, row) for row in rows]


def claim(tx: Tx, case_id: int, coordinator_id: int) -> None:
    tx.run(
        "UPDATE cases SET state = 'claimed', claimed_by = :by WHERE id = :id AND state <> 'closed'",
        by=coordinator_id,
        id=case_id,
    )


def close(tx: Tx, case_id: int, outcome: str, note: str) -> None:
    """*outcome*: ``fine`` or ``apart``; *note*: what came of it, in a coordinator's words."""
    tx.run(
        "UPDATE cases SET state = 'closed', outcome = :outcome, note = :note, closed_at = :now"
        " WHERE id = :id",
        outcome=outcome,
        note=tx.seal(_NOTE, note) if note else None,
        now=tx.now,
        id=case_id,
    )


def prune(tx: Tx, closed_before: int) -> int:
    """Delete what was closed before then; how many."""
    return tx.run(
        "DELETE FROM cases WHERE state = 'closed' AND closed_at < :before", before=closed_before
    )


def _case(tx: Tx, row: Row) -> Case:
    content = {} if row["content"] is None else tx.unseal(_CONTENT, row["content"])
    said = content if isinstance(content, dict) else {}
    return Case(
        int(row["id"]),
        int(row["request_id"]),
        int(row["assignment_id"]),
        int(row["requester_id"]),
        int(row["volunteer_id"]),
        Side(row["said_by"]),
        str(row["state"]),
        row["claimed_by"],
        int(row["made_at"]),
        str(said.get("words", "")),
        str(said.get("voice", "")),
    )
