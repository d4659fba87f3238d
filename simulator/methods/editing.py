"""editMessageText, editMessageCaption, editMessageReplyMarkup."""

from simulator.access import message_in, writable_chat
from simulator.context import Call
from simulator.errors import NOT_MODIFIED, bad_request
from simulator.json_types import JsonObject
from simulator.markup import Markup, read_markup
from simulator.methods.content import caption_of, text_of
from simulator.records import Message

_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities")


def edit_message_text(call: Call) -> JsonObject:
    """Without `reply_markup` the buttons go, as with every edit."""
    content = text_of(call.params)
    markup = read_markup(call.params, inline_only=True)
    message = _editable(call)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, {**_without(message, _TEXT), **content}, markup)


def edit_message_caption(call: Call) -> JsonObject:
    content = caption_of(call.params)
    markup = read_markup(call.params, inline_only=True)
    message = _editable(call)
    if "text" in message.content or "location" in message.content:
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, {**_without(message, _CAPTION), **content}, markup)


def edit_message_reply_markup(call: Call) -> JsonObject:
    markup = read_markup(call.params, inline_only=True)
    message = _editable(call)
    return _change(call, message, message.content, markup)


def _editable(call: Call) -> Message:
    """The bot's own message; one sent with a reply keyboard can't be edited (so on Telegram)."""
    chat = writable_chat(call.world, call.params)
    message = message_in(chat, call.params, "edit")
    if message.sender is not call.world.bot or message.is_service or message.reply_keyboard:
        raise bad_request("message can't be edited")
    return message


def _without(message: Message, fields: tuple[str, ...]) -> JsonObject:
    return {name: value for name, value in message.content.items() if name not in fields}


def _change(call: Call, message: Message, content: JsonObject, markup: Markup) -> JsonObject:
    if (content, markup.inline_keyboard) == (message.content, message.inline_keyboard):
        raise bad_request(NOT_MODIFIED)
    if content != message.content:
        message.edit_date = call.world.today()
    message.content, message.inline_keyboard = content, markup.inline_keyboard
    call.world.edited(message)
    return message.wire()
