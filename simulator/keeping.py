"""The world as JSON, and back: so that a demo can go on after a restart.

Ids of people, groups, messages, files and updates stay; taps that wait for an answer don't.
"""

from dataclasses import asdict, fields
from typing import Any, Final

from simulator.files import StoredFile
from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.records import Account, Chat, Member, Message, Topic
from simulator.server import BotApiServer

#: After an unclean end the bot may know numbers that were given and not written down: skip some.
_SKIP: Final = 1000
_PLAIN: Final = ("username", "started", "blocked", "is_forum", "migrated_to", "removed", "pinned")
_OF_MESSAGE: Final = (
    "message_id",
    "date",
    "content",
    "inline_keyboard",
    "reply_keyboard",
    "forward_origin",
    "media_group_id",
    "is_service",
    "protected",
    "silent",
    "edit_date",
    "deleted",
)
_OF_FILE: Final = tuple(one.name for one in fields(StoredFile) if one.name != "data")


def dump(server: BotApiServer) -> JsonObject:
    """Everything but the bytes of files."""
    world, profile = server.world, server.world.profile
    return {
        "accounts": [asdict(one) for one in world.accounts.values()],
        "chats": [_chat(one) for one in world.chats.values()],
        "groups": [one.chat.id for one in server.groups],
        "used_keyboards": {
            chat_id: used
            for chat_id in world.accounts
            if chat_id in world.chats and (used := server.used_keyboards(chat_id))
        },
        "files": [{name: getattr(one, name) for name in _OF_FILE} for one in world.files.all()],
        "profile": {
            "names": profile.names,
            "descriptions": profile.descriptions,
            "short_descriptions": profile.short_descriptions,
            "commands": [[*key, each] for key, each in profile.commands.items()],
            "menu_buttons": list(profile.menu_buttons.items()),
        },
        "updates": server.updates.dump(),
    }


def load(server: BotApiServer, stored: JsonObject, data_of: Any, *, clean: bool) -> None:
    """Into a fresh server. `data_of(path)`: the bytes of a file. `clean`: written at the end."""
    world, profile = server.world, server.world.profile
    accounts = [Account(**each) for each in stored["accounts"]]
    # The bot keeps its identity: it is compared by `is` everywhere.
    world.accounts.update({one.id: one for one in accounts if not one.is_bot})
    for each in stored["chats"]:
        chat = _read_chat(server, each)
        chat.last_message_id += 0 if clean else _SKIP
        world.chats[chat.id] = chat
    server.groups[:] = [Group(world, world.chats[chat_id]) for chat_id in stored["groups"]]
    for chat_id, used in stored["used_keyboards"].items():
        server.use_keyboards(int(chat_id), used)
    for each in stored["files"]:
        world.files.restore(StoredFile(**each, data=data_of(each["path"])))
    told = stored["profile"]
    profile.names.update(told["names"])
    profile.descriptions.update(told["descriptions"])
    profile.short_descriptions.update(told["short_descriptions"])
    for scope, chat_id, user_id, language, commands in told["commands"]:
        profile.commands[scope, chat_id, user_id, language] = commands
    profile.menu_buttons.update({int(chat_id): each for chat_id, each in told["menu_buttons"]})
    server.updates.load(stored["updates"], skip=0 if clean else _SKIP)
    world.continue_numbers()


def _chat(chat: Chat) -> JsonObject:
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "person": None if chat.person is None else chat.person.id,
        "last_message_id": chat.last_message_id,
        **{name: getattr(chat, name) for name in _PLAIN},
        "members": [
            [one.account.id, one.status, sorted(one.rights)] for one in chat.members.values()
        ],
        "topics": [asdict(one) for one in chat.topics.values()],
        "messages": [_message(one) for one in chat.messages.values()],
    }


def _message(one: Message) -> JsonObject:
    return {
        **{name: getattr(one, name) for name in _OF_MESSAGE},
        "sender": one.sender.id,
        "topic": one.topic.thread_id if one.topic else None,
        "reply_to": one.reply_to.message_id if one.reply_to else None,
        "reactions": list(one.reactions.items()),
    }


def _read_chat(server: BotApiServer, stored: JsonObject) -> Chat:
    accounts = server.world.accounts
    person = stored["person"]
    chat = Chat(
        stored["id"],
        stored["kind"],
        title=stored["title"],
        person=None if person is None else accounts[person],
        last_message_id=stored["last_message_id"],
        **{name: stored[name] for name in _PLAIN},
    )
    for account_id, status, rights in stored["members"]:
        chat.members[account_id] = Member(accounts[account_id], status, frozenset(rights))
    for each in stored["topics"]:
        chat.topics[each["thread_id"]] = Topic(**each)
    for each in stored["messages"]:
        chat.messages[each["message_id"]] = _read_message(chat, accounts, each)
    return chat


def _read_message(chat: Chat, accounts: dict[int, Account], stored: JsonObject) -> Message:
    """What it replies to is older, so it is there already."""
    return Message(
        chat=chat,
        sender=accounts[stored["sender"]],
        topic=chat.topics.get(stored["topic"]),
        reply_to=chat.messages.get(stored["reply_to"]),
        reactions=dict(stored["reactions"]),
        **{name: stored[name] for name in _OF_MESSAGE},
    )
