"""createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic, deleteForumTopic."""

from telegram.constants import ForumIconColor, ForumTopicLimit

from simulator.access import require_right, writable_chat
from simulator.context import Call
from simulator.errors import bad_request, malformed
from simulator.json_types import JsonObject
from simulator.records import Chat, Topic


def create_forum_topic(call: Call) -> JsonObject:
    chat = _forum(call, "can_manage_topics", "not enough rights to create a topic")
    color = call.params.integer("icon_color", ForumIconColor.BLUE)
    if color not in set(ForumIconColor):
        raise malformed("TOPIC_ICON_COLOR_INVALID")
    topic = Topic(chat.last_message_id + 1, _name(call), color)
    topic.icon_custom_emoji_id = call.params.text("icon_custom_emoji_id") or None
    chat.topics[topic.thread_id] = topic
    created = {"forum_topic_created": topic.created_wire()}
    call.world.post_service(chat, call.world.bot, created, topic=topic)
    return topic.wire()


def edit_forum_topic(call: Call) -> bool:
    chat = _forum(call, "can_manage_topics", "not enough rights to edit the topic")
    topic = _topic(call, chat)
    changes: JsonObject = {}
    if "name" in call.params and (name := _name(call)) != topic.name:
        changes["name"] = topic.name = name
    if "icon_custom_emoji_id" in call.params:
        icon = call.params.text("icon_custom_emoji_id")
        if icon != (topic.icon_custom_emoji_id or ""):
            changes["icon_custom_emoji_id"] = icon
            topic.icon_custom_emoji_id = icon or None
    if not changes:
        raise bad_request("TOPIC_NOT_MODIFIED")
    call.world.post_service(chat, call.world.bot, {"forum_topic_edited": changes}, topic=topic)
    return True


def close_forum_topic(call: Call) -> bool:
    return _set_closed(call, closed=True)


def reopen_forum_topic(call: Call) -> bool:
    return _set_closed(call, closed=False)


def delete_forum_topic(call: Call) -> bool:
    """The topic and all its messages."""
    chat = _forum(call, "can_delete_messages", "not enough rights to delete the topic")
    topic = _topic(call, chat)
    del chat.topics[topic.thread_id]
    call.world.delete([one for one in chat.messages.values() if one.topic is topic])
    return True


def _set_closed(call: Call, *, closed: bool) -> bool:
    chat = _forum(call, "can_manage_topics", "not enough rights to close or reopen the topic")
    topic = _topic(call, chat)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    call.world.post_service(chat, call.world.bot, {event: {}}, topic=topic)
    return True


def _forum(call: Call, right: str, refusal: str) -> Chat:
    chat = writable_chat(call.world, call.params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    require_right(call.world, chat, right, refusal)
    return chat


def _topic(call: Call, chat: Chat) -> Topic:
    topic = chat.topics.get(call.params.integer("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return topic


def _name(call: Call) -> str:
    name = call.params.text("name").strip()
    if not ForumTopicLimit.MIN_NAME_LENGTH <= len(name) <= ForumTopicLimit.MAX_NAME_LENGTH:
        raise malformed("TOPIC_TITLE_INVALID" if name else "TOPIC_TITLE_EMPTY")
    return name
