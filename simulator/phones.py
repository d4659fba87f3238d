"""A person's private chat with the bot, driven like a phone in the hand.

Methods return as soon as the update is queued; waiting for the bot is the caller's matter
(`BotApiServer.confirmed`, `CallbackTap.answered`).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from simulator import things
from simulator.callbacks import CallbackAnswer, CallbackTap
from simulator.json_types import JsonObject
from simulator.records import Account, Member, Message, origin_of
from simulator.screen import NotPossible, Screen
from simulator.views import Seen, same_label
from simulator.world import World

__all__ = ["CallbackAnswer", "CallbackTap", "NotPossible", "Phone"]

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Phone(Screen):
    """`account`'s phone, showing the chat with the bot."""

    def __init__(self, world: World, account: Account) -> None:
        super().__init__(world, world.private_chat(account))
        self.account = account
        self.used_keyboards: set[int] = set()

    # Saying and sending --------------------------------------------------------------------

    async def says(self, text: str, *, reply_to: Seen | int | None = None) -> Seen:
        self._opened()
        replied = None if reply_to is None else self.find(reply_to)
        return self.send_text(self.account, text, things.text, reply_to=replied)

    async def starts(self, payload: str | None = None) -> Seen:
        """Opens the bot's link (t.me/bot?start=payload) and presses Start; unblocks it too."""
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise NotPossible(f"Telegram does not pass on the start payload {payload!r}")
        if self.chat.blocked:
            await self.unblocks_bot()
        return await self.says(f"/start {payload}" if payload else "/start")

    async def sends_voice(
        self,
        data: bytes = things.VOICE,
        *,
        duration: int = 3,
        reply_to: Seen | int | None = None,
    ) -> Seen:
        """`duration` in seconds."""
        return await self.sends(things.voice(self.world, data, duration), reply_to=reply_to)

    async def sends_photo(
        self, data: bytes = things.PICTURE, *, caption: str | None = None
    ) -> Seen:
        return self._sends(things.photo(self.world, data, caption))

    async def sends_document(
        self,
        data: bytes,
        *,
        name: str = "letter.pdf",
        mime_type: str = "application/pdf",
        caption: str | None = None,
    ) -> Seen:
        return self._sends(things.document(self.world, data, name, mime_type, caption))

    async def sends_location(self, latitude: float, longitude: float) -> Seen:
        return self._sends(things.location(latitude, longitude))

    async def sends_contact(
        self, phone_number: str | None = None, *, first_name: str | None = None
    ) -> Seen:
        """Without a number the person's own contact; with one somebody else's."""
        if phone_number is None:
            own = self.account.phone_number or f"49151{self.account.id % 10**8:08d}"
            return self._sends(things.contact(own, self.account.first_name, self.account))
        return self._sends(things.contact(phone_number, first_name or "Contact", None))

    async def sends_sticker(self, emoji: str = "👍") -> Seen:
        return self._sends(things.sticker(self.world, emoji))

    async def sends_album(
        self, pictures: Sequence[bytes] = (things.PICTURE,) * 2, *, caption: str | None = None
    ) -> list[Seen]:
        """Several photos as one album: one update each, the caption on the first."""
        album = self.world.next_album_id()
        captions = [caption] + [None] * (len(pictures) - 1)
        return [
            self._sends(things.photo(self.world, picture, said), media_group_id=album)
            for picture, said in zip(pictures, captions, strict=True)
        ]

    async def sends(self, content: JsonObject, *, reply_to: Seen | int | None = None) -> Seen:
        """Anything else, as the content of a message: ``{"poll": {…}}``."""
        replied = None if reply_to is None else self.find(reply_to)
        return self._sends(content, reply_to=replied)

    async def forwards(self, text: str, author: Account) -> Seen:
        """Forwards what `author` wrote elsewhere."""
        origin = origin_of(author, self.world.today())
        return self._sends(things.text(self.world, text), forward_origin=origin)

    async def edits(self, message: Seen | int, text: str) -> Seen:
        """Changes the text (or the caption) of an own message."""
        old = self.find(message).content
        make = things.text if "text" in old else things.caption
        return self.edit(self.account, message, make(self.world, text))

    async def reacts(self, message: Seen | int, emoji: str | None) -> None:
        self.react(self.account, message, emoji)

    async def deletes(self, message: Seen | int) -> None:
        """Telegram does not tell bots about this."""
        self.world.delete([self.find(message)])

    # Buttons -------------------------------------------------------------------------------

    @property
    def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """Labels of the reply keyboard below the text field, if one is shown."""
        shown = self._keyboard()
        rows: list[list[JsonObject]] = (shown.reply_keyboard or {})["keyboard"] if shown else []
        return tuple(tuple(key["text"] for key in row) for row in rows)

    async def taps(
        self, label: str, *, message: Seen | int | None = None, inaccessible: bool = False
    ) -> CallbackTap:
        """Taps the button with that label, on `message` or the newest message that has it.

        A key of the reply keyboard sends its label, or the own contact. A link to the bot itself
        starts it. inaccessible: the bot is told only the message's number, as with very old ones.
        Raises NotPossible if there is no such button.
        """
        if found := self.inline_button(label, message):
            return await self.taps_button(*found, inaccessible=inaccessible)
        if message is None and self._has_key(label):
            return await self.presses_key(label)
        raise self.no_button(label)

    async def taps_button(
        self, message: Message, button: JsonObject, *, inaccessible: bool = False
    ) -> CallbackTap:
        """As `taps`, for a button of `message` that is known already."""
        tap = self.tap(self.account, message, button, inaccessible=inaccessible)
        if (payload := self.start_payload(tap.url)) is not None:
            await self.starts(payload)
        return tap

    def start_payload(self, url: str | None) -> str | None:
        """What a link to the bot itself starts it with; None for any other link."""
        prefix = f"https://t.me/{self.world.bot.username}?start="
        return url.removeprefix(prefix) if url is not None and url.startswith(prefix) else None

    async def presses_key(self, label: str) -> CallbackTap:
        """A key of the reply keyboard. Raises NotPossible if it is not shown."""
        shown = self._keyboard()
        for key in (key for row in _rows(shown) for key in row):
            if shown is not None and same_label(key["text"], label):
                return await self._presses(shown, key)
        raise self.no_button(label)

    def _has_key(self, label: str) -> bool:
        return any(same_label(key, label) for row in self.keyboard for key in row)

    async def _presses(self, shown: Message, key: JsonObject) -> CallbackTap:
        if (shown.reply_keyboard or {}).get("one_time_keyboard"):
            self.used_keyboards.add(shown.message_id)
        if key.get("request_contact"):
            await self.sends_contact()
        elif key.get("request_location"):
            raise NotPossible("this key asks for the location: use sends_location")
        else:
            await self.says(key["text"])
        return self.world.callbacks.tap(self.account, shown, key["text"])

    @property
    def reply_keyboard(self) -> JsonObject | None:
        """The ReplyKeyboardMarkup on the screen, if there is one."""
        shown = self._keyboard()
        return None if shown is None else shown.reply_keyboard

    def _keyboard(self) -> Message | None:
        """The message whose reply keyboard is on the screen."""
        for message in reversed(self.visible()):
            if message.reply_keyboard is not None and "force_reply" not in message.reply_keyboard:
                gone = message.message_id in self.used_keyboards
                return None if gone or "keyboard" not in message.reply_keyboard else message
        return None

    @property
    def menu(self) -> list[str]:
        """Commands in the menu beside the text field, without the slash."""
        return [command["command"] for command in self.commands]

    @property
    def commands(self) -> list[JsonObject]:
        """The same with their descriptions (BotCommand objects)."""
        code = self.account.language_code
        return self.world.profile.private_menu(self.chat.id, code)

    # The relation to the bot ---------------------------------------------------------------

    async def blocks_bot(self) -> None:
        self._set_blocked(blocked=True)

    async def unblocks_bot(self) -> None:
        self._set_blocked(blocked=False)

    async def deletes_account(self) -> None:
        """The bot is not told; it gets 403 when it writes next."""
        self.account.deactivated = True

    def _set_blocked(self, *, blocked: bool) -> None:
        if self.chat.blocked == blocked:
            return
        self.chat.blocked = blocked
        self.world.events.publish("blocked", chat_id=self.chat.id, blocked=blocked)
        old = Member(self.world.bot, "member" if blocked else "kicked")
        new = replace(old, status="kicked" if blocked else "member")
        self.world.tell_of_member(self.chat, self.account, old, new)

    def _opened(self) -> None:
        if self.chat.blocked:
            raise NotPossible(f"{self.account.first_name} blocked the bot")
        self.chat.started = True

    def _sends(self, content: JsonObject, **details: object) -> Seen:
        self._opened()
        return self.send(self.account, content, **details)


def _rows(message: Message | None) -> list[list[JsonObject]]:
    if message is None or message.reply_keyboard is None:
        return []
    rows: list[list[JsonObject]] = message.reply_keyboard["keyboard"]
    return rows
