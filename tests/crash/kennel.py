"""Bots in processes of their own, and a town of phones around them that never stops."""

import asyncio
import base64
import json
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bot.clock import MovableWall
from bot.i18n.bidi import without_controls
from bot.storage.cipher import Cipher
from bot.storage.database import open_database
from bot.storage.sqlite import connect_file, file_of
from bot.storage.tx import Tx
from bot.usecases import joining
from simulator import BotApiServer, Group, Phone
from tests.appointed import appoint
from tests.databases import KEY, START

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:TEST-token-of-the-simulator-0000001"
PATIENCE = 30.0  # real seconds until a test that hangs is ended
SECRET_NUMBER = "+4915112345678"
SECRET_WORDS = "my knee hurts and I am afraid"
_LOOK_AGAIN = 0.02  # seconds: the database tells nobody when it is done


class Kennel:
    """Starts bots quickly: one process has everything loaded and forks."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._deaths: dict[int, asyncio.Future[int]] = {}
        self._born: asyncio.Queue[int] = asyncio.Queue()
        self._reading = asyncio.ensure_future(self._read())

    async def start(self, order: dict[str, Any]) -> "Bot":
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        pid = await self._born.get()
        return Bot(pid, self._death(pid))

    async def close(self) -> None:
        for pid, death in self._deaths.items():
            if not death.done():
                os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*self._deaths.values())
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reading

    def _death(self, pid: int) -> "asyncio.Future[int]":
        if pid not in self._deaths:
            self._deaths[pid] = asyncio.get_running_loop().create_future()
        return self._deaths[pid]

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            if "born" in told:
                self._born.put_nowait(told["born"])
            elif "pid" in told:
                self._death(told["pid"]).set_result(told["status"])


@dataclass
class Bot:
    pid: int
    death: "asyncio.Future[int]"

    async def kill(self) -> None:
        if not self.death.done():
            os.kill(self.pid, signal.SIGKILL)
        await self.death


@asynccontextmanager
async def kennel() -> AsyncIterator[Kennel]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.bot",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    made = Kennel(process)
    try:
        yield made
    finally:
        await made.close()


@dataclass
class Plan:
    """How the next processes die: each at its seam, when it comes there for the nth time."""

    seams: list[tuple[str, int]] = field(default_factory=list)

    def next(self) -> dict[str, Any]:
        if not self.seams:
            return {}
        seam, nth = self.seams.pop(0)
        return {"seam": seam, "nth": nth}


@dataclass
class Yard:
    """A town whose bot is started again whenever it dies."""

    kennel: Kennel
    server: BotApiServer
    folder: Path
    url: str
    plan: Plan
    bot: Bot | None = None
    deaths: int = 0
    #: By chat: how often a process died while a message was on its way there.
    in_flight: Counter[int] = field(default_factory=Counter[int])
    phones: dict[str, Phone] = field(default_factory=dict)
    group: Group | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    def order(self) -> dict[str, Any]:
        return {
            "token": TOKEN,
            "api": self.server.url,
            "database": self.url,
            "key": base64.urlsafe_b64encode(KEY).decode(),
            "wall": str(self.folder / "wall"),
            "log": str(self.log),
        }

    async def keep_alive(self) -> None:
        while True:
            self.bot = await self.kennel.start({**self.order(), **self.plan.next()})
            status = await asyncio.shield(self.bot.death)
            assert status == -signal.SIGKILL, self.log.read_text()
            self.deaths += 1
            on_their_way = self.query("SELECT chat_id FROM outbox WHERE state = 'sending'")
            self.in_flight.update(chat_id for (chat_id,) in on_their_way)

    def kill_now(self) -> None:
        """Wherever it is."""
        if self.bot is not None and not self.bot.death.done():
            with suppress(ProcessLookupError):  # dead already, and we have not heard of it
                os.kill(self.bot.pid, signal.SIGKILL)

    def move_clock(self, moment: int) -> None:
        path = self.folder / "wall.new"
        path.write_text(str(moment))
        path.rename(self.folder / "wall")

    def phone(self, name: str) -> Phone:
        if name not in self.phones:
            self.phones[name] = self.server.phone(self.server.user(name))
        return self.phones[name]

    def chat_id(self, name: str) -> int:
        """Of somebody, or of the ``group``."""
        return self._screen(name).chat.id

    def _screen(self, name: str) -> Phone | Group:
        """In the group it is Krause who taps."""
        if name != "group":
            return self.phone(name)
        assert self.group is not None
        return self.group

    def can_tap(self, name: str, pattern: str) -> tuple[str, int] | None:
        """Label and message of the newest button whose data matches."""
        for message in reversed(self._screen(name).visible()):
            for button in (one for row in message.inline_keyboard or [] for one in row):
                if re.fullmatch(pattern, button.get("callback_data", "")):
                    return button["text"], message.message_id
        return None

    async def taps(self, name: str, pattern: str) -> None:
        """Taps that button as soon as it is there."""
        try:
            await self.until(lambda: self.can_tap(name, pattern) is not None)
        except TimeoutError as over:
            over.add_note(f"no {pattern} for {name}: {self.transcripts()[name]}")
            raise
        found = self.can_tap(name, pattern)
        assert found is not None
        label, message = found
        screen = self._screen(name)
        if isinstance(screen, Group):
            await screen.taps(self.phone("Krause").account, label, message=message)
        else:
            await screen.taps(label, message=message)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), _LOOK_AGAIN)

    async def settle(self) -> None:
        """Until every update is handled, everything due done, and every message sent."""
        await asyncio.wait_for(self.server.confirmed(), PATIENCE)
        await self.until(lambda: self.query(_WAITING)[0][0] == 0)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database says, read past the bot."""
        if self.url.startswith("sqlite"):
            db = connect_file(file_of(self.url))
            try:
                return [tuple(row) for row in db.execute(sql).fetchall()]
            finally:
                db.close()
        with psycopg.connect(self.url) as connection:
            return connection.execute(sql.encode()).fetchall()

    def transcripts(self) -> dict[str, list[str]]:
        """What everybody's screen shows. Numbers may have gaps: they are counted anew."""
        screens = {name: phone.messages for name, phone in self.phones.items()}
        if self.group is not None:
            screens["group"] = self.group.messages
        numbers: dict[str, str] = {}

        def renumbered(found: re.Match[str]) -> str:
            return numbers.setdefault(found[0], f"H-{len(numbers) + 1}")

        def shown(seen: Any) -> str:
            labels = [label for row in seen.buttons for label in row]
            text = re.sub(r"H-\d+", renumbered, without_controls(f"{seen.text} {labels}"))
            return f"{'bot' if seen.from_bot else 'me'}: {text}"

        return {name: [shown(seen) for seen in messages] for name, messages in screens.items()}


