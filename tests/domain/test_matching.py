"""Who may be asked, the reasons against the others, and in which order."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.counties import loader
from bot.domain.appointments import DAY, HOUR
from bot.domain.matching import (
    ALSO,
    GOOD_TIME,
    HELPED,
    RESTED_DAYS,
    SOME_LEVEL,
    TASK,
    UNDERSTOOD,
    UNKNOWN_WAY,
    Candidate,
    Case,
    Task,
    judge,
)
from bot.domain.people import (
    Gender,
    Holiday,
    Level,
    Mark,
    Papers,
    Part,
    Person,
    Role,
    Travel,
    Volunteer,
)
from bot.domain.requests import HelpRequest, How, State
from bot.domain.verdicts import Cost, Reason, Verdict, Why
from tests.appointed import PAPERS, profile

COUNTY = loader.load()
NOW = int(datetime(2027, 1, 15, 9, tzinfo=COUNTY.zone).timestamp())
MONDAY = int(datetime(2027, 1, 18, 14, 30, tzinfo=COUNTY.zone).timestamp())
REQUEST = HelpRequest(
    id=1,
    person_id=10,
    category="doctor",
    language="uk",
    state=State.OPEN,
    starts_at=MONDAY,
    minutes=120,
    place="Halberstadt",
)
AFTERNOON = (0, Part.AFTERNOON)


def candidate(languages: str = "uk de", person: int = 20, **about: Any) -> Candidate:
    """*about*: fields of the candidate, the volunteer or the profile."""
    of_candidate = {key: about.pop(key) for key in tuple(about) if key in Candidate.__slots__}
    of_volunteer = {key: about.pop(key) for key in tuple(about) if key in Volunteer.__slots__}
    given = {"papers": PAPERS, "active": True, **of_volunteer}
    return Candidate(
        Volunteer(person, profile(languages.split(), **about), **given), **of_candidate
    )


def judged(one: Candidate, **asked: Any) -> Verdict:
    return judge(Case.of(replace(REQUEST, **asked), COUNTY, NOW), one)


def busy(start: float, end: float, place: str = "Halberstadt") -> Candidate:
    """Has a task from so many hours after the request's start to so many."""
    task = Task(MONDAY + int(start * HOUR), MONDAY + int(end * HOUR), place)
    return candidate(tasks=(task,), travel=Travel.CAR)


OTHER_WEEK = (Task(NOW - 6 * DAY, NOW - 6 * DAY + HOUR), Task(MONDAY + 7 * DAY, MONDAY + 8 * DAY))
THAT_WEEK = (Task(MONDAY + DAY, MONDAY + DAY + HOUR),)


