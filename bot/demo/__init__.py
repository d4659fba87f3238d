"""`lotse demo`: everything in one process, with invented people, without token and network.

`town.py` is the office and the bot, `cast.py` who is in it, `opening.py` the door. The browser's
page is served by the simulator; `stage.py` gives it the clock (`walking.py`) and the tours
(`guide.py`, `tour_*.py`). `terminal.py` and `screen.py` are the same for a terminal.
"""

import asyncio
import sys
import webbrowser
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bot import settings
from bot.background import Background
from bot.demo import cast, opening, terminal, town
from bot.demo.stage import DemoStage
from bot.demo.town import Town
from simulator.browser import Page
from simulator.browser.guard import is_loopback
from simulator.keeper import CannotContinue, Keeper, found

PORT = 8080
TERMINAL_PORT = 8081


@dataclass(frozen=True)
class Browser:
    """A demo that is being served."""

    town: Town
    stage: DemoStage
    page: Page


async def run_terminal(port: int) -> None:
    """Plays in this terminal until its input ends."""
    async with _told(port), opening.opened(port) as there:
        await terminal.chat(there, sys.stdin.fileno(), tty=sys.stdin.isatty())


async def run_browser(*, host: str, port: int, data: Path | None, show: bool) -> None:
    """Serves the page until cancelled."""
    async with _told(port), served(host=host, port=port, data=data) as browser:
        _introduce(browser, host, data)
        if show and settings.has_desktop():
            # It may start a program and wait for it.
            await asyncio.to_thread(webbrowser.open, browser.page.url)
        await browser.town.serve_until_stopped()


@asynccontextmanager
async def served(
    *, host: str = "127.0.0.1", port: int = 0, data: Path | None = None, pace: float | None = None
) -> AsyncGenerator[Browser]:
    """The page with everything behind it. `pace`: see Walking.

    Raises NoSuchPort, BotStopped, CannotContinue.
    """
    kept = None if data is None else found(data)
    background = Background()
    async with opening.opened(0, cast.ALL, home=data, kept=kept) as there:
        paces = {} if pace is None else {"pace": pace}

        def tell(kind: str, **details: object) -> None:
            if kind == "clock":
                page.record.clock(there.wall.now(), walking=stage.walking.walks)
            page.log.publish(kind, **details)

        stage = DemoStage(there, background, tell, kept=data is not None, **paces)
        page = Page(there.server, stage, host=host)
        keeper = None
        if data is not None:
            keeper = Keeper(
                there.server, data, lambda: {"stage": stage.store(), "page": page.store()}
            )
            if kept is not None:
                stage.restore(kept["stage"])
                page.restore(kept["page"])
            keeper.save(clean=False)
            background.run(keeper.run(), "keeping the demo")
        try:
            await page.start(port)
        except (OSError, OverflowError):
            await page.stop()
            raise opening.NoSuchPort from None
        try:
            yield Browser(there, stage, page)
        finally:
            await page.stop()
            await background.close()
            await there.stop()
            if keeper is not None:
                keeper.save(clean=True)


@asynccontextmanager
async def _told(port: int) -> AsyncGenerator[None]:
    """What stops the demo, in one line and without a traceback."""
    try:
        yield
    except opening.NoSuchPort:
        raise click.ClickException(
            f"port {port} can't be had: choose another one with --port, 0 takes a free one"
        ) from None
    except town.BotStopped as stopped:
        raise click.ClickException(f"the bot stopped: {stopped}") from None
    except CannotContinue as problem:
        raise click.ClickException(f"{problem}. An empty folder begins anew.") from None


def _introduce(browser: Browser, host: str, data: Path | None) -> None:
    print(
        f"Lotse, the demo: {browser.page.url}\n"
        "Everybody there is invented; no message leaves this machine. To play in this terminal:"
        " lotse demo --terminal\n"
        f"Other programs can join in at {browser.page.url}/api/state and"
        f" {browser.town.server.url}/control/people\n"
        + (
            f"Kept in {data}. Ctrl-C ends it."
            if data
            else "Ctrl-C ends it and leaves nothing behind."
        ),
        flush=True,
    )
    if not is_loopback(host):
        warning = (
            f"Bound to {host}: everybody who reaches this machine can play all parts and read all"
            " that is said. Write nothing real."
        )
        click.secho(warning, fg="red", bold=True, err=True)


__all__ = ["PORT", "TERMINAL_PORT", "Browser", "run_browser", "run_terminal", "served"]
