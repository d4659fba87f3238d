"""The real bot, in a process of its own that dies by SIGKILL where the test says.

`python -m tests.crash.bot` loads everything once and then forks a bot for each line of JSON on its
input (a fork is fifty times as quick as a start). Each death is a line on its output:
`{"pid": …, "status": …}`. The seams are made here, around the product's own functions; the product
knows nothing of them.
"""

import asyncio
import gc
import itertools
import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import logs
from bot.app import Lotse, assembled
from bot.counties import loader
from bot.delivery.line import Line
from bot.delivery.pacing import Pacer
from bot.delivery.request import AiohttpRequest
from bot.delivery.work import Worker
from bot.i18n.catalogues import Catalogues
from bot.scheduling.ticks import Ticks
from bot.settings import Settings
from bot.storage import sending
from bot.usecases import clockwork
from handlers.turn import Turns

_TICK_SECONDS = 0.05
#: Imported where used by the product; here before the fork.
_LATER = ("aiosqlite", "psycopg", "bot.storage.sqlite", "bot.storage.postgres")


class FileWall:
    """Wall time that the test writes into a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def now(self) -> int:
        return int(self._path.read_text())


class Unpaced(Pacer):
    """The test is about kills, not about pace."""

    def earliest(self, chat_id: int, now: float) -> float:
        return now


def _before(real: Callable[..., Any], die: Callable[..., None]) -> Callable[..., Any]:
    def killed(*args: Any, **kw: Any) -> Any:
        die(*args, **kw)
        return real(*args, **kw)

    return killed


def _after(real: Callable[..., Any], die: Callable[..., None]) -> Callable[..., Any]:
    def killed(*args: Any, **kw: Any) -> Any:
        result = real(*args, **kw)
        die(*args, **kw)
        return result

    return killed


def _after_await(real: Callable[..., Any], die: Callable[..., None]) -> Callable[..., Any]:
    async def killed(*args: Any, **kw: Any) -> Any:
        result = await real(*args, **kw)
        die(*args, **kw)
        return result

    return killed


#: Where a process can die: what is done there, and whether it dies before or after it is done.
SEAMS: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "stored, not confirmed": (AiohttpRequest, "call", _before),
    "stored, not begun": (Worker, "_handle", _before),
    "inside the turn": (Turns, "_run", _after),
    "committed, not sent": (Line, "call", _before),
    "sent, not settled": (Line, "call", _after_await),
    "inside the settling": (sending, "settle_sent", _after),
    "inside the tick": (clockwork, "fire", _after),
    "after the tick": (Ticks, "_fire", _after_await),
}


def _mine_a_seam(name: str, nth: int) -> None:
    """This process is killed when it comes to the seam for the *nth* time."""
    count = itertools.count(1)

    def die(*args: Any, **_: Any) -> None:
        confirms = name != "stored, not confirmed" or "offset" in args[2]
        if confirms and next(count) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    where, attribute, how = SEAMS[name]
    setattr(where, attribute, how(getattr(where, attribute), die))


async def _tick(lotse: Lotse) -> None:
    while True:
        await lotse.ticks.tick()
        await asyncio.sleep(_TICK_SECONDS)


async def _serve(order: dict[str, Any], catalogues: Catalogues) -> None:
    settings = Settings(
        telegram_bot_token=SecretStr(order["token"]),
        telegram_api_url=order["api"],
        database_url=SecretStr(order["database"]),
        encryption_key=SecretStr(order["key"]),
        log_level="DEBUG",
        **order.get("webhook", {}),
    )
    logs.configure(settings.log_level, secrets=settings.secrets())
    if order.get("seam"):
        _mine_a_seam(order["seam"], order["nth"])
    wall = FileWall(Path(order["wall"]))
    county = replace(loader.load(), first_request_by_office=order.get("office_first", True))
    async with (
        assembled(settings, county, wall=wall, catalogues=catalogues, pacer=Unpaced()) as lotse,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(lotse.serve(ticking=False, presenting=False))
        group.create_task(_tick(lotse))


def _child(order: dict[str, Any], catalogues: Catalogues) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        asyncio.run(_serve(order, catalogues))
    finally:
        sys.stderr.flush()


def _report(*_: object) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        said = json.dumps({"pid": pid, "status": os.waitstatus_to_exitcode(status)})
        os.write(1, f"{said}\n".encode())


def main() -> None:
    for name in _LATER:
        __import__(name)
    catalogues = Catalogues.load()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _report)
    os.write(1, b'{"ready": true}\n')
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                _child(json.loads(line), catalogues)
            except KeyboardInterrupt:
                os._exit(0)
            except BaseException:
                logging.getLogger("lotse.test").exception("the bot ended")
                sys.stderr.flush()
                os._exit(1)
            os._exit(0)
        os.write(1, f'{{"born": {pid}}}\n'.encode())


if __name__ == "__main__":
    main()
