"""A group and the people in it, driven like phones in many hands.

Methods return as soon as the update is queued. The first person to act for the group owns it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from telegram.constants import ChatID

from simulator import things
from simulator.callbacks import CallbackTap
from simulator.json_types import JsonObject
from simulator.records import ADMIN_RIGHTS, Account, Chat, Member, Status, Topic
from simulator.screen import NotPossible, Screen
from simulator.views import Seen
from simulator.world import World

#: The account that Telegram names as the sender then.
_GROUP_ANONYMOUS_BOT = Account(
    ChatID.ANONYMOUS_ADMIN, "Group", username="GroupAnonymousBot", is_bot=True
)


class Group(Screen):
    """One group. `chat.id` changes when a basic group is upgraded (`migrate`)."""

    @classmethod
    def create(
        cls, world: World, title: str, *, topics: bool = False, supergroup: bool = False
    ) -> Group:
        kind = "supergroup" if topics or supergroup else "group"
        return cls(world, world.new_group(title, kind, forum=topics))

    @property
    def chat_id(self) -> int:
        return self.chat.id

    # Members -------------------------------------------------------------------------------

    async def join(self, account: Account, *, admin: bool = False) -> None:
        """A person joins; with `admin` as an administrator with all rights."""
        status: Status = "administrator" if admin else "member"
        self._set_member(account, account, status, ADMIN_RIGHTS if admin else ())
        self._service(account, {"new_chat_members": [account.wire()]})

    async def leave(self, account: Account) -> None:
        self._require(account)
        self._set_member(account, account, "left")
        self._service(account, {"left_chat_member": account.wire()})

    async def add_bot(self, by: Account, *, admin: bool = False) -> None:
        """`by` adds the bot, and becomes the owner if the group has none."""
        if not any(member.status == "creator" for member in self.chat.members.values()):
            self.chat.members[by.id] = Member(by, "creator")
        self._require(by)
        self._set_member(self.world.bot, by, "member")
        self._service(by, {"new_chat_members": [self.world.bot.wire()]})
        if admin:
            await self.promote_bot(by)

    async def remove_bot(self, by: Account) -> None:
        """From a supergroup the bot is banned, from a basic group it is told it left."""
        if self.chat.kind == "group":
            self._service(by, {"left_chat_member": self.world.bot.wire()})
        self._set_member(self.world.bot, by, "kicked")

    async def promote_bot(self, by: Account, rights: Iterable[str] = ADMIN_RIGHTS) -> None:
        self._set_member(self.world.bot, by, "administrator", rights)

    async def demote_bot(self, by: Account) -> None:
        self._set_member(self.world.bot, by, "member")

    async def restrict_bot(self, by: Account) -> None:
        """The bot may no longer write."""
        self._set_member(self.world.bot, by, "restricted")

    async def delete(self) -> None:
        """The owner deletes the group; the bot gets 403 when it writes next."""
        self.chat.removed = True

    async def migrate(self, by: Account | None = None, *, topics: bool = False) -> None:
        """A basic group becomes a supergroup with a new id; its messages stay behind."""
        if self.chat.kind != "group":
            raise NotPossible("only a basic group can be upgraded")
        old, person = self.chat, by or self._owner()
        new = self.world.new_group(old.title or "", "supergroup", forum=topics)
        new.members.update({key: replace(member) for key, member in old.members.items()})
        self._service(person, {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id
        self.chat = new
        self._service(person, {"migrate_from_chat_id": old.id})

    # Topics --------------------------------------------------------------------------------

    @property
    def topics(self) -> dict[int, Topic]:
        """Open and closed topics by message_thread_id."""
        return self.chat.topics

    async def create_topic(self, by: Account, name: str) -> int:
        """Returns the message_thread_id."""
        if not self.chat.is_forum:
            raise NotPossible("this group has no topics")
        topic = Topic(self.chat.last_message_id + 1, name)
        self.chat.topics[topic.thread_id] = topic
        self._service(by, {"forum_topic_created": topic.created_wire()}, topic)
        return topic.thread_id

    async def close_topic(self, by: Account, thread_id: int) -> None:
        self._topic(thread_id).closed = True
        self._service(by, {"forum_topic_closed": {}}, self._topic(thread_id))

    async def delete_topic(self, thread_id: int) -> None:
        """The bot is not told."""
        topic = self.chat.topics.pop(thread_id)
        self.world.delete([one for one in self.visible() if one.topic is topic])

    # Saying and sending --------------------------------------------------------------------

    async def says(
        self,
        account: Account,
        text: str,
        *,
        topic: int | None = None,
        reply_to: Seen | int | None = None,
    ) -> Seen:
        self._require(account)
        thread = self._topic(topic) if topic else None
        replied = None if reply_to is None else self.find(reply_to)
        if replied is not None and thread is None:
            thread = replied.topic
        return self.send_text(account, text, things.text, topic=thread, reply_to=replied)

    async def says_anonymously(self, text: str) -> Seen:
        """By an administrator who remains anonymous: the group itself seems to speak."""
        content = {**things.text(self.world, text), "sender_chat": self.chat.wire()}
        return self.send(_GROUP_ANONYMOUS_BOT, content)

    async def sends_voice(
        self,
        account: Account,
        data: bytes = things.VOICE,
        *,
        duration: int = 3,
        topic: int | None = None,
        reply_to: Seen | int | None = None,
    ) -> Seen:
        self._require(account)
        thread = self._topic(topic) if topic else None
        replied = None if reply_to is None else self.find(reply_to)
        content = things.voice(self.world, data, duration)
        return self.send(account, content, topic=thread, reply_to=replied)

    async def edits(self, account: Account, message: Seen | int, text: str) -> Seen:
        return self.edit(account, message, things.text(self.world, text))

    async def taps(
        self, account: Account, label: str, *, message: Seen | int | None = None
    ) -> CallbackTap:
        """As `Phone.taps`, for inline buttons."""
        self._require(account)
        if (found := self.inline_button(label, message)) is None:
            raise self.no_button(label)
        return self.tap(account, *found, inaccessible=False)

    async def reacts(self, account: Account, message: Seen | int, emoji: str | None) -> None:
        self._require(account)
        self.react(account, message, emoji)

    # ---------------------------------------------------------------------------------------

    def _owner(self) -> Account:
        owners = [one.account for one in self.chat.members.values() if one.status == "creator"]
        if not owners:
            raise NotPossible("nobody owns this group yet: call add_bot(by=…) first")
        return owners[0]

    def _require(self, account: Account) -> None:
        member = self.chat.members.get(account.id)
        if member is None or not member.present:
            raise NotPossible(f"{account.first_name} is not in the group {self.chat.title}")

    def _topic(self, thread_id: int) -> Topic:
        if thread_id not in self.chat.topics:
            raise NotPossible(f"no topic {thread_id} in the group {self.chat.title}")
        return self.chat.topics[thread_id]

    def _set_member(
        self, account: Account, by: Account, status: Status, rights: Iterable[str] = ()
    ) -> None:
        old = self.chat.members.get(account.id, Member(account, "left"))
        new = Member(account, status, frozenset(rights))
        self.chat.members[account.id] = new
        self.world.tell_of_member(self.chat, by, old, new)

    def _service(self, by: Account, content: JsonObject, topic: Topic | None = None) -> None:
        self.world.post_service(self.chat, by, content, topic=topic)


__all__ = ["Chat", "Group"]
