"""Who is in the demo: all invented, so that nobody has to be found to play a part."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.domain.people import Gender, Level, Mark, Part, Travel

_WELL: Final = Level.WELL
_HOME: Final = "Halberstadt"
_WEEKEND: Final = {(day, part): Mark.GOOD for day in (5, 6) for part in Part}
_NO_MORNINGS: Final = {(day, Part.MORNING): Mark.NEVER for day in range(5)}


@dataclass(frozen=True)
class Invented:
    """Somebody of the demo. `reads`: the language of their app; the rest is for volunteers."""

    name: str
    reads: str
    speaks: tuple[str, ...] = ()
    some: tuple[str, ...] = ()  # enough for daily things
    place: str = _HOME
    travel: Travel = Travel.CAR
    reach_km: int = 60
    gender: Gender | None = None
    quiet: tuple[str, str] = ("00:00", "00:00")  # never
    times: Mapping[tuple[int, Part], Mark] = field(default_factory=dict[tuple[int, Part], Mark])
    weekly_cap: int | None = None

    @property
    def languages(self) -> dict[str, Level]:
        return dict.fromkeys(self.speaks, _WELL) | dict.fromkeys(self.some, Level.SOME)


@dataclass(frozen=True)
class Cast:
    """Who moves in. The coordinators' group has topics if it is a `forum`."""

    coordinator: Invented
    volunteers: tuple[Invented, ...]
    requesters: tuple[Invented, ...]
    forum: bool = False

    @property
    def everybody(self) -> tuple[Invented, ...]:
        return (self.coordinator, *self.volunteers, *self.requesters)

    def role(self, name: str) -> str:
        """requester, volunteer, coordinator, or new for whom nobody knows yet."""
        if name == self.coordinator.name:
            return "coordinator"
        if any(one.name == name for one in self.volunteers):
            return "volunteer"
        return "requester" if any(one.name == name for one in self.requesters) else "new"

    def known(self, name: str) -> Invented | None:
        return next((one for one in self.everybody if one.name == name), None)


COORDINATOR: Final = Invented("Frau Krause", "de")
_FIVE: Final = (
    Invented("Anna", "de", ("ar", "de")),
    Invented("Bilal", "ar", ("ar",)),
    Invented("Olena", "de", ("uk", "de")),
    Invented("Reza", "de", ("fa", "de")),
    Invented("Sophie", "de", ("de", "en")),
)
_BUS: Final = Travel.BUS
_WOMAN, _MAN = Gender.WOMAN, Gender.MAN
_EVENING: Final = ("20:00", "08:00")
_SIXTEEN: Final = (
    Invented("Amal", "ar", ("ar", "de"), (), "Wernigerode", _BUS, 15, _WOMAN, _EVENING),
    Invented("Yusuf", "tr", ("tr", "de"), (), _HOME, _BUS, 15, _MAN, _EVENING),
    Invented("Ayşe", "tr", ("tr", "de"), ("kmr",), "Quedlinburg", Travel.CAR, 40, _WOMAN, _EVENING),
    Invented(
        "Nataliia", "uk", ("uk", "ru"), ("de",), "Blankenburg (Harz)", _BUS, 20, _WOMAN, _EVENING
    ),
    Invented("Bohdan", "de", ("uk", "de"), (), "Thale", Travel.CAR, 30, _MAN, _EVENING, _WEEKEND),
    Invented(
        "Zahra", "fa", ("fa", "prs", "de"), (), "Wernigerode", Travel.CAR, 40, _WOMAN, _EVENING
    ),
    Invented("Hamid", "prs", ("prs", "fa"), ("de",), _HOME, _BUS, 15, _MAN, _EVENING),
    Invented("Rojda", "de", ("kmr", "tr", "de"), (), _HOME, Travel.CAR, 30, _WOMAN, _EVENING),
    Invented(
        "Miran", "de", ("kmr", "de"), (), "Ilsenburg (Harz)", _BUS, 15, _MAN, _EVENING, _NO_MORNINGS
    ),
    Invented(
        "Claire", "de", ("fr", "de", "en"), (), "Osterwieck", Travel.CAR, 40, _WOMAN, _EVENING
    ),
    Invented("Dieter", "de", ("de",), ("en",), "Wernigerode", Travel.CAR, 30, _MAN, _EVENING),
    Invented("Ingrid", "de", ("de", "en"), (), "Quedlinburg", _BUS, 15, _WOMAN, _EVENING),
    Invented("Jürgen", "de", ("de",), (), "Huy", Travel.CAR, 60, _MAN, _EVENING),
    Invented("Katharina", "de", ("de", "ru"), (), "Harzgerode", Travel.CAR, 30, _WOMAN, _EVENING),
    Invented("Mehmet", "de", ("tr", "de"), (), "Ballenstedt", _BUS, 15, _MAN, _EVENING),
    Invented(
        "Sabine", "de", ("de", "en"), ("ar",), _HOME, _BUS, 15, _WOMAN, _EVENING, {}, weekly_cap=1
    ),
)
_THREE: Final = (Invented("Sara", "ar"), Invented("Jonas", "de"), Invented("Emily", "en"))
_SEVEN: Final = (
    Invented("Parisa", "fa"),
    Invented("Najib", "prs"),
    Invented("Rewşen", "kmr"),
    Invented("Şîlan", "ckb"),
    Invented("Elif", "tr"),
    Invented("Iryna", "uk"),
    Invented("Khaled", "ar"),
)

#: For one human at one terminal.
FEW: Final = Cast(COORDINATOR, _FIVE, _THREE)
#: The county's twenty-one, and somebody for each language.
ALL: Final = Cast(COORDINATOR, (*_FIVE, *_SIXTEEN), (*_THREE, *_SEVEN), forum=True)
