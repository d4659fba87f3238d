"""What stops a start: one line that says what to fix, and an exit code."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import MovableWall
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from simulator import BotApiServer
from tests.crash.command import lotse
from tests.crash.kennel import TOKEN
from tests.databases import KEY, START


async def run(folder: Path, url: str, api: str, key: bytes = KEY) -> tuple[int, str]:
    """`lotse run` until it ends by itself: exit code and what it said."""
    return await lotse(folder, url, api, "run", key=key)


def execute(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(sql)
        db.commit()


def newer(path: Path) -> None:
    execute(path, "UPDATE alembic_version SET version_num = '9999'")


def foreign(path: Path) -> None:
    path.unlink()
    execute(path, "CREATE TABLE recipes (id)")


def garbage(path: Path) -> None:
    path.write_bytes(b"this is no database " * 500)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (newer, "schema 9999"),
        (foreign, "another program's tables"),
        (garbage, "not an SQLite database"),
    ],
)
async def test_a_database_we_cannot_use(
    sqlite_url: str, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    spoil(tmp_path / "lotse.db")
    code, said = await run(tmp_path, sqlite_url, "http://127.0.0.1:9")
    assert code not in (0, -9)
    assert words in said
    assert len(said.strip().splitlines()) == 1, said


async def test_another_key_and_a_second_process(sqlite_url: str, tmp_path: Path) -> None:
    database = await open_database(sqlite_url, wall=MovableWall(START), cipher=Cipher((KEY,)))
    second = await run(tmp_path, sqlite_url, "http://127.0.0.1:9")
    await database.close()
    wrong_key = await run(tmp_path, sqlite_url, "http://127.0.0.1:9", key=bytes(32))
    for (code, said), words in ((second, "another process"), (wrong_key, "key does not fit")):
        assert code not in (0, -9)
        assert words in said
        assert len(said.strip().splitlines()) == 1, said


async def test_a_token_that_is_wrong(sqlite_url: str, tmp_path: Path) -> None:
    server = BotApiServer(f"{TOKEN}X")
    await server.start()
    code, said = await run(tmp_path, sqlite_url, server.url)
    await server.stop()
    assert code not in (0, -9)
    [line] = [line for line in said.splitlines() if "TELEGRAM_BOT_TOKEN" in line]
    assert "BotFather" in line
    assert TOKEN not in said
    assert "Traceback" not in said
