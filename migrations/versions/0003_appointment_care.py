"""What is only spoken may be heard by a volunteer whom the office trusts with it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _listeners()


def _listeners() -> None:
    # Since when a volunteer may hear what is only spoken; NULL: they may not.
    op.add_column("volunteers", sa.Column("trusted_at", Int, nullable=True))
    op.create_table(
        "listeners",
        sa.Column("id", Int, primary_key=True, autoincrement=True),
        sa.Column("request_id", Int, sa.ForeignKey("help_requests.id"), nullable=False),
        sa.Column("volunteer_id", Int, sa.ForeignKey("volunteers.person_id"), nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.UniqueConstraint("request_id", "volunteer_id", name="listeners_once"),
        sa.CheckConstraint(
            "state IN ('asked', 'taken', 'declined', 'closed')", name="listeners_state"
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        "listeners_one_at_a_time",
        "listeners",
        ["request_id"],
        unique=True,
        sqlite_where=sa.text("state = 'taken'"),
        postgresql_where=sa.text("state = 'taken'"),
    )
