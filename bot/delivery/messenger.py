"""One message on its way: rendered, sent or edited, and what the messenger said to it."""

import json
import logging
from dataclasses import dataclass, replace
from typing import TypeAlias

from telegram import Bot

from bot.delivery.calls import call
from bot.delivery.failures import EditGone, NotModified, Refused, Verdict, classify
from bot.delivery.render import Rendered, Renderer
from bot.storage.outbox import Mode, Outgoing

_log = logging.getLogger(__name__)

_DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Sent:
    """The message with this id shows it now."""

    message_id: int


Outcome: TypeAlias = Sent | Verdict


class Messenger:
    """Shows claimed rows to their chats, in the language that each of them reads now."""

    def __init__(self, bot: Bot, renderer: Renderer) -> None:
        self._bot = bot
        self._renderer = renderer

    async def show(self, out: Outgoing) -> Outcome:
        """Send or edit. Never raises; our own mistakes are logged here, with their traceback."""
        try:
            rendered = self._renderer.render(out.message, out.language or _DEFAULT_LANGUAGE)
        except Exception:  # noqa: BLE001 - no message may stop the others
            _log.exception("message %s could not be rendered", out.id)
            return Refused("not-rendered")
        outcome = await self._try(out, rendered)
        if isinstance(outcome, EditGone) and out.edits is not None and out.mode is not Mode.EDIT:
            outcome = await self._try(replace(out, edits=None), rendered)
        return outcome

    async def _try(self, out: Outgoing, rendered: Rendered) -> Outcome:
        try:
            return Sent(await self._call(out, rendered))
        except Exception as fault:  # noqa: BLE001 - no message may stop the others
            verdict = classify(fault)
            if isinstance(verdict, NotModified) and out.edits is not None:
                return Sent(out.edits)
            if isinstance(verdict, Refused):
                _log.error("message %s was refused: %s", out.id, verdict.reason, exc_info=fault)
            return verdict

    async def _call(self, out: Outgoing, rendered: Rendered) -> int:
        """The id of the message that now shows it."""
        said = {"chat_id": str(out.chat_id), "text": rendered.text, "parse_mode": "HTML"}
        if rendered.reply_markup is not None:
            said["reply_markup"] = json.dumps(rendered.reply_markup, ensure_ascii=False)
        if out.edits is None:
            sent = await call(self._bot, "sendMessage", said)
            return int(sent["message_id"])
        await call(self._bot, "editMessageText", {**said, "message_id": str(out.edits)})
        return out.edits
