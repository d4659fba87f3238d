"""setMyCommands, getMyCommands, deleteMyCommands."""

import re

from telegram.constants import BotCommandLimit, BotCommandScopeType

from simulator.access import known_chat
from simulator.context import Call
from simulator.errors import malformed
from simulator.json_types import JsonObject
from simulator.methods.profile import language_of
from simulator.params import Params
from simulator.profile import CommandKey

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def set_my_commands(call: Call) -> bool:
    """Replaces the list for one scope and language; an empty list deletes it."""
    commands = call.params.list_of_objects("commands")
    if commands is None:
        raise malformed("can't parse commands: expected an Array of BotCommand")
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise malformed("BOT_COMMANDS_TOO_MUCH")
    cleaned = [_command(command) for command in commands]
    call.world.profile.commands[_key(call)] = cleaned
    return True


def get_my_commands(call: Call) -> list[JsonObject]:
    return call.world.profile.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> bool:
    call.world.profile.commands.pop(_key(call), None)
    return True


def _command(given: JsonObject) -> JsonObject:
    name = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not _COMMAND.fullmatch(name):
        raise malformed("BOT_COMMAND_INVALID")
    if not description:
        raise malformed("command description must be non-empty")
    if len(description) > BotCommandLimit.MAX_DESCRIPTION:
        raise malformed("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _key(call: Call) -> CommandKey:
    scope = call.params.object("scope") or {"type": BotCommandScopeType.DEFAULT}
    kind = str(scope.get("type", ""))
    if kind not in set(BotCommandScopeType):
        raise malformed("can't parse BotCommandScope: Unsupported type specified")
    chat = known_chat(call.world, Params(scope)).id if kind in _CHAT_SCOPES else 0
    user = int(scope.get("user_id", 0)) if kind == "chat_member" else 0
    return kind, chat, user, language_of(call)
