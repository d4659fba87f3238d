"""People who want to help and left their name for the coordinators."""

from dataclasses import dataclass

from bot.messages import Json
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_CONTENT = "applications.content"
_COLUMNS = "id, person_id, content, state, claimed_by"


@dataclass(frozen=True, slots=True)
class Application:
    """``content``: what they wrote, ``{question: answer}``. ``state`` is open, claimed or done."""

    id: int
    person_id: int
    content: Json
    state: str
    claimed_by: int | None


def add(tx: Tx, person_id: int, content: Json) -> Application:
    application_id = new_id(
        tx,
        "INSERT INTO applications (person_id, content, state, made_at)"
        " VALUES (:person_id, :content, 'open', :now) RETURNING id",
        person_id=person_id,
        content=tx.seal(_CONTENT, content),
        now=tx.now,
    )
    return Application(application_id, person_id, content, "open", None)


def find(tx: Tx, application_id: int) -> Application | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM applications WHERE id = :id", id=application_id)  # noqa: S608  (our own columns)
    return None if row is None else _application(tx, row)


def unfinished(tx: Tx) -> list[Application]:
    """Oldest first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM applications WHERE state <> 'done' ORDER BY id")  # noqa: S608  (our own columns)
    return [_application(tx, row) for row in rows]


def of_person(tx: Tx, person_id: int) -> Application | None:
    """The one that is not finished."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM applications WHERE person_id = :id AND state <> 'done'",  # noqa: S608  (our own columns)
        id=person_id,
    )
    return None if row is None else _application(tx, row)


def change(tx: Tx, application_id: int, content: Json) -> None:
    tx.run(
        "UPDATE applications SET content = :content WHERE id = :id",
        content=tx.seal(_CONTENT, content),
        id=application_id,
    )


def give_back(tx: Tx, coordinator_id: int) -> list[Application]:
    """What somebody has taken and not finished waits for everybody again; what it was."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM applications WHERE claimed_by = :by"  # noqa: S608  (our own columns)
        " AND state = 'claimed' ORDER BY id",
        by=coordinator_id,
    )
    tx.run(
        "UPDATE applications SET state = 'open', claimed_by = NULL"
        " WHERE claimed_by = :by AND state = 'claimed'",
        by=coordinator_id,
    )
    return [_application(tx, row) for row in rows]


def claim(tx: Tx, application_id: int, coordinator_id: int) -> None:
    tx.run(
        "UPDATE applications SET state = 'claimed', claimed_by = :by"
        " WHERE id = :id AND state <> 'done'",
        by=coordinator_id,
        id=application_id,
    )


def done(tx: Tx, application_id: int) -> bool:
    """True for the first time. What they wrote is forgotten."""
    return bool(
        tx.run(
            "UPDATE applications SET state = 'done', content = NULL"
            " WHERE id = :id AND state <> 'done'",
            id=application_id,
        )
    )


def _application(tx: Tx, row: Row) -> Application:
    content = None if row["content"] is None else tx.unseal(_CONTENT, row["content"])
    return Application(
        int(row["id"]), int(row["person_id"]), content, str(row["state"]), row["claimed_by"]
    )
