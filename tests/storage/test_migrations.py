"""The schema: the same on both databases, the same by every way there, never changed by half."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.storage.errors import CannotOpen
from bot.storage.schema import HEAD, SCRIPTS, upgrade_postgres, upgrade_sqlite
from bot.storage.sqlite_file import connect_file
from tests.databases import PostgresServer

ROOT = Path(__file__).parents[2]
Columns = set[tuple[str, str, str, bool]]


class Sqlite:
    """One database of a test, looked at with plain SQL."""

    bytes_type = "BLOB"

    def __init__(self, path: Path) -> None:
        self.url = str(path)
        self._path = path

    def upgrade(self, scripts: Path = SCRIPTS, to: str = "head") -> None:
        known = self.rows("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")
        version = self.rows("SELECT version_num FROM alembic_version")[0][0] if known else None
        upgrade_sqlite(lambda: connect_file(self._path), version, scripts=scripts, to=to)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._path)) as db, db:
            return db.execute(sql).fetchall()

    def schema(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2, 3")

    def columns(self) -> Columns:
        sql = (
            'SELECT t.name, c.name, c.type, c."notnull" FROM sqlite_master t,'
            " pragma_table_info(t.name) c WHERE t.type = 'table'"
            " AND t.name NOT IN ('alembic_version', 'sqlite_sequence')"
        )
        names = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
        return {
            (table, column, names[kind], bool(must)) for table, column, kind, must in self.rows(sql)
        }

    def indexes(self) -> set[str]:
        sql = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        return {name for (name,) in self.rows(sql)}


class Postgres:
    """The same for PostgreSQL."""

    bytes_type = "BYTEA"

    def __init__(self, url: str) -> None:
        self.url = url

    def upgrade(self, scripts: Path = SCRIPTS, to: str = "head") -> None:
        found = self.rows("SELECT to_regclass('alembic_version')")[0][0]
        version = self.rows("SELECT version_num FROM alembic_version")[0][0] if found else None
        upgrade_postgres(lambda: psycopg.connect(self.url), version, scripts=scripts, to=to)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as db:
            cursor = db.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def schema(self) -> list[tuple[Any, ...]]:
        return [
            *self.rows(
                "SELECT table_name, column_name, data_type, is_nullable, column_default,"
                " collation_name FROM information_schema.columns WHERE table_schema = 'public'"
                " ORDER BY table_name, ordinal_position"
            ),
            *self.rows("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"),
            *self.rows(
                "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
                " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
            ),
        ]

    def columns(self) -> Columns:
        sql = (
            "SELECT table_name, column_name, data_type, is_nullable = 'NO'"
            " FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return {row for row in self.rows(sql) if row[0] != "alembic_version"}

    def indexes(self) -> set[str]:
        sql = (
            "SELECT indexname FROM pg_indexes LEFT JOIN pg_constraint ON conname = indexname"
            " WHERE schemaname = 'public' AND conname IS NULL"
        )
        return {name for (name,) in self.rows(sql)}


@pytest.fixture(params=["sqlite", "postgres"])
def empty(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_server: PostgresServer
) -> Iterator[Sqlite | Postgres]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield Sqlite(tmp_path / "empty.db")
    else:
        url = postgres_server.create()
        yield Postgres(url)
        postgres_server.drop(url)


def revisions() -> list[str]:
    """From the first to the newest."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in scripts][::-1]


def test_the_code_expects_the_newest_revision() -> None:
    assert revisions()[-1] == HEAD


@pytest.mark.parametrize("start", revisions())
def test_an_upgraded_database_equals_a_fresh_one(
    empty: Sqlite | Postgres, start: str, sqlite_template: Path, postgres_url: str
) -> None:
    empty.upgrade(to=start)
    empty.upgrade()
    fresh = Sqlite(sqlite_template) if isinstance(empty, Sqlite) else Postgres(postgres_url)
    assert empty.schema() == fresh.schema()


def test_both_databases_have_the_same_columns_and_indexes(
    sqlite_template: Path, postgres_url: str
) -> None:
    sqlite_schema, postgres_schema = Sqlite(sqlite_template), Postgres(postgres_url)
    assert sqlite_schema.columns() == postgres_schema.columns()
    assert sqlite_schema.indexes() == postgres_schema.indexes()


def test_volunteers_of_before_are_seen_from_afar(empty: Sqlite | Postgres) -> None:
    empty.upgrade(to="0002")
    for table, rows in {
        "people (id, created_at)": "(1, 0), (2, 0)",
        "volunteers (person_id, active, place, cell_x, cell_y)": (
            "(1, 1, 'Thale', 150, 1155), (2, 0, '', NULL, NULL)"
        ),
        "volunteer_languages (person_id, language, level)": "(1, 'ar', 'some')",
        "volunteer_skills (person_id, skill)": "(1, 'school'), (1, 'doctor')",
        "volunteer_times (person_id, weekday, part, mark)": (
            "(1, 2, 'evening', 'never'), (1, 0, 'morning', 'good')"
        ),
    }.items():
        empty.rows(f"INSERT INTO {table} VALUES {rows}")
    empty.upgrade()
    of_all = ("bus", "150 1155", "Thale", None, " doctor  school ")
    times = " 0:morning:good  2:evening:never "
    assert empty.rows(
        "SELECT person_id, language, level, travel, cell, place, gender, skills, times"
        " FROM volunteer_heads ORDER BY language"
    ) == [(1, "", "well", *of_all, times), (1, "ar", "some", *of_all, times)]


