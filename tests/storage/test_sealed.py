"""Every sealed column is known, and can be sealed anew with another key."""

from pathlib import Path

import pytest

from bot.clock import MovableWall
from bot.domain.people import Role
from bot.domain.requests import Wanted
from bot.storage import audit, history, invites, people, requests, sealed
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.errors import SealBroken, WrongKey
from bot.storage.tx import Tx
from tests.databases import KEY, START

NEW = bytes(range(100, 132))
#: Columns of bytes that hold keyed hashes.
HASHES = {
    ("audit", "chain"),
    ("calendar_feeds", "token"),
    ("client_links", "token"),
    ("invites", "token"),
}


async def test_every_column_of_bytes_is_sealed_or_a_hash(sqlite_url: str) -> None:
    db = await _open(sqlite_url, KEY)
    found = await db.read(_columns_of_bytes)
    await db.close()
    known = {(one.table, one.column) for one in sealed.COLUMNS}
    assert found == known | HASHES | {("meta", "value")}
    purposes = [one.purpose for one in sealed.COLUMNS]
    assert len(set(purposes)) == len(purposes)


def test_the_purposes_are_those_of_the_aggregates() -> None:
    code = "\n".join(path.read_text() for path in Path("bot/storage").glob("*.py"))
    assert [one for one in sealed.COLUMNS if code.count(f'"{one.purpose}"') < 2] == []


async def test_everything_opens_with_the_new_key_alone(database_url: str) -> None:
    db = await _open(database_url, KEY)
    person_id = await db.transact(_something_of_everything)
    await db.close()

    db = await _open(database_url, NEW, KEY)
    before = await db.read(sealed.with_older_keys)
    assert before >= 4
    await _renew_all(db, most=1, stop_after=2)  # as if it were killed then
    left = await db.transact(sealed.finish)
    assert 0 < left < before
    await _renew_all(db, most=100)
    await db.close()

    # Not finished: the old key is still one that fits.
    await (await _open(database_url, KEY)).close()
    db = await _open(database_url, NEW, KEY)
    assert await db.transact(sealed.finish) == 0
    await db.close()

    db = await _open(database_url, NEW)
    assert (await db.read(people.by_id, person_id)).name == "سارة"
    assert await db.read(people.phone_of, person_id) == "+49171"
    found = await db.read(invites.find, "i-anna")
    assert found is not None  # links work on
    assert found.name == "Anna"
    assert [event.note for event in await db.read(history.of, 1)] == ["a note"]
    assert await db.read(audit.first_broken) is None
    await db.close()
    with pytest.raises(WrongKey):
        await _open(database_url, KEY)


async def test_a_value_that_nobody_can_read_stops_it(sqlite_url: str) -> None:
    db = await _open(sqlite_url, KEY)
    await db.transact(_something_of_everything)
    await db.transact(_spoil)
    names = next(one for one in sealed.COLUMNS if one.purpose == "people.name")
    with pytest.raises(SealBroken):
        await db.transact(sealed.renew, names, None, 10)
    await db.close()


async def _open(url: str, *keys: bytes) -> Database:
    return await open_database(url, wall=MovableWall(START), cipher=Cipher(keys))


async def _renew_all(db: Database, *, most: int, stop_after: int = 1000) -> None:
    for column in sealed.COLUMNS:
        after: int | None = None
        while stop_after > 0:
            after, changed = await db.transact(sealed.renew, column, after, most)
            stop_after -= changed
            if after is None:
                break


def _something_of_everything(tx: Tx) -> int:
    person_id = people.add(tx, chat_id=None, name="سارة")
    people.set_phone(tx, person_id, "+49171")
    wanted = Wanted(
        category="doctor", language="ar", starts_at=None, minutes=60, place="Halberstadt"
    )
    request = requests.add(tx, person_id, wanted)
    history.add(tx, request.id, "filed", note="a note")
    invites.add(tx, "i-anna", Role.VOLUNTEER, person_id=None, expires_at=tx.now + 9, name="Anna")
    audit.add(tx, person_id, "looked")
    audit.add(tx, None, "looked")
    return person_id


def _spoil(tx: Tx) -> None:
    tx.run("UPDATE people SET name = :name", name=b"\x01nonsense")


def _columns_of_bytes(tx: Tx) -> set[tuple[str, str]]:
    tables = tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        (table["name"], column["name"])
        for table in tables
        for column in tx.all(f"SELECT name, type FROM pragma_table_info('{table['name']}')")
        if column["type"] == "BLOB"
    }
