"""`lotse demo --terminal`: one human, everybody's phone.

What is typed is said by whoever holds the phone on the screen; a number taps a button; a line that
begins with a colon is for the demo itself. After each line the bot is waited for, so a script
that is piped in reads the same every time.
"""

import asyncio
import os
import re
import threading
from codecs import getincrementaldecoder
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeAlias

import click

from bot.demo.due_words import in_words
from bot.demo.screen import Choice, Screens, Write
from bot.demo.town import BotStopped, Town
from simulator import CallbackTap, Group, NotPossible, Phone

_HELP: Final = """\
Type what the person would write. A number taps that button of the last message that has any.
The bot's own commands begin with a slash: /start, /help, /language, /cancel, /back, /call.
  :who                 everybody, with what they have not read yet
  :to NAME             take that phone in your hand; a part of the name is enough
  :screen              the last messages of this phone once more
  :say TEXT            say exactly this, be it a number or a colon
  :tap LABEL           tap a button of any message by its words
  :voice  :sticker  :contact     send one
  :block  :unblock     this person blocks the bot, or lets it in again
  :clock               the date and time in the demo
  :clock +1h           later: +30m, +1h, +2d; all that falls due on the way happens
  :clock tomorrow 8:00   or 14:30 (the next one), or 24.12.2026 9:00
  :next                to the next thing that the clock will do
  :fault 429           the next message has to wait 2 seconds, as if there were too many
  :fault 500           the next message fails once
  :fault down          the messenger is away; :fault up brings it back
  :kill                cut the bot off in mid-work and start it again on the same database
                       (cancelled within this process: only a commit that has begun ends);
                       to see that nothing is lost: :fault down, write, :kill, :fault up
  :quit                the end; nothing is left behind"""
_FAULTS: Final = "Say which: :fault 429, :fault 500, :fault down or :fault up."
_PAUSE: Final = re.compile(r"\+\s*(\d{1,4})\s*([mhd])", re.IGNORECASE)
_MOMENT: Final = re.compile(
    r"(?:(tomorrow|(\d{1,2})\.(\d{1,2})\.(\d{4}))\s+)?(\d{1,2}):(\d{2})", re.IGNORECASE
)
_UNITS: Final = {"m": 60, "h": 3600, "d": 86400}
_ANSWER_SECONDS: Final = 1.0
_FEW_DIGITS: Final = 2  # a longer number is what somebody writes: a phone number, a year
_Command: TypeAlias = Callable[[str], Awaitable[None]]


class _Leave(Exception):
    """:quit"""


