"""What the bot tells about itself: commands by scope and language, name, texts, menu button."""

from dataclasses import dataclass, field

from simulator.json_types import JsonObject

# (scope type, chat id or 0, user id or 0, language code or "")
CommandKey = tuple[str, int, int, str]


@dataclass
class Profile:
    """Texts are kept by language code; "" holds for all languages without their own."""

    names: dict[str, str] = field(default_factory=dict[str, str])
    descriptions: dict[str, str] = field(default_factory=dict[str, str])
    short_descriptions: dict[str, str] = field(default_factory=dict[str, str])
    commands: dict[CommandKey, list[JsonObject]] = field(
        default_factory=dict[CommandKey, list[JsonObject]]
    )
    # By chat id; 0 holds for all chats without their own.
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict[int, JsonObject])

    def private_menu(self, chat_id: int, language_code: str | None) -> list[JsonObject]:
        """The commands a person sees in the private chat, in Telegram's order of look-up."""
        for scope, chat in (("chat", chat_id), ("all_private_chats", 0), ("default", 0)):
            for language in dict.fromkeys((language_code or "", "")):
                if found := self.commands.get((scope, chat, 0, language)):
                    return found
        return []

    def group_menu(self, chat_id: int, language_code: str | None) -> list[JsonObject]:
        """The commands an administrator sees in a group, in Telegram's order of look-up."""
        scopes = (
            ("chat_administrators", chat_id),
            ("chat", chat_id),
            ("all_chat_administrators", 0),
            ("all_group_chats", 0),
            ("default", 0),
        )
        for scope, chat in scopes:
            for language in dict.fromkeys((language_code or "", "")):
                if found := self.commands.get((scope, chat, 0, language)):
                    return found
        return []
