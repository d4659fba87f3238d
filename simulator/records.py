"""What the world is made of: accounts, chats, members, topics and messages.

Plain mutable records with `wire()`, the JSON object a bot receives. Rules live elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from simulator.json_types import JsonObject

ChatKind = Literal["private", "group", "supergroup"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
MEMBER_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(eq=False)
class Account:
    """A Telegram account, a person's or the bot's own."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone_number: str | None = None
    is_bot: bool = False
    deactivated: bool = False
    hides_forwards: bool = False

    def wire(self) -> JsonObject:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        present = {name: value for name, value in optional.items() if value}
        return {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name, **present}

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(eq=False)
class Member:
    """One account's standing in one chat."""

    account: Account
    status: Status = "member"
    rights: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        return self.status not in ("left", "kicked")

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def wire(self) -> JsonObject:
        base: JsonObject = {"status": self.status, "user": self.account.wire()}
        match self.status:
            case "creator":
                return {**base, "is_anonymous": False}
            case "administrator":
                rights = {right: right in self.rights for right in ADMIN_RIGHTS}
                return {**base, "can_be_edited": False, "is_anonymous": False, **rights}
            case "kicked":
                return {**base, "until_date": 0}
            case "restricted":
                nothing = dict.fromkeys(MEMBER_PERMISSIONS, False)
                return {**base, "is_member": True, **nothing, "until_date": 0}
            case _:
                return base


@dataclass(eq=False)
class Topic:
    """A forum topic; its id is the id of the service message that opened it."""

    thread_id: int
    name: str
    icon_color: int = 0x6FB9F0
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def wire(self) -> JsonObject:
        return {"message_thread_id": self.thread_id, **self.created_wire()}

    def created_wire(self) -> JsonObject:
        base: JsonObject = {"name": self.name, "icon_color": self.icon_color}
        if self.icon_custom_emoji_id:
            base["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return base


@dataclass(eq=False)
class Message:
    """One message. `content` holds the wire fields of what was said (text, voice, caption, …)."""

    message_id: int
    chat: Chat
    sender: Account
    date: int
    content: JsonObject
    topic: Topic | None = None
    reply_to: Message | None = None
    inline_keyboard: list[list[JsonObject]] | None = None
    reply_keyboard: JsonObject | None = None
    forward_origin: JsonObject | None = None
    media_group_id: str | None = None
    is_service: bool = False
    protected: bool = False
    silent: bool = False
    edit_date: int | None = None
    deleted: bool = False
    reactions: dict[int, list[JsonObject]] = field(default_factory=dict[int, list[JsonObject]])

    def wire(self, *, nested: bool = False) -> JsonObject:
        """The Message object; `nested` (inside another message) leaves out what it replies to."""
        wire: JsonObject = {
            "message_id": self.message_id,
            "from": self.sender.wire(),
            "chat": self.chat.wire(),
            "date": self.date,
        }
        if self.edit_date is not None:
            wire["edit_date"] = self.edit_date
        if self.topic is not None:
            wire["message_thread_id"] = self.topic.thread_id
            wire["is_topic_message"] = True
        if self.forward_origin is not None:
            wire["forward_origin"] = self.forward_origin
        if self.media_group_id is not None:
            wire["media_group_id"] = self.media_group_id
        if self.protected:
            wire["has_protected_content"] = True
        wire.update(self.content)
        if self.inline_keyboard:
            wire["reply_markup"] = {"inline_keyboard": self.inline_keyboard}
        if not nested and (replied := self.replied_to()) is not None:
            wire["reply_to_message"] = replied.wire(nested=True)
        return wire

    def replied_to(self) -> Message | None:
        """What this message answers; in a topic at least the message that opened the topic."""
        if self.reply_to is not None:
            return None if self.reply_to.deleted else self.reply_to
        if self.topic is None or self.topic.thread_id == self.message_id:
            return None
        return self.chat.messages.get(self.topic.thread_id)


@dataclass(eq=False)
class Chat:
    """A private chat (`person` set) or a group; members and messages included."""

    id: int
    kind: ChatKind
    title: str | None = None
    username: str | None = None
    person: Account | None = None
    started: bool = False
    blocked: bool = False
    is_forum: bool = False
    migrated_to: int | None = None
    removed: bool = False
    last_message_id: int = 0
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    pinned: list[int] = field(default_factory=list[int])

    def wire(self) -> JsonObject:
        wire: JsonObject = {"id": self.id, "type": self.kind}
        if self.person is not None:
            wire["first_name"] = self.person.first_name
            if self.person.last_name:
                wire["last_name"] = self.person.last_name
            if self.person.username:
                wire["username"] = self.person.username
        if self.title is not None:
            wire["title"] = self.title
        if self.username:
            wire["username"] = self.username
        if self.is_forum:
            wire["is_forum"] = True
        return wire

    def message(self, message_id: int) -> Message | None:
        """The message with this id unless it was deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    @property
    def is_group(self) -> bool:
        return self.kind != "private"


def origin_of(sender: Account, date: int) -> JsonObject:
    """A MessageOrigin: with the account, or with the name only if the person hides it."""
    if sender.hides_forwards:
        return {"type": "hidden_user", "date": date, "sender_user_name": sender.full_name}
    return {"type": "user", "date": date, "sender_user": sender.wire()}
