"""Privacy mode: which group messages a bot that is no administrator receives."""

import re
from collections.abc import Callable

from simulator.records import Account, Chat, Member, Message

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,64}(?:@(\w+))?")


def bot_sees(bot_member: Callable[[Chat], Member], message: Message) -> bool:
    """Whether the bot receives `message`, which somebody else wrote."""
    chat = message.chat
    if not chat.is_group:
        return True
    member = bot_member(chat)
    if not member.present:
        return False
    if member.is_admin or message.is_service:
        return True
    return _concerns(member.account, message)


def _concerns(bot: Account, message: Message) -> bool:
    """A command for this bot (or for any), a reply to it, or its name in the text."""
    if message.reply_to is not None and message.reply_to.sender is bot:
        return True
    text = str(message.content.get("text") or message.content.get("caption") or "")
    username = (bot.username or "").lower()
    if command := _COMMAND.match(text):
        return command.group(1) is None or command.group(1).lower() == username
    return re.search(rf"@{re.escape(username)}\b", text.lower()) is not None
