"""What the two tap on the day of their appointment: which sign and when, so that it stays few."""

from bot.domain.appointments import Assignment, Side
from bot.domain.on_the_day import Sign
from bot.storage.rows import number
from bot.storage.tx import Tx


def add(tx: Tx, assignment: Assignment, side: Side, sign: Sign) -> None:
    tx.run(
        "INSERT INTO signs (assignment_id, request_id, side, sign, made_at)"
        " VALUES (:assignment_id, :request_id, :side, :sign, :now)",
        assignment_id=assignment.id,
        request_id=assignment.request_id,
        side=side.value,
        sign=sign.value,
        now=tx.now,
    )


def count(tx: Tx, assignment_id: int, side: Side) -> int:
    """How many this side has sent."""
    return number(
        tx,
        "SELECT count(*) AS n FROM signs WHERE assignment_id = :id AND side = :side",
        id=assignment_id,
        side=side.value,
    )


def last_at(tx: Tx, assignment_id: int, side: Side, sign: Sign) -> int:
    """When this side sent it the last time (UTC epoch seconds); 0: never."""
    return number(
        tx,
        "SELECT coalesce(max(made_at), 0) AS n FROM signs"
        " WHERE assignment_id = :id AND side = :side AND sign = :sign",
        id=assignment_id,
        side=side.value,
        sign=sign.value,
    )
