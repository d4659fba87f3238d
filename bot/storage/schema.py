"""Which schema the code expects, how to get there, and whether the key fits the data.

Reading the version is plain SQL; Alembic (1.3 s to import) is loaded only when the schema differs.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.storage.cipher import Cipher
from bot.storage.errors import CannotOpen, DatabaseNewer, SealBroken, WrongKey

if TYPE_CHECKING:
    import psycopg
    from alembic.config import Config
    from sqlalchemy import Connection

HEAD = "0004"
SCRIPTS = Path(__file__).parents[2] / "migrations"

# PostgreSQL's advisory locks are pairs of numbers: ours begin with "LOTS" in ASCII.
LOCK_CLASS = 0x4C4F5453
MIGRATION_LOCK = -1
LEADER_LOCK = 0  # and from 1 on, the workers' numbers

KEY_CHECK = "key check"
LOOKUP_KEY = "look-up key"
_KEY_CHECK_PURPOSE = "meta.key_check"
_LOOKUP_PURPOSE = "meta.lookup_key"


def make_key_check(cipher: Cipher) -> bytes:
    """What a new database stores so that a wrong key is noticed at once."""
    return cipher.seal(_KEY_CHECK_PURPOSE, "Lotse")


def check_key(cipher: Cipher, stored: bytes) -> None:
    """Raises WrongKey unless one of the keys opens what the database was made with."""
    try:
        cipher.unseal(_KEY_CHECK_PURPOSE, stored)
    except SealBroken:
        raise WrongKey(
            "the key does not fit this database: give the key it was made with"
            " (a new key goes in front of it, separated by a comma)"
        ) from None


def make_lookup_key(cipher: Cipher) -> bytes:
    """What a database stores that has no key for look-up hashes yet."""
    return cipher.seal(_LOOKUP_PURPOSE, cipher.lookup_key.hex())


def adopt_lookup_key(cipher: Cipher, stored: bytes) -> None:
    """Look-up hashes are those of this database. Raises :class:`SealBroken`."""
    cipher.adopt(bytes.fromhex(str(cipher.unseal(_LOOKUP_PURPOSE, stored))))


def upgrade_sqlite(
    connect: Callable[[], sqlite3.Connection],
    version: str | None,
    *,
    allowed: bool = True,
    scripts: Path = SCRIPTS,
    to: str = "head",
) -> None:
    """Migrates in one transaction. Foreign keys are off meanwhile (tables are rebuilt), so they
    are checked before COMMIT. A kill at any point leaves the old schema."""
    from sqlalchemy import NullPool, create_engine

    config = _config(scripts)
    _check_upgrade(config, version, allowed=allowed)
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(config, connection, to)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise CannotOpen(f"migration undone: it broke {len(broken)} references between rows")
        connection.commit()


def upgrade_postgres(
    connect: "Callable[[], psycopg.Connection[Any]]",
    version: str | None,
    *,
    allowed: bool = True,
    scripts: Path = SCRIPTS,
    to: str = "head",
) -> None:
    """Migrates in one transaction; workers that start together wait here, and only the first one
    finds something to do."""
    from sqlalchemy import NullPool, create_engine

    config = _config(scripts)
    _check_upgrade(config, version, allowed=allowed)
    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_CLASS}, {MIGRATION_LOCK})")
        _run(config, connection, to)


def _config(scripts: Path) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def _check_upgrade(config: "Config", version: str | None, *, allowed: bool) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise DatabaseNewer(
            f"the database has schema {version}, this program knows {HEAD} at most: update it"
        )
    if not allowed:
        raise CannotOpen(f"the database has schema {version or 'none'}, {HEAD} is needed: migrate")


def _run(config: "Config", connection: "Connection", to: str) -> None:
    from alembic import command
    from sqlalchemy.exc import DBAPIError

    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except DBAPIError as error:  # the driver's own words: which right is missing, what is there
        raise error.orig or error from None
