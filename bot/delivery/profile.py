"""What the bot tells about itself before anybody writes to it: its menus and its descriptions.

These methods may be used rarely only, so everything is compared first and set only where it
differs. It is of use, not of need: what fails is left for the next start.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Monotonic
from bot.delivery.calls import call
from bot.delivery.failures import RetryLater, classify
from bot.delivery.menus import as_json
from bot.domain.county import County
from bot.i18n.bidi import without_controls
from bot.i18n.languages import SOURCE, app_code
from bot.i18n.wording import Wording
from bot.messages import N_, Text
from handlers.commands import Audience, commands_for

_log = logging.getLogger(__name__)

#: Telegram's limits, in characters.
LONGEST_SHORT_DESCRIPTION: Final = 120
LONGEST_DESCRIPTION: Final = 512

_WHAT_IT_IS = N_("<b>Lotse</b> finds volunteers who help you, in your language. It is free.")
_CALL_INSTEAD = N_("You would rather talk to a person? Call the office: {phone}")
_EMERGENCY = N_("In an emergency call 112.")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is set: ``What`` in setMyWhat, for whom, and the value of its parameter."""

    what: str
    whose: dict[str, str]
    parameter: str
    value: str


def facts(wording: Wording, county: County) -> Iterator[Fact]:
    """Everything, for each language that apps can have; English for all others."""
    for language in wording.catalogues.offered:
        code = "" if language == SOURCE else app_code(language)
        if code is None:
            continue
        whose = {"language_code": code} if code else {}
        private = {**whose, "scope": json.dumps({"type": "all_private_chats"})}
        menu = as_json(commands_for([Audience.EVERYBODY]), wording, language)
        yield Fact("Commands", private, "commands", menu)
        yield Fact("Description", whose, "description", description(wording, county, language))
        short = short_description(wording, language)
        yield Fact("ShortDescription", whose, "short_description", short)
    menu = as_json(commands_for([Audience.GROUP]), wording, county.office_language)
    groups = {"scope": json.dumps({"type": "all_group_chats"})}
    yield Fact("Commands", groups, "commands", menu)


def description(wording: Wording, county: County, language: str) -> str:
    """What stands in the empty chat, above "Start"."""
    phone = {"phone": county.office_phone}
    lines = (Text(_WHAT_IT_IS), Text(_CALL_INSTEAD, phone), Text(_EMERGENCY))
    return "\n\n".join(wording.plain(line, language) for line in lines)


def short_description(wording: Wording, language: str) -> str:
    """What stands in the bot's profile and beside its link."""
    return wording.plain(Text(_WHAT_IT_IS), language)


async def present(bot: Bot, wording: Wording, county: County, monotonic: Monotonic) -> None:
    """Say what is not yet said."""
    for fact in facts(wording, county):
        while True:
            try:
                if not _says_the_same(fact, await call(bot, f"getMy{fact.what}", fact.whose)):
                    await call(bot, f"setMy{fact.what}", {**fact.whose, fact.parameter: fact.value})
                break
            except TelegramError as fault:
                verdict = classify(fault)
                if not isinstance(verdict, RetryLater):
                    name = type(verdict).__name__
                    _log.warning("menus and descriptions wait for the next start: %s", name)
                    return
                _log.info("menus and descriptions wait %.0f s", verdict.seconds)
                await monotonic.sleep(verdict.seconds)


def _says_the_same(fact: Fact, answer: Any) -> bool:
    """Telegram may give a text back without its direction characters."""
    if fact.parameter == "commands":
        return _bare(json.loads(fact.value)) == _bare(answer)
    return _bare(fact.value) == _bare(answer[fact.parameter])


def _bare(value: Any) -> str:
    return without_controls(json.dumps(value, ensure_ascii=False))
