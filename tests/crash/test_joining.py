"""`lotse import` and `lotse invite` as the office runs them, beside no bot at all."""

from pathlib import Path

from bot.clock import SystemWall
from bot.domain.people import Level, Person, Role, Volunteer
from bot.storage import chats, people, volunteers
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from bot.usecases import joining
from simulator import BotApiServer
from tests.crash.command import lotse
from tests.crash.kennel import TOKEN
from tests.databases import KEY

LINK = "https://t.me/"


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
