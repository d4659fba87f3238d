"""The first schema.

Times are UTC epoch seconds. Booleans are integers 0/1. Columns of type LargeBinary hold sealed
documents or keyed hashes. SQLite's tables are STRICT, so that both databases refuse a wrong type.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Sealed = sa.LargeBinary


def upgrade() -> None:
    _people()
    _requests()
    _time()
    _messages()


def _people() -> None:
    _table("meta", _key("key", Text), _must("value", Sealed))
    _table(
        "chats",
        _key("chat_id", Int, autoincrement=False),
        _must("kind", Text),
        _may("language", Text),
        _must("reachable", Int, default=1),
        _may("resume_at", Int),
        _must("seen_at", Int),
        _one_of("chats", "kind", "private", "group"),
    )
    _table(
        "people",
        _id(),
        _may("chat_id", Int, sa.ForeignKey("chats.chat_id"), unique=True),
        _may("name", Sealed),
        _may("agreed_at", Int),
        _must("created_at", Int),
    )
    _table(
        "roles",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        _key("role", Text),
        _must("since", Int),
        _one_of("roles", "role", "coordinator", "volunteer"),
    )
    _table(
        "conversations",
        _key("chat_id", Int, sa.ForeignKey("chats.chat_id"), autoincrement=False),
        _must("number", Int),
        _may("flow", Text),
        _may("session", Sealed),
        _must("updated_at", Int),
    )
    _table(
        "volunteers",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE"), autoincrement=False),
        _must("active", Int, default=1),
    )
    _table(
        "volunteer_languages",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("language", Text),
    )
    _index("volunteer_languages_by_language", "volunteer_languages", "language")
    _table(
        "invites",
        _id(),
        _must("token", sa.LargeBinary, unique=True),
        _must("role", Text),
        _may("person_id", Int, sa.ForeignKey("people.id")),
        _must("made_at", Int),
        _must("expires_at", Int),
        _may("used_at", Int),
    )
    _table(
        "office_groups",
        _key(
            "chat_id", Int, sa.ForeignKey("chats.chat_id", onupdate="CASCADE"), autoincrement=False
        ),
        _must("bound_at", Int),
    )


def _requests() -> None:
    _table(
        "help_requests",
        _id(),
        _must("person_id", Int, sa.ForeignKey("people.id")),
        _must("category", Text),
        _must("language", Text),
        _must("state", Text),
        _may("starts_at", Int),
        _may("minutes", Int),
        _must("created_at", Int),
        _must("updated_at", Int),
        _must("revision", Int, default=1),
    )
    _index("help_requests_by_state", "help_requests", "state", "starts_at")
    _index("help_requests_by_person", "help_requests", "person_id")
    _table(
        "offers",
        _id(),
        _must("request_id", Int, sa.ForeignKey("help_requests.id")),
        _must("volunteer_id", Int, sa.ForeignKey("volunteers.person_id")),
        _must("state", Text),
        _must("made_at", Int),
        _must("expires_at", Int),
        _one_of("offers", "state", "open", "accepted", "declined", "closed"),
        sa.UniqueConstraint("request_id", "volunteer_id", name="one_offer_each"),
    )
    _index("offers_by_volunteer", "offers", "volunteer_id")
    _index("one_accepted_offer", "offers", "request_id", where="state = 'accepted'", unique=True)
    _table(
        "assignments",
        _id(),
        _must("request_id", Int, sa.ForeignKey("help_requests.id")),
        _must("volunteer_id", Int, sa.ForeignKey("volunteers.person_id")),
        _must("starts_at", Int),
        _must("ends_at", Int),
        _must("state", Text),
        _must("revision", Int, default=1),
        _must("made_at", Int),
        _one_of("assignments", "state", "active", "cancelled", "done"),
    )
    _index("assignments_by_volunteer", "assignments", "volunteer_id")
    _index(
        "one_active_assignment", "assignments", "request_id", where="state = 'active'", unique=True
    )
    # Quarter hours held by an active assignment: two that overlap are impossible.
    _table(
        "assignment_slots",
        _key("volunteer_id", Int, autoincrement=False),
        _key("slot", Int, autoincrement=False),
        _must("assignment_id", Int, sa.ForeignKey("assignments.id", ondelete="CASCADE")),
    )
    _index("assignment_slots_by_assignment", "assignment_slots", "assignment_id")
    _table(
        "calls",
        _id(),
        _must("chat_id", Int, sa.ForeignKey("chats.chat_id")),
        _may("phone", Sealed),
        _may("language", Text),
        _must("state", Text),
        _must("made_at", Int),
        _may("claimed_by", Int, sa.ForeignKey("people.id")),
        _one_of("calls", "state", "open", "claimed", "done"),
    )
    _index("calls_by_chat", "calls", "chat_id")


def _time() -> None:
    _table(
        "due",
        _id(),
        _must("kind", Text),
        _must("subject", Int),
        _must("due_at", Int),
        _must("attempts", Int, default=0),
        _must("parked", Int, default=0),
        sa.UniqueConstraint("kind", "subject", name="one_due_each"),
    )
    _index("due_next", "due", "due_at", "id", where="parked = 0")
    _table("jobs", _key("job", Text), _key("period", Text), _must("ran_at", Int))


def _messages() -> None:
    _table(
        "inbox",
        _id("seq"),
        _must("update_id", Int, unique=True),
        _must("chat_id", Int),
        _may("raw", Sealed),
        _must("state", Text),
        _must("attempts", Int, default=0),
        _may("worker", Int),
        _must("received_at", Int),
        _may("done_at", Int),
        _may("fault", Text),
        _one_of("inbox", "state", "queued", "working", "done", "parked"),
    )
    _index("one_working_update", "inbox", "chat_id", where="state = 'working'", unique=True)
    _index("inbox_next", "inbox", "chat_id", "seq", where="state = 'queued'")
    _index("inbox_done", "inbox", "done_at", where="done_at IS NOT NULL")
    _table(
        "outbox",
        _id(),
        _must("chat_id", Int),
        _must("lane", Int),
        _must("state", Text),
        _may("card", Text),
        _must("mode", Int, default=0),
        _may("content", Sealed),
        _may("guard", Text),
        _may("valid_until", Int),
        _must("attempts", Int, default=0),
        _may("worker", Int),
        _must("made_at", Int),
        _may("settled_at", Int),
        _may("message_id", Int),
        _may("fault", Text),
        _one_of("outbox", "state", "queued", "ready", "sending", "sent", "dropped", "failed"),
    )
    _index(
        "one_sending_row", "outbox", "chat_id", where="state IN ('ready', 'sending')", unique=True
    )
    _index("outbox_next", "outbox", "lane", "id", where="state = 'ready'")
    _index("outbox_queued", "outbox", "chat_id", "id", where="state = 'queued'")
    _index("outbox_settled", "outbox", "settled_at", where="settled_at IS NOT NULL")
    _table(
        "cards",
        _key("chat_id", Int, autoincrement=False),
        _key("card", Text),
        _must("message_id", Int),
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    rising = any(isinstance(part, sa.Column) and part.autoincrement is True for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=rising)


def _id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, Int, primary_key=True, autoincrement=True)


def _key(
    name: str, kind: Any, *parts: sa.ForeignKey, autoincrement: Any = "auto"
) -> sa.Column[Any]:
    return sa.Column(
        name, kind, *parts, primary_key=True, nullable=False, autoincrement=autoincrement
    )


def _must(
    name: str, kind: Any, *parts: sa.ForeignKey, default: int | None = None, unique: bool = False
) -> sa.Column[Any]:
    given = None if default is None else sa.text(str(default))
    return sa.Column(name, kind, *parts, nullable=False, server_default=given, unique=unique)


def _may(name: str, kind: Any, *parts: sa.ForeignKey, unique: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, nullable=True, unique=unique)


def _one_of(table: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=f"{table}_{column}")


def _index(
    name: str, table: str, *columns: str, where: str | None = None, unique: bool = False
) -> None:
    part = None if where is None else sa.text(where)
    op.create_index(
        name, table, list(columns), unique=unique, sqlite_where=part, postgresql_where=part
    )