@pytest.mark.parametrize(
    ("one", "asked", "reasons"),
    [
        pytest.param(candidate(), {}, (), id="fits"),
        pytest.param(candidate("uk"), {}, (), id="only this language"),
        pytest.param(candidate(active=False), {}, (Why.NOT_ACTIVE,), id="not active"),
        pytest.param(candidate(reachable=False), {}, (Why.UNREACHABLE,), id="no chat"),
        pytest.param(
            candidate(papers=replace(PAPERS, appointed_until="2027-01-17")),
            {},
            (Why.NOT_APPOINTED,),
            id="appointed until the day before the task",
        ),
        pytest.param(
            candidate(papers=replace(PAPERS, appointed_on="2027-01-18")), {}, (), id="from that day"
        ),
        pytest.param(
            candidate(papers=replace(PAPERS, appointed_on="2027-01-16")),
            {"starts_at": None},
            (Why.NOT_APPOINTED,),
            id="no date yet: appointed today?",
        ),
        pytest.param(candidate(paused_until="2027-01-19"), {}, (Why.PAUSED,), id="paused"),
        pytest.param(candidate(paused_until="2027-01-18"), {}, (), id="back that day"),
        pytest.param(
            candidate(holidays=(Holiday("2027-01-10", "2027-01-17"),)),
            {},
            (),
            id="back from holidays",
        ),
        pytest.param(
            candidate(
                holidays=(Holiday("2027-03-01", "2027-03-02"), Holiday("2027-01-18", "2027-01-18"))
            ),
            {},
            (Why.PAUSED,),
            id="holidays that day",
        ),
        pytest.param(
            candidate(only_places=frozenset({"Thale", "Halberstadt"})),
            {},
            (),
            id="one of these places",
        ),
        pytest.param(
            candidate(only_places=frozenset({"Thale"})), {}, (Why.OTHER_PLACES,), id="other places"
        ),
        pytest.param(
            candidate(
                only_places=frozenset({"Oberharz am Brocken"}), travel=Travel.CAR, reach_km=99
            ),
            {"place": "Stiege"},
            (),
            id="what belongs to the place",
        ),
        pytest.param(
            candidate(only_places=frozenset({"Thale"})), {"place": ""}, (), id="nobody knows where"
        ),
        pytest.param(
            candidate(only_places=frozenset({"Thale"})),
            {"how": How.PHONE},
            (),
            id="by phone anywhere",
        ),
        pytest.param(candidate(person=10), {}, (Why.OWN_REQUEST,), id="own request"),
        pytest.param(candidate("de ar"), {}, (Why.NO_COMMON_LANGUAGE,), id="language"),
        pytest.param(candidate("UK"), {}, (Why.NO_COMMON_LANGUAGE,), id="another code"),
        pytest.param(candidate("de ar"), {"also": ("tr", "ar")}, (), id="another one of theirs"),
        pytest.param(candidate("fa"), {"also": ("prs",)}, (), id="understands another one"),
        pytest.param(candidate("de"), {"category": "leisure"}, (), id="no language needed"),
        pytest.param(
            candidate(skills=frozenset({"office"})), {}, (Why.NO_SKILL,), id="another skill"
        ),
        pytest.param(
            candidate(skills=frozenset[str]()), {"category": "other"}, (), id="anybody can"
        ),
        pytest.param(candidate(), {"gender": Gender.WOMAN}, (Why.GENDER,), id="has not said it"),
        pytest.param(
            candidate(gender=Gender.MAN), {"gender": Gender.WOMAN}, (Why.GENDER,), id="a man"
        ),
        pytest.param(candidate(gender=Gender.WOMAN), {"gender": Gender.WOMAN}, (), id="a woman"),
        pytest.param(
            candidate(papers=Papers("2027-01-01")),
            {"for_child": True},
            (Why.CHILDREN,),
            id="no certificate, a child",
        ),
        pytest.param(
            candidate(papers=Papers("2027-01-01")),
            {"category": "homework"},
            (Why.CHILDREN,),
            id="no certificate, homework",
        ),
        pytest.param(candidate(), {"for_child": True}, (), id="papers in order, a child"),
        pytest.param(
            candidate(place="Wernigerode", reach_km=24), {}, (Why.TOO_FAR,), id="25 km by road"
        ),
        pytest.param(candidate(place="Wernigerode", reach_km=26), {}, (), id="within reach"),
        pytest.param(
            candidate(place="Wernigerode", reach_km=1), {"how": How.PHONE}, (), id="by phone"
        ),
        pytest.param(
            candidate(place="Wernigerode", reach_km=1),
            {"how": How.EITHER},
            (Why.TOO_FAR,),
            id="either, but this can't be done from afar",
        ),
        pytest.param(
            candidate(place="Wernigerode", reach_km=1),
            {"how": How.EITHER, "category": "letter"},
            (),
            id="either, and it can",
        ),
        pytest.param(
            candidate(place="Wernigerode", reach_km=1), {"place": ""}, (), id="place not said"
        ),
        pytest.param(candidate(reach_km=1), {}, (), id="home not said"),
        pytest.param(
            candidate(times={AFTERNOON: Mark.NEVER}), {}, (Why.NEVER_THEN,), id="never then"
        ),
        pytest.param(
            candidate(times={(0, Part.MORNING): Mark.NEVER}), {}, (), id="never in the morning"
        ),
        pytest.param(
            candidate(times={AFTERNOON: Mark.NEVER}),
            {"starts_at": MONDAY - 3 * HOUR},
            (Why.NEVER_THEN,),
            id="from the morning into the afternoon",
        ),
        pytest.param(
            candidate(times={AFTERNOON: Mark.NEVER}), {"starts_at": None}, (), id="no date yet"
        ),
        pytest.param(busy(-1, 1), {}, (Why.BUSY,), id="at the same time"),
        pytest.param(busy(-2, -0.15), {}, (Why.BUSY,), id="nine minutes between, within a town"),
        pytest.param(busy(-2, -0.17), {}, (), id="ten minutes between"),
        pytest.param(busy(2.5, 4, "Wernigerode"), {}, (Why.BUSY,), id="43 minutes to the next"),
        pytest.param(busy(2.75, 4, "Wernigerode"), {}, (), id="45 minutes to the next"),
        pytest.param(busy(-1, 1), {"starts_at": None}, (), id="busy, no date yet"),
        pytest.param(
            candidate(tasks=THAT_WEEK, weekly_cap=1), {}, (Why.WEEK_FULL,), id="week is full"
        ),
        pytest.param(candidate(tasks=OTHER_WEEK, weekly_cap=1), {}, (), id="other weeks"),
        pytest.param(candidate(tasks=THAT_WEEK, weekly_cap=2), {}, (), id="one more"),
        pytest.param(candidate(asked=True), {}, (Why.ASKED_BEFORE,), id="asked before"),
        pytest.param(candidate(apart=True), {}, (Why.KEPT_APART,), id="kept apart"),
        pytest.param(candidate(blocked=True), {}, (Why.BLOCKED,), id="blocked"),
        pytest.param(
            candidate(
                "de",
                10,
                active=False,
                reachable=False,
                papers=Papers(),
                paused_until="2028-01-01",
                skills=frozenset[str](),
                place="Wernigerode",
                reach_km=1,
                only_places=frozenset({"Thale"}),
                times={AFTERNOON: Mark.NEVER},
                tasks=(Task(MONDAY, MONDAY + HOUR),),
                weekly_cap=0,
                asked=True,
                apart=True,
                blocked=True,
            ),
            {"gender": Gender.MAN, "for_child": True},
            tuple(Why),
            id="all at once",
        ),
    ],
)
def test_each_rule(one: Candidate, asked: dict[str, Any], reasons: tuple[Why, ...]) -> None:
    verdict = judged(one, **asked)
    assert verdict.reasons == reasons
    assert verdict.fits is not bool(reasons)


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
    assert judged(candidate(f"de {spoken}"), language=asked_in).fits is fits


