"""A small office for tests of use cases: people by name, one transaction per step, no messenger."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Wanted
from bot.storage import chats, due, people
from bot.storage.database import Database
from bot.storage.due import Due
from bot.storage.tx import Row, Tx
from bot.usecases import clockwork, filing, joining, office
from tests.appointed import appoint

P = ParamSpec("P")
T = TypeVar("T")

#: Volunteers are asked at once; what the office looks at first has tests of its own.
COUNTY = replace(loader.load(), first_request_by_office=False)
GROUP = -100


@dataclass
class Desk:
    """Steps of a story, each in a transaction of its own."""

    db: Database
    wall: MovableWall
    county: County = COUNTY
    chats: dict[str, int] = field(default_factory=dict[str, int])

    async def run(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kw: P.kwargs) -> T:
        return await self.db.transact(work, *args, **kw)

    async def person(self, name: str) -> Person:
        """Somebody who has agreed."""
        return await self.run(_agreed, self._chat(name))

    async def volunteer(self, name: str, *languages: str) -> Person:
        chat_id = self._chat(name)

        def join(tx: Tx) -> Person:
            token = f"i-{name}"
            chats.seen(tx, chat_id)
            person_id = joining.invite_volunteer(tx, token, name, languages)
            appoint(tx, person_id, languages)
            return joining.open_link(tx, chat_id, name, token)

        return await self.run(join)

    async def open_office(self) -> Person:
        """A coordinator and their group."""
        chat_id = self._chat("Krause")

        def begin(tx: Tx) -> Person:
            chats.seen(tx, chat_id)
            chats.seen(tx, GROUP, "group")
            joining.claim_link(tx, "i-claim")
            coordinator = joining.open_link(tx, chat_id, "Krause", "i-claim")
            office.bind_group(tx, self.county, coordinator, GROUP)
            return coordinator

        return await self.run(begin)

    async def request(self, person: Person, hours: float = 72, language: str = "en") -> HelpRequest:
        """Company to a doctor, so many hours from now."""
        return await self.run(
            filing.file_request,
            self.county,
            person,
            Wanted(
                category="doctor",
                language=language,
                starts_at=self.wall.now() + int(3600 * hours),
                minutes=120,
            ),
        )

    async def rows(self, sql: str, **values: Any) -> list[Row]:
        return await self.db.read(lambda tx: tx.all(sql, **values))

    async def upcoming(self) -> list[Due]:
        return await self.db.read(due.upcoming, 1000, 2**62)

    async def until(self, moment: int) -> None:
        """Time passes; what is due is done in its moment."""
        while rows := await self.db.read(due.upcoming, 1, moment):
            self.wall.move_to(max(rows[0].due_at, self.wall.now()))
            await self.run(clockwork.fire, self.county, rows[0])
        self.wall.move_to(max(moment, self.wall.now()))

    async def together(self, *deeds: Any) -> list[Any]:
        """All at once; what each returned or raised."""
        return await asyncio.gather(*deeds, return_exceptions=True)

    def _chat(self, name: str) -> int:
        return self.chats.setdefault(name, 1000 + len(self.chats))


def _agreed(tx: Tx, chat_id: int) -> Person:
    chats.seen(tx, chat_id)
    return people.agree(tx, chat_id)
