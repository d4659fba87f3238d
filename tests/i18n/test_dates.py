"""Dates and times as a reader of each language sees them, and lists."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import dates
from bot.i18n.languages import LANGUAGES
from tests.i18n.shown import BERLIN, MONDAY

WRITTEN = {
    "de": "Montag, 09.03.2026, 14:05",
    "en": "Monday, 09.03.2026, 14:05",
    "ar": "الاثنين، 09.03.2026، 14:05",
    "fa": "دوشنبه، 09.03.2026 (1404/12/18)، 14:05",
    "prs": "دوشنبه، 09.03.2026 (1404/12/18)، 14:05",
    "kmr": "duşem, 09.03.2026, 14:05",
    "ckb": "دووشەممە، 09.03.2026، 14:05",
    "tr": "Pazartesi, 09.03.2026, 14:05",
    "uk": "понеділок, 09.03.2026, 14:05",
    "ru": "понедельник, 09.03.2026, 14:05",
    "fr": "lundi, 09.03.2026, 14:05",
}


@pytest.mark.parametrize("code", WRITTEN)
def test_a_moment_is_weekday_date_and_time_of_the_county(code: str) -> None:
    assert dates.moment(MONDAY, code, BERLIN) == WRITTEN[code]


def test_every_language_has_seven_weekdays_of_its_own() -> None:
    dates.warm()
    names = {code: dates.weekdays(code) for code in LANGUAGES}
    assert all(len(set(seven)) == 7 for seven in names.values())
    assert names["fa"] == names["prs"]
    assert len(set(names.values())) == len(names) - 1


def test_another_county_lies_in_another_zone() -> None:
    assert dates.moment(MONDAY, "en", ZoneInfo("Atlantic/Canary")).endswith(", 13:05")


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sonntag, 29.03.2026, 01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sonntag, 29.03.2026, 03:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sonntag, 25.10.2026, 02:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sonntag, 25.10.2026, 02:30"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "Sonntag, 25.10.2026, 03:00"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "Freitag, 01.01.2027, 00:00"),
    ],
)
def test_summer_time_begins_and_ends(utc: datetime, shown: str) -> None:
    assert dates.moment(int(utc.timestamp()), "de", BERLIN) == shown


@pytest.mark.parametrize(
    ("on", "solar"),
    [
        (date(2026, 3, 20), "1404/12/29"),
        (date(2026, 3, 21), "1405/01/01"),
        (date(2027, 3, 12), "1405/12/21"),
        (date(2025, 3, 20), "1403/12/30"),  # a leap year's last day
    ],
)
def test_persian_and_dari_see_the_solar_hijri_date(on: date, solar: str) -> None:
    for code in ("fa", "prs"):
        assert dates.day(on, code).endswith(f"{on:%d.%m.%Y} ({solar})")


@given(
    on=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    code=st.sampled_from(sorted(LANGUAGES)),
)
def test_a_day_always_carries_its_weekday_and_ascii_digits(on: date, code: str) -> None:
    shown = dates.day(on, code)
    assert shown.startswith(dates.weekdays(code)[on.weekday()])
    assert f"{on:%d.%m.%Y}" in shown
    assert all(character.isascii() for character in shown if character.isdigit())


def test_the_solar_year_moves_on_day_by_day() -> None:
    first = date(2024, 1, 1)
    days = [dates.day(first + timedelta(days=number), "fa") for number in range(1500)]
    solar = [shown.partition("(")[2].rstrip(")") for shown in days]
    assert all(before < after for before, after in pairwise(solar))


@pytest.mark.parametrize(
    ("code", "two", "three"),
    [
        ("de", "a und b", "a, b und c"),
        ("en", "a and b", "a, b and c"),
        ("ar", "a وb", "a وb وc"),
        ("fa", "a و b", "a، b، و c"),
        ("prs", "a و b", "a، b، و c"),
        ("kmr", "a û b", "a, b û c"),
        ("ckb", "a و b", "a، b و c"),
        ("tr", "a ve b", "a, b ve c"),
        ("uk", "a і b", "a, b і c"),
    ],
)
def test_lists_are_joined_as_in_the_language(code: str, two: str, three: str) -> None:
    assert dates.join([], code) == ""
    assert dates.join(["a"], code) == "a"
    assert dates.join(["a", "b"], code) == two
    assert dates.join(["a", "b", "c"], code) == three


def test_braces_in_an_item_stay_braces() -> None:
    assert dates.join(["{0}", "{1}", "{x}"], "de") == "{0}, {1} und {x}"
