"""Care around an appointment: what is said afterwards, and how somebody wishes to be reminded.

Pairs who would meet again or rather not, protected cases, no-shows, open questions to people.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Sealed = sa.LargeBinary


def upgrade() -> None:
    _reminders()
    _afterwards()


def _reminders() -> None:
    _may("people", "remind", Text)  # which reminders, by comma; NULL: the usual ones
    _may("people", "quiet", Text)  # "21:00-08:00"; NULL: as usual
    _must("chats", "silent", Int, 0)  # 1: everything comes without a sound


def _afterwards() -> None:
    _table(
        "pairs",
        _key("requester_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        _key("volunteer_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        # Would they meet again? yes, any, no; NULL: not asked, or no answer.
        sa.Column("requester_says", Text, nullable=True),
        sa.Column("volunteer_says", Text, nullable=True),
        # 1: a case between them is open.
        sa.Column("suspended", Int, nullable=False, server_default=sa.text("0")),
        # 1: a coordinator keeps them apart for good.
        sa.Column("apart", Int, nullable=False, server_default=sa.text("0")),
        sa.Column("changed_at", Int, nullable=False),
    )
    _table(
        "cases",
        _id(),
        # No foreign key: a case may be kept longer than its request.
        sa.Column("request_id", Int, nullable=False),
        sa.Column("assignment_id", Int, nullable=False),
        sa.Column("requester_id", Int, nullable=False),
        sa.Column("volunteer_id", Int, nullable=False),
        sa.Column("said_by", Text, nullable=False),
        sa.Column("content", Sealed, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("claimed_by", Int, nullable=True),
        sa.Column("outcome", Text, nullable=True),
        sa.Column("note", Sealed, nullable=True),
        sa.Column("made_at", Int, nullable=False),
        sa.Column("closed_at", Int, nullable=True),
        sa.CheckConstraint("state IN ('open', 'claimed', 'closed')", name="cases_state"),
    )
    op.create_index("cases_by_pair", "cases", ["requester_id", "volunteer_id"])
    _table(
        "feedback",
        _id(),
        sa.Column("request_id", Int, nullable=False),
        sa.Column("assignment_id", Int, nullable=False),
        sa.Column("side", Text, nullable=False),
        sa.Column("content", Sealed, nullable=False),
        sa.Column("delete_at", Int, nullable=False),
    )
    _table(
        "no_shows",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        _key("assignment_id", Int),
        sa.Column("delete_at", Int, nullable=False),
    )
    _table(
        "prompts",
        _id(),
        sa.Column("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("assignment_id", Int, nullable=False),
        sa.Column("side", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.UniqueConstraint("assignment_id", "side", name="prompts_once"),
        sa.CheckConstraint("state IN ('waiting', 'open', 'nudged', 'over')", name="prompts_state"),
    )
    op.create_index("prompts_by_person", "prompts", ["person_id", "state"])


def _may(table: str, name: str, kind: Any) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=True))


def _must(table: str, name: str, kind: Any, default: int) -> None:
    given = sa.text(str(default))
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=given))


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    rising = any(isinstance(part, sa.Column) and part.autoincrement is True for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=rising)


def _id() -> sa.Column[int]:
    return sa.Column("id", Int, primary_key=True, autoincrement=True)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
