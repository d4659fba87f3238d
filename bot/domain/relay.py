"""The rules of a chat between a requester and their volunteer, carried by the bot.

Neither sees the other's account or number: what one sends is sent anew to the other. Only what is
named here passes.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.appointments import Quiet, Side, is_quiet
from bot.domain.requests import State

#: So many messages a minute one side may send.
PER_MINUTE: Final = 20
#: After that long (seconds) nobody's last message is a conversation any more.
LATELY: Final = 24 * 3600
#: So near to the start (seconds) nobody's quiet hours count.
_ABOUT_TO_MEET: Final = 2 * 3600

#: Longest words of one message (UTF-16 units); shorter where a translation stands below them.
LONGEST: Final = 3500
LONGEST_TRANSLATED: Final = 1500
#: Longer words than these do not stand below a picture: they follow as a message of their own.
LONGEST_CAPTION: Final = 600
#: A line costs two marks of direction and perhaps one more besides its break.
_LINE: Final = 4
#: Where words too long for one message are broken, best first.
_BREAKS: Final = ("\n\n", "\n", ". ", " ")


class Kind(StrEnum):
    """What somebody sent, as far as the rules tell it apart."""

    WORDS = "words"
    VOICE = "voice"
    PHOTO = "photo"
    DOCUMENT = "document"
    PLACE = "place"
    CONTACT = "contact"
    FORWARDED = "forwarded"
    OTHER = "other"


#: What passes. Everything else is refused.
ALLOWED: Final = frozenset({Kind.WORDS, Kind.VOICE, Kind.PHOTO, Kind.DOCUMENT, Kind.PLACE})
#: Of these the messenger makes a copy, without the author.
COPIED: Final = frozenset({Kind.VOICE, Kind.PHOTO, Kind.DOCUMENT})


class Ended(StrEnum):
    """Why a chat is closed for good: the two have nothing to do with each other any more, or the
    appointment is over."""

    CALLED_OFF = "called_off"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message of somebody: ``message_id`` in their chat; ``words``: the text or the caption;
    ``place``: latitude and longitude."""

    message_id: int
    kind: Kind
    words: str = ""
    place: tuple[float, float] | None = None


def other_side(side: Side) -> Side:
    return Side.VOLUNTEER if side is Side.REQUESTER else Side.REQUESTER


def may_write(state: State, ends_at: int | None, now: int, hours: int) -> bool:
    """Do the two have something to talk about? *hours*: so long after the end (*ends_at*)."""
    if state in (State.AGREEING, State.ASSIGNED):
        return True
    return state is State.DONE and ends_at is not None and now < ends_at + hours * 3600


def comes_silently(
    now: int, zone: ZoneInfo, quiet: Quiet, starts_at: int | None, *, muted: bool
) -> bool:
    """Without a sound: who wants it so, and in their quiet hours, but not when the two are about
    to meet."""
    if muted:
        return True
    if starts_at is not None and -_ABOUT_TO_MEET <= now - starts_at <= _ABOUT_TO_MEET:
        return False
    return is_quiet(datetime.fromtimestamp(now, zone).strftime("%H:%M"), quiet)


def too_fast(minute: int, sent: int, now: int) -> bool:
    """*sent* messages were counted in that *minute* since the epoch already."""
    return minute == now // 60 and sent >= PER_MINUTE


_HANDLE = re.compile(r"@\w|t\.me|https?:|www\.|\d(?:[\s/().-]*\d){4}", re.IGNORECASE)


def shown_name(name: str) -> str:
    """*name*, unless it gives away how to reach its bearer elsewhere: then nothing."""
    return "" if _HANDLE.search(name) else name


def parts(words: str, longest: int) -> list[str]:
    """*words* in parts of at most *longest* UTF-16 units, broken at a paragraph, line, sentence or
    word where that is possible. Nothing is lost but the space at a break."""
    rest, found = words.strip(), list[str]()
    while (fits := _fitting(rest, longest)) < len(rest):
        cut = _break(rest[:fits])
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*found, rest] if rest else found


def units(words: str) -> int:
    """Length as the messenger counts it, and a line break as what isolating the lines costs."""
    return sum(_cost(each) for each in words)


def _fitting(words: str, longest: int) -> int:
    """How many characters of *words* fit."""
    used = 0
    for at, each in enumerate(words):
        used += _cost(each)
        if used > longest:
            return max(at, 1)
    return len(words)


def _cost(character: str) -> int:
    if character == "\n":
        return _LINE
    return 2 if ord(character) > 0xFFFF else 1


def _break(head: str) -> int:
    """Where to break *head*: behind the last good place of its second half, or at its end."""
    for sign in _BREAKS:
        at = head.rfind(sign, len(head) // 2)
        if at >= 0:
            return at + len(sign)
    return len(head)
