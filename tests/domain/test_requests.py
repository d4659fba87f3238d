"""The life of a help request: every state against every move."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.errors import Code, Refused
from bot.domain.requests import MOVES, HelpRequest, Move, State, after

#: Written out once more, one line per state: what each move leads to; all others are refused.
TABLE: dict[State, dict[Move, State]] = {
    State.WAITING: {
        Move.RELEASE: State.OPEN,
        Move.CANCEL: State.CANCELLED,
        Move.REFER: State.REFERRED,
        Move.CLOSE: State.CLOSED,
        Move.PASS: State.MISSED,
    },
    State.OPEN: {
        Move.ACCEPT: State.ASSIGNED,
        Move.CHOOSE: State.AGREEING,
        Move.RUN_OUT: State.STUCK,
        Move.REVIEW: State.WAITING,
        Move.CANCEL: State.CANCELLED,
        Move.REFER: State.REFERRED,
        Move.CLOSE: State.CLOSED,
        Move.PASS: State.MISSED,
    },
    State.STUCK: {
        Move.ACCEPT: State.ASSIGNED,
        Move.CHOOSE: State.AGREEING,
        Move.ASK_AGAIN: State.OPEN,
        Move.REVIEW: State.WAITING,
        Move.CANCEL: State.CANCELLED,
        Move.REFER: State.REFERRED,
        Move.CLOSE: State.CLOSED,
        Move.PASS: State.MISSED,
    },
    State.AGREEING: {
        Move.AGREE: State.ASSIGNED,
        Move.HAND_BACK: State.OPEN,
        Move.CANCEL: State.CANCELLED,
    },
    State.ASSIGNED: {
        Move.HAND_BACK: State.OPEN,
        Move.CANCEL: State.CANCELLED,
        Move.FINISH: State.DONE,
    },
    State.DONE: {},
    State.CANCELLED: {Move.REOPEN: State.WAITING},
    State.MISSED: {},
    State.REFERRED: {Move.REOPEN: State.WAITING},
    State.CLOSED: {Move.REOPEN: State.WAITING},
}
#: Why every other move is refused.
REFUSED = {
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
FINAL = {State.DONE, State.CANCELLED, State.MISSED, State.REFERRED, State.CLOSED}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_in_every_state(state: State, move: Move) -> None:
    if move in TABLE[state]:
        assert after(state, move) is TABLE[state][move]
        return
    with pytest.raises(Refused) as caught:
        after(state, move)
    assert caught.value.code is REFUSED[state]
    assert str(caught.value) == REFUSED[state].value


def test_every_state_can_be_reached_and_left_unless_it_is_the_end() -> None:
    assert set(MOVES.values()) == set(State)
    assert {state for state, move in MOVES if move is not Move.REOPEN} == set(State) - FINAL


class Life(RuleBasedStateMachine):
    """Any moves in any order: a refused one changes nothing, and the end is the end, unless a
    coordinator takes it up again."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.OPEN
        self.ended: State | None = None

    @rule(move=st.sampled_from(Move))
    def moves(self, move: Move) -> None:
        try:
            self.state = after(self.state, move)
        except Refused:
            return
        if move is Move.REOPEN:
            self.ended = None
        if self.state in FINAL:
            assert self.ended is None
            self.ended = self.state

    @invariant()
    def ends_once(self) -> None:
        assert self.state is (self.ended or self.state)
        assert (self.state in FINAL) == (self.ended is not None)


TestLife = Life.TestCase


@pytest.mark.parametrize(
    ("id_", "number"),
    [(1, "H-1001"), (42, "H-1042"), (9_000, "H-10000"), (2**62, "H-4611686018427388904")],
)
def test_the_number_people_say(id_: int, number: str) -> None:
    assert request(id_=id_).number == number


def test_when_a_request_ends() -> None:
    assert request(starts_at=1_000_000, minutes=90).time == (1_000_000, 1_005_400)
    assert request(starts_at=1_000_000, minutes=0).time == (1_000_000, 1_000_000)
    with pytest.raises(ValueError, match="no time"):
        _ = request(starts_at=None).time


def request(id_: int = 1, starts_at: int | None = 0, minutes: int = 60) -> HelpRequest:
    return HelpRequest(
        id=id_,
        person_id=1,
        category="doctor",
        language="uk",
        state=State.OPEN,
        starts_at=starts_at,
        minutes=minutes,
    )