_WAITING = """SELECT (SELECT count(*) FROM inbox WHERE state IN ('queued', 'working'))
 + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'ready', 'sending'))"""


@asynccontextmanager
async def yard(
    kennel: Kennel, url: str, folder: Path, seams: Sequence[tuple[str, int]] = ()
) -> AsyncIterator[Yard]:
    """A town without anybody in it yet; its bot dies as *seams* say, one after the other."""
    wall = folder / "wall"
    wall.write_text(str(START))
    async with AsyncExitStack() as stack:
        server = BotApiServer(TOKEN, now=lambda: int(wall.read_text()), webhook_retry_delay=0.05)
        await server.start()
        stack.push_async_callback(server.stop)
        made = Yard(kennel, server, folder, url, Plan([*seams]))
        server.events.listen(lambda _: made._changed.set())
        await _invite(url)
        living = asyncio.ensure_future(made.keep_alive())

        async def end() -> None:
            living.cancel()
            await asyncio.gather(living, return_exceptions=True)
            if made.bot is not None:
                await made.bot.kill()

        stack.push_async_callback(end)
        yield made
        assert not living.done(), living


async def _invite(url: str) -> None:
    database = await open_database(url, wall=MovableWall(START), cipher=Cipher((KEY,)))

    def invite(tx: Tx) -> None:
        joining.claim_link(tx, "i-krause")
        for name in ("Anna", "Ben"):
            person_id = joining.invite_volunteer(tx, f"i-{name}", name, ("en", "de"))
            appoint(tx, person_id, ("en", "de"))

    await database.transact(invite)
    await database.close()


