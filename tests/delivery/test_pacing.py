"""Limits hold in every window, nothing leaves early, nobody starves, and memory stays small."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import Pacer

ROUNDING = 1e-6  # floats add up; a millionth of a second is nothing to Telegram
START = 86_400.0  # a machine that has been up for a day: bigger floats round more

chats = st.sampled_from([1, 2, 3, 4, -1, -2])
gaps = st.floats(min_value=0, max_value=90, allow_nan=False)
short_gaps = st.one_of(st.just(0.0), st.floats(min_value=0, max_value=0.5), gaps)


def send_all(pacer: Pacer, wishes: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Send as soon as allowed; a wish is a chat and the seconds since the message before."""
    now, sent = START, list[tuple[int, float]]()
    for chat, gap in wishes:
        now = pacer.earliest(chat, now + gap)
        pacer.take(chat, now)
        sent.append((chat, now))
    return sent


def most_in(moments: list[float], window: float) -> int:
    """The largest number of *moments* in any window of that many seconds, both ends counted."""
    most = start = 0
    for end, moment in enumerate(moments):
        while moments[start] < moment - window:
            start += 1
        most = max(most, end - start + 1)
    return most


@given(st.lists(st.tuples(st.integers(1, 200), short_gaps), max_size=200))
def test_no_second_holds_more_than_thirty(wishes: list[tuple[int, float]]) -> None:
    moments = [moment for _, moment in send_all(Pacer(), wishes)]
    assert most_in(moments, 1.0 - ROUNDING) <= 30
    assert most_in(moments, 2.0 - ROUNDING) <= 55


@given(st.lists(st.tuples(chats, short_gaps), max_size=150), st.floats(0, 30))
def test_a_private_chat_gets_three_and_then_one_a_second(
    wishes: list[tuple[int, float]], window: float
) -> None:
    sent = send_all(Pacer(), wishes)
    for chat in (1, 2, 3, 4):
        moments = [moment for to, moment in sent if to == chat]
        assert most_in(moments, window) <= 3 + window + ROUNDING


@given(st.lists(st.tuples(st.sampled_from([-1, -2, 1]), short_gaps), max_size=150))
def test_no_minute_of_a_group_holds_more_than_twenty(wishes: list[tuple[int, float]]) -> None:
    sent = send_all(Pacer(), wishes)
    for group in (-1, -2):
        moments = [moment for to, moment in sent if to == group]
        assert most_in(moments, 60.0) <= 20
        assert most_in(moments, 1.0 - ROUNDING) <= 3 + 1


@given(st.lists(st.tuples(chats, short_gaps), max_size=60), chats, st.floats(0.001, 1))
def test_before_the_earliest_moment_nothing_can_be_taken_and_at_it_everything_can(
    wishes: list[tuple[int, float]], chat: int, share: float
) -> None:
    pacer = Pacer()
    now = send_all(pacer, [*wishes, (1, 0.0)])[-1][1]
    moment = pacer.earliest(chat, now)
    assert moment >= now
    assert pacer.earliest(chat, moment) == moment  # asking again on time brings no new wait
    before = now + (moment - now) * (1 - share)
    if before < moment:
        with pytest.raises(ValueError, match="too early"):
            pacer.take(chat, before)
        assert pacer.earliest(chat, now) == moment  # and the refused attempt counted nothing
    pacer.take(chat, moment)


