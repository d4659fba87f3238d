"""Does one step of a tour: finds who, finds the button by what this person reads on it, taps it."""

from datetime import timedelta
from typing import Final

from bot.demo.tour_steps import (
    CLOCK,
    DESK,
    HELPER,
    OFFICE,
    PERSON,
    SECOND,
    Chooses,
    Passes,
    Picks,
    Presses,
    Says,
    SaysDay,
    Starts,
    Step,
    Taps,
    Until,
)
from bot.demo.town import Town
from bot.demo.walking import Walking
from bot.i18n.bidi import without_controls
from bot.i18n.languages import endonym
from bot.messages import Text
from simulator import Group, Phone
from simulator.json_types import JsonObject
from simulator.records import Chat, Message

_LONGEST_WALK: Final = 60 * 24 * 3600
_SATURDAY: Final = 5


class Stuck(Exception):
    """The step can't be done now; `words` say why, in English and German."""

    def __init__(self, english: str, german: str) -> None:
        super().__init__(english)
        self.words = {"en": english, "de": german}


class Doer:
    """`phones`: who plays which part, as far as it is known; volunteers are found when asked.

    since: by chat, the last message before the tour began; without one it begins now.
    """

    def __init__(
        self,
        town: Town,
        walking: Walking,
        language: str,
        phones: dict[str, Phone],
        since: dict[int, int] | None = None,
    ) -> None:
        self._town = town
        self._walking = walking
        self._language = language
        self._phones = phones
        chats = town.server.world.chats.values()
        self._since = since or {chat.id: chat.last_message_id for chat in chats}

    def store(self) -> JsonObject:
        """What the constructor needs to go on after a restart."""
        roles = {role: phone.chat.id for role, phone in self._phones.items()}
        return {"roles": roles, "since": self._since}

    def chat_of(self, role: str) -> Chat:
        """What is looked at; the person's own phone as long as nobody plays that part."""
        if role == OFFICE:
            return self._town.group.chat
        if role == DESK:
            return self._town.coordinator.chat
        return self._phones.get(role, self._phones[PERSON]).chat

    # Doing ---------------------------------------------------------------------------------

    async def do(self, step: Step) -> None:
        """Returns when the bot has answered. Raises Stuck, NotPossible, BotStopped."""
        await self._town.settle()
        match step.deed:
            case Until(who, label):
                await self._walk_until(who, label)
            case Passes(hours):
                await self._walking.walk(self._town.wall.now() + hours * 3600)
            case Taps(label, values):
                await self._tap(step.who, Text(label, dict(values)))
            case Picks() | Presses():
                await self._find_and_tap(step)
            case _:
                await self._writes(step)
        await self._town.settle()

    async def _writes(self, step: Step) -> None:
        phone = self._phone(step.who)
        match step.deed:
            case Starts():
                await phone.starts()
            case Chooses():
                await phone.taps(endonym(self._language))
            case Says(text):
                await phone.says(text)
            case SaysDay(days):
                await phone.says(self._day(days))
            case _:
                raise AssertionError(step.deed)

    async def _tap(self, role: str, text: Text) -> None:
        """The newest button with that text on what came since the tour began."""
        if (found := self._holder(role, text)) is None:
            label = self._label(role, text, self._town.group)
            raise Stuck(
                f"Nobody sees the button »{label}« now. Go on by hand, then try again.",
                f"Die Taste »{label}« ist gerade bei niemandem zu sehen. Bitte von Hand weiter,"
                " dann noch einmal.",
            )
        screen, message, label = found
        if isinstance(screen, Group):
            await screen.taps(self._town.coordinator.account, label, message=message.message_id)
            return
        if role in {HELPER, SECOND}:
            self._phones.setdefault(role, screen)
        await screen.taps(label, message=message.message_id)

    def _holder(self, role: str, text: Text) -> tuple[Phone | Group, Message, str] | None:
        """Who sees that button on something new, where, and what stands on it."""
        for screen in self._candidates(role, text):
            label = self._label(role, text, screen)
            if (message := self._fresh(screen, label)) is not None:
                return screen, message, label
        return None

    async def _find_and_tap(self, step: Step) -> None:
        if (found := self._button(step)) is None:
            raise Stuck(
                "The button of this step is not to be seen now. Go on by hand, then try again.",
                "Die Taste dieses Schritts ist gerade nicht zu sehen. Bitte von Hand weiter, dann"
                " noch einmal.",
            )
        message, label = found
        if step.who == OFFICE:
            by = self._town.coordinator.account
            await self._town.group.taps(by, label, message=message.message_id)
        else:
            await self._phone(step.who).taps(label, message=message.message_id)

    def _button(self, step: Step) -> tuple[Message, str] | None:
        """The newest one that the step means, and its label."""
        screen = self._known(step.who) if step.who != OFFICE else self._town.group
        for message in reversed(screen.visible()):
            for button in (one for row in message.inline_keyboard or [] for one in row):
                match step.deed:
                    case Picks(begins):
                        fits = without_controls(button["text"]).startswith(begins)
                    case Presses(data):
                        fits = str(button.get("callback_data", "")).startswith(data)
                    case _:
                        fits = False
                if fits:
                    return message, button["text"]
        return None

    async def _walk_until(self, who: str, label: str) -> None:
        text = Text(label)

        def seen() -> bool:
            return any(
                self._fresh(screen, self._label(who, text, screen), since=before[screen.chat.id])
                for screen in self._candidates(who, text)
            )

        before = {one.id: one.last_message_id for one in self._town.server.world.chats.values()}
        await self._walking.walk(self._town.wall.now() + _LONGEST_WALK, seen)
        if not seen():
            raise Stuck(
                "The clock was stopped before that happened. Try again.",
                "Die Uhr hielt an, bevor es so weit war. Bitte noch einmal.",
            )

    # Finding -------------------------------------------------------------------------------

    def _phone(self, role: str) -> Phone:
        if role == DESK:
            return self._town.coordinator
        if role not in self._phones:
            raise Stuck("No volunteer has been asked yet.", "Noch wurde niemand gefragt.")
        return self._phones[role]

    def _candidates(self, role: str, text: Text) -> list[Phone | Group]:
        """One screen; for a volunteer who is not known yet, everybody who may have been asked."""
        if role == OFFICE:
            return [self._town.group]
        if role in {HELPER, SECOND} and role not in self._phones:
            taken = [self._phones[one] for one in (HELPER, SECOND) if one in self._phones]
            names = (one.name for one in self._town.cast.volunteers)
            free = (self._town.phones[name] for name in names)
            return [one for one in free if one not in taken]
        return [self._phone(role)]

    def _label(self, role: str, text: Text, screen: Phone | Group) -> str:
        return self._town.wording.label(text, self._reads(role, screen))

    def _reads(self, role: str, screen: Phone | Group) -> str:
        if role == PERSON:
            return self._language
        if role in {HELPER, SECOND} and isinstance(screen, Phone):
            one = self._town.cast.known(screen.account.first_name)
            return one.reads if one else self._language
        return self._town.county.office_language

    def _fresh(self, screen: Phone | Group, label: str, since: int | None = None) -> Message | None:
        oldest = self._since.get(screen.chat.id, 0) if since is None else since
        found = screen.inline_button(label, None)
        return found[0] if found is not None and found[0].message_id > oldest else None

    def _day(self, working_days: int) -> str:
        day = self._town.local()
        while working_days:
            day += timedelta(days=1)
            working_days -= day.weekday() < _SATURDAY
        return f"{day:%d.%m.%Y}"

    # Telling -------------------------------------------------------------------------------

    def in_words(self, step: Step) -> dict[str, str]:
        """What the next step will do."""
        name = self._name(step.who)
        match step.deed:
            case Starts():
                return {"en": f"{name} opens the bot", "de": f"{name} öffnet den Bot"}
            case Chooses():
                return _taps(name, endonym(self._language))
            case Taps(label, values):
                text = Text(label, dict(values))
                found = self._holder(step.who, text)
                if found is not None and isinstance(found[0], Phone):
                    name = found[0].account.first_name
                screen = self._known(step.who) if step.who != OFFICE else self._town.group
                said = found[2] if found else self._label(step.who, text, screen)
                return _taps(name, without_controls(said))
            case Picks() | Presses():
                button = self._button(step)
                return _taps(name, without_controls(button[1]) if button else "…")
            case Says(text):
                return {"en": f"{name} writes “{text}”", "de": f"{name} schreibt „{text}“"}
            case SaysDay(days):
                day = self._day(days)
                return {"en": f"{name} writes “{day}”", "de": f"{name} schreibt „{day}“"}
            case Passes(hours):
                return {"en": f"{hours} hours pass", "de": f"{hours} Stunden vergehen"}
            case Until():
                return {
                    "en": "the clock walks to the next thing",
                    "de": "die Uhr läuft bis zum nächsten Ereignis",
                }

    def _known(self, role: str) -> Phone | Group:
        if role in self._phones or role == DESK:
            return self._phone(role)
        return self._town.phones[self._town.cast.volunteers[0].name]

    def _name(self, role: str) -> str:
        if role in {OFFICE, DESK}:
            return self._town.cast.coordinator.name
        if role in self._phones:
            return self._phones[role].account.first_name
        return "" if role == CLOCK else self._town.cast.volunteers[0].name


def _taps(name: str, label: str) -> dict[str, str]:
    return {"en": f"{name} taps “{label}”", "de": f"{name} tippt auf „{label}“"}
