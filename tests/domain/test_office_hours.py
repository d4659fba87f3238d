"""Waiting is counted in the office's hours."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.counties import loader
from bot.domain.county import Hours
from bot.domain.office_hours import after_hours, next_morning, next_working_day, opens

HARZ = loader.load()
#: Open in the morning, and on Tuesdays in the afternoon.
SPLIT = replace(
    HARZ,
    office=replace(
        HARZ.office,
        hours=(*(Hours(day, "09:00", "12:00") for day in range(4)), Hours(1, "13:00", "18:00")),
    ),
)


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=HARZ.zone).timestamp())


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2027-01-15 10:00", "2027-01-15 12:00"),
        ("2027-01-15 15:00", "2027-01-18 10:00"),  # over the weekend
        ("2027-01-16 12:00", "2027-01-18 11:00"),
        ("2027-03-25 15:30", "2027-03-30 10:30"),  # over Easter, and the clocks change
    ],
)
def test_two_office_hours_later(now: str, then: str) -> None:
    assert after_hours(at(now), 2, HARZ) == at(then)


def test_a_break_at_noon_does_not_count() -> None:
    assert after_hours(at("2027-01-19 11:00"), 2, SPLIT) == at("2027-01-19 14:00")
    assert after_hours(at("2027-01-20 11:00"), 2, SPLIT) == at("2027-01-21 10:00")


def test_when_it_opens() -> None:
    assert opens(at("2027-01-15 10:00"), HARZ) == at("2027-01-15 10:00")
    assert opens(at("2027-01-15 16:00"), HARZ) == at("2027-01-18 09:00")
    assert next_working_day(at("2027-01-15 10:00"), HARZ) == at("2027-01-18 09:00")
    assert next_working_day(at("2027-01-19 10:00"), HARZ) == at("2027-01-20 10:00")
    never = replace(HARZ, office=replace(HARZ.office, hours=(Hours(6, "09:00", "12:00"),)))
    assert opens(at("2027-01-15 16:00"), never) == at("2027-01-15 16:00")
    assert after_hours(at("2027-01-15 16:00"), 2, never) == at("2027-01-15 18:00")


def test_the_next_morning() -> None:
    assert next_morning(at("2027-01-15 07:29"), HARZ, "07:30") == at("2027-01-15 07:30")
    assert next_morning(at("2027-01-15 07:30"), HARZ, "07:30") == at("2027-01-18 07:30")
    assert next_morning(at("2027-01-05 12:00"), HARZ, "07:30") == at("2027-01-07 07:30")
