"""What happened to a request, and who did it: for the coordinator who opens it in private."""

from dataclasses import dataclass

from bot.storage.tx import Tx

_NOTE = "history.note"


@dataclass(frozen=True, slots=True)
class Event:
    """``what`` is a code; ``actor`` the person who did it, None for the clock or the rules."""

    at: int
    what: str
    actor: int | None
    note: str


def add(tx: Tx, request_id: int, what: str, *, actor: int | None = None, note: str = "") -> None:
    """*note*: somebody's own words, sealed."""
    tx.run(
        "INSERT INTO history (request_id, made_at, what, actor, note)"
        " VALUES (:request_id, :now, :what, :actor, :note)",
        request_id=request_id,
        now=tx.now,
        what=what,
        actor=actor,
        note=tx.seal(_NOTE, note) if note else None,
    )


def of(tx: Tx, request_id: int) -> list[Event]:
    """Oldest first."""
    rows = tx.all(
        "SELECT made_at, what, actor, note FROM history WHERE request_id = :id ORDER BY id",
        id=request_id,
    )
    return [
        Event(
            int(row["made_at"]),
            str(row["what"]),
            row["actor"],
            "" if row["note"] is None else str(tx.unseal(_NOTE, row["note"])),
        )
        for row in rows
    ]


def last(tx: Tx, request_id: int, *what: str) -> Event | None:
    """The latest event of one of these kinds."""
    return next((event for event in reversed(of(tx, request_id)) if event.what in what), None)
