"""The activity record: months by the county's clock, and what is guessed for a line."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counties import loader
from bot.domain.county import Category
from bot.domain.people import Travel
from bot.domain.records import (
    Facts,
    Record,
    Source,
    Status,
    asked_at,
    is_month,
    kilometres,
    month_after,
    month_of,
    overlaps,
    people_helped,
    summed,
)
from bot.domain.requests import How, Wanted

ZONE = ZoneInfo("Europe/Berlin")
HARZ = loader.load()


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=ZONE).timestamp())


def line(begins: str, minutes: int, month: str = "2026-11") -> Record:
    starts_at = at(begins)
    return Record(
        id=1,
        volunteer_id=7,
        source=Source.OWN,
        starts_at=starts_at,
        ends_at=starts_at + 60 * minutes,
        month=month,
        place="Thale",
        category="doctor",
        life_area=None,
        language="",
        adults=1,
        children=2,
        km=10,
        status=Status.RECORDED,
    )


@pytest.mark.parametrize(
    ("begins", "month"),
    [
        ("2026-11-30T23:30", "2026-11"),  # over midnight: where it began
        ("2026-12-01T00:00", "2026-12"),
        ("2026-03-29T03:00", "2026-03"),  # the night that has no two o'clock
        ("2026-10-25T02:30", "2026-10"),  # the night that has it twice
        ("2027-01-01T00:30", "2027-01"),  # still December in UTC
    ],
)
def test_a_task_belongs_to_the_month_it_begins_in(begins: str, month: str) -> None:
    assert month_of(at(begins), ZONE) == month


def test_minutes_are_counted_across_the_night_the_clocks_change() -> None:
    winter = line("2026-10-25T01:30", 120)  # three hours by the wall clock, two that passed
    assert winter.minutes == 120
    ends = datetime.fromtimestamp(winter.ends_at, ZONE)
    assert ends.strftime("%H:%M") == "02:30"
    assert ends.fold == 1


@given(st.integers(2020, 2090), st.integers(1, 12), st.integers(-30, 30))
def test_months_go_on_and_back(year: int, number: int, by: int) -> None:
    month = f"{year}-{number:02}"
    assert is_month(month)
    assert month_after(month_after(month, by), -by) == month
    assert (month_after(month, by) > month) == (by > 0)


@pytest.mark.parametrize("words", ["", "2026-13", "2026-00", "26-11", "2026-1", "2026-11-01"])
def test_what_is_no_month(words: str) -> None:
    assert not is_month(words)


@pytest.mark.parametrize("month", ["2026-12", "2026-02", "2026-10"])
def test_asked_on_the_first_at_ten(month: str) -> None:
    local = datetime.fromtimestamp(asked_at(month, ZONE), ZONE)
    assert (local.day, local.hour, local.strftime("%Y-%m")) == (1, 10, month_after(month))


def _wanted(category: str = "doctor") -> Wanted:
    return Wanted(category=category, language="ar", starts_at=None, minutes=60)


def test_who_was_helped() -> None:
    doctor = HARZ.categories["doctor"]
    homework = next(one for one in HARZ.categories.values() if one.for_children)

    def helped(wanted: Wanted, kind: Category) -> tuple[int, int]:
        return people_helped(wanted, kind)

    assert helped(_wanted(), doctor) == (1, 0)
    assert helped(replace(_wanted(), for_child=True), doctor) == (1, 1)  # a parent is there
    assert helped(replace(_wanted(), minor=True), doctor) == (0, 1)
    assert helped(replace(_wanted(homework.key), for_child=True), homework) == (0, 1)


def test_how_far_they_drove() -> None:
    home, there = HARZ.place("Thale"), HARZ.place("Halberstadt")
    both_ways = kilometres(home, there, Travel.CAR, How.ALONG, 50)
    assert 30 <= both_ways <= 50
    assert kilometres(home, home, Travel.CAR, How.ALONG, 50) == 0
    assert kilometres(home, there, Travel.BUS, How.ALONG, 50) == 0
    assert kilometres(home, there, Travel.CAR, How.PHONE, 50) == 0
    assert kilometres(None, there, Travel.CAR, How.ALONG, 50) == 0
    assert kilometres(home, there, Travel.CAR, How.EITHER, 50) == both_ways
    assert kilometres(home, there, Travel.CAR, How.EITHER, 5) == 0  # too far: it was by phone


def test_lines_of_the_same_time() -> None:
    ten = line("2026-11-24T10:00", 60)
    facts = Facts(ten.starts_at, ten.ends_at, "", "doctor", None, "", 0, 0, 0)
    assert overlaps(facts, [ten])
    assert not overlaps(facts, [line("2026-11-24T11:00", 60), line("2026-11-24T09:00", 60)])
    assert overlaps(facts, [line("2026-11-24T09:00", 61)])
    assert not overlaps(facts, [])


def test_sums() -> None:
    both = summed([line("2026-11-24T10:00", 60), line("2026-11-30T23:30", 90)])
    assert (both.lines, both.minutes, both.adults, both.children, both.km) == (2, 150, 2, 4, 20)
    assert summed([]).lines == 0
