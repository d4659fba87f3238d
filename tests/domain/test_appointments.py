"""Reminders and the quarter hours that an appointment holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import DAY, HOUR, SLOT, Reminder, reminder_plan, slots

START = 1_800_000_000
TIMES = st.integers(0, 2**40)


@pytest.mark.parametrize(
    ("ahead", "left"),
    [
        pytest.param(7 * DAY, {Reminder.DAY_BEFORE, Reminder.HOURS_BEFORE}, id="a week"),
        pytest.param(DAY + 1, {Reminder.DAY_BEFORE, Reminder.HOURS_BEFORE}, id="just over a day"),
        pytest.param(DAY, {Reminder.HOURS_BEFORE}, id="exactly a day"),
        pytest.param(2 * HOUR + 1, {Reminder.HOURS_BEFORE}, id="just over two hours"),
        pytest.param(2 * HOUR, set(), id="exactly two hours"),
        pytest.param(60, set(), id="a minute"),
        pytest.param(0, set(), id="now"),
        pytest.param(-DAY, set(), id="past"),
    ],
)
def test_which_reminders_are_left(ahead: int, left: set[Reminder]) -> None:
    assert set(reminder_plan(START, START - ahead)) == left


def test_when_reminders_come() -> None:
    assert reminder_plan(START, START - 7 * DAY) == {
        Reminder.DAY_BEFORE: START - 86_400,
        Reminder.HOURS_BEFORE: START - 7_200,
    }


@given(TIMES, TIMES)
def test_reminders_lie_between_now_and_the_start(starts_at: int, now: int) -> None:
    plan = reminder_plan(starts_at, now)
    assert all(now < due < starts_at for due in plan.values())
    assert sorted(plan.values()) == [plan[reminder] for reminder in Reminder if reminder in plan]


def at(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Berlin")).timestamp())


@pytest.mark.parametrize(
    ("starts", "ends", "count"),
    [
        pytest.param("2026-11-24T14:00", "2026-11-24T15:00", 4, id="an hour"),
        pytest.param("2026-11-24T14:01", "2026-11-24T15:01", 5, id="an hour across five"),
        pytest.param("2026-11-24T14:14", "2026-11-24T14:16", 2, id="two minutes in two"),
        pytest.param("2026-11-24T14:00", "2026-11-24T14:01", 1, id="a minute"),
        pytest.param("2026-11-24T23:30", "2026-11-25T00:30", 4, id="over midnight"),
        pytest.param("2027-03-28T01:00", "2027-03-28T04:00", 8, id="the night an hour is missing"),
        pytest.param("2026-10-25T01:00", "2026-10-25T04:00", 16, id="the night has an hour more"),
        pytest.param("2026-11-24T14:00", "2026-11-24T14:00", 0, id="nothing"),
    ],
)
def test_how_many_quarter_hours(starts: str, ends: str, count: int) -> None:
    assert len(slots(at(starts), at(ends))) == count


SPANS = st.tuples(TIMES, st.integers(1, 3 * DAY)).map(lambda span: (span[0], sum(span)))


@given(SPANS)
def test_the_quarter_hours_cover_the_time_and_no_more(span: tuple[int, int]) -> None:
    starts_at, ends_at = span
    held = slots(starts_at, ends_at)
    assert held.start * SLOT <= starts_at < (held.start + 1) * SLOT
    assert (held.stop - 1) * SLOT < ends_at <= held.stop * SLOT


NEAR = st.integers(0, DAY)
NEAR_SPANS = st.tuples(NEAR, st.integers(1, 8 * HOUR)).map(lambda span: (span[0], sum(span)))


@given(NEAR_SPANS, NEAR_SPANS)
def test_two_times_that_overlap_share_a_quarter_hour(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    overlap = one[0] < other[1] and other[0] < one[1]
    shared = set(slots(*one)) & set(slots(*other))
    if overlap:
        assert shared


@given(NEAR, st.integers(1, 8), st.integers(1, 8))
def test_one_after_the_other_is_possible_on_the_quarter_hour(at: int, one: int, two: int) -> None:
    meet = (at // SLOT + 8) * SLOT
    assert not set(slots(meet - one * SLOT, meet)) & set(slots(meet, meet + two * SLOT))
