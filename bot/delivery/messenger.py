"""One message on its way: rendered, sent or edited, and what the messenger said to it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from telegram.error import TelegramError

from bot.delivery import parcels
from bot.delivery.calls import Upload
from bot.delivery.failures import (
    EditGone,
    HasNoText,
    MediaRefused,
    NotModified,
    Refused,
    TryAgain,
    Verdict,
    classify,
)
from bot.delivery.line import Line
from bot.delivery.menus import as_json
from bot.delivery.parcels import Parcel
from bot.delivery.render import Rendered, Renderer
from bot.delivery.translate import Translator
from bot.documents.papers import Papers
from bot.domain.county import Recording
from bot.messages import N_, Message, Text, text
from bot.storage.errors import StorageUnavailable
from bot.storage.outbox import Mode, Outgoing
from handlers.commands import commands_for

_log = logging.getLogger(__name__)

_DEFAULT_LANGUAGE = "en"

_NO_MESSAGE = 0

_BY_MACHINE = N_("🤖 Translated by a machine: {words}")
_VOICE_GONE = N_("The voice message can no longer be opened.")
_PAPER_FAILED = N_("The document could not be made. Please try again later.")
_PHOTO_GONE = N_("The photo can no longer be opened.")


@dataclass(frozen=True, slots=True)
class Sent:
    """The message with this id shows it now."""

    message_id: int


Outcome: TypeAlias = Sent | Verdict


class Messenger:
    """Shows claimed rows to their chats, in the language that each of them reads now."""

    def __init__(
        self,
        renderer: Renderer,
        recordings: Mapping[str, Recording] | None = None,
        translator: Translator | None = None,
        papers: Papers | None = None,
    ) -> None:
        self._renderer = renderer
        self._recordings = recordings or {}
        self._translator = translator
        self._papers = papers

    async def show(self, out: Outgoing, line: Line, topic: int | None = None) -> Outcome:
        """Send (to *topic*, where there are topics) or edit, by calls on *line*.

        Never raises; our own mistakes are logged here, with their traceback.
        """
        language = out.language or _DEFAULT_LANGUAGE
        if out.message.menu:
            commands = as_json(commands_for(out.message.menu), self._renderer.wording, language)
            return await _call(out, line, [parcels.menu(commands, out.chat_id)])
        if out.message.deletes is not None:
            return await _delete(out, line)
        try:
            file = await self._paper(out, line)
        except Exception as fault:  # noqa: BLE001 - no message may stop the others
            return await self._without_paper(out, line, topic, fault)
        try:
            out = replace(out, message=await self._with_translation(out.message, language))
            rendered = self._renderer.render(out.message, language)
            fresh = parcels.fresh(
                out.message,
                rendered,
                out.chat_id,
                topic,
                recordings=self._recordings,
                file=file,
                silent=out.silent,
            )
        except (KeyError, OSError):
            if not out.message.recording:
                _log.exception("message %s could not be rendered", out.id)
                return Refused("not-rendered")
            _log.warning("message %s: recording %s is gone", out.id, out.message.recording)
            return await self.show(replace(out, message=_in_words(out.message)), line, topic)
        except Exception:  # noqa: BLE001 - no message may stop the others
            _log.exception("message %s could not be rendered", out.id)
            return Refused("not-rendered")
        if out.edits is not None and not parcels.has_media(out.message):
            outcome = await self._edit(out, line, rendered, out.edits)
            if not _is_to_be_sent_anew(out, outcome):
                return outcome
        outcome = await _call(out, line, fresh)
        if isinstance(outcome, MediaRefused) and out.message.carried is None:
            return await self.show(replace(out, message=_in_words(out.message)), line, topic)
        return outcome

    async def _paper(self, out: Outgoing, line: Line) -> Upload | None:
        """The message's document; its reader sees meanwhile that something is coming."""
        paper = out.message.paper
        if paper is None or self._papers is None:
            return None
        coming = {"chat_id": str(out.chat_id), "action": "upload_document"}
        await line.call("sendChatAction", coming)
        file = await self._papers.make(paper)
        return file.name, file.content, file.media_type

    async def _without_paper(
        self, out: Outgoing, line: Line, topic: int | None, fault: Exception
    ) -> Outcome:
        if isinstance(fault, TelegramError):
            return classify(fault)
        if isinstance(fault, StorageUnavailable):
            return TryAgain()
        _log.error("the document of message %s could not be made", out.id, exc_info=fault)
        return await self.show(replace(out, message=_in_words(out.message)), line, topic)

    async def _with_translation(self, said: Message, language: str) -> Message:
        """Somebody's words and, below them, what a machine makes of them in *language*."""
        carried = said.carried
        if self._translator is None or carried is None or not carried.words:
            return said
        translated = await self._translator.translate(carried.words, carried.language, language)
        if translated is None:
            return said
        return replace(said, lines=(*said.lines, text(_BY_MACHINE, words=translated)))

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


async def _delete(out: Outgoing, line: Line) -> Outcome:
    """Afterwards the message is gone, whoever has deleted it, or it is too old for that."""
    message_id = out.message.deletes or out.edits
    if message_id is None:
        return EditGone()
    outcome = await _call(out, line, [parcels.delete(out.chat_id, message_id)])
    return EditGone() if isinstance(outcome, Sent | NotModified) else outcome


def _is_to_be_sent_anew(out: Outgoing, outcome: Outcome) -> bool:
    """The version before is gone, or can't be changed to this.

    What is of use only in the place of another message is sent only if that one is still there.
    """
    if isinstance(outcome, HasNoText):
        return True
    return isinstance(outcome, EditGone) and out.mode is not Mode.EDIT


def _in_words(message: Message) -> Message:
    """*message* without its picture, map or voice note, and with what the reader would miss."""
    if message.location is not None:
        return replace(message, location=None)
    if message.paper is not None:
        missing = text(_PAPER_FAILED)
    elif message.qr:
        missing = Text("{line}", {"line": message.qr})
    else:
        missing = text(_PHOTO_GONE if message.photo else _VOICE_GONE)
    lines = (*message.lines, missing)
    return replace(
        message, lines=lines, qr="", voice="", photo="", recording="", event=None, paper=None
    )
