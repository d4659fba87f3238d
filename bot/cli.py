"""The command line, ``lotse``.

Its commands: ``run``, ``demo``, ``import``, ``invite``, ``poster``, ``leaflet``, ``audit``,
``county``, ``report``, ``key``, ``backup``, ``play``, ``docs``.
"""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from bot import cli_audit, cli_county, cli_keys, cli_links, cli_posters, logs, settings
from bot.app import Lotse, TelegramUnreachable, TokenRefused, assembled
from bot.clock import SystemWall
from bot.conversation import play as playing
from bot.conversation.flow import Scene
from bot.conversation.table import table
from bot.counties import loader, volunteers
from bot.delivery.render import Renderer
from bot.domain.people import Role
from bot.domain.requests import lifecycle_diagram
from bot.i18n.bidi import without_controls
from bot.i18n.catalogues import Catalogues
from bot.i18n.normalise import normalise
from bot.messages import Message, Text
from bot.settings import Settings, SettingsInvalid
from bot.storage import audit
from bot.storage.cipher import new_key
from bot.storage.errors import CannotOpen, StorageUnavailable
from bot.storage.tx import Tx
from bot.usecases import joining
from handlers import access
from handlers.routes import SCRIPTS
from handlers.routes import table as routing

#: What stops a command with its own words, one line per fault, and no traceback.
_PLAIN_FAULTS = (
    SettingsInvalid,
    loader.CountyInvalid,
    volunteers.ImportInvalid,
    cli_links.CannotDraw,
    cli_posters.CannotPrint,
    cli_keys.CannotBackUp,
    cli_keys.CannotRotate,
    CannotOpen,
    StorageUnavailable,
    TokenRefused,
    TelegramUnreachable,
)


def main() -> None:
    """The console script."""
    try:
        cli()
    except _PLAIN_FAULTS as fault:
        _stop(str(fault))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Lotse: help for refugees from volunteers, each in their own language."""


@cli.command()
def run() -> None:
    """Run the bot with the settings in .env."""
    chosen = settings.load()
    logs.configure(chosen.log_level, secrets=chosen.secrets())
    _until_stopped(_serve(chosen))


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Register the volunteers in FILE (CSV, German headings) and print a one-time link for each."""
    chosen = settings.load()
    county = loader.load(chosen.county_file)
    asyncio.run(cli_links.import_listed(chosen, county, volunteers.read(file, county)))


_NAME = click.option("--name", required=True, help="Who is invited.")
_QR = click.option(
    "--qr", type=click.Path(path_type=Path), help="Write the link as a QR code to this PNG file."
)


@cli.group()
def invite() -> None:
    """Print a one-time link, with a QR code, for somebody who joins."""


@invite.command("coordinator")
@_NAME
@_QR
def invite_coordinator(name: str, qr: Path | None) -> None:
    """A link that makes whoever opens it another coordinator."""
    _invite_to_office(Role.COORDINATOR, name, qr)


@invite.command("lead")
@_NAME
@_QR
def invite_lead(name: str, qr: Path | None) -> None:
    """A link that makes whoever opens it a coordinator who leads."""
    _invite_to_office(Role.LEAD, name, qr)


@invite.command("reader")
@_NAME
@_QR
def invite_reader(name: str, qr: Path | None) -> None:
    """A link for somebody who sees what coordinators see and changes nothing."""
    _invite_to_office(Role.READER, name, qr)


@invite.command("referrer")
@_NAME
@_QR
def invite_referrer(name: str, qr: Path | None) -> None:
    """A link for somebody who asks for help for clients: a social worker, a school."""
    _invite_to_office(Role.REFERRER, name, qr)


def _invite_to_office(role: Role, name: str, qr: Path | None) -> None:
    def invited(tx: Tx, token: str) -> None:
        joining.invite_to_office(tx, token, role, name)
        audit.add(tx, None, f"lotse invite {role}")

    asyncio.run(cli_links.invite(settings.load(), invited, qr))


@invite.command("volunteer")
@_NAME
@click.option("--languages", default="", help="What they speak, in German: Arabisch, Deutsch.")
@_QR
def invite_volunteer(name: str, languages: str, qr: Path | None) -> None:
    """A link that makes whoever opens it a volunteer, after the questions and the approval."""
    try:
        spoken = volunteers.spoken(languages)
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--languages") from None

    def invited(tx: Tx, token: str) -> None:
        joining.invite_volunteer(tx, token, name, spoken)

    asyncio.run(cli_links.invite(settings.load(), invited, qr))


