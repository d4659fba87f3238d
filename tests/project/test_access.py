"""The matrix of rights, tried cell by cell: every command and button by every kind of person.

Each cell is one update through the real route and its wrapper, in a transaction that is taken back
afterwards. Nobody who tries has anything to do with the records that are there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from re import _parser as parser  # pyright: ignore[reportAttributeAccessIssue]
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Bot, Update

from bot.counties import loader
from bot.domain.appointments import DAY, HOUR, Side
from bot.domain.errors import Code
from bot.domain.people import Person
from bot.domain.requests import Details, State, Wanted
from bot.domain.rights import Right
from bot.domain.series import Series, SeriesState
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.messages import Rows, Text
from bot.storage import (
    assignments,
    audit,
    calls,
    cases,
    chats,
    errands,
    feedback,
    listeners,
    moves,
    offers,
    people,
    proposals,
    relays,
    requests,
    series,
    swaps,
)
from bot.storage.database import Database
from bot.storage.inbox import Claim
from bot.storage.tx import Tx
from bot.usecases import applying, dispatch, filing, joining, notices
from handlers import turn as turning
from handlers.access import PEOPLE, Cell, Line, matrix
from handlers.common.refusals import words_for
from handlers.coordinator.views import LOOKS
from handlers.routes import table
from handlers.routing import Kind
from handlers.turn import Turns
from tests.appointed import appoint

COUNTY = replace(loader.load(), first_request_by_office=False)
WORDING = Wording(Catalogues.load(), COUNTY.zone)
GROUP = -100
NOT_ALLOWED = {words_for(code, COUNTY).msgid for code in (Code.NOT_ALLOWED, Code.NOT_YOUR_ROLE)}
NOT_THEIRS = {words_for(code, COUNTY).msgid for code in (Code.NOT_YOURS, Code.NO_VOLUNTEER)}

#: What a refusal and looking may leave behind.
LEFT_BEHIND = {
    "audit",
    "cards",
    "chats",
    "conversations",
    "inbox",
    "outbox",
    "sqlite_sequence",
}
#: Which record a button is about, by what its data begins with; else the first of its kind.
_RECORDS = {
    "day": 3,
    "close": 2,
    "went": 2,
    "missed": 2,
    "meet": 2,
    "after": 2,
    "wrong": 2,
    "series": 4,
    "relax": 6,
    "times": 5,
    "times:pick": 1,
    "offer": 3,
}


_BOT = cast(Bot, SimpleNamespace(username="lotse_bot", defaults=None))


@dataclass
class World:
    """Records of Sara (who asked) and Anna (who helps), and a stranger of each kind."""

    tx: Tx
    strangers: dict[str, int] = field(default_factory=dict[str, int])
    before: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict[str, Any])

    def look(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the database that matters."""
        names = self.tx.all("SELECT name FROM sqlite_master WHERE type = 'table'")
        kept = [name for row in names if (name := str(row["name"])) not in LEFT_BEHIND]
        return {name: [tuple(cast(Any, row)) for row in self._rows(name)] for name in kept}

    def _rows(self, name: str) -> list[Any]:
        return self.tx.all(f"SELECT * FROM {name}")


@dataclass
class Tried:
    """What came of one update."""

    said: set[str]
    refusals: int
    lines: list[audit.Line]
    changed: list[str]
    toast: str | None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_cell(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turning.inbox, "finish", lambda tx, claim: True)

    def work(tx: Tx) -> list[tuple[Line, str, Cell, Tried]]:
        world = a_world(tx)
        return [
            (line, kind, cell, try_it(world, line, kind))
            for line in matrix(table())
            for kind, cell in line.cells.items()
        ]

    tried = await database.transact(work)
    wrong = [
        f"{kind} {line.what}: {fault}"
        for line, kind, cell, outcome in tried
        for fault in faults(line, cell, outcome)
    ]
    assert wrong == []
    # The records are really there: what is refused is so because it is somebody else's.
    own = [(line.what, kind, it.said) for line, kind, cell, it in tried if cell is Cell.OWN]
    others = [one for one in own if not NOT_THEIRS.isdisjoint(one[2])]
    assert len(others) > 0.8 * len(own), [one for one in own if one not in others]


def faults(line: Line, cell: Cell, tried: Tried) -> Iterator[str]:
    if line.route.right is not None and cell is Cell.REFUSED:
        if NOT_ALLOWED.isdisjoint(tried.said):
            yield f"is not refused: {tried.said}"
        if [one.what for one in tried.lines] != ["refused"]:
            yield f"is no refusal in the trail: {tried.lines}"
    if line.route.right is not None and cell is Cell.ALLOWED:
        if not NOT_ALLOWED.isdisjoint(tried.said) or "refused" in [one.what for one in tried.lines]:
            yield "is refused"
        if not tried.refusals and not tried.lines and line.where != "group":
            yield "leaves nothing in the trail"
    if cell in (Cell.REFUSED, Cell.OWN) and tried.changed:
        yield f"changes {tried.changed}"


