"""What the codes on paper open: links that ``handlers/common/start.py`` reads."""

from typing import Final

from bot.domain import places, spelling
from bot.domain.county import County
from bot.domain.places import Place, Sure

#: Opens the form for people who want to help.
VOLUNTEERS: Final = "help"


def link(username: str, payload: str) -> str:
    """*username*: the bot's, without the @."""
    return f"https://t.me/{username}?start={payload}"


def payload(county: County, language: str, place: str) -> str:
    """``q-ar-halberstadt``; without a language the bot asks for one. *place*: its name or empty.

    Raises ``LookupError`` for a place that would be taken for another one.
    """
    if not place:
        return f"q-{language}"
    town = slug(place)
    found = by_slug(county, town)
    if found is None or found.name != place:
        raise LookupError(place)
    return f"q-{language}-{town}"


def slug(place: str) -> str:
    """The name in letters that a link takes: ``gross-quenstedt``."""
    return "-".join(map(spelling.letters, spelling.words(place)))


def by_slug(county: County, town: str) -> Place | None:
    """The place that :func:`slug`, or somebody who writes it, means beyond doubt."""
    found = places.find(county.places, town.replace("-", " "))
    return found.places[0] if found.sure in (Sure.EXACT, Sure.LIKELY) else None
