"""One chat as seen on a phone: reading it, sending into it, tapping its buttons.

What `Phone` (a private chat) and `Group` have in common. Everything here only queues updates.
"""

from typing import Any

from simulator.callbacks import CallbackTap
from simulator.json_types import JsonObject
from simulator.records import Account, Chat, Message
from simulator.views import Seen, same_label, seen
from simulator.world import World

_LONGEST_TEXT = 4096


class NotPossible(Exception):
    """A person can't do this on a phone: no such button, not in the group, bot blocked."""


class Screen:
    """A chat on somebody's screen."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @property
    def messages(self) -> list[Seen]:
        """Every message still there, oldest first."""
        return [seen(message) for message in self.visible()]

    @property
    def last(self) -> Seen:
        """The newest message. Raises NotPossible in an empty chat."""
        visible = self.visible()
        if not visible:
            raise NotPossible("there is no message in this chat")
        return seen(visible[-1])

    @property
    def pinned(self) -> list[Seen]:
        return [seen(self.chat.messages[message_id]) for message_id in self.chat.pinned]

    def visible(self) -> list[Message]:
        return [message for message in self.chat.messages.values() if not message.deleted]

    def find(self, message: Seen | int) -> Message:
        """The message behind a snapshot or id. Raises NotPossible if it was deleted."""
        message_id = message if isinstance(message, int) else message.message_id
        if (found := self.chat.message(message_id)) is None:
            raise NotPossible(f"message {message_id} is not there any more")
        return found

    def send(self, account: Account, content: JsonObject, **details: Any) -> Seen:
        """Posts as `account` and queues the update."""
        message = self.world.post(self.chat, account, content, **details)
        self.world.tell_of_message("message", message)
        return seen(message)

    def send_text(self, account: Account, said: str, content: Any, **details: Any) -> Seen:
        """Long texts go as several messages, as Telegram's apps do it; returns the last."""
        parts = [said[at : at + _LONGEST_TEXT] for at in range(0, len(said), _LONGEST_TEXT)]
        sent = [self.send(account, content(self.world, part), **details) for part in parts]
        if not sent:
            raise NotPossible("an empty message can't be sent")
        return sent[-1]

    def edit(self, account: Account, message: Seen | int, content: JsonObject) -> Seen:
        """`account` changes its own message."""
        found = self.find(message)
        if found.sender is not account:
            raise NotPossible("only one's own messages can be edited")
        found.content = {**found.content, **content}
        found.edit_date = self.world.today()
        self.world.edited(found)
        self.world.tell_of_message("edited_message", found)
        return seen(found)

    def react(self, account: Account, message: Seen | int, emoji: str | None) -> None:
        """Sets `account`'s reaction; None takes it away."""
        found = self.find(message)
        old = found.reactions.get(account.id, [])
        new = [{"type": "emoji", "emoji": emoji}] if emoji else []
        found.reactions[account.id] = new
        self.world.edited(found)
        self.world.events.publish(
            "reacted",
            chat_id=self.chat.id,
            user_id=account.id,
            message_id=found.message_id,
            emoji=emoji,
        )
        if self.chat.is_group and not self.world.bot_member(self.chat).is_admin:
            return
        self.world.tell_bot(
            "message_reaction",
            {
                "chat": self.chat.wire(),
                "message_id": found.message_id,
                "user": account.wire(),
                "date": self.world.today(),
                "old_reaction": old,
                "new_reaction": new,
            },
        )

    def inline_button(
        self, label: str, message: Seen | int | None
    ) -> tuple[Message, JsonObject] | None:
        """The newest message with a button of that label (or the one in `message`)."""
        candidates = reversed(self.visible()) if message is None else [self.find(message)]
        for candidate in candidates:
            for button in (one for row in candidate.inline_keyboard or [] for one in row):
                if same_label(button["text"], label):
                    return candidate, button
        return None

    def no_button(self, label: str) -> NotPossible:
        shown = [list(row) for message in self.messages for row in message.buttons]
        return NotPossible(f"no button {label!r}; there are {shown}")

    def tap(
        self, account: Account, message: Message, button: JsonObject, *, inaccessible: bool
    ) -> CallbackTap:
        """A tap on an inline button; a button with a url opens it and tells nobody."""
        label, data = button["text"], button.get("callback_data")
        tap = self.world.callbacks.tap(account, message, label, data=data, url=button.get("url"))
        self.world.events.publish(
            "tapped",
            chat_id=self.chat.id,
            user_id=account.id,
            message_id=message.message_id,
            label=label,
        )
        if data is None:
            return tap
        shown = message.wire()
        if inaccessible:
            shown = {"chat": self.chat.wire(), "message_id": message.message_id, "date": 0}
        query: JsonObject = {
            "id": tap.id,
            "from": account.wire(),
            "message": shown,
            "chat_instance": str(abs(self.chat.id) * 7919),
            "data": data,
        }
        self.world.tell_bot("callback_query", query)
        return tap
