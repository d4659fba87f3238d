"""The `lotse` command in a process of its own."""

import asyncio
import base64
import os
import sys
from pathlib import Path

from tests.crash.kennel import ROOT, TOKEN
from tests.databases import KEY

MAIN = "from bot.cli import main; main()"


async def lotse(
    folder: Path, url: str, api: str, *words: str, key: bytes = KEY, older: tuple[bytes, ...] = ()
) -> tuple[int, str]:
    """The command until it ends: exit code and what it said. *older*: keys behind *key*."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", MAIN, *words),
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api,
            "DATABASE_URL": url,
            "ENCRYPTION_KEY": ",".join(
                base64.urlsafe_b64encode(one).decode() for one in (key, *older)
            ),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()
