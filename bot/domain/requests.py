"""The life of a help request: its states, and the one table of moves between them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from bot.domain.errors import Code, Refused
from bot.domain.people import Gender, Person, Role


class State(StrEnum):
    """Where a help request stands.

    ``WAITING``: a coordinator looks at it first; ``OPEN``: volunteers are asked; ``STUCK``: nobody
    left to ask, a coordinator decides; ``AGREEING``: a volunteer said yes, the two look for a time.
    """

    WAITING = "waiting"
    OPEN = "open"
    STUCK = "stuck"
    AGREEING = "agreeing"
    ASSIGNED = "assigned"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"
    REFERRED = "referred"
    CLOSED = "closed"


class Move(StrEnum):
    """``RELEASE``, ``REFER``, ``CLOSE``, ``ASK_AGAIN`` are a coordinator's; ``ACCEPT`` with a fixed
    time is an appointment at once, ``CHOOSE`` without one begins the agreeing. ``REVIEW``: what is
    asked for has changed so that a coordinator must look first. ``REOPEN``: a coordinator takes up
    again what had ended without help."""

    RELEASE = "release"
    ACCEPT = "accept"
    CHOOSE = "choose"
    AGREE = "agree"
    HAND_BACK = "hand_back"
    RUN_OUT = "run_out"
    ASK_AGAIN = "ask_again"
    REVIEW = "review"
    CANCEL = "cancel"
    REFER = "refer"
    CLOSE = "close"
    FINISH = "finish"
    PASS = "pass"
    REOPEN = "reopen"


#: Every allowed move. What is not here is refused; the diagram in ``docs/`` is drawn from it.
MOVES: Mapping[tuple[State, Move], State] = {
    (State.WAITING, Move.RELEASE): State.OPEN,
    (State.WAITING, Move.CANCEL): State.CANCELLED,
    (State.WAITING, Move.REFER): State.REFERRED,
    (State.WAITING, Move.CLOSE): State.CLOSED,
    (State.WAITING, Move.PASS): State.MISSED,
    (State.OPEN, Move.ACCEPT): State.ASSIGNED,
    (State.OPEN, Move.CHOOSE): State.AGREEING,
    (State.OPEN, Move.RUN_OUT): State.STUCK,
    (State.OPEN, Move.REVIEW): State.WAITING,
    (State.OPEN, Move.CANCEL): State.CANCELLED,
    (State.OPEN, Move.REFER): State.REFERRED,
    (State.OPEN, Move.CLOSE): State.CLOSED,
    (State.OPEN, Move.PASS): State.MISSED,
    (State.STUCK, Move.ACCEPT): State.ASSIGNED,
    (State.STUCK, Move.CHOOSE): State.AGREEING,
    (State.STUCK, Move.ASK_AGAIN): State.OPEN,
    (State.STUCK, Move.REVIEW): State.WAITING,
    (State.STUCK, Move.CANCEL): State.CANCELLED,
    (State.STUCK, Move.REFER): State.REFERRED,
    (State.STUCK, Move.CLOSE): State.CLOSED,
    (State.STUCK, Move.PASS): State.MISSED,
    (State.AGREEING, Move.AGREE): State.ASSIGNED,
    (State.AGREEING, Move.HAND_BACK): State.OPEN,
    (State.AGREEING, Move.CANCEL): State.CANCELLED,
    (State.ASSIGNED, Move.HAND_BACK): State.OPEN,
    (State.ASSIGNED, Move.CANCEL): State.CANCELLED,
    (State.ASSIGNED, Move.FINISH): State.DONE,
    (State.CANCELLED, Move.REOPEN): State.WAITING,
    (State.REFERRED, Move.REOPEN): State.WAITING,
    (State.CLOSED, Move.REOPEN): State.WAITING,
}

#: What is still ahead, in the order of the table.
UNDER_WAY = (State.WAITING, State.OPEN, State.STUCK, State.AGREEING, State.ASSIGNED)

#: Why a move that is not in the table is refused, by the state it was tried in.
_REFUSALS: Mapping[State, Code] = {
    State.WAITING: Code.GONE,
    State.OPEN: Code.GONE,
    State.STUCK: Code.GONE,
    State.AGREEING: Code.ALREADY_TAKEN,
    State.ASSIGNED: Code.ALREADY_TAKEN,
    State.DONE: Code.TOO_LATE,
    State.CANCELLED: Code.GONE,
    State.MISSED: Code.TOO_LATE,
    State.REFERRED: Code.GONE,
    State.CLOSED: Code.GONE,
}


class How(StrEnum):
    """How the volunteer helps."""

    ALONG = "along"
    PHONE = "phone"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Details:
    """What opens in private only, encrypted at rest; everything may be empty.

    ``name``: what to call the person. ``whom``: the child, a parent, … they ask for, in a word.
    ``words``: what they say about it. ``voice``, ``photo``: file ids. ``office``: key or name of
    the authority. ``age``: a child's age group. ``phone``: call them here instead of writing.
    """

    name: str = ""
    whom: str = ""
    words: str = ""
    voice: str = ""
    office: str = ""
    age: str = ""
    phone: str = ""
    photo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for: plain coded facts that matching uses, and the sealed details.

    ``starts_at``: UTC epoch seconds; None: no time yet, it will be agreed. ``minutes``: how long it
    takes. ``language``: what the helper should speak; ``also``: other languages the person
    understands. ``place``: a name of the county's list; empty: not said. ``gender``: only this one
    may come. ``weekly``: again each week. ``for_child``: the helper is with a child; ``minor``: a
    minor asks alone. ``answer_by``: the date (ISO) in the letter. ``topic``: a professional is
    needed; which one is not kept.
    """

    category: str
    language: str
    starts_at: int | None
    minutes: int
    place: str = ""
    also: tuple[str, ...] = ()
    how: How = How.ALONG
    gender: Gender | None = None
    weekly: bool = False
    for_child: bool = False
    minor: bool = False
    topic: bool = False
    answer_by: str | None = None
    details: Details = Details()


