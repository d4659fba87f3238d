"""What passes between the two, and how long words are broken."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.relay import (
    ALLOWED,
    PER_MINUTE,
    Kind,
    comes_silently,
    may_write,
    parts,
    shown_name,
    too_fast,
    units,
)
from bot.domain.requests import State

HOUR = 3600
BERLIN = ZoneInfo("Europe/Berlin")


@given(st.text(max_size=400), st.integers(8, 60))
def test_parts_fit_and_lose_nothing_but_space(words: str, longest: int) -> None:
    broken = parts(words, longest)
    assert all(0 < units(part) <= longest for part in broken)
    assert "".join("".join(broken).split()) == "".join(words.split())


def test_words_are_broken_where_people_would() -> None:
    assert parts("eins zwei drei vier", 12) == ["eins zwei", "drei vier"]
    assert parts("Ja. Ich komme.\n\nBis dann!", 22) == ["Ja. Ich komme.", "Bis dann!"]
    assert parts("😀" * 5, 4) == ["😀😀", "😀😀", "😀"]
    assert parts("  \n ", 10) == []


def test_only_these_pass() -> None:
    assert {kind.value for kind in ALLOWED} == {"words", "voice", "photo", "document", "place"}
    assert Kind.CONTACT not in ALLOWED


@pytest.mark.parametrize(
    ("state", "ends_at", "may"),
    [
        (State.AGREEING, None, True),
        (State.ASSIGNED, 100 * HOUR, True),
        (State.DONE, 77 * HOUR, True),
        (State.DONE, 76 * HOUR, False),
        (State.DONE, None, False),
        *((state, 200 * HOUR, False) for state in State if state.value in
          ("waiting", "open", "stuck", "cancelled", "missed", "referred", "closed")),
    ],
)  # fmt: skip
def test_only_those_who_have_to_do_with_each_other(
    state: State, ends_at: int | None, may: bool
) -> None:
    assert may_write(state, ends_at, 100 * HOUR, 24) is may


def test_so_many_a_minute() -> None:
    assert too_fast(10, PER_MINUTE, 10 * 60 + 59)
    assert not too_fast(10, PER_MINUTE - 1, 10 * 60)
    assert not too_fast(10, PER_MINUTE, 11 * 60)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sara", "Sara"),
        ("أم محمد", "أم محمد"),
        ("Sara 2", "Sara 2"),
        ("@sara_k", ""),
        ("Sara 0176/123 45 67", ""),
        ("t.me/sara", ""),
        ("Sara https://x.example", ""),
        ("٠١٧٦١٢٣٤٥", ""),
    ],
)
def test_a_name_gives_no_way_around_us(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("at", "starts", "muted", "silent"),
    [
        ("2027-01-15 12:00", None, False, False),
        ("2027-01-15 12:00", None, True, True),
        ("2027-01-15 23:00", None, False, True),
        ("2027-01-15 07:30", "2027-01-15 09:00", False, False),
        ("2027-01-15 07:30", "2027-01-15 09:00", True, True),
        ("2027-01-15 06:30", "2027-01-15 09:00", False, True),
    ],
)
def test_the_night_is_quiet(at: str, starts: str | None, muted: bool, silent: bool) -> None:
    begins = None if starts is None else _moment(starts)
    quiet = ("21:00", "08:00")
    assert comes_silently(_moment(at), BERLIN, quiet, begins, muted=muted) is silent


def _moment(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())
