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
    _by_phone()
    _meetups()
    _announcements()
    _records()
    _figures()
    _county_texts()
    _desk()
    _care()
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


def _by_phone() -> None:
    """Volunteers without Telegram whom the office calls."""
    _must("volunteers", "by_phone", Int, 0)


def _meetups() -> None:
    """Trainings, supervisions, exchanges; who is invited, what they said, who was there."""
    _table(
        "meetups",
        _id(),
        sa.Column("kind", Text, nullable=False),
        sa.Column("details", Sealed, nullable=False),
        sa.Column("who", Text, nullable=False),
        sa.Column("starts_at", Int, nullable=False),
        sa.Column("ends_at", Int, nullable=False),
        sa.Column("revision", Int, nullable=False, server_default=sa.text("1")),
        sa.Column("state", Text, nullable=False, server_default=sa.text("'planned'")),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint("kind IN ('training', 'supervision', 'exchange')", name="meetups_kind"),
        sa.CheckConstraint("state IN ('planned', 'off', 'settled')", name="meetups_state"),
    )
    op.create_index("meetups_by_time", "meetups", ["starts_at"])
    _table(
        "meetup_guests",
        _id(),
        sa.Column(
            "meetup_id", Int, sa.ForeignKey("meetups.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("answer", Text, nullable=True),
        # The revision of the meetup that they have heard of; 0: nothing yet.
        sa.Column("told", Int, nullable=False, server_default=sa.text("0")),
        # How many calendar files they got, and whether the last one still stands.
        sa.Column("files", Int, nullable=False, server_default=sa.text("0")),
        sa.Column("has_file", Int, nullable=False, server_default=sa.text("0")),
        sa.Column("attended", Int, nullable=True),
        sa.CheckConstraint("answer IN ('yes', 'no', 'maybe')", name="meetup_guests_answer"),
        sa.UniqueConstraint("meetup_id", "person_id", name="one_invitation_each"),
    )
    op.create_index("meetup_guests_by_person", "meetup_guests", ["person_id"])


def _announcements() -> None:
    """What is said to many: to whom, and what became of it for each."""
    _may("people", "no_news_at", Int)
    _table(
        "announcements",
        _id(),
        sa.Column("state", Text, nullable=False, server_default=sa.text("'draft'")),
        sa.Column("role", Text, nullable=False),
        sa.Column("language", Text, nullable=False),
        sa.Column("place", Text, nullable=False),
        sa.Column("content", Sealed, nullable=True),
        sa.Column("revision", Int, nullable=False, server_default=sa.text("1")),
        sa.Column("made_by", Int, nullable=False),
        sa.Column("sent_by", Int, nullable=True),
        sa.Column("made_at", Int, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sending', 'stopped', 'sent')", name="announcements_state"
        ),
    )
    _table(
        "announcement_people",
        _key("announcement_id", Int, sa.ForeignKey("announcements.id", ondelete="CASCADE")),
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("language", Text, nullable=False),
        sa.Column("state", Text, nullable=False, server_default=sa.text("'waiting'")),
        sa.Column("not_before", Int, nullable=False, server_default=sa.text("0")),
        sa.CheckConstraint(
            "state IN ('waiting', 'handed', 'delivered', 'blocked', 'dropped')",
            name="announcement_people_state",
        ),
    )
    op.create_index(
        "announcement_people_next",
        "announcement_people",
        ["announcement_id", "state", "not_before"],
    )


def _records() -> None:
    """What volunteers did. No foreign keys: a line stays when its request is gone."""
    _table(
        "records",
        _id(),
        sa.Column("volunteer_id", Int, nullable=False),
        sa.Column("source", Text, nullable=False),
        sa.Column("assignment_id", Int, nullable=True),
        sa.Column("meetup_id", Int, nullable=True),
        sa.Column("starts_at", Int, nullable=False),
        sa.Column("ends_at", Int, nullable=False),
        sa.Column("month", Text, nullable=False),  # "2026-11": by the county's clock
        sa.Column("place", Text, nullable=False),
        sa.Column("category", Text, nullable=False),
        sa.Column("life_area", Text, nullable=True),
        sa.Column("language", Text, nullable=False),
        sa.Column("adults", Int, nullable=False),
        sa.Column("children", Int, nullable=False),
        sa.Column("km", Int, nullable=False),
        sa.Column("status", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.UniqueConstraint("assignment_id", name="records_once"),
        sa.UniqueConstraint("meetup_id", "volunteer_id", name="records_once_at_meetup"),
        sa.CheckConstraint("source IN ('appointment', 'own', 'meetup')", name="records_source"),
        sa.CheckConstraint("status IN ('recorded', 'checked', 'closed')", name="records_status"),
    )
    op.create_index("records_by_month", "records", ["month", "volunteer_id"])
    op.create_index("records_by_volunteer", "records", ["volunteer_id", "month"])
    _table(
        "record_months",  # whom we ask whether a month is complete
        _id(),
        sa.Column("volunteer_id", Int, nullable=False),
        sa.Column("month", Text, nullable=False),
        sa.Column("complete_at", Int, nullable=True),  # when they said yes
        sa.UniqueConstraint("volunteer_id", "month", name="record_months_once"),
    )
    _table(
        "closed_months",
        _key("month", Text),
        sa.Column("closed_at", Int, nullable=False),
        sa.Column("closed_by", Int, nullable=False),
    )
    _table(
        "record_changes",  # of lines in closed months
        _id(),
        sa.Column("record_id", Int, nullable=False),
        sa.Column("at", Int, nullable=False),
        sa.Column("changed_by", Int, nullable=False),
        sa.Column("reason", Sealed, nullable=False),
        sa.Column("facts_before", Text, nullable=False),  # JSON; empty: there was no line
        sa.Column("facts_after", Text, nullable=False),  # JSON; empty: it was taken out
    )
    op.create_index("record_changes_by_record", "record_changes", ["record_id"])


def _figures() -> None:
    """What is left of requests that are forgotten. Those from before are still kept, or gone: there
    is nothing to fill in."""
    _may("help_requests", "short_of", Text)
    _table(
        "request_figures",
        _id(),
        sa.Column("filed_on", Text, nullable=False),
        *(
            sa.Column(name, Text, nullable=False)
            for name in ("category", "kind", "language", "municipality", "how")
        ),
        sa.Column("weekly", Int, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("reason", Text, nullable=False),
        sa.Column("seconds_to_yes", Int, nullable=True),
    )
    op.create_index("request_figures_by_day", "request_figures", ["filed_on"])
    op.create_index("help_requests_by_day", "help_requests", ["created_at"])
    _table(
        "load_figures",
        _key("volunteer_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        _key("month", Text),
        sa.Column("tasks", Int, nullable=False),
        sa.Column("minutes", Int, nullable=False),
    )


def _county_texts() -> None:
    _table(
        "county_changes",
        _key("path", Text),
        sa.Column("value", Text, nullable=False),
        sa.Column("changed_at", Int, nullable=False),
    )
    _table("county_texts", _key("id", Int), sa.Column("revision", Text, nullable=False))


def _desk() -> None:
    """Who is blocked until when, and what coordinators note about a person."""
    _table(
        "blocks",
        _key("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE")),
        sa.Column("until", Text, nullable=False),
        sa.Column("reason", Sealed, nullable=True),
        sa.Column("blocked_by", Int, nullable=True),
        sa.Column("made_at", Int, nullable=False),
    )
    _table(
        "notes",
        _id(),
        sa.Column("person_id", Int, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("written_by", Int, nullable=True),
        sa.Column("content", Sealed, nullable=False),
        sa.Column("made_at", Int, nullable=False),
    )
    op.create_index("notes_of_person", "notes", ["person_id"])


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
