"""Announcements: what the office says to many people at once, in each language, and to whom."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.appointments import Quiet

#: The text that the office writes first.
FIRST = "de"


class To(StrEnum):
    REQUESTERS = "requesters"
    VOLUNTEERS = "volunteers"
    ALL = "all"


class State(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"


class Instead(StrEnum):
    """What readers of a language get for which there is no text."""

    GERMAN = "german"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Audience:
    """``language``: what they read, ``place``: a municipality; empty: all of them."""

    to: To
    language: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """``texts``: language -> text; ``instead``: for languages without one. ``revision`` grows with
    each change of the texts. Texts are forgotten after a month."""

    id: int
    state: State
    audience: Audience
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    instead: Mapping[str, Instead] = field(default_factory=dict[str, Instead])
    revision: int = 1
    made_by: int = 0
    sent_by: int | None = None

    def text_for(self, language: str) -> str | None:
        """What a reader of *language* gets; None: nothing, or it is not decided."""
        if language in self.texts:
            return self.texts[language]
        return self.texts.get(FIRST) if self.instead.get(language) is Instead.GERMAN else None

    def is_decided(self, language: str) -> bool:
        return language in self.texts or language in self.instead


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is meant. ``quiet``: their own quiet hours, or the usual ones."""

    person_id: int
    chat_id: int
    language: str
    quiet: Quiet


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are still ``waiting`` (or on their way), have it, could not be reached (the bot was
    ``blocked``), or were ``dropped`` because it was stopped or they wanted no more."""

    waiting: int = 0
    delivered: int = 0
    blocked: int = 0
    dropped: int = 0


def by_language(recipients: Iterable[Recipient]) -> dict[str, int]:
    """Language -> how many read it; the first text's language first, then the most read."""
    counted = Counter(one.language for one in recipients)
    return dict(sorted(counted.items(), key=lambda one: (one[0] != FIRST, -one[1], one[0])))


#: Who never said when their night is.
USUAL_QUIET: Quiet = ("20:00", "08:00")

#: A text with its direction marks, in UTF-16 units: the messenger takes 4096 with our own words.
LONGEST = 3500
#: What is added to each line when it is shown.
_MARKS = 3

_ALLOWED = re.compile(r"https://[^\s@]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
#: What the messenger makes a link of, or what looks like one.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://|\b(?:javascript|data|tg|mailto):|\bwww\."
    r"|\b[\w-]+\.(?:app|biz|com|de|eu|gg|info|io|ly|me|net|org|ru|to|top|tk|ua|xyz)\b",
    re.IGNORECASE,
)


def length(words: str) -> int:
    """As the messenger counts it, with what is added to show it."""
    lines = words.split("\n")
    return len(words.encode("utf-16-le")) // 2 + _MARKS * len(lines)


def has_unsafe_link(words: str) -> bool:
    """Is there any link but ``https://…``, written out?"""
    return _LINK.search(_ALLOWED.sub(" ", words)) is not None
