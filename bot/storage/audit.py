"""Who saw or changed which record: lines that are only ever added, each bound to the one before.

A line says who (a person's id, None for the program), what (a code such as ``request:look``) and
about what (``request:12``): never a name, a number or a word of anybody. Its ``chain`` is a keyed
hash of itself and of the line before, so that a line can't be changed, taken out or put in by
somebody who has the database and not the key.
"""

from dataclasses import dataclass

from bot.storage.rows import new_id, number
from bot.storage.tx import Tx

_PURPOSE = "audit.chain"
_COLUMNS = "id, at, actor, what, subject, chain"


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    at: int
    actor: int | None
    what: str
    subject: str
    chain: bytes


def add(tx: Tx, actor: int | None, what: str, subject: str = "") -> None:
    """*what*: a code; *subject*: ``kind:id``, or empty."""
    before = tx.one("SELECT chain FROM audit ORDER BY id DESC LIMIT 1")
    chain = _chain(tx, b"" if before is None else before["chain"], tx.now, actor, what, subject)
    new_id(
        tx,
        "INSERT INTO audit (at, actor, what, subject, chain)"
        " VALUES (:now, :actor, :what, :subject, :chain) RETURNING id",
        now=tx.now,
        actor=actor,
        what=what,
        subject=subject,
        chain=chain,
    )


def lines(
    tx: Tx,
    *,
    before: int | None = None,
    actor: int | None = None,
    subject: str | None = None,
    limit: int = 1000,
) -> list[Line]:
    """Newest first. *before*: only lines with a smaller id. *actor*: only theirs. *subject*: only
    about that record."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM audit"  # noqa: S608  (our own columns)
        " WHERE (CAST(:before AS BIGINT) IS NULL OR id < :before)"
        " AND (CAST(:actor AS BIGINT) IS NULL OR actor = :actor)"
        " AND (CAST(:subject AS TEXT) IS NULL OR subject = :subject)"
        " ORDER BY id DESC LIMIT :limit",
        before=before,
        actor=actor,
        subject=subject,
        limit=limit,
    )
    return [
        Line(
            int(row["id"]), int(row["at"]), row["actor"], row["what"], row["subject"], row["chain"]
        )
        for row in rows
    ]


def actors(tx: Tx) -> list[int]:
    """Everybody who stands in a line."""
    rows = tx.all("SELECT DISTINCT actor FROM audit WHERE actor IS NOT NULL ORDER BY actor")
    return [int(row["actor"]) for row in rows]


def count(tx: Tx) -> int:
    return number(tx, "SELECT count(*) AS n FROM audit")


def first_broken(tx: Tx) -> int | None:
    """The id of the first line that does not follow from the one before it; None if all do.

    The oldest line kept is believed: what came before it has been deleted in due time.
    """
    chain: bytes | None = None
    for row in tx.all(f"SELECT {_COLUMNS} FROM audit ORDER BY id"):  # noqa: S608  (our own columns)
        if chain is not None:
            expected = _chain(tx, chain, row["at"], row["actor"], row["what"], row["subject"])
            if expected != row["chain"]:
                return int(row["id"])
        chain = row["chain"]
    return None


def prune(tx: Tx, before: int) -> None:
    """Forget the lines written before that moment, but never the newest one: it holds the chain."""
    tx.run(
        "DELETE FROM audit WHERE at < :before AND id < (SELECT max(id) FROM audit)", before=before
    )


def _chain(tx: Tx, before: bytes, at: int, actor: int | None, what: str, subject: str) -> bytes:
    return tx.lookup(_PURPOSE, f"{before.hex()} {at} {actor or 0} {what} {subject}")
