"""A small town for transcript tests: the real bot, a real database, real HTTP; only Telegram and
the clocks are simulated.

    async with town(database_url, wall) as harz:
        sara = harz.person("Sara", "ar")
        await sara.says("/start")
        await sara.taps("العربية")
        sara.reads("مجاني")

Always on: each update is delivered twice, every request is checked against aiogram's models, a
missing translation fails the test, and so does a record at ERROR in the log.
"""

import asyncio
import base64
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import Lotse, assembled
from bot.clock import MovableWall
from bot.counties import loader
from bot.counties.overlay import overlaid
from bot.delivery.pacing import Pacer
from bot.domain.county import County
from bot.domain.people import Role
from bot.domain.requests import HelpRequest, Wanted
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.messages import Param, Text
from bot.settings import Settings
from bot.storage import due, inbox, outbox, people
from bot.storage.tx import Tx
from bot.usecases import filing, joining
from simulator import BotApiServer
from tests.appointed import appoint
from tests.databases import KEY
from tests.fakes import FakeMonotonic, free_port
from tests.transcripts.people import PATIENCE, Office, Person

TOKEN = "123456789:TEST-token-of-the-simulator-0000001"
BERLIN = ZoneInfo("Europe/Berlin")
HOUR, DAY = 3600, 24 * 3600
_STEP = 0.001  # seconds between two looks at whether the bot has settled: spinning would slow it


class Unhurried(Pacer):
    """The simulator counts nothing; only the pauses it asks for (429) are kept."""

    __slots__ = ()

    def take(self, chat_id: int, now: float) -> None:
        """Uses up nothing."""


@cache
def _catalogues() -> Catalogues:
    def missing(language: str, msgid: str) -> None:
        raise AssertionError(f"no translation into {language}: {msgid!r}")

    return Catalogues.load(on_missing=missing)


@cache
def _county(*, office_first: bool = False, office_reads: str = "de") -> County:
    """The Harz, but volunteers are asked at once: the office's first look has tests of its own."""
    said = {"office.first_request_by_office": office_first, "office.language": office_reads}
    return overlaid(loader.load(), said)


