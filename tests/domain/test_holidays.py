"""Public holidays, against the calendars of years gone by and to come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.holidays import LANDS, easter, is_working_day, public_holidays

#: The earliest and the latest possible Easter, and years in which simpler rules go wrong.
EASTERS = (
    *("1818-03-22", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23"),
    *("2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05"),
    *("2027-03-28", "2028-04-16", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"),
)


@pytest.mark.parametrize("iso", EASTERS)
def test_easter(iso: str) -> None:
    assert easter(int(iso[:4])).isoformat() == iso


@given(st.integers(1600, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "movable"),
    [
        (2026, ["04-03", "04-06", "05-14", "05-25"]),
        (2027, ["03-26", "03-29", "05-06", "05-17"]),
    ],
)
def test_the_holidays_of_saxony_anhalt(year: int, movable: list[str]) -> None:
    fixed = ["01-01", "01-06", "05-01", "10-03", "10-31", "12-25", "12-26"]
    days = [date.fromisoformat(f"{year}-{day}") for day in sorted(fixed + movable)]
    assert list(public_holidays(year, "ST")) == days


def test_two_holidays_can_fall_on_one_day() -> None:
    assert public_holidays(2008, "ST")[date(2008, 5, 1)] == "Christi Himmelfahrt"
    assert len(public_holidays(2008, "ST")) == 10


def test_holidays_have_names() -> None:
    assert public_holidays(2026, "ST")[date(2026, 10, 31)] == "Reformationstag"


@pytest.mark.parametrize(
    ("iso", "working"),
    [
        pytest.param("2026-11-23", True, id="a Monday"),
        pytest.param("2026-11-27", True, id="a Friday"),
        pytest.param("2026-11-28", False, id="a Saturday"),
        pytest.param("2026-11-29", False, id="a Sunday"),
        pytest.param("2026-04-03", False, id="Good Friday"),
        pytest.param("2026-04-02", True, id="the day before"),
        pytest.param("2026-01-06", False, id="Epiphany, of this Land"),
        pytest.param("2026-12-24", True, id="Christmas Eve"),
    ],
)
def test_working_days(iso: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(iso), "ST") is working


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.sampled_from(LANDS))
def test_there_is_a_working_day_within_a_week(day: date, land: str) -> None:
    assert any(is_working_day(day + timedelta(days=ahead), land) for ahead in range(7))


def test_an_unknown_land_is_an_error() -> None:
    with pytest.raises(KeyError):
        public_holidays(2026, "XX")
