"""deleteMessage, deleteMessages."""

from typing import Any, cast

from telegram.constants import BulkRequestLimit

from simulator.access import member_chat, message_in
from simulator.context import Call
from simulator.errors import ApiError, bad_request, malformed
from simulator.records import Message

DELETABLE_SECONDS = 48 * 3600


def delete_message(call: Call) -> bool:
    chat = member_chat(call.world, call.params)
    message = message_in(chat, call.params, "delete")
    _check_deletable(call, message)
    call.world.delete([message])
    return True


def delete_messages(call: Call) -> bool:
    """Unlike deleteMessage it passes over what is already gone."""
    chat = member_chat(call.world, call.params)
    ids = cast("list[Any] | None", call.params.document("message_ids"))
    if not isinstance(ids, list) or not ids or not all(isinstance(one, int) for one in ids):
        raise malformed("message identifiers are not specified")
    if len(ids) > BulkRequestLimit.MAX_LIMIT:
        raise malformed("too many messages to delete")
    found = [message for one in ids if (message := chat.message(one)) is not None]
    for message in found:
        _check_deletable(call, message)
    call.world.delete(found)
    return True


def _check_deletable(call: Call, message: Message) -> None:
    if problem := _why_not_deletable(call, message):
        raise problem


def _why_not_deletable(call: Call, message: Message) -> ApiError | None:
    """Own messages and everything in a private chat for 48 hours; administrators anything."""
    chat = message.chat
    if chat.is_group and call.world.bot_member(chat).may("can_delete_messages"):
        return None
    if chat.is_group and message.sender is not call.world.bot:
        return bad_request("message can't be deleted")
    if call.world.now() - message.date > DELETABLE_SECONDS:
        return bad_request("message can't be deleted for everyone")
    return None
