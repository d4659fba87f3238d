"""Who is in a transcript: what they read on their screens, and what they do."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n.bidi import without_controls
from bot.i18n.languages import endonym
from bot.messages import Param
from simulator import CallbackTap, Group, Phone, Seen

if TYPE_CHECKING:
    from tests.transcripts.town import Town

PATIENCE = 20.0  # real seconds until a test that hangs is ended


@dataclass
class Reader:
    """What stands in one chat, as it is read: without direction marks.

    Calendar files are looked at on their own (`files`); they come below what is read.
    """

    town: "Town"

    @property
    def messages(self) -> list[Seen]:
        raise NotImplementedError

    @property
    def screen(self) -> list[str]:
        """What the bot has said and is still there, oldest first."""
        return [without_controls(seen.text) for seen in self._said]

    @property
    def last(self) -> Seen:
        """The newest message of the bot."""
        return self._said[-1]

    @property
    def files(self) -> list[Seen]:
        """Documents that the bot has sent, oldest first."""
        return [seen for seen in self.messages if seen.from_bot and seen.kind == "document"]

    @property
    def _said(self) -> list[Seen]:
        return [seen for seen in self.messages if seen.from_bot and seen.kind != "document"]

    @property
    def labels(self) -> list[str]:
        """The buttons under the newest message of the bot."""
        return [without_controls(label) for row in self.last.buttons for label in row]

    def reads(self, *words: str) -> str:
        """The newest message of the bot, which has all of *words*."""
        newest = self.screen[-1] if self.screen else ""
        for each in words:
            assert each in newest, f"{each!r} is not in {newest!r}"
        return newest

    def has_read(self, *words: str) -> str:
        """Some message of the bot that has all of *words*."""
        for said in reversed(self.screen):
            if all(each in said for each in words):
                return said
        raise AssertionError(f"{words} nowhere in {self.screen}")

    def never_read(self, *words: str) -> None:
        for each in words:
            found = [said for said in self.screen if each in said]
            assert found == [], f"{each!r} is in {found}"

    def message(self, *words: str) -> Seen:
        """The newest message of the bot with all of *words*."""
        return next(
            seen
            for seen in reversed(self.messages)
            if seen.from_bot and all(each in without_controls(seen.text) for each in words)
        )


@dataclass
class Person(Reader):
    """Somebody's phone, and what they read on it."""

    phone: Phone
    language: str = "en"

    @property
    def id(self) -> int:
        return self.phone.account.id

    @property
    def messages(self) -> list[Seen]:
        return self.phone.messages

    async def says(self, text: str) -> Seen:
        said = await self.phone.says(text)
        await self.town.settle()
        return said

    async def starts(self, payload: str | None = None) -> None:
        await self.phone.starts(payload)
        await self.town.settle()

    async def does(self, deed: Awaitable[object]) -> None:
        """Anything else a phone can do: ``sara.does(sara.phone.sends_sticker())``."""
        await deed
        await self.town.settle()

    async def taps(self, label: str, message: Seen | None = None) -> str | None:
        """Taps a button by what stands on it; the words that flash up, if any."""
        tap = await self.phone.taps(label, message=message)
        await self.town.settle()
        return await self.toast(tap)

    async def picks(self, english: str, message: Seen | None = None, **values: Param) -> str | None:
        """Taps a button by its English label, whatever the person reads."""
        label = self.town.label(english, self.language, **values)
        return await self.taps(label, message)

    async def takes(self, number: str) -> None:
        """A volunteer looks for open tasks and takes one."""
        await self.says("/tasks")
        await self.picks("🔎 Open tasks")
        await self.taps(next(label for label in self.labels if number in label))

    async def chooses(self, language: str) -> None:
        """Taps a language by its own name."""
        await self.taps(endonym(language))
        self.language = language

    async def toast(self, tap: CallbackTap) -> str | None:
        """The words that flash up after a tap, if any."""
        async with asyncio.timeout(PATIENCE):
            answer = await tap.answered()
        return None if answer is None or answer.text is None else without_controls(answer.text)


@dataclass
class Office(Reader):
    """The coordinators' group."""

    group: Group
    coordinator: Person

    @property
    def messages(self) -> list[Seen]:
        return self.group.messages

    async def says(self, text: str, by: Person | None = None) -> None:
        await self.group.says((by or self.coordinator).phone.account, text)
        await self.town.settle()

    async def taps(
        self, label: str, by: Person | None = None, message: Seen | None = None
    ) -> str | None:
        account = (by or self.coordinator).phone.account
        tap = await self.group.taps(account, label, message=message)
        await self.town.settle()
        return await self.coordinator.toast(tap)

    async def joins(self, person: Person) -> None:
        await self.group.join(person.phone.account)
        await self.town.settle()
