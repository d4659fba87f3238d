"""An invented office for `lotse demo`: simulated people, and the real bot that serves them.

Bot and messenger talk over HTTP. Nothing is faked beyond the messenger: the people joined by
opening their links, the group was bound by writing /here, and every answer took the way through
inbox, turn and outbox.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from pydantic import SecretStr

from bot.app import Lotse, assembled
from bot.background import Background
from bot.clock import MovableWall
from bot.counties.kinds import GROUP_NAMES
from bot.counties.volunteers import Listed
from bot.delivery.pacing import Pacer
from bot.demo.cast import Cast, Invented
from bot.domain.county import County
from bot.domain.people import Papers, Profile
from bot.i18n.languages import LANGUAGES, app_code, endonym
from bot.i18n.wording import Wording
from bot.settings import Settings
from bot.storage import due, inbox, outbox, volunteers
from bot.storage.due import Due
from bot.storage.tx import Tx
from bot.usecases import joining
from simulator import BotApiServer, Group, Phone

_GROUP: Final = "Koordination"
_PAPERS: Final = Papers("2020-01-01", None, "2020-01-01", None)
_FOR_EVER: Final = 2**62
_STEP: Final = 0.01  # seconds between two looks at whether the bot has settled
_PATIENCE: Final = 10.0  # seconds; longer than the bot's first pauses after a fault
_MOVING_PATIENCE: Final = 60.0  # on a slow machine


AtStop: TypeAlias = Callable[[Due], Awaitable[bool]]


class BotStopped(Exception):
    """The bot ended by itself, or never came up; the log says why."""


class _Unhurried(Pacer):
    """The simulated messenger counts nothing, so only the pauses it asks for (429) are kept."""

    __slots__ = ()

    def take(self, chat_id: int, now: float) -> None:
        """Uses up nothing."""


class Town:
    """The people, their phones and the group; the bot can be stopped and started under them."""

    def __init__(
        self,
        server: BotApiServer,
        county: County,
        wall: MovableWall,
        cast: Cast,
        *,
        file: Path,
        key: str,
    ) -> None:
        self.server = server
        self.cast = cast
        self.county = county
        self.wall = wall
        self.phones: dict[str, Phone] = {}
        self._settings = Settings(
            telegram_bot_token=SecretStr(server.token),
            telegram_api_url=server.url,
            database_url=SecretStr(f"sqlite:///{file}"),
            encryption_key=SecretStr(key),
        )
        self._background = Background()
        self._moving = asyncio.Lock()
        self._restarting = asyncio.Lock()
        self._group: Group | None = None
        self._lotse: Lotse | None = None
        self._wording: Wording | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def lotse(self) -> Lotse:
        """The bot's parts. Raises BotStopped."""
        self._require_running()
        assert self._lotse is not None
        return self._lotse

    @property
    def wording(self) -> Wording:
        """The bot's texts; also while it is stopped."""
        assert self._wording is not None
        return self._wording

    @property
    def group(self) -> Group:
        """The coordinators' group; there from `move_in` on."""
        assert self._group is not None
        return self._group

    @property
    def coordinator(self) -> Phone:
        return self.phones[self.cast.coordinator.name]

    # The bot -------------------------------------------------------------------------------

    async def start(self) -> None:
        """Opens the database and serves. Returns when updates can come, or when it failed."""
        opened = asyncio.Event()
        self._serving = self._background.run(self._serve(opened), "the bot of the demo")
        self._serving.add_done_callback(lambda _: opened.set())
        await opened.wait()

    async def stop(self) -> None:
        """Cancels the bot wherever it is, as near to a kill as one process allows.

        No turn and no message is brought to its end; only a commit that has begun is.
        """
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.wait({self._serving})
        self._lotse = None

    async def restart(self) -> None:
        """Cuts the bot off in mid-work and starts it again on the same database."""
        async with self._restarting:
            await self.stop()
            await self.start()

    @property
    def between(self) -> bool:
        """Whether the bot is just being started again."""
        return self._restarting.locked()

    async def serve_until_stopped(self) -> None:
        """Raises BotStopped if the bot ends by itself; else runs until cancelled."""
        while self._serving is not None:
            await asyncio.wait({self._serving})
            async with self._restarting:
                self._require_running()

    async def close(self) -> None:
        await self.stop()
        await self._background.close()

    async def _serve(self, opened: asyncio.Event) -> None:
        async with assembled(
            self._settings, self.county, wall=self.wall, pacer=_Unhurried()
        ) as lotse:
            self._lotse, self._wording = lotse, lotse.wording
            opened.set()
            await lotse.serve()

    def _require_running(self) -> None:
        serving = self._serving
        if serving is None or serving.done():
            fault = None if serving is None or serving.cancelled() else serving.exception()
            raise BotStopped(type(fault).__name__) from fault

    # Time ----------------------------------------------------------------------------------

    async def settle(self, patience: float = _PATIENCE) -> bool:
        """Until every update is handled and every message sent; False if that takes too long.

        Waits for nothing while the messenger is down. Raises BotStopped.
        """
        try:
            async with asyncio.timeout(patience):
                while not await self._settled():
                    if self.server.down:
                        return False
                    await asyncio.sleep(_STEP)
        except TimeoutError:
            return False
        return True

    async def _settled(self) -> bool:
        self._require_running()
        if len(self.server.updates):
            return False
        return await self.lotse.db.read(_waiting) == 0 and self.lotse.sender.idle

    async def upcoming(self, until: int = _FOR_EVER) -> Due | None:
        """The next thing the clock will do, at `until` (epoch seconds) at the latest."""
        rows = await self.lotse.db.read(due.upcoming, 1, until)
        return rows[0] if rows else None

    async def walk_to(self, target: int, at_stop: AtStop | None = None) -> None:
        """Moves the clock to `target` (epoch seconds), from due row to due row.

        What is said at each of them arrives before the clock goes on, as it would in real life.
        `at_stop(row)` is awaited then; if it returns False, the walk ends there.
        Raises ValueError for a time that has passed.
        """
        async with self._moving:
            if target < self.wall.now():
                raise ValueError("the clock only goes forward")
            while (row := await self.upcoming(target)) is not None:
                await self.lotse.ticks.walk_to(self.wall, max(row.due_at, self.wall.now()))
                await self.settle()
                if at_stop is not None and not await at_stop(row):
                    return
            await self.lotse.ticks.walk_to(self.wall, max(target, self.wall.now()))

    def local(self, moment: int | None = None) -> datetime:
        """`moment` (epoch seconds; without one: now) in the county's time zone."""
        chosen = self.wall.now() if moment is None else moment
        return datetime.fromtimestamp(chosen, self.county.zone)

    # Moving in -----------------------------------------------------------------------------

    async def move_in(self) -> None:
        """Everybody gets a phone; office and volunteers join as they would in real life."""
        cast = self.cast
        joined = (cast.coordinator, *cast.volunteers)
        for one in cast.everybody:
            account = self.server.user(one.name, language_code=_app(one.reads))
            self.phones[one.name] = self.server.phone(account)
        links = {one.name: joining.new_token() for one in joined}
        await self.lotse.db.transact(joining.claim_link, links[cast.coordinator.name])
        await self.lotse.db.transact(
            _appoint, self.county, [(links[one.name], _listed(one)) for one in cast.volunteers]
        )
        for name, link in links.items():
            await self.phones[name].starts(link)
        await self.settle(_MOVING_PATIENCE)
        for one in joined:
            await self.phones[one.name].taps(endonym(one.reads))
        await self.settle(_MOVING_PATIENCE)
        self._group = self.server.group(_GROUP, topics=cast.forum)
        await self._group.add_bot(by=self.coordinator.account, admin=cast.forum)
        await self._group.says(self.coordinator.account, "/here")
        await self.settle(_MOVING_PATIENCE)

    def move_back_in(self) -> None:
        """After a restart: everybody is in the messenger's world already."""
        for account in self.server.world.accounts.values():
            if not account.is_bot:
                self.phones.setdefault(account.first_name, self.server.phone(account))
        self._group = self.server.groups[0]


def _app(language: str) -> str:
    """What the app of somebody who reads this says; those of Dari readers say Persian."""
    return app_code(language) or LANGUAGES[language].base or language


def _listed(one: Invented) -> Listed:
    """Helps with everything, and has all papers."""
    profile = Profile(
        languages=one.languages,
        skills=frozenset(group.value for group in GROUP_NAMES),
        place=one.place,
        travel=one.travel,
        reach_km=one.reach_km,
        times=one.times,
        gender=one.gender,
        quiet=one.quiet,
        weekly_cap=one.weekly_cap,
    )
    return Listed(one.name, profile, papers=_PAPERS)


def _appoint(tx: Tx, county: County, listed: list[tuple[str, Listed]]) -> None:
    """The demo begins where everybody's profile is confirmed and approved."""
    for person_id, _ in joining.invite_listed(tx, county, listed):
        volunteers.promise(tx, person_id)
        volunteers.confirm(tx, person_id)
        volunteers.set_active(tx, person_id, True)


def _waiting(tx: Tx) -> int:
    return inbox.unfinished(tx) + outbox.unsent(tx)
