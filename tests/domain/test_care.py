"""Papers that end, who is overloaded, and when somebody who is away is there again."""

from datetime import date

import pytest

from bot.domain.appointments import DAY
from bot.domain.care import Load, Needed, needed, usual_load
from bot.domain.people import Holiday, Papers, Volunteer

NOW = 1_800_000_000
TODAY = date(2027, 1, 15)
IN_ORDER = Papers("2027-01-01", "2027-12-31", "2027-01-02", "2026-12-01")


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        pytest.param(IN_ORDER, {}, id="in order"),
        pytest.param(
            Papers("2026-01-01", "2027-03-12", "2026-01-02"),
            {Needed.APPOINTMENT: date(2027, 3, 12)},
            id="ends in eight weeks",
        ),
        pytest.param(Papers("2026-01-01", "2027-03-13", "2026-01-02"), {}, id="a day later"),
        pytest.param(
            Papers("2026-01-01", None, "2026-01-02", "2022-01-01"),
            {Needed.CERTIFICATE: date(2027, 1, 5)},
            id="certificate is too old",
        ),
        pytest.param(
            Papers("2026-01-01"), {Needed.INSTRUCTION: None}, id="never instructed, no certificate"
        ),
    ],
)
def test_papers(papers: Papers, expected: dict[Needed, date | None]) -> None:
    assert needed(papers, TODAY) == expected


def load(
    *,
    lately: int = 0,
    week: int = 0,
    cap: int | None = None,
    strained: int | None = None,
    sign: int | None = NOW,
) -> Load:
    return Load(1, sign, True, lately, week, cap, strained)


def test_overloaded() -> None:
    others = [load(lately=lately) for lately in (0, 0, 1, 2, 2, 3, 9)]
    assert usual_load(others) == 2
    assert usual_load([]) == 1
    assert not load(lately=6).is_overloaded(NOW, 2)
    assert load(lately=7).is_overloaded(NOW, 2)
    assert not load(week=2, cap=2).is_overloaded(NOW, 2)
    assert load(week=3, cap=2).is_overloaded(NOW, 2)
    assert load(strained=NOW - 27 * DAY).is_overloaded(NOW, 2)
    assert not load(strained=NOW - 29 * DAY).is_overloaded(NOW, 2)


def test_inactive() -> None:
    assert load(sign=None).is_inactive(NOW, 3)
    assert load(sign=NOW - 92 * DAY).is_inactive(NOW, 3)
    assert not load(sign=NOW - 91 * DAY).is_inactive(NOW, 3)


def test_a_break_and_holidays_in_a_row_are_one() -> None:
    volunteer = Volunteer(
        1,
        paused_until="2027-01-20",
        holidays=(Holiday("2027-01-20", "2027-01-31"), Holiday("2027-02-02", "2027-02-03")),
    )
    assert volunteer.back_on(TODAY) == "2027-02-01"
    assert volunteer.back_on(date(2027, 2, 1)) is None
    assert volunteer.back_on(date(2027, 2, 2)) == "2027-02-04"
