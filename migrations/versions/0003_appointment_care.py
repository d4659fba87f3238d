"""Care for appointments: help every week as a series."""

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
    _series()


def _series() -> None:
    # A meeting of a series, or the search for another volunteer: the request it began with.
    _may("help_requests", "series_id", Int)
    op.create_index("help_requests_by_series", "help_requests", ["series_id"])
    _table(
        "series",
        sa.Column(
            "request_id",
            Int,
            sa.ForeignKey("help_requests.id"),
            primary_key=True,
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("person_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("volunteer_id", Int, sa.ForeignKey("volunteers.person_id"), nullable=True),
        sa.Column("category", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("weekday", Int, nullable=False),
        sa.Column("hour", Text, nullable=False),
        sa.Column("minutes", Int, nullable=False),
        sa.Column("place", Sealed, nullable=True),
        # Days are ISO dates.
        sa.Column("planned_to", Text, nullable=False),
        sa.Column("said_to", Text, nullable=False),
        sa.Column("paused_until", Text, nullable=True),
        sa.Column("clash_on", Text, nullable=True),
        sa.Column("requester_says", Text, nullable=True),
        sa.Column("volunteer_says", Text, nullable=True),
        # Another day and hour that one side proposes.
        sa.Column("change_on", Text, nullable=True),
        sa.Column("change_hour", Text, nullable=True),
        sa.Column("change_by", Text, nullable=True),
        # Meetings that took place and are forgotten by now.
        sa.Column("met", Int, nullable=False, server_default=sa.text("0")),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint(
            "state IN ('trial', 'active', 'searching', 'ended')", name="series_state"
        ),
    )
    op.create_index("series_by_person", "series", ["person_id"])
    op.create_index("series_by_volunteer", "series", ["volunteer_id"])


def _may(table: str, name: str, kind: Any) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=True))


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)
