"""What a search for volunteers reads, in the order in which it reads it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Int = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # STRICT knows INTEGER only
# Collation "C" orders by bytes, as SQLite does.
Text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _heads()


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


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _key(name: str, kind: Any, *parts: sa.ForeignKey) -> sa.Column[Any]:
    return sa.Column(name, kind, *parts, primary_key=True, nullable=False, autoincrement=False)
