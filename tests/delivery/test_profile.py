"""Menus and descriptions: what the bot tells about itself."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from telegram import Bot
from telegram.constants import BotCommandLimit
from telegram.ext import CommandHandler

from bot.counties import loader
from bot.delivery.profile import (
    LONGEST_DESCRIPTION,
    LONGEST_SHORT_DESCRIPTION,
    description,
    present,
    short_description,
)
from bot.delivery.request import AiohttpRequest
from bot.domain.people import Role
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import app_code
from bot.i18n.wording import Wording
from bot.messages import Text
from handlers.commands import COMMANDS, Audience, commands_for
from handlers.routes import routes
from handlers.turn import Turns
from simulator import BotApiServer
from tests.delivery.station import TOKEN
from tests.fakes import FakeMonotonic

COUNTY = loader.load()
WORDING = Wording(Catalogues.load(on_missing=lambda *_: None), COUNTY.zone)


class Hurried(FakeMonotonic):
    """Every pause is over at once."""

    async def sleep(self, seconds: float) -> None:
        return


@dataclass
class Stage:
    server: BotApiServer
    bot: Bot

    async def present(self) -> int:
        """How much was set."""
        before = len(self.set)
        await present(self.bot, WORDING, COUNTY, Hurried())
        return len(self.set) - before

    @property
    def set(self) -> list[str]:
        entries = self.server.journal.entries
        return [entry.method for entry in entries if entry.method.startswith("setMy")]

    def menu(self, name: str, language_code: str) -> list[str]:
        return self.server.phone(self.server.user(name, language_code=language_code)).menu


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    server = BotApiServer(TOKEN, strict=True)
    await server.start()
    try:
        async with AiohttpRequest() as request:
            yield Stage(server, Bot(TOKEN, base_url=server.base_url, request=request))
    finally:
        await server.stop()
    assert server.violations == []


async def test_it_is_said_once_and_again_only_if_it_changed() -> None:
    async with stage() as here:
        languages = {"", *filter(None, map(app_code, WORDING.catalogues.offered))} - {"en"}
        assert {"", "de", "ar", "ku"} <= languages
        assert await here.present() == 3 * len(languages) + 1
        profile = here.server.world.profile
        assert profile.descriptions.keys() == profile.short_descriptions.keys() == languages
        assert "112" in profile.descriptions["ar"]
        for code in ("de", "ar", "ku", "en", "fr", ""):
            expected = ["start", "mine", "call", "reminders", "language", "help", "cancel"]
            assert here.menu(f"P-{code}", code) == expected
        assert [one["command"] for one in profile.commands["all_group_chats", 0, 0, ""]] == ["here"]
        assert await here.present() == 0
        profile.descriptions["tr"] = "old"
        assert await here.present() == 1
        assert profile.descriptions["tr"] != "old"


async def test_told_to_wait_it_waits(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with stage() as here:
        fault = here.server.fail("429", method="setMyDescription", retry_after=3600)
        await here.present()
        assert fault.hits == 1
        assert here.server.world.profile.descriptions.keys() >= {"", "de", "ar"}
        assert "wait 3600 s" in caplog.text


async def test_what_fails_waits_for_the_next_start(caplog: pytest.LogCaptureFixture) -> None:
    async with stage() as here:
        here.server.fail("500", method="setMyShortDescription")
        await here.present()
        assert "next start" in caplog.text
        assert here.server.world.profile.short_descriptions == {}
        await here.present()
        assert here.server.world.profile.short_descriptions != {}


@pytest.mark.parametrize("language", WORDING.catalogues.offered)
def test_texts_fit_into_their_places(language: str) -> None:
    assert 0 < len(short_description(WORDING, language)) <= LONGEST_SHORT_DESCRIPTION
    assert 0 < len(description(WORDING, COUNTY, language)) <= LONGEST_DESCRIPTION
    for command in COMMANDS:
        line = WORDING.plain(Text(command.says), language)
        assert BotCommandLimit.MIN_DESCRIPTION <= len(line) <= 60


def test_every_command_that_is_understood_stands_in_the_table() -> None:
    handlers = routes(Turns.__new__(Turns))
    understood = {
        name
        for handler in handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }
    names = [command.name for command in COMMANDS]
    assert understood <= set(names)
    assert len(names) == len(set(names))


def test_the_audiences_are_the_roles() -> None:
    assert {role.value for role in Role} <= {audience.value for audience in Audience}
    assert "invite" not in [one.name for one in commands_for(["everybody", "volunteer"])]
