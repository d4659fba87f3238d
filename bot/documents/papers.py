"""Documents that go out with a message, made at the moment they are sent.

A message names a document by its kind and what it is of (:class:`bot.messages.Paper`). What it says
is gathered on a connection that blocks nobody, and drawn in a thread of its own, so that neither a
turn nor another message waits for it. Made again, it says what is true then.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.documents import audit_csv, figures, reports
from bot.domain.county import County
from bot.i18n.wording import Wording
from bot.messages import Paper
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import auditing, counting_notices
from bot.usecases.county_texts import Counties


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


def _as_asked(_: Tx, __: County, of: Mapping[str, str]) -> Mapping[str, str]:
    """Nothing to look up: what was asked for says it all."""
    return of


def _poster(of: Mapping[str, str], county: County, wording: Wording) -> File:
    from bot.documents import poster

    return poster.draw(of, county, wording)


def _leaflet(of: Mapping[str, str], county: County, wording: Wording) -> File:
    from bot.documents import leaflet

    return leaflet.draw(of, county, wording)


def _picture(facts: figures.Facts, county: County, _: Wording) -> File:
    return File(*figures.draw_picture(facts, county))


def _table(facts: figures.Facts, county: County, wording: Wording) -> File:
    return File(*figures.draw_table(facts, county, wording))


def _attended(tx: Tx, county: County, of: Mapping[str, str]) -> Any:
    from bot.documents import meetup_list

    return meetup_list.gather(tx, county, of)


def _attended_pdf(facts: Any, county: County, wording: Wording) -> File:
    from bot.documents import meetup_list

    return meetup_list.draw_pdf(facts, county, wording)


def _attended_xlsx(facts: Any, county: County, wording: Wording) -> File:
    from bot.documents import meetup_list

    return meetup_list.draw_xlsx(facts, county, wording)


def _gather_audit(tx: Tx, county: County, of: Mapping[str, str]) -> list[audit_csv.Row]:
    return list(auditing.rows(tx))


def _draw_audit(rows: list[audit_csv.Row], county: County, wording: Wording) -> File:
    content = audit_csv.content(rows, county.zone)
    return File("Zugriffsprotokoll.csv", content, "text/csv")


#: Every kind of document. Modules that draw are heavy: a maker imports them where it draws.
MAKERS: Final[Mapping[str, Maker]] = {
    "records_pdf": Maker(reports.of_records, reports.records_pdf),
    "records_xlsx": Maker(reports.of_records, reports.records_xlsx),
    "records_csv": Maker(reports.of_records, reports.records_csv),
    "allowance_pdf": Maker(reports.of_allowance, reports.allowance_pdf),
    "allowance_xlsx": Maker(reports.of_allowance, reports.allowance_xlsx),
    "totals_pdf": Maker(reports.of_totals, reports.totals_pdf),
    "totals_xlsx": Maker(reports.of_totals, reports.totals_xlsx),
    "leaflet": Maker(_as_asked, _leaflet),
    "poster": Maker(_as_asked, _poster),
    counting_notices.PICTURE: Maker(figures.gather, _picture),
    counting_notices.TABLE: Maker(figures.gather, _table),
    "meetup_list": Maker(_attended, _attended_pdf),
    "meetup_table": Maker(_attended, _attended_xlsx),
    auditing.PAPER: Maker(_gather_audit, _draw_audit),
}


class Papers:
    """Makes documents with what one county has in its database."""

    def __init__(self, db: Database, county: County, wording: Wording) -> None:
        self._db = db
        self._counties = Counties(county)
        self._wording = wording

    async def make(self, paper: Paper) -> File:
        """Raises ``KeyError`` for a kind there is not, ``LookupError`` if there is nothing."""
        maker = MAKERS[paper.kind]
        county, facts = await self._db.read(self._gathered, maker, paper)
        return await asyncio.to_thread(maker.draw, facts, county, self._wording)

    def _gathered(self, tx: Tx, maker: Maker, paper: Paper) -> tuple[County, Any]:
        county = self._counties.at(tx)
        return county, maker.gather(tx, county, paper.of)
