"""The real server's flood limits: about 1 message/s per chat, 30/s overall, 20/min per group."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from telegram.constants import FloodLimit

from simulator.errors import too_many_requests

_PRODUCING = ("send", "copy", "forward", "edit")
_FREE = {"sendChatAction"}


@dataclass
class _Bucket:
    """Tokens: `size` at once, `rate` more each second."""

    size: float
    rate: float
    level: float
    filled_at: float

    def missing_seconds(self, now: float) -> float:
        """Until a token is there; 0 if one is."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        return max(0.0, (1 - self.level) / self.rate)


class FloodLimits:
    """Off until `enabled`. `clock` gives seconds; `burst` messages to a chat may come at once."""

    def __init__(self, clock: Callable[[], float], burst: int = 5) -> None:
        self._clock = clock
        self._burst = burst
        self._chats: dict[str, _Bucket] = {}
        self._all: _Bucket | None = None
        self.enabled = False

    def check(self, method: str, chat: str) -> None:
        """Raises ApiError 429 if this request comes too soon."""
        if not self.enabled or method in _FREE or not method.startswith(_PRODUCING):
            return
        now = self._clock()
        if self._all is None:
            overall = FloodLimit.MESSAGES_PER_SECOND
            self._all = _Bucket(overall, overall, overall, now)
        if chat not in self._chats:
            self._chats[chat] = self._new_bucket(chat, now)
        buckets = (self._all, self._chats[chat])
        missing = max(bucket.missing_seconds(now) for bucket in buckets)
        if missing > 1e-9:
            raise too_many_requests(math.ceil(missing))
        for bucket in buckets:
            bucket.level -= 1

    def _new_bucket(self, chat: str, now: float) -> _Bucket:
        if chat.startswith("-"):
            per_minute = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP
            return _Bucket(per_minute, per_minute / 60, per_minute, now)
        return _Bucket(self._burst, FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, self._burst, now)
