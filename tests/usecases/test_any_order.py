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
from bot.domain.errors import Refused
from bot.domain.people import Person
from bot.domain.requests import State
from bot.messages import from_json
from bot.storage import outbox, requests
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.tx import Tx
from bot.usecases import dispatch, notices, reaching
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

    @rule(name=st.sampled_from((*REQUESTERS, "Anna")), hours=st.sampled_from((0.3, 2, 26, 27, 80)))
    def asks(self, name: str, hours: float) -> None:
        self.does(
            dispatch.file_request,
            self.desk.county,
            self.people[name],
            category="doctor",
            language="en",
            starts_at=self.wall.now() + int(3600 * hours),
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
    def hands_back(self, name: str, number: int) -> None:
        person = self.people[name]
        sql = "SELECT id FROM assignments WHERE volunteer_id = :id ORDER BY id DESC"
        rows = self.runner.run(self.desk.rows(sql, id=person.id))
        if rows:
            task = int(rows[number % len(rows)]["id"])
            self.does(dispatch.hand_back, self.desk.county, person, task)

    @rule(name=st.sampled_from((*REQUESTERS, "Anna")), number=NUMBER)
    def cancels(self, name: str, number: int) -> None:
        self.does(dispatch.cancel, self.desk.county, self.people[name], number + 1)

    @rule(number=NUMBER)
    def the_office_asks_again(self, number: int) -> None:
        self.does(dispatch.ask_again, self.desk.county, number + 1)

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


def everything(tx: Tx) -> list[tuple[Any, ...]]:
    tables = (
        "help_requests",
        "offers",
        "assignments",
        "assignment_slots",
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
                " AND kind IN ('offers_expire', 'request_starts', 'request_ends')",
                id=request.id,
            )
        }
        match request.state:
            case State.OPEN:
                assert offered, "somebody is asked"
                assert due.keys() == {"offers_expire", "request_starts"}
                assert due["offers_expire"] <= due["request_starts"] == request.starts_at
            case State.STUCK:
                assert not offered
                assert due == {"request_starts": request.starts_at}
                assert alert_of(tx, request.id) is not None, "the office knows"
            case State.ASSIGNED:
                assert not offered
                assert due == {"request_ends": request.ends_at}
            case _:
                assert not offered
                assert due == {}
        assert len(held) == (request.state is State.ASSIGNED)
        card = newest(tx, f"request:{request.id}")
        assert card is not None
        assert notices.state_of(request) in card.lines[-1].params.values()
    busy = tx.all("SELECT volunteer_id, slot FROM assignment_slots")
    assert len(busy) == len({(row["volunteer_id"], row["slot"]) for row in busy})
    assert nobody_is_reminded_in_vain(tx)


def nobody_is_reminded_in_vain(tx: Tx) -> bool:
    return not tx.all(
        "SELECT d.id FROM due d LEFT JOIN assignments a ON a.id = d.subject AND a.state = 'active'"
        " WHERE d.kind IN ('day_before', 'hours_before') AND a.id IS NULL"
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
