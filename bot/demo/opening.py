"""The door to the demo's town: starts the simulator and the bot, and closes both in order."""

import secrets
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import MovableWall, SystemWall
from bot.counties import loader
from bot.demo.cast import FEW, Cast
from bot.demo.town import Town
from bot.domain.county import County
from bot.storage.cipher import new_key
from simulator import BotApiServer, keeper
from simulator.control import mount_control
from simulator.json_types import JsonObject

_BOT_ID: Final = 123456789
_HOST: Final = "127.0.0.1"  # the control endpoint acts for anybody, so nobody else may reach it


class NoSuchPort(Exception):
    """The port can't be had: another program listens there, or it needs more rights."""


@asynccontextmanager
async def opened(
    port: int, cast: Cast = FEW, *, home: Path | None = None, kept: JsonObject | None = None
) -> AsyncGenerator[Town]:
    """The town with everybody in it. `port` 0 takes a free one.

    home: the folder that outlives the process. kept: what an earlier run has left there; then
    nobody has to move in again.
    Raises NoSuchPort, BotStopped if the bot does not come up, CannotContinue.
    """
    county = loader.load()
    wall = MovableWall(_a_working_morning(county), ticking=True)
    server = BotApiServer(_new_token(), now=wall.now)

    async def move_clock(moment: int) -> None:
        await town.walk_to(moment)

    mount_control(server, move_clock)
    async with AsyncExitStack() as stack:
        folder = home or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="lotse-demo-"))
        )
        if kept is not None:
            wall.move_to(int(kept["stage"]["now"]))
            keeper.go_on(server, kept, folder)
        await _listen(server, port)
        stack.push_async_callback(server.stop)
        town = Town(server, county, wall, cast, file=folder / "demo.db", key=_key(home))
        stack.push_async_callback(town.close)
        await town.start()
        if kept is None:
            await town.move_in()
        else:
            town.move_back_in()
        yield town


def _a_working_morning(county: County) -> int:
    """Nine o'clock today, or on Monday: the office is open, and a demo always goes the same way."""
    today = datetime.fromtimestamp(SystemWall().now(), county.zone)
    ahead = max(0, 7 - today.weekday()) if today.weekday() > 4 else 0
    nine = (today + timedelta(days=ahead)).replace(hour=9, minute=0, second=0, microsecond=0)
    return int(nine.timestamp())


def _new_token() -> str:
    """Of this run and of nobody else: no other program can guess its way in."""
    return f"{_BOT_ID}:{secrets.token_urlsafe(26)}"


def _key(home: Path | None) -> str:
    """The key of the demo's database; in a folder that is kept it is kept, too."""
    if home is None:
        return new_key()
    path = home / "key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(new_key(), encoding="ascii")
    return path.read_text(encoding="ascii")


async def _listen(server: BotApiServer, port: int) -> None:
    try:
        await server.start(_HOST, port)
    except (OSError, OverflowError):
        await server.stop()
        raise NoSuchPort from None
