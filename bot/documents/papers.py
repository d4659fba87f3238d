"""Documents that go out with a message, made at the moment they are sent.

A message names a document by its kind and what it is of (:class:`bot.messages.Paper`). What it says
is gathered on a connection that blocks nobody, and drawn in a thread of its own, so that neither a
turn nor another message waits for it. Made again, it says what is true then.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.documents import audit_csv
from bot.domain.county import County
from bot.i18n.wording import Wording
from bot.messages import Paper
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import auditing


@dataclass(frozen=True, slots=True)
class File:
    """``name``: as an office finds it again. ``media_type``: a picture (``image/png``) is shown,
    everything else is sent as a file."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Maker:
    """One kind of document. ``gather`` reads the facts; ``draw`` makes the file of them, without
    any database. ``gather`` may raise ``LookupError``: there is nothing to write down."""

    gather: Callable[[Tx, County, Mapping[str, str]], Any]
    draw: Callable[[Any, County, Wording], File]


def _gather_audit(tx: Tx, county: County, of: Mapping[str, str]) -> list[audit_csv.Row]:
    return list(auditing.rows(tx))


def _draw_audit(rows: list[audit_csv.Row], county: County, wording: Wording) -> File:
    content = audit_csv.content(rows, county.zone)
    return File("Zugriffsprotokoll.csv", content, "text/csv")


#: Every kind of document. Modules that draw are heavy: a maker imports them where it draws.
MAKERS: Final[Mapping[str, Maker]] = {
    auditing.PAPER: Maker(_gather_audit, _draw_audit),
}


class Papers:
    """Makes documents with what one county has in its database."""

    def __init__(self, db: Database, county: County, wording: Wording) -> None:
        self._db = db
        self._county = county
        self._wording = wording

    async def make(self, paper: Paper) -> File:
        """Raises ``KeyError`` for a kind there is not, ``LookupError`` if there is nothing."""
        maker = MAKERS[paper.kind]
        facts = await self._db.read(maker.gather, self._county, paper.of)
        return await asyncio.to_thread(maker.draw, facts, self._county, self._wording)