def test_applications_of_before_go_on(empty: Sqlite | Postgres) -> None:
    empty.upgrade(to="0003")
    for table, rows in {
        "people (id, created_at)": "(1, 0), (2, 0), (3, 0)",
        "volunteers (person_id, active)": "(2, 1)",
        "applications (id, person_id, state, made_at, claimed_by)": (
            "(2, 1, 'open', 10, NULL), (3, 1, 'claimed', 20, 3), (5, 2, 'done', 30, 3),"
            " (6, 1, 'done', 40, 3)"
        ),
    }.items():
        empty.rows(f"INSERT INTO {table} VALUES {rows}")
    empty.upgrade()
    assert empty.rows("SELECT id, person_id, state, changed_at, claimed_by FROM applications") == [
        (2, 1, "new", 10, None),
        (3, 1, "new", 20, 3),
        (5, 2, "appointed", 30, 3),
        (6, 1, "talked", 40, 3),
    ]
    empty.rows(
        "INSERT INTO applications (person_id, state, made_at, changed_at) VALUES (3, 'new', 0, 0)"
    )
    assert empty.rows("SELECT max(id) FROM applications") == [(7,)]
    assert empty.rows("SELECT kind, subject FROM due") == [("papers_end", 2)]


def test_sqlite_enforces_types_too(sqlite_template: Path) -> None:
    sql = (
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    )
    loose = {name for (name,) in Sqlite(sqlite_template).rows(sql)}
    assert loose == {"alembic_version", "sqlite_schema", "sqlite_sequence"}


def test_postgres_orders_text_as_sqlite_does(postgres_url: str) -> None:
    sql = (
        "SELECT DISTINCT collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'text'"
    )
    assert Postgres(postgres_url).rows(sql) == [("C",)]


# --- a migration that does not end ---------------------------------------------------------------

NEXT = """
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision = "next", "{head}"
def upgrade():
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE meta SET key = 'changed'")
    op.drop_table("cards")
    {end}
"""
RUN = """
import sys, pathlib, psycopg
from bot.storage.schema import upgrade_postgres, upgrade_sqlite
from bot.storage.sqlite_file import connect_file
url, scripts = sys.argv[1], pathlib.Path(sys.argv[2])
if "://" in url:
    upgrade_postgres(lambda: psycopg.connect(url), "{head}", scripts=scripts)
else:
    upgrade_sqlite(lambda: connect_file(pathlib.Path(url)), "{head}", scripts=scripts)
"""


def with_next(directory: Path, end: str) -> Path:
    """The migrations, and one more that ends like this."""
    scripts = directory / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(NEXT.format(head=HEAD, end=end))
    return scripts


def run(database: Sqlite | Postgres, scripts: Path) -> int:
    program = [sys.executable, "-c", RUN.format(head=HEAD), database.url, str(scripts)]
    return subprocess.run(program, cwd=ROOT, check=False, stderr=subprocess.DEVNULL).returncode


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("raise LookupError", 1),
    ],
    ids=["kill -9", "raise"],
)
def test_an_interrupted_migration_leaves_the_old_schema(
    empty: Sqlite | Postgres, tmp_path: Path, end: str, code: int
) -> None:
    empty.upgrade()
    empty.rows("INSERT INTO meta (key, value) VALUES ('old', CAST('' AS " + empty.bytes_type + "))")
    before = empty.schema()
    assert run(empty, with_next(tmp_path, end)) == code
    assert empty.schema() == before
    assert empty.rows("SELECT key FROM meta") == [("old",)]
    assert empty.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_the_interrupted_migration_would_have_changed_it(
    empty: Sqlite | Postgres, tmp_path: Path
) -> None:
    empty.upgrade()
    before = empty.schema()
    assert run(empty, with_next(tmp_path, "pass")) == os.EX_OK
    assert empty.schema() != before
    assert empty.rows("SELECT version_num FROM alembic_version") == [("next",)]


def test_a_migration_that_breaks_references_is_undone(tmp_path: Path) -> None:
    database = Sqlite(tmp_path / "lotse.db")
    database.upgrade()
    database.rows("INSERT INTO chats (chat_id, kind, seen_at) VALUES (1, 'private', 0)")
    database.rows("INSERT INTO people (chat_id, created_at) VALUES (1, 0)")
    before = database.schema()
    scripts = with_next(tmp_path, "op.execute('DELETE FROM chats')")
    with pytest.raises(CannotOpen, match="it broke 1 references"):
        database.upgrade(scripts)
    assert database.schema() == before
    assert database.rows("SELECT chat_id FROM chats") == [(1,)]
