"""The way out of the outbox: what the sender claims, and what became of it.

A claimed row is ``sending`` until it is settled (``sent``, ``dropped``, ``failed``) or given back.
Claims of a process that is gone are taken back by the next sender: at least once, never lost.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.messages import from_json
from bot.storage.errors import SealBroken
from bot.storage.outbox import PURPOSE, Lane, Mode, Outgoing, announce, bring_up_next, to_edit
from bot.storage.tx import Row, Tx

Holds = Callable[[Tx, str], bool]
"""Does a guard still hold?"""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that will not be sent. ``broken``: nobody can read it; else it has lost its point."""

    id: int
    chat_id: int
    reason: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What a claim found.

    ``more``: there may be more to claim. ``resumes_in``: seconds until the first chat that was told
    to wait may be written to; None if nothing waits for one.
    """

    claimed: list[Outgoing]
    dropped: list[Dropped]
    more: bool
    resumes_in: int | None


def claim(tx: Tx, limit: int, holds: Holds) -> Batch:
    """Claim up to *limit* heads, most urgent first, and drop those that have lost their point."""
    claimed: list[Outgoing] = []
    dropped: list[Dropped] = []
    rows = tx.all(
        "SELECT o.id, o.chat_id, o.lane, o.card, o.mode, o.content, o.guard, o.valid_until,"
        " o.thread, c.language, c.reachable, c.silent FROM outbox o"
        " JOIN chats c ON c.chat_id = o.chat_id"
        " WHERE o.state = 'ready' AND (c.resume_at IS NULL OR c.resume_at <= :now)"
        " ORDER BY o.lane, o.id LIMIT :limit",
        now=tx.now,
        limit=limit,
    )
    for row in rows:
        match _judge(tx, row, holds):
            case Outgoing() as out:
                tx.run(
                    "UPDATE outbox SET state = 'sending', attempts = attempts + 1,"
                    " worker = :worker WHERE id = :id",
                    worker=tx.worker,
                    id=out.id,
                )
                claimed.append(out)
            case Dropped() as drop:
                state = "failed" if drop.broken else "dropped"
                _settle(tx, drop.id, drop.chat_id, state, fault=drop.reason)
                dropped.append(drop)
    more = len(rows) == limit
    return Batch(claimed, dropped, more, None if more else _resumes_in(tx))


def settle_sent(tx: Tx, out: Outgoing, message_id: int) -> None:
    """*out* arrived as *message_id*: remember the card, forget what was said, bring up the next."""
    _settle(tx, out.id, out.chat_id, "sent", message_id=message_id)
    if out.card is not None:
        tx.run(
            "INSERT INTO cards (chat_id, card, message_id, twice)"
            " SELECT chat_id, card, :message_id, CASE WHEN attempts > 1 THEN 1 ELSE 0 END"
            " FROM outbox WHERE id = :id"
            " ON CONFLICT (chat_id, card) DO UPDATE"
            " SET message_id = excluded.message_id, twice = excluded.twice",
            id=out.id,
            message_id=message_id,
        )


def settle_failed(tx: Tx, out: Outgoing, fault: str) -> None:
    """The messenger will never take *out* (*fault*: a code)."""
    _settle(tx, out.id, out.chat_id, "failed", fault=fault)


def settle_gone(tx: Tx, out: Outgoing) -> None:
    """The message that *out* was to change is gone, and *out* was of use only in its place."""
    _settle(tx, out.id, out.chat_id, "dropped", fault="gone")
    tx.run(
        "DELETE FROM cards WHERE chat_id = :chat_id AND card = :card",
        chat_id=out.chat_id,
        card=out.card,
    )


def give_back(tx: Tx, outgoing: Iterable[Outgoing]) -> None:
    """Claimed rows of this process that were not sent are the ready heads of their chats again."""
    for out in outgoing:
        given = tx.run(
            "UPDATE outbox SET state = 'ready', worker = NULL"
            " WHERE id = :id AND state = 'sending' AND worker = :worker",
            id=out.id,
            worker=tx.worker,
        )
        if given:
            announce(tx, out.chat_id)


def in_flight(tx: Tx) -> set[int]:
    """The ids of all claimed rows, whoever claimed them."""
    rows = tx.all("SELECT id FROM outbox WHERE state IN ('ready', 'sending') AND state = 'sending'")
    return {int(row["id"]) for row in rows}


def take_back(tx: Tx, row_ids: Iterable[int]) -> None:
    """Rows whose sender is gone are ready again. They may have arrived: at least once."""
    for row_id in row_ids:
        taken = tx.one(
            "UPDATE outbox SET state = 'ready', worker = NULL"
            " WHERE id = :id AND state = 'sending' RETURNING chat_id",
            id=row_id,
        )
        if taken is not None:
            announce(tx, int(taken["chat_id"]))


def _judge(tx: Tx, row: Row, holds: Holds) -> Outgoing | Dropped:
    """A row that nobody can read or judge must not stop those behind it."""
    row_id, chat_id = int(row["id"]), int(row["chat_id"])
    try:
        reason = _no_longer(tx, row, holds)
        if reason is not None:
            return Dropped(row_id, chat_id, reason)
        return _outgoing(tx, row)
    except (SealBroken, ValueError, LookupError, TypeError) as fault:
        return Dropped(row_id, chat_id, type(fault).__name__, broken=True)


def _no_longer(tx: Tx, row: Row, holds: Holds) -> str | None:
    """Why a row has lost its point."""
    if not row["reachable"]:
        return "unreachable"
    if row["valid_until"] is not None and row["valid_until"] <= tx.now:
        return "too late"
    if row["guard"] is not None and not holds(tx, row["guard"]):
        return "no longer true"
    if row["mode"] == Mode.EDIT and to_edit(tx, row["chat_id"], row["card"], Mode.EDIT) is None:
        return "never shown"
    return None


def _outgoing(tx: Tx, row: Row) -> Outgoing:
    chat_id, card, mode = int(row["chat_id"]), row["card"], Mode(row["mode"])
    return Outgoing(
        int(row["id"]),
        chat_id,
        Lane(row["lane"]),
        from_json(tx.unseal(PURPOSE, row["content"])),
        row["language"],
        card,
        mode,
        to_edit(tx, chat_id, card, mode),
        row["thread"],
        bool(row["silent"]),
    )


def _resumes_in(tx: Tx) -> int | None:
    row = tx.one(
        "SELECT min(c.resume_at) AS at FROM outbox o JOIN chats c ON c.chat_id = o.chat_id"
        " WHERE o.state = 'ready' AND c.resume_at > :now",
        now=tx.now,
    )
    return None if row is None or row["at"] is None else int(row["at"]) - tx.now


def _settle(
    tx: Tx,
    row_id: int,
    chat_id: int,
    state: str,
    *,
    message_id: int | None = None,
    fault: str | None = None,
) -> None:
    """Nothing if somebody else has settled the row, or claimed it and is sending it now."""
    settled = tx.run(
        "UPDATE outbox SET state = :state, content = NULL, settled_at = :now, worker = NULL,"
        " message_id = :message_id, fault = :fault"
        " WHERE id = :id AND (state = 'ready' OR (state = 'sending' AND worker = :worker))",
        state=state,
        now=tx.now,
        message_id=message_id,
        fault=fault,
        id=row_id,
        worker=tx.worker,
    )
    if settled:
        bring_up_next(tx, chat_id)
