"""The people in the system. One person can be several of these; roles are data."""

from dataclasses import dataclass
from enum import StrEnum

#: What may stand before a first name in the office's list.
_TITLES = frozenset({"Dr.", "Prof.", "Frau", "Herr"})


#: Persian and Dari are one language with some other words: their speakers understand each other.
#: (The two Kurdish languages do not: Kurmanji and Sorani stand apart.)
_ALSO_UNDERSTOOD = {"fa": "prs", "prs": "fa"}


def understood(language: str) -> frozenset[str]:
    """The languages a volunteer may speak to be understood by who speaks *language*."""
    return frozenset({language, _ALSO_UNDERSTOOD.get(language, language)})


class Role(StrEnum):
    COORDINATOR = "coordinator"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who agreed to be kept, or was entered by the office.

    ``chat_id`` is None without Telegram.
    """

    id: int
    chat_id: int | None
    name: str
    roles: frozenset[Role] = frozenset()

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def first_name(self) -> str:
        """What the other side hears: "Anna" of "Dr. Anna Vogt" and of "Vogt, Anna Lena"."""
        family, _, given = self.name.partition(",")
        words = given.split() or family.split()
        return next((word for word in words if word not in _TITLES), self.name)


@dataclass(frozen=True, slots=True)
class Volunteer:
    """What matching knows of a volunteer: plain coded facts, no name."""

    person_id: int
    languages: frozenset[str]
    active: bool = True
