"""`lotse poster`, `lotse leaflet` and `lotse county export` as the office runs them."""

import io
import tomllib
from pathlib import Path

import pypdf

from bot.clock import SystemWall
from bot.storage import county_texts
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from simulator import BotApiServer
from tests.crash.command import lotse
from tests.crash.kennel import TOKEN
from tests.databases import KEY


async def test_papers_say_what_holds_now(sqlite_url: str, tmp_path: Path) -> None:
    database = await open_database(
        sqlite_url, wall=SystemWall(), cipher=Cipher((KEY,)), serves=False
    )
    try:
        await database.transact(county_texts.put, "office.phone", "03941 77 88")
    finally:
        await database.close()
    server = BotApiServer(TOKEN)
    await server.start()
    try:
        wanted = ("poster", "--language", "ar", "--place", "Thale")
        code, said = await lotse(tmp_path, sqlite_url, server.url, *wanted)
        assert code == 0, said
        pages = pypdf.PdfReader(io.BytesIO((tmp_path / "Aushang-ar-Thale.pdf").read_bytes())).pages
        assert "03941 77 88" in pages[0].extract_text()

        code, said = await lotse(
            tmp_path, sqlite_url, server.url, "poster", "--place", "Nowhere", "--username", "lotse"
        )
        assert code == 2
        assert "Nowhere: write the name of a place" in said
        code, said = await lotse(tmp_path, sqlite_url, server.url, "county", "export")
        assert tomllib.loads(said)["office"]["phone"] == "03941 77 88"
    finally:
        await server.stop()
