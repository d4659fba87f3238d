"""The life of a help request: its states, and the one table of moves between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import Code, Refused


class State(StrEnum):
    """Where a help request stands.

    ``OPEN``: volunteers are asked; ``STUCK``: nobody left to ask, a coordinator decides.
    """

    OPEN = "open"
    STUCK = "stuck"
    ASSIGNED = "assigned"
    DONE = "done"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Move(StrEnum):
    ACCEPT = "accept"
    HAND_BACK = "hand_back"
    RUN_OUT = "run_out"
    ASK_AGAIN = "ask_again"
    CANCEL = "cancel"
    FINISH = "finish"
    PASS = "pass"


#: Every allowed move. What is not here is refused; the diagram in ``docs/`` is drawn from it.
MOVES: Mapping[tuple[State, Move], State] = {
    (State.OPEN, Move.ACCEPT): State.ASSIGNED,
    (State.OPEN, Move.RUN_OUT): State.STUCK,
    (State.OPEN, Move.CANCEL): State.CANCELLED,
    (State.OPEN, Move.PASS): State.MISSED,
    (State.STUCK, Move.ACCEPT): State.ASSIGNED,
    (State.STUCK, Move.ASK_AGAIN): State.OPEN,
    (State.STUCK, Move.CANCEL): State.CANCELLED,
    (State.STUCK, Move.PASS): State.MISSED,
    (State.ASSIGNED, Move.HAND_BACK): State.OPEN,
    (State.ASSIGNED, Move.CANCEL): State.CANCELLED,
    (State.ASSIGNED, Move.FINISH): State.DONE,
}

#: Why a move that is not in the table is refused, by the state it was tried in.
_REFUSALS: Mapping[State, Code] = {
    State.OPEN: Code.GONE,
    State.STUCK: Code.GONE,
    State.ASSIGNED: Code.ALREADY_TAKEN,
    State.DONE: Code.TOO_LATE,
    State.CANCELLED: Code.GONE,
    State.MISSED: Code.TOO_LATE,
}

_FIRST_NUMBER = 1000


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """One request.

    ``starts_at`` is UTC epoch seconds, ``minutes`` its expected length, ``revision`` grows with
    each change.
    """

    id: int
    person_id: int
    category: str
    language: str
    state: State
    starts_at: int
    minutes: int
    revision: int = 1

    @property
    def number(self) -> str:
        """What people say on the phone: ``H-1042``."""
        return f"H-{_FIRST_NUMBER + self.id}"

    @property
    def ends_at(self) -> int:
        return self.starts_at + 60 * self.minutes


def after(state: State, move: Move) -> State:
    """The state that *move* leads to. Raises :class:`Refused` if the table has no such move."""
    try:
        return MOVES[state, move]
    except KeyError:
        raise Refused(_REFUSALS[state]) from None


def lifecycle_diagram() -> str:
    """The table of moves as a Mermaid state diagram in Markdown."""
    ends = [state for state in State if all(before is not state for before, _ in MOVES)]
    arrows = [
        f"[*] --> {State.OPEN}",
        *(
            f"{before} --> {then}: {move.replace('_', ' ')}"
            for (before, move), then in MOVES.items()
        ),
        *(f"{state} --> [*]" for state in ends),
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *(f"    {one}" for one in arrows), "```"])
