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
    _care()


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


def _care() -> None:
    """Holidays, places, papers that end, and who may begin; people who want to help."""
    _table(
        "volunteer_places",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("place", Text),
    )
    _table(
        "volunteer_holidays",
        _id(),
        sa.Column(
            "person_id",
            Int,
            sa.ForeignKey("volunteers.person_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("first_day", Text, nullable=False),
        sa.Column("last_day", Text, nullable=False),
        sa.UniqueConstraint("person_id", "first_day", "last_day", name="holidays_once"),
    )
    _may("volunteers", "strained_at", Int)  # when they last said that it is too much
    _may("calls", "about", Text)  # why: what a volunteer said; NULL: not said
    _table(
        "onboarding",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("step", Text),
        sa.Column("day", Text, nullable=False),
    )
    _table(
        "care_told",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("what", Text),
        _key("about", Text),
        sa.Column("told_at", Int, nullable=False),
    )
    _table(
        "check_ins",
        _key("assignment_id", Int),
        sa.Column("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint("state IN ('open', 'good', 'talk', 'over')", name="check_ins_state"),
    )
    op.create_index("check_ins_by_person", "check_ins", ["person_id", "state"])
    # Whoever is there already is looked at once, and then in time.
    op.execute(
        "INSERT INTO due (kind, subject, due_at)"
        " SELECT 'papers_end', person_id, 0 FROM volunteers WHERE active = 1"
    )
    _applications()


def _applications() -> None:
    """More states. What was called "done" was a talk; who became a volunteer is one."""
    _table(
        "applications_anew",
        _id(),
        sa.Column("person_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("content", Sealed, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.Column("changed_at", Int, nullable=False),
        sa.Column("claimed_by", Int, sa.ForeignKey("people.id"), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'talked', 'training', 'appointed', 'declined')",
            name="applications_state",
        ),
    )
    last = op.get_bind().scalar(sa.text("SELECT coalesce(max(id), 0) FROM applications"))
    # One by one: so each keeps its number, and the next number follows, on both databases.
    for number in range(1, last + 1):
        op.execute(
            "INSERT INTO applications_anew (person_id, content, state, made_at, changed_at,"  # noqa: S608  (a number)
            " claimed_by) SELECT a.person_id, a.content, CASE WHEN a.state <> 'done' THEN 'new'"
            " WHEN EXISTS (SELECT 1 FROM volunteers v WHERE v.person_id = a.person_id)"
            " THEN 'appointed' ELSE 'talked' END, a.made_at, a.made_at, a.claimed_by"
            f" FROM applications a ORDER BY CASE WHEN a.id = {number} THEN 0 ELSE 1 END LIMIT 1"
        )
    op.execute("DELETE FROM applications_anew WHERE id NOT IN (SELECT id FROM applications)")
    op.drop_table("applications")
    op.rename_table("applications_anew", "applications")


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
