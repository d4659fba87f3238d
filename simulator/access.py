"""Where the bot may act: finding the chat, topic and message of a request, or the error for it."""

from simulator.errors import bad_request, forbidden, malformed, upgraded
from simulator.json_types import JsonObject
from simulator.params import Params
from simulator.records import Chat, Message, Topic
from simulator.world import World


def known_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat a request names. Raises ApiError when the bot has never heard of it."""
    given = params.text(name)
    if not given:
        raise malformed(f"{name} is empty")
    chat = _find(world, given)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    return chat


def _find(world: World, given: str) -> Chat | None:
    if given.startswith("@"):
        names = {chat.username.lower(): chat for chat in world.chats.values() if chat.username}
        return names.get(given[1:].lower())
    try:
        return world.chats.get(int(given))
    except ValueError:
        return None


def member_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """A chat the bot is in (or a private chat). Raises ApiError otherwise."""
    chat = known_chat(world, params, name)
    if chat.is_group:
        _require_membership(world, chat)
    return chat


def _require_membership(world: World, chat: Chat) -> None:
    what = f"{chat.kind} chat"
    if chat.removed:
        raise forbidden(f"the {what} was deleted")
    member = world.bot_member(chat)
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {what}")
    if member.status == "left":
        raise forbidden(f"bot is not a member of the {what}")


def writable_chat(world: World, params: Params) -> Chat:
    """A chat the bot may write to. Raises ApiError otherwise."""
    chat = member_chat(world, params)
    if chat.person is not None:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif world.bot_member(chat).status == "restricted":
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def require_right(world: World, chat: Chat, right: str, refusal: str) -> None:
    """The bot's administrator right in a group; private chats need none."""
    if chat.is_group and not world.bot_member(chat).may(right):
        raise bad_request(refusal)


def topic_for(world: World, chat: Chat, params: Params) -> Topic | None:
    """The topic a message shall go to. Raises ApiError if it is gone or closed."""
    thread_id = params.integer("message_thread_id")
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not world.bot_member(chat).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def replied_message(chat: Chat, params: Params) -> Message | None:
    """The message `reply_parameters` (or the older `reply_to_message_id`) names in this chat."""
    given: JsonObject = params.object("reply_parameters") or {}
    message_id = int(given.get("message_id") or params.integer("reply_to_message_id"))
    if not message_id:
        return None
    lenient = given.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    message = chat.message(message_id)
    if message is None and not lenient:
        raise bad_request("message to be replied not found")
    return message


def message_in(chat: Chat, params: Params, what: str) -> Message:
    """The message of `message_id`; `what` names the deed in the error text ("edit", "delete")."""
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise malformed("message identifier is not specified")
    message = chat.message(message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message
