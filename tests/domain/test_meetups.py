"""When guests of a meetup are reminded, and when they are asked once more."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.appointments import Reminder, Wishes
from bot.domain.meetups import Answer, Guest, Tally, nudge_at, reminders, tally

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = ("20:00", "08:00")


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


def test_reminders_come_as_the_person_wishes() -> None:
    starts, now = at("2027-01-26 18:00"), at("2027-01-20 10:00")
    usual = reminders(starts, now, Wishes(), BERLIN)
    assert usual == {
        "meetup_day_before": at("2027-01-25 18:00"),
        "meetup_hours_before": at("2027-01-26 16:00"),
    }
    own = Wishes((Reminder.EVENING,), NIGHT)
    assert reminders(starts, now, own, BERLIN) == {"meetup_evening": at("2027-01-25 19:00")}
    assert reminders(starts, at("2027-01-26 17:00"), Wishes(), BERLIN) == {}


def test_one_question_more_and_never_at_night() -> None:
    starts = at("2027-01-26 21:00")
    assert nudge_at(starts, at("2027-01-20 10:00"), NIGHT, BERLIN) == at("2027-01-23 19:00")
    assert nudge_at(starts, at("2027-01-23 10:00"), NIGHT, BERLIN) is None


def test_over_the_end_of_summer_time() -> None:
    """Clocks go back on 2027-10-31: a day before is the same hour, or 24 hours, never at night."""
    found = reminders(at("2027-10-31 09:00"), at("2027-10-20 10:00"), Wishes(quiet=NIGHT), BERLIN)
    hours = {datetime.fromtimestamp(one, BERLIN).hour for one in found.values()}
    assert hours
    assert all(8 <= hour < 20 for hour in hours)


def test_every_guest_counts_once() -> None:
    said = [Answer.YES, Answer.YES, Answer.NO, Answer.MAYBE, None]
    guests = [Guest(n, 1, n, answer) for n, answer in enumerate(said)]
    assert tally(guests) == Tally(yes=2, maybe=1, no=1, silent=1)
