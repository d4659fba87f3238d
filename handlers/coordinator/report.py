"""/report: activity records, the allowance list and totals, as documents in private."""

from datetime import date
from typing import Final

from bot.domain.errors import Code, Refused
from bot.domain.records import is_month
from bot.domain.rights import Right
from bot.messages import N_, Message, message, text
from bot.usecases import report_screens as screens
from bot.usecases import reporting
from bot.usecases.permitting import require_in_private
from handlers.coordinator import views
from handlers.turn import Turn

#: The card of these screens.
_CARD: Final = "report"
_NOT_A_MONTH: Final = N_("Please write the month like this: {example}")


def report(turn: Turn) -> None:
    """/report, /report 2026-11, /report 2026, /report 2026-10 2027-09"""
    require_in_private(turn.tx, turn.person, Right.EXPORT)
    written = turn.written.partition(" ")[2]
    usual = screens.last_month(turn.tx, turn.county)
    found = screens.understood(written) if written.strip() else (usual, usual)
    if found is None:
        turn.say(message(text(_NOT_A_MONTH, example=f"/report {usual}")))
        return
    first, last = found
    if first == last:
        _show(turn, screens.of_month(turn.tx, turn.county, turn.person, first))
        return
    begins, ends = reporting.month_days(first)[0], reporting.month_days(last)[1]
    _show(turn, screens.of_period(turn.tx, turn.county, turn.person, begins, ends))


def month(turn: Turn) -> None:
    _show(turn, screens.of_month(turn.tx, turn.county, turn.person, _month(turn)))


def people(turn: Turn) -> None:
    """Whose record: ``report:people:202611``, or a further page: ``report:people:202611:1``."""
    page = int(_parts(turn)[1]) if len(_parts(turn)) > 1 else 0
    _show(turn, screens.of_people(turn.tx, turn.person, _month(turn), page))


def period(turn: Turn) -> None:
    first, last = _days(turn)
    _show(turn, screens.of_period(turn.tx, turn.county, turn.person, first, last))


def write_month(turn: Turn) -> None:
    """``report:records_pdf:202611``"""
    kind = turn.tapped.split(":")[1]
    _send(turn, screens.document_of_month(turn.tx, turn.person, kind, _month(turn)))


def write_one(turn: Turn) -> None:
    """``report:one:202611:17``"""
    said = screens.document_of_month(
        turn.tx, turn.person, "records_pdf", _month(turn), turn.tapped_number
    )
    _send(turn, said)


def write_period(turn: Turn) -> None:
    """``report:totals_pdf:20260101:20261231``"""
    kind = turn.tapped.split(":")[1]
    _send(turn, screens.document_of_period(turn.tx, turn.person, kind, *_days(turn)))


def _show(turn: Turn, said: Message) -> None:
    views.show(turn, said, _CARD)


def _send(turn: Turn, said: Message) -> None:
    turn.say(said)
    turn.toast = text(N_("I am writing it. It comes in a moment."))


def _parts(turn: Turn) -> list[str]:
    """What stands behind ``report:verb``."""
    return turn.tapped.split(":")[2:]


def _month(turn: Turn) -> str:
    digits = _parts(turn)[0]
    found = f"{digits[:4]}-{digits[4:]}"
    if not is_month(found):
        raise Refused(Code.GONE)
    return found


def _days(turn: Turn) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(one) for one in _parts(turn))
    except ValueError:
        raise Refused(Code.GONE) from None
    if first > last or first.year < 2000 or last.year > 2100:
        raise Refused(Code.GONE)
    return first, last
