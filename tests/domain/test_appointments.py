"""Reminders, evenings, and the quarter hours that an appointment holds."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import (
    DAY,
    HOUR,
    SILENCE,
    SLOT,
    Missing,
    Outcome,
    Quiet,
    Reminder,
    Said,
    Side,
    Wishes,
    choose_by,
    closing_at,
    is_quiet,
    kind_of,
    next_evening,
    out_of_quiet,
    reminder_plan,
    silence_at,
    slots,
    who_was_missing,
)

BERLIN = ZoneInfo("Europe/Berlin")
NEVER: Quiet = ("00:00", "00:00")
DEFAULT: Quiet = ("20:00", "08:00")
TIMES = st.integers(0, 2**40)
#: Between 2020 and 2035.
MOMENTS = st.integers(1_577_836_800, 2_051_222_400)
HOURS = st.times().map(lambda one: one.strftime("%H:%M"))
USUAL = {kind_of(one, side) for one in Wishes().when for side in Side}

REQUESTER, VOLUNTEER = (f"_{side}" for side in Side)


def at(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=BERLIN).timestamp())


def local(moment: int) -> str:
    return datetime.fromtimestamp(moment, BERLIN).strftime("%d.%m. %H:%M")


def plan(starts: str, now: str, volunteers: Quiet = NEVER) -> dict[str, str]:
    wishes = {Side.REQUESTER: Wishes(), Side.VOLUNTEER: Wishes(quiet=volunteers)}
    planned = reminder_plan(at(starts), at(now), BERLIN, wishes)
    return {kind: local(moment) for kind, moment in planned.items()}


@pytest.mark.parametrize(
    ("starts", "day_before", "hours_before", "silence"),
    [
        pytest.param("2027-01-18 14:30", "17.01. 14:30", "18.01. 12:30", "18.01. 10:30", id="day"),
        pytest.param("2027-01-18 10:00", "17.01. 10:00", "18.01. 08:00", "17.01. 19:30", id="ten"),
        pytest.param("2027-01-18 12:00", "17.01. 12:00", "18.01. 10:00", "18.01. 08:00", id="noon"),
        pytest.param("2027-01-18 09:00", "17.01. 09:00", "17.01. 19:00", "17.01. 19:30", id="nine"),
        pytest.param(
            "2027-01-18 07:30", "16.01. 19:00", "17.01. 19:00", "17.01. 19:30", id="early"
        ),
        pytest.param("2027-01-18 20:30", "17.01. 20:30", "18.01. 18:30", "18.01. 16:30", id="late"),
        pytest.param(
            "2027-01-18 21:30", "17.01. 19:00", "18.01. 19:30", "18.01. 17:30", id="night"
        ),
        # On 28 March 2027 at 02:00 it is 03:00, on 31 October 2027 at 03:00 it is 02:00.
        pytest.param(
            "2027-03-28 10:00", "27.03. 09:00", "28.03. 08:00", "27.03. 19:30", id="spring"
        ),
        pytest.param(
            "2027-03-28 08:30", "26.03. 19:00", "27.03. 19:00", "27.03. 19:30", id="spring early"
        ),
        pytest.param(
            "2027-10-31 08:30", "30.10. 09:30", "30.10. 19:00", "30.10. 19:30", id="autumn"
        ),
    ],
)
def test_when_requesters_are_reminded(
    starts: str, day_before: str, hours_before: str, silence: str
) -> None:
    planned = plan(starts, "2027-01-01 12:00")
    assert planned["day_before" + REQUESTER] == day_before
    assert planned["hours_before" + REQUESTER] == hours_before
    assert planned[SILENCE] == silence


@pytest.mark.parametrize(
    ("quiet", "day_before", "hours_before"),
    [
        pytest.param(NEVER, "17.01. 09:30", "18.01. 07:30", id="never"),
        pytest.param(DEFAULT, "17.01. 09:30", "17.01. 19:00", id="usual"),
        pytest.param(("18:00", "10:00"), "16.01. 17:00", "17.01. 17:00", id="the evening too"),
        pytest.param(("00:00", "08:00"), "17.01. 09:30", "17.01. 19:00", id="from midnight"),
        pytest.param(("07:00", "20:00"), "17.01. 06:00", "18.01. 06:00", id="works at night"),
    ],
)
def test_the_quiet_hours_of_a_volunteer(quiet: Quiet, day_before: str, hours_before: str) -> None:
    planned = plan("2027-01-18 09:30", "2027-01-01 12:00", quiet)
    assert planned["day_before" + VOLUNTEER] == day_before
    assert planned["hours_before" + VOLUNTEER] == hours_before


@pytest.mark.parametrize(
    ("now", "left"),
    [
        pytest.param("2027-01-10 14:30", {*USUAL, SILENCE}, id="a week"),
        pytest.param("2027-01-17 14:29", {*USUAL, SILENCE}, id="just over a day"),
        pytest.param(
            "2027-01-17 14:30", {"hours_before_requester", "hours_before_volunteer"}, id="a day"
        ),
        pytest.param("2027-01-18 12:30", set[str](), id="two hours"),
        pytest.param("2027-01-18 14:30", set[str](), id="now"),
        pytest.param("2027-01-19 14:30", set[str](), id="past"),
    ],
)
def test_which_reminders_are_left(now: str, left: set[str]) -> None:
    """Who says yes on the day itself is not asked again, so nobody is silent."""
    assert set(plan("2027-01-18 14:30", now)) == left


QUIETS = st.tuples(HOURS, HOURS)
WHEN = st.sets(st.sampled_from(Reminder), min_size=1).map(tuple[Reminder, ...])


@given(MOMENTS, MOMENTS, QUIETS, WHEN)
def test_reminders_lie_between_now_and_the_start(
    starts_at: int, now: int, quiet: Quiet, when: tuple[Reminder, ...]
) -> None:
    wishes = {Side.REQUESTER: Wishes(), Side.VOLUNTEER: Wishes(when, quiet)}
    planned = reminder_plan(starts_at, now, BERLIN, wishes)
    assert all(now < due for kind, due in planned.items() if kind != SILENCE)
    assert all(due < starts_at for due in planned.values())
    asked_for = {kind_of(reminder, Side.VOLUNTEER) for reminder in when}
    assert {kind for kind in planned if kind.endswith(VOLUNTEER)} <= asked_for
    early = now < starts_at - 20 * DAY
    assert not early or any(kind.endswith(VOLUNTEER) for kind in planned)


@pytest.mark.parametrize(
    ("starts", "when", "planned"),
    [
        pytest.param(
            "2027-01-18 14:30",
            (Reminder.EVENING, Reminder.HOUR_BEFORE),
            {"evening": "17.01. 19:00", "hour_before": "18.01. 13:30"},
            id="evening and an hour",
        ),
        pytest.param(
            "2027-01-18 14:30", (Reminder.MORNING,), {"morning": "18.01. 08:00"}, id="morning"
        ),
        pytest.param(
            "2027-01-18 08:30", (Reminder.MORNING,), {"morning": "17.01. 19:00"}, id="too early"
        ),
        pytest.param(
            "2027-01-18 08:30",
            (Reminder.EVENING, Reminder.MORNING, Reminder.HOURS_BEFORE),
            {"evening": "17.01. 19:00"},
            id="once in a moment",
        ),
        pytest.param(
            "2027-03-28 10:00", (Reminder.MORNING,), {"morning": "28.03. 08:00"}, id="clocks change"
        ),
    ],
)
def test_everybody_wishes_for_themselves(
    starts: str, when: tuple[Reminder, ...], planned: dict[str, str]
) -> None:
    wishes = {Side.REQUESTER: Wishes(when)}
    found = reminder_plan(at(starts), at("2027-01-02 12:00"), BERLIN, wishes)
    asks = found.pop(SILENCE, None) is not None
    assert {kind: local(moment) for kind, moment in found.items()} == {
        kind + REQUESTER: moment for kind, moment in planned.items()
    }
    assert asks == ("evening" in planned)


@pytest.mark.parametrize(
    ("outcome", "said", "missing"),
    [
        (None, None, Missing()),
        (Outcome.TOOK_PLACE, Said.WELL, Missing()),
        (Outcome.NO_SHOW, None, Missing(requester=True)),
        (Outcome.NO_SHOW, Said.COMING, Missing(requester=True)),
        (Outcome.NO_SHOW, Said.THERE, Missing(unclear=True)),
        (Outcome.NO_SHOW, Said.WELL, Missing(unclear=True)),
        (Outcome.NO_SHOW, Said.NOBODY, Missing(unclear=True)),
        (None, Said.NOBODY, Missing(volunteer=True)),
        (Outcome.MOVED, Said.NOBODY, Missing(volunteer=True)),
        (Outcome.TOOK_PLACE, Said.NOBODY, Missing(unclear=True)),
        (Outcome.ABSENT, Said.NOBODY, Missing(volunteer=True)),
    ],
)
def test_who_did_not_come(outcome: Outcome | None, said: Said | None, missing: Missing) -> None:
    assert who_was_missing(outcome, said) == missing


@given(MOMENTS, QUIETS)
def test_nothing_is_said_in_quiet_hours(moment: int, quiet: Quiet) -> None:
    """It comes at its time, or before; who is quiet for most of the day is the exception."""
    said = out_of_quiet(moment, quiet, BERLIN)
    assert said <= moment
    assert said == moment or moment - said <= 2 * DAY
    begins, ends = (int(hour[:2]) * 60 + int(hour[3:]) for hour in quiet)
    if (begins - ends) % (24 * 60) > 2 * 60:
        assert not is_quiet(local(said)[-5:], quiet)


def test_who_is_asked_late_has_an_hour_to_answer() -> None:
    start = at("2027-01-18 14:30")
    assert silence_at(start, BERLIN, at("2027-01-17 14:30")) == start - 4 * HOUR
    assert local(silence_at(start, BERLIN, at("2027-01-18 10:00"))) == "18.01. 11:00"


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        ("2027-01-15 09:00", "16.01. 19:00"),
        ("2027-01-15 23:30", "16.01. 19:00"),
        ("2027-03-27 19:00", "28.03. 19:00"),
    ],
)
def test_the_next_evening(now: str, evening: str) -> None:
    assert local(next_evening(at(now), BERLIN)) == evening


@pytest.mark.parametrize(
    ("starts", "by"),
    [
        ("2027-01-20 15:00", "16.01. 19:00"),
        ("2027-01-16 15:00", "16.01. 11:00"),
        ("2027-01-15 11:00", "15.01. 10:00"),
    ],
)
def test_until_when_a_time_is_chosen(starts: str, by: str) -> None:
    assert local(choose_by(at("2027-01-15 09:00"), at(starts), BERLIN)) == by


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        ("2027-01-18 16:30", "18.01. 16:30"),
        ("2027-01-18 20:00", "18.01. 20:00"),
        ("2027-01-18 20:01", "19.01. 09:00"),
        ("2027-01-18 00:30", "18.01. 09:00"),
        ("2027-03-27 23:00", "28.03. 09:00"),
    ],
)
def test_when_both_are_asked_how_it_went(ends: str, asked: str) -> None:
    assert local(closing_at(at(ends), BERLIN)) == asked


# --- slots --------------------------------------------------------------------------------------


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