async def people_join(town: Yard) -> None:
    """The office, its group, and two volunteers."""
    for name, token in (("Krause", "i-krause"), ("Anna", "i-Anna"), ("Ben", "i-Ben")):
        await town.phone(name).starts(token)
        await town.taps(name, "lang:en")
        await town.settle()
    town.group = town.server.group("Office")
    await town.group.add_bot(by=town.phone("Krause").account)
    await town.settle()
    await town.group.says(town.phone("Krause").account, "/here")
    await town.settle()


async def sara_asks(town: Yard, name: str = "Sara") -> None:
    await town.phone(name).says("/start")
    buttons = ("lang:en", r"f:\d+:agree:yes", r"f:\d+:what:doctor", r"f:\d+:gate:no")
    for button in (*buttons, r"f:\d+:town:Halberstadt"):
        await town.taps(name, button)
        await town.settle()
    for words in ("18.01.2027", "14:30", "No matter"):
        await town.phone(name).says(words)
        await town.settle()
    await town.taps(name, r"f:\d+:summary:yes")
    await town.settle()


async def the_whole_story(town: Yard, in_the_ticks: Sequence[tuple[str, int]] = ()) -> None:
    """From nobody to two appointments that were reminded of, and are over."""
    await people_join(town)
    await sara_asks(town)
    await town.phone("Sara").says(SECRET_WORDS)
    await town.settle()
    await town.phone("Sara").sends_contact(SECRET_NUMBER, first_name="Mariam")
    await town.settle()
    await town.taps("group", r"request:release:\d+")  # the first request: the office looks first
    await town.settle()
    await town.taps("Anna", r"offer:yes:\d+")
    await town.settle()
    await sara_asks_for_no_day(town)
    await ben_offers_times(town)
    if in_the_ticks:
        town.plan.seams[:] = in_the_ticks
        assert town.bot is not None
        await town.bot.kill()
    await time_passes(town)


async def sara_asks_for_no_day(town: Yard) -> None:
    await town.phone("Sara").says("/start")
    await town.settle()
    for button in ("menu:ask", r"f:\d+:what:german", r"f:\d+:kind:practise_german"):
        await town.taps("Sara", button)
        await town.settle()
    for button in (r"f:\d+:town:Halberstadt", r"f:\d+:day:none", r"f:\d+:summary:yes"):
        await town.taps("Sara", button)
        await town.settle()


async def ben_offers_times(town: Yard) -> None:
    """Nobody is written to twice a day, so he looks himself; Sara takes one of his two times."""
    await town.phone("Ben").says("/tasks")
    await town.settle()
    for button in ("tasks:open", r"task:take:\d+"):
        await town.taps("Ben", button)
        await town.settle()
    for words in ("19.01.2027", "09:00"):
        await town.phone("Ben").says(words)
        await town.settle()
    await town.taps("Ben", r"f:\d+:more1:yes")
    await town.settle()
    for words in ("18.01.2027", "09:00"):
        await town.phone("Ben").says(words)
        await town.settle()
    await town.taps("Ben", r"f:\d+:more2:no")
    await town.settle()
    await town.phone("Ben").says("Library")
    await town.settle()
    await town.taps("Sara", r"times:pick:1")
    await town.settle()


async def they_answer(town: Yard) -> None:
    """All say that they come; afterwards how it went, and that it was good."""
    answers = [
        *(
            answer
            for volunteer in ("Anna", "Ben")
            for answer in (
                (volunteer, r"coming:yes:\d+"),
                (volunteer, r"close:done:\d+"),
                (volunteer, r"close:min90:\d+"),
            )
        ),
        ("Sara", r"coming:yes:\d+"),
        ("Sara", r"went:well:\d+"),
    ]
    for name, button in answers:
        if town.can_tap(name, button) is not None:
            await town.taps(name, button)
            await town.settle()


async def time_passes(town: Yard) -> None:
    """Stops at every moment at which something is due, for half a week."""
    until = START + 5 * 24 * 3600
    while rows := town.query(f"SELECT min(due_at) FROM due WHERE due_at <= {until} AND parked = 0"):
        moment = rows[0][0]
        if moment is None:
            return
        town.move_clock(moment)
        due_now = f"SELECT count(*) FROM due WHERE due_at <= {moment} AND parked = 0"
        await town.until(lambda sql=due_now: town.query(sql)[0][0] == 0)
        await town.settle()
        await they_answer(town)
