"""`lotse key rotate` and `lotse backup`, as somebody types them."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.clock import MovableWall
from bot.domain.people import Role
from bot.storage import people
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from tests.crash.command import lotse
from tests.databases import KEY, START

T = TypeVar("T")

NEW = bytes(range(50, 82))
NOWHERE = "http://127.0.0.1:9"


async def test_a_new_key_and_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    await _with_database(sqlite_url, KEY, _add_sara)
    code, said = await lotse(tmp_path, sqlite_url, NOWHERE, "backup", "make", "before.lotse")
    assert (code, said) == (0, "before.lotse: written.\n")
    packed = (tmp_path / "before.lotse").read_bytes()
    assert b"SQLite" not in packed
    assert (tmp_path / "before.lotse").stat().st_mode & 0o777 == 0o600

    code, said = await lotse(tmp_path, sqlite_url, NOWHERE, "key", "rotate", key=NEW, older=(KEY,))
    assert code == 0
    assert "people.name: 1" in said
    assert "Take them out of ENCRYPTION_KEY" in said
    assert await _with_database(sqlite_url, NEW, _name_of_sara) == "سارة"

    # A backup from before opens with the old key, and with nothing else.
    opening = ("backup", "open", "before.lotse", "then.db")
    code, said = await lotse(tmp_path, sqlite_url, NOWHERE, *opening, key=NEW)
    assert (code, "a key that we do not have" in said) == (2, True)
    assert not (tmp_path / "then.db").exists()
    code, said = await lotse(tmp_path, sqlite_url, NOWHERE, *opening)
    assert (code, said) == (0, "then.db: written.\n")
    then = f"sqlite:///{tmp_path / 'then.db'}"
    assert await _with_database(then, KEY, _name_of_sara) == "سارة"
    code, said = await lotse(tmp_path, sqlite_url, NOWHERE, *opening)
    assert (code, "exists already" in said) == (2, True)


async def _with_database(url: str, key: bytes, work: Callable[[Tx], T]) -> T:
    db = await open_database(url, wall=MovableWall(START), cipher=Cipher((key,)))
    try:
        return await db.transact(work)
    finally:
        await db.close()


def _add_sara(tx: Tx) -> None:
    people.grant(tx, people.add(tx, chat_id=None, name="سارة"), Role.COORDINATOR)


def _name_of_sara(tx: Tx) -> str:
    return people.coordinators(tx)[0].name
