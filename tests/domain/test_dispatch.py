"""How long an offer stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import DAY, HOUR
from bot.domain.dispatch import is_late, offer_expiry

NOW = 1_800_000_000
TIMES = st.integers(0, 2**40)
AHEAD = st.integers(1, 60 * DAY)


@pytest.mark.parametrize(
    ("ahead", "open_for"),
    [
        pytest.param(14 * DAY, DAY, id="two weeks: a day"),
        pytest.param(27 * HOUR, DAY, id="a day and three hours: a day"),
        pytest.param(26 * HOUR, 23 * HOUR, id="until three hours before"),
        pytest.param(4 * HOUR, HOUR, id="an hour, three before the start"),
        pytest.param(3 * HOUR, HOUR // 2, id="at least half an hour"),
        pytest.param(HOUR, HOUR // 2, id="still half an hour"),
        pytest.param(HOUR // 2, HOUR // 2, id="until the start"),
        pytest.param(600, 600, id="never after the start"),
    ],
)
def test_how_long(ahead: int, open_for: int) -> None:
    assert offer_expiry(NOW, NOW + ahead) == NOW + open_for


@given(TIMES, TIMES)
def test_never_after_the_start_and_never_longer_than_a_day(now: int, starts_at: int) -> None:
    assert offer_expiry(now, starts_at) <= min(starts_at, now + DAY)


@given(TIMES, AHEAD)
def test_an_offer_for_something_ahead_can_be_accepted(now: int, ahead: int) -> None:
    expiry = offer_expiry(now, now + ahead)
    assert expiry > now
    assert expiry - now >= min(HOUR // 2, ahead)


@given(TIMES, st.integers(4 * HOUR, 60 * DAY))
def test_a_coordinator_has_three_hours_left(now: int, ahead: int) -> None:
    assert offer_expiry(now, now + ahead) <= now + ahead - 3 * HOUR


@given(TIMES, AHEAD, AHEAD)
def test_a_later_start_never_shortens_an_offer(now: int, one: int, other: int) -> None:
    near, far = sorted((one, other))
    assert offer_expiry(now, now + near) <= offer_expiry(now, now + far)


@pytest.mark.parametrize(
    ("ahead", "late"), [(DAY, False), (DAY - 1, True), (0, True), (-1, True), (9 * DAY, False)]
)
def test_late_is_within_a_day(ahead: int, late: bool) -> None:
    assert is_late(NOW, NOW + ahead) is late
