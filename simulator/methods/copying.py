"""copyMessage, forwardMessage."""

from simulator.access import member_chat, message_in
from simulator.context import Call
from simulator.errors import bad_request
from simulator.json_types import JsonObject
from simulator.methods.content import caption_of, post
from simulator.records import Message, origin_of

_CAPTION = ("caption", "caption_entities")


def copy_message(call: Call) -> JsonObject:
    """The content without a link to its author; a caption given replaces the old one."""
    message = _source(call, "copy")
    content = message.content
    if "caption" in call.params and "text" not in content:
        kept = {name: value for name, value in content.items() if name not in _CAPTION}
        content = {**kept, **caption_of(call.params)}
    return {"message_id": post(call, dict(content)).message_id}


def forward_message(call: Call) -> JsonObject:
    message = _source(call, "forward")
    origin = message.forward_origin or origin_of(message.sender, message.date)
    return post(call, dict(message.content), forward_origin=origin).wire()


def _source(call: Call, deed: str) -> Message:
    done = {"copy": "copied", "forward": "forwarded"}[deed]
    chat = member_chat(call.world, call.params, "from_chat_id")
    message = message_in(chat, call.params, deed)
    if message.is_service or message.protected:
        raise bad_request(f"message can't be {done}")
    return message
