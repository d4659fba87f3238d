"""kill -9 in the middle of the work: what was acknowledged is there, nothing is there by half."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.clock import MovableWall
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from tests.databases import START

ROOT = Path(__file__).parents[2]


def chats(tx: Tx) -> set[int]:
    return {row["chat_id"] for row in tx.all("SELECT chat_id FROM chats")}


@pytest.mark.parametrize("acknowledged", [1, 300])
async def test_kill_9(database_url: str, cipher: Cipher, acknowledged: int) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.storage.commits_until_killed",
        database_url,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    told = [int(await process.stdout.readline()) for _ in range(acknowledged)]
    process.kill()
    told += [int(line) for line in (await process.stdout.read()).splitlines(keepends=True)]
    assert await process.wait() == -9

    database = await open_database(database_url, wall=MovableWall(START), cipher=cipher)
    stored = await database.read(chats)
    await database.close()
    assert set(told) <= stored
    assert stored == {-chat for chat in stored}
