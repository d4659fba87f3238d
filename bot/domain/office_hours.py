"""When somebody is in the office: what waits there is counted in its hours, not in the night's."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.domain.county import County, Hours
from bot.domain.holidays import is_working_day

#: What is taken for the office's hours until the county file names them.
USUAL = tuple(Hours(weekday, "09:00", "16:00") for weekday in range(5))
_FURTHEST_DAYS = 60
_A_WEEK = 7 * 24 * 3600


def opens(moment: int, county: County) -> int:
    """*moment* itself if the office is open then, else when it opens next (UTC epoch seconds)."""
    return next((max(moment, begin) for begin, _ in _spans(moment, county)), moment)


def after_hours(since: int, hours: int, county: County) -> int:
    """When the office has been open for so many *hours* since then (UTC epoch seconds)."""
    left = 3600 * hours
    for begin, end in _spans(since, county):
        there = end - max(begin, since)
        if there >= left:
            return max(begin, since) + left
        left -= there
    return since + left


def latest_with(hours: int, before: int, county: County) -> int | None:
    """The last moment from which the office is open for so many *hours* until *before* (UTC epoch
    seconds); None if that is more than a week earlier."""
    left = 3600 * hours
    spans = takewhile(lambda span: span[0] < before, _spans(before - _A_WEEK, county))
    for begin, end in reversed(list(spans)):
        there = min(end, before) - begin
        if there >= left:
            return min(end, before) - left
        left -= there
    return None


def next_working_day(moment: int, county: County) -> int:
    """A working day later: at the same time, or when the office opens after that."""
    local = datetime.fromtimestamp(moment, county.zone) + timedelta(days=1)
    return opens(int(local.timestamp()), county)


def next_morning(now: int, county: County, at: str) -> int:
    """The next time a working day's clock shows *at* (``"07:30"``), in UTC epoch seconds."""
    day = datetime.fromtimestamp(now, county.zone).date()
    while not (is_working_day(day, county.land) and _moment(day, at, county) > now):
        day += timedelta(days=1)
    return _moment(day, at, county)


def _spans(since: int, county: County) -> Iterator[tuple[int, int]]:
    """From when to when the office is open, from *since* on."""
    today = datetime.fromtimestamp(since, county.zone).date()
    for day in (today + timedelta(days=ahead) for ahead in range(_FURTHEST_DAYS)):
        for hours in county.office.hours or USUAL:
            if hours.weekday == day.weekday() and is_working_day(day, county.land):
                end = _moment(day, hours.closes, county)
                if end > since:
                    yield _moment(day, hours.opens, county), end


def _moment(day: date, at: str, county: County) -> int:
    hour, minute = map(int, at.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=county.zone)
    return int(local.timestamp())
