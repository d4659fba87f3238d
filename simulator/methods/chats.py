"""getChat, getChatMember, getChatAdministrators, leaveChat."""

from dataclasses import replace

from simulator.access import member_chat
from simulator.context import Call
from simulator.errors import bad_request, malformed
from simulator.json_types import JsonObject
from simulator.records import MEMBER_PERMISSIONS, Member

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(call: Call) -> JsonObject:
    chat = member_chat(call.world, call.params)
    full: JsonObject = {
        **chat.wire(),
        "accent_color_id": 2,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.is_group:
        full["permissions"] = dict.fromkeys(MEMBER_PERMISSIONS, True)
    if chat.pinned and (message := chat.message(chat.pinned[-1])) is not None:
        full["pinned_message"] = message.wire(nested=True)
    return full


def get_chat_member(call: Call) -> JsonObject:
    chat = member_chat(call.world, call.params)
    account = call.world.accounts.get(call.params.integer("user_id"))
    if account is None:
        raise malformed("invalid user_id specified")
    if not chat.is_group:
        inside = account is chat.person or account is call.world.bot
        return Member(account, "member" if inside else "left").wire()
    return chat.members.get(account.id, Member(account, "left")).wire()


def get_chat_administrators(call: Call) -> list[JsonObject]:
    """People first to last as promoted; of bots only this one is listed."""
    chat = member_chat(call.world, call.params)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    return [member.wire() for member in chat.members.values() if member.is_admin]


def leave_chat(call: Call) -> bool:
    chat = member_chat(call.world, call.params)
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    member = call.world.bot_member(chat)
    old = replace(member)
    member.status, member.rights = "left", frozenset()
    call.world.post_service(chat, call.world.bot, {"left_chat_member": call.world.bot.wire()})
    call.world.tell_of_member(chat, call.world.bot, old, member)
    return True
