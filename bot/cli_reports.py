"""What `lotse report` does: all documents of a month, as files. It may run while the bot does."""

from collections.abc import Iterator
from pathlib import Path

from bot.cli_links import beside_the_bot
from bot.counties import loader
from bot.documents.papers import File, Papers
from bot.domain.county import County
from bot.domain.records import is_month
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.messages import Paper
from bot.settings import Settings
from bot.storage import audit
from bot.storage.tx import Tx
from bot.usecases import reporting

_NOT_INSTALLED = "Install what draws documents first: pip install 'lotse[report]'"


class CannotReport(Exception):
    """The documents can't be written; says why and what to do."""

    safe_to_log = True


async def write(chosen: Settings, month: str, folder: Path) -> None:
    """Write them into *folder*, over those of an earlier run, and print where each lies.

    That it was done is in the audit trail. Raises :class:`CannotReport`.
    """
    if not is_month(month):
        raise CannotReport(f"{month}: write the month like 2026-11")
    county = loader.load(chosen.county_file)
    wording = Wording(Catalogues.load(), county.zone)
    async with beside_the_bot(chosen) as db:
        papers = Papers(db, county, wording)
        await db.transact(_note, month)
        for paper in _papers(county, month):
            try:
                file = await papers.make(paper)
            except ImportError:
                raise CannotReport(_NOT_INSTALLED) from None
            print(_written(file, folder))


def _written(file: File, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file.name).write_bytes(file.content)
    except OSError as fault:
        raise CannotReport(f"{folder}: {fault.strerror or 'can not be written'}") from None
    return folder / file.name


def _papers(county: County, month: str) -> Iterator[Paper]:
    """Those of the month, then the totals of its year and of each grant that covers it."""
    for kind in ("records_pdf", "records_xlsx", "records_csv"):
        yield Paper(kind, {"month": month})
    if county.allowance.cents:
        for kind in ("allowance_pdf", "allowance_xlsx"):
            yield Paper(kind, {"month": month})
    for first, last, _ in reporting.periods_around(county, month):
        for kind in ("totals_pdf", "totals_xlsx"):
            yield Paper(kind, {"first": first.isoformat(), "last": last.isoformat()})


def _note(tx: Tx, month: str) -> None:
    audit.add(tx, None, "report:files", f"report:{month.replace('-', '')}")
