"""What can go wrong with the database, in words for the person who has to act.

Messages are one line and never quote a row's values: they end up in logs.
"""


class StorageError(Exception):
    """Anything the storage layer raises."""


class CannotOpen(StorageError):
    """The database cannot be used at all; the message says what to fix."""


class AlreadyRunning(CannotOpen):
    """Another process works on this SQLite file."""


class DatabaseNewer(CannotOpen):
    """The database was migrated by a newer version of the program."""


class WrongKey(CannotOpen):
    """What is stored was sealed with a key we were not given."""


class StorageUnavailable(StorageError):
    """Not this work's fault: locked, disk full, read-only, connection lost. Try again later.

    The work was not committed; only a connection lost during COMMIT leaves that open.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"The database is not available: {reason}")
        self.reason = reason


class Conflict(StorageError):
    """A constraint refused a statement.

    `kind` is "unique", "foreign key", "check" or "not null" on both databases; `what` is the name
    of the constraint (PostgreSQL) or the columns (SQLite), if the database tells.
    """

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(f"refused by a {kind} constraint: {what}")
        self.kind = kind
        self.what = what


class BadStatement(StorageError):
    """A mistake in the program: a statement that a database, or our rule of one text for both,
    refuses."""


class SealBroken(StorageError):
    """Sealed bytes that none of our keys opens for this purpose."""
