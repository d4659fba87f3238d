"""Help requests."""

from bot.domain.requests import HelpRequest, Move, State, after
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_COLUMNS = "id, person_id, category, language, state, starts_at, minutes, revision"


def add(
    tx: Tx, *, person_id: int, category: str, language: str, starts_at: int, minutes: int
) -> HelpRequest:
    """A new open request."""
    request_id = new_id(
        tx,
        "INSERT INTO help_requests"
        " (person_id, category, language, state, starts_at, minutes, created_at, updated_at)"
        " VALUES (:person_id, :category, :language, 'open', :starts_at, :minutes, :now, :now)"
        " RETURNING id",
        person_id=person_id,
        category=category,
        language=language,
        starts_at=starts_at,
        minutes=minutes,
        now=tx.now,
    )
    return HelpRequest(request_id, person_id, category, language, State.OPEN, starts_at, minutes)


def find(tx: Tx, request_id: int) -> HelpRequest | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM help_requests WHERE id = :id", id=request_id)  # noqa: S608  (our own columns)
    return None if row is None else _request(row)


def by_id(tx: Tx, request_id: int) -> HelpRequest:
    """Raises ``LookupError`` if there is none."""
    request = find(tx, request_id)
    if request is None:
        raise LookupError("no such request")
    return request


def hold(tx: Tx, request_id: int) -> HelpRequest:
    """The request; nobody else changes anything about it until this transaction ends.

    Whoever is going to change rows that hang on a request takes it first (:func:`make` does it
    too), so that on PostgreSQL no two transactions wait for each other. Raises ``LookupError``.
    """
    tx.run("UPDATE help_requests SET revision = revision WHERE id = :id", id=request_id)
    return by_id(tx, request_id)


def of_person(tx: Tx, person_id: int) -> list[HelpRequest]:
    """What a person asked for and is still ahead, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE person_id = :person_id"  # noqa: S608  (our own columns)
        " AND state IN ('open', 'stuck', 'assigned') ORDER BY starts_at, id",
        person_id=person_id,
    )
    return [_request(row) for row in rows]


def unassigned(tx: Tx) -> list[HelpRequest]:
    """What nobody has taken yet and is still ahead, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests"  # noqa: S608  (our own columns)
        " WHERE state IN ('open', 'stuck') ORDER BY starts_at, id"
    )
    return [_request(row) for row in rows]


def forget_finished(tx: Tx, before: int) -> int:
    """Delete what ended before then, with the offers and assignments that hang on it; how many."""
    ended = (
        "SELECT id FROM help_requests"
        " WHERE state IN ('done', 'cancelled', 'missed') AND updated_at < :before"
    )
    for table in ("offers", "assignments"):
        tx.run(f"DELETE FROM {table} WHERE request_id IN ({ended})", before=before)  # noqa: S608  (names of our own)
    return tx.run(f"DELETE FROM help_requests WHERE id IN ({ended})", before=before)  # noqa: S608  (a text of our own)


def make(tx: Tx, request: HelpRequest, move: Move) -> HelpRequest:
    """Make *move* in the life of *request*.

    Raises :class:`bot.domain.errors.Refused` if the table has no such move.
    """
    state = after(request.state, move)
    tx.run(
        "UPDATE help_requests SET state = :state, revision = revision + 1, updated_at = :now"
        " WHERE id = :id",
        state=state.value,
        now=tx.now,
        id=request.id,
    )
    return by_id(tx, request.id)


def _request(row: Row) -> HelpRequest:
    return HelpRequest(
        int(row["id"]),
        int(row["person_id"]),
        str(row["category"]),
        str(row["language"]),
        State(row["state"]),
        int(row["starts_at"]),
        int(row["minutes"]),
        int(row["revision"]),
    )
