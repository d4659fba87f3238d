"""The calls that bring one row to its chat: mostly one, sometimes a second."""

from collections.abc import Mapping
from typing import Any, Final

from telegram import Bot

from bot.clock import Monotonic
from bot.delivery.calls import Upload, call
from bot.delivery.pacing import Pacer

#: Differences of floats can be too small to ever pass.
_SHORTEST_REST: Final = 0.001


class Line:
    """Calls about one row, paced.

    The sender has taken the slot of the first. Each further one waits for its own: otherwise a row
    that needs two calls, in a chat at its limit, is refused at the second and begins anew for ever.
    """

    def __init__(self, bot: Bot, pacer: Pacer, monotonic: Monotonic, chat_id: int) -> None:
        self._bot = bot
        self._pacer = pacer
        self._monotonic = monotonic
        self.chat_id = chat_id
        self._used = False

    async def call(
        self,
        method: str,
        parameters: Mapping[str, str],
        files: Mapping[str, Upload] | None = None,
    ) -> Any:
        """As `bot.delivery.calls.call`, when its time has come."""
        if self._used:
            await self._next_slot()
        self._used = True
        return await call(self._bot, method, parameters, files)

    async def _next_slot(self) -> None:
        now = self._monotonic.now()
        while (moment := self._pacer.earliest(self.chat_id, now)) > now:
            await self._monotonic.sleep(max(_SHORTEST_REST, moment - now))
            now = self._monotonic.now()
        self._pacer.take(self.chat_id, now)
