"""Appointment care: another time, a colleague instead, and the day itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _other_times()
    _colleagues()
    _on_the_day()


def _other_times() -> None:
    """One side proposes to move an appointment; one open proposal for each at most."""
    _table(
        "moves",
        _id(),
        _of("assignment_id", "assignments.id"),
        _of("request_id", "help_requests.id"),
        sa.Column("side", Text, nullable=False),
        sa.Column("starts_at", Int, nullable=False),
        sa.Column("round", Int, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("answer_by", Int, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'agreed', 'declined', 'replaced', 'expired', 'over')",
            name="moves_state",
        ),
    )
    _one_open("moves_one_open", "moves", "assignment_id")
    op.create_index("moves_by_request", "moves", ["request_id"])


def _colleagues() -> None:
    """A volunteer asks others to take their task over; each of them once."""
    _table(
        "swaps",
        _id(),
        _of("assignment_id", "assignments.id"),
        _of("request_id", "help_requests.id"),
        _of("colleague_id", "volunteers.person_id"),
        sa.Column("state", Text, nullable=False),
        sa.Column("answer_by", Int, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint("state IN ('open', 'yes', 'no', 'over')", name="swaps_state"),
        sa.UniqueConstraint("assignment_id", "colleague_id", name="swaps_once"),
    )
    op.create_index("swaps_by_request", "swaps", ["request_id"])


def _on_the_day() -> None:
    """What was tapped on the day ("I'm here"): when and by which side, never the words."""
    _table(
        "signs",
        _id(),
        _of("assignment_id", "assignments.id"),
        _of("request_id", "help_requests.id"),
        sa.Column("side", Text, nullable=False),
        sa.Column("sign", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
    )
    op.create_index("signs_by_assignment", "signs", ["assignment_id"])
    op.create_index("signs_by_request", "signs", ["request_id"])


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", Int, primary_key=True, autoincrement=True)


def _of(name: str, target: str) -> sa.Column[Any]:
    return sa.Column(name, Int, sa.ForeignKey(target), nullable=False)


def _one_open(name: str, table: str, column: str) -> None:
    is_open = sa.text("state = 'open'")
    op.create_index(
        name, table, [column], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
