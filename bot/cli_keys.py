"""``lotse key rotate`` and ``lotse backup``: what is done with the keys beside the running bot."""

import os
import sqlite3
import subprocess
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from bot.cli_links import beside_the_bot
from bot.settings import Settings
from bot.storage import audit, sealed
from bot.storage.backups import pack, unpack
from bot.storage.database import Database
from bot.storage.errors import SealBroken
from bot.storage.sealed import COLUMNS, Sealed
from bot.storage.tx import Tx

#: So many values are sealed anew in one transaction: short enough to make nobody wait.
_AT_ONCE = 200


class CannotBackUp(Exception):
    """The message says what to do."""


class CannotRotate(Exception):
    """The message says what to do."""


async def rotate(chosen: Settings) -> None:
    """Seal everything with the newest key. Killed in between, it goes on where it stopped.

    Raises :class:`CannotRotate` if a bot is running that does not know the newest key.
    """
    async with beside_the_bot(chosen) as db:
        total = 0
        for column in COLUMNS:
            changed = await _renew(db, column)
            total += changed
            if changed:
                print(f"{column.table}.{column.column}: {changed}")
        left = await db.transact(_finish)
    if left:
        raise CannotRotate(
            f"{left} values were sealed with an older key meanwhile: restart the bot with the new"
            " key in front in ENCRYPTION_KEY, then run this again"
        )
    print(f"Done: {total} values are sealed with the newest key now.")
    if len(chosen.encryption_keys) > 1:
        print(
            "The older keys open nothing here any more. Take them out of ENCRYPTION_KEY and"
            " restart. Keep them, apart from the backups, as long as backups of their time."
        )


async def _renew(db: Database, column: Sealed) -> int:
    after: int | None = None
    total = 0
    while True:
        after, changed = await db.transact(sealed.renew, column, after, _AT_ONCE)
        total += changed
        if after is None:
            return total


def _finish(tx: Tx) -> int:
    audit.add(tx, None, "key:rotate")
    return sealed.finish(tx)


def back_up(chosen: Settings, target: Path) -> None:
    """The whole database, encrypted with the newest key, into a new file *target*.

    Raises :class:`CannotBackUp`.
    """
    url = chosen.database_url.get_secret_value()
    dump = _sqlite_dump if url.startswith("sqlite") else _postgres_dump
    with _new_file(target) as packed, dump(url) as plain:
        pack(plain, packed, chosen.encryption_keys[0])
    print(f"{target}: written.")


def open_backup(chosen: Settings, source: Path, target: Path) -> None:
    """What is in the backup *source*, into a new file *target*. Raises :class:`CannotBackUp`."""
    try:
        with source.open("rb") as packed, _new_file(target) as plain:
            unpack(packed, plain, chosen.encryption_keys)
    except (SealBroken, OSError) as fault:
        raise CannotBackUp(f"{source}: {fault}") from None
    print(f"{target}: written.")


@contextmanager
def _new_file(path: Path) -> Generator[IO[bytes]]:
    """For us alone to read; gone again if it could not be written to its end."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CannotBackUp(f"{path} exists already: choose another name") from None
    except OSError as fault:
        raise CannotBackUp(f"{path}: {fault.strerror}") from None
    try:
        with os.fdopen(made, "wb") as file:
            yield file
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def _sqlite_dump(url: str) -> Generator[IO[bytes]]:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.is_file():
        raise CannotBackUp(f"{path}: there is no such database")
    with NamedTemporaryFile(prefix="lotse-", dir=path.parent) as copy:
        with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy.name)) as kept:
            live.backup(kept)
        with Path(copy.name).open("rb") as plain:
            yield plain


@contextmanager
def _postgres_dump(url: str) -> Generator[IO[bytes]]:
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "dbname": "PGDATABASE"}
    names["password"] = "PGPASSWORD"  # where nobody sees it in the list of processes
    known = {names[key]: str(value) for key, value in given.items() if key in names}
    command = ["pg_dump", "--format=custom"]
    try:
        dump = subprocess.Popen(  # noqa: S603  (a fixed program, no shell)
            command, stdout=subprocess.PIPE, env={"PATH": os.defpath, **known}
        )
    except FileNotFoundError:
        raise CannotBackUp("pg_dump is missing: install postgresql-client") from None
    with dump:
        assert dump.stdout is not None
        yield dump.stdout
        if dump.wait() != 0:
            raise CannotBackUp("pg_dump did not come to its end")
