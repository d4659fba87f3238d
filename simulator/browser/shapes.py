"""Chats and messages as the page gets them."""

from typing import Any, Final

from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.phones import Phone
from simulator.records import Account, Chat, Message
from simulator.views import seen

_MEDIA: Final = {"voice": "🎤", "photo": "📷", "document": "📄", "location": "📍", "contact": "👤"}
_LINE: Final = 120


def message(one: Message, bot: Account, url_of: Any) -> JsonObject:
    """`url_of(file_id)`: path, name, type and size of a file."""
    what = seen(one)
    content = one.content
    return {
        "id": one.message_id,
        "chat_id": one.chat.id,
        "date": one.date,
        "edited": one.edit_date,
        "from": {"id": one.sender.id, "name": one.sender.full_name, "bot": one.sender.is_bot},
        "own": not one.chat.is_group and one.sender is one.chat.person,
        "kind": what.kind,
        "text": what.text,
        "entities": list(what.entities),
        "buttons": [[_button(each, bot) for each in row] for row in one.inline_keyboard or []],
        "reply_to": _quote(one.reply_to),
        "forwarded_from": _origin(one.forward_origin),
        "topic": one.topic.thread_id if one.topic else None,
        "reactions": _reactions(one),
        "file": _file(content, url_of),
        "location": content.get("location"),
        "contact": content.get("contact"),
        "sticker": content["sticker"].get("emoji") if "sticker" in content else None,
        "album": one.media_group_id,
        "service": _service(one) if one.is_service else None,
        "protected": one.protected,
        "silent": one.silent,
        "notice": _notice(one, bot),
    }


def action_of(button: JsonObject, bot: Account) -> str:
    """What a tap does: callback, start (a link to the bot itself), url or copy."""
    if "url" in button:
        own = str(button["url"]).startswith(f"https://t.me/{bot.username}?start=")
        return "start" if own else "url"
    return "copy" if "copy_text" in button else "callback"


def _button(button: JsonObject, bot: Account) -> JsonObject:
    return {"text": button["text"], "does": action_of(button, bot), "url": button.get("url")}


def _quote(replied: Message | None) -> JsonObject | None:
    if replied is None or replied.deleted:
        return None
    return {"id": replied.message_id, "name": replied.sender.first_name, "text": line(replied)}


def _origin(origin: JsonObject | None) -> str | None:
    if origin is None:
        return None
    sender: JsonObject = origin.get("sender_user") or {}
    return str(origin.get("sender_user_name") or sender.get("first_name") or "?")


def _reactions(one: Message) -> list[JsonObject]:
    by: dict[str, list[int]] = {}
    for account_id, given in one.reactions.items():
        for each in given:
            by.setdefault(str(each["emoji"]), []).append(account_id)
    return [{"emoji": emoji, "ids": ids} for emoji, ids in by.items()]


def _file(content: JsonObject, url_of: Any) -> JsonObject | None:
    for kind in ("voice", "document", "photo"):
        if kind in content:
            sent = content[kind][-1] if kind == "photo" else content[kind]
            return {
                **url_of(sent["file_id"]),
                "duration": sent.get("duration"),
                "width": sent.get("width"),
                "height": sent.get("height"),
            }
    return None


def _service(one: Message) -> JsonObject:
    """What the grey line in the middle says, in English; the page may say it better."""
    who = one.sender.first_name
    for what, value in one.content.items():
        match what:
            case "new_chat_members":
                names = ", ".join(each["first_name"] for each in value)
                text = f"{who} joined" if names == who else f"{who} added {names}"
            case "left_chat_member":
                text = f"{value['first_name']} left"
            case "pinned_message":
                text = f"{who} pinned a message"
            case "forum_topic_created":
                text = f"{who} opened the topic {value['name']}"
            case "forum_topic_edited":
                text = f"{who} renamed the topic to {value.get('name', '…')}"
            case "forum_topic_closed":
                text = f"{who} closed the topic"
            case "forum_topic_reopened":
                text = f"{who} opened the topic again"
            case _:
                text = what.replace("_", " ")
        return {"what": what, "text": text}
    return {"what": "", "text": ""}