# Somebody new, at home in the place, never asked: 10 minutes to walk, and half of SILENCE.
NEW = Cost(way=10, silence=4)


@pytest.mark.parametrize(
    ("about", "asked", "cost"),
    [
        pytest.param({}, {}, NEW, id="somebody new"),
        pytest.param({"place": ""}, {}, replace(NEW, way=UNKNOWN_WAY), id="home not said"),
        pytest.param({}, {"place": ""}, replace(NEW, way=UNKNOWN_WAY), id="place not said"),
        pytest.param({}, {"how": How.PHONE}, replace(NEW, way=0), id="by phone"),
        pytest.param(
            {"place": "Wernigerode", "travel": Travel.CAR, "reach_km": 40},
            {},
            replace(NEW, way=43),
            id="19 km away by car",
        ),
        pytest.param(
            {"place": "Wernigerode", "travel": Travel.BUS, "reach_km": 40},
            {},
            replace(NEW, way=105),
            id="and by bus",
        ),
        pytest.param({"tasks": THAT_WEEK}, {}, replace(NEW, load=TASK), id="a task ahead"),
        pytest.param(
            {"tasks": OTHER_WEEK}, {}, replace(NEW, load=2 * TASK), id="one done, one ahead"
        ),
        pytest.param(
            {"tasks": (Task(NOW - 40 * DAY, NOW - 40 * DAY + HOUR),)}, {}, NEW, id="long ago"
        ),
        pytest.param({"last_asked": NOW}, {}, replace(NEW, asked_lately=RESTED_DAYS), id="today"),
        pytest.param(
            {"last_asked": NOW - 10 * DAY}, {}, replace(NEW, asked_lately=4), id="ten days ago"
        ),
        pytest.param({"last_asked": NOW - 90 * DAY}, {}, NEW, id="months ago"),
        pytest.param(
            {"times_asked": 8, "times_answered": 8}, {}, replace(NEW, silence=1), id="answers"
        ),
        pytest.param({"times_asked": 8}, {}, replace(NEW, silence=7), id="does not answer"),
        pytest.param(
            {"times": {AFTERNOON: Mark.GOOD}}, {}, replace(NEW, time=-GOOD_TIME), id="a good time"
        ),
        pytest.param(
            {"times": {AFTERNOON: Mark.GOOD}}, {"starts_at": None}, NEW, id="no time to be good"
        ),
        pytest.param(
            {"times": {AFTERNOON: Mark.GOOD}},
            {"starts_at": MONDAY + 2 * HOUR},
            NEW,
            id="good at first only",
        ),
        pytest.param({"helped": True}, {}, replace(NEW, helped=-HELPED), id="helped before"),
        pytest.param(
            {}, {"language": "prs", "also": ("uk",)}, replace(NEW, language=ALSO), id="also"
        ),
        pytest.param({"languages": "fa"}, {"language": "prs"}, replace(NEW, language=UNDERSTOOD)),
    ],
)
def test_each_part_of_the_score(about: dict[str, Any], asked: dict[str, Any], cost: Cost) -> None:
    verdict = judged(candidate(**{"place": "Halberstadt", **about}), **asked)
    assert verdict.fits
    assert verdict.cost == cost
    assert verdict.score == cost.total


def test_who_speaks_it_well_comes_first() -> None:
    some = replace(profile(["uk"]), languages={"uk": Level.SOME, "de": Level.WELL})
    assert judged(Candidate(Volunteer(20, some, PAPERS, True))).cost.language == SOME_LEVEL


def test_why_this_one_the_strongest_first() -> None:
    one = candidate(place="Halberstadt", times={AFTERNOON: Mark.GOOD}, helped=True)
    assert judged(one).why == tuple(Reason)
    assert judged(candidate("fa"), language="prs").why == (Reason.SKILL,)
    assert judged(candidate(place="Wernigerode", reach_km=99)).minutes == 105
    assert judged(candidate()).minutes is None


def test_roles_are_data() -> None:
    both = Person(1, None, "Olha", frozenset(Role))
    assert both.has(Role.COORDINATOR)
    assert both.has(Role.VOLUNTEER)
    assert not Person(2, 2, "Anna").has(Role.VOLUNTEER)
