"""What `lotse audit` does: check the chain, and write all lines to a file.

Both may run while the bot does.
"""

import asyncio
import sys
from pathlib import Path

from bot import cli_links
from bot.documents import audit_csv
from bot.domain.county import County
from bot.settings import Settings
from bot.storage import audit
from bot.storage.tx import Tx
from bot.usecases import auditing


async def verify(chosen: Settings) -> bool:
    """Say whether every line follows from the one before it; False if one does not."""
    async with cli_links.beside_the_bot(chosen) as db:
        count, broken = await db.read(_checked)
    if broken is None:
        print(f"ok: {count} lines")
        return True
    print(f"line {broken} does not follow from the one before it", file=sys.stderr)
    return False


async def export(chosen: Settings, county: County, file: Path) -> None:
    """All lines, oldest first, as CSV; that they were taken is a line itself.

    Raises ``OSError``.
    """
    async with cli_links.beside_the_bot(chosen) as db:
        rows = await db.read(_rows)
        await asyncio.to_thread(file.write_bytes, audit_csv.content(rows, county.zone))
        await db.transact(_exported)
    print(f"{len(rows)} lines written to {file}")


def _checked(tx: Tx) -> tuple[int, int | None]:
    return audit.count(tx), audit.first_broken(tx)


def _rows(tx: Tx) -> list[audit_csv.Row]:
    return list(auditing.rows(tx))


def _exported(tx: Tx) -> None:
    audit.add(tx, None, "lotse audit export")