# --- one cell -------------------------------------------------------------------------------------


def try_it(world: World, line: Line, kind: str) -> Tried:
    said: list[str] = []

    class Watched(turning.Turn):
        def refuse(self, why: Text, ways: Rows = ()) -> None:
            said.append(why.msgid)
            super().refuse(why, ways)

    with taken_back(world.tx), pytest.MonkeyPatch.context() as patched:
        patched.setattr(turning, "Turn", Watched)
        newest = _newest(world.tx)
        turns = Turns(cast(Database, None), COUNTY, WORDING)
        update = an_update(line, world.strangers[kind])
        toast = turns._run(world.tx, line.route.handler, update, Claim(1, 1, 1, {}))
        lines = [one for one in audit.lines(world.tx) if one.id > newest]
        after = world.look()
        changed = [name for name, rows in after.items() if rows != world.before[name]]
        return Tried(set(said), len(said), lines, changed, toast)


def _newest(tx: Tx) -> int:
    lines = audit.lines(tx, limit=1)
    return lines[0].id if lines else 0


@contextmanager
def taken_back(tx: Tx) -> Iterator[None]:
    tx.run("SAVEPOINT a_cell")
    try:
        yield
    finally:
        tx.run("ROLLBACK TO a_cell")
        tx.run("RELEASE a_cell")


def an_update(line: Line, user_id: int) -> Update:
    in_group = line.where == "group"
    chat = {"id": GROUP, "type": "group", "title": "Koordination"}
    private = {"id": user_id, "type": "private", "first_name": "X"}
    user = {"id": user_id, "is_bot": False, "first_name": "X"}
    message = {"message_id": 9999, "date": 0, "chat": chat if in_group else private}
    if line.route.kind is Kind.COMMAND:
        written = f"{line.what} H-1001"
        entities = [{"type": "bot_command", "offset": 0, "length": len(line.what)}]
        sent = {**message, "from": user, "text": written, "entities": entities}
        raw: dict[str, Any] = {"update_id": 1, "message": sent}
    else:
        query = {"id": "1", "from": user, "chat_instance": "1", "data": a_sample(line.what)}
        raw = {"update_id": 1, "callback_query": {**query, "message": {**message, "text": "x"}}}
    update = Update.de_json(raw, _BOT)
    assert update is not None
    return update


def a_sample(pattern: str) -> str:
    """The shortest data that the pattern matches, about a record that is there."""
    made = "".join(_shortest(parser.parse(pattern)))
    assert re.fullmatch(pattern, made), (pattern, made)
    words = made.split(":")
    if words[-1] != "1":
        return made
    known = _RECORDS.get(":".join(words[:2])) or _RECORDS.get(words[0], 1)
    return ":".join([*words[:-1], str(known)])


def _shortest(parts: Any) -> Iterator[str]:
    """One way through a parsed pattern: the first choice, the fewest repetitions."""
    for kind, what in parts:
        match str(kind):
            case "LITERAL":
                yield chr(what)
            case "MAX_REPEAT":
                least, _, again = what
                yield from [*_shortest(again)] * least
            case "SUBPATTERN":
                yield from _shortest(what[-1])
            case "BRANCH":
                yield from _shortest(what[1][0])
            case "IN":
                yield from [*_shortest(what)][:1]
            case "CATEGORY":
                yield "1" if str(what) == "CATEGORY_DIGIT" else "x"
            case "RANGE":
                yield chr(what[0])
            case "ANY":
                yield "x"
            case _:
                raise AssertionError(f"{kind} in a pattern: teach this test")


def test_each_sample_comes_to_its_own_route() -> None:
    """The first match wins: no route hides a later one."""
    buttons = [route for route in table() if route.kind is Kind.BUTTON]
    for line in matrix(table()):
        if line.route.kind is Kind.BUTTON:
            sample = a_sample(line.what)
            first = next(one for one in buttons if re.fullmatch(one.what, sample))
            assert first.what == line.what


# --- the records ----------------------------------------------------------------------------------


