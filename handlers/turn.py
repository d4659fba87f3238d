"""Wraps a handler function into the one transaction of its update.

A handler is a plain function ``handler(turn)``. It runs in the database's thread inside the
transaction that also marks the update as handled: either all of it happened or nothing. It may be
run again from the start, so it acts on ``turn`` only.
"""

from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

from telegram import Update
from telegram.constants import ChatID
from telegram.ext import CallbackContext

from bot.conversation.flow import Scene
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.i18n.normalise import normalise
from bot.i18n.wording import Wording
from bot.messages import N_, Message, Rows, Text, message, text
from bot.storage import audit, chats, inbox, outbox, people, relays
from bot.storage.database import Database
from bot.storage.inbox import Claim
from bot.storage.outbox import Draft, Mode
from bot.storage.tx import Tx
from bot.usecases.county_texts import Counties
from handlers.common.refusals import ways_on, words_for

Context: TypeAlias = CallbackContext[Any, Any, Any, Any]
Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

#: The card of a private chat's one living message: the open question, the menu, a list.
SCREEN = "screen"


#: A command has at most 32 letters, the slash and the bot's name beside.
_LONGEST_COMMAND = 70

_ANONYMOUS = N_(
    'I can\'t see who you are. Please turn off "Remain anonymous" in the administrator rights of'
    " this group, then write it again."
)


@dataclass
class Delivery:
    """One attempt to handle one update. The worker makes it, the wrapper says what came of it."""

    claim: Claim
    handled: bool = False
    toast: str | None = None
    fault: BaseException | None = None


#: The attempt that runs in the present task.
current: ContextVar[Delivery] = ContextVar("current")


@dataclass
class Turn:
    """All a handler may use: the transaction, the update, who and where, and ways to answer."""

    tx: Tx
    update: Update
    #: As it holds in this transaction.
    county: County
    wording: Wording
    chat_id: int
    #: What the person reads; None until they chose.
    chosen_language: str | None
    #: A button below the text field offers their number (`Message.asks_contact`).
    keyboard: bool = False
    #: Where our web pages are reached (`https://…`); empty: nowhere.
    public_url: str = ""
    toast: Text | None = None

    @property
    def in_group(self) -> bool:
        return self.chat_id < 0

    @property
    def language(self) -> str:
        return self.chosen_language or (self.county.office_language if self.in_group else "en")

    @cached_property
    def person(self) -> Person | None:
        """Who acts (in a group too), if they are known."""
        user = self.update.effective_user
        return None if user is None else people.by_chat(self.tx, user.id)

    @property
    def is_anonymous(self) -> bool:
        """An administrator wrote who hides behind the group: Telegram does not tell who it was.

        Of a tap it does.
        """
        user = self.update.effective_user
        return user is not None and user.id == ChatID.ANONYMOUS_ADMIN

    def forget_person(self) -> None:
        """They have become somebody else: read them again."""
        self.__dict__.pop("person", None)

    @property
    def first_name(self) -> str:
        user = self.update.effective_user
        return "" if user is None else user.first_name

    # What arrived --------------------------------------------------------------------------

    @property
    def written(self) -> str:
        """The text of the message, or nothing."""
        sent = self.update.effective_message if self.update.callback_query is None else None
        return (sent.text or "") if sent is not None else ""

    @property
    def tapped(self) -> str:
        """The data of the tapped button, or nothing."""
        query = self.update.callback_query
        return (query.data or "") if query is not None else ""

    @property
    def tapped_number(self) -> int:
        """The number at the end of the tapped button's data (the route's pattern saw to it)."""
        return int(self.tapped.rpartition(":")[2])

    @cached_property
    def on_screen(self) -> bool:
        """What was tapped is the chat's living message, not something further up."""
        query = self.update.callback_query
        if query is None or query.message is None:
            return False
        return outbox.shows(self.tx, self.chat_id, SCREEN, query.message.message_id)

    def means(self, typed: str, label: Text) -> bool:
        """Does *typed* mean this label, in the language the person reads or in English?"""
        written = self._spelled if typed == self.written else normalise(typed)
        return any(
            written == self.wording.spelled(label, language) for language in (self.language, "en")
        )

    @cached_property
    def _spelled(self) -> str:
        """What was written, levelled once for all the labels it is compared with."""
        return normalise(self.written)

    @property
    def scene(self) -> Scene:
        """What a conversation may know of the world."""
        return Scene(self.tx.now, self.county, self.language, self.means)

    # Ways to answer ------------------------------------------------------------------------

    def say(self, said: Message) -> None:
        """A message of its own, which stays in the chat as it is."""
        outbox.append(self.tx, Draft(self.chat_id, said))

    def show(self, said: Message) -> None:
        """The chat's living message: changed where it was tapped, else at the bottom.

        Who was writing to somebody (`relays`) does so no longer, unless the screen says it.
        """
        relays.stop_writing(self.tx, self.chat_id)
        mode = Mode.SHOW if self.on_screen else Mode.FRESH
        contact, said = said.asks_contact, replace(said, asks_contact=None)
        if contact is None and self.keyboard:
            self._end_keyboard(message(text(N_("✔️"))))
        outbox.append(self.tx, Draft(self.chat_id, said, card=SCREEN, mode=mode))
        if contact is not None and not self.keyboard:
            self._offer_contact(contact)

    def conclude(self, said: Message) -> None:
        """In the place of the living message just tapped, and to stay as it is."""
        relays.stop_writing(self.tx, self.chat_id)
        if self.keyboard and not self.on_screen and not said.buttons:
            self._end_keyboard(said)
            return
        if self.keyboard:
            self._end_keyboard(message(text(N_("✔️"))))
        if not self.on_screen:
            self.say(said)
            return
        kept = f"kept:{outbox.shown(self.tx, self.chat_id, SCREEN)}"
        outbox.rename_card(self.tx, self.chat_id, SCREEN, kept)
        outbox.append(self.tx, Draft(self.chat_id, said, card=kept))
        self.on_screen = False

    def _offer_contact(self, label: Text) -> None:
        words = text(N_("You can also tap the button below."))
        self.say(replace(message(words), asks_contact=label))
        self._set_keyboard(True)

    def _end_keyboard(self, said: Message) -> None:
        """*said*, a message without buttons, takes the button below the text field away."""
        self.say(replace(said, hides_keyboard=True))
        self._set_keyboard(False)

    def _set_keyboard(self, keyboard: bool) -> None:
        chats.set_keyboard(self.tx, self.chat_id, keyboard)
        self.keyboard = keyboard

    def refuse(self, why: Text, ways: Rows = ()) -> None:
        """Say why something is not possible: to the one who tapped, not to their whole group.

        *ways*: buttons that lead on.
        """
        if self.tapped and self.in_group:
            self.toast = why
        else:
            self.say(message(why, buttons=ways))


