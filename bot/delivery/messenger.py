"""One message on its way: rendered, sent or edited, and what the messenger said to it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.delivery import parcels
from bot.delivery.failures import (
    EditGone,
    HasNoText,
    MediaRefused,
    NotModified,
    Refused,
    Verdict,
    classify,
)
from bot.delivery.line import Line
from bot.delivery.menus import as_json
from bot.delivery.parcels import Parcel
from bot.delivery.render import Rendered, Renderer
from bot.messages import N_, Message, Text, text
from bot.storage.outbox import Mode, Outgoing
from handlers.commands import commands_for

_log = logging.getLogger(__name__)

_DEFAULT_LANGUAGE = "en"

_NO_MESSAGE = 0

_VOICE_GONE = N_("The voice message can no longer be opened.")


@dataclass(frozen=True, slots=True)
class Sent:
    """The message with this id shows it now."""

    message_id: int


Outcome: TypeAlias = Sent | Verdict


class Messenger:
    """Shows claimed rows to their chats, in the language that each of them reads now."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    async def show(self, out: Outgoing, line: Line, topic: int | None = None) -> Outcome:
        """Send (to *topic*, where there are topics) or edit, by calls on *line*.

        Never raises; our own mistakes are logged here, with their traceback.
        """
        language = out.language or _DEFAULT_LANGUAGE
        if out.message.menu:
            commands = as_json(commands_for(out.message.menu), self._renderer.wording, language)
            return await _call(out, line, [parcels.menu(commands, out.chat_id)])
        try:
            rendered = self._renderer.render(out.message, language)
            fresh = parcels.fresh(out.message, rendered, out.chat_id, topic, silent=out.silent)
        except Exception:  # noqa: BLE001 - no message may stop the others
            _log.exception("message %s could not be rendered", out.id)
            return Refused("not-rendered")
        if out.edits is not None and not parcels.has_media(out.message):
            outcome = await self._edit(out, line, rendered, out.edits)
            if not _is_to_be_sent_anew(out, outcome):
                return outcome
        outcome = await _call(out, line, fresh)
        if isinstance(outcome, MediaRefused):
            return await self.show(replace(out, message=_in_words(out.message)), line, topic)
        return outcome

    async def _edit(
        self, out: Outgoing, line: Line, rendered: Rendered, message_id: int
    ) -> Outcome:
        outcome = await _call(out, line, [parcels.edit(rendered, out.chat_id, message_id)])
        only_its_caption = isinstance(outcome, HasNoText) and out.mode is Mode.EDIT
        if only_its_caption and parcels.fits_caption(rendered):
            change = parcels.edit_caption(rendered, out.chat_id, message_id)
            outcome = await _call(out, line, [change])
        return Sent(message_id) if isinstance(outcome, NotModified) else outcome


async def _call(out: Outgoing, line: Line, calls: Sequence[Parcel]) -> Outcome:
    """The last one's message (none for a menu), or what the first that failed was answered."""
    message_id = _NO_MESSAGE
    try:
        for one in calls:
            sent = await line.call(one.method, one.parameters, one.files)
            message_id = _NO_MESSAGE if sent is True else int(sent["message_id"])
    except Exception as fault:  # noqa: BLE001 - no message may stop the others
        verdict = classify(fault)
        if isinstance(verdict, Refused):
            _log.error("message %s was refused: %s", out.id, verdict.reason, exc_info=fault)
        return verdict
    return Sent(message_id)


def _is_to_be_sent_anew(out: Outgoing, outcome: Outcome) -> bool:
    """The version before is gone, or can't be changed to this.

    What is of use only in the place of another message is sent only if that one is still there.
    """
    if isinstance(outcome, HasNoText):
        return True
    return isinstance(outcome, EditGone) and out.mode is not Mode.EDIT


def _in_words(message: Message) -> Message:
    """*message* without its picture or voice note, and with what the reader would miss."""
    missing = Text("{line}", {"line": message.qr}) if message.qr else text(_VOICE_GONE)
    return replace(message, lines=(*message.lines, missing), qr="", voice="")
