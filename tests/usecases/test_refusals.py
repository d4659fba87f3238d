"""A refusal changes nothing: the rest of its turn is committed, so it comes before any write."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import Outcome
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import Sign
from bot.domain.people import Person, Role
from bot.domain.requests import Wanted
from bot.storage import chats, invites, people
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import (
    agenda,
    agreeing,
    blocking,
    closing,
    deciding,
    desk,
    dispatch,
    errands,
    filing,
    joining,
    merging,
    moving,
    noting,
    office,
    on_the_day,
    passing,
    relaxing,
    reminding,
    restoring,
    roster,
    swapping,
    writing,
)
from tests.usecases.office import COUNTY, GROUP, Desk

TABLES = (
    *("chats", "people", "roles", "volunteers", "volunteer_languages", "invites", "office_groups"),
    *("help_requests", "offers", "assignments", "assignment_slots", "calls", "proposals"),
    *("errands", "history", "due", "outbox", "moves", "swaps", "signs"),
    *("blocks", "notes"),
)
STRANGER = 999


def link(token: str) -> Callable[[Tx], object]:
    return lambda tx: joining.open_link(tx, STRANGER, "Mallory", token)


def coordinators_only(work: Callable[..., object]) -> Callable[[Tx], object]:
    return lambda tx: work(tx, NOBODY, 1)


NOBODY = Person(999, STRANGER, "Mallory")

WANTED = Wanted(category="doctor", language="en", starts_at=None, minutes=60, place="Thale")


def _of_a_request(work: Callable[..., object], *more: object) -> Callable[[Tx], object]:
    return lambda tx: work(tx, COUNTY, NOBODY, 1, *more)


def as_coordinator(work: Callable[..., object], *more: object) -> Callable[[Tx], object]:
    return lambda tx: work(tx, COUNTY, people.coordinators(tx)[0], *more)


CASES: dict[str, tuple[Callable[[Tx], object], Code]] = {
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
    **{
        f"{work.__name__} of a request": (_of_a_request(work, *more), Code.NOT_ALLOWED)
        for work, *more in (
            (deciding.release,),
            (deciding.refer, "interpreting"),
            (deciding.close, "solved"),
            (deciding.cancel,),
            (deciding.ask_one, 1),
            (deciding.accept_for, 1),
            (relaxing.ask, "phone"),
            (writing.write_sentence, "call"),
            (writing.write_words, "Guten Tag"),
            (errands.take,),
            (errands.take_over,),
            (errands.answer, "said"),
            (desk.look,),
            (desk.who,),
            (desk.choose, 1),
            (restoring.reopen,),
            (restoring.free, 2),
            (writing.tell_sentence, "call"),
            (writing.tell_words, "Guten Tag"),
            (merging.twins,),
            (merging.ask_first, 2),
            (merging.merge, 2),
        )
    },
    **{
        f"{what} by nobody": (coordinators_only(work), Code.NOT_ALLOWED)
        for what, work in {
            "more": desk.more,
            "a question": restoring.ask_first,
            "blocking": blocking.require_possible,
            "unblocking": blocking.unblock,
            "deleting notes": noting.forget,
        }.items()
    },
    "a note": (lambda tx: noting.about_request(tx, NOBODY, 1, "x"), Code.NOT_ALLOWED),
    "a note about somebody": (lambda tx: noting.about_person(tx, NOBODY, 1, "x"), Code.NOT_ALLOWED),
    "the day": (lambda tx: agenda.today(tx, COUNTY, NOBODY), Code.NOT_ALLOWED),
    "the week": (lambda tx: agenda.week(tx, COUNTY, NOBODY), Code.NOT_ALLOWED),
    "the call list": (lambda tx: agenda.call_list(tx, COUNTY, NOBODY), Code.NOT_ALLOWED),
    "who is blocked": (lambda tx: blocking.everybody(tx, NOBODY), Code.NOT_ALLOWED),
    "to whom": (lambda tx: passing.ask_whom(tx, NOBODY, "call", 1), Code.NOT_ALLOWED),
    "handing over": (
        lambda tx: passing.hand_over(tx, COUNTY, NOBODY, "call", 1, 1),
        Code.NOT_ALLOWED,
    ),
    "nothing that ended": (as_coordinator(restoring.reopen, 1), Code.GONE),
    "nobody to free": (as_coordinator(restoring.free, 1, 2), Code.GONE),
    "no volunteer to write to": (as_coordinator(writing.tell_words, 1, "x"), Code.GONE),
    "the same twice": (as_coordinator(merging.merge, 1, 1), Code.NOT_POSSIBLE),
    "no call of mine": (
        lambda tx: passing.ask_whom(tx, people.coordinators(tx)[0], "call", 1),
        Code.GONE,
    ),
    "a colleague of the office": (
        lambda tx: blocking.require_possible(
            tx, people.coordinators(tx)[0], people.coordinators(tx)[0].id
        ),
        Code.NOT_POSSIBLE,
    ),
    "completing": (
        lambda tx: deciding.complete(tx, COUNTY, NOBODY, 1, WANTED),
        Code.NOT_ALLOWED,
    ),
    "what waits": (lambda tx: desk.what_waits(tx, COUNTY, NOBODY), Code.NOT_ALLOWED),
    "the volunteers": (lambda tx: roster.first_page(tx, COUNTY, NOBODY), Code.NOT_ALLOWED),
    "the voice": (lambda tx: desk.voices(tx, NOBODY, 1), Code.NOT_ALLOWED),
    "filing for somebody": (
        lambda tx: desk.file_for(tx, COUNTY, NOBODY, WANTED, name="Mallory", phone="+49171"),
        Code.NOT_ALLOWED,
    ),
    "somebody's answer": (
        lambda tx: writing.answer(tx, NOBODY, 1, words="mine"),
        Code.NOT_YOURS,
    ),
    "somebody's yes": (
        lambda tx: relaxing.agree(tx, COUNTY, NOBODY, 1, "phone"),
        Code.NOT_YOURS,
    ),
    "somebody's no": (
        lambda tx: relaxing.refuse(tx, COUNTY, NOBODY, 1, "phone"),
        Code.NOT_YOURS,
    ),
    "no request to decide": (as_coordinator(deciding.release, 77), Code.GONE),
    "what is asked already": (as_coordinator(deciding.release, 1), Code.GONE),
    "a service nobody knows": (as_coordinator(deciding.refer, 1, "magic"), Code.GONE),
    "a reason nobody knows": (as_coordinator(deciding.close, 1, "magic"), Code.GONE),
    "a rule that is none": (as_coordinator(relaxing.ask, 1, "gender"), Code.GONE),
    "a sentence nobody knows": (as_coordinator(writing.write_sentence, 1, "magic"), Code.GONE),
    "nobody to assign": (as_coordinator(deciding.accept_for, 1, 77), Code.NOT_POSSIBLE),
    "who is asked already": (as_coordinator(deciding.ask_one, 1, 2), Code.NOT_POSSIBLE),
    "no errand": (as_coordinator(errands.take, 77), Code.GONE),
    "somebody's offer": (lambda tx: dispatch.accept(tx, COUNTY, NOBODY, 1), Code.NOT_YOURS),
    "no offer": (lambda tx: dispatch.decline(tx, COUNTY, NOBODY, 77), Code.GONE),
    "somebody's request": (lambda tx: dispatch.cancel(tx, COUNTY, NOBODY, 1), Code.NOT_YOURS),
    "no request": (lambda tx: dispatch.ask_again(tx, COUNTY, 77), Code.GONE),
    "no task": (lambda tx: dispatch.hand_back(tx, COUNTY, NOBODY, 77), Code.GONE),
    "nothing to take back": (lambda tx: dispatch.take_back(tx, COUNTY, 77), Code.GONE),
    "no times asked for": (
        lambda tx: agreeing.propose(tx, COUNTY, NOBODY, 1, [tx.now + 60], ""),
        Code.GONE,
    ),
    "times of nobody": (lambda tx: agreeing.choose(tx, COUNTY, 77, by=NOBODY), Code.GONE),
    "somebody's choice": (
        lambda tx: agreeing.none_fits(tx, COUNTY, 1, by=NOBODY),
        Code.NOT_YOURS,
    ),
    "nothing agreed": (lambda tx: agreeing.hand_back(tx, COUNTY, NOBODY, 1), Code.GONE),
    "others, by a stranger": (
        lambda tx: agreeing.ask_others(tx, COUNTY, NOBODY, 1),
        Code.NOT_ALLOWED,
    ),
    "no appointment to answer": (
        lambda tx: reminding.answer(tx, COUNTY, 77, by=NOBODY, coming=True),
        Code.GONE,
    ),
    "someone else for nothing": (
        lambda tx: dispatch.someone_else(tx, COUNTY, NOBODY, 77),
        Code.GONE,
    ),
    "somebody's new time": (
        lambda tx: dispatch.reschedule(tx, COUNTY, NOBODY, 1, tx.now + 60),
        Code.NOT_YOURS,
    ),
    "another time for nothing": (
        lambda tx: moving.propose(tx, COUNTY, NOBODY, 77, tx.now + 60),
        Code.GONE,
    ),
    "no other time to agree to": (lambda tx: moving.agree(tx, COUNTY, NOBODY, 77), Code.GONE),
    "no other time to decline": (lambda tx: moving.decline(tx, COUNTY, NOBODY, 77), Code.GONE),
    "nobody's colleague": (lambda tx: swapping.ask(tx, COUNTY, NOBODY, 77, 1), Code.GONE),
    "no colleague's question": (lambda tx: swapping.accept(tx, COUNTY, NOBODY, 77), Code.GONE),
    "nobody to meet": (
        lambda tx: on_the_day.say(tx, COUNTY, NOBODY, 77, Sign.WAY),
        Code.GONE,
    ),
    "nothing to close": (
        lambda tx: closing.close(tx, COUNTY, NOBODY, 77, Outcome.TOOK_PLACE),
        Code.GONE,
    ),
    "a request for yesterday": (
        lambda tx: filing.file_request(
            tx,
            COUNTY,
            NOBODY,
            Wanted(category="doctor", language="en", starts_at=tx.now, minutes=60),
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
