"""Everything the way from a request to an appointment needs.

Profiles of volunteers, what a request asks for, proposed times, the office's errands, history.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Sealed = sa.LargeBinary


def upgrade() -> None:
    _people()
    _requests()
    _office()


def _people() -> None:
    _must("chats", "keyboard", Int, 0)  # 1: a button below the text field offers their number
    _may("people", "language", Text)  # what we write to who has no chat
    _may("people", "also", Text)  # languages by comma; NULL: never asked
    _may("people", "phone", Sealed)
    _may("invites", "name", Sealed)  # of a coordinator to be
    for column in ("appointed_on", "appointed_until", "instructed_on", "certificate_on"):
        _may("volunteers", column, Text)
    _may("volunteers", "promised_at", Int)  # agreed to confidentiality
    _may("volunteers", "confirmed_at", Int)  # confirmed their own profile
    _may("volunteers", "declined_at", Int)  # a coordinator said "not now"
    _may("volunteers", "paused_until", Text)
    _must("volunteers", "place", Text, "")
    # The cell of a 5 km grid that the home place lies in; NULL: not said.
    _may("volunteers", "cell_x", Int)
    _may("volunteers", "cell_y", Int)
    _must("volunteers", "travel", Text, "bus")
    _must("volunteers", "reach_km", Int, 15)
    _may("volunteers", "gender", Text)
    _must("volunteers", "quiet_from", Text, "20:00")
    _must("volunteers", "quiet_to", Text, "08:00")
    _may("volunteers", "weekly_cap", Int)
    _may("volunteers", "offered_at", Int)  # when they were last written to about an offer
    _must("volunteer_languages", "level", Text, "well")
    op.create_index("volunteers_by_cell", "volunteers", ["cell_x", "cell_y"])
    # The same cell once more: who speaks a language near a place is one look into one index.
    _may("volunteer_languages", "cell_x", Int)
    _may("volunteer_languages", "cell_y", Int)
    op.create_index(
        "volunteer_languages_by_cell",
        "volunteer_languages",
        ["language", "cell_x", "cell_y", "person_id", "level"],
    )
    _table(
        "volunteer_skills",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("skill", Text),
    )
    _table(
        "volunteer_times",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("weekday", Int),
        _key("part", Text),
        sa.Column("mark", Text, nullable=False),
    )
    _table(
        "applications",
        _id(),
        sa.Column("person_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("content", Sealed, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.Column("claimed_by", Int, sa.ForeignKey("people.id"), nullable=True),
        sa.CheckConstraint("state IN ('open', 'claimed', 'done')", name="applications_state"),
    )


def _requests() -> None:
    _must("help_requests", "also", Text, "")
    _must("help_requests", "place", Text, "")
    _must("help_requests", "how", Text, "along")
    _may("help_requests", "gender", Text)
    for flag in ("weekly", "for_child", "minor", "topic"):
        _must("help_requests", flag, Int, 0)
    _may("help_requests", "answer_by", Text)
    _may("help_requests", "details", Sealed)
    _may("help_requests", "hear_by", Int)
    # NULL: in "open tasks that fit me" only, not yet pushed to the volunteer.
    _may("offers", "pushed_at", Int)
    op.execute("UPDATE offers SET pushed_at = made_at")
    op.create_index("assignments_by_request", "assignments", ["request_id"])
    _may("assignments", "place", Sealed)
    _may("assignments", "requester_says", Text)
    _may("assignments", "volunteer_says", Text)
    _may("assignments", "outcome", Text)
    _may("assignments", "minutes", Int)
    _table(
        "proposals",
        _id(),
        sa.Column("request_id", Int, sa.ForeignKey("help_requests.id"), nullable=False),
        sa.Column("volunteer_id", Int, sa.ForeignKey("volunteers.person_id"), nullable=False),
        sa.Column("starts_at", Int, nullable=False),
        sa.Column("round", Int, nullable=False),
        sa.Column("place", Sealed, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint("state IN ('open', 'chosen', 'refused')", name="proposals_state"),
    )
    op.create_index("proposals_by_request", "proposals", ["request_id"])


def _office() -> None:
    _may("calls", "good_time", Text)
    _table(
        "errands",
        _id(),
        sa.Column("kind", Text, nullable=False),
        sa.Column("subject", Int, nullable=False),
        sa.Column("request_id", Int, sa.ForeignKey("help_requests.id"), nullable=True),
        sa.Column("person_id", Int, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("content", Sealed, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.Column("claimed_by", Int, sa.ForeignKey("people.id"), nullable=True),
        sa.CheckConstraint("state IN ('open', 'claimed', 'done')", name="errands_state"),
    )
    op.create_index("errands_by_request", "errands", ["request_id"])
    _table(
        "history",
        _id(),
        sa.Column("request_id", Int, sa.ForeignKey("help_requests.id"), nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.Column("what", Text, nullable=False),
        sa.Column("actor", Int, nullable=True),
        sa.Column("note", Sealed, nullable=True),
    )
    op.create_index("history_by_request", "history", ["request_id", "id"])
    _may("office_groups", "has_topics", Int)
    _may("outbox", "thread", Text)
    _table(
        "threads",
        _key("chat_id", Int),
        _key("thread", Text),
        sa.Column("topic_id", Int, nullable=False),
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
