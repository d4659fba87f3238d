"""Whether both client libraries read what the simulator says, with no field unknown to them."""

from collections.abc import Sequence
from typing import Any

import aiogram.methods
import aiogram.types
import telegram
from pydantic import TypeAdapter

from simulator.check import strays
from simulator.journal import Entry
from simulator.json_types import JsonObject

# What the answers of the methods that give objects are in python-telegram-bot.
_OBJECTS: dict[str, type[telegram.TelegramObject]] = {
    "User": telegram.User,
    "Message": telegram.Message,
    "MessageId": telegram.MessageId,
    "File": telegram.File,
    "ForumTopic": telegram.ForumTopic,
    "WebhookInfo": telegram.WebhookInfo,
    "ChatFullInfo": telegram.ChatFullInfo,
    "Update": telegram.Update,
    "BotName": telegram.BotName,
    "BotDescription": telegram.BotDescription,
    "BotShortDescription": telegram.BotShortDescription,
}
# Fields the real server sends that python-telegram-bot 22.8 (Bot API 10.0) does not know.
_NEWER_THAN_PTB = {"can_send_welcome_messages"}


def assert_readable(updates: Sequence[JsonObject], entries: Sequence[Entry]) -> None:
    """Every update and every successful answer, in aiogram and in python-telegram-bot."""
    for update in updates:
        read = aiogram.types.Update.model_validate(update)
        assert not list(strays(read, "")), update
        assert_known_to_ptb(telegram.Update.de_json(update, None))
    for entry in entries:
        if entry.answer is not None and entry.answer["ok"]:
            assert_result(entry.method, entry.answer["result"])


def assert_result(method: str, result: Any) -> None:
    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    read: Any = TypeAdapter(model.__returning__).validate_python(result)
    assert not list(strays(read, "")), result
    kind = _OBJECTS.get(type(read).__name__)
    if kind is not None:
        read_too = kind.de_json(result, None)
        assert read_too is not None
        assert_known_to_ptb(read_too)


def assert_known_to_ptb(read: Any) -> None:
    """python-telegram-bot keeps fields it does not know in `api_kwargs`."""
    if isinstance(read, list | tuple):
        for item in read:
            assert_known_to_ptb(item)
    elif isinstance(read, telegram.TelegramObject):
        assert not read.api_kwargs.keys() - _NEWER_THAN_PTB, read
        for slot in {
            slot for kind in type(read).__mro__ for slot in getattr(kind, "__slots__", ())
        }:
            assert_known_to_ptb(getattr(read, slot, None))
