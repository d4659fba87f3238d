"""The day of an appointment: what the two can tell each other with one tap, and when."""

from enum import StrEnum

from bot.domain.appointments import HOUR, Assignment

#: From so long before the start (seconds) until the end.
OPENS = 4 * HOUR
#: So many for each side and appointment; who needs more is better off on the phone.
MOST = 10
#: The same once more within so many seconds is a second tap, not more news.
_SECOND_TAP = 60


class Sign(StrEnum):
    """``POINT``: a meeting point in words or as a location; the rest is tapped."""

    WAY = "way"
    HERE = "here"
    LOST = "lost"
    LATE_10 = "late10"
    LATE_20 = "late20"
    LATE_30 = "late30"
    FINE = "fine"
    POINT = "point"


#: How late somebody says they are.
MINUTES = {Sign.LATE_10: 10, Sign.LATE_20: 20, Sign.LATE_30: 30}


def is_on(assignment: Assignment, now: int) -> bool:
    """Can the two send each other signs *now* (UTC epoch seconds)?"""
    return assignment.active and assignment.starts_at - OPENS <= now < assignment.ends_at


def is_second_tap(now: int, last_at: int) -> bool:
    return now - last_at < _SECOND_TAP
