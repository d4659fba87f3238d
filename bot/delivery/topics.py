"""In which topic of the coordinators' group a message belongs: one for each request.

A topic is made with the first message that needs it. Killed between making it and writing that
down, we make another one: an empty topic stays behind, and nothing is lost.
"""

import logging
from dataclasses import replace
from typing import Any

from telegram.error import TelegramError

from bot.delivery.failures import (
    Migrated,
    RetryLater,
    TokenRevoked,
    TopicGone,
    TryAgain,
    Unreachable,
    Verdict,
    classify,
)
from bot.delivery.line import Line
from bot.delivery.messenger import Messenger, Outcome
from bot.delivery.patience import Patience
from bot.storage import threads
from bot.storage.outbox import Outgoing

_log = logging.getLogger(__name__)


class Topics:
    """Shows rows in their topics, and what has none in General: the topic None."""

    def __init__(self, messenger: Messenger, patience: Patience) -> None:
        self._messenger = messenger
        self._patience = patience

    async def show(self, out: Outgoing, line: Line) -> Outcome:
        """As `Messenger.show`. A topic that somebody deleted is made anew, once."""
        outcome = await self._show(out, line)
        if isinstance(outcome, TopicGone) and out.thread is not None:
            await self._patience.transact(threads.forget, out.chat_id, out.thread)
            outcome = await self._show(replace(out, edits=None), line)
        return Unreachable() if isinstance(outcome, TopicGone) else outcome

    async def _show(self, out: Outgoing, line: Line) -> Outcome:
        topic = await self._find(out, line)
        if topic is None or isinstance(topic, int):
            return await self._messenger.show(out, line, topic)
        return topic

    async def _find(self, out: Outgoing, line: Line) -> int | Verdict | None:
        """The topic for *out*; a verdict if it must wait, as with a message not sent.

        No topic is made for what only changes a message that is there.
        """
        if out.thread is None:
            return None
        place = await self._patience.transact(threads.place_of, out.chat_id, out.thread)
        if place.topic_id is not None or not place.has_topics or out.edits is not None:
            return place.topic_id
        return await self._make(out.chat_id, out.thread, line)

    async def _make(self, chat_id: int, thread: str, line: Line) -> int | Verdict | None:
        try:
            wanted = {"chat_id": str(chat_id), "name": thread}
            made: Any = await line.call("createForumTopic", wanted)
        except TelegramError as fault:
            verdict = classify(fault)
            if isinstance(verdict, RetryLater | TryAgain | TokenRevoked | Migrated):
                return verdict
            _log.warning(
                "group %s gets no more topics: we may not make any. Then write /here again", chat_id
            )
            await self._patience.transact(threads.give_up, chat_id)
            return None
        topic_id = int(made["message_thread_id"])
        await self._patience.transact(threads.keep, chat_id, thread, topic_id)
        return topic_id
