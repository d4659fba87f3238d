"""The office's numbers, in private: /stats, a period by buttons, pictures and a table."""

from datetime import date, datetime

from bot.domain.errors import Code, Refused
from bot.domain.figures import Period, Span
from bot.usecases import counting, counting_notices
from handlers.coordinator import views
from handlers.turn import Turn

#: For the routes: the periods, the pictures, and from when to when.
SPANS = "|".join(Span)
TOPICS = "|".join(counting_notices.TOPICS)
DAYS = r"\d{8}:\d{8}"

_LONGEST = 366  # days


def which_time(turn: Turn) -> None:
    """/stats"""
    views.show(turn, counting_notices.which_time(), views.LIST)


def of_span(turn: Turn) -> None:
    """A tap: a period as people say it."""
    span = Span(turn.tapped.rpartition(":")[2])
    _show(turn, counting.this_period(turn.tx, turn.county, span))


def overview(turn: Turn) -> None:
    _show(turn, _period(turn))


def picture(turn: Turn) -> None:
    topic = turn.tapped.split(":")[1]
    turn.say(counting.picture(turn.tx, turn.county, turn.person, topic, _period(turn)))


def picture_for_others(turn: Turn) -> None:
    topic = turn.tapped.split(":")[2]
    turn.say(counting.picture_for_others(turn.tx, turn.person, topic, _period(turn)))


def table(turn: Turn) -> None:
    turn.say(counting.table(turn.tx, turn.person, _period(turn)))


def _show(turn: Turn, period: Period) -> None:
    said = counting.overview(turn.tx, turn.county, turn.person, period)
    views.show(turn, said, views.LIST)


def _period(turn: Turn) -> Period:
    """From the first to the last day, at the end of the button's data. Raises :class:`Refused`."""
    *_, first, last = turn.tapped.split(":")
    try:
        period = Period(_day(first), _day(last))
    except ValueError:
        raise Refused(Code.GONE) from None
    if not 0 <= (period.last - period.first).days < _LONGEST:
        raise Refused(Code.GONE)
    return period


def _day(digits: str) -> date:
    return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  (a day, no moment)
