"""What the demo's terminal shows: one phone at a time, and a line about what came on the others."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeAlias

from bot.demo.cast import COORDINATOR, FEW
from bot.demo.town import Town
from bot.i18n.bidi import without_controls
from bot.i18n.languages import endonym
from simulator import CallbackTap, Group, NotPossible, Phone, Seen

Write: TypeAlias = Callable[[str], None]
Screen: TypeAlias = Phone | Group

_WIDTH: Final = 72
_AGAIN: Final = 3  # messages that :screen shows
_START: Final = "Start"
_CLEAR_LINE: Final = "\r\x1b[2K"


@dataclass(frozen=True)
class Choice:
    """A button that a number taps; `message` is where it is, None for wherever it is found."""

    label: str
    message: int | None = None


@dataclass
class _News:
    """What nobody has looked at yet: message id -> it is new (else edited), in order."""

    fresh: dict[int, bool] = field(default_factory=dict[int, bool])
    announced: tuple[int, int] = (0, 0)

    def counts(self) -> tuple[int, int]:
        new = sum(self.fresh.values())
        return new, len(self.fresh) - new

    def words(self) -> str:
        new, edited = self.counts()
        parts = [f"{new} new message{'s' if new > 1 else ''}"] if new else []
        parts += [f"{edited} edited message{'s' if edited > 1 else ''}"] if edited else []
        return ", ".join(parts)


class Screens:
    """The phones and the group; one of them is in the hand.

    live: what comes while nothing is typed is shown at once, and the prompt is put below it.
    """

    def __init__(self, town: Town, write: Write, prompt: Write, *, live: bool) -> None:
        self._town = town
        self._write = write
        self._write_prompt = prompt
        self._live = live
        self._waits = False
        self._news: dict[int, _News] = {}
        self._keys: Sequence[str] = ()
        self._here: Screen = town.coordinator
        self.choices: list[Choice] = []
        town.server.events.listen(self._happened)

    # The prompt ----------------------------------------------------------------------------

    def prompt(self) -> None:
        self._write_prompt(f"{self._holder()} › ")
        self._waits = True

    def typed(self, line: str) -> None:
        """A line came in. A terminal has shown it already, a pipe has not."""
        self._waits = False
        if not self._live:
            self._write(line.strip())

    def leave(self) -> None:
        """The end came while a human looks at the prompt: leave its line."""
        if self._waits:
            self._write("")

    # Looking -------------------------------------------------------------------------------

    def take(self, name: str) -> None:
        """Take the phone whose owner's name, or a word of it, begins with `name`."""
        found = [full for full in self._all if _begins(full, name)]
        if len(found) != 1:
            some = " or ".join(found) if name and found else ", ".join(self._all)
            self._write(f"Whose phone? {some}")
            return
        self._here = self._all[found[0]]
        self._keys = ()
        self.choices = []
        self._write("")
        self._write(f"── {self._title()} ".ljust(_WIDTH, "─"))
        if not self._here.messages:
            self.choices = [Choice(_START)]
            self._write(f"  {found[0]} has just found the bot. Nothing was written yet.")
            self._write(f"  [1] {_START}")
        elif self._news_of(self._here).fresh:
            self.show_news()
        else:
            self._show_last(1)

    def show_again(self) -> None:
        """The last messages of this phone."""
        self._news_of(self._here).fresh.clear()
        self._show_last(_AGAIN)

    def show_news(self) -> None:
        """What came on this phone, and a line for each other one on which something came."""
        fresh = self._news_of(self._here).fresh
        shown = [(one, fresh[one.message_id]) for one in self._messages(fresh)]
        fresh.clear()
        self._show(shown)
        self.announce()

    def announce(self) -> None:
        for name, screen in self._all.items():
            news = self._news_of(screen)
            counts = news.counts()
            if screen is not self._here and counts not in {news.announced, (0, 0)}:
                self._write(f"→ {name}: {news.words()}")
            news.announced = counts

    @property
    def any_news(self) -> bool:
        return any(news.counts() != news.announced for news in self._news.values())

    def list_all(self) -> None:
        for name, screen in self._all.items():
            here = "›" if screen is self._here else " "
            unread = self._news_of(screen).words()
            line = f"{here} {name:<13}{_about(screen):<44}{unread and f'({unread})'}"
            self._write(line.rstrip())

    # Doing ---------------------------------------------------------------------------------

    async def says(self, text: str) -> None:
        """Whoever holds the phone writes `text`. Raises NotPossible."""
        here = self._here
        if isinstance(here, Phone):
            said = await here.says(text)
        else:
            said = await here.says(self._town.coordinator.account, text)
        self._news_of(here).fresh.pop(said.message_id, None)  # it stands beside the prompt

    async def press(self, choice: Choice) -> CallbackTap | None:
        """Taps a button; None if it only wrote or started something. Raises NotPossible."""
        here = self._here
        if choice.label == _START and not here.messages and isinstance(here, Phone):
            await here.starts()
            return None
        label = without_controls(choice.label)
        if here.inline_button(choice.label, choice.message) is None and label not in self._keys:
            raise NotPossible(f"there is no button {label!r} here")
        self._write(f"(taps {label})")
        if isinstance(here, Group):
            by = self._town.coordinator.account
            return await here.taps(by, choice.label, message=choice.message)
        return await here.taps(choice.label, message=choice.message)

    async def does(
        self, way: Callable[[Phone], Awaitable[Any]], in_group: Callable[..., Any] | None = None
    ) -> None:
        """Something other than writing. Raises NotPossible."""
        if isinstance(self._here, Phone):
            await way(self._here)
        elif in_group is not None:
            await in_group(self._here, self._town.coordinator.account)
        else:
            raise NotPossible("this is a group, take somebody's own phone")

    # ---------------------------------------------------------------------------------------

    @property
    def _all(self) -> dict[str, Screen]:
        """By name; also who came later, through the control endpoint."""
        server = self._town.server
        people = [one for one in server.world.accounts.values() if not one.is_bot]
        phones: dict[str, Screen] = {one.first_name: server.phone(one) for one in people}
        return phones | {group.chat.title or "": group for group in server.groups}

    def _happened(self, event: dict[str, Any]) -> None:
        """The messenger's world changed."""
        if event["type"] not in {"message", "edited", "deleted"}:
            return
        chat = self._town.server.world.chats[event["chat_id"]]
        news = self._news.setdefault(chat.id, _News())
        if event["type"] == "deleted":
            news.fresh.pop(event["message_id"], None)
            return
        message_id: int = event["message"]["message_id"]
        message = chat.messages[message_id]
        own = message.sender is chat.person  # seen where it is written, no news anywhere else
        if message.is_service or (own and chat is not self._here.chat):
            return
        new = event["type"] == "message" or news.fresh.get(message_id, False)
        news.fresh.pop(message_id, None)
        news.fresh[message_id] = new
        if self._live and self._waits:
            self._show_between(chat.id)

    def _show_between(self, chat_id: int) -> None:
        """Something came while a human looks at the prompt."""
        self._write_prompt(_CLEAR_LINE)
        self.show_news()
        self.prompt()

    def _messages(self, ids: Sequence[int] | dict[int, bool]) -> list[Seen]:
        there = {one.message_id: one for one in self._here.messages}
        return [there[message_id] for message_id in ids if message_id in there]

    def _show_last(self, count: int) -> None:
        said = [one for one in self._here.messages if one.kind != "service"]
        self._show([(one, True) for one in said[-count:]])

    def _show(self, messages: list[tuple[Seen, bool]]) -> None:
        """Bubbles. Only the buttons of the last one that has any carry numbers."""
        numbered = next((one for one, _ in reversed(messages) if one.buttons), None)
        gone = {one.message_id for one, _ in messages if not one.buttons}
        if numbered is not None:
            labels = [label for row in numbered.buttons for label in row]
            self.choices = [Choice(label, numbered.message_id) for label in labels]
        elif any(choice.message in gone for choice in self.choices):
            self.choices = []
        for message, new in messages:
            self._show_bubble(message, new=new, numbered=message is numbered)
        self._show_keys()

    def _show_bubble(self, message: Seen, *, new: bool, numbered: bool) -> None:
        at = datetime.fromtimestamp(message.date, self._town.county.zone)
        edited = "" if new else " (edited)"
        self._write(f"  {message.sender} {at:%a %H:%M}{edited}")
        said = without_controls(message.text).splitlines()
        for line in said if message.kind == "text" else [f"({message.kind})", *said]:
            self._write(f"  │ {line}".rstrip())
        number = 0
        for row in message.buttons:
            parts: list[str] = []
            for label in row:
                number += 1
                mark = str(number) if numbered else " "
                parts.append(f"[{mark}] {without_controls(label)}")
            self._write(f"  │ {'   '.join(parts)}")

    def _show_keys(self) -> None:
        """The big keys below the text field."""
        keys = [without_controls(key) for row in _keyboard(self._here) for key in row]
        if keys and keys != self._keys:
            self.choices = [Choice(key) for key in keys]
            parts = [f"[{at}] {key}" for at, key in enumerate(keys, start=1)]
            self._write(f"  keys below: {'   '.join(parts)}")
        self._keys = keys

    def _news_of(self, screen: Screen) -> _News:
        return self._news.setdefault(screen.chat.id, _News())

    def _holder(self) -> str:
        if isinstance(self._here, Phone):
            return self._here.account.first_name
        return f"{COORDINATOR.name} in {self._here.chat.title}"

    def _title(self) -> str:
        if isinstance(self._here, Phone):
            return f"{self._holder()}'s phone: {_about(self._here)}"
        return f"the group {self._here.chat.title}, on {COORDINATOR.name}'s phone"


def _keyboard(screen: Screen) -> Sequence[Sequence[str]]:
    return screen.keyboard if isinstance(screen, Phone) else ()


def _begins(full: str, name: str) -> bool:
    """The name or one of its words begins so."""
    wanted = name.casefold()
    return any(part.casefold().startswith(wanted) for part in (full, *full.split()))


def _about(screen: Screen) -> str:
    if isinstance(screen, Group):
        return "the office's group"
    name = screen.account.first_name
    for one in FEW.volunteers:
        if one.name == name:
            return f"volunteer, speaks {', '.join(map(endonym, one.speaks))}"
    for one in FEW.requesters:
        if one.name == name:
            return f"looks for help, reads {endonym(one.reads)}"
    return "works in the office" if name == COORDINATOR.name else "somebody new"
