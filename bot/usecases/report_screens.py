"""/report: what there is to print for a month or a period, and the documents themselves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.records import is_month, month_after
from bot.domain.rights import Right
from bot.messages import B_, N_, P_, Button, Message, Paper, Text, count, message, text
from bot.storage import people, records
from bot.storage.tx import Tx
from bot.usecases import reporting
from bot.usecases.permitting import require_in_private
from bot.usecases.record_words import month_name

#: What somebody may write instead of 2026-11.
_MONTH_FIRST: Final = re.compile(r"(0?[1-9]|1[0-2])[./-](20\d\d)", re.ASCII)
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
#: So many names stand on one screen.
_NAMES: Final = 20
#: The kinds of documents of a month, and what is said with each.
_OF_MONTH: Final = {
    "records_pdf": N_("📄 Activity records {month}"),
    "records_xlsx": N_("📄 Activity records {month}"),
    "records_csv": N_("📄 Activity records {month}"),
    "allowance_pdf": N_("💶 Allowance {month}"),
    "allowance_xlsx": N_("💶 Allowance {month}"),
}
#: What stands before and after: a month, a year, a page.
_BEFORE, _AFTER = B_("⬅️ {what}"), B_("{what} ➡️")


# --- what was asked for ---------------------------------------------------------------------------


def last_month(tx: Tx, county: County) -> str:
    """The month before this one: what an office prints."""
    return month_after(f"{datetime.fromtimestamp(tx.now, county.zone):%Y-%m}", -1)


def understood(written: str) -> tuple[str, str] | None:
    """The first and the last month of ``2026-11``, ``11/2026``, ``2026`` or ``2026-10 2027-09``;
    None for anything else."""
    words = [_as_month(word) for word in re.split(r"[\s–]+", written.strip())]
    match words:
        case [str(year)] if _YEAR.fullmatch(year):
            return f"{year}-01", f"{year}-12"
        case [str(month)] if is_month(month):
            return month, month
        case [str(first), str(last)] if is_month(first) and is_month(last):
            return min(first, last), max(first, last)
        case _:
            return None


def _as_month(word: str) -> str:
    found = _MONTH_FIRST.fullmatch(word)
    return word if found is None else f"{found[2]}-{int(found[1]):02d}"


# --- screens --------------------------------------------------------------------------------------


def of_month(tx: Tx, county: County, person: Person | None, month: str) -> Message:
    """What there is of a month, and everything that can be printed. Raises :class:`Refused`."""
    require_in_private(tx, person, Right.EXPORT)
    return message(
        text(N_("<b>Records and allowance {month}</b>"), month=month_name(month)),
        *_about(tx, county, month),
        buttons=[
            *_documents(month, bool(county.allowance.cents)),
            *_periods(county, month),
            [
                _button(text(label, what=month_name(other)), "month", other)
                for label, other in (
                    (_BEFORE, month_after(month, -1)),
                    (_AFTER, month_after(month)),
                )
                if is_month(other)
            ],
        ],
    )


def _about(tx: Tx, county: County, month: str) -> Iterator[Text]:
    done = records.counts(tx, month)
    if records.is_closed(tx, month):
        yield text(N_("✅ This month is closed."))
    else:
        yield text(N_("✏️ Draft: this month is not closed yet."))
    if done:
        minutes = sum(one.minutes for one in done)
        yield text(
            N_("Volunteers: {volunteers}. Entries: {entries}. Hours: {hours}."),
            volunteers=len(done),
            entries=sum(one.lines for one in done),
            hours=f"{minutes // 60}:{minutes % 60:02d}",
        )
    else:
        yield text(N_("Nothing is noted for this month."))
    if unchecked := sum(one.unchecked for one in done):
        yield count(
            P_("{n} entry is not checked yet.", "{n} entries are not checked yet."), unchecked
        )
    if county.allowance.cents:
        listed = reporting.allowance_list(tx, county, month)
        yield text(
            N_("Allowance: {people} × {amount} € = {total} €"),
            people=listed.entitled,
            amount=_euros(county.allowance.cents),
            total=_euros(listed.cents),
        )


def _documents(month: str, allowance: bool) -> Iterator[list[Button]]:
    yield [
        _button(text(B_("📄 Records (PDF)")), "records_pdf", month),
        _button(text(B_("👤 One volunteer")), "people", month),
    ]
    yield [
        _button(text(B_("📊 Records (XLSX)")), "records_xlsx", month),
        _button(text(B_("📋 Records (CSV)")), "records_csv", month),
    ]
    if allowance:
        yield [
            _button(text(B_("💶 Allowance (PDF)")), "allowance_pdf", month),
            _button(text(B_("💶 Allowance (XLSX)")), "allowance_xlsx", month),
        ]


def _periods(county: County, month: str) -> Iterator[list[Button]]:
    for first, last, name in reporting.periods_around(county, month):
        label = text(B_("🗓 Year {year}"), year=str(first.year))
        if name:
            label = text(B_("💶 {what}"), what=name)
        yield [_period_button(label, first, last)]


def of_people(tx: Tx, person: Person | None, month: str, page: int = 0) -> Message:
    """Whose record of the month is wanted. Raises :class:`Refused`."""
    require_in_private(tx, person, Right.EXPORT)
    found = [
        (one.volunteer_id, reporting.name_of(tx, one.volunteer_id))
        for one in records.counts(tx, month)
    ]
    found.sort(key=lambda one: reporting.by_family(one[1]))
    shown = found[page * _NAMES : (page + 1) * _NAMES]
    names = [
        [Button(text(N_("👤 {name}"), name=name), f"report:one:{_digits(month)}:{volunteer_id}")]
        for volunteer_id, name in shown
    ]
    more = [
        Button(text(label, what=str(other + 1)), f"report:people:{_digits(month)}:{other}")
        for label, other, there in (
            (_BEFORE, page - 1, page > 0),
            (_AFTER, page + 1, len(found) > (page + 1) * _NAMES),
        )
        if there
    ]
    asked = N_("Whose record of {month}?") if found else N_("Nothing is noted for this month.")
    back = [_button(text(B_("⬅️ Back")), "month", month)]
    return message(
        text(asked, month=month_name(month)), buttons=[*names, *([more] if more else []), back]
    )


def of_period(tx: Tx, county: County, person: Person | None, first: date, last: date) -> Message:
    """The totals of some time. Raises :class:`Refused`."""
    require_in_private(tx, person, Right.EXPORT)
    still_open = [
        month for month in reporting.months_of(first, last) if not records.is_closed(tx, month)
    ]
    lines = [
        text(N_("<b>Totals {first} – {last}</b>"), first=_day(first), last=_day(last)),
        text(N_("By life area, language, place and month.")),
        text(N_("Numbers from 1 to 4 are hidden. Exact numbers are only for the office.")),
    ]
    if still_open:
        forms = P_(
            "✏️ Draft: {n} month is not closed yet.", "✏️ Draft: {n} months are not closed yet."
        )
        lines.append(count(forms, len(still_open)))
    return message(
        *lines,
        buttons=[
            [
                _period_button(text(B_("📄 Totals (PDF)")), first, last, "totals_pdf"),
                _period_button(text(B_("📊 Totals (XLSX)")), first, last, "totals_xlsx"),
            ],
            [_period_button(text(B_("🔒 Exact (XLSX)")), first, last, "totals_exact")],
            *_years(first, last),
            [_button(text(B_("⬅️ Back")), "month", _month_in(tx, county, first, last))],
        ],
    )


def _years(first: date, last: date) -> Iterator[list[Button]]:
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        yield [
            _period_button(text(label, what=str(year)), date(year, 1, 1), date(year, 12, 31))
            for label, year in ((_BEFORE, first.year - 1), (_AFTER, first.year + 1))
            if is_month(f"{year}-01")
        ]


def _month_in(tx: Tx, county: County, first: date, last: date) -> str:
    """Last month, or the month of the period that is nearest to it."""
    return min(max(last_month(tx, county), f"{first:%Y-%m}"), f"{last:%Y-%m}")


# --- documents ------------------------------------------------------------------------------------


def document_of_month(
    tx: Tx, person: Person | None, kind: str, month: str, volunteer_id: int | None = None
) -> Message:
    """A document of a month, or the record of one volunteer. Raises :class:`Refused`."""
    require_in_private(tx, person, Right.EXPORT)
    of = {"month": month}
    lines = [text(_OF_MONTH[kind], month=month_name(month))]
    if volunteer_id is not None:
        known = people.find(tx, volunteer_id) or records.of_volunteer(tx, volunteer_id, month)
        if not known:
            raise Refused(Code.GONE)
        of["volunteer"] = str(volunteer_id)
        lines.append(text(N_("👤 {name}"), name=reporting.name_of(tx, volunteer_id)))
    if not records.is_closed(tx, month):
        lines.append(text(N_("✏️ Draft: this month is not closed yet.")))
    return _with_paper(lines, kind, of)


def document_of_period(
    tx: Tx, person: Person | None, kind: str, first: date, last: date
) -> Message:
    """The totals; ``totals_exact`` hides no small numbers. Raises :class:`Refused`."""
    require_in_private(tx, person, Right.EXPORT)
    of = {"first": first.isoformat(), "last": last.isoformat()}
    lines = [text(N_("📊 Totals {first} – {last}"), first=_day(first), last=_day(last))]
    if kind == "totals_exact":
        kind, of["exact"] = "totals_xlsx", "1"
        lines.append(text(N_("🔒 Only for the office. Please do not pass it on.")))
    return _with_paper(lines, kind, of)


def _with_paper(lines: list[Text], kind: str, of: Mapping[str, str]) -> Message:
    return replace(message(*lines), paper=Paper(kind, of))


# --- small things ---------------------------------------------------------------------------------


def _button(label: Text, verb: str, month: str) -> Button:
    return Button(label, f"report:{verb}:{_digits(month)}")


def _period_button(label: Text, first: date, last: date, verb: str = "period") -> Button:
    return Button(label, f"report:{verb}:{first:%Y%m%d}:{last:%Y%m%d}")


def _digits(month: str) -> str:
    return month.replace("-", "")


def _day(when: date) -> str:
    return f"{when:%d.%m.%Y}"


def _euros(cents: int) -> str:
    """As it stands on the documents: ``1.300,00``."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
