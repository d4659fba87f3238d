"""The office's call list: what has to be said by phone to somebody whom the bot can't write to."""

from dataclasses import dataclass

from bot.messages import Message, from_json, to_json
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_CONTENT = "errands.content"
_COLUMNS = "id, kind, subject, request_id, person_id, content, state, claimed_by, made_at"


@dataclass(frozen=True, slots=True)
class Errand:
    """``message`` is what to say. What the answer means depends on ``kind`` and ``subject``, the id
    of what it is about. ``state`` is open, claimed or done."""

    id: int
    kind: str
    subject: int
    request_id: int | None
    person_id: int
    message: Message
    state: str
    claimed_by: int | None
    made_at: int = 0

    def is_for_volunteer_of(self, requester_id: int) -> bool:
        """Who is called about a request without having made it is to help, or does."""
        return self.person_id != requester_id


def add(
    tx: Tx, *, kind: str, subject: int, request_id: int | None, person_id: int, message: Message
) -> Errand:
    errand_id = new_id(
        tx,
        "INSERT INTO errands (kind, subject, request_id, person_id, content, state, made_at)"
        " VALUES (:kind, :subject, :request_id, :person_id, :content, 'open', :now) RETURNING id",
        kind=kind,
        subject=subject,
        request_id=request_id,
        person_id=person_id,
        content=tx.seal(_CONTENT, to_json(message)),
        now=tx.now,
    )
    return Errand(errand_id, kind, subject, request_id, person_id, message, "open", None, tx.now)


def find(tx: Tx, errand_id: int) -> Errand | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM errands WHERE id = :id", id=errand_id)  # noqa: S608  (our own columns)
    return None if row is None else _errand(tx, row)


def unfinished(tx: Tx) -> list[Errand]:
    """Oldest first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM errands WHERE state <> 'done' ORDER BY id")  # noqa: S608  (our own columns)
    return [_errand(tx, row) for row in rows]


def untaken_about(tx: Tx, request_id: int, kind: str, person_id: int) -> Errand | None:
    """What waits to be said to somebody about a request, and nobody has taken yet."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM errands WHERE request_id = :id AND kind = :kind"  # noqa: S608  (our own columns)
        " AND person_id = :person_id AND state = 'open' ORDER BY id",
        id=request_id,
        kind=kind,
        person_id=person_id,
    )
    return None if row is None else _errand(tx, row)


def change(tx: Tx, errand_id: int, *, subject: int, message: Message) -> None:
    """Something newer is to be said instead."""
    tx.run(
        "UPDATE errands SET subject = :subject, content = :content WHERE id = :id",
        subject=subject,
        content=tx.seal(_CONTENT, to_json(message)),
        id=errand_id,
    )


def give_back(tx: Tx, coordinator_id: int) -> list[Errand]:
    """What somebody has taken and not finished waits for everybody again; what it was."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM errands WHERE claimed_by = :by AND state = 'claimed' ORDER BY id",  # noqa: S608  (our own columns)
        by=coordinator_id,
    )
    tx.run(
        "UPDATE errands SET state = 'open', claimed_by = NULL"
        " WHERE claimed_by = :by AND state = 'claimed'",
        by=coordinator_id,
    )
    return [_errand(tx, row) for row in rows]


def claim(tx: Tx, errand_id: int, coordinator_id: int) -> None:
    tx.run(
        "UPDATE errands SET state = 'claimed', claimed_by = :by WHERE id = :id AND state <> 'done'",
        by=coordinator_id,
        id=errand_id,
    )


def done(tx: Tx, errand_id: int) -> bool:
    """What was to be said is forgotten. True for the first time."""
    return bool(
        tx.run(
            "UPDATE errands SET state = 'done', content = :nothing"
            " WHERE id = :id AND state <> 'done'",
            nothing=tx.seal(_CONTENT, to_json(Message(()))),
            id=errand_id,
        )
    )


def drop_of_request(tx: Tx, request_id: int) -> None:
    """The request has moved on: what waited to be said about it has lost its point."""
    tx.run(
        "UPDATE errands SET state = 'done', content = :nothing"
        " WHERE request_id = :id AND state <> 'done'",
        nothing=tx.seal(_CONTENT, to_json(Message(()))),
        id=request_id,
    )


def _errand(tx: Tx, row: Row) -> Errand:
    return Errand(
        int(row["id"]),
        str(row["kind"]),
        int(row["subject"]),
        row["request_id"],
        int(row["person_id"]),
        from_json(tx.unseal(_CONTENT, row["content"])),
        str(row["state"]),
        row["claimed_by"],
        int(row["made_at"]),
    )
