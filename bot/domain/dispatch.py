"""How many volunteers are asked, how long, and when they and the office are disturbed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.appointments import DAY, HOUR, REQUESTERS_QUIET
from bot.domain.county import County
from bot.domain.holidays import is_working_day
from bot.domain.office_hours import latest_with

# --- how many at once -----------------------------------------------------------------------------

#: So sure a wave shall be to find somebody; surer when there is no time for another one.
_SURE = 0.8
_SURE_IF_URGENT = 0.95
#: Of those who answer, so many say yes. With half of the volunteers answering that makes 30 % of
#: those asked, in the middle of what was seen elsewhere (17-47 % of alerts, JMIR 2023).
_YES = 0.6
#: Never more at once: to hear "already taken" would only tire so many.
WAVE = 15


def wave(likely: Iterable[float], *, urgent: bool) -> int | None:
    """How many of the best are asked at once, by how *likely* each of them answers.

    So many that somebody will probably say yes: five new ones, nine if it is urgent. None: these
    are not enough, all of them are asked.
    """
    nobody = 1.0
    for asked, one in enumerate(likely, start=1):
        nobody *= 1 - _YES * one
        if nobody <= 1 - (_SURE_IF_URGENT if urgent else _SURE) or asked == WAVE:
            return asked
    return None


# --- how long -------------------------------------------------------------------------------------

#: Who helped this person before is asked alone for so long.
HEAD_START = 3 * HOUR
#: A start sooner than this is urgent: no quiet hours, no waiting for tomorrow.
_URGENT = 2 * DAY
#: A normal offer stays open until this hour of the next day, and this long in any case.
_EVENING = time(20)
#: When the office closes at the latest.
_OFFICE_CLOSES = time(16)
_AT_LEAST = DAY
#: A shorter one must end this long before the start.
_LATEST_BEFORE_START = 3 * HOUR
_SHORTEST = HOUR // 2
#: An urgent one ends when the office still has so many of its hours before the start, if that
#: leaves volunteers so much time to answer.
_OFFICE_TIME = 2
_TIME_TO_ANSWER = 2 * HOUR


def is_urgent(now: int, starts_at: int | None) -> bool:
    """So near to the start that people may be disturbed."""
    return starts_at is not None and starts_at - now < _URGENT


def offer_expiry(now: int, starts_at: int | None, zone: ZoneInfo) -> int:
    """Until when an offer made *now* may be accepted, in UTC epoch seconds.

    Until the next evening, and at least for a day: people answer when they are home. Within 48
    hours of the start sooner, so that a coordinator still has time to act: at least half an hour,
    and never after the start.
    """
    tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
    usual = max(_at(tomorrow, _EVENING, zone), now + _AT_LEAST)
    if starts_at is None:
        return usual
    latest = max(starts_at - _LATEST_BEFORE_START, now + _SHORTEST)
    return min(now + _AT_LEAST if is_urgent(now, starts_at) else usual, latest, starts_at)


def leaving_time_to_act(now: int, starts_at: int | None, expiry: int, county: County) -> int:
    """*expiry*, or for an urgent offer sooner: a coordinator who hears in the night that nobody
    has said yes can do nothing for the next morning."""
    if starts_at is None or not is_urgent(now, starts_at):
        return expiry
    latest = latest_with(_OFFICE_TIME, starts_at, county)
    if latest is None or latest < now + _TIME_TO_ANSWER:
        return expiry
    return min(expiry, latest)


def head_start_ends(known_from: int, zone: ZoneInfo) -> int:
    """When others are asked, too, if the one who knows of it since *known_from* says nothing; not
    in the night, when nobody is written to."""
    return quiet_until(known_from + HEAD_START, REQUESTERS_QUIET, zone)


# --- when somebody is disturbed -------------------------------------------------------------------

#: When what was not pushed is told in one message.
_DIGEST = time(18)


def quiet_until(now: int, quiet: tuple[str, str], zone: ZoneInfo) -> int:
    """When a volunteer may be written to: *now*, or the end of their quiet hours."""
    begins, ends = (time.fromisoformat(one) for one in quiet)
    local = datetime.fromtimestamp(now, zone)
    at = local.time()
    if not (begins <= at < ends if begins <= ends else at >= begins or at < ends):
        return now
    day = local.date() + timedelta(days=int(at >= ends))
    return max(now, _at(day, ends, zone))


def today_began(now: int, zone: ZoneInfo) -> int:
    """Midnight; nobody is pushed more than one offer a day that is not urgent."""
    return _at(datetime.fromtimestamp(now, zone).date(), time(0), zone)


def next_digest(now: int, zone: ZoneInfo) -> int:
    """The next evening digest after *now*."""
    today = datetime.fromtimestamp(now, zone).date()
    at = _at(today, _DIGEST, zone)
    return at if at > now else _at(today + timedelta(days=1), _DIGEST, zone)


def _at(day: date, hour: time, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, hour, zone).timestamp())


# --- and the office -------------------------------------------------------------------------------


class WhyBack(StrEnum):
    """Why a volunteer hands a task back: for the office, never for the requester."""

    ILL = "ill"
    NO_TIME = "no_time"
    TOO_FAR = "too_far"
    OTHER = "other"


def is_late(now: int, starts_at: int | None, county: County) -> bool:
    """So near to the start that a drop-out needs a coordinator at once."""
    return starts_at is not None and starts_at - now < HOUR * county.late_hours


def office_answers_by(now: int, starts_at: int | None, county: County) -> int:
    """Until when a person hears from the office: four in the afternoon of the next working day.

    Sooner when the start is near, while the office still has some hours to act; UTC epoch seconds.
    """
    local = datetime.fromtimestamp(now, county.zone)
    day = local.date() + timedelta(days=1)
    while not is_working_day(day, county.land):
        day += timedelta(days=1)
    by = _at(day, _OFFICE_CLOSES, county.zone)
    if starts_at is None:
        return by
    latest = latest_with(_OFFICE_TIME, starts_at, county)
    if latest is None or latest <= now:
        latest = starts_at - 2 * HOUR
    return max(min(now + _SHORTEST, starts_at), min(by, latest))