_PLACE = click.option("--place", default="", help="The place the code asks help for.")
_OUT = click.option("--out", type=click.Path(path_type=Path), help="Where the PDF is written.")
_USERNAME = click.option("--username", help="The bot's name; without it Telegram is asked.")


@cli.command()
@click.option("--language", default="", help="A code such as ar; without it all languages.")
@_PLACE
@click.option("--size", type=click.Choice(["a4", "card"]), default="a4", show_default=True)
@click.option("--kind", type=click.Choice(["help", "volunteers"]), default="help")
@_OUT
@_USERNAME
def poster(
    *, language: str, place: str, size: str, kind: str, out: Path | None, username: str | None
) -> None:
    """Write a poster, or cards to cut out, with a QR code that opens the bot."""
    of = {"language": language, "place": place, "size": size, "kind": kind}
    asyncio.run(cli_posters.write(settings.load(), "poster", of, username, out))


@cli.command()
@click.option("--language", default="", help="A code such as uk; without it a page for each.")
@_PLACE
@_OUT
@_USERNAME
def leaflet(*, language: str, place: str, out: Path | None, username: str | None) -> None:
    """Write the page that says in five steps how to get help."""
    of = {"language": language, "place": place}
    asyncio.run(cli_posters.write(settings.load(), "leaflet", of, username, out))


@cli.group("county")
def county_() -> None:
    """The file that says what a county decides for itself."""


@county_.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def county_check(file: Path) -> None:
    """Say whether FILE can be used, or name every fault with its line."""
    county = loader.load(file)
    counted = (
        (len(county.places), "place", "places"),
        (len(county.categories), "kind of help", "kinds of help"),
        (len(county.offices), "office", "offices"),
        (len(county.services), "service", "services"),
        (len(county.emergency), "emergency number", "emergency numbers"),
    )
    said = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counted)
    print(f"{file} is valid: {said}.")
    if county.to_verify:
        print("Marked to be verified:", ", ".join(county.to_verify))
    today = datetime.fromtimestamp(SystemWall().now(), county.zone).date()
    if county.school_holidays_end_soon(today):
        print("The school holidays end soon or are missing: add the next school year.")


@cli.command()
@click.argument("month")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder to write to; this one if it is left out.",
)
def report(month: str, out: Path) -> None:
    """Write the activity records, the allowance list and the totals of MONTH (2026-11)."""
    from bot import cli_reports

    try:
        asyncio.run(cli_reports.write(settings.load(), month, out))
    except cli_reports.CannotReport as fault:
        _stop(str(fault))


@county_.command("show")
def county_show() -> None:
    """Say what the office changed in the chat, and what the file says."""
    asyncio.run(cli_county.show(settings.load()))


@county_.command("export")
def county_export() -> None:
    """Print what was changed in the chat as TOML, to be put into the file."""
    asyncio.run(cli_county.export(settings.load()))


@cli.group("audit")
def audit_() -> None:
    """Who saw or changed what."""


@audit_.command("verify")
def audit_verify() -> None:
    """Check that no line of the audit trail was changed, removed or put in."""
    if not asyncio.run(cli_audit.verify(settings.load())):
        sys.exit(1)


@audit_.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def audit_export(file: Path) -> None:
    """Write the audit trail to FILE (CSV)."""
    chosen = settings.load()
    try:
        asyncio.run(cli_audit.export(chosen, loader.load(chosen.county_file), file))
    except OSError as fault:
        _stop(f"{file}: {fault.strerror or 'can not be written'}")


@cli.group()
def key() -> None:
    """The key that encrypts everything personal."""


@key.command("new")
def key_new() -> None:
    """Print a fresh key for ENCRYPTION_KEY."""
    print(new_key())


@key.command("rotate")
def key_rotate() -> None:
    """Seal everything with the newest key in ENCRYPTION_KEY; the bot may run meanwhile."""
    asyncio.run(cli_keys.rotate(settings.load()))


@cli.group()
def backup() -> None:
    """The whole database in one encrypted file."""


@backup.command("make")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_make(file: Path) -> None:
    """Write a backup to FILE; the bot may run meanwhile."""
    cli_keys.back_up(settings.load(), file)


@backup.command("open")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
def backup_open(file: Path, out: Path) -> None:
    """Write what is in the backup FILE to OUT: an SQLite database, or what pg_restore reads."""
    cli_keys.open_backup(settings.load(), file, out)


