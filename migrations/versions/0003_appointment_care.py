"""Everything that keeps an appointment together.

Chats between a requester and their volunteer, carried by the bot: who, never what.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _relays()


def _relays() -> None:
    _table(
        "relays",
        _id(),
        sa.Column("request_id", Int, sa.ForeignKey("help_requests.id"), nullable=False),
        sa.Column("requester_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("volunteer_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("ended_by", Text, nullable=True),  # the side that ended it
        sa.Column("made_at", Int, nullable=False),
        sa.Column("used_at", Int, nullable=True),  # the last message; NULL: none so far
        sa.Column("closed_at", Int, nullable=True),
        sa.UniqueConstraint("request_id", "volunteer_id", name="relays_pair"),
        sa.CheckConstraint("state IN ('open', 'ended', 'closed')", name="relays_state"),
    )
    op.create_index("relays_by_requester", "relays", ["requester_id"])
    op.create_index("relays_by_volunteer", "relays", ["volunteer_id"])
    _table(
        "relay_sides",
        _key("relay_id", Int, sa.ForeignKey("relays.id", ondelete="CASCADE")),
        _key("side", Text),
        sa.Column("muted", Int, nullable=False, server_default="0"),
        # How much this side has sent in the last minute it sent anything (minutes since the epoch).
        sa.Column("minute", Int, nullable=False, server_default="0"),
        sa.Column("sent", Int, nullable=False, server_default="0"),
    )
    # Whose screen says "you are writing to": what comes from this chat goes to that relay.
    _table(
        "relay_writers",
        _key("chat_id", Int),
        sa.Column("relay_id", Int, sa.ForeignKey("relays.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("relay_writers_by_relay", "relay_writers", ["relay_id"])


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    rising = any(isinstance(part, sa.Column) and part.autoincrement is True for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=rising)


def _id() -> sa.Column[int]:
    return sa.Column("id", Int, primary_key=True, autoincrement=True)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