@dataclass
class Town:
    """Everything a story needs."""

    server: BotApiServer
    settings: Settings
    wall: MovableWall
    county: County = field(default_factory=_county)
    monotonic: FakeMonotonic = field(default_factory=FakeMonotonic)
    people: dict[str, Person] = field(default_factory=dict)
    _lotse: Lotse | None = None
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def lotse(self) -> Lotse:
        assert self._lotse is not None, "the bot is stopped"
        return self._lotse

    # The bot -------------------------------------------------------------------------------

    async def start(self) -> None:
        self._lotse = await self._running.enter_async_context(
            assembled(
                self.settings,
                self.county,
                wall=self.wall,
                monotonic=self.monotonic,
                catalogues=_catalogues(),
                pacer=Unhurried(),
            )
        )
        serving = asyncio.create_task(self._lotse.serve(ticking=False, presenting=False))

        async def end() -> None:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

        self._running.push_async_callback(end)

    async def stop(self) -> None:
        self._lotse = None
        await self._running.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()
        await self.settle()

    # People --------------------------------------------------------------------------------

    def person(self, name: str, language_code: str = "de") -> Person:
        """Somebody with a phone."""
        if name not in self.people:
            account = self.server.user(name, language_code=language_code)
            self.people[name] = Person(self, self.server.phone(account))
        return self.people[name]

    async def reader(self, name: str, language: str) -> Person:
        """Somebody who has just chosen a language."""
        person = self.person(name, language)
        await person.says("/start")
        await person.chooses(language)
        return person

    async def requester(self, name: str, language: str) -> Person:
        """Somebody who has agreed, and is asked what they need."""
        person = await self.reader(name, language)
        await person.picks("✅ I agree")
        return person

    async def comes_to_the_day(self, person: Person) -> None:
        """Company to a doctor in Halberstadt; the next question is the day."""
        await person.picks("🩺 Doctor")
        await person.picks("No, none of these")
        await person.says("Halberstadt")

    async def request(self, person: Person, day: str = "18.01.2027", time: str = "14:30") -> None:
        """All of it: company to a doctor, Monday if not told otherwise."""
        if self.label("🩺 Doctor", person.language) not in person.labels:
            await person.says("/start")
            await person.picks("🙋 Ask for help")
        await self.comes_to_the_day(person)
        await person.says(day)
        await person.says(time)
        await person.picks("No matter")
        await person.picks("✅ Send")

    def label(self, english: str, language: str, **values: Param) -> str:
        """What stands on a button for a reader of *language*."""
        return self.said(Text(english, values), language)

    def said(self, text: Text, language: str) -> str:
        """A line as a reader of *language* reads it."""
        return Wording(_catalogues(), BERLIN).label(text, language)

    async def invite(self, name: str, *languages: str) -> str:
        """The payload of a link that the office made for a volunteer."""
        token = joining.new_token()
        await self.lotse.db.transact(_invite, token, name, languages)
        return token

    async def volunteer(self, name: str, *languages: str, reads: str = "de") -> Person:
        """A volunteer who was imported and has opened the link."""
        person = self.person(name)
        await person.starts(await self.invite(name, *languages))
        await person.chooses(reads)
        return person

    async def claim_link(self) -> str:
        token = joining.new_token()
        assert await self.lotse.db.transact(joining.claim_link, token)
        return token

    async def coordinator(self, name: str = "Frau Krause") -> Person:
        """The first coordinator, by the claim link."""
        person = self.person(name)
        await person.starts(await self.claim_link())
        await person.chooses(self.county.office_language)
        return person

    async def colleague(self, name: str) -> Person:
        """A second coordinator."""
        person = self.person(name)
        await person.says("/start")
        await person.chooses(self.county.office_language)
        await self.lotse.db.transact(_make_coordinator, person.id, name)
        return person

    async def member(self, name: str, role: Role, reads: str = "de") -> Person:
        """Somebody whom the office has invited to a role."""
        token = joining.new_token()
        await self.lotse.db.transact(joining.invite_to_office, token, role, name)
        person = self.person(name)
        await person.starts(token)
        await person.chooses(reads)
        return person

    async def office(self) -> Office:
        """A coordinator, and their group, bound with /here."""
        coordinator = await self.coordinator()
        group = Office(self, self.server.group("Koordination"), coordinator)
        await group.group.add_bot(by=coordinator.phone.account)
        await group.says("/here")
        return group

    async def files(self, person: Person, **wanted: Any) -> HelpRequest:
        """A request with anything in it; company to a doctor if not told otherwise."""
        usual: dict[str, Any] = {
            "category": "doctor",
            "language": person.language,
            "starts_at": None,
            "minutes": 120,
            "place": "Halberstadt",
        }
        wish = Wanted(**usual | wanted)
        request = await self.lotse.db.transact(_file, self.county, person.id, wish)
        await self.settle()
        return request

    # Time ----------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Until every update is handled, every message sent and every tap answered."""
        async with asyncio.timeout(PATIENCE):
            rounds = 0
            while not await self._is_settled():
                rounds += 1
                if rounds % 50 == 0:  # whatever still waits, waits for the clock
                    self.monotonic.advance_to_next()
                await asyncio.sleep(_STEP)

    async def _is_settled(self) -> bool:
        await self.server.confirmed()
        lotse = self.lotse
        if not (lotse.worker.idle and lotse.sender.idle):
            return False
        return await lotse.db.read(_waiting) == 0

    async def comes_true(self, what: Callable[[], bool]) -> None:
        """Until the bot has come as far as that by itself."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if what():
                    return
                await asyncio.sleep(_STEP)

    async def later(self, seconds: int) -> None:
        """Wall time passes; what becomes due happens on the way, each in its moment."""
        await self.until(self.wall.now() + seconds)

    async def until(self, moment: int) -> None:
        while (rows := await self.lotse.db.read(due.upcoming, 1, moment)) != []:
            self.wall.move_to(max(rows[0].due_at, self.wall.now()))
            await self.lotse.ticks.tick()
            await self.settle()
        self.wall.move_to(moment)

    async def sleeps_until(self, moment: int) -> None:
        """The bot is down until *moment*."""
        await self.stop()
        self.wall.move_to(moment)
        await self.start()
        await self.lotse.ticks.tick()
        await self.settle()

    async def at_once(self, *deeds: Awaitable[object]) -> None:
        """All of it reaches the bot together."""
        await asyncio.gather(*deeds)
        await self.settle()


def _public() -> dict[str, Any]:
    listen = f"127.0.0.1:{free_port()}"
    return {"public_url": f"http://{listen}/harz", "public_listen": listen}


def moment(written: str) -> int:
    """Epoch seconds of ``2027-03-28 10:00`` in the county."""
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


def _waiting(tx: Tx) -> int:
    return inbox.unfinished(tx) + outbox.unsent(tx)


def _invite(tx: Tx, token: str, name: str, languages: tuple[str, ...]) -> None:
    appoint(tx, joining.invite_volunteer(tx, token, name, languages), languages)


def _make_coordinator(tx: Tx, chat_id: int, name: str) -> None:
    person = people.by_chat(tx, chat_id)
    person_id = people.add(tx, chat_id=chat_id, name=name) if person is None else person.id
    for role in (Role.COORDINATOR, Role.LEAD):
        people.grant(tx, person_id, role)


def _file(tx: Tx, county: County, chat_id: int, wanted: Wanted) -> HelpRequest:
    return filing.file_request(tx, county, people.agree(tx, chat_id), wanted)


@asynccontextmanager
async def town(
    database_url: str,
    wall: MovableWall,
    *,
    twice: bool = True,
    office_first: bool = False,
    office_reads: str = "de",
    public: bool = False,
    translate_url: str | None = None,
) -> AsyncGenerator[Town]:
    """A town with a running bot. Every update is delivered twice unless told otherwise.

    *office_first*: a coordinator looks at everybody's first request. *public*: there are calendar
    feeds.
    """
    async with AsyncExitStack() as stack:
        server = BotApiServer(TOKEN, now=wall.now, strict=True)
        await server.start()
        stack.push_async_callback(server.stop)
        server.duplicate_updates = twice
        harz = Town(
            server,
            Settings(
                telegram_bot_token=SecretStr(TOKEN),
                telegram_api_url=server.url,
                database_url=SecretStr(database_url),
                encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
                translate_url=translate_url,
                **(_public() if public else {}),
            ),
            wall,
            _county(office_first=office_first, office_reads=office_reads),
        )
        stack.push_async_callback(harz.stop)
        await harz.start()
        yield harz
        assert server.violations == [], server.violations
