"""Assignments: a volunteer bound to a request for a time.

The quarter hours it holds make two at once impossible.
"""

from bot.domain.appointments import Assignment, slots
from bot.domain.requests import HelpRequest
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_COLUMNS = "id, request_id, volunteer_id, starts_at, ends_at, state, revision"


def add(tx: Tx, request: HelpRequest, volunteer_id: int) -> Assignment:
    """Bind a volunteer.

    Raises ``Conflict`` if they are busy at that time or the request has somebody.
    """
    assignment_id = new_id(
        tx,
        "INSERT INTO assignments (request_id, volunteer_id, starts_at, ends_at, state, made_at)"
        " VALUES (:request_id, :volunteer_id, :starts_at, :ends_at, 'active', :now) RETURNING id",
        request_id=request.id,
        volunteer_id=volunteer_id,
        starts_at=request.starts_at,
        ends_at=request.ends_at,
        now=tx.now,
    )
    for slot in slots(request.starts_at, request.ends_at):
        tx.run(
            "INSERT INTO assignment_slots (volunteer_id, slot, assignment_id)"
            " VALUES (:volunteer_id, :slot, :id)",
            volunteer_id=volunteer_id,
            slot=slot,
            id=assignment_id,
        )
    return Assignment(
        assignment_id, request.id, volunteer_id, request.starts_at, request.ends_at, True, 1
    )


def is_busy(tx: Tx, volunteer_id: int, request: HelpRequest) -> bool:
    """Does the volunteer hold any of the quarter hours that the request needs?"""
    held = slots(request.starts_at, request.ends_at)
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM assignment_slots"
            " WHERE volunteer_id = :id AND slot >= :first AND slot < :end",
            id=volunteer_id,
            first=held.start,
            end=held.stop,
        )
    )


def find(tx: Tx, assignment_id: int) -> Assignment | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM assignments WHERE id = :id", id=assignment_id)  # noqa: S608  (our own columns)
    return None if row is None else _assignment(row)


def active_of_request(tx: Tx, request_id: int) -> Assignment | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM assignments WHERE request_id = :id AND state = 'active'",  # noqa: S608  (our own columns)
        id=request_id,
    )
    return None if row is None else _assignment(row)


def active_of_volunteer(tx: Tx, volunteer_id: int) -> list[Assignment]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM assignments WHERE volunteer_id = :id AND state = 'active'"  # noqa: S608  (our own columns)
        " ORDER BY starts_at, id",
        id=volunteer_id,
    )
    return [_assignment(row) for row in rows]


def end(tx: Tx, assignment: Assignment, state: str) -> None:
    """*state*: ``cancelled`` or ``done``. The volunteer's time is free again."""
    tx.run(
        "UPDATE assignments SET state = :state, revision = revision + 1 WHERE id = :id",
        state=state,
        id=assignment.id,
    )
    tx.run("DELETE FROM assignment_slots WHERE assignment_id = :id", id=assignment.id)


def _assignment(row: Row) -> Assignment:
    return Assignment(
        int(row["id"]),
        int(row["request_id"]),
        int(row["volunteer_id"]),
        int(row["starts_at"]),
        int(row["ends_at"]),
        row["state"] == "active",
        int(row["revision"]),
    )
