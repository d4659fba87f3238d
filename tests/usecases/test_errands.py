"""The office's call list: nobody is called twice, and only who has taken a call can end it."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.domain.errors import Code, Refused
from bot.domain.people import Gender, Person
from bot.domain.requests import HelpRequest, Wanted
from bot.storage import errands as call_list
from bot.storage import offers, requests, volunteers
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import deciding, desk, dispatch, errands
from tests.usecases.office import COUNTY, Desk

WANTED = Wanted(category="doctor", language="en", starts_at=None, minutes=120, place="Thale")


async def test_what_is_newer_replaces_what_was_not_said(
    database: Database, wall: MovableWall
) -> None:
    office, krause, anna, request = await filed(database, wall)
    await office.run(dispatch.accept, COUNTY, anna, 1)
    [said] = await office.run(call_list.unfinished)
    assert "will come with you" in said.message.lines[0].msgid

    await office.run(dispatch.hand_back, COUNTY, anna, 1)  # nobody had called yet
    [newer] = await office.run(call_list.unfinished)
    assert newer.message != said.message

    await office.run(errands.take, COUNTY, krause, newer.id)
    await office.run(deciding.close, COUNTY, krause, request.id, "solved")
    [last] = await office.run(call_list.unfinished)  # the one taken has lost its point
    assert last.id != newer.id
    assert (last.state, last.claimed_by) == ("open", None)


async def test_only_its_owner_ends_a_call(database: Database, wall: MovableWall) -> None:
    office, krause, anna, _ = await filed(database, wall)
    await office.run(dispatch.accept, COUNTY, anna, 1)
    with pytest.raises(Refused) as refused:
        await office.run(errands.answer, COUNTY, krause, 1, "said")
    assert refused.value.code is Code.GONE
    await office.run(errands.take, COUNTY, krause, 1)
    with pytest.raises(Refused):  # an answer that this kind of call does not have
        await office.run(errands.answer, COUNTY, krause, 1, "yes")
    await office.run(errands.answer, COUNTY, krause, 1, "said")
    assert await office.run(call_list.unfinished) == []
    with pytest.raises(Refused):
        await office.run(errands.answer, COUNTY, krause, 1, "said")


async def test_by_hand_from_each_state(database: Database, wall: MovableWall) -> None:
    office, krause, anna, request = await filed(database, wall)
    await office.run(dispatch.decline, COUNTY, anna, 1)
    assert (await office.run(requests.by_id, request.id)).state == "stuck"
    with pytest.raises(Refused) as refused:  # a no is a no, in chat
        await office.run(deciding.ask_one, COUNTY, krause, request.id, anna.id)
    assert refused.value.code is Code.NOT_POSSIBLE
    zoran = await office.volunteer("Zoran", "en")
    await office.run(volunteers.set_active, zoran.id, False)
    for way in (deciding.ask_one, deciding.accept_for):  # nobody can overrule that
        with pytest.raises(Refused) as refused:
            await office.run(way, COUNTY, krause, request.id, zoran.id)
        assert refused.value.code is Code.NOT_POSSIBLE
    bilal = await office.volunteer("Bilal", "tr")  # who does not even speak the language
    await office.run(deciding.ask_one, COUNTY, krause, request.id, bilal.id)
    assert (await office.run(requests.by_id, request.id)).state == "open"
    await office.run(deciding.accept_for, COUNTY, krause, request.id, anna.id)
    assert (await office.run(requests.by_id, request.id)).state == "assigned"
    assert [one.state for one in await office.run(offers.of_request, request.id)] == [
        "accepted",
        "closed",
    ]
    with pytest.raises(Refused) as refused:
        await office.run(deciding.accept_for, COUNTY, krause, request.id, bilal.id)
    assert refused.value.code is Code.ALREADY_TAKEN


async def filed(database: Database, wall: MovableWall) -> tuple[Desk, Person, Person, HelpRequest]:
    """For somebody without Telegram, in three days; Anna is asked."""
    office = Desk(database, wall)
    krause = await office.open_office()
    anna = await office.volunteer("Anna", "en")

    def file(tx: Tx) -> HelpRequest:
        wanted = replace(WANTED, starts_at=tx.now + 72 * 3600)
        return desk.file_for(tx, COUNTY, krause, wanted, name="Mary", phone="+493941123456")

    return office, krause, anna, await office.run(file)


async def test_the_wish_for_a_woman_holds_by_hand_too(
    database: Database, wall: MovableWall
) -> None:
    office, krause, anna, request = await filed(database, wall)  # nobody knows who Anna is
    await office.run(requests.change, request.id, replace(WANTED, gender=Gender.WOMAN))
    for deed in (deciding.ask_one, deciding.accept_for):
        with pytest.raises(Refused) as refused:
            await office.run(deed, COUNTY, krause, request.id, anna.id)
        assert refused.value.code is Code.NOT_POSSIBLE
