"""Another time for an appointment: until when it can be answered, and what stands against it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counties import loader
from bot.domain.appointments import DAY, HOUR, REQUESTERS_QUIET, is_quiet
from bot.domain.matching import Candidate, Case, Task
from bot.domain.moving import TIME_TO_ACT, Against, against, answer_by
from bot.domain.people import Mark, Part, Profile, Travel, Volunteer
from bot.domain.requests import HelpRequest, State

HARZ = loader.load()
BERLIN = ZoneInfo("Europe/Berlin")


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


@pytest.mark.parametrize(
    ("now", "first", "until"),
    [
        ("2027-01-15 09:00", "2027-01-18 14:30", "2027-01-16 19:00"),  # the next evening
        ("2027-01-17 09:00", "2027-01-18 14:30", "2027-01-18 10:30"),  # four hours before
        ("2027-01-17 09:00", "2027-01-18 09:00", "2027-01-17 19:00"),  # five in the morning
        ("2027-01-18 11:00", "2027-01-18 14:30", "2027-01-18 12:00"),  # an hour to answer
        ("2027-01-18 12:30", "2027-01-18 14:30", "2027-01-18 13:30"),
        ("2027-01-18 12:31", "2027-01-18 14:30", None),
        ("2027-03-27 12:00", "2027-03-28 10:00", "2027-03-27 19:00"),  # the clocks change
    ],
)
def test_until_when_somebody_answers(now: str, first: str, until: str | None) -> None:
    assert answer_by(at(now), at(first), BERLIN) == (None if until is None else at(until))


TIMES = st.integers(at("2027-01-01 00:00"), at("2028-01-01 00:00"))


@given(TIMES, st.integers(-DAY, 60 * DAY))
def test_there_is_time_to_answer_and_time_to_act(now: int, ahead: int) -> None:
    until = answer_by(now, now + ahead, BERLIN)
    if until is None:
        assert ahead < 2 * HOUR
    else:
        assert now + HOUR <= until <= now + ahead - TIME_TO_ACT


@given(TIMES, st.integers(2 * DAY, 60 * DAY))
def test_with_days_left_nothing_ends_in_the_night(now: int, ahead: int) -> None:
    until = answer_by(now, now + ahead, BERLIN)
    assert until is not None
    hour = datetime.fromtimestamp(until, BERLIN).strftime("%H:%M")
    assert not is_quiet(hour, REQUESTERS_QUIET)


# --- what stands against it -----------------------------------------------------------------------

OWN = at("2027-01-18 14:30"), at("2027-01-18 16:30")  # in Halberstadt


def stands_against(starts_at: str, *tasks: Task, never: tuple[int, Part] | None = None) -> object:
    request = HelpRequest(
        id=1,
        person_id=2,
        state=State.ASSIGNED,
        category="doctor",
        language="ar",
        starts_at=at(starts_at),
        minutes=120,
        place="Halberstadt",
    )
    times = {} if never is None else {never: Mark.NEVER}
    profile = replace(Profile(), place="Halberstadt", travel=Travel.BUS, times=times)
    candidate = Candidate(Volunteer(7, profile), tasks=(Task(*OWN, "Halberstadt"), *tasks))
    return against(Case.of(request, HARZ, at("2027-01-15 09:00")), candidate, OWN)


def task(begins: str, ends: str, place: str = "Halberstadt") -> Task:
    return Task(at(begins), at(ends), place)


def test_the_task_itself_is_in_nobodys_way() -> None:
    assert stands_against("2027-01-18 15:00") is None
    assert stands_against("2027-01-19 15:00") is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (task("2027-01-19 08:00", "2027-01-19 10:00"), Against.BUSY),
        (task("2027-01-19 11:25", "2027-01-19 13:00"), Against.BUSY),
        (task("2027-01-19 07:00", "2027-01-19 09:31"), Against.BUSY),  # the same quarter of an hour
        (task("2027-01-19 08:00", "2027-01-19 09:25"), Against.WAY),  # ten minutes within a place
        (task("2027-01-19 08:00", "2027-01-19 09:20"), None),
        (task("2027-01-19 07:00", "2027-01-19 09:00", "Wernigerode"), Against.WAY),
        (task("2027-01-19 07:00", "2027-01-19 09:25", ""), None),  # by phone
        (task("2027-01-20 09:30", "2027-01-20 11:30"), None),
    ],
)
def test_other_tasks_and_the_way_between(other: Task, why: Against | None) -> None:
    assert stands_against("2027-01-19 09:30", other) is why


def test_a_time_of_the_week_that_is_marked_as_never() -> None:
    tuesday_morning = (1, Part.MORNING)
    assert stands_against("2027-01-19 09:00", never=tuesday_morning) is Against.NEVER
    assert stands_against("2027-01-19 13:00", never=tuesday_morning) is None
    busy = task("2027-01-19 09:00", "2027-01-19 10:00")
    assert stands_against("2027-01-19 09:00", busy, never=tuesday_morning) is Against.BUSY
