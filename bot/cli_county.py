"""What `lotse county show` and `lotse county export` do: the county as it holds now.

Both may run while the bot does.
"""

from bot.cli_links import beside_the_bot
from bot.counties import loader
from bot.counties.export import as_toml, value_as_toml
from bot.counties.overlay import Changes, still_fitting, value_at
from bot.domain.county import County
from bot.settings import Settings
from bot.usecases import county_texts


async def holding(chosen: Settings) -> tuple[County, County, Changes]:
    """The county of the file, as it holds with what the office changed, and these changes."""
    of_file = loader.load(chosen.county_file)
    async with beside_the_bot(chosen) as db:
        changes = await db.read(county_texts.changed)
    return of_file, still_fitting(of_file, changes), changes


async def show(chosen: Settings) -> None:
    """A line for everything that differs from the file."""
    of_file, now, changes = await holding(chosen)
    print(f"{chosen.county_file}: {len(changes)} changed in the chat")
    for path, value in changes.items():
        fits = value_at(now, path) == value
        before = value_as_toml(value_at(of_file, path))
        note = "" if fits else " (does not fit this file, so the file's value holds)"
        print(f"{path}: {before} -> {value_as_toml(value)}{note}")


async def export(chosen: Settings) -> None:
    """The changed tables, to be put into the file."""
    _, now, changes = await holding(chosen)
    print("# Put these in place of the tables of the same name in the county's file.")
    print(as_toml(now, changes))
