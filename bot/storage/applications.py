"""People who want to help and left their name for the coordinators."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.applications import Stage, is_over
from bot.messages import Json
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_CONTENT = "applications.content"
_COLUMNS = "id, person_id, content, state, claimed_by, changed_at"


@dataclass(frozen=True, slots=True)
class Application:
    """``content``: what they wrote, ``{question: answer}``, None once it is over. ``changed_at``:
    since when it is at this stage (UTC epoch seconds)."""

    id: int
    person_id: int
    content: Json
    stage: Stage
    claimed_by: int | None
    changed_at: int


def add(tx: Tx, person_id: int, content: Json) -> Application:
    application_id = new_id(
        tx,
        "INSERT INTO applications (person_id, content, state, made_at, changed_at)"
        " VALUES (:person_id, :content, 'new', :now, :now) RETURNING id",
        person_id=person_id,
        content=tx.seal(_CONTENT, content),
        now=tx.now,
    )
    return Application(application_id, person_id, content, Stage.NEW, None, tx.now)


def find(tx: Tx, application_id: int) -> Application | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM applications WHERE id = :id", id=application_id)  # noqa: S608  (our own columns)
    return None if row is None else _application(tx, row)


def unfinished(tx: Tx) -> list[Application]:
    """Those nobody has talked to, oldest first."""
    return at(tx, Stage.NEW)


def at(tx: Tx, stage: Stage) -> list[Application]:
    """Oldest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM applications WHERE state = :state ORDER BY changed_at, id",  # noqa: S608  (our own columns)
        state=stage.value,
    )
    return [_application(tx, row) for row in rows]


def counts(tx: Tx) -> Mapping[Stage, int]:
    """How many stand at each stage."""
    rows = tx.all("SELECT state, count(*) AS n FROM applications GROUP BY state")
    found = {str(row["state"]): int(row["n"]) for row in rows}
    return {stage: found.get(stage.value, 0) for stage in Stage}


def of_person(tx: Tx, person_id: int) -> Application | None:
    """The one that is not over."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM applications WHERE person_id = :id"  # noqa: S608  (our own columns)
        " AND state NOT IN ('appointed', 'declined') ORDER BY id DESC",
        id=person_id,
    )
    return None if row is None else _application(tx, row)


def change(tx: Tx, application_id: int, content: Json) -> None:
    tx.run(
        "UPDATE applications SET content = :content WHERE id = :id",
        content=tx.seal(_CONTENT, content),
        id=application_id,
    )


def claim(tx: Tx, application_id: int, coordinator_id: int) -> None:
    tx.run(
        "UPDATE applications SET claimed_by = :by WHERE id = :id",
        by=coordinator_id,
        id=application_id,
    )


def move(tx: Tx, application_id: int, stage: Stage) -> None:
    """When it is over, what they wrote is forgotten."""
    tx.run(
        "UPDATE applications SET state = :state, changed_at = :now WHERE id = :id",
        state=stage.value,
        now=tx.now,
        id=application_id,
    )
    if is_over(stage):
        tx.run("UPDATE applications SET content = NULL WHERE id = :id", id=application_id)


def give_back(tx: Tx, coordinator_id: int) -> list[Application]:
    """What somebody has taken waits for everybody again; those nobody has talked to so far."""
    tx.run(
        "UPDATE applications SET claimed_by = NULL WHERE claimed_by = :id AND state <> 'new'",
        id=coordinator_id,
    )
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM applications WHERE claimed_by = :id ORDER BY id",  # noqa: S608  (our own columns)
        id=coordinator_id,
    )
    tx.run("UPDATE applications SET claimed_by = NULL WHERE claimed_by = :id", id=coordinator_id)
    return [_application(tx, row) for row in rows]


def prune(tx: Tx, before: int) -> int:
    """Forget those that have stood still since then; how many."""
    return tx.run("DELETE FROM applications WHERE changed_at < :before", before=before)


def _application(tx: Tx, row: Row) -> Application:
    content = None if row["content"] is None else tx.unseal(_CONTENT, row["content"])
    return Application(
        int(row["id"]),
        int(row["person_id"]),
        content,
        Stage(row["state"]),
        row["claimed_by"],
        int(row["changed_at"]),
    )
