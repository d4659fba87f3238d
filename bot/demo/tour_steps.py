"""What a guided tour is made of: plain data, told in German and English."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

#: Who acts. PERSON is new in each tour; HELPER is the first volunteer who was asked, SECOND another
#: one; OFFICE is the coordinator in the group, DESK the same in private; CLOCK is nobody.
PERSON: Final = "person"
HELPER: Final = "helper"
SECOND: Final = "second"
OFFICE: Final = "office"
DESK: Final = "desk"
CLOCK: Final = "clock"


@dataclass(frozen=True)
class Starts:
    """Opens the bot and presses Start."""


@dataclass(frozen=True)
class Chooses:
    """Taps the tour's language by its own name."""


@dataclass(frozen=True)
class Taps:
    """A button, by its English text in the bot's catalogues; each taps what they read there."""

    label: str
    values: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class Picks:
    """A button that carries data and no text of the catalogues: the first that begins so."""

    begins: str


@dataclass(frozen=True)
class Presses:
    """A button by what it means (its data begins so), where what stands on it is only a picture."""

    data: str


@dataclass(frozen=True)
class Says:
    text: str


@dataclass(frozen=True)
class SaysDay:
    """A date so many working days ahead."""

    working_days: int


@dataclass(frozen=True)
class Until:
    """The clock walks until `who` sees the button `label` on something new."""

    who: str
    label: str


@dataclass(frozen=True)
class Passes:
    """The clock walks so many hours."""

    hours: int


Deed: TypeAlias = Starts | Chooses | Taps | Picks | Presses | Says | SaysDay | Until | Passes


@dataclass(frozen=True)
class Step:
    """`who` does something; afterwards the two texts explain what is to be seen, and where."""

    who: str
    deed: Deed
    de: str
    en: str
    front: str = ""

    @property
    def shows(self) -> str:
        """Whose phone is looked at afterwards."""
        return self.front or self.who


@dataclass(frozen=True)
class Tour:
    """`name` and `language` are those of the person who asks for help."""

    id: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    name: str
    language: str
    steps: tuple[Step, ...]
