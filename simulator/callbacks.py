"""Taps on inline buttons on their way to the bot and back."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from simulator.errors import QUERY_TOO_OLD, bad_request
from simulator.records import Account, Message

ANSWER_WITHIN_SECONDS = 15
_FIRST_ID, _STEP = 4_382_017_000_000_000_001, 7919


@dataclass(frozen=True)
class CallbackAnswer:
    """What the person sees after a tap: a short text (or nothing), as a toast or as an alert."""

    text: str | None = None
    alert: bool = False
    url: str | None = None


@dataclass(eq=False)
class CallbackTap:
    """One tap. `answer` is None until the bot answered; only the first answer counts."""

    id: str
    account: Account
    message: Message
    label: str
    data: str | None
    tapped_at: float
    url: str | None = None
    answer: CallbackAnswer | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    async def answered(self) -> CallbackAnswer | None:
        """Waits until the bot answered this tap."""
        await self._answered.wait()
        return self.answer

    def take(self, answer: CallbackAnswer) -> None:
        if self.answer is None:
            self.answer = answer
            self._answered.set()


class CallbackQueries:
    """All taps by callback query id."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._numbers = itertools.count(_FIRST_ID, _STEP)
        self._taps: dict[str, CallbackTap] = {}

    def begin_at(self, now: int) -> None:
        """After a restart: ids that no earlier run has given."""
        self._numbers = itertools.count(_FIRST_ID + now * 1_000_000, _STEP)

    def tap(
        self,
        account: Account,
        message: Message,
        label: str,
        *,
        data: str | None = None,
        url: str | None = None,
    ) -> CallbackTap:
        tap = CallbackTap(str(next(self._numbers)), account, message, label, data, self._now(), url)
        self._taps[tap.id] = tap
        return tap

    def answer(self, query_id: str, answer: CallbackAnswer) -> CallbackTap:
        """Raises ApiError for an unknown query or one older than 15 seconds."""
        tap = self._taps.get(query_id)
        if tap is None or self._now() - tap.tapped_at > ANSWER_WITHIN_SECONDS:
            raise bad_request(QUERY_TOO_OLD)
        tap.take(answer)
        return tap
