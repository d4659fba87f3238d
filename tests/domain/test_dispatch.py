"""How many are asked at once, how long an offer stays open, and when somebody may be disturbed."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counties import loader
from bot.domain.appointments import DAY, HOUR
from bot.domain.dispatch import (
    WAVE,
    head_start_ends,
    is_late,
    is_urgent,
    leaving_time_to_act,
    next_digest,
    offer_expiry,
    quiet_until,
    today_began,
    wave,
)

BERLIN = ZoneInfo("Europe/Berlin")
HARZ = loader.load()
TIMES = st.integers(0, 2**32)
AHEAD = st.integers(1, 60 * DAY)


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


NOW = at("2027-01-15 09:00")  # a Friday


# --- how many -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("likely", "urgent", "asked"),
    [
        pytest.param([0.5] * 20, False, 5, id="five new ones"),
        pytest.param([0.5] * 20, True, 9, id="nine if it is urgent"),
        pytest.param([0.9] * 20, False, 3, id="who answers mostly"),
        pytest.param([0.1] * 20, False, WAVE, id="who hardly answers: but no crowd"),
        pytest.param([0.5] * 4, False, None, id="these are not enough"),
        pytest.param([], False, None, id="nobody"),
    ],
)
def test_how_many(likely: list[float], urgent: bool, asked: int | None) -> None:
    assert wave(likely, urgent=urgent) == asked


@given(st.lists(st.floats(0.05, 1), max_size=30), st.booleans(), st.floats(0.05, 1))
def test_what_is_enough_stays_so_whoever_comes_behind(
    likely: list[float], urgent: bool, another: float
) -> None:
    """The search for candidates stops by it."""
    size = wave(likely, urgent=urgent)
    if size is not None:
        assert wave([*likely, another], urgent=urgent) == size == wave(likely[:size], urgent=urgent)
        assert size <= WAVE


# --- how long -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "starts_at", "expiry"),
    [
        ("2027-01-15 09:00", None, "2027-01-16 20:00"),
        ("2027-01-15 09:00", "2027-01-25 14:30", "2027-01-16 20:00"),
        ("2027-01-15 21:30", "2027-01-25 14:30", "2027-01-16 21:30"),
        ("2027-01-15 00:10", "2027-01-25 14:30", "2027-01-16 20:00"),
        ("2027-03-27 19:00", "2027-04-25 14:30", "2027-03-28 20:00"),  # a day of 23 hours
        ("2027-01-15 09:00", "2027-01-17 09:00", "2027-01-16 20:00"),
        ("2027-01-15 09:00", "2027-01-17 08:59", "2027-01-16 09:00"),
    ],
)
def test_until_the_next_evening(now: str, starts_at: str | None, expiry: str) -> None:
    start = None if starts_at is None else at(starts_at)
    assert offer_expiry(at(now), start, BERLIN) == at(expiry)


@pytest.mark.parametrize(
    ("ahead", "open_for"),
    [
        pytest.param(27 * HOUR, DAY, id="a day and three hours: a day"),
        pytest.param(26 * HOUR, 23 * HOUR, id="until three hours before"),
        pytest.param(4 * HOUR, HOUR, id="an hour, three before the start"),
        pytest.param(3 * HOUR, HOUR // 2, id="at least half an hour"),
        pytest.param(HOUR, HOUR // 2, id="still half an hour"),
        pytest.param(HOUR // 2, HOUR // 2, id="until the start"),
        pytest.param(600, 600, id="never after the start"),
    ],
)
def test_how_long_when_it_is_urgent(ahead: int, open_for: int) -> None:
    assert offer_expiry(NOW, NOW + ahead, BERLIN) == NOW + open_for


@pytest.mark.parametrize(
    ("now", "starts_at", "expiry"),
    [
        pytest.param("2027-01-20 09:00", "2027-01-21 09:00", "2027-01-20 14:00", id="tomorrow"),
        pytest.param("2027-01-20 09:00", "2027-01-21 10:00", "2027-01-20 15:00", id="one hour"),
        pytest.param("2027-01-20 15:00", "2027-01-21 15:00", "2027-01-21 12:00", id="as usual"),
        pytest.param("2027-01-22 08:30", "2027-01-23 09:00", "2027-01-22 14:00", id="weekend"),
        pytest.param("2027-01-20 17:00", "2027-01-21 09:00", "2027-01-21 06:00", id="too late"),
        pytest.param("2027-01-22 09:00", "2027-01-25 09:00", "2027-01-23 20:00", id="no hurry"),
    ],
)
def test_the_office_has_time_to_act(now: str, starts_at: str, expiry: str) -> None:
    """It is open from nine to four on weekdays."""
    usual = offer_expiry(at(now), at(starts_at), BERLIN)
    assert leaving_time_to_act(at(now), at(starts_at), usual, HARZ) == at(expiry)


@given(TIMES, AHEAD)
def test_there_is_time_to_answer_all_the_same(now: int, ahead: int) -> None:
    usual = offer_expiry(now, now + ahead, BERLIN)
    assert min(usual, now + 2 * HOUR) <= leaving_time_to_act(now, now + ahead, usual, HARZ) <= usual


@pytest.mark.parametrize(
    ("known_from", "ends"),
    [
        ("2027-01-20 09:00", "2027-01-20 12:00"),
        ("2027-01-20 18:00", "2027-01-21 08:00"),
        ("2027-01-21 04:00", "2027-01-21 08:00"),
    ],
)
def test_a_head_start_does_not_end_in_the_night(known_from: str, ends: str) -> None:
    assert head_start_ends(at(known_from), BERLIN) == at(ends)


@given(TIMES, AHEAD)
def test_an_offer_for_something_ahead_can_be_accepted(now: int, ahead: int) -> None:
    expiry = offer_expiry(now, now + ahead, BERLIN)
    assert expiry > now
    assert expiry - now >= min(HOUR // 2, ahead)
    assert expiry <= now + ahead


@given(TIMES, AHEAD)
def test_a_whole_day_if_there_is_time(now: int, ahead: int) -> None:
    urgent = is_urgent(now, now + ahead)
    assert urgent or offer_expiry(now, now + ahead, BERLIN) >= now + DAY


@given(TIMES, st.integers(4 * HOUR, 60 * DAY))
def test_a_coordinator_has_three_hours_left(now: int, ahead: int) -> None:
    assert offer_expiry(now, now + ahead, BERLIN) <= now + ahead - 3 * HOUR


@given(TIMES, AHEAD, AHEAD)
def test_a_later_start_never_shortens_an_offer(now: int, one: int, other: int) -> None:
    near, far = sorted((one, other))
    assert offer_expiry(now, now + near, BERLIN) <= offer_expiry(now, now + far, BERLIN)


@pytest.mark.parametrize(
    ("ahead", "late"), [(DAY, False), (DAY - 1, True), (0, True), (-1, True), (9 * DAY, False)]
)
def test_late_is_within_a_day(ahead: int, late: bool) -> None:
    assert is_late(NOW, NOW + ahead, HARZ) is late


def test_a_county_decides_what_is_late() -> None:
    two_days = replace(HARZ, late_hours=48)
    assert is_late(NOW, NOW + 2 * DAY - 1, two_days)
    assert not is_late(NOW, NOW + 2 * DAY, two_days)
    assert not is_late(NOW, None, two_days)


# --- when somebody is disturbed -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "quiet", "until"),
    [
        ("2027-01-15 19:59", ("20:00", "08:00"), "2027-01-15 19:59"),
        ("2027-01-15 20:00", ("20:00", "08:00"), "2027-01-16 08:00"),
        ("2027-01-16 00:00", ("20:00", "08:00"), "2027-01-16 08:00"),
        ("2027-01-16 08:00", ("20:00", "08:00"), "2027-01-16 08:00"),
        ("2027-01-16 13:30", ("13:00", "15:00"), "2027-01-16 15:00"),
        ("2027-01-16 15:00", ("13:00", "15:00"), "2027-01-16 15:00"),
        ("2027-01-16 03:00", ("00:00", "00:00"), "2027-01-16 03:00"),
        ("2027-03-27 23:00", ("22:00", "07:00"), "2027-03-28 07:00"),
    ],
)
def test_quiet_hours(now: str, quiet: tuple[str, str], until: str) -> None:
    assert quiet_until(at(now), quiet, BERLIN) == at(until)


@given(TIMES, st.tuples(st.times(), st.times()))
def test_quiet_hours_end_within_a_day_and_not_in_quiet_hours(
    now: int, hours: tuple[object, object]
) -> None:
    quiet = (str(hours[0])[:5], str(hours[1])[:5])
    until = quiet_until(now, quiet, BERLIN)
    assert now <= until <= now + 25 * HOUR
    assert quiet_until(until, quiet, BERLIN) == until


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2027-01-15 09:00", "2027-01-15 18:00"),
        ("2027-01-15 18:00", "2027-01-16 18:00"),
        ("2027-01-15 23:00", "2027-01-16 18:00"),
    ],
)
def test_the_digest_comes_in_the_evening(now: str, digest: str) -> None:
    assert next_digest(at(now), BERLIN) == at(digest)
    assert today_began(at(now), BERLIN) == at("2027-01-15 00:00")