def line(one: Message) -> str:
    """The first line, as a list of chats or a lock screen shows it: spoilers stay covered."""
    what = seen(one)
    if one.is_service:
        return str(_service(one)["text"])
    text = _covered(what.text, what.entities).strip().partition("\n")[0]
    if what.kind == "sticker":
        return str(one.content["sticker"].get("emoji", ""))
    shown = f"{_MEDIA[what.kind]} {text}".strip() if what.kind in _MEDIA else text
    return shown if len(shown) <= _LINE else f"{shown[: _LINE - 1]}…"


def _covered(text: str, entities: tuple[JsonObject, ...]) -> str:
    """Offsets count UTF-16 units, as everywhere in Telegram."""
    units = text.encode("utf-16-le")
    for each in entities:
        if each["type"] == "spoiler":
            start, end = 2 * each["offset"], 2 * (each["offset"] + each["length"])
            units = units[:start] + "▒".encode("utf-16-le") * each["length"] + units[end:]
    return units.decode("utf-16-le", errors="replace")


def _notice(one: Message, bot: Account) -> JsonObject | None:
    """What comes up on a locked phone; nothing for what its owner says."""
    if one.sender is not bot or one.is_service:
        return None
    if one.chat.is_group:
        return {"title": one.chat.title, "text": f"{bot.first_name}: {line(one)}"}
    return {"title": bot.first_name, "text": line(one)}


def chat(screen: Phone | Group, read_up_to: int) -> JsonObject:
    """The summary: everything but the messages."""
    one, bot = screen.chat, screen.world.bot
    newest = next((each for each in reversed(one.messages.values()) if not each.deleted), None)
    private = isinstance(screen, Phone)
    return {
        "id": one.id,
        "kind": one.kind,
        "title": screen.account.full_name if isinstance(screen, Phone) else one.title,
        "forum": one.is_forum,
        "started": one.started if private else True,
        "blocked": one.blocked,
        "unread": _unread(one, bot, read_up_to),
        "read_up_to": read_up_to,
        "last": None
        if newest is None
        else {
            "id": newest.message_id,
            "date": newest.date,
            "text": line(newest),
            "from_bot": newest.sender is bot,
        },
        "keyboard": _keyboard(screen) if isinstance(screen, Phone) else None,
        "commands": _commands(screen),
        "topics": [
            {"id": each.thread_id, "name": each.name, "closed": each.closed}
            for each in one.topics.values()
        ],
        "members": [
            {"id": each.account.id, "name": each.account.full_name, "status": each.status}
            for each in one.members.values()
            if each.present and not each.account.is_bot
        ],
        "pinned": list(one.pinned),
    }


def _unread(one: Chat, bot: Account, read_up_to: int) -> int:
    """What the bot has said since somebody looked; people's own words are never news."""
    unread = 0
    for each in reversed(one.messages.values()):
        if each.message_id <= read_up_to:
            break
        unread += each.sender is bot and not each.deleted and not each.is_service
    return unread


def _keyboard(phone: Phone) -> JsonObject | None:
    shown = phone.reply_keyboard
    if shown is None:
        return None
    rows: list[list[JsonObject]] = shown["keyboard"]
    return {
        "rows": [[{"text": key["text"], "asks": _asks(key)} for key in row] for row in rows],
        "placeholder": shown.get("input_field_placeholder", ""),
        "one_time": bool(shown.get("one_time_keyboard")),
    }


def _asks(key: JsonObject) -> str | None:
    if key.get("request_contact"):
        return "contact"
    return "location" if key.get("request_location") else None


def _commands(screen: Phone | Group) -> list[JsonObject]:
    if isinstance(screen, Phone):
        return screen.commands
    people = [each.account for each in screen.chat.members.values() if not each.account.is_bot]
    language = people[0].language_code if people else None
    return screen.world.profile.group_menu(screen.chat.id, language)
