"""Commands as the Bot API takes them."""

import json

from bot.i18n.wording import Wording
from bot.messages import Text
from handlers.commands import Command


def as_json(commands: list[Command], wording: Wording, language: str) -> str:
    """The list of a menu for a reader of *language*."""
    listed = [
        {"command": one.name, "description": wording.plain(Text(one.says), language)}
        for one in commands
    ]
    return json.dumps(listed, ensure_ascii=False)
