"""Bot API calls whose answers are read as plain JSON.

`telegram.Bot` builds every answer into objects: for a message with a keyboard that is a fifth of
all the CPU time of a turn, and all we want of it is the message's id. PTB's request class still
sends the call and raises PTB's errors for what comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from telegram import Bot
from telegram.request import RequestData

#: A file to upload: its name, its bytes and its media type.
Upload: TypeAlias = tuple[str, bytes, str]


@dataclass(frozen=True, slots=True)
class _Form:
    """The three things a request class reads of `RequestData`."""

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, Upload]

    @property
    def contains_files(self) -> bool:
        return bool(self.multipart_data)


async def call(
    bot: Bot,
    method: str,
    parameters: Mapping[str, str],
    files: Mapping[str, Upload] | None = None,
) -> Any:
    """Call *method*; its result as parsed JSON. Raises ``TelegramError`` as `telegram.Bot` does.

    *parameters* are in their final form: what is no text is JSON already. *files* are uploaded
    under the names of their parameters.
    """
    form = cast(RequestData, _Form(parameters, files or {}))
    return await bot.request.post(f"{bot.base_url}/{method}", form)