@cli.command()
@click.option("--terminal", is_flag=True, help="Chat in this terminal.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Port of the page (8080), with --terminal of what other programs can join (8081); 0 takes"
    " a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep everything in this folder, and go on there the next time.",
)
@click.option("--open/--no-open", "show", default=True, help="Open the page in a browser.")
def demo(*, terminal: bool, port: int | None, host: str, data: Path | None, show: bool) -> None:
    """Try everything with invented people: no token, no network."""
    from bot import demo as demonstration

    logs.configure("ERROR" if terminal else "INFO")
    if terminal and data is not None:
        raise click.UsageError("--data works with the page, not with --terminal")
    if terminal:
        _until_stopped(
            demonstration.run_terminal(demonstration.TERMINAL_PORT if port is None else port)
        )
    else:
        chosen = demonstration.PORT if port is None else port
        _until_stopped(demonstration.run_browser(host=host, port=chosen, data=data, show=show))


@cli.command()
@click.argument("flow", type=click.Choice([script.flow.name for script in SCRIPTS]))
@click.option("--lang", default="en", show_default=True)
def play(flow: str, lang: str) -> None:
    """Go through a conversation in this terminal."""
    county = loader.load()
    catalogues = Catalogues.load()
    if lang not in catalogues.offered:
        raise click.BadParameter(
            f"choose one of {', '.join(catalogues.offered)}", param_hint="--lang"
        )
    renderer = Renderer(catalogues, county.zone)

    def shown(said: Message) -> tuple[str, list[list[str]]]:
        labels = [[renderer.label(button.label, lang) for button in row] for row in said.buttons]
        return without_controls(renderer.render(said, lang).plain), labels

    def means(typed: str, label: Text) -> bool:
        return normalise(typed) == renderer.wording.spelled(label, lang)

    playing.play(
        next(script.flow for script in SCRIPTS if script.flow.name == flow),
        render=shown,
        read_line=input,
        write=print,
        scene=lambda: Scene(SystemWall().now(), county, lang, means),
    )


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a page is out of date.")
def docs(*, check: bool) -> None:
    """Write the pages of docs/ that are made from the code."""
    asked = table((script.flow for script in SCRIPTS), loader.load()).strip()
    pages = {
        Path(
            "docs/access.md"
        ): f"# Who may do what\n\n{_MADE}\n\n{_LEGEND}\n\n{access.as_page(routing())}\n",
        Path("docs/flows.md"): f"# What is asked\n\n{_MADE}\n\n{asked}\n",
        Path(
            "docs/lifecycle.md"
        ): f"# The life of a help request\n\n{_MADE}\n\n{lifecycle_diagram().strip()}\n",
    }
    stale = [
        path
        for path, page in pages.items()
        if not path.exists() or path.read_text(encoding="utf-8") != page
    ]
    if check and stale:
        _stop("\n".join(f"{path} is out of date: run lotse docs" for path in stale))
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")


_LEGEND = (
    "**yes**: it takes nothing else. **own**: of a record that is theirs; the use case named last"
    " looks. **for them**: a coordinator, for whoever asked. **–**: a polite refusal, and a line in"
    " the audit trail where it is the office's. Commands of the office that are written in its"
    " group are answered with the request to write them in private."
)
_MADE = "*Made from the code by `lotse docs`.*"


async def _serve(chosen: Settings) -> None:
    async with assembled(chosen, loader.load(chosen.county_file)) as lotse:
        await lotse.serve(on_ready=lambda: _print_claim_link(lotse))


async def _print_claim_link(lotse: Lotse) -> None:
    """Print a link for the first coordinator while nobody coordinates.

    Whoever runs the bot may become, or appoint, that coordinator.
    """
    token = joining.new_token()
    if await lotse.db.transact(joining.claim_link, token):
        print(
            "Nobody coordinates yet."
            " Whoever opens this link within an hour becomes the coordinator:"
        )
        cli_links.show(joining.link(lotse.bot.username, token))


def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run until done, or until Ctrl-C or a polite kill: both end it in order."""

    async def supervised() -> None:
        task = asyncio.current_task()
        assert task is not None
        for wanted in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(wanted, task.cancel)
        await work

    try:
        asyncio.run(supervised())
    except asyncio.CancelledError:
        print("Stopped.", file=sys.stderr)


def _stop(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(2)