class Terminal:
    """The chat. `write` prints one line; `screens` are the phones it is about."""

    def __init__(self, town: Town, screens: Screens, write: Write) -> None:
        self._town = town
        self._screens = screens
        self._write = write
        self._commands: dict[str, _Command] = {
            "who": self._who,
            "to": self._to,
            "screen": self._screen,
            "say": self._say,
            "tap": self._tap,
            "voice": lambda _: screens.does(Phone.sends_voice, Group.sends_voice),
            "sticker": lambda _: screens.does(Phone.sends_sticker),
            "contact": lambda _: screens.does(Phone.sends_contact),
            "block": self._block,
            "unblock": self._unblock,
            "clock": self._clock,
            "next": self._next,
            "fault": self._fault,
            "kill": self._kill,
            "help": self._help,
            "quit": self._quit,
        }

    async def chat(self, lines: AsyncIterator[str]) -> None:
        """Until `lines` end, or :quit."""
        self._write("Lotse, the demo: everybody here is invented, and you hold all their phones.")
        self._write(f"Other programs can join in at {self._town.server.url}/control/people")
        self._write("A number taps a button, other words are said, :help shows what else there is.")
        self._screens.take("Sara")
        self._screens.prompt()
        async for line in lines:
            self._screens.typed(line)
            try:
                await self._obey(line)
                await self._look()
            except _Leave:
                return
            except NotPossible as problem:
                self._write(f"That can't be done: {problem}.")
            except BotStopped as stopped:
                self._write(f"The bot has stopped ({stopped}). :kill starts it again.")
            self._screens.prompt()

    async def _obey(self, line: str) -> None:
        line = line.strip()
        if line.startswith(":"):
            name, _, rest = line[1:].partition(" ")
            command = self._commands.get(name.lower())
            if command is None:
                self._write(f"There is no command :{name}. :help shows all of them.")
            else:
                await command(rest.strip())
        elif line.isdecimal() and len(line) <= _FEW_DIGITS and self._screens.choices:
            await self._choose(int(line))
        elif line:
            await self._say(line)

    async def _look(self) -> None:
        """Wait for the bot, then show what came."""
        settled = await self._town.settle()
        self._screens.show_news()
        if not settled and self._town.server.down:
            self._write("(The messenger is down: what is said waits. :fault up brings it back.)")
        elif not settled:
            self._write("(The bot is not ready yet. Press Enter to look again.)")

    # Saying and tapping --------------------------------------------------------------------

    async def _say(self, text: str) -> None:
        await self._screens.says(text)

    async def _choose(self, number: int) -> None:
        choices = self._screens.choices
        if not 1 <= number <= len(choices):
            there_are = f"1 to {len(choices)}" if len(choices) > 1 else "only 1"
            self._write(f"No button {number} here, {there_are}. To write it: :say {number}")
            return
        await self._press(choices[number - 1])

    async def _tap(self, label: str) -> None:
        await self._press(Choice(label))

    async def _press(self, choice: Choice) -> None:
        tap = await self._screens.press(choice)
        if tap is not None and tap.url is not None:
            self._write(f"(opens {tap.url})")
        if tap is not None and tap.data is not None and await self._town.settle():
            await self._show_answer(tap)

    async def _show_answer(self, tap: CallbackTap) -> None:
        """The short text that comes up after a tap, if there is one."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await tap.answered()
                if answer is not None and answer.text:
                    self._write(f"(for a moment: {answer.text})")

    async def _block(self, _: str) -> None:
        await self._screens.does(Phone.blocks_bot)
        self._write("The bot is blocked. It learns that, and nothing can be written to it.")

    async def _unblock(self, _: str) -> None:
        await self._screens.does(Phone.unblocks_bot)
        self._write("The bot is let in again.")

    # Phones --------------------------------------------------------------------------------

    async def _who(self, _: str) -> None:
        self._screens.list_all()

    async def _to(self, name: str) -> None:
        self._screens.take(name)

    async def _screen(self, _: str) -> None:
        self._screens.show_again()

    # Time ----------------------------------------------------------------------------------

    async def _clock(self, wanted: str) -> None:
        if wanted:
            moment = read_moment(wanted, self._town.local())
            if moment is None:
                self._write("Say when: :clock +1h, :clock 14:30 or :clock tomorrow 8:00")
                return
            if moment < self._town.local():
                self._write("The clock only goes forward.")
                return
            await self._town.walk_to(int(moment.timestamp()))
        self._write(f"It is {self._town.local():%A, %d.%m.%Y, %H:%M}.")

    async def _next(self, _: str) -> None:
        row = await self._town.upcoming()
        if row is None:
            self._write("Nothing is planned.")
            return
        await self._town.walk_to(max(row.due_at, self._town.wall.now()))
        what = in_words(row.kind)["en"]
        self._write(f"{self._town.local():%A, %d.%m.%Y, %H:%M}: {what}.")
        if not self._screens.any_news:
            self._write("Nobody hears of it.")

    # Trouble -------------------------------------------------------------------------------

    async def _fault(self, kind: str) -> None:
        server = self._town.server
        match kind.lower():
            case "429":
                server.fail("429", method="sendMessage", retry_after=2)
                self._write("The next message will have to wait for 2 seconds.")
            case "500":
                server.fail("500", method="sendMessage")
                self._write("The next message will fail once.")
            case "down":
                server.down = True
                self._write("The messenger is away.")
            case "up":
                server.down = False
                self._write("The messenger is back. The bot tries again at growing intervals.")
            case _:
                self._write(_FAULTS)

    async def _kill(self, _: str) -> None:
        await self._town.restart()
        self._write("The bot was cut off in mid-work and has started again on the same database.")

    async def _help(self, _: str) -> None:
        self._write(_HELP)

    async def _quit(self, _: str) -> None:
        raise _Leave


def read_moment(wanted: str, now: datetime) -> datetime | None:
    """What :clock was told, in the time zone of `now`; None if it can't be understood."""
    if later := _PAUSE.fullmatch(wanted):
        seconds = int(later[1]) * _UNITS[later[2].lower()]
        return datetime.fromtimestamp(now.timestamp() + seconds, now.tzinfo)
    if not (named := _MOMENT.fullmatch(wanted)):
        return None
    word, day, month, year, hour, minute = named.groups()
    try:
        moment = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        if day:
            return moment.replace(year=int(year), month=int(month), day=int(day))
    except ValueError:
        return None
    return moment + timedelta(days=1) if word or moment < now else moment


async def lines_of(descriptor: int) -> AsyncIterator[str]:
    """What is typed or piped in, line by line, until its end.

    A thread that nobody waits for reads it: a terminal, a pipe and a file all can do that, and a
    read that waits for a human does not hold up the end.
    """
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        unfinished = ""
        with suppress(OSError, RuntimeError):  # the terminal or the loop is gone
            while data := os.read(descriptor, 4096):
                *complete, unfinished = (unfinished + decoder.decode(data)).split("\n")
                for line in complete:
                    loop.call_soon_threadsafe(arrived.put_nowait, line)
            for last in ([unfinished] if unfinished else []) + [None]:
                loop.call_soon_threadsafe(arrived.put_nowait, last)

    threading.Thread(target=read, name="stdin", daemon=True).start()
    while (line := await arrived.get()) is not None:
        yield line


async def chat(town: Town, descriptor: int, *, tty: bool) -> None:
    """Plays in the terminal until its input ends."""
    screens = Screens(town, click.echo, lambda text: click.echo(text, nl=False), live=tty)
    try:
        await Terminal(town, screens, click.echo).chat(lines_of(descriptor))
    finally:
        screens.leave()
