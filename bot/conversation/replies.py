"""What a person can do: tap, write, speak, share, or use a word understood everywhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeAlias

from bot.messages import B_, Text


class Control(StrEnum):
    """What is understood at every question, by button, by typing its label, or as a command."""

    BACK = "back"
    SKIP = "skip"
    CANCEL = "cancel"
    LANGUAGE = "language"
    CALL_ME = "callme"
    HELP = "help"


CONTROL_LABELS: Mapping[Control, str] = {
    Control.BACK: B_("⬅️ Back"),
    Control.SKIP: B_("⏭ Skip"),
    Control.CANCEL: B_("✖️ Cancel"),
    Control.LANGUAGE: B_("🌐 Language"),
    Control.CALL_ME: B_("📞 Call me"),
    Control.HELP: B_("❓ Help"),
}

#: What the callback data of a control starts with; the key of an ordinary choice never does.
CONTROL_MARK = "!"

# What a client sends back is not to be trusted: the number stays bounded, so that int() can neither
# fail nor take long.
_TAP = re.compile(r"f:([0-9]{1,18}):([a-z][a-z0-9_]*):(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tap:
    """A button under a question.

    It names its conversation and its question, so that an old one is recognised as old.
    """

    number: int
    ask: str
    choice: str

    @classmethod
    def of(cls, number: int, ask: str, control: Control) -> Self:
        """The button of a control under the question *ask*."""
        return cls(number, ask, CONTROL_MARK + control.value)

    def data(self) -> str:
        """The callback data of the button: at most 64 bytes (``check.py`` proves it for a flow)."""
        return f"f:{self.number}:{self.ask}:{self.choice}"

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """The tap that wrote *data*, or None if no question did."""
        found = _TAP.fullmatch(data)
        return None if found is None else cls(int(found[1]), found[2], found[3])


@dataclass(frozen=True, slots=True)
class Typed:
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    file_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Photo:
    """``caption``: what was written with it."""

    file_id: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone number shared with the messenger's own button; ``own`` if it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Anything no question takes: a sticker, a film, a poll."""


Reply: TypeAlias = Tap | Typed | Voice | Photo | Location | SharedContact | Other | Control


def control_in(reply: Reply, means: Callable[[str, Text], bool]) -> Control | None:
    """The control in *reply*, however it was given; None if the reply is for the question."""
    match reply:
        case Control():
            return reply
        case Tap(choice=choice):
            return next((one for one in Control if choice == CONTROL_MARK + one.value), None)
        case Typed(written):
            labels = CONTROL_LABELS.items()
            return next((one for one, label in labels if means(written, Text(label))), None)
        case _:
            return None
