"""The life of help requests as a state machine: whatever people and the clock do, in any order."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.clock import MovableWall
from bot.domain.appointments import BEFORE_THE_START, Outcome
from bot.domain.errors import Refused
from bot.domain.on_the_day import Sign
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State, Wanted
from bot.messages import from_json
from bot.storage import outbox, proposals, requests
from bot.storage import series as store
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing,
    closing,
    dispatch,
    filing,
    moving,
    notices,
    offering,
    on_the_day,
    reaching,
    reminding,
    swapping,
)
from tests.databases import KEY, START
from tests.usecases.office import GROUP, Desk

VOLUNTEERS = ("Anna", "Bilal", "Clara", "Dilan", "Emre", "Fatma", "Gül")
REQUESTERS = ("Sara", "Omar")
WHO = st.sampled_from(VOLUNTEERS)
NUMBER = st.integers(0, 7)


class Life(RuleBasedStateMachine):
    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = Path(tempfile.mkdtemp(prefix="lotse-life-"))
        shutil.copyfile(self.template, self.folder / "lotse.db")
        self.wall = MovableWall(START)
        self.runner.run(self._move_in())

    async def _move_in(self) -> None:
        url = f"sqlite:///{self.folder / 'lotse.db'}"
        self.db = await open_database(url, wall=self.wall, cipher=Cipher((KEY,)))
        self.desk = Desk(self.db, self.wall)
        await self.desk.open_office()
        self.people = {name: await self.desk.volunteer(name, "en") for name in VOLUNTEERS}
        self.people |= {name: await self.desk.person(name) for name in REQUESTERS}

    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    def does(self, work: Callable[..., Any], *args: Any, **kw: Any) -> None:
        """A step that may be refused. Then it has changed nothing: its turn is committed."""
        before = self.runner.run(self.db.read(everything))

        def turn(tx: Tx) -> bool:
            try:
                work(tx, *args, **kw)
            except Refused:
                return True
            return False

        if self.runner.run(self.desk.run(turn)):
            assert self.runner.run(self.db.read(everything)) == before

    # What people do ------------------------------------------------------------------------

    @rule(
        name=st.sampled_from((*REQUESTERS, "Anna")),
        hours=st.sampled_from((0.3, 2, 26, 27, 80, None)),
    )
    def asks(self, name: str, hours: float | None) -> None:
        self.does(
            filing.file_request,
            self.desk.county,
            self.people[name],
            Wanted(
                category="doctor",
                language="en",
                starts_at=None if hours is None else self.wall.now() + int(3600 * hours),
                minutes=120,
            ),
        )

    @rule(name=WHO, number=NUMBER)
    def accepts(self, name: str, number: int) -> None:
        self._answers(dispatch.accept, self.people[name], number)

    @rule(name=WHO, number=NUMBER)
    def declines(self, name: str, number: int) -> None:
        self._answers(dispatch.decline, self.people[name], number)

    def _answers(self, work: Callable[..., Any], person: Person, number: int) -> None:
        sql = "SELECT id FROM offers WHERE volunteer_id = :id ORDER BY id DESC"
        rows = self.runner.run(self.desk.rows(sql, id=person.id))
        if rows:
            offer_id = int(rows[number % len(rows)]["id"])
            self.does(work, self.desk.county, person, offer_id)

    @rule(name=WHO, number=NUMBER)
    def takes_an_open_task(self, name: str, number: int) -> None:
        def take(tx: Tx, person: Person) -> None:
            offer_id = offering.offer_on_request(tx, self.desk.county, person, number + 1)
            dispatch.accept(tx, self.desk.county, person, offer_id)

        self.does(take, self.people[name])

    @rule(name=WHO, number=NUMBER)
    def hands_back(self, name: str, number: int) -> None:
        person = self.people[name]
        sql = "SELECT id FROM assignments WHERE volunteer_id = :id ORDER BY id DESC"
        rows = self.runner.run(self.desk.rows(sql, id=person.id))
        if rows:
            task = int(rows[number % len(rows)]["id"])
            self.does(dispatch.hand_back, self.desk.county, person, task)

    # Agreeing: the number is that of the request, the actor is whom it concerns, or anybody.

    @rule(number=NUMBER, hours=st.lists(st.sampled_from((1, 26, 27, 60)), max_size=4))
    def offers_times(self, number: int, hours: list[int]) -> None:
        volunteer = self._volunteer_of(number + 1)
        times = [self.wall.now() + 3600 * one for one in hours]
        county = self.desk.county
        self.does(agreeing.propose, county, volunteer, number + 1, times, "Library")

    @rule(number=NUMBER)
    def chooses(self, number: int) -> None:
        rows = self.runner.run(self.desk.rows("SELECT id, request_id FROM proposals ORDER BY id"))
        if rows:
            row = rows[number % len(rows)]
            by = self._requester_of(int(row["request_id"]))
            self.does(agreeing.choose, self.desk.county, int(row["id"]), by=by)

    @rule(number=NUMBER)
    def finds_none_fits(self, number: int) -> None:
        by = self._requester_of(number + 1)
        self.does(agreeing.none_fits, self.desk.county, number + 1, by=by)

    @rule(number=NUMBER)
    def gives_up_looking(self, number: int) -> None:
        volunteer = self._volunteer_of(number + 1)
        self.does(agreeing.hand_back, self.desk.county, volunteer, number + 1)

    @rule(number=NUMBER, early=st.booleans())
    def wants_someone_else(self, number: int, early: bool) -> None:
        by = self._requester_of(number + 1)
        work = agreeing.someone_else if early else dispatch.someone_else
        self.does(work, self.desk.county, by, number + 1)

    @rule(number=NUMBER, side=st.sampled_from(("volunteer", "requester")), coming=st.booleans())
    def answers_the_reminder(self, number: int, side: str, coming: bool) -> None:
        sql = (
            "SELECT a.volunteer_id AS volunteer, r.person_id AS requester FROM assignments a"
            " JOIN help_requests r ON r.id = a.request_id WHERE a.id = :id"
        )
        rows = self.runner.run(self.desk.rows(sql, id=number + 1))
        by = self._person(int(rows[0][side])) if rows else None
        self.does(reminding.answer, self.desk.county, number + 1, by=by, coming=coming)

    @rule(number=NUMBER, outcome=st.sampled_from(Outcome))
    def says_how_it_went(self, number: int, outcome: Outcome) -> None:
        sql = "SELECT volunteer_id FROM assignments WHERE id = :id"
        rows = self.runner.run(self.desk.rows(sql, id=number + 1))
        by = self._person(int(rows[0]["volunteer_id"])) if rows else None
        self.does(closing.close, self.desk.county, by, number + 1, outcome)

    @rule(number=NUMBER, hours=st.sampled_from((1, 26, 60)))
    def the_office_moves_it(self, number: int, hours: int) -> None:
        by = self._requester_of(number + 1)
        starts_at = self.wall.now() + 3600 * hours
        self.does(dispatch.reschedule, self.desk.county, by, number + 1, starts_at)

    # Appointment care: the number is that of the assignment, the actor one of its two sides.

    @rule(
        number=NUMBER,
        side=st.sampled_from(("volunteer", "requester")),
        hours=st.sampled_from((-1, 2, 26, 27, 60)),
        sure=st.booleans(),
    )
    def proposes_another_time(self, number: int, side: str, hours: int, sure: bool) -> None:
        by, starts_at = self._side(number + 1, side), self.wall.now() + 3600 * hours
        self.does(moving.propose, self.desk.county, by, number + 1, starts_at, sure=sure)

    @rule(number=NUMBER, side=st.sampled_from(("volunteer", "requester")), yes=st.booleans())
    def answers_about_another_time(self, number: int, side: str, yes: bool) -> None:
        rows = self.runner.run(self.desk.rows("SELECT id, assignment_id FROM moves ORDER BY id"))
        if rows:
            row = rows[-1 - number % len(rows)]
            by = self._side(int(row["assignment_id"]), side)
            work = moving.agree if yes else moving.decline
            self.does(work, self.desk.county, by, int(row["id"]))

    @rule(name=WHO, number=NUMBER)
    def asks_a_colleague(self, name: str, number: int) -> None:
        by = self._side(number + 1, "volunteer")
        if by is not None:
            colleague = self.people[name].id
            self.does(swapping.ask, self.desk.county, by, number + 1, colleague)

    @rule(number=NUMBER, yes=st.booleans())
    def the_colleague_answers(self, number: int, yes: bool) -> None:
        rows = self.runner.run(self.desk.rows("SELECT id, colleague_id FROM swaps ORDER BY id"))
        if rows:
            row = rows[-1 - number % len(rows)]
            work = swapping.accept if yes else swapping.decline
            by = self._person(int(row["colleague_id"]))
            self.does(work, self.desk.county, by, int(row["id"]))

    @rule(
        number=NUMBER,
        side=st.sampled_from(("volunteer", "requester")),
        sign=st.sampled_from(Sign),
    )
    def says_where_they_are(self, number: int, side: str, sign: Sign) -> None:
        by = self._side(number + 1, side)
        if sign is Sign.POINT:
            self.does(on_the_day.say_where, self.desk.county, by, number + 1, "Door", None)
        else:
            self.does(on_the_day.say, self.desk.county, by, number + 1, sign)

    def _side(self, assignment_id: int, side: str) -> Person | None:
        sql = (
            "SELECT a.volunteer_id AS volunteer, r.person_id AS requester FROM assignments a"
            " JOIN help_requests r ON r.id = a.request_id WHERE a.id = :id"
        )
        rows = self.runner.run(self.desk.rows(sql, id=assignment_id))
        return self._person(int(rows[0][side])) if rows else None

    def _volunteer_of(self, request_id: int) -> Person | None:
        volunteer_id = self.runner.run(self.db.read(proposals.volunteer_of, request_id))
        return None if volunteer_id is None else self._person(volunteer_id)

    def _requester_of(self, request_id: int) -> Person | None:
        request = self.runner.run(self.db.read(requests.find, request_id))
        return None if request is None else self._person(request.person_id)

    def _person(self, person_id: int) -> Person:
        return next(one for one in self.people.values() if one.id == person_id)

    @rule(name=st.sampled_from((*REQUESTERS, "Anna")), number=NUMBER)
    def cancels(self, name: str, number: int) -> None:
        self.does(dispatch.cancel, self.desk.county, self.people[name], number + 1)

    @rule(number=NUMBER)
    def the_office_asks_again(self, number: int) -> None:
        self.does(dispatch.ask_again, self.desk.county, number + 1)

    @rule(name=WHO, number=NUMBER)
    def the_office_asks_one(self, name: str, number: int) -> None:
        def ask(tx: Tx, volunteer_id: int) -> None:
            request = requests.find(tx, number + 1)
            if request is not None:
                offering.offer_to(tx, self.desk.county, request, volunteer_id)

        self.does(ask, self.people[name].id)

    @rule(number=NUMBER)
    def the_office_takes_back_what_has_no_time(self, number: int) -> None:
        self.does(agreeing.take_back, self.desk.county, number + 1)

    @rule(number=NUMBER)
    def the_office_takes_back(self, number: int) -> None:
        self.does(dispatch.take_back, self.desk.county, number + 1)

    @rule(name=st.sampled_from((*VOLUNTEERS, *REQUESTERS)))
    def blocks_the_bot(self, name: str) -> None:
        self.does(reaching.lost, self.desk.county, self.people[name].chat_id)

    @rule(name=st.sampled_from((*VOLUNTEERS, *REQUESTERS)))
    def comes_back(self, name: str) -> None:
        self.does(reaching.regained, self.people[name].chat_id)

    @rule(hours=st.sampled_from((0.5, 3, 24, 72)))
    def time_passes(self, hours: float) -> None:
        self.runner.run(self.desk.until(self.wall.now() + int(3600 * hours)))

    @rule(days=st.integers(1, 4))
    def the_bot_was_down(self, days: int) -> None:
        self.wall.move_to(self.wall.now() + days * 86400)
        self.runner.run(self.desk.until(self.wall.now()))

    # What always holds ---------------------------------------------------------------------

    @invariant()
    def everything_fits(self) -> None:
        self.runner.run(self.db.read(check))

    @invariant()
    def every_question_ends(self) -> None:
        for table, kind in (("moves", "move_over"), ("swaps", "swap_over")):
            assert self.runner.run(self.db.read(questions_end, table, kind))
        assert self.runner.run(self.db.read(who_looks_after_it_is_needed))


def everything(tx: Tx) -> list[tuple[Any, ...]]:
    tables = (
        "help_requests",
        "offers",
        "assignments",
        "assignment_slots",
        "proposals",
        "moves",
        "swaps",
        "signs",
        "errands",
        "history",
        "series",
        "due",
        "outbox",
        "chats",
    )
    rows: Any = (row for table in tables for row in tx.all(f"SELECT * FROM {table}"))
    return [tuple(row) for row in rows]


def check(tx: Tx) -> None:
    for row in tx.all("SELECT id FROM help_requests"):
        request = requests.by_id(tx, int(row["id"]))
        held = tx.all(
            "SELECT id FROM assignments WHERE request_id = :id AND state = 'active'", id=request.id
        )
        offered = tx.all(
            "SELECT id FROM offers WHERE request_id = :id AND state = 'open'", id=request.id
        )
        due = {
            str(each["kind"]): int(each["due_at"])
            for each in tx.all(
                "SELECT kind, due_at FROM due WHERE subject = :id"
                " AND kind IN ('offers_expire', 'request_starts', 'request_ends',"
                " 'propose_reminder', 'propose_over', 'choose_reminder', 'choose_over')",
                id=request.id,
            )
        }
        match request.state:
            case State.OPEN:
                assert offered, "somebody is asked"
                if request.starts_at is None:
                    assert due.keys() == {"offers_expire"}
                else:
                    assert due.keys() == {"offers_expire", "request_starts"}
                    assert due["offers_expire"] <= due["request_starts"] == request.starts_at
            case State.STUCK:
                assert not offered
                starts = request.starts_at
                assert due == ({} if starts is None else {"request_starts": starts})
                assert alert_of(tx, request.id) is not None, "the office knows"
            case State.AGREEING:
                assert not offered
                assert request.starts_at is None
                assert proposals.volunteer_of(tx, request.id) is not None
                if not due:
                    assert alert_of(tx, request.id) is not None, "the office knows"
                elif proposals.open_for(tx, request.id):
                    assert due.keys() <= {"choose_reminder", "choose_over"}
                else:
                    assert due.keys() <= {"propose_reminder", "propose_over"}
                assert len(due) <= 1
            case State.ASSIGNED:
                assert not offered
                assert due == {"request_ends": request.time[1]}
            case _:
                assert not offered
                assert due == {}
        assert len(held) == (request.state is State.ASSIGNED)
        if request.state is not State.AGREEING:
            assert proposals.open_for(tx, request.id) == []
        check_card(tx, request)
    nobody_has_two_at_once(tx)
    assert nobody_is_reminded_in_vain(tx)


def nobody_has_two_at_once(tx: Tx) -> None:
    """No two tasks of a volunteer at one time, and no two open offers of one request."""
    busy = tx.all("SELECT volunteer_id, slot FROM assignment_slots")
    assert len(busy) == len({(row["volunteer_id"], row["slot"]) for row in busy})
    assert not tx.all(
        "SELECT a.id FROM assignments a JOIN assignments b ON b.volunteer_id = a.volunteer_id"
        " AND b.id > a.id AND b.starts_at < a.ends_at AND a.starts_at < b.ends_at"
        " WHERE a.state = 'active' AND b.state = 'active'"
    )
    asked = tx.all("SELECT request_id, volunteer_id FROM offers WHERE state = 'open'")
    assert len(asked) == len({(row["request_id"], row["volunteer_id"]) for row in asked})


def check_card(tx: Tx, request: HelpRequest) -> None:
    """Help every week has one of its own."""
    if request.series_id is None and store.find(tx, request.id) is None:
        card = newest(tx, f"request:{request.id}")
        assert card is not None
        assert notices.state_of(request) in card.lines[-1].params.values()


def questions_end(tx: Tx, table: str, kind: str) -> bool:
    """Each open question about an assignment is over in time, and none about one that is over."""
    asked = tx.all(
        "SELECT q.id, q.answer_by, a.starts_at, a.state AS held, d.due_at"
        f" FROM {table} q JOIN assignments a ON a.id = q.assignment_id"
        " LEFT JOIN due d ON d.subject = q.id AND d.kind = :kind WHERE q.state = 'open'",
        kind=kind,
    )
    waiting = tx.all("SELECT id FROM due WHERE kind = :kind", kind=kind)
    return len(waiting) == len(asked) and all(
        row["held"] == "active" and row["due_at"] == row["answer_by"] < row["starts_at"]
        for row in asked
    )


def who_looks_after_it_is_needed(tx: Tx) -> bool:
    """No coordinator looks for a volunteer where there is one, or is asked about a call that has
    lost its point."""
    return not tx.all(
        "SELECT e.id FROM errands e JOIN help_requests r ON r.id = e.request_id"
        " WHERE e.kind = 'late' AND e.state <> 'done' AND r.state NOT IN ('open', 'stuck')"
    ) and not tx.all(
        "SELECT d.id FROM due d LEFT JOIN errands e ON e.id = d.subject"
        " WHERE d.kind IN ('errand_waits', 'late_waits') AND (e.id IS NULL OR e.state = 'done')"
    )


def nobody_is_reminded_in_vain(tx: Tx) -> bool:
    kinds = ", ".join(f"'{kind}'" for kind in BEFORE_THE_START)
    return not tx.all(
        "SELECT d.id FROM due d LEFT JOIN assignments a ON a.id = d.subject AND a.state = 'active'"
        f" WHERE d.kind IN ({kinds}) AND a.id IS NULL"
    )


def newest(tx: Tx, card: str) -> Any:
    """What the office sees of a card, or will: nothing is ever sent here, so all of it waits."""
    row = tx.one(
        "SELECT content FROM outbox WHERE chat_id = :group AND card = :card"
        " AND state IN ('queued', 'ready') ORDER BY id DESC LIMIT 1",
        group=GROUP,
        card=card,
    )
    return None if row is None else from_json(tx.unseal(outbox.PURPOSE, row["content"]))


def alert_of(tx: Tx, request_id: int) -> Any:
    return newest(tx, f"alert:{request_id}")


def test_any_order(sqlite_template: Path) -> None:
    Life.template = sqlite_template
    case = Life.TestCase
    case.settings = settings(
        max_examples=20,
        stateful_step_count=40,
        suppress_health_check=[HealthCheck.too_slow],
    )
    case("runTest").runTest()
