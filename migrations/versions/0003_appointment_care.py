"""Care around appointments: what keeps the two sides together, and falls to nobody.

Calendars, listeners to voice messages, relay chats, other times, series, what is said afterwards;
and what a search for volunteers reads, in the order in which it reads it.
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
    # 1: nobody knows whether the message arrived once or twice.
    _must("cards", "twice", Int, 0)
    _heads()
    _calendars()
    _listeners()
    _relays()
    _other_times()
    _colleagues()
    _on_the_day()
    _series()
    _reminders()
    _afterwards()


def _heads() -> None:
    """Volunteers seen from afar. It takes the place of the cells in `volunteer_languages`."""
    _table(
        "volunteer_heads",
        _key("person_id", Int, sa.ForeignKey("volunteers.person_id", ondelete="CASCADE")),
        _key("language", Text),
        sa.Column("level", Text, nullable=False),
        sa.Column("cell", Text, nullable=False),
        sa.Column("place", Text, nullable=False),
        sa.Column("travel", Text, nullable=False),
        sa.Column("gender", Text, nullable=True),
        sa.Column("skills", Text, nullable=False),
        sa.Column("times", Text, nullable=False),
    )
    op.create_index(
        "volunteer_heads_by_cell",
        "volunteer_heads",
        ["language", "level", "travel", "cell", "person_id", "place", "gender", "skills", "times"],
    )
    for spoken in ("SELECT person_id, language, level FROM volunteer_languages", _NO_LANGUAGE):
        op.execute(
            "INSERT INTO volunteer_heads (person_id, language, level, cell, place, travel,"  # noqa: S608  (our own columns)
            " gender, skills, times) SELECT l.person_id, l.language, l.level,"
            " coalesce(CAST(v.cell_x AS TEXT) || ' ' || CAST(v.cell_y AS TEXT), ''),"
            f" v.place, v.travel, v.gender, '', '' FROM ({spoken}) l"
            " JOIN volunteers v ON v.person_id = l.person_id WHERE v.active = 1"
        )
    _append("skills", "SELECT person_id, skill AS word FROM volunteer_skills")
    _append(
        "times",
        "SELECT person_id, CAST(weekday AS TEXT) || ':' || part || ':' || mark AS word"
        " FROM volunteer_times",
    )
    op.drop_index("volunteers_by_cell", "volunteers")
    op.drop_index("volunteer_languages_by_cell", "volunteer_languages")
    op.drop_column("volunteer_languages", "cell_x")
    op.drop_column("volunteer_languages", "cell_y")


#: Where no common language is needed, everybody is looked for under this one.
_NO_LANGUAGE = "SELECT person_id, '' AS language, 'well' AS level FROM volunteers"


def _append(column: str, words: str) -> None:
    """Aggregates of strings have another name on each database; volunteers are few."""
    bind = op.get_bind()
    for person_id, word in bind.execute(sa.text(f"{words} ORDER BY 1, 2")).all():
        bind.execute(
            sa.text(
                f"UPDATE volunteer_heads SET {column} = {column} || :word"  # noqa: S608  (our own columns)
                " WHERE person_id = :person_id"
            ),
            {"person_id": person_id, "word": f" {word} "},
        )


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


def _listeners() -> None:
    """Volunteers whom the office trusts with what is only spoken, asked to listen to a request."""
    _may("volunteers", "trusted_at", Int)  # since when; NULL: they may not
    _table(
        "listeners",
        _id(),
        _of("request_id", "help_requests.id"),
        _of("volunteer_id", "volunteers.person_id"),
        sa.Column("state", Text, nullable=False),
        sa.Column("made_at", Int, nullable=False),
        sa.UniqueConstraint("request_id", "volunteer_id", name="listeners_once"),
        sa.CheckConstraint(
            "state IN ('asked', 'taken', 'declined', 'closed')", name="listeners_state"
        ),
    )
    _one("listeners_one_at_a_time", "listeners", "request_id", "taken")


def _relays() -> None:
    _table(
        "relays",
        _id(),
        _of("request_id", "help_requests.id"),
        _of("requester_id", "people.id"),
        _of("volunteer_id", "people.id"),
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
    _one("moves_one_open", "moves", "assignment_id", "open")
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


def _series() -> None:
    # A meeting of a series, or the search for another volunteer: the request it began with.
    _may("help_requests", "series_id", Int)
    op.create_index("help_requests_by_series", "help_requests", ["series_id"])
    _table(
        "series",
        _key("request_id", Int, sa.ForeignKey("help_requests.id")),
        _of("person_id", "people.id"),
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


def _of(name: str, target: str) -> sa.Column[Any]:
    return sa.Column(name, Int, sa.ForeignKey(target), nullable=False)


def _one(name: str, table: str, column: str, state: str) -> None:
    """At most one row of each kind is in this state."""
    there = sa.text(f"state = '{state}'")
    op.create_index(name, table, [column], unique=True, sqlite_where=there, postgresql_where=there)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
