"""What a failed Bot API call means for the message that was to be sent.

Telegram documents error codes as subject to change and descriptions not at all
(https://core.telegram.org/bots/api#making-requests). The texts here are those its server sends
(``Client.cpp`` in https://github.com/tdlib/telegram-bot-api) or that people reported
(https://github.com/TelegramBotAPI/errors, https://github.com/vrumger/telegram-errors). An unknown
text never passes for a known one: it is ``Refused``.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)


@dataclass(frozen=True, slots=True)
class RetryLater:
    """429: nothing to this chat for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Network, proxy or Telegram's servers: the message is fine, and may even have arrived."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat takes nothing from this bot: blocked, deleted, kicked, muted, never started."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group became a supergroup with another id."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class NotModified:
    """What the call wanted is already so: as good as sent."""


@dataclass(frozen=True, slots=True)
class EditGone:
    """The message to edit is gone or cannot be edited: send a new one."""


@dataclass(frozen=True, slots=True)
class HasNoText:
    """The message to edit is a picture or a voice note: its caption can be edited, or nothing."""


@dataclass(frozen=True, slots=True)
class MediaRefused:
    """The file can't be had any more, or the chat takes none of its kind: send the words alone."""


@dataclass(frozen=True, slots=True)
class SourceGone:
    """The message to copy is no longer there, or may not be copied."""


@dataclass(frozen=True, slots=True)
class TopicGone:
    """Somebody deleted or closed the topic this was for."""


@dataclass(frozen=True, slots=True)
class QueryTooOld:
    """The tap was answered too late; harmless."""


@dataclass(frozen=True, slots=True)
class TokenRevoked:
    """Telegram does not know the token (401), or does not take it for one (404)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this message: a mistake of ours.

    *reason* is a short code for the log and holds nothing of what people wrote.
    """

    reason: str


Verdict: TypeAlias = (
    RetryLater
    | TryAgain
    | Unreachable
    | Migrated
    | NotModified
    | EditGone
    | HasNoText
    | MediaRefused
    | SourceGone
    | TopicGone
    | QueryTooOld
    | TokenRevoked
    | Refused
)

# Beginnings of descriptions in lower case, without "Bad Request: ", which PTB cuts off. Those with
# underscores are codes of Telegram's inner servers that the Bot API server has no words for.
_BAD_REQUESTS: Final[tuple[tuple[str, Verdict], ...]] = (
    ("message is not modified", NotModified()),
    ("message_not_modified", NotModified()),
    ("message to delete not found", NotModified()),
    ("message can't be deleted", NotModified()),  # older than two days: it stays
    ("message to edit not found", EditGone()),
    ("message can't be edited", EditGone()),
    ("message_id_invalid", EditGone()),
    ("message_edit_time_expired", EditGone()),
    ("there is no text in the message to edit", HasNoText()),
    ("message to copy not found", SourceGone()),
    ("message can't be copied", SourceGone()),
    ("wrong file identifier", MediaRefused()),
    ("wrong remote file", MediaRefused()),
    ("invalid remote file", MediaRefused()),
    ("type of file mismatch", MediaRefused()),
    ("file_reference_", MediaRefused()),
    ("file_id_invalid", MediaRefused()),
    ("voice_messages_forbidden", MediaRefused()),
    ("not enough rights to send voice", MediaRefused()),
    ("not enough rights to send photo", MediaRefused()),
    ("chat_send_voices_forbidden", MediaRefused()),
    ("chat_send_photos_forbidden", MediaRefused()),
    ("message thread not found", TopicGone()),
    ("topic_closed", TopicGone()),
    ("topic_deleted", TopicGone()),
    ("query is too old", QueryTooOld()),
    ("query_id_invalid", QueryTooOld()),
    ("chat not found", Unreachable()),
    ("user not found", Unreachable()),
    ("user_is_blocked", Unreachable()),
    ("input_user_deactivated", Unreachable()),
    ("peer_id_invalid", Unreachable()),
    ("group chat was upgraded", Unreachable()),  # with the new id it would be ChatMigrated
    ("group chat was deactivated", Unreachable()),
    ("the group chat was deleted", Unreachable()),
    ("not enough rights to send", Unreachable()),
    ("have no rights to send", Unreachable()),
    ("need administrator rights", Unreachable()),
    ("chat_write_forbidden", Unreachable()),
    ("chat_restricted", Unreachable()),
    ("chat_send_plain_forbidden", Unreachable()),
    ("chat_admin_required", Unreachable()),
    ("channel_private", Unreachable()),
    ("message is too long", Refused("too-long")),
    ("message_too_long", Refused("too-long")),
    ("message text is empty", Refused("empty")),
    ("text must be non-empty", Refused("empty")),
    ("can't parse entities", Refused("markup")),
    ("entities_too_long", Refused("markup")),
    ("reply markup is too long", Refused("buttons")),
    ("button_", Refused("buttons")),
    ("inline keyboard button", Refused("buttons")),
    ("can't parse inline keyboard", Refused("buttons")),
    ("can't parse reply keyboard", Refused("buttons")),
    ("can't parse keyboard", Refused("buttons")),
)

_RETRY_AFTER: Final = re.compile(r"too many requests(?:: retry after (\d+))?")


def classify(error: BaseException) -> Verdict:
    """Say what *error*, raised by a method of ``telegram.Bot``, means for the message.

    Anything but an error of Telegram, the network or the system is a mistake of ours: ``Refused``.
    A cancelled task or a process that ends says nothing about the message: ``TryAgain``.
    """
    if isinstance(error, TelegramError):
        return _telegram(error)
    if isinstance(error, OSError) or not isinstance(error, Exception):
        return TryAgain()
    return Refused("internal")


def _telegram(error: TelegramError) -> Verdict:
    """``BadRequest`` must come before ``NetworkError``, its base class in PTB."""
    match error:
        case RetryAfter():
            return RetryLater(_seconds(error.retry_after))
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case _ if _not_from_telegram(error):
            return TryAgain()
        case BadRequest():
            return _bad_request(error.message.lower())
        case NetworkError():
            return _network(error.message.lower())
        case Forbidden():
            return Unreachable()
        case InvalidToken():
            return TokenRevoked()
        case Conflict():
            return TryAgain()  # somebody else receives with our token; sending is not affected
        case _:
            return Refused("unexpected-answer")


def _not_from_telegram(error: TelegramError) -> bool:
    """True if the answer was no JSON, so a proxy or a captive portal spoke.

    Its 403 is nobody who blocked the bot, and its 404 no revoked token. PTB raises the failed
    parsing, or keeps it as the cause.
    """
    spoken = error.__cause__ if isinstance(error.__cause__, TelegramError) else error
    return spoken.message == "Invalid server response"


def _bad_request(text: str) -> Verdict:
    for beginning, verdict in _BAD_REQUESTS:
        if text.startswith(beginning):
            return verdict
    return Refused("bad-request")


def _network(text: str) -> Verdict:
    """PTB makes a ``NetworkError`` of every status it has no class for, 413 and 429 included."""
    if flood := _RETRY_AFTER.match(text):  # a 429 without the machine-readable seconds
        return RetryLater(float(flood[1] or 1))
    if text.startswith("request entity too large"):  # 413
        return Refused("too-large")
    if text.startswith(
        "unknown error in http implementation"
    ):  # our client failed, not the network
        return Refused("http-client")
    return TryAgain()


def _seconds(wait: int | timedelta) -> float:
    """PTB hands out a timedelta if ``PTB_TIMEDELTA`` is set, and always will some day."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
