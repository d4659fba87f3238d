"""What is checked before anybody is served."""

from pathlib import Path

from bot.conversation import check
from bot.counties import loader
from handlers.routes import SCRIPTS

EXAMPLE = Path(loader.BUNDLED).with_name("example.toml")


def test_every_conversation_can_be_got_through() -> None:
    flows = [script.flow for script in SCRIPTS]
    assert check.faults(flows, loader.load()) == []
    assert check.faults(flows, loader.load(EXAMPLE)) == []
