"""How long volunteers are asked before a human looks at it."""

from bot.domain.appointments import DAY, HOUR

#: How many volunteers are asked at once. Volunteers answer 17-47 % of alerts (JMIR 2023); asking
#: five finds somebody in five cases of six, and more would only tire them.
WAVE = 5

#: A normal offer stays open this long; a shorter one must end this long before the start.
_OPEN_FOR = 24 * HOUR
_LATEST_BEFORE_START = 3 * HOUR
_SHORTEST = HOUR // 2
_LATE = DAY


def offer_expiry(now: int, starts_at: int) -> int:
    """Until when an offer made *now* may be accepted, in UTC epoch seconds.

    A coordinator shall still have time to act before the start. Normally a day; sooner when the
    start is near, but at least half an hour, and never after the start.
    """
    latest = max(starts_at - _LATEST_BEFORE_START, now + _SHORTEST)
    return min(now + _OPEN_FOR, latest, starts_at)


def is_late(now: int, starts_at: int) -> bool:
    """So near to the start that a drop-out needs a coordinator at once."""
    return starts_at - now < _LATE
