"""What people said about an appointment in their own words, for coordinators, until a date."""

from dataclasses import dataclass

from bot.domain.appointments import Side
from bot.messages import Json
from bot.storage.rows import new_id
from bot.storage.tx import Tx

_CONTENT = "feedback.content"


@dataclass(frozen=True, slots=True)
class Feedback:
    """``words`` or ``voice`` (a file id), the other is empty."""

    id: int
    request_id: int
    side: Side
    words: str
    voice: str


def add(
    tx: Tx,
    *,
    request_id: int,
    assignment_id: int,
    side: Side,
    words: str,
    voice: str,
    delete_at: int,
) -> int:
    """*delete_at*: until when it is kept (UTC epoch seconds). The id."""
    content: Json = {"words": words, "voice": voice}
    return new_id(
        tx,
        "INSERT INTO feedback (request_id, assignment_id, side, content, delete_at)"
        " VALUES (:request_id, :assignment_id, :side, :content, :delete_at) RETURNING id",
        request_id=request_id,
        assignment_id=assignment_id,
        side=side.value,
        content=tx.seal(_CONTENT, content),
        delete_at=delete_at,
    )


def find(tx: Tx, feedback_id: int) -> Feedback | None:
    row = tx.one(
        "SELECT id, request_id, side, content FROM feedback WHERE id = :id", id=feedback_id
    )
    if row is None:
        return None
    content = tx.unseal(_CONTENT, row["content"])
    said = content if isinstance(content, dict) else {}
    return Feedback(
        int(row["id"]),
        int(row["request_id"]),
        Side(row["side"]),
        str(said.get("words", "")),
        str(said.get("voice", "")),
    )


def prune(tx: Tx) -> int:
    """Delete what has reached its end; how many."""
    return tx.run("DELETE FROM feedback WHERE delete_at <= :now", now=tx.now)
