"""What the sending and editing methods share: text and caption of a request, and posting."""

from telegram.constants import MessageLimit

from simulator.access import replied_message, topic_for, writable_chat
from simulator.context import Call
from simulator.errors import malformed
from simulator.formatting import Formatted, formatted, utf16_length
from simulator.json_types import JsonObject
from simulator.markup import read_markup
from simulator.params import Params
from simulator.records import Message


def text_of(params: Params) -> JsonObject:
    """`text` and `entities` as stored. Raises ApiError if empty, too long or wrongly marked up."""
    given = params.text("text")
    if not given:
        raise malformed("message text is empty")
    result = _formatted(params, given, "entities")
    if not result.text:
        raise malformed("text must be non-empty")
    if utf16_length(result.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise malformed("message is too long")
    content: JsonObject = {"text": result.text}
    if result.entities:
        content["entities"] = result.entities
    if preview := params.object("link_preview_options"):
        content["link_preview_options"] = preview
    return content


def caption_of(params: Params) -> JsonObject:
    """`caption` and `caption_entities` as stored; nothing for an empty caption."""
    result = _formatted(params, params.text("caption"), "caption_entities")
    if not result.text:
        return {}
    if utf16_length(result.text) > MessageLimit.CAPTION_LENGTH:
        raise malformed("message caption is too long")
    content: JsonObject = {"caption": result.text}
    if result.entities:
        content["caption_entities"] = result.entities
    return content


def _formatted(params: Params, text: str, entities: str) -> Formatted:
    given = params.list_of_objects(entities)
    result = formatted(text, params.text("parse_mode"), given)
    if len(given or []) > MessageLimit.MESSAGE_ENTITIES:
        raise malformed("too many entities")
    return result


def post(call: Call, content: JsonObject, *, forward_origin: JsonObject | None = None) -> Message:
    """Posts as the bot to the chat the request names; an answer goes to the topic it answers in."""
    chat = writable_chat(call.world, call.params)
    replied = replied_message(chat, call.params)
    topic = topic_for(call.world, chat, call.params) or (replied and replied.topic)
    markup = read_markup(call.params)
    return call.world.post(
        chat,
        call.world.bot,
        content,
        topic=topic,
        reply_to=replied,
        inline_keyboard=markup.inline_keyboard,
        reply_keyboard=markup.reply_keyboard,
        forward_origin=forward_origin,
        protected=call.params.flag("protect_content"),
        silent=call.params.flag("disable_notification"),
    )
