"""What coordinators note about a person, for each other. Notes about a request are in `history`."""

from dataclasses import dataclass

from bot.storage.tx import Tx

_CONTENT = "notes.content"


@dataclass(frozen=True, slots=True)
class Note:
    """*words* of the person *written_by*, at a time (UTC epoch seconds)."""

    id: int
    written_by: int | None
    made_at: int
    words: str


def add(tx: Tx, person_id: int, words: str, *, by: int) -> None:
    tx.run(
        "INSERT INTO notes (person_id, written_by, content, made_at)"
        " VALUES (:person_id, :by, :content, :now)",
        person_id=person_id,
        by=by,
        content=tx.seal(_CONTENT, words),
        now=tx.now,
    )


def of_person(tx: Tx, person_id: int, limit: int) -> list[Note]:
    """The latest ones, oldest first."""
    rows = tx.all(
        "SELECT id, written_by, content, made_at FROM notes WHERE person_id = :id"
        " ORDER BY id DESC LIMIT :limit",
        id=person_id,
        limit=limit,
    )
    return [
        Note(
            int(row["id"]),
            row["written_by"],
            int(row["made_at"]),
            str(tx.unseal(_CONTENT, row["content"])),
        )
        for row in reversed(rows)
    ]


def forget(tx: Tx, person_id: int) -> None:
    tx.run("DELETE FROM notes WHERE person_id = :id", id=person_id)
