"""Real answers of the Bot API, read by PTB itself, so that an update of PTB that reads them
otherwise is noticed."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest

from bot.delivery.failures import (
    EditGone,
    HasNoText,
    MediaRefused,
    Migrated,
    NotModified,
    QueryTooOld,
    Refused,
    RetryLater,
    TokenRevoked,
    TopicGone,
    TryAgain,
    Unreachable,
    Verdict,
    classify,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after.*")  # PTB's announcement of timedelta


class Answering(BaseRequest):
    """A Bot API that gives one answer, or raises one error, to everything."""

    def __init__(self, status: int, body: bytes, error: Exception | None = None) -> None:
        self.status, self.body, self.error = status, body, error

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        if self.error is not None:
            raise self.error
        return self.status, self.body


async def error_of(server: Answering, method: str = "send") -> TelegramError:
    bot = Bot("123:token", request=server, get_updates_request=server)
    calls = {
        "send": lambda: bot.send_message(1, "text"),
        "edit": lambda: bot.edit_message_text("text", chat_id=1, message_id=2),
        "delete": lambda: bot.delete_message(chat_id=1, message_id=2),
        "tap": lambda: bot.answer_callback_query("3"),
    }
    with pytest.raises(TelegramError) as caught:
        await calls[method]()
    return caught.value


def answer(status: int, description: str, **parameters: int) -> Answering:
    document: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        document["parameters"] = parameters
    return Answering(status, json.dumps(document).encode())


SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
UNCLOSED = "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""

DESCRIPTIONS: list[tuple[str, int, str, Verdict]] = [
    ("edit", 400, SAME, NotModified()),
    ("edit", 400, "Bad Request: message is not modified", NotModified()),
    ("edit", 400, "Bad Request: MESSAGE_NOT_MODIFIED", NotModified()),
    ("delete", 400, "Bad Request: message to delete not found", NotModified()),
    ("edit", 400, "Bad Request: message to edit not found", EditGone()),
    ("edit", 400, "Bad Request: message can't be edited", EditGone()),
    ("edit", 400, "Bad Request: MESSAGE_ID_INVALID", EditGone()),
    ("edit", 400, "Bad Request: there is no text in the message to edit", HasNoText()),
    ("send", 400, "Bad Request: wrong file identifier/HTTP URL specified", MediaRefused()),
    ("send", 400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", MediaRefused()),
    ("send", 400, "Bad Request: not enough rights to send voice notes to the chat", MediaRefused()),
    ("send", 400, "Bad Request: message thread not found", TopicGone()),
    ("send", 400, "Bad Request: TOPIC_CLOSED", TopicGone()),
    ("tap", 400, TOO_OLD, QueryTooOld()),
    ("tap", 400, "Bad Request: QUERY_ID_INVALID", QueryTooOld()),
    ("send", 403, "Forbidden: bot was blocked by the user", Unreachable()),
    ("send", 403, "Forbidden: user is deactivated", Unreachable()),
    ("send", 403, "Forbidden: bot can't initiate conversation with a user", Unreachable()),
    ("send", 403, "Forbidden: bot can't send messages to bots", Unreachable()),
    ("send", 403, "Forbidden: bot was kicked from the group chat", Unreachable()),
    ("send", 403, "Forbidden: bot was kicked from the supergroup chat", Unreachable()),
    ("send", 403, "Forbidden: bot is not a member of the supergroup chat", Unreachable()),
    ("send", 403, "Forbidden: the group chat was deleted", Unreachable()),
    ("send", 400, "Bad Request: chat not found", Unreachable()),
    ("send", 400, "[Error]: Bad Request: user not found", Unreachable()),
    ("send", 400, "Bad Request: PEER_ID_INVALID", Unreachable()),
    ("send", 400, "Bad Request: group chat was upgraded to a supergroup chat", Unreachable()),
    ("send", 400, "Bad Request: have no rights to send a message", Unreachable()),
    (
        "send",
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        Unreachable(),
    ),
    ("send", 400, "Bad Request: CHAT_WRITE_FORBIDDEN", Unreachable()),
    ("send", 400, "Bad Request: CHAT_RESTRICTED", Unreachable()),
    ("send", 400, "Bad Request: CHANNEL_PRIVATE", Unreachable()),
    ("send", 401, "Unauthorized", TokenRevoked()),
    ("send", 404, "Not Found", TokenRevoked()),
    ("send", 400, "Bad Request: message is too long", Refused("too-long")),
    ("edit", 400, "Bad Request: MESSAGE_TOO_LONG", Refused("too-long")),
    ("send", 413, "Request Entity Too Large", Refused("too-large")),
    ("send", 400, "Bad Request: message text is empty", Refused("empty")),
    ("send", 400, UNCLOSED, Refused("markup")),
    ("send", 400, "Bad Request: BUTTON_DATA_INVALID", Refused("buttons")),
    ("send", 400, "Bad Request: reply markup is too long", Refused("buttons")),
    ("send", 400, "Bad Request: chat_id is empty", Refused("bad-request")),
    ("send", 400, "Bad Request: words nobody has seen before", Refused("bad-request")),
    ("send", 409, "Conflict: terminated by other getUpdates request", TryAgain()),
    ("send", 500, "Internal Server Error", TryAgain()),
    ("send", 500, "Internal Server Error: restart", TryAgain()),
    ("send", 502, "Bad Gateway", TryAgain()),
    ("send", 504, "Gateway Timeout", TryAgain()),
    ("send", 429, "Too Many Requests: retry after 9", RetryLater(9)),
    ("send", 429, "Too Many Requests", RetryLater(1)),
]


@pytest.mark.parametrize(("method", "status", "description", "verdict"), DESCRIPTIONS)
async def test_descriptions(method: str, status: int, description: str, verdict: Verdict) -> None:
    assert classify(await error_of(answer(status, description), method)) == verdict


@pytest.mark.parametrize("as_timedelta", ["0", "1"])
async def test_flood_control_says_how_long(
    as_timedelta: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    error = await error_of(answer(429, "Too Many Requests: retry after 35", retry_after=35))
    assert isinstance(error, RetryAfter)
    assert isinstance(error.retry_after, timedelta) == (as_timedelta == "1")
    assert classify(error) == RetryLater(35.0)


async def test_a_group_that_became_a_supergroup() -> None:
    error = await error_of(
        answer(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=-1001234567890,
        )
    )
    assert classify(error) == Migrated(-1001234567890)


@pytest.mark.logs_errors  # PTB logs the page it could not parse
@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 407, 502, 503, 511])
async def test_a_proxy_that_answers_with_a_page_blocks_nobody(status: int) -> None:
    """A captive portal's 403 must not make people unreachable, nor its 404 stop the bot."""
    error = await error_of(Answering(status, b"<html>Please log in to the town hall's WLAN</html>"))
    assert classify(error) == TryAgain()


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("ClientConnectorError: refused")])
async def test_network_errors_of_our_client(error: Exception) -> None:
    assert classify(await error_of(Answering(200, b"", error))) == TryAgain()


async def test_a_mistake_in_our_client_is_not_tried_for_ever() -> None:
    error = await error_of(Answering(200, b"", TypeError("a bug")))
    assert classify(error) == Refused("http-client")


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (TimeoutError(), TryAgain()),
        (ConnectionResetError(), TryAgain()),
        (asyncio.CancelledError(), TryAgain()),
        (KeyboardInterrupt(), TryAgain()),
        (ValueError("a bug"), Refused("internal")),
        (TelegramError("Answer longer than 5 bytes"), Refused("unexpected-answer")),
    ],
)
def test_errors_without_an_answer(error: BaseException, verdict: Verdict) -> None:
    assert classify(error) == verdict
