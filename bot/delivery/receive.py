"""From the messenger to the inbox: an update is confirmed only after it is on disk."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import cast

from telegram.error import InvalidToken, TelegramError

from bot.clock import Monotonic
from bot.delivery.request import AiohttpRequest
from bot.messages import Json
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.errors import StorageUnavailable
from bot.storage.inbox import Incoming

_log = logging.getLogger(__name__)

#: What we ask the messenger for; everything else never arrives.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
_POLL_SECONDS = 50
_LONGEST_PAUSE = 60.0
_LARGEST_NUMBER = 2**63 - 1


def incoming(document: object) -> Incoming:
    """An update and the chat whose order it belongs to. Raises ``ValueError`` if it is none."""
    update = _object(document)
    update_id = _number(update.get("update_id"))
    if update_id is None:
        raise ValueError("not an update")
    return Incoming(update_id, _chat_of(update), update)


def _chat_of(update: Mapping[str, Json]) -> int:
    """The chat of a message or of a tapped message, else the one who acts; 0: nobody's."""
    for part in map(_object, update.values()):
        for holder in (part, _object(part.get("message"))):
            chat_id = _number(_object(holder.get("chat")).get("id"))
            if chat_id is not None:
                return chat_id
        user_id = _number(_object(part.get("from")).get("id"))
        if user_id is not None:
            return user_id
    return 0


def _object(value: object) -> dict[str, Json]:
    """*value* if it is a JSON object, else an empty one."""
    return cast(dict[str, Json], value) if isinstance(value, dict) else {}


def _number(value: object) -> int | None:
    """*value* if it is a number that a database can hold."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= _LARGEST_NUMBER else None


def parsed(body: bytes) -> object:
    """Raises ``ValueError`` for whatever is no JSON, or JSON to bring us down with."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None


class _NotNow(Exception):
    """The messenger gave no updates; the reason is a text of ours."""


class Poller:
    """Long polling on raw JSON. Stored first; the next call confirms.

    (PTB's own polling confirms first: killed in between, it lost 17 of 20 updates.)
    """

    def __init__(
        self, db: Database, base_url: str, request: AiohttpRequest, monotonic: Monotonic
    ) -> None:
        self._db = db
        self._url = f"{base_url}/getUpdates"
        self._request = request
        self._monotonic = monotonic
        self._offset: int | None = None

    async def run(self) -> None:
        """Poll for ever. Raises ``InvalidToken`` if the messenger does not know the token."""
        pause = 1.0
        while True:
            try:
                await self._store(await self._next_updates())
                pause = 1.0
                continue
            except _NotNow as reason:
                why = str(reason)
            except InvalidToken:
                raise
            except (TelegramError, StorageUnavailable) as fault:
                why = type(fault).__name__
            _log.warning("polling pauses for %.0f s: %s", pause, why)
            await self._monotonic.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _next_updates(self) -> list[object]:
        """What came since the last call, which this one confirms; empty after a quiet while."""
        wanted = {"timeout": str(_POLL_SECONDS), "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if self._offset is not None:
            wanted["offset"] = str(self._offset)
        status, body = await self._request.call(self._url, wanted, _POLL_SECONDS + 10)
        try:
            answer = _object(parsed(body))
        except ValueError:
            answer = {}
        result = answer.get("result")
        if status == 200 and isinstance(result, list):
            return list(result)
        if status in (401, 404) and answer.get("ok") is False:  # not some proxy's error page
            raise InvalidToken
        if status == 409:
            raise _NotNow("another process polls with this token, or a webhook is set (HTTP 409)")
        raise _NotNow(f"no list of updates in the answer (HTTP {status})")

    async def _store(self, updates: Sequence[object]) -> None:
        """Keep what can be read. The rest is confirmed with it, or nothing more would come."""
        readable: list[Incoming] = []
        for document in updates:
            try:
                readable.append(incoming(document))
            except ValueError:
                _log.error("something that is no update was received and left out")
        if readable:
            await self._db.transact(inbox.store, readable)
            self._offset = max(update.update_id for update in readable) + 1
        elif updates:
            raise _NotNow("not one update in the answer")
        else:
            # All is confirmed. After a quiet week Telegram numbers anew, perhaps lower: an old
            # offset would then confirm what we never saw.
            self._offset = None
