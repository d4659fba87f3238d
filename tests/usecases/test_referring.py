"""A client comes by their link: who may open it, and somebody whom we know already."""

import pytest

from bot.clock import MovableWall
from bot.domain.appointments import DAY, Again, Side
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, Wanted
from bot.storage import offers, pairs, people, referrers, requests
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import dispatch, referring
from bot.usecases.referring import Contact
from tests.usecases.office import Desk

TOKEN = "c-token"


async def sommer_of(desk: Desk) -> Person:
    sommer = await desk.person("Sommer")
    await desk.run(people.grant, sommer.id, Role.REFERRER)
    sommer = await desk.run(people.by_id, sommer.id)
    with pytest.raises(Refused):  # as long as she has not said where she works
        await files(desk, sommer)
    await desk.run(referring.register, sommer, "Schule")
    return sommer


async def files(desk: Desk, sommer: Person, contact: Contact = Contact.CLIENT) -> HelpRequest:
    starts_at = desk.wall.now() + 3 * DAY
    wanted = Wanted(category="doctor", language="en", starts_at=starts_at, minutes=60)

    def file(tx: Tx) -> HelpRequest:
        request = referring.file_for_client(
            tx, desk.county, sommer, wanted, name="Olena", phone="", contact=contact
        )
        referring.make_link(tx, sommer, request.id, TOKEN)
        return request

    return await desk.run(file)


async def refused(desk: Desk, chat_id: int, code: Code) -> None:
    with pytest.raises(Refused) as raised:
        await desk.run(referring.open_link, desk.county, chat_id, TOKEN)
    assert raised.value.code is code


async def test_somebody_known_is_the_client(database: Database, wall: MovableWall) -> None:
    """What was filed is theirs from then on, with all that hangs on it; nothing is there twice."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    anna = await desk.volunteer("Anna", "en")
    sommer, olena, mallory = [await sommer_of(desk), *[await desk.person(n) for n in "OM"]]
    request = await files(desk, sommer)
    client = await desk.run(people.by_id, request.person_id)
    assert (client.chat_id, client.via) == (sommer.chat_id, sommer.id)

    def happens(tx: Tx) -> None:
        offer = offers.of_request(tx, request.id)[0]
        dispatch.accept(tx, desk.county, anna, offer.id)
        for asked in (client.id, olena.id):
            pairs.note(tx, asked, anna.id, Side.VOLUNTEER, Again.YES)

    await desk.run(happens)
    for known in (sommer, krause):
        await refused(desk, known.chat_id or 0, Code.NOT_FOR_YOU)
    await desk.run(referring.open_link, desk.county, olena.chat_id or 0, TOKEN)
    await desk.run(referring.open_link, desk.county, olena.chat_id or 0, TOKEN)  # no harm
    await refused(desk, mallory.chat_id or 0, Code.LINK_USED)
    now = await desk.run(requests.by_id, request.id)
    assert (now.person_id, now.referrer_id) == (olena.id, sommer.id)
    assert await desk.run(people.find, client.id) is None
    assert (await desk.run(pairs.find, olena.id, anna.id)).volunteer_says is Again.YES
    with pytest.raises(Refused):  # there is nobody left to bring
        await desk.run(referring.make_link, sommer, request.id, "c-other")
    assert now.is_of(sommer)
    assert now.is_of(olena)
    assert not now.is_of(mallory)
    assert not now.is_of(await without_the_role(desk, sommer))


async def test_a_link_that_is_too_old(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    await desk.open_office()
    sommer, olena = await sommer_of(desk), await desk.person("Olena")
    request = await files(desk, sommer, Contact.PHONE)
    assert (await desk.run(people.by_id, request.person_id)).chat_id is None
    wall.move_to(wall.now() + (referring.VALID_DAYS + 1) * DAY)
    await refused(desk, olena.chat_id or 0, Code.LINK_EXPIRED)
    with pytest.raises(Refused):
        await desk.run(referring.make_link, olena, request.id, "c-mine")


async def without_the_role(desk: Desk, sommer: Person) -> Person:
    await desk.run(people.revoke, sommer.id, Role.REFERRER)
    await desk.run(referrers.forget, sommer.id)
    return await desk.run(people.by_id, sommer.id)
