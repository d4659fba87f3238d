"""What stands around the matching: rights and the audit trail, records, meetups, announcements,
figures."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Sealed = sa.LargeBinary


def upgrade() -> None:
    _roles()
    _audit()
    _team()


def _roles() -> None:
    """More of them. Somebody may always manage the others: so far it was every coordinator."""
    _table(
        "roles_of_people",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        _key("role", Text),
        sa.Column("since", Int, nullable=False),
        sa.CheckConstraint(
            "role IN ('coordinator', 'lead', 'reader', 'referrer', 'volunteer')", name="roles_role"
        ),
    )
    op.execute("INSERT INTO roles_of_people SELECT person_id, role, since FROM roles")
    op.drop_table("roles")
    op.rename_table("roles_of_people", "roles")
    op.execute(
        "INSERT INTO roles (person_id, role, since) SELECT person_id, 'lead', since FROM roles"
        " WHERE role = 'coordinator'"
    )


def _audit() -> None:
    _table(
        "audit",
        _id(),
        sa.Column("at", Int, nullable=False),
        sa.Column("actor", Int, nullable=True),
        sa.Column("what", Text, nullable=False),
        sa.Column("subject", Text, nullable=False),
        sa.Column("chain", sa.LargeBinary, nullable=False),
    )


def _team() -> None:
    """Referrers, and the clients they file for."""
    _may("people", "contact_id", Int)  # who hears in the place of somebody without a chat
    _may("help_requests", "referrer_id", Int)
    op.create_index("help_requests_referrer", "help_requests", ["referrer_id"])
    op.create_index("people_contact", "people", ["contact_id"])
    _table(
        "referrers",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("organisation", Sealed, nullable=False),
        sa.Column("agreed_at", Int, nullable=False),
    )
    _table(
        "client_links",
        _id(),
        sa.Column("token", Sealed, nullable=False, unique=True),
        sa.Column(
            "request_id",
            Int,
            sa.ForeignKey("help_requests.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("expires_at", Int, nullable=False),
        sa.Column("used_at", Int, nullable=True),
    )


def _may(table: str, name: str, kind: Any) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=True))


def _must(table: str, name: str, kind: Any, default: int | str) -> None:
    given = sa.text(str(default) if isinstance(default, int) else f"'{default}'")
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=given))


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    # AUTOINCREMENT: a number once given is never given again, also after the row is deleted.
    rising = any(isinstance(part, sa.Column) and part.autoincrement is True for part in parts)
    op.create_table(name, *parts, sqlite_strict=True, sqlite_autoincrement=rising)


def _id() -> sa.Column[int]:
    return sa.Column("id", Int, primary_key=True, autoincrement=True)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
