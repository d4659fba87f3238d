"""Every sealed column there is, and how to seal it anew with the newest key.

An aggregate that seals a column says so here; a test compares this with the schema.
"""

from dataclasses import dataclass

from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Sealed:
    """``key``: the table's primary key. ``purpose``: what the aggregate seals it for."""

    table: str
    column: str
    purpose: str
    key: str = "id"


COLUMNS = (
    Sealed("announcements", "content", "announcements.content"),
    Sealed("applications", "content", "applications.content"),
    Sealed("assignments", "place", "assignments.place"),
    Sealed("blocks", "reason", "blocks.reason", "person_id"),
    Sealed("calls", "phone", "calls.phone"),
    Sealed("cases", "content", "cases.content"),
    Sealed("cases", "note", "cases.note"),
    Sealed("conversations", "session", "conversations.session", "chat_id"),
    Sealed("errands", "content", "errands.content"),
    Sealed("feedback", "content", "feedback.content"),
    Sealed("help_requests", "details", "help_requests.details"),
    Sealed("history", "note", "history.note"),
    Sealed("inbox", "raw", "inbox.raw", "seq"),
    Sealed("invites", "name", "invites.name"),
    Sealed("meetups", "details", "meetups.details"),
    Sealed("notes", "content", "notes.content"),
    Sealed("outbox", "content", "outbox.content"),
    Sealed("people", "name", "people.name"),
    Sealed("people", "phone", "people.phone"),
    Sealed("proposals", "place", "proposals.place"),
    Sealed("record_changes", "reason", "record_changes.reason"),
    Sealed("referrers", "organisation", "referrers.organisation", "person_id"),
    Sealed("series", "place", "series.place", "request_id"),
)
#: What the database keeps about itself: key of the row -> purpose.
ABOUT_ITSELF = {"key check": "meta.key_check", "look-up key": "meta.lookup_key"}


def renew(tx: Tx, column: Sealed, after: int | None, most: int) -> tuple[int | None, int]:
    """Seal up to *most* values anew, of rows whose key is greater than *after*.

    The last key that was looked at (None: there is no more) and how many values were changed come
    back. Values sealed with the newest key are left alone, so it can be done again and again.
    Raises :class:`bot.storage.errors.SealBroken` for a value that no key opens.
    """
    rows = tx.all(
        f"SELECT {column.key} AS id, {column.column} AS sealed FROM {column.table}"  # noqa: S608  (our own names)
        f" WHERE {column.column} IS NOT NULL"
        f" AND (CAST(:after AS BIGINT) IS NULL OR {column.key} > :after)"
        f" ORDER BY {column.key} LIMIT :most",
        after=after,
        most=most,
    )
    changed = 0
    for row in rows:
        if not tx.is_current(row["sealed"]):
            changed += tx.run(
                f"UPDATE {column.table} SET {column.column} = :sealed"  # noqa: S608  (our own names)
                f" WHERE {column.key} = :id AND {column.column} = :before",
                sealed=tx.seal(column.purpose, tx.unseal(column.purpose, row["sealed"])),
                id=row["id"],
                before=row["sealed"],
            )
    return (int(rows[-1]["id"]) if len(rows) == most else None), changed


def finish(tx: Tx) -> int:
    """How many values an older key has sealed, perhaps since :func:`renew` came by.

    With none left, what tells whether a key fits is sealed anew as well: from then on the older
    keys alone do not open the database.
    """
    left = with_older_keys(tx)
    for row in tx.all("SELECT key, value FROM meta") if left == 0 else ():
        purpose = ABOUT_ITSELF[row["key"]]
        if not tx.is_current(row["value"]):
            tx.run(
                "UPDATE meta SET value = :value WHERE key = :key",
                value=tx.seal(purpose, tx.unseal(purpose, row["value"])),
                key=row["key"],
            )
    return left


def with_older_keys(tx: Tx) -> int:
    """How many values were not sealed with the newest key."""
    return sum(
        not tx.is_current(row["sealed"])
        for column in COLUMNS
        for row in tx.all(
            f"SELECT {column.column} AS sealed FROM {column.table}"  # noqa: S608  (our own names)
            f" WHERE {column.column} IS NOT NULL"
        )
    )
