"""sendMessage, sendLocation, sendChatAction."""

from telegram.constants import ChatAction

from simulator.access import topic_for, writable_chat
from simulator.context import Call
from simulator.errors import malformed
from simulator.json_types import JsonObject
from simulator.methods.content import post, text_of


def send_message(call: Call) -> JsonObject:
    return post(call, text_of(call.params)).wire()


def send_location(call: Call) -> JsonObject:
    latitude, longitude = call.params.number("latitude"), call.params.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise malformed("wrong coordinates specified")
    location: JsonObject = {"latitude": latitude, "longitude": longitude}
    return post(call, {"location": location}).wire()


def send_chat_action(call: Call) -> bool:
    """Shows "typing…" on the person's side; nothing is kept."""
    action = call.params.text("action")
    if action not in set(ChatAction):
        raise malformed("wrong parameter action in request")
    chat = writable_chat(call.world, call.params)
    topic_for(call.world, chat, call.params)
    call.world.events.publish("action", chat_id=chat.id, action=action)
    return True
