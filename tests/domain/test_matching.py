"""Who may be asked, and the reasons against the others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.matching import Candidate, Verdict, Why, judge, who_fits
from bot.domain.people import Person, Role, Volunteer
from bot.domain.requests import HelpRequest, State

REQUEST = HelpRequest(1, 10, "doctor", "uk", State.OPEN, 1_800_000_000, 60)


def candidate(
    person: int = 20,
    languages: str = "uk de",
    *,
    active: bool = True,
    busy: bool = False,
    asked: bool = False,
) -> Candidate:
    volunteer = Volunteer(person, frozenset(languages.split()), active)
    return Candidate(volunteer, busy=busy, asked=asked)


@pytest.mark.parametrize(
    ("judged", "reasons"),
    [
        pytest.param(candidate(), (), id="fits"),
        pytest.param(candidate(languages="uk"), (), id="only this language"),
        pytest.param(candidate(active=False), (Why.NOT_ACTIVE,), id="not active"),
        pytest.param(candidate(person=10), (Why.OWN_REQUEST,), id="own request"),
        pytest.param(candidate(languages="de ar"), (Why.NO_COMMON_LANGUAGE,), id="language"),
        pytest.param(candidate(languages=""), (Why.NO_COMMON_LANGUAGE,), id="no language at all"),
        pytest.param(candidate(languages="UK"), (Why.NO_COMMON_LANGUAGE,), id="another code"),
        pytest.param(candidate(busy=True), (Why.BUSY,), id="busy"),
        pytest.param(candidate(asked=True), (Why.ASKED_BEFORE,), id="asked before"),
        pytest.param(
            candidate(10, "de", active=False, busy=True, asked=True), tuple(Why), id="all at once"
        ),
    ],
)
def test_each_rule(judged: Candidate, reasons: tuple[Why, ...]) -> None:
    verdict = judge(REQUEST, judged)
    assert verdict == Verdict(judged.volunteer.person_id, reasons)
    assert verdict.fits is not bool(reasons)


CANDIDATES = st.builds(
    candidate,
    st.integers(8, 12),
    st.sampled_from(["uk", "de", "uk ar", ""]),
    active=st.booleans(),
    busy=st.booleans(),
    asked=st.booleans(),
)


@given(st.lists(CANDIDATES))
def test_all_without_a_reason_fit_in_the_order_given(
    candidates: list[Candidate],
) -> None:
    expected = [
        one.volunteer.person_id
        for one in candidates
        if one.volunteer.active
        and one.volunteer.person_id != 10
        and "uk" in one.volunteer.languages
        and not (one.busy or one.asked)
    ]
    assert list(who_fits(REQUEST, candidates)) == expected


def test_roles_are_data() -> None:
    both = Person(1, None, "Olha", frozenset(Role))
    assert both.has(Role.COORDINATOR)
    assert both.has(Role.VOLUNTEER)
    assert not Person(2, 2, "Anna").has(Role.VOLUNTEER)


@pytest.mark.parametrize(
    ("spoken", "asked_in", "fits"),
    [
        ("fa", "prs", True),
        ("prs", "fa", True),
        ("fa", "fa", True),
        ("kmr", "ckb", False),
        ("ckb", "kmr", False),
        ("ar", "prs", False),
    ],
)
def test_persian_and_dari_understand_each_other_and_the_kurdish_languages_do_not(
    spoken: str, asked_in: str, fits: bool
) -> None:
    asked = replace(REQUEST, language=asked_in)
    assert judge(asked, candidate(languages=f"de {spoken}")).fits is fits
