"""Plays a tour step by step, on the same phones that people hold: at any point it can be left."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from bot.background import Background
from bot.demo.tour_deeds import Doer, Stuck
from bot.demo.tour_steps import PERSON, Tour
from bot.demo.tours import TOURS
from bot.demo.town import BotStopped, Town
from bot.demo.walking import Tell, Walking
from bot.i18n.languages import app_code
from simulator import NotPossible, Phone
from simulator.json_types import JsonObject

_PAUSE: Final = 4.0
_NO_BOT: Final = {"en": "The bot has stopped.", "de": "Der Bot ist angehalten."}


class Guide:
    """At most one tour at a time."""

    def __init__(self, town: Town, walking: Walking, background: Background, tell: Tell) -> None:
        self._town = town
        self._walking = walking
        self._background = background
        self._tell = tell
        self._tour: Tour | None = None
        self._doer: Doer | None = None
        self._step = 0
        self._doing = False
        self._busy = asyncio.Lock()
        self._pausing = asyncio.Event()
        self._problem: dict[str, str] | None = None
        self._play: asyncio.Task[Any] | None = None
        self._newcomers: set[int] = set()

    # What the page sees --------------------------------------------------------------------

    def tours(self) -> list[JsonObject]:
        return [
            {"id": one.id, "title": one.title, "about": one.about, "steps": len(one.steps)}
            for one in TOURS.values()
        ]

    def role(self, account_id: int) -> str | None:
        """requester for those who came with a tour."""
        return "requester" if account_id in self._newcomers else None

    def wire(self) -> JsonObject | None:
        tour, doer = self._tour, self._doer
        if tour is None or doer is None:
            return None
        done = tour.steps[self._step - 1] if self._step else None
        chat = doer.chat_of(PERSON if done is None else done.shows)
        newest = next(reversed(chat.messages), None)
        return {
            "id": tour.id,
            "title": tour.title,
            "step": self._step,
            "of": len(tour.steps),
            "state": self._state(tour),
            "front": chat.id,
            "text": dict(tour.about) if done is None else {"de": done.de, "en": done.en},
            "deed": doer.in_words(tour.steps[self._step]) if self._step < len(tour.steps) else None,
            "show": {"chat_id": chat.id, "message_id": newest},
            "problem": self._problem,
        }

    def _state(self, tour: Tour) -> str:
        if self._problem is not None:
            return "stuck"
        if self._step == len(tour.steps):
            return "done"
        if self._playing:
            return "playing"
        return "doing" if self._doing else "waiting"

    @property
    def _playing(self) -> bool:
        return self._play is not None and not self._play.done()

    # What it is told -----------------------------------------------------------------------

    async def order(self, order: str, given: JsonObject) -> None:
        """start | next | play | pause | stop. Raises NotPossible, KeyError for an unknown tour."""
        tour = TOURS[str(given["id"])] if order == "start" else None
        if order == "next" and self._doing and not self._playing:
            raise NotPossible("the tour is in the middle of a step")
        if order in {"start", "stop"} and self._doing:
            await self._walking.order({"go": "stop"})
        await self._pause()
        async with self._busy:
            if tour is not None:
                self._begin(tour)
            elif order == "stop":
                self._tour = self._doer = self._problem = None
            elif order == "next":
                await self._next()
            elif order == "play":
                self._require()
                seconds = max(0.0, min(60.0, float(given.get("seconds", _PAUSE))))
                self._pausing, self._problem = asyncio.Event(), None
                self._play = self._background.run(self._go_on(seconds), "the demo's tour")
        self._tell("tour", tour=self.wire())

    def _begin(self, tour: Tour) -> None:
        phones = self._town.phones
        name, number = tour.name, 1
        while name in phones:
            number += 1
            name = f"{tour.name} {number}"
        code = app_code(tour.language) or tour.language
        # Known before the messenger tells of the person.
        self._newcomers.add(self._town.server.world.next_user_id)
        account = self._town.server.user(name, language_code=code)
        phones[name] = self._town.server.phone(account)
        self._tour, self._step, self._problem = tour, 0, None
        self._doer = Doer(self._town, self._walking, tour.language, {PERSON: phones[name]})

    def _require(self) -> tuple[Tour, Doer]:
        if self._tour is None or self._doer is None:
            raise NotPossible("no tour has been started")
        if self._step == len(self._tour.steps):
            raise NotPossible("the tour is over")
        return self._tour, self._doer

    async def _next(self) -> None:
        tour, doer = self._require()
        self._doing, self._problem = True, None
        self._tell("tour", tour=self.wire())
        try:
            await doer.do(tour.steps[self._step])
            self._step += 1
        except Stuck as stuck:
            self._problem = stuck.words
        except NotPossible as problem:
            self._problem = {"en": f"{problem}", "de": f"Das geht gerade nicht ({problem})."}
        except BotStopped:
            self._problem = dict(_NO_BOT)
        finally:
            self._doing = False

    async def _go_on(self, seconds: float) -> None:
        """Until the end, a problem, or a pause; what has begun is brought to its end."""
        tour, _ = self._require()
        while self._step < len(tour.steps) and self._problem is None:
            async with self._busy:
                await self._next()
            self._tell("tour", tour=self.wire())
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._pausing.wait()
                    break
        self._play = None
        self._tell("tour", tour=self.wire())

    async def _pause(self) -> None:
        """Returns when the step that has begun is done."""
        if self._play is not None:
            self._pausing.set()
            await asyncio.wait({self._play})
            self._play = None

    # Restarts ------------------------------------------------------------------------------

    def store(self) -> JsonObject:
        return {
            "newcomers": sorted(self._newcomers),
            "id": self._tour.id if self._tour else None,
            "step": self._step,
            "doer": None if self._doer is None else self._doer.store(),
        }

    def restore(self, stored: JsonObject) -> None:
        self._newcomers = set(stored["newcomers"])
        tour = TOURS.get(str(stored["id"]))
        if tour is None:
            return
        phones: dict[str, Phone] = {
            role: self._town.server.phone(self._town.server.world.accounts[account_id])
            for role, account_id in stored["doer"]["roles"].items()
        }
        since = {int(chat_id): last for chat_id, last in stored["doer"]["since"].items()}
        self._tour, self._step = tour, min(int(stored["step"]), len(tour.steps))
        self._doer = Doer(self._town, self._walking, tour.language, phones, since)
