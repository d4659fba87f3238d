"""Care around appointments: calendars."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
Sealed = sa.LargeBinary


def upgrade() -> None:
    # 1: nobody knows whether the message arrived once or twice.
    op.add_column("cards", sa.Column("twice", Int, nullable=False, server_default=sa.text("0")))
    _calendars()


def _calendars() -> None:
    _table(
        "calendar_files",  # who has a file of which appointment: changes of it are theirs too
        _key("request_id", Int, sa.ForeignKey("help_requests.id", ondelete="CASCADE")),
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("assignment_id", Int, nullable=False),
    )
    _table(
        "calendar_feeds",  # only a keyed hash of the link's secret part
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("token", Sealed, nullable=False, unique=True),
        sa.Column("made_at", Int, nullable=False),
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    rising = any(isinstance(part, sa.Column) and part.autoincrement is True for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=rising)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
