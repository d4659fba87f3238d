"""getMe, set/getMyName, …Description, …ShortDescription, set/getChatMenuButton."""

import re

from telegram.constants import BotDescriptionLimit, BotNameLimit, MenuButtonType

from simulator.access import known_chat
from simulator.context import Call
from simulator.errors import malformed
from simulator.json_types import JsonObject

_LANGUAGE = re.compile(r"[a-z]{2}")
_CAN = (
    "can_read_all_group_messages",
    "supports_inline_queries",
    "can_connect_to_business",
    "has_main_web_app",
    "has_topics_enabled",
    "allows_users_to_create_topics",
)


def get_me(call: Call) -> JsonObject:
    return {**call.world.bot.wire(), "can_join_groups": True, **dict.fromkeys(_CAN, False)}


def language_of(call: Call) -> str:
    """`language_code`: empty or a two-letter code, nothing longer."""
    language = call.params.text("language_code")
    if language and not _LANGUAGE.fullmatch(language):
        raise malformed("invalid language code specified")
    return language


def set_my_name(call: Call) -> bool:
    return _set(call, "name", call.world.profile.names, BotNameLimit.MAX_NAME_LENGTH)


def get_my_name(call: Call) -> JsonObject:
    return _get(call, "name", {"": call.world.bot.first_name, **call.world.profile.names})


def set_my_description(call: Call) -> bool:
    longest = BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    return _set(call, "description", call.world.profile.descriptions, longest)


def get_my_description(call: Call) -> JsonObject:
    return _get(call, "description", call.world.profile.descriptions)


def set_my_short_description(call: Call) -> bool:
    longest = BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    return _set(call, "short_description", call.world.profile.short_descriptions, longest)


def get_my_short_description(call: Call) -> JsonObject:
    return _get(call, "short_description", call.world.profile.short_descriptions)


def set_chat_menu_button(call: Call) -> bool:
    button = call.params.object("menu_button") or {"type": MenuButtonType.DEFAULT}
    if button.get("type") not in set(MenuButtonType):
        raise malformed("can't parse menu button: Unsupported type specified")
    call.world.profile.menu_buttons[_menu_chat(call)] = button
    return True


def get_chat_menu_button(call: Call) -> JsonObject:
    buttons = call.world.profile.menu_buttons
    fallback = buttons.get(0, {"type": MenuButtonType.COMMANDS})
    return buttons.get(_menu_chat(call), fallback)


def _menu_chat(call: Call) -> int:
    return known_chat(call.world, call.params).id if "chat_id" in call.params else 0


def _set(call: Call, field: str, texts: dict[str, str], longest: int) -> bool:
    text, language = call.params.text(field), language_of(call)
    if len(text) > longest:
        raise malformed(f"BOT_{field.upper()}_TOO_LONG")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    return True


def _get(call: Call, field: str, texts: dict[str, str]) -> JsonObject:
    return {field: texts.get(language_of(call), texts.get("", ""))}
