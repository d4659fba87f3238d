"""`lotse demo`: everything in one process, with invented people, without token and network."""

import sys

import click

from bot import demo_terminal, demo_town
from bot.demo_town import Town


async def run(*, terminal: bool, port: int) -> None:
    """Plays in this terminal, or serves the control endpoint until cancelled."""
    try:
        async with demo_town.opened(port) as town:
            if terminal:
                await demo_terminal.chat(town, sys.stdin.fileno(), tty=sys.stdin.isatty())
            else:
                _introduce(town)
                await town.serve_until_stopped()
    except demo_town.NoSuchPort:
        raise click.ClickException(
            f"port {port} can't be had: choose another one with --port, 0 takes a free one"
        ) from None
    except demo_town.BotStopped as stopped:
        raise click.ClickException(f"the bot stopped: {stopped}") from None


def _introduce(town: Town) -> None:
    print(
        f"A simulated messenger with invented people runs at {town.server.url}.\n"
        "Only this machine reaches it.\n"
        f"  who is there   curl {town.server.url}/control/people\n"
        "  what can be done there is written in simulator/control.py\n"
        "To play in this terminal: lotse demo --terminal\n"
        "Ctrl-C ends it and leaves nothing behind.",
        flush=True,
    )
