"""When a message may leave: Telegram's limits as arithmetic, without clock, I/O or tasks.

Limits: about 30 messages a second overall, one a second in a chat with short bursts, 20 a minute
in a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). They
are approximate and depend on more than the count, so keeping to them only makes refusals rare. The
one firm rule is ``retry_after`` of a 429 answer
(https://core.telegram.org/bots/api#responseparameters): until then the chat, or everybody, waits.

All moments are monotonic seconds. A bucket is one number, the moment at which it is full again
(generic cell rate algorithm): a message needs that moment to be at most ``(burst - 1) * interval``
away and moves it by ``interval``. So a window of *t* seconds holds at most ``burst + t / interval``
messages.
"""

from collections import deque
from typing import Final

OVERALL_BURST: Final = 5
OVERALL_INTERVAL: Final = 1 / 25
"""25 a second and a burst of 5: no second holds more than 30."""
CHAT_BURST: Final = 3
CHAT_INTERVAL: Final = 1.0
GROUP_MESSAGES: Final = 20
GROUP_WINDOW: Final = 61.0
"""Seconds that hold at most ``GROUP_MESSAGES``: a minute, and a second for unequal ways there."""

_NEVER: Final = float("-inf")
_SMALL: Final = 256
"""Remembering so few chats is not worth a look at which of them can go."""


class _Chat:
    """What is remembered of a chat: bucket, pause, and for a group the moments of sending."""

    __slots__ = ("full_at", "paused_until", "sent")

    def __init__(self, *, group: bool) -> None:
        self.full_at = _NEVER
        self.paused_until = _NEVER
        self.sent: deque[float] | None = deque(maxlen=GROUP_MESSAGES) if group else None

    def earliest(self) -> float:
        moment = max(self.full_at - (CHAT_BURST - 1) * CHAT_INTERVAL, self.paused_until)
        if self.sent is not None and len(self.sent) == GROUP_MESSAGES:
            moment = max(moment, self.sent[0] + GROUP_WINDOW)
        return moment

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + CHAT_INTERVAL
        if self.sent is not None:
            self.sent.append(now)

    def forgettable(self, now: float) -> bool:
        """True if a new chat would be treated the same."""
        quiet = not self.sent or self.sent[-1] + GROUP_WINDOW <= now
        return quiet and self.full_at <= now and self.paused_until <= now


class Pacer:
    """Says when the next message to a chat may go, and counts what went.

    Ask ``earliest``, wait, ``take``, send. It keeps no queue: who goes first is the caller's
    choice. A group is a chat with a negative id. Memory: the chats of the last minute or so, and
    the paused ones.
    """

    __slots__ = ("_chats", "_full_at", "_paused_until", "_sweep_at")

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._full_at = _NEVER
        self._paused_until = _NEVER
        self._sweep_at = _SMALL

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def earliest(self, chat_id: int, now: float) -> float:
        """The first moment, not before *now*, at which a message to *chat_id* may go.

        It holds as long as nothing else is taken or paused; after that, ask again.
        """
        moment = max(
            now, self._paused_until, self._full_at - (OVERALL_BURST - 1) * OVERALL_INTERVAL
        )
        chat = self._chats.get(chat_id)
        return moment if chat is None else max(moment, chat.earliest())

    def take(self, chat_id: int, now: float) -> None:
        """Count a message to *chat_id* at *now*; ``ValueError`` if that is before ``earliest``."""
        early = self.earliest(chat_id, now) - now
        if early > 0:
            raise ValueError(f"taken {early:.3f} s too early")
        self._full_at = max(self._full_at, now) + OVERALL_INTERVAL
        self._chat(chat_id, now).take(now)

    def pause(self, chat_id: int, until: float, now: float) -> None:
        """Nothing goes to *chat_id* before *until*: Telegram answered 429 with ``retry_after``.

        The answer does not tell a flood in one chat from a flood by the whole bot. A flood by the
        whole bot ends for all chats at about the same moment. So when a second chat is told to wait
        while the first one still does, everybody waits until the shortest of these pauses is over;
        an hour's pause of one odd chat silences nobody else. No pause is ever shortened.
        """
        chat = self._chat(chat_id, now)
        chat.paused_until = max(chat.paused_until, until)
        running = [each.paused_until for each in self._chats.values() if each.paused_until > now]
        if len(running) > 1:
            self.pause_all(min(running))

    def pause_all(self, until: float) -> None:
        """Nothing goes to anybody before *until*; a longer pause stays."""
        self._paused_until = max(self._paused_until, until)

    def _chat(self, chat_id: int, now: float) -> _Chat:
        chat = self._chats.get(chat_id)
        if chat is None:
            if len(self._chats) >= self._sweep_at:
                self._forget(now)
            chat = self._chats[chat_id] = _Chat(group=chat_id < 0)
        return chat

    def _forget(self, now: float) -> None:
        """Drop the chats that are as good as new; doubling the mark keeps this cheap on average."""
        self._chats = {key: chat for key, chat in self._chats.items() if not chat.forgettable(now)}
        self._sweep_at = max(_SMALL, 2 * len(self._chats))
