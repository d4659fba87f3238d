"""A program for test_kill.py: commits pairs of rows, and says each number once it is committed."""

import asyncio
import sys

from bot.clock import SystemWall
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from tests.databases import KEY


def pair(tx: Tx, number: int) -> None:
    for chat in (number, -number):
        tx.run("INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat, 'private', 0)", chat=chat)


async def main(url: str) -> None:
    database = await open_database(url, wall=SystemWall(), cipher=Cipher((KEY,)))

    async def one(first: int) -> None:
        for number in range(first, 10**9, 20):
            await database.transact(pair, number)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    await asyncio.gather(*(one(first) for first in range(1, 21)))


asyncio.run(main(sys.argv[1]))
