"""What the browser's page gets from the demo: its clock, its outbox, its tours, who is who."""

from collections.abc import Mapping
from typing import Final, cast

from babel import Locale

from bot.background import Background
from bot.demo import transcript
from bot.demo.guide import Guide
from bot.demo.town import BotStopped, Town
from bot.demo.walking import Tell, Walking
from bot.i18n.languages import endonym
from bot.storage import outbox
from bot.storage.errors import StorageUnavailable
from simulator import Account
from simulator.json_types import JsonObject

_PACE: Final = 0.25  # seconds: a week of a request has about ten stops
_KURDISH_AND_DARI: Final = {  # as people here say, not as the tables of languages do
    "en": {"kmr": "Kurmanji", "ckb": "Sorani", "prs": "Dari"},
    "de": {"kmr": "Kurmandschi", "ckb": "Sorani", "prs": "Dari"},
}


class DemoStage:
    """See simulator/browser/stage.py. `tell` publishes an event, `note_time` records a walk."""

    def __init__(
        self, town: Town, background: Background, tell: Tell, *, kept: bool, pace: float = _PACE
    ) -> None:
        self.zone = town.county.zone.key
        self.kept = kept
        self.walking = Walking(town, background, tell, pace)
        self.guide_ = Guide(town, self.walking, background, tell)
        self._town = town

    def person(self, account: Account) -> JsonObject:
        name = account.first_name
        role = self.guide_.role(account.id) or self._town.cast.role(name)
        return {"role": role, "about": self._about(role, account)}

    def front(self) -> list[int]:
        cast, phones = self._town.cast, self._town.phones
        names = (cast.requesters[0].name, cast.volunteers[0].name)
        return [*(phones[name].chat.id for name in names), self._town.group.chat_id]

    async def clock(self) -> JsonObject:
        return await self.walking.state()

    async def move_clock(self, order: JsonObject) -> None:
        await self.walking.order(order)

    async def outbox(self) -> int:
        """0 also while the bot is being started again."""
        if self._town.between:
            return 0
        try:
            return await self._town.lotse.db.read(outbox.unsent)
        except (BotStopped, StorageUnavailable):
            return 0

    async def restart(self) -> None:
        await self._town.restart()

    def tours(self) -> list[JsonObject]:
        return self.guide_.tours()

    def tour(self) -> JsonObject | None:
        return self.guide_.wire()

    async def guide(self, order: str, given: JsonObject) -> None:
        await self.guide_.order(order, given)

    def transcript(self, record: list[JsonObject], chat_id: int | None) -> str:
        return transcript.written(record, chat_id, self._town)

    def store(self) -> JsonObject:
        return {"now": self._town.wall.now(), "tour": self.guide_.store()}

    def restore(self, stored: JsonObject) -> None:
        self.guide_.restore(stored["tour"])

    def _about(self, role: str, account: Account) -> dict[str, str]:
        one = self._town.cast.known(account.first_name)
        match role:
            case "coordinator":
                return {"en": "works in the office", "de": "arbeitet im Büro"}
            case "volunteer" if one is not None:
                speaks = tuple(one.languages)
                return {
                    "en": f"volunteer: {_named(speaks, 'en')} · {one.place}",
                    "de": f"ehrenamtlich: {_named(speaks, 'de')} · {one.place}",
                }
            case "requester":
                reads = (one.reads if one else account.language_code or "en",)
                return {
                    "en": f"looks for help, reads {_named(reads, 'en')}",
                    "de": f"sucht Hilfe, liest {_named(reads, 'de')}",
                }
            case _:
                reads = (account.language_code or "en",)
                return {
                    "en": f"somebody new, reads {_named(reads, 'en')}",
                    "de": f"jemand Neues, liest {_named(reads, 'de')}",
                }


def _named(languages: tuple[str, ...], told_in: str) -> str:
    """Their names for whoever plays: in one script, a line that is cut off stays legible."""
    names = cast("Mapping[str, str]", Locale(told_in).languages)
    own = _KURDISH_AND_DARI[told_in]
    return ", ".join(own.get(one) or names.get(one) or endonym(one) for one in languages)