_FIRST_NUMBER = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpRequest(Wanted):
    """One request: who asks for what, and where it stands.

    ``hear_by``: until when the person was promised to hear more (UTC epoch seconds). ``revision``
    grows with each change. ``series_id``: the request that help every week began with, if this is
    one of its meetings, or the search for another volunteer for it (``weekly``). ``referrer_id``:
    the referrer who filed it for a client.
    """

    id: int
    person_id: int
    state: State
    hear_by: int | None = None
    revision: int = 1
    series_id: int | None = None
    referrer_id: int | None = None

    def is_of(self, person: Person) -> bool:
        """It is theirs: they asked, or filed it for a client."""
        filed = self.referrer_id == person.id and person.has(Role.REFERRER)
        return filed or self.person_id == person.id

    @property
    def number(self) -> str:
        """What people say on the phone: ``H-1042``. Help every week has one number."""
        return number_of(self.series_id or self.id)

    @property
    def is_meeting(self) -> bool:
        """One of the meetings of a series."""
        return self.series_id is not None and not self.weekly

    @property
    def is_search(self) -> bool:
        """Another volunteer is looked for, for a series."""
        return self.series_id is not None and self.weekly

    @property
    def time(self) -> tuple[int, int]:
        """From when to when (UTC epoch seconds). Raises ``ValueError`` before a time is fixed."""
        if self.starts_at is None:
            raise ValueError("this request has no time yet")
        return self.starts_at, self.starts_at + 60 * self.minutes

    def begins_by(self, moment: int) -> bool:
        """Has it begun at *moment*? Without a time it never does by itself."""
        return self.starts_at is not None and self.starts_at <= moment


def wanted_of(request: Wanted) -> Wanted:
    """What is asked for, without where it stands."""
    return Wanted(**{each.name: getattr(request, each.name) for each in fields(Wanted)})


def number_of(request_id: int) -> str:
    return f"H-{_FIRST_NUMBER + request_id}"


def id_of(number: str) -> int | None:
    """The id behind ``H-1042``, ``h 1042`` or ``1042``; None if it is no number of ours."""
    found = re.fullmatch(r"\s*(?:h\s*-?\s*)?(\d{4,9})\s*", number, re.IGNORECASE | re.ASCII)
    given = 0 if found is None else int(found[1]) - _FIRST_NUMBER
    return given if given > 0 else None


def after(state: State, move: Move) -> State:
    """The state that *move* leads to. Raises :class:`Refused` if the table has no such move."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise Refused(_REFUSALS[state]) from None


def lifecycle_diagram() -> str:
    """The table of moves as a Mermaid state diagram in Markdown."""
    ends = [state for state in State if state not in UNDER_WAY]
    arrows = [
        f"[*] --> {State.WAITING}: the office looks first",
        f"[*] --> {State.OPEN}",
        *(
            f"{before} --> {then}: {move.replace('_', ' ')}"
            for (before, move), then in MOVES.items()
        ),
        *(f"{state} --> [*]" for state in ends),
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *(f"    {one}" for one in arrows), "```"])
