"""Everything that exists: accounts, chats, messages, files, taps, the bot's profile.

The world creates and stores; what a person may do is in `phones.py` and `groups.py`, what the bot
may do in `access.py`. Updates for the bot leave through `tell_bot`.
"""

import itertools
from collections.abc import Callable, Iterable
from typing import Any

from simulator.callbacks import CallbackQueries
from simulator.events import Broadcast
from simulator.files import FileStore
from simulator.formatting import Formatted, formatted
from simulator.json_types import JsonObject
from simulator.privacy import bot_sees
from simulator.profile import Profile
from simulator.records import Account, Chat, ChatKind, Member, Message, Topic

_SUPERGROUP_ZERO = -1_000_000_000_000
_FIRST_USER, _USER_STEP = 5_100_000_017, 1013
_FIRST_GROUP, _GROUP_STEP = 4_200_000_011, 101
_FIRST_ALBUM, _ALBUM_STEP = 13_570_000_000_000_001, 17


class World:
    """One bot and the people around it.

    `now` gives epoch seconds for message dates and every time rule; `tell_bot(kind, payload)`
    queues an update.
    """

    def __init__(
        self,
        bot: Account,
        now: Callable[[], float],
        tell_bot: Callable[[str, JsonObject], None],
        events: Broadcast,
    ) -> None:
        self.bot = bot
        self.now = now
        self.tell_bot = tell_bot
        self.events = events
        self.accounts: dict[int, Account] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.callbacks = CallbackQueries(now)
        self.profile = Profile()
        self.next_user_id = _FIRST_USER
        self._group_ids = itertools.count(_FIRST_GROUP, _GROUP_STEP)
        self._album_ids = itertools.count(_FIRST_ALBUM, _ALBUM_STEP)

    def user(
        self,
        first_name: str,
        *,
        user_id: int | None = None,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        phone_number: str | None = None,
        hides_forwards: bool = False,
    ) -> Account:
        """Creates a person with a Telegram account, and the (not yet started) chat with the bot."""
        account = Account(
            id=self._next_user_id() if user_id is None else user_id,
            first_name=first_name,
            last_name=last_name,
            username=username,
            language_code=language_code,
            phone_number=phone_number,
            hides_forwards=hides_forwards,
        )
        self.accounts[account.id] = account
        self.chats[account.id] = Chat(account.id, "private", person=account)
        self.events.publish("person", user_id=account.id)
        return account

    def _next_user_id(self) -> int:
        given = self.next_user_id
        self.next_user_id += _USER_STEP
        return given

    def continue_numbers(self) -> None:
        """New ids follow the highest that are there."""
        people = [one.id for one in self.accounts.values() if not one.is_bot]
        groups = [-one.id % -_SUPERGROUP_ZERO for one in self.chats.values() if one.is_group]
        self.next_user_id = max([_FIRST_USER, *people]) + _USER_STEP
        self._group_ids = itertools.count(max([_FIRST_GROUP, *groups]) + _GROUP_STEP, _GROUP_STEP)
        self._album_ids = itertools.count(_FIRST_ALBUM + self.today(), _ALBUM_STEP)
        self.callbacks.begin_at(self.today())

    def new_group(self, title: str, kind: ChatKind, *, forum: bool = False) -> Chat:
        number = next(self._group_ids)
        chat_id = -number if kind == "group" else _SUPERGROUP_ZERO - number
        chat = Chat(chat_id, kind, title=title, is_forum=forum)
        chat.members[self.bot.id] = Member(self.bot, "left")
        self.chats[chat_id] = chat
        self.events.publish("group", chat_id=chat_id)
        return chat

    def private_chat(self, account: Account) -> Chat:
        return self.chats[account.id]

    def bot_member(self, chat: Chat) -> Member:
        """The bot's standing in a group."""
        return chat.members.setdefault(self.bot.id, Member(self.bot, "left"))

    def today(self) -> int:
        """Now as a message date."""
        return int(self.now())

    def next_album_id(self) -> str:
        return str(next(self._album_ids))

    def plain(self, text: str) -> Formatted:
        """Text typed by a person, with the commands, links … Telegram finds in it."""
        return formatted(text, "", None)

    def post(self, chat: Chat, sender: Account, content: JsonObject, **details: Any) -> Message:
        """Adds a message (details: fields of `Message`); updates for the bot are the caller's."""
        chat.last_message_id += 1
        message = Message(chat.last_message_id, chat, sender, self.today(), content, **details)
        chat.messages[message.message_id] = message
        self.events.publish("message", chat_id=chat.id, message=message.wire())
        return message

    def post_service(
        self, chat: Chat, sender: Account, content: JsonObject, *, topic: Topic | None = None
    ) -> Message:
        """A service message; the bot hears of it unless it caused it."""
        message = self.post(chat, sender, content, topic=topic, is_service=True)
        self.tell_of_message("message", message)
        return message

    def tell_of_message(self, kind: str, message: Message) -> None:
        """Queues a `message` or `edited_message` update if the bot gets to see the message."""
        if message.sender is not self.bot and bot_sees(self.bot_member, message):
            self.tell_bot(kind, message.wire())

    def tell_of_member(self, chat: Chat, by: Account, old: Member, new: Member) -> None:
        """Queues `my_chat_member` for the bot itself, `chat_member` for others."""
        mine = new.account is self.bot
        if not mine and not self.bot_member(chat).is_admin:
            return
        self.tell_bot(
            "my_chat_member" if mine else "chat_member",
            {
                "chat": chat.wire(),
                "from": by.wire(),
                "date": self.today(),
                "old_chat_member": old.wire(),
                "new_chat_member": new.wire(),
            },
        )

    def delete(self, messages: Iterable[Message]) -> None:
        for message in messages:
            message.deleted = True
            if message.message_id in message.chat.pinned:
                message.chat.pinned.remove(message.message_id)
            self.events.publish("deleted", chat_id=message.chat.id, message_id=message.message_id)

    def edited(self, message: Message) -> None:
        """To be called after a message changed."""
        self.events.publish("edited", chat_id=message.chat.id, message=message.wire())
