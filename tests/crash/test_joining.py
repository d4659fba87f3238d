"""`lotse import` and `lotse invite` as the office runs them, beside no bot at all."""

import asyncio
import base64
import os
import sys
from pathlib import Path

from bot.clock import SystemWall
from bot.domain.people import Level, Person, Role, Volunteer
from bot.storage import chats, people, volunteers
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from bot.usecases import joining
from simulator import BotApiServer
from tests.crash.kennel import ROOT, TOKEN
from tests.databases import KEY

MAIN = "from bot.cli import main; main()"
LINK = "https://t.me/"


async def lotse(folder: Path, url: str, api: str, *words: str) -> tuple[int, str]:
    """The command until it ends: exit code and what it said."""
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
            "ENCRYPTION_KEY": base64.urlsafe_b64encode(KEY).decode(),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def opened(tx: Tx, chat_id: int, link: str) -> tuple[Person, Volunteer | None]:
    """Somebody opens a printed link."""
    chats.seen(tx, chat_id)
    person = joining.open_link(tx, chat_id, "Telegram's name", link.partition("?start=")[2])
    return people.by_id(tx, person.id), volunteers.find(tx, person.id)


async def test_links_that_commands_print(sqlite_url: str, tmp_path: Path) -> None:
    server = BotApiServer(TOKEN)
    await server.start()
    listed = tmp_path / "list.csv"
    listed.write_bytes("Name;Sprachen\r\nJörg;Farsi\r\nBo;Klingonisch\r\n".encode("cp1252"))
    try:
        code, said = await lotse(tmp_path, sqlite_url, server.url, "import", str(listed))
        assert code == 2
        assert "list.csv, row 3, Sprachen: is not known" in said
        assert LINK not in said

        listed.write_bytes("Name;Sprachen\r\nJörg;Farsi\r\n".encode("cp1252"))
        code, said = await lotse(tmp_path, sqlite_url, server.url, "import", str(listed))
        assert code == 0, said
        code, said = await lotse(tmp_path, sqlite_url, server.url, "import", str(listed))
        assert code == 0, said
        assert "(was registered before; this is a new link)" in said
        joerg = said.partition("Jörg: ")[2].split()[0]

        picture = tmp_path / "anna.png"
        invite = ("invite", "volunteer", "--name", "Anna", "--languages", "Arabisch (etwas)")
        code, said = await lotse(tmp_path, sqlite_url, server.url, *invite, "--qr", str(picture))
        assert code == 0, said
        assert picture.read_bytes().startswith(b"\x89PNG")
        anna = said.split()[0]
        assert "works once and for 14 days" in said

        invite = ("invite", "coordinator", "--name", "Frau Krause")
        _, said = await lotse(tmp_path, sqlite_url, server.url, *invite)
        krause = said.split()[0]
        code, said = await lotse(tmp_path, sqlite_url, server.url, "invite", "volunteer")
        assert code == 2
        assert "--name" in said
    finally:
        await server.stop()

    db = await open_database(sqlite_url, wall=SystemWall(), cipher=Cipher((KEY,)))
    try:
        person, volunteer = await db.transact(opened, 1, joerg)
        assert volunteer is not None
        assert (person.name, volunteer.profile.languages) == ("Jörg", {"fas": Level.WELL})
        person, volunteer = await db.transact(opened, 2, anna)
        assert volunteer is not None
        assert (person.name, volunteer.profile.languages) == ("Anna", {"ar": Level.SOME})
        assert not volunteer.active
        person, volunteer = await db.transact(opened, 3, krause)
        assert (person.name, person.roles, volunteer) == (
            "Frau Krause",
            {Role.COORDINATOR},
            None,
        )
    finally:
        await db.close()
