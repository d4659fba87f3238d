"""Activity records, the allowance list and totals as kinds of documents.

What draws is heavy, so it is imported where it draws. How a document is named in a message
(:class:`bot.messages.Paper`): ``month`` is ``2026-11``, ``volunteer`` an id or missing, ``first``
and ``last`` are days (ISO), ``exact`` is ``1`` or missing.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.county import County
from bot.i18n.wording import Wording
from bot.storage.tx import Tx
from bot.usecases import reporting
from bot.usecases.reporting import AllowanceList, MonthOfRecords, Totals

if TYPE_CHECKING:
    from bot.documents.papers import File


def of_records(tx: Tx, _: County, of: Mapping[str, str]) -> MonthOfRecords:
    volunteer = of.get("volunteer")
    return reporting.month_of_records(
        tx, of["month"], None if volunteer is None else int(volunteer)
    )


def of_allowance(tx: Tx, county: County, of: Mapping[str, str]) -> AllowanceList:
    return reporting.allowance_list(tx, county, of["month"])


def of_totals(tx: Tx, county: County, of: Mapping[str, str]) -> Totals:
    first, last = date.fromisoformat(of["first"]), date.fromisoformat(of["last"])
    return reporting.totals(tx, county, first, last, exact=of.get("exact") == "1")


def records_pdf(facts: MonthOfRecords, county: County, wording: Wording) -> "File":
    from bot.documents import records_pdf as pdf

    return pdf.draw(facts, county, wording)


def records_xlsx(facts: MonthOfRecords, county: County, wording: Wording) -> "File":
    from bot.documents import records_xlsx as tables

    return tables.draw(facts, county, wording)


def records_csv(facts: MonthOfRecords, county: County, wording: Wording) -> "File":
    from bot.documents import records_xlsx as tables

    return tables.draw_csv(facts, county, wording)


def allowance_pdf(facts: AllowanceList, county: County, wording: Wording) -> "File":
    from bot.documents import allowance

    return allowance.draw_pdf(facts, county, wording)


def allowance_xlsx(facts: AllowanceList, county: County, wording: Wording) -> "File":
    from bot.documents import allowance

    return allowance.draw_xlsx(facts, county, wording)


def totals_pdf(facts: Totals, county: County, wording: Wording) -> "File":
    """Small counts are always hidden on paper."""
    from bot.documents import totals

    return totals.draw_pdf(facts, county, wording)


def totals_xlsx(facts: Totals, county: County, wording: Wording) -> "File":
    from bot.documents import totals

    return totals.draw_xlsx(facts, county, wording)
