"""What `lotse poster` and `lotse leaflet` do: papers to print, as files."""

from collections.abc import Mapping
from pathlib import Path

from bot import cli_county
from bot.app import bot_username
from bot.documents.papers import MAKERS, File
from bot.domain.county import County
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.settings import Settings


class CannotPrint(Exception):
    """The paper can't be made; says why and what to do."""


async def write(
    chosen: Settings, kind: str, of: Mapping[str, str], username: str | None, out: Path | None
) -> None:
    """Draw the paper and print where it lies. Raises :class:`CannotPrint`."""
    _, county, _ = await cli_county.holding(chosen)
    catalogues = Catalogues.load()
    language, place = of.get("language", ""), of.get("place", "")
    if language and language not in catalogues.offered:
        raise CannotPrint(f"{language}: write one of {', '.join(catalogues.offered)}")
    if place and county.place(place) is None:
        raise CannotPrint(f"{place}: write the name of a place as in the county's file")
    named = {**of, "username": username or await bot_username(chosen)}
    file = _drawn(kind, named, county, Wording(catalogues, county.zone))
    path = out or Path(file.name)
    try:
        path.write_bytes(file.content)
    except OSError as fault:
        raise CannotPrint(f"{path}: {fault.strerror or 'can not be written'}") from None
    print(path)


def _drawn(kind: str, of: Mapping[str, str], county: County, wording: Wording) -> File:
    try:
        return MAKERS[kind].draw(of, county, wording)
    except ImportError:
        raise CannotPrint("Install what draws papers first: pip install 'lotse[report]'") from None
    except LookupError as unknown:
        raise CannotPrint(f"{unknown}: no code can name this place") from None
