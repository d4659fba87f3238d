"""What `lotse import` and `lotse invite` do: links that are made once and printed once.

Both may run while the bot does.
"""

import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import bot_username
from bot.clock import SystemWall
from bot.counties.volunteers import Listed
from bot.domain.county import County
from bot.settings import Settings
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.tx import Tx
from bot.usecases import joining
from bot.usecases.joining import Import

_ONCE = f"Each link works once and for {joining.VALID_DAYS} days."


class CannotDraw(Exception):
    """The picture can't be written where it should be."""


async def import_listed(chosen: Settings, county: County, listed: list[Listed]) -> None:
    """Register all of *listed*, or nobody, and print a link for each who has not joined yet."""
    username = await bot_username(chosen)  # first: a link that can't be printed would be lost
    rows = [(joining.new_token(), one) for one in listed]
    async with beside_the_bot(chosen) as db:
        imported = await db.transact(joining.invite_listed, county, rows)
    for (token, one), (_, became) in zip(rows, imported, strict=True):
        link = joining.link(username, token)
        match became:
            case Import.NEW:
                print(f"{one.name}: {link}")
            case Import.AGAIN:
                print(f"{one.name}: {link} (was registered before; this is a new link)")
            case Import.JOINED:
                print(f"{one.name}: has joined already, nothing was changed")
    print(_ONCE)


async def invite(
    chosen: Settings, invited: Callable[[Tx, str], None], picture: Path | None
) -> None:
    """Print the link of *invited* (a use case that makes a token valid), and draw it.

    Raises :class:`CannotDraw`.
    """
    token = joining.new_token()
    link = joining.link(await bot_username(chosen), token)
    if picture is not None:  # first: a picture that can't be written would waste the link
        _draw(link, picture)
    async with beside_the_bot(chosen) as db:
        await db.transact(invited, token)
    show(link)
    print(_ONCE)


def show(link: str) -> None:
    """The link, and in a terminal its QR code of text blocks: a phone can scan it there."""
    if sys.stdout.isatty():
        import segno

        segno.make(link).terminal(compact=True)
    print(link, flush=True)


def _draw(link: str, picture: Path) -> None:
    """The link as a QR code in a PNG file."""
    import segno

    try:
        segno.make(link).save(str(picture), kind="png", scale=10)
    except OSError as fault:
        raise CannotDraw(f"{picture}: {fault.strerror or 'can not be written'}") from None


@asynccontextmanager
async def beside_the_bot(chosen: Settings) -> AsyncGenerator[Database]:
    """The database, for a command that may run while the bot does."""
    db = await open_database(
        chosen.database_url.get_secret_value(),
        wall=SystemWall(),
        cipher=Cipher(chosen.encryption_keys),
        serves=False,
    )
    try:
        yield db
    finally:
        await db.close()
