"""The life of a help request: every state against every move."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.errors import Code, Refused
from bot.domain.requests import MOVES, HelpRequest, Move, State, after

#: Written out once more, one line per state: what each move leads to, or why it is refused.
TABLE: dict[State, dict[Move, State | Code]] = {
    State.OPEN: {
        Move.ACCEPT: State.ASSIGNED,
        Move.HAND_BACK: Code.GONE,
        Move.RUN_OUT: State.STUCK,
        Move.ASK_AGAIN: Code.GONE,
        Move.CANCEL: State.CANCELLED,
        Move.FINISH: Code.GONE,
        Move.PASS: State.MISSED,
    },
    State.STUCK: {
        Move.ACCEPT: State.ASSIGNED,
        Move.HAND_BACK: Code.GONE,
        Move.RUN_OUT: Code.GONE,
        Move.ASK_AGAIN: State.OPEN,
        Move.CANCEL: State.CANCELLED,
        Move.FINISH: Code.GONE,
        Move.PASS: State.MISSED,
    },
    State.ASSIGNED: {
        Move.ACCEPT: Code.ALREADY_TAKEN,
        Move.HAND_BACK: State.OPEN,
        Move.RUN_OUT: Code.ALREADY_TAKEN,
        Move.ASK_AGAIN: Code.ALREADY_TAKEN,
        Move.CANCEL: State.CANCELLED,
        Move.FINISH: State.DONE,
        Move.PASS: Code.ALREADY_TAKEN,
    },
    State.DONE: dict.fromkeys(Move, Code.TOO_LATE),
    State.CANCELLED: dict.fromkeys(Move, Code.GONE),
    State.MISSED: dict.fromkeys(Move, Code.TOO_LATE),
}
FINAL = {State.DONE, State.CANCELLED, State.MISSED}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_every_move_in_every_state(state: State, move: Move) -> None:
    expected = TABLE[state][move]
    if isinstance(expected, State):
        assert after(state, move) is expected
        return
    with pytest.raises(Refused) as caught:
        after(state, move)
    assert caught.value.code is expected
    assert str(caught.value) == expected.value


def test_every_state_can_be_reached_and_left_unless_it_is_the_end() -> None:
    assert set(MOVES.values()) == set(State)
    assert {state for state, _ in MOVES} == set(State) - FINAL


class Life(RuleBasedStateMachine):
    """Any moves in any order: a refused one changes nothing, and the end is the end."""

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
    assert request(starts_at=1_000_000, minutes=90).ends_at == 1_005_400
    assert request(starts_at=1_000_000, minutes=0).ends_at == 1_000_000


def request(id_: int = 1, starts_at: int = 0, minutes: int = 60) -> HelpRequest:
    return HelpRequest(id_, 1, "doctor", "uk", State.OPEN, starts_at, minutes)
