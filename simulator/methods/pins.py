"""pinChatMessage, unpinChatMessage."""

from simulator.access import message_in, require_right, writable_chat
from simulator.context import Call
from simulator.errors import bad_request
from simulator.records import Chat

_REFUSAL = "not enough rights to manage pinned messages in the chat"


def pin_chat_message(call: Call) -> bool:
    chat = _chat(call)
    message = message_in(chat, call.params, "pin")
    if message.is_service:
        raise bad_request("message can't be pinned")
    if message.message_id not in chat.pinned:
        chat.pinned.append(message.message_id)
        pinned = {"pinned_message": message.wire(nested=True)}
        call.world.post_service(chat, call.world.bot, pinned, topic=message.topic)
    return True


def unpin_chat_message(call: Call) -> bool:
    """Without `message_id` the newest pinned message."""
    chat = _chat(call)
    if "message_id" in call.params:
        pinned = message_in(chat, call.params, "unpin").message_id
    elif chat.pinned:
        pinned = chat.pinned[-1]
    else:
        raise bad_request("message to unpin not found")
    if pinned in chat.pinned:
        chat.pinned.remove(pinned)
    return True


def _chat(call: Call) -> Chat:
    chat = writable_chat(call.world, call.params)
    require_right(call.world, chat, "can_pin_messages", _REFUSAL)
    return chat
