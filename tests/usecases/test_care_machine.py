"""Care around appointments as a state machine: the life of requests (``test_any_order``), and on
top of it what people say afterwards, protected cases, no-shows and wishes for reminders."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bot.domain.appointments import (
    CORRECTABLE,
    DECIDES,
    HOUR,
    REMINDERS,
    Again,
    Outcome,
    Reminder,
    Said,
)
from bot.domain.people import Person
from bot.domain.requests import State, Wanted
from bot.domain.series import UNTIL_TOLD
from bot.storage import cases, outbox, pairs, people, requests
from bot.storage.tx import Tx
from bot.usecases import closing, deciding, dispatch, feedback, filing, missed, protecting, wishes
from bot.usecases.assigning import AGREEING
from tests.usecases.test_any_order import NUMBER, REQUESTERS, VOLUNTEERS, WHO, Life

SIDE = st.sampled_from(("volunteer", "requester"))
EVERYBODY = st.sampled_from((*VOLUNTEERS, *REQUESTERS))


class Care(Life):
    # What has nothing to do with the time afterwards is played in the other machine.
    def _left_out(self, *_: Any, **__: Any) -> None:
        """No rule."""

    offers_times = chooses = finds_none_fits = gives_up_looking = _left_out
    takes_an_open_task = says_how_it_went = the_office_asks_one = _left_out
    blocks_the_bot = comes_back = the_office_takes_back_what_has_no_time = _left_out

    @initialize()
    def a_coordinator_is_there(self) -> None:
        self.coordinator = self.runner.run(self.db.read(lambda tx: people.coordinators(tx)[0]))

    @rule(name=st.sampled_from(REQUESTERS))
    def has_an_appointment(self, name: str) -> None:
        self._shortest_way(name)

    @rule(name=st.sampled_from(REQUESTERS))
    def had_an_appointment(self, name: str) -> None:
        self._shortest_way(name)
        self.time_passes(30)

    @rule(number=NUMBER)
    def the_same_two_again(self, number: int) -> None:
        """The office brings two together who have met before."""
        sql = (
            "SELECT a.volunteer_id, r.person_id FROM assignments a"
            " JOIN help_requests r ON r.id = a.request_id WHERE a.state = 'done' ORDER BY a.id"
        )
        rows = self.runner.run(self.desk.rows(sql))
        if not rows:
            return
        row = rows[number % len(rows)]
        requester = self._person(int(row["person_id"]))
        wanted = Wanted(
            category="doctor", language="en", starts_at=self.wall.now() + 27 * HOUR, minutes=60
        )
        self.does(filing.file_request, self.desk.county, requester, wanted)
        sql = "SELECT max(id) AS id FROM help_requests WHERE person_id = :id"
        newest = int(self.runner.run(self.desk.rows(sql, id=requester.id))[0]["id"])
        volunteer_id = int(row["volunteer_id"])
        county, by = self.desk.county, self.coordinator
        self.does(deciding.accept_for, county, by, newest, volunteer_id)

    @rule()
    def half_a_day_later(self) -> None:
        self.time_passes(12)

    def _shortest_way(self, name: str) -> None:
        """Somebody asks, the first one says yes: by chance alone few come so far."""
        person = self.people[name]
        self.asks(name, 27)
        sql = (
            "SELECT o.id, o.volunteer_id FROM offers o JOIN help_requests r ON r.id = o.request_id"
            " WHERE r.person_id = :id AND o.state = 'open' ORDER BY o.id DESC"
        )
        rows = self.runner.run(self.desk.rows(sql, id=person.id))
        if rows:
            volunteer = self._person(int(rows[0]["volunteer_id"]))
            self.does(dispatch.accept, self.desk.county, volunteer, int(rows[0]["id"]))

    # What people say afterwards ------------------------------------------------------------

    def _says(self, side: str, number: int, work: Callable[..., Any], *args: Any) -> None:
        """The side of an appointment says something; *number* is that of the appointment."""
        sql = (
            "SELECT a.id, a.volunteer_id AS volunteer, r.person_id AS requester FROM assignments a"
            " JOIN help_requests r ON r.id = a.request_id WHERE a.state = 'done' ORDER BY a.id"
        )
        rows = self.runner.run(self.desk.rows(sql))
        if rows:
            row = rows[number % len(rows)]
            by = self._person(int(row[side]))
            self.does(work, self.desk.county, by, int(row["id"]), *args)

    @rule(number=NUMBER, said=st.sampled_from((Said.WELL, Said.SOSO, Said.BADLY, Said.NOBODY)))
    def the_requester_judges(self, number: int, said: Said) -> None:
        self._says("requester", number, closing.judge, said)

    @rule(number=NUMBER, outcome=st.sampled_from(Outcome), minutes=st.none() | st.just(60))
    def the_volunteer_closes(self, number: int, outcome: Outcome, minutes: int | None) -> None:
        self._says("volunteer", number, closing.close, outcome, minutes)

    @rule(number=NUMBER, side=SIDE, said=st.sampled_from(Again))
    def would_they_meet_again(self, number: int, side: str, said: Again) -> None:
        self._says(side, number, closing.say_again, said)

    @rule(number=NUMBER)
    def was_there_after_all(self, number: int) -> None:
        self._says("requester", number, missed.was_there)

    @rule(number=NUMBER)
    def needs_no_new_date(self, number: int) -> None:
        self._says("requester", number, missed.no_new_date)

    @rule(number=NUMBER, side=SIDE)
    def says_more(self, number: int, side: str) -> None:
        def say(tx: Tx, *args: Any) -> None:
            feedback.add(tx, *args, words="It was good.")

        self._says(side, number, say)

    # Cases ---------------------------------------------------------------------------------

    @rule(number=NUMBER, side=SIDE)
    def something_was_wrong(self, number: int, side: str) -> None:
        self._says(side, number, protecting.report)

    @rule(name=st.sampled_from(REQUESTERS), number=NUMBER, side=SIDE)
    def something_was_wrong_and_they_are_to_meet(self, name: str, number: int, side: str) -> None:
        self.had_an_appointment(name)
        self.the_same_two_again(number)
        self._says(side, number, protecting.report)

    @rule(number=NUMBER, outcome=st.sampled_from(protecting.OUTCOMES))
    def a_coordinator_decides(self, number: int, outcome: str) -> None:
        case_id = self._case(number)
        self.does(protecting.take, self.coordinator, case_id)
        self.does(protecting.close, self.desk.county, self.coordinator, case_id, outcome)

    def _case(self, number: int) -> int:
        found = self.runner.run(self.db.read(cases.unfinished))
        return found[number % len(found)].id if found else number + 1

    @rule(number=NUMBER)
    def a_coordinator_takes_the_case(self, number: int) -> None:
        self.does(protecting.take, self.coordinator, self._case(number))

    @rule(number=NUMBER, outcome=st.sampled_from(protecting.OUTCOMES))
    def a_coordinator_closes_the_case(self, number: int, outcome: str) -> None:
        case_id = self._case(number)
        self.does(protecting.close, self.desk.county, self.coordinator, case_id, outcome)

    # Wishes --------------------------------------------------------------------------------

    @rule(name=EVERYBODY, reminder=st.sampled_from(Reminder), wanted=st.booleans())
    def wishes_a_reminder(self, name: str, reminder: Reminder, wanted: bool) -> None:
        self.does(wishes.choose, self.desk.county, self.people[name], reminder, wanted)

    @rule(name=WHO, quiet=st.sampled_from((("22:00", "06:00"), ("00:00", "00:00"))))
    def wishes_quiet(self, name: str, quiet: tuple[str, str]) -> None:
        self.does(wishes.be_quiet, self.desk.county, self.people[name], quiet)

    # What always holds ---------------------------------------------------------------------

    @invariant()
    def everybody_is_cared_for(self) -> None:
        self.runner.run(self.db.read(check_care))

    def _person(self, person_id: int) -> Person:
        return next(one for one in self.people.values() if one.id == person_id)


def check_care(tx: Tx) -> None:
    _one_prompt_at_a_time(tx)
    _nobody_is_left_alone(tx)
    _cases_are_owned(tx)
    _who_is_apart_does_not_meet(tx)
    _no_shows_are_what_was_said(tx)


def _one_prompt_at_a_time(tx: Tx) -> None:
    asked = tx.all("SELECT id, person_id FROM prompts WHERE state IN ('open', 'nudged')")
    how = tx.all("SELECT assignment_id, person_id FROM check_ins WHERE state = 'open'")
    busy = [row["person_id"] for row in (*asked, *how)]
    assert len(busy) == len(set(busy))
    waiting = {row["person_id"] for row in tx.all("SELECT * FROM prompts WHERE state = 'waiting'")}
    assert waiting <= set(busy), "who waits, waits for something"
    planned = {row["subject"] for row in _due(tx, "closing_nudge")}
    assert planned == {row["id"] for row in asked}, "what is asked comes to an end"
    ends = {row["subject"] for row in _due(tx, "check_in_over")}
    assert {row["assignment_id"] for row in how} <= ends, "so does how somebody is"


def _nobody_is_left_alone(tx: Tx) -> None:
    """Whatever is under way has a volunteer, an alert the office has seen, or a due row."""
    kinds = ("offers_expire", "hear_by", *AGREEING)
    planned = {row["subject"] for kind in kinds for row in _due(tx, kind)}
    for row in tx.all("SELECT id FROM help_requests"):
        request = requests.by_id(tx, int(row["id"]))
        if request.state in (State.WAITING, State.OPEN, State.STUCK, State.AGREEING):
            alerts = tx.all(
                "SELECT id FROM outbox WHERE card = :card AND mode <> :edit",
                card=f"alert:{request.id}",
                edit=int(outbox.Mode.EDIT),
            )
            assert alerts or request.id in planned
        if request.state is State.ASSIGNED:
            held = tx.all(
                "SELECT id FROM assignments WHERE request_id = :id AND state = 'active'",
                id=request.id,
            )
            assert len(held) == 1


def _cases_are_owned(tx: Tx) -> None:
    """Each open case is brought up until it is closed."""
    unfinished = {case.id for case in cases.unfinished(tx)}
    assert {row["subject"] for row in _due(tx, "case_waits")} == unfinished
    suspended = tx.all("SELECT requester_id, volunteer_id FROM pairs WHERE suspended = 1")
    about = {(case.requester_id, case.volunteer_id) for case in cases.unfinished(tx)}
    ways = about | {(other, one) for one, other in about}  # whoever of them helps
    assert {(row["requester_id"], row["volunteer_id"]) for row in suspended} == ways


def _who_is_apart_does_not_meet(tx: Tx) -> None:
    """While a case is open there is no offer, and no appointment but what waits for a decision and
    reminds of nothing."""
    decides = {row["subject"]: row["due_at"] for row in _due(tx, DECIDES)}
    reminded = {row["subject"] for kind in REMINDERS for row in _due(tx, kind)}
    for row in tx.all(
        "SELECT r.id, r.person_id, o.volunteer_id FROM offers o"
        " JOIN help_requests r ON r.id = o.request_id WHERE o.state = 'open'"
    ):
        assert not pairs.find(tx, row["person_id"], row["volunteer_id"]).suspended
    for row in tx.all(
        "SELECT a.id, a.starts_at, a.volunteer_id, r.person_id FROM assignments a"
        " JOIN help_requests r ON r.id = a.request_id WHERE a.state = 'active'"
    ):
        if pairs.find(tx, row["person_id"], row["volunteer_id"]).suspended:
            assert row["id"] not in reminded
            soon = row["starts_at"] <= tx.now + 60
            assert soon or decides[row["id"]] < row["starts_at"], "decided before they meet"
    for case in cases.unfinished(tx):
        between = {"requester": case.requester_id, "volunteer": case.volunteer_id}
        for row in tx.all(
            "SELECT paused_until FROM series WHERE state = 'active'"
            " AND person_id = :requester AND volunteer_id = :volunteer",
            **between,
        ):
            assert row["paused_until"] == UNTIL_TOLD.isoformat()
        assert not tx.all(
            "SELECT m.id FROM moves m JOIN assignments a ON a.id = m.assignment_id"
            " JOIN help_requests r ON r.id = a.request_id WHERE m.state = 'open'"
            " AND r.person_id = :requester AND a.volunteer_id = :volunteer",
            **between,
        )
        assert not tx.all(
            "SELECT s.id FROM swaps s JOIN help_requests r ON r.id = s.request_id"
            " WHERE s.state = 'open' AND r.person_id = :requester AND s.colleague_id = :volunteer",
            **between,
        )


def _no_shows_are_what_was_said(tx: Tx) -> None:
    for row in tx.all(
        "SELECT n.person_id, a.volunteer_id, a.outcome, a.requester_says, a.ends_at"
        " FROM no_shows n JOIN assignments a ON a.id = n.assignment_id"
    ):
        if row["person_id"] == row["volunteer_id"]:
            assert row["outcome"] == "absent" or row["requester_says"] == "nobody"
        else:
            assert row["outcome"] == "no_show"
            assert row["requester_says"] not in ("there", "nobody")
        assert row["ends_at"] <= tx.now + CORRECTABLE


def _due(tx: Tx, kind: str) -> list[Any]:
    return list(tx.all("SELECT subject, due_at FROM due WHERE kind = :kind", kind=kind))


def test_care_in_any_order(sqlite_template: Path) -> None:
    Life.template = Care.template = sqlite_template
    case = Care.TestCase
    case.settings = settings(
        max_examples=5,  # help every week plays it, too
        stateful_step_count=50,
        suppress_health_check=[HealthCheck.too_slow],
    )
    case("runTest").runTest()