def a_world(tx: Tx) -> World:
    world = World(tx)
    chats.seen(tx, GROUP, "group")
    chats.bind_office_group(tx, GROUP, "en", has_topics=False)
    sara, anna = _person(tx, 11), _volunteer(tx, 12)
    _records(tx, sara.id, anna.id)
    for at, (kind, roles) in enumerate(PEOPLE.items(), start=100):
        chats.seen(tx, at)
        chats.set_language(tx, at, "en")
        world.strangers[kind] = at
        if kind == "volunteer":
            _volunteer(tx, at)
        elif kind != "nobody":
            person = people.agree(tx, at)
            for role in roles:
                people.grant(tx, person.id, role)
    world.before = world.look()
    return world


def _person(tx: Tx, chat_id: int) -> Person:
    chats.seen(tx, chat_id)
    chats.set_language(tx, chat_id, "en")
    return people.agree(tx, chat_id)


def _volunteer(tx: Tx, chat_id: int) -> Person:
    chats.seen(tx, chat_id)
    chats.set_language(tx, chat_id, "en")
    person_id = joining.invite_volunteer(tx, f"i-{chat_id}", f"V {chat_id}", ("en",))
    appoint(tx, person_id, ("en",))
    return joining.open_link(tx, chat_id, "V", f"i-{chat_id}")


def _records(tx: Tx, sara_id: int, anna_id: int) -> None:
    """The first of each kind: a request with an appointment, what the office has to do, …"""
    sara, anna = people.by_id(tx, sara_id), people.by_id(tx, anna_id)
    wanted = Wanted(
        category="doctor",
        language="en",
        starts_at=tx.now + 2 * DAY,
        minutes=60,
        place="Halberstadt",
        details=Details(name="Sara", voice="file"),
    )
    request = filing.file_request(tx, COUNTY, sara, replace(wanted, details=Details(name="Sara")))
    offer = offers.of_volunteer(tx, request.id, anna.id)
    assert offer is not None
    dispatch.accept(tx, COUNTY, anna, offer.id)
    calls.add(tx, chat_id=11, phone="+49171", language="en")
    applying.apply(tx, 11, {"name": "Sara"})
    errands.add(
        tx,
        kind="tell",
        subject=request.id,
        request_id=request.id,
        person_id=sara.id,
        message=notices.now_stands(request),
    )
    held = assignments.active_of_request(tx, request.id)
    assert held is not None
    relays.make(tx, request.id, sara.id, anna.id)
    moves.add(tx, held, Side.VOLUNTEER, tx.now + 3 * DAY, round_=1, answer_by=tx.now + DAY)
    swaps.add(tx, held, _volunteer(tx, 13).id, tx.now + DAY)
    over = requests.add(tx, sara.id, replace(wanted, starts_at=tx.now - 3 * HOUR), State.DONE)
    assignments.end(tx, assignments.add(tx, over, anna.id), "done")
    cases.add(
        tx,
        request_id=over.id,
        assignment_id=2,
        requester_id=sara.id,
        volunteer_id=anna.id,
        said_by=Side.REQUESTER,
    )
    feedback.add(
        tx,
        request_id=over.id,
        assignment_id=2,
        side=Side.REQUESTER,
        words="x",
        voice="",
        delete_at=tx.now + DAY,
    )
    today = requests.add(tx, sara.id, replace(wanted, starts_at=tx.now + HOUR), State.ASSIGNED)
    assignments.add(tx, today, anna.id)
    weekly = requests.add(tx, sara.id, replace(wanted, weekly=True), State.ASSIGNED)
    day = datetime.fromtimestamp(tx.now, COUNTY.zone).date()
    series.add(
        tx,
        Series(
            weekly.id, sara.id, anna.id, "doctor", SeriesState.ACTIVE, 0, "09:00", 60, "", day, day
        ),
    )
    dateless = replace(wanted, starts_at=None)
    agreeing = requests.add(tx, sara.id, dateless, State.AGREEING)
    said_yes = offers.add(tx, request_id=agreeing.id, volunteer_id=anna.id, expires_at=tx.now + DAY)
    offers.settle(tx, said_yes.id, "accepted")
    proposals.add(
        tx,
        request_id=agreeing.id,
        volunteer_id=anna.id,
        starts_at=tx.now + 4 * DAY,
        place="",
        round_=1,
    )
    spoken = requests.add(tx, sara.id, dateless, State.STUCK)
    listeners.ask(tx, spoken.id, anna.id)
    filing.file_request(tx, COUNTY, sara, replace(wanted, starts_at=tx.now + 5 * DAY))


def test_who_only_reads_gets_the_buttons_that_only_show() -> None:
    """And no other: the list of what only shows is that of the routes."""
    for line in matrix(table()):
        if line.route.kind is Kind.BUTTON and line.route.right is not None:
            only_shows = line.route.right is Right.LOOK
            assert a_sample(line.route.what).startswith(LOOKS) == only_shows, line.route.what
