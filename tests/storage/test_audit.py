"""The audit trail: whatever somebody does to the table without the key is found."""

import base64
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot import cli_audit
from bot.clock import MovableWall
from bot.counties import loader
from bot.documents import audit_csv
from bot.settings import Settings
from bot.storage import audit
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.databases import KEY, START

LINES = (
    (7, "request:look", "request:1"),
    (7, "request:close", "request:1"),
    (8, "/volunteers", ""),
    (None, "lotse invite reader", ""),
    (9, "refused", "person:end:reader:8"),
)


def written(tx: Tx) -> None:
    for actor, what, subject in LINES:
        audit.add(tx, actor, what, subject)


@pytest.mark.parametrize(
    ("deed", "found_at"),
    [
        ("UPDATE audit SET actor = 8 WHERE id = 2", 2),
        ("UPDATE audit SET actor = NULL WHERE id = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE id = 3", 3),
        ("UPDATE audit SET what = 'request:look' WHERE id = 2", 2),
        ("UPDATE audit SET subject = 'request:2' WHERE id = 2", 2),
        ("DELETE FROM audit WHERE id = 3", 4),
        ("DELETE FROM audit WHERE id IN (2, 3)", 4),
        (
            (
                "INSERT INTO audit (id, at, actor, what, subject, chain)"
                " SELECT 6, at, 7, 'request:look', 'request:1', chain FROM audit WHERE id = 2"
            ),
            6,
        ),
        # What stands in the middle is put in again at the end, with its own chain.
        ("UPDATE audit SET id = 9 WHERE id = 3", 4),
        (
            (
                "UPDATE audit SET what = CASE id WHEN 2 THEN '/volunteers' ELSE 'request:close' END"
                " WHERE id IN (2, 3)"
            ),
            2,
        ),
    ],
)
async def test_what_was_done_to_it_is_found(database: Database, deed: str, found_at: int) -> None:
    await database.transact(written)
    assert await database.read(audit.first_broken) is None
    assert await database.read(audit.count) == len(LINES)
    await database.transact(lambda tx: tx.run(deed))
    assert await database.read(audit.first_broken) == found_at


async def test_old_lines_go_and_the_chain_holds(database: Database, wall: MovableWall) -> None:
    await database.transact(written)
    wall.move_to(START + 100)
    await database.transact(written)
    await database.transact(audit.prune, START + 50)
    assert await database.read(audit.count) == len(LINES)
    assert await database.read(audit.first_broken) is None
    await database.transact(audit.prune, START + 1000)
    assert await database.read(audit.count) == 1, "the newest holds the chain"
    await database.transact(audit.add, 7, "/open")
    assert await database.read(audit.first_broken) is None


async def test_the_command_line(
    database: Database, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = Settings(
        telegram_bot_token=SecretStr("123456789:TEST-token-of-the-simulator-0000001"),
        database_url=SecretStr(database_url),
        encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    )
    await database.transact(written)
    assert await cli_audit.verify(chosen)
    assert capsys.readouterr().out == "ok: 5 lines\n"
    file = tmp_path / "audit.csv"
    await cli_audit.export(chosen, loader.load(), file)
    table = file.read_text(encoding="utf-8-sig").splitlines()
    assert table[1].endswith(";#7;request:look;H-1001")
    assert len(table) == 1 + len(LINES)
    assert await database.read(audit.count) == len(LINES) + 1
    await database.transact(lambda tx: tx.run("DELETE FROM audit WHERE id = 2"))
    assert not await cli_audit.verify(chosen)
    assert capsys.readouterr().err == "line 3 does not follow from the one before it\n"


async def test_some_of_it(database: Database) -> None:
    await database.transact(written)
    of_seven = await database.read(lambda tx: audit.lines(tx, actor=7))
    assert [line.what for line in of_seven] == ["request:close", "request:look"]
    about = await database.read(lambda tx: audit.lines(tx, subject="request:1", before=2))
    assert [line.id for line in about] == [1]
    assert await database.read(audit.actors) == [7, 8, 9]


def test_a_table_that_an_office_opens() -> None:
    rows = [
        (1, START, "Jürgen Groß", "request:look", "H-1001"),
        (2, START, "=HYPERLINK(1)", "a;b", '"x"'),
    ]
    content = audit_csv.content(rows, ZoneInfo("Europe/Berlin")).decode("utf-8-sig")
    assert content.splitlines() == [
        "Nr.;Zeit;Wer;Was;Vorgang",
        "1;15.01.2027 09:00:00;Jürgen Groß;request:look;H-1001",
        '2;15.01.2027 09:00:00;\'=HYPERLINK(1);"a;b";"""x"""',
    ]
