"""The queue of updates: allowed kinds, offsets that confirm, long polling, double delivery.

One queue per bot, read by `getUpdates` or by the webhook (`webhook.py`), never by both.
"""

import asyncio
import secrets
from collections.abc import Sequence

from simulator.background import Tasks
from simulator.errors import OTHER_POLL, ApiError, conflict
from simulator.json_types import JsonObject

# Kinds a bot gets only when it asks for them by name.
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


class UpdateQueue:
    """Keeps every update until the bot confirmed it."""

    def __init__(self, first_update_id: int | None = None) -> None:
        start = 100_000_000 + secrets.randbelow(800_000_000)
        self._next_id = start if first_update_id is None else first_update_id
        self._tasks = Tasks()
        self._waiting: dict[int, JsonObject] = {}
        self._repeats: list[JsonObject] = []
        self._repeats_out = False
        self._some = asyncio.Event()
        self._none = asyncio.Event()
        self._none.set()
        self._poll: asyncio.Future[ApiError] | None = None
        self.allowed: frozenset[str] | None = None
        self.duplicate = False

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, payload: JsonObject) -> JsonObject | None:
        """Queues an update and returns it, or None if the bot did not ask for this kind."""
        wanted = kind not in _ONLY_ON_REQUEST if self.allowed is None else kind in self.allowed
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        update: JsonObject = {"update_id": update_id, kind: payload}
        self._waiting[update_id] = update
        self._announce()
        return update

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Takes `allowed_updates`: None keeps the last choice, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    def clear(self) -> None:
        """`drop_pending_updates`."""
        self._waiting.clear()
        self._announce()

    def dump(self) -> JsonObject:
        """What has to outlive the process."""
        allowed = None if self.allowed is None else sorted(self.allowed)
        return {
            "next_id": self._next_id,
            "allowed": allowed,
            "waiting": list(self._waiting.values()),
        }

    def load(self, stored: JsonObject, *, skip: int) -> None:
        """Goes on where `dump` was; `skip`: numbers that may have been given since."""
        self._next_id = int(stored["next_id"]) + skip
        self.allow(stored["allowed"])
        self._waiting = {each["update_id"]: each for each in stored["waiting"]}
        self._announce()

    # Reading -------------------------------------------------------------------------------

    def confirm_before(self, offset: int) -> None:
        """Forgets what the bot confirmed; a negative offset keeps only that many of the newest."""
        if offset < 0:
            done = list(self._waiting)[:offset]
        else:
            done = [update_id for update_id in self._waiting if update_id < offset]
        if self._repeats_out:
            self._repeats.clear()
            self._repeats_out = False
        for update_id in done:
            update = self._waiting.pop(update_id)
            if self.duplicate:
                self._repeats.append(update)
        self._announce()

    def first(self, limit: int) -> list[JsonObject]:
        """The oldest waiting updates, after those to be delivered a second time."""
        if self._repeats:
            self._repeats_out = True
            return [*self._repeats, *list(self._waiting.values())[:limit]]
        return list(self._waiting.values())[:limit]

    def delivered(self, update: JsonObject) -> None:
        """The webhook took `update`; with double delivery it comes once more."""
        if update in self._repeats:
            self._repeats.remove(update)
        elif self._waiting.pop(update["update_id"], None) is not None and self.duplicate:
            self._repeats.append(update)
        self._announce()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[JsonObject]:
        """`getUpdates`: raises ApiError 409 when another poll or a webhook takes over."""
        self.end_poll(conflict(OTHER_POLL))
        self.confirm_before(offset)
        if (found := self.first(limit)) or timeout <= 0:
            return found
        ended: asyncio.Future[ApiError] = asyncio.get_running_loop().create_future()
        self._poll = ended
        arrived = self._tasks.start(self.nonempty())
        try:
            await asyncio.wait(
                {ended, arrived}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
            )
            if ended.done():
                raise ended.result()
            return self.first(limit)
        finally:
            arrived.cancel()
            if self._poll is ended:
                self._poll = None

    def end_poll(self, reason: ApiError) -> None:
        """Answers the long poll in progress, if any, with `reason`."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(reason)

    # Waiting -------------------------------------------------------------------------------

    async def nonempty(self) -> None:
        await self._some.wait()

    async def empty(self) -> None:
        """Until every update is confirmed and every second delivery is out."""
        await self._none.wait()

    def _announce(self) -> None:
        full, idle = (self._some, self._none) if self._holds_any() else (self._none, self._some)
        full.set()
        idle.clear()

    def _holds_any(self) -> bool:
        return bool(self._waiting or self._repeats)
