"""What one transaction offers to the aggregate modules and the use cases.

This is all that code above the storage layer sees of a database, so the module imports nothing but
types. A *work* is a plain function `work(tx, ...)`: it is synchronous, may be run again from the
start (a lost race on PostgreSQL), and so must have no effect except through `tx`.

One SQL text serves both databases: `:name` parameters, integers 0/1 for booleans, `RETURNING` and
`ON CONFLICT … DO` allowed; no `::`, no `INSERT OR`, no `%`. Where a parameter's type cannot be seen
from its place (`:language IS NULL`), write `CAST(:language AS TEXT) IS NULL`.
"""

from typing import Any, Protocol, TypeAlias

from bot.messages import Json

Value: TypeAlias = int | str | bytes | None
"""A parameter of a statement. Text may not contain NUL (PostgreSQL cannot store it)."""


class Row(Protocol):
    """One row; columns by name."""

    def __getitem__(self, key: str, /) -> Any: ...


class Tx(Protocol):
    """A transaction that is open. Valid only while its work runs, and only in the work's thread.

    Every statement raises `bot.storage.errors.Conflict` when a constraint refuses it. A statement
    that failed has spoiled the transaction, as PostgreSQL has it: catching the error does not save
    the transaction, it is raised again at the end. Look first, or write `ON CONFLICT … DO NOTHING`.
    """

    @property
    def now(self) -> int:
        """Wall time of this transaction, UTC epoch seconds; the same for all of it."""
        ...

    @property
    def worker(self) -> int:
        """Number of this process among those that share the database; always 1 on SQLite."""
        ...

    @property
    def sender_here(self) -> bool:
        """This process sends: an outbox row may be born claimed and handed over in memory."""
        ...

    def one(self, sql: str, /, **values: Value) -> Row | None:
        """The first row, or None."""
        ...

    def all(self, sql: str, /, **values: Value) -> list[Row]:
        """Every row."""
        ...

    def run(self, sql: str, /, **values: Value) -> int:
        """Number of rows changed."""
        ...

    def seal(self, purpose: str, document: Json) -> bytes:
        """Encrypts a document; only `unseal` with the same purpose opens it."""
        ...

    def unseal(self, purpose: str, sealed: bytes) -> Json:
        """The document again; raises `bot.storage.errors.SealBroken`."""
        ...

    def is_current(self, sealed: bytes) -> bool:
        """Was it sealed with the newest key?"""
        ...

    def lookup(self, purpose: str, text: str) -> bytes:
        """Keyed hash of a text, 32 bytes: finds equal texts without storing them."""
        ...

    def hand_over(self, item: object) -> None:
        """Gives the item to this process's `on_commit` listeners once it is committed, in order."""
        ...

    def notify(self, channel: str) -> None:
        """Wakes the other workers (`on_notify`) once it is committed; nothing on SQLite."""
        ...

    def gone(self, worker: int) -> bool:
        """No living process has this number: what it had claimed may be claimed again."""
        ...
