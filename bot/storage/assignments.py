"""Assignments: a volunteer bound to a request for a time.

The quarter hours it holds make two at once impossible.
"""

from bot.domain.appointments import Assignment, Outcome, Said, Side, slots
from bot.domain.requests import HelpRequest
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_PLACE = "assignments.place"
_COLUMNS = (
    "id, request_id, volunteer_id, starts_at, ends_at, state, revision, place, requester_says,"
    " volunteer_says, outcome, minutes"
)


def add(tx: Tx, request: HelpRequest, volunteer_id: int, place: str = "") -> Assignment:
    """Bind a volunteer. *place*: where the two agreed to meet.

    Raises ``Conflict`` if they are busy at that time or the request has somebody.
    """
    starts_at, ends_at = request.time
    assignment_id = new_id(
        tx,
        "INSERT INTO assignments (request_id, volunteer_id, starts_at, ends_at, state, place,"
        " made_at) VALUES (:request_id, :volunteer_id, :starts_at, :ends_at, 'active', :place,"
        " :now) RETURNING id",
        request_id=request.id,
        volunteer_id=volunteer_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=tx.seal(_PLACE, place) if place else None,
        now=tx.now,
    )
    _hold_time(tx, assignment_id, volunteer_id, starts_at, ends_at)
    return Assignment(
        assignment_id, request.id, volunteer_id, starts_at, ends_at, True, 1, place=place
    )


def reschedule(tx: Tx, assignment: Assignment, request: HelpRequest) -> Assignment:
    """The same two at another time. What was answered was about the old one.

    Raises ``Conflict`` if the volunteer is busy then.
    """
    starts_at, ends_at = request.time
    tx.run(
        "UPDATE assignments SET starts_at = :starts_at, ends_at = :ends_at,"
        " revision = revision + 1, requester_says = NULL, volunteer_says = NULL WHERE id = :id",
        starts_at=starts_at,
        ends_at=ends_at,
        id=assignment.id,
    )
    tx.run("DELETE FROM assignment_slots WHERE assignment_id = :id", id=assignment.id)
    _hold_time(tx, assignment.id, assignment.volunteer_id, starts_at, ends_at)
    return by_id(tx, assignment.id)


def is_busy(
    tx: Tx, volunteer_id: int, request: HelpRequest, *, besides: Assignment | None = None
) -> bool:
    """Does the volunteer hold any of the quarter hours that the request needs?

    Those of the assignment *besides* do not count.
    """
    if request.starts_at is None:
        return False
    held = slots(*request.time)
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM assignment_slots WHERE volunteer_id = :id"
            " AND slot >= :first AND slot < :end AND assignment_id <> :besides",
            id=volunteer_id,
            first=held.start,
            end=held.stop,
            besides=0 if besides is None else besides.id,
        )
    )


def find(tx: Tx, assignment_id: int) -> Assignment | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM assignments WHERE id = :id", id=assignment_id)  # noqa: S608  (our own columns)
    return None if row is None else _assignment(tx, row)


def by_id(tx: Tx, assignment_id: int) -> Assignment:
    """Raises ``LookupError`` if there is none."""
    assignment = find(tx, assignment_id)
    if assignment is None:
        raise LookupError("no such assignment")
    return assignment


def active_of_request(tx: Tx, request_id: int) -> Assignment | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM assignments WHERE request_id = :id AND state = 'active'",  # noqa: S608  (our own columns)
        id=request_id,
    )
    return None if row is None else _assignment(tx, row)


def last_of_request(tx: Tx, request_id: int) -> Assignment | None:
    """The latest one, whatever became of it."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM assignments WHERE request_id = :id ORDER BY id DESC LIMIT 1",  # noqa: S608  (our own columns)
        id=request_id,
    )
    return None if row is None else _assignment(tx, row)


def active_of_volunteer(tx: Tx, volunteer_id: int) -> list[Assignment]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM assignments WHERE volunteer_id = :id AND state = 'active'"  # noqa: S608  (our own columns)
        " ORDER BY starts_at, id",
        id=volunteer_id,
    )
    return [_assignment(tx, row) for row in rows]


def busy_between(tx: Tx, since: int, until: int) -> set[int]:
    """The volunteers who have a task in that time (UTC epoch seconds)."""
    rows = tx.all(
        "SELECT DISTINCT volunteer_id FROM assignments WHERE state = 'active'"
        " AND starts_at < :until AND ends_at > :since",
        since=since,
        until=until,
    )
    return {int(row["volunteer_id"]) for row in rows}


def of_volunteer_since(tx: Tx, volunteer_id: int, since: int) -> list[Assignment]:
    """Those that end after *since*, also what was called off; soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM assignments WHERE volunteer_id = :id AND ends_at > :since"  # noqa: S608  (our own columns)
        " ORDER BY starts_at, id",
        id=volunteer_id,
        since=since,
    )
    return [_assignment(tx, row) for row in rows]


def note(tx: Tx, assignment_id: int, side: Side, said: Said) -> None:
    """What one side said, or that it was asked."""
    column = "requester_says" if side is Side.REQUESTER else "volunteer_says"
    tx.run(
        f"UPDATE assignments SET {column} = :said WHERE id = :id",  # noqa: S608  (our own columns)
        said=said.value,
        id=assignment_id,
    )


def close(tx: Tx, assignment_id: int, outcome: Outcome, minutes: int | None) -> None:
    """How it went, as the volunteer says; the last word counts."""
    tx.run(
        "UPDATE assignments SET outcome = :outcome, minutes = :minutes WHERE id = :id",
        outcome=outcome.value,
        minutes=minutes,
        id=assignment_id,
    )


def end(tx: Tx, assignment: Assignment, state: str) -> None:
    """*state*: ``cancelled`` or ``done``. The volunteer's time is free again."""
    tx.run(
        "UPDATE assignments SET state = :state, revision = revision + 1 WHERE id = :id",
        state=state,
        id=assignment.id,
    )
    tx.run("DELETE FROM assignment_slots WHERE assignment_id = :id", id=assignment.id)


def _hold_time(tx: Tx, assignment_id: int, volunteer_id: int, starts_at: int, ends_at: int) -> None:
    for slot in slots(starts_at, ends_at):
        tx.run(
            "INSERT INTO assignment_slots (volunteer_id, slot, assignment_id)"
            " VALUES (:volunteer_id, :slot, :id)",
            volunteer_id=volunteer_id,
            slot=slot,
            id=assignment_id,
        )


def _assignment(tx: Tx, row: Row) -> Assignment:
    return Assignment(
        int(row["id"]),
        int(row["request_id"]),
        int(row["volunteer_id"]),
        int(row["starts_at"]),
        int(row["ends_at"]),
        row["state"] == "active",
        int(row["revision"]),
        done=row["state"] == "done",
        place="" if row["place"] is None else str(tx.unseal(_PLACE, row["place"])),
        requester_says=None if row["requester_says"] is None else Said(row["requester_says"]),
        volunteer_says=None if row["volunteer_says"] is None else Said(row["volunteer_says"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        minutes=row["minutes"],
    )