Handler: TypeAlias = Callable[[Turn], None]


@dataclass(frozen=True)
class Turns:
    """Makes PTB callbacks of handler functions."""

    db: Database
    county: County
    wording: Wording
    public_url: str = ""

    @cached_property
    def _counties(self) -> Counties:
        return Counties(self.county)

    def __call__(self, handler: Handler) -> Callback:
        async def callback(update: Update, _: Context) -> None:
            delivery = current.get()
            delivery.toast = await self.db.transact(self._run, handler, update, delivery.claim)
            delivery.handled = True

        return callback

    def _run(self, tx: Tx, handler: Handler, update: Update, claim: Claim) -> str | None:
        if not inbox.finish(tx, claim):
            return None  # another process took it over and handled it
        turn = self._turn(tx, update)
        try:
            handler(turn)
        except Refused as refused:
            if refused.code is Code.NOT_ALLOWED:
                audit.add(tx, turn.person and turn.person.id, "refused", _attempt(turn))
            if turn.is_anonymous:
                turn.refuse(text(_ANONYMOUS))
            else:
                words = words_for(refused.code, turn.county, turn.person)
                turn.refuse(words, ways_on(refused.code))
        return None if turn.toast is None else self.wording.plain(turn.toast, turn.language)

    def _turn(self, tx: Tx, update: Update) -> Turn:
        chat = update.effective_chat
        if chat is None:
            raise ValueError("an update without a chat reached a handler")
        kind = "private" if chat.type == chat.PRIVATE else "group"
        wrote = update.my_chat_member is None  # that one tells by itself whether we reach the chat
        seen = chats.seen(tx, chat.id, kind, wrote=wrote)
        return Turn(
            tx,
            update,
            self._counties.at(tx),
            self.wording,
            chat.id,
            seen.language,
            keyboard=seen.keyboard,
            public_url=self.public_url,
        )


def _attempt(turn: Turn) -> str:
    """What somebody without the right tried: a button's data or a command, never more words."""
    return turn.tapped or turn.written.partition(" ")[0][:_LONGEST_COMMAND]
