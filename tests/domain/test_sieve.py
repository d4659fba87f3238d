"""Filters of the list of volunteers: combined, and short enough for a button."""

from dataclasses import replace
from datetime import date

import pytest

from bot.counties import loader
from bot.domain.people import Level, Mark, Papers, Part, Profile, Volunteer
from bot.domain.sieve import Facts, Sieve, Stand, passes, stand_of

COUNTY = loader.load()
MONDAY = date(2027, 1, 18)
FACTS = Facts(MONDAY)
ANNA = Volunteer(
    1,
    Profile(
        languages={"fa": Level.WELL},
        skills=frozenset({"doctor"}),
        place="Halberstadt",
        reach_km=10,
        times={(0, part): Mark.NEVER for part in (Part.MORNING, Part.EVENING)},
    ),
    Papers(appointed_on="2027-01-01"),
    active=True,
)
NUMBERS = {place.name: str(number) for number, place in enumerate(COUNTY.places)}


@pytest.mark.parametrize(
    ("sieve", "is_there"),
    [
        (Sieve(), True),
        (Sieve(language="prs"), True),  # Dari and Persian understand each other
        (Sieve(language="ar"), False),
        (Sieve(skill="doctor"), True),
        (Sieve(skill="german"), False),
        (Sieve(place=NUMBERS["Halberstadt"]), True),
        (Sieve(place=NUMBERS["Harzgerode"]), False),
        (Sieve(place="99999"), True),  # an old button, another county file
        (Sieve(day="20270118"), True),
        (Sieve(day="20270199"), True),
        (Sieve(stand="ready"), True),
        (Sieve(stand="paused"), False),
        (Sieve("fa", "doctor", NUMBERS["Halberstadt"], "20270118", "ready"), True),
        (Sieve("fa", "german", NUMBERS["Halberstadt"], "20270118", "ready"), False),
    ],
)
def test_who_passes(sieve: Sieve, is_there: bool) -> None:
    assert passes(sieve, ANNA, COUNTY, FACTS) is is_there


def test_who_is_free() -> None:
    on_monday = Sieve(day="20270118")
    never = dict.fromkeys(((0, part) for part in Part), Mark.NEVER)
    assert not passes(on_monday, ANNA, COUNTY, Facts(MONDAY, busy={1}))
    assert not passes(on_monday, replace(ANNA, paused_until="2027-01-19"), COUNTY, FACTS)
    assert passes(on_monday, replace(ANNA, paused_until="2027-01-18"), COUNTY, FACTS)
    hers = replace(ANNA, profile=replace(ANNA.profile, times=never))
    assert not passes(on_monday, hers, COUNTY, FACTS)
    assert passes(Sieve(day="20270119"), hers, COUNTY, FACTS)


def test_how_they_stand() -> None:
    assert stand_of(replace(ANNA, active=False), FACTS) is Stand.NEW
    assert stand_of(ANNA, Facts(MONDAY, blocked={1})) is Stand.BLOCKED
    assert stand_of(replace(ANNA, papers=Papers()), FACTS) is Stand.UNAPPOINTED
    assert stand_of(replace(ANNA, paused_until="2027-02-01"), FACTS) is Stand.PAUSED
    assert stand_of(ANNA, FACTS) is Stand.READY


def test_a_button_carries_all_filters() -> None:
    longest = Sieve("kmr", "doctor", str(len(COUNTY.places)), "20270118", "unappointed")
    assert Sieve.of(longest.code) == longest
    assert len(f"volunteers:by_language:{longest.code}:p99".encode()) <= 64
    assert Sieve.of("made.up") == Sieve()