@given(st.lists(chats, min_size=1, max_size=120))
def test_nobody_starves_behind_busy_chats(queue: list[int]) -> None:
    """Always the chat that may go first: everything is out as soon as the limits alone allow."""
    pacer, now, waiting = Pacer(), START, list(queue)
    while waiting:
        chat = min(waiting, key=lambda each: pacer.earliest(each, now))
        now = pacer.earliest(chat, now)
        pacer.take(chat, now)
        waiting.remove(chat)
    per_chat = [
        max(0, queue.count(chat) - 3) + (queue.count(chat) // 20 * 61 if chat < 0 else 0)
        for chat in set(queue)
    ]
    assert now - START <= max(per_chat) + len(queue) / 25 + ROUNDING


def test_a_burst_of_five_then_one_every_forty_milliseconds() -> None:
    sent = send_all(Pacer(), [(chat, 0.0) for chat in range(1, 9)])
    assert [moment - START for _, moment in sent] == pytest.approx(
        [0, 0, 0, 0, 0, 0.04, 0.08, 0.12], abs=ROUNDING
    )


def test_a_group_gets_twenty_and_waits_for_the_minute_to_pass() -> None:
    sent = send_all(Pacer(), [(-5, 0.0)] * 21)
    assert sent[19][1] == pytest.approx(START + 17)
    assert sent[20][1] == pytest.approx(START + 61)


# --- pauses ------------------------------------------------------------------------------------


def test_a_pause_stops_one_chat_and_leaves_the_others() -> None:
    pacer = Pacer()
    pacer.pause(1, START + 9, START)
    assert pacer.earliest(1, START) == START + 9
    assert pacer.earliest(2, START) == START
    with pytest.raises(ValueError, match="too early"):
        pacer.take(1, START + 8.9)
    pacer.take(1, START + 9)


def test_a_second_chat_told_to_wait_pauses_everybody_until_the_shortest_is_over() -> None:
    """The whole bot was too fast: then both were told about the same. Or else one chat is odd."""
    pacer = Pacer()
    pacer.pause(1, START + 3600, START)
    pacer.pause(2, START + 6, START + 1)
    assert pacer.earliest(1, START + 1) == START + 3600
    for chat in (2, 3, -4):
        assert pacer.earliest(chat, START + 1) == START + 6


def test_the_same_chat_told_twice_pauses_nobody_else() -> None:
    pacer = Pacer()
    pacer.pause(1, START + 30, START)
    pacer.pause(1, START + 40, START + 1)
    assert pacer.earliest(1, START + 1) == START + 40
    assert pacer.earliest(2, START + 1) == START + 1


def test_a_pause_that_is_over_does_not_count_as_running() -> None:
    pacer = Pacer()
    pacer.pause(1, START + 5, START)
    pacer.pause(2, START + 20, START + 5)
    assert pacer.earliest(3, START + 6) == START + 6


pauses = st.tuples(st.one_of(st.none(), chats), st.floats(0, 200), st.booleans())


@given(st.lists(st.tuples(pauses, short_gaps), max_size=40))
def test_no_pause_is_ever_shortened(
    steps: list[tuple[tuple[int | None, float, bool], float]],
) -> None:
    """Whatever is paused, taken or asked in between, an earlier promise to wait is kept."""
    pacer, now = Pacer(), START
    promised: dict[int | None, float] = {}
    for (chat, length, sending), gap in steps:
        now += gap
        until = now + length
        if chat is None:
            pacer.pause_all(until)
        else:
            pacer.pause(chat, until, now)
        promised[chat] = max(promised.get(chat, now), until)
        if sending and pacer.earliest(7, now) == now:
            pacer.take(7, now)  # a message that does go through lifts nothing
        for each in (1, 2, 3, 4, -1, -2):
            least = max(promised.get(each, now), promised.get(None, now))
            assert pacer.earliest(each, now) >= least


# --- memory ------------------------------------------------------------------------------------


def test_chats_that_are_as_good_as_new_are_forgotten() -> None:
    pacer, now = Pacer(), START
    for chat in range(1, 20_001):
        now = pacer.earliest(chat, now)
        pacer.take(chat, now)
    assert len(pacer) <= 256


def test_groups_are_remembered_for_their_minute_only() -> None:
    pacer, now, most = Pacer(), START, 0
    for chat in range(1, 10_001):
        now = pacer.earliest(-chat, now)
        pacer.take(-chat, now)
        most = max(most, len(pacer))
    assert most <= 2 * 61 * 25 + 256


def test_a_group_is_not_forgotten_before_its_minute_is_over() -> None:
    pacer = Pacer()
    now = send_all(pacer, [(-1, 0.0)] * 20)[-1][1]
    for chat in range(1, 1001):
        now = pacer.earliest(chat, now)
        pacer.take(chat, now)
    assert now < pacer.earliest(-1, now) == START + 61


def test_a_paused_chat_is_not_forgotten() -> None:
    pacer, now = Pacer(), START
    pacer.pause(-1, START + 5000, START)
    for chat in range(1, 5001):
        now = pacer.earliest(chat, now)
        pacer.take(chat, now)
    assert pacer.earliest(-1, now) == START + 5000
