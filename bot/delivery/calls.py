"""Bot API calls whose answers are read as plain JSON.

`telegram.Bot` builds every answer into objects: for a message with a keyboard that is a fifth of
all the CPU time of a turn, and all we want of it is the message's id. PTB's request class still
sends the call and raises PTB's errors for what comes back.
"""

from dataclasses import dataclass
from typing import Any, cast

from telegram import Bot
from telegram.request import RequestData


@dataclass(frozen=True, slots=True)
class _Texts:
    """The two things a request class reads of `RequestData` when no file is sent."""

    json_parameters: dict[str, str]
    contains_files: bool = False


async def call(bot: Bot, method: str, parameters: dict[str, str]) -> Any:
    """Call *method*; its result as parsed JSON. Raises ``TelegramError`` as `telegram.Bot` does.

    *parameters* are in their final form: what is no text is JSON already.
    """
    form = cast(RequestData, _Texts(parameters))
    return await bot.request.post(f"{bot.base_url}/{method}", form)
