"""A refusal changes nothing: the rest of its turn is committed, so it comes before any write."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.storage import chats, invites
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import dispatch, joining, office
from tests.usecases.office import COUNTY, GROUP, Desk

TABLES = (
    *("chats", "people", "roles", "volunteers", "volunteer_languages", "invites", "office_groups"),
    *("help_requests", "offers", "assignments", "assignment_slots", "calls", "due", "outbox"),
)
STRANGER = 999


def link(token: str) -> Callable[[Tx], object]:
    return lambda tx: joining.open_link(tx, STRANGER, "Mallory", token)


def coordinators_only(work: Callable[..., object]) -> Callable[[Tx], object]:
    return lambda tx: work(tx, NOBODY, 1)


NOBODY = Person(999, STRANGER, "Mallory")

CASES = {
    "an unknown link": (link("i-unknown"), Code.LINK_UNKNOWN),
    "a used link": (link("i-Anna"), Code.LINK_USED),
    "an old link": (link("i-old"), Code.LINK_EXPIRED),
    "a link of somebody who came by another": (link("i-twice"), Code.LINK_USED),
    "the group": (
        lambda tx: office.bind_group(tx, COUNTY, NOBODY, GROUP),
        Code.NOT_ALLOWED,
    ),
    "ask again": (lambda tx: office.ask_again(tx, COUNTY, NOBODY, 1), Code.NOT_ALLOWED),
    "ask others": (lambda tx: office.ask_others(tx, COUNTY, NOBODY, 1), Code.NOT_ALLOWED),
    "who comes": (coordinators_only(office.tell_who_comes), Code.NOT_ALLOWED),
    "take a call": (coordinators_only(office.take_call), Code.NOT_ALLOWED),
    "take a call over": (coordinators_only(office.take_call_over), Code.NOT_ALLOWED),
    "finish a call": (coordinators_only(office.finish_call), Code.NOT_ALLOWED),
    "somebody's offer": (lambda tx: dispatch.accept(tx, COUNTY, NOBODY, 1), Code.NOT_YOURS),
    "no offer": (lambda tx: dispatch.decline(tx, COUNTY, NOBODY, 77), Code.GONE),
    "somebody's request": (lambda tx: dispatch.cancel(tx, COUNTY, NOBODY, 1), Code.NOT_YOURS),
    "no request": (lambda tx: dispatch.ask_again(tx, COUNTY, 77), Code.GONE),
    "no task": (lambda tx: dispatch.hand_back(tx, COUNTY, NOBODY, 77), Code.GONE),
    "nothing to take back": (lambda tx: dispatch.take_back(tx, COUNTY, 77), Code.GONE),
    "a request for yesterday": (
        lambda tx: dispatch.file_request(
            tx, COUNTY, NOBODY, category="doctor", language="en", starts_at=tx.now
        ),
        Code.TOO_LATE,
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_it_changes_nothing(database: Database, wall: MovableWall, case: str) -> None:
    work, code = CASES[case]
    desk = Desk(database, wall)
    await desk.run(joining.invite_volunteer, "i-old", "Old", ("en",))
    wall.move_to(wall.now() + 15 * 86400)
    await desk.open_office()
    anna = await desk.volunteer("Anna", "en")
    await desk.run(invite_again, anna)
    sara = await desk.person("Sara")
    await desk.request(sara)
    await desk.run(office.ask_for_call, sara.chat_id or 0, "+493941", "en")
    await desk.run(chats.seen, STRANGER)
    assert await desk.run(refused, work) is code


def refused(tx: Tx, work: Callable[[Tx], object]) -> Code | None:
    """The code of a refusal that left everything as it was."""
    before = everything(tx)
    try:
        work(tx)
    except Refused as why:
        assert everything(tx) == before
        return why.code
    return None


def everything(tx: Tx) -> list[Any]:
    rows: Any = (row for table in TABLES for row in tx.all(f"SELECT * FROM {table} ORDER BY 1, 2"))
    return [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in rows]


def invite_again(tx: Tx, person: Person) -> None:
    invites.add(tx, "i-twice", Role.VOLUNTEER, person_id=person.id, expires_at=tx.now + 60)
