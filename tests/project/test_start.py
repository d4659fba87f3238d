"""What is checked before anybody is served."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import assembled
from bot.conversation import check
from bot.counties import loader
from bot.counties.loader import CountyInvalid
from bot.settings import Settings
from handlers.routes import SCRIPTS
from tests.databases import KEY


def test_every_conversation_can_be_got_through() -> None:
    assert check.faults(script.flow for script in SCRIPTS) == []


async def test_a_county_without_what_people_are_asked_for_stops_the_start(tmp_path: Path) -> None:
    settings = Settings(
        telegram_bot_token=SecretStr("123456789:TEST-token-of-the-simulator-0000001"),
        database_url=SecretStr(f"sqlite:///{tmp_path}/lotse.db"),
        encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    )
    county = replace(loader.load(), categories={})
    with pytest.raises(CountyInvalid, match="COUNTY_FILE: the categories doctor are missing, and"):
        async with assembled(settings, county):
            pass
