"""Help every week: which days there are meetings on, and which weeks are left out."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counties import loader
from bot.domain.county import SchoolHolidays
from bot.domain.holidays import public_holidays
from bot.domain.series import (
    UNTIL_TOLD,
    Series,
    SeriesState,
    Skip,
    days_after,
    first_day_to_find,
    left_out_together,
    moment,
    next_day,
    next_planning,
    why_not,
)

HARZ = loader.load()
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2027, 1, 18)

days = st.dates(date(2026, 1, 1), date(2032, 12, 31))
weekdays = st.integers(0, 6)
hours = st.integers(6 * 4, 22 * 4).map(lambda slot: f"{slot // 4:02d}:{15 * (slot % 4):02d}")
spans = st.lists(
    st.tuples(days, st.integers(0, 45)).map(
        lambda span: SchoolHolidays(span[0], span[0] + timedelta(days=span[1]))
    ),
    max_size=4,
)


def a_series(**more: object) -> Series:
    usual = Series(
        request_id=1,
        person_id=1,
        volunteer_id=2,
        category="practise_german",
        state=SeriesState.ACTIVE,
        weekday=0,
        hour="15:00",
        minutes=60,
        place="",
        planned_to=MONDAY,
        said_to=MONDAY,
    )
    return replace(usual, **more)


@pytest.mark.parametrize(
    ("day", "about", "why"),
    [
        ("2027-01-25", {}, None),
        ("2027-02-01", {}, Skip.SCHOOL_HOLIDAY),
        ("2027-02-01", {"category": "letter"}, None),  # letters come in the holidays, too
        ("2027-03-29", {"category": "letter"}, Skip.PUBLIC_HOLIDAY),  # Easter Monday
        ("2026-12-21", {}, Skip.SCHOOL_HOLIDAY),
        ("2027-01-25", {"paused_until": date(2027, 1, 26)}, Skip.PAUSE),
        ("2027-01-25", {"paused_until": date(2027, 1, 25)}, None),  # the first day again
        ("2027-01-25", {"away_until": date(2027, 1, 26)}, Skip.AWAY),
        ("2027-01-25", {"category": "no longer offered"}, None),
    ],
)
def test_why_there_is_no_meeting(day: str, about: dict[str, object], why: Skip | None) -> None:
    assert why_not(a_series(**about), HARZ, date.fromisoformat(day)) is why


def test_weeks_in_a_row_are_left_out_together() -> None:
    summer = left_out_together(a_series(), HARZ, date(2027, 7, 12))
    assert summer == (date(2027, 8, 16), date(2027, 8, 23))
    # Easter: a week of school holidays, and the public holiday after it.
    easter = left_out_together(a_series(), HARZ, date(2027, 3, 22))
    assert easter == (date(2027, 3, 29), date(2027, 4, 5))
    assert left_out_together(a_series(paused_until=UNTIL_TOLD), HARZ, MONDAY) == (MONDAY, None)


def test_across_new_year() -> None:
    thursdays = a_series(weekday=3)
    assert next_day(thursdays, HARZ, date(2026, 12, 17)) == date(2027, 1, 7)
    wednesdays = a_series(weekday=2)  # the sixth of January is a holiday in Saxony-Anhalt
    assert next_day(wednesdays, HARZ, date(2026, 12, 16)) == date(2027, 1, 13)


def test_who_is_looked_for_has_time_to_answer() -> None:
    friday = moment(date(2027, 1, 22), "20:00", BERLIN)
    assert first_day_to_find(a_series(), HARZ, friday) == date(2027, 2, 8)


@given(weekdays, hours, days)
def test_the_same_weekday_and_hour_whatever_the_clocks_do(
    weekday: int, hour: str, after: date
) -> None:
    for day in islice(days_after(weekday, after), 60):
        local = datetime.fromtimestamp(moment(day, hour, BERLIN), BERLIN)
        assert (local.weekday(), f"{local:%H:%M}", local.date()) == (weekday, hour, day)
        assert day > after


@given(weekdays, days, spans, st.none() | days, st.none() | days)
def test_never_on_a_day_that_is_left_out_and_no_gap_without_a_reason(
    weekday: int,
    after: date,
    school: list[SchoolHolidays],
    paused_until: date | None,
    away_until: date | None,
) -> None:
    county = replace(HARZ, school_holidays=tuple(school))
    series = a_series(weekday=weekday, paused_until=paused_until, away_until=away_until)
    found = next_day(series, county, after)
    for day in islice(days_after(weekday, after), 60):
        is_free = (
            day not in public_holidays(day.year, "ST")
            and not any(one.first <= day <= one.last for one in school)
            and (paused_until is None or day >= paused_until)
            and (away_until is None or day >= away_until)
        )
        if is_free:
            assert day == found
            return
    assert found is None


@given(weekdays, st.integers(1_780_000_000, 1_900_000_000))
def test_each_week_is_planned_once(weekday: int, now: int) -> None:
    at = next_planning(weekday, now, BERLIN)
    local = datetime.fromtimestamp(at, BERLIN)
    assert (local.weekday(), local.hour, local.minute) == (weekday, 18, 0)
    assert now < at <= now + 7 * 24 * 3600 + 3600  # a week with a long night
    assert next_planning(weekday, at, BERLIN) > at


def test_the_county_says_when_the_list_of_school_holidays_ends() -> None:
    assert not HARZ.school_holidays_end_soon(date(2027, 1, 18))
    assert HARZ.school_holidays_end_soon(date(2027, 3, 1))
    assert HARZ.is_school_holiday(date(2027, 1, 2))
    assert not HARZ.is_school_holiday(date(2027, 1, 3))
