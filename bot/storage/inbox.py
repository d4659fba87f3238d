"""Updates from the messenger: stored before they are confirmed, worked off in order per chat.

One row per chat may be ``working``; the others of that chat are ``queued`` behind it. A row is
*born working* when its chat has none in work, and whatever ends the work on a row claims the next
of its chat in the same commit. So an attempt is always on disk before the work begins, and yet
costs no commit of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.messages import Json
from bot.storage.errors import SealBroken
from bot.storage.rows import number
from bot.storage.tx import Row, Tx

#: After so many attempts an update is parked: it may be what kills the process.
MAX_ATTEMPTS = 3
_PURPOSE = "inbox.raw"


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update as received. ``chat_id`` is 0 for the few kinds that belong to no chat."""

    update_id: int
    chat_id: int
    raw: Json


@dataclass(frozen=True, slots=True)
class Claim:
    """An attempt at a row, by this process; handed over after the commit that claimed it."""

    seq: int
    chat_id: int
    attempts: int
    raw: Json


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that nobody will try again, and why (``fault``: a code)."""

    seq: int
    chat_id: int
    fault: str


def store(tx: Tx, updates: Iterable[Incoming]) -> None:
    """Keep *updates*, each once, and claim those whose chat is free."""
    for update in updates:
        row = tx.one(
            "INSERT INTO inbox (update_id, chat_id, raw, received_at, state, attempts, worker)"
            " SELECT :update_id, :chat_id, :raw, :now,"
            " CASE WHEN busy.n = 0 THEN 'working' ELSE 'queued' END,"
            " CASE WHEN busy.n = 0 THEN 1 ELSE 0 END,"
            " CASE WHEN busy.n = 0 THEN :worker ELSE NULL END"
            " FROM (SELECT count(*) AS n FROM inbox"
            "   WHERE chat_id = :chat_id AND state = 'working') AS busy"
            " WHERE 1 = 1 ON CONFLICT (update_id) DO NOTHING RETURNING seq, state",
            update_id=update.update_id,
            chat_id=update.chat_id,
            raw=tx.seal(_PURPOSE, update.raw),
            now=tx.now,
            worker=tx.worker,
        )
        if row is not None and row["state"] == "working":
            tx.hand_over(Claim(int(row["seq"]), update.chat_id, 1, update.raw))


def finish(tx: Tx, claim: Claim) -> bool:
    """The update is handled: forget what it said, go on with the next of its chat.

    False if *claim* no longer counts: another attempt was begun, here or elsewhere.
    """
    done = tx.run(
        "UPDATE inbox SET state = 'done', raw = NULL, done_at = :now, worker = NULL"
        " WHERE seq = :seq AND state = 'working' AND worker = :worker AND attempts = :attempts",
        now=tx.now,
        seq=claim.seq,
        worker=tx.worker,
        attempts=claim.attempts,
    )
    if done:
        _claim_next(tx, claim.chat_id)
    return bool(done)


def fail(tx: Tx, claim: Claim, fault: str) -> Parked | None:
    """The attempt failed with *fault* (a code, no words of anybody).

    The update is claimed again, or parked if that was the last attempt. Nothing happens if *claim*
    no longer counts.
    """
    row = tx.one(
        "SELECT seq, chat_id, attempts, raw FROM inbox WHERE seq = :seq"
        " AND state = 'working' AND worker = :worker AND attempts = :attempts",
        seq=claim.seq,
        worker=tx.worker,
        attempts=claim.attempts,
    )
    return None if row is None else _try_again(tx, row, fault)


def in_work(tx: Tx) -> set[int]:
    """What this process has claimed, as the database knows it."""
    rows = tx.all(
        "SELECT seq FROM inbox WHERE state = 'working' AND worker = :worker", worker=tx.worker
    )
    return {int(row["seq"]) for row in rows}


def recover(tx: Tx, abandoned: Collection[int]) -> list[Parked]:
    """Claim again what processes that are gone had in work, and the *abandoned* rows of this one.

    Returns those that were parked instead: every attempt at them ended without an end.
    """
    parked: list[Parked] = []
    for row in tx.all(
        "SELECT seq, chat_id, attempts, raw, worker FROM inbox WHERE state = 'working' ORDER BY seq"
    ):
        worker = int(row["worker"])
        is_lost = row["seq"] in abandoned if worker == tx.worker else tx.gone(worker)
        if is_lost and (ended := _try_again(tx, row, "process ended")) is not None:
            parked.append(ended)
    return parked


def uncount(tx: Tx, claims: Iterable[Claim]) -> None:
    """We stop in the middle of these attempts: no fault of the updates."""
    for claim in claims:
        tx.run(
            "UPDATE inbox SET attempts = attempts - 1 WHERE seq = :seq"
            " AND state = 'working' AND worker = :worker AND attempts = :attempts",
            seq=claim.seq,
            worker=tx.worker,
            attempts=claim.attempts,
        )


def prune(tx: Tx, *, done_before: int, parked_before: int) -> int:
    """Delete handled rows and old parked ones; how many."""
    return tx.run(
        "DELETE FROM inbox WHERE (state = 'done' AND done_at < :done)"
        " OR (state = 'parked' AND done_at < :parked)",
        done=done_before,
        parked=parked_before,
    )


def unfinished(tx: Tx) -> int:
    return number(
        tx,
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'working')"
        " + (SELECT count(*) FROM inbox WHERE state = 'queued') AS n",
    )


def _try_again(tx: Tx, row: Row, fault: str) -> Parked | None:
    if int(row["attempts"]) < MAX_ATTEMPTS and _claim(tx, row):
        return None
    parked = Parked(int(row["seq"]), int(row["chat_id"]), fault)
    _park(tx, parked)
    _claim_next(tx, parked.chat_id)
    return parked


def _claim_next(tx: Tx, chat_id: int) -> None:
    """Claim the oldest waiting update of a chat that has none in work."""
    while True:
        row = tx.one(
            "SELECT seq, chat_id, attempts, raw FROM inbox"
            " WHERE chat_id = :chat_id AND state = 'queued' ORDER BY seq LIMIT 1",
            chat_id=chat_id,
        )
        if row is None or _claim(tx, row):
            return
        _park(tx, Parked(int(row["seq"]), chat_id, "unreadable"))


def _claim(tx: Tx, row: Row) -> bool:
    """Begin an attempt. False if the row can't be read (its key is lost): that must stop nobody."""
    try:
        raw = tx.unseal(_PURPOSE, row["raw"])
    except SealBroken:
        return False
    claim = Claim(int(row["seq"]), int(row["chat_id"]), int(row["attempts"]) + 1, raw)
    tx.run(
        "UPDATE inbox SET state = 'working', attempts = :attempts, worker = :worker"
        " WHERE seq = :seq",
        attempts=claim.attempts,
        worker=tx.worker,
        seq=claim.seq,
    )
    tx.hand_over(claim)
    return True


def _park(tx: Tx, parked: Parked) -> None:
    tx.run(
        "UPDATE inbox SET state = 'parked', done_at = :now, worker = NULL, fault = :fault"
        " WHERE seq = :seq",
        now=tx.now,
        fault=parked.fault,
        seq=parked.seq,
    )
