"""Help every week as a state machine, in the midst of all other requests, people and the clock."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from bot.domain.people import Person
from bot.domain.requests import UNDER_WAY, State
from bot.domain.series import SeriesState, moment
from bot.storage import requests
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import series, series_meetings, series_trial
from tests.usecases.office import COUNTY
from tests.usecases.test_any_order import NUMBER, REQUESTERS, VOLUNTEERS, Life, check, newest
from tests.usecases.test_care_machine import Care
from tests.usecases.test_series import a_trial, every_week

SIDES = st.sampled_from((*REQUESTERS[:1], *VOLUNTEERS[:3]))


class Weekly(Care):
    """Sara has help every week, or has just tried it; her request is the first."""

    # Another volunteer may have to find a time first; and people come and go.
    offers_times, chooses, finds_none_fits = Life.offers_times, Life.chooses, Life.finds_none_fits
    blocks_the_bot, comes_back = Life.blocks_the_bot, Life.comes_back

    async def _move_in(self) -> None:
        await super()._move_in()
        begin = every_week if self.begins_active else a_trial
        self.series_id = await begin(self.desk, self.people["Sara"], self.people["Anna"])

    begins_active = True

    def weekly(self, work: Any, name: str, *args: Any, **kw: Any) -> None:
        self.does(work, self.desk.county, self.people[name], self.series_id, *args, **kw)

    @rule(name=SIDES, yes=st.booleans())
    def answers_every_week(self, name: str, yes: bool) -> None:
        self.weekly(series_trial.answer, name, yes=yes)

    @rule(wanted=st.booleans())
    def wants_another(self, wanted: bool) -> None:
        self.weekly(series_trial.another, "Sara", wanted=wanted)

    @rule(name=SIDES, number=NUMBER)
    def not_this_week(self, name: str, number: int) -> None:
        def skip(tx: Tx, person: Person) -> None:
            ahead = series_meetings.ahead(tx, self.series_id)
            if ahead:
                series.leave_out(tx, self.desk.county, person, ahead[number % len(ahead)].id)

        self.does(skip, self.people[name])

    @rule(name=SIDES, days=st.sampled_from((0, 5, 20)))
    def pauses(self, name: str, days: int) -> None:
        today = datetime.fromtimestamp(self.wall.now(), self.desk.county.zone).date()
        self.weekly(series.pause, name, today + timedelta(days=days))

    @rule(name=SIDES)
    def goes_on(self, name: str) -> None:
        self.weekly(series.resume, name)

    @rule(name=SIDES, days=st.integers(0, 9), hour=st.sampled_from(("09:30", "15:00", "15:30")))
    def proposes(self, name: str, days: int, hour: str) -> None:
        today = datetime.fromtimestamp(self.wall.now(), self.desk.county.zone).date()
        self.weekly(series.propose_time, name, today + timedelta(days=days), hour)

    @rule(name=SIDES, yes=st.booleans())
    def agrees(self, name: str, yes: bool) -> None:
        self.weekly(series.agree_time, name, yes=yes)

    @rule(name=SIDES)
    def hands_on(self, name: str) -> None:
        self.weekly(series.someone_else, name)

    @rule(name=SIDES, really=st.integers(0, 5))
    def ends(self, name: str, really: int) -> None:
        if really == 0:  # else every story would soon be over
            self.weekly(series.end, name)

    @invariant()
    def everything_fits(self) -> None:
        self.runner.run(self.db.read(check))
        self.runner.run(self.db.read(check_series, self.series_id))


class Trial(Weekly):
    begins_active = False


def check_series(tx: Tx, series_id: int) -> None:
    one = store.by_id(tx, series_id)
    mine = [
        requests.by_id(tx, int(row["id"]))
        for row in tx.all("SELECT id FROM help_requests WHERE series_id = :id", id=series_id)
    ]
    kept = [
        each.starts_at for each in mine if each.is_meeting and each.state is not State.CANCELLED
    ]
    assert len(kept) == len(set(kept)), "each meeting once"
    under_way = [each for each in mine if each.state in UNDER_WAY and not each.begins_by(tx.now)]
    searches = [each for each in mine if each.is_search and each.state in UNDER_WAY]
    due = {
        str(row["kind"])
        for row in tx.all(
            "SELECT kind FROM due WHERE subject = :id AND kind LIKE :kinds",
            id=series_id,
            kinds="series_%",
        )
    }
    match one.state:
        case SeriesState.TRIAL:
            asks = {"series_ask", "series_nudge", "series_silent"}
            told = newest(tx, f"series_silent:{series_id}") is not None
            assert due & asks or told, "somebody acts"
            assert mine == []
        case SeriesState.ACTIVE:
            assert one.volunteer_id is not None
            assert "series_plan" in due
            assert searches == []
            assert ("series_clash" in due) == (one.clash_on is not None)
            at = None if one.clash_on is None else moment(one.clash_on, one.hour, COUNTY.zone)
            assert at not in kept, "no meeting is in its own way"
            assert ("series_change_over" in due) == (one.change is not None)
        case SeriesState.SEARCHING:
            assert one.volunteer_id is None
            assert len(searches) == 1, "somebody is looked for"
            assert under_way == [each for each in searches if each in under_way]
        case SeriesState.ENDED:
            assert under_way == []
            assert due == set()


def test_every_week_in_any_order(sqlite_template: Path) -> None:
    for machine in (Weekly, Trial):
        machine.template = sqlite_template
        case = machine.TestCase
        case.settings = settings(
            max_examples=8,
            stateful_step_count=40,
            suppress_health_check=[HealthCheck.too_slow],
        )
        case("runTest").runTest()
