"""Answers that are gathered tap by tap."""

import pytest

from bot.conversation.dates import DayOnPaper
from bot.conversation.flow import Ask, Flow, Outcome
from bot.conversation.gathering import (
    Kilometres,
    LanguagesSpoken,
    SeveralOf,
    WeekTimes,
    times_in,
)
from bot.domain.people import Mark, Part
from tests.conversation.chat import Person

SKILLS = SeveralOf("skills", {"doctor": "🩺 Doctor", "office": "🏛️ Office"})
LANGUAGES = LanguagesSpoken("spoken", ("ar", "de", "kur"))
FLOW = Flow(
    "profile",
    (
        Ask("spoken", "Which languages?", LANGUAGES, name="Languages"),
        Ask("skills", "With what?", SKILLS, name="Help"),
        Ask("times", "When?", WeekTimes("times"), name="Times", optional=True),
        Ask("reach", "How far?", Kilometres(), name="Reach"),
    ),
    summary="Is this right?",
    confirm="Yes",
)
ALL = {
    "spoken": {"ar": "well", "kur": "some"},
    "skills": ["doctor"],
    "times": {"0:morning": "good", "5:evening": "never"},
    "reach": 25,
}


def test_tap_by_tap_to_the_end() -> None:
    anna = Person.in_(FLOW)
    assert "✅ Done" not in anna.labels  # nothing to be done with so far
    anna.taps("العربية", "Deutsch", "✅ Deutsch", "Kurdî · کوردی", "✅ Kurdî · کوردی")
    anna.taps("🤏 Kurdî · کوردی")  # the third tap takes it back
    assert anna.asked == "spoken"
    anna.taps("✅ Done").types("doctor")  # a label may be written
    anna.taps("🏛️ Office").types("Doctor")  # also one that is ticked
    assert "☑️ 🏛️ Office" in anna.labels
    anna.taps("✅ Done", "▫️ Mon 8–12", "▫️ Sat 17–22", "👍 Sat 17–22", "✅ Done")
    anna.types("25 km")
    assert dict(anna.given) == {
        "spoken": {"ar": "well", "de": "some"},
        "skills": ["office"],
        "times": {"0:morning": "good", "5:evening": "never"},
        "reach": 25,
    }
    assert anna.lines[1:] == [
        "Languages: العربية, Deutsch (a little)",
        "Help: 🏛️ Office",
        "Times: Mon 👍 8–12, Sat 🚫 17–22",
        "Reach: Up to 25 km",
    ]


def test_a_line_of_a_prefilled_summary_is_changed() -> None:
    anna = Person.in_(FLOW, ALL)
    assert anna.lines[1] == "Languages: العربية, Kurdî · کوردی (a little)"
    anna.taps("✏️ Languages")
    assert "✅ العربية" in anna.labels  # what was known is ticked
    anna.taps("✅ العربية").types("stop").taps("✅ Done")
    assert anna.given["spoken"] == {"ar": "some", "kur": "some"}
    anna.taps("✏️ Languages", "🤏 العربية").taps("⬅️ Back")  # left as it was
    assert anna.given["spoken"] == {"ar": "some", "kur": "some"}
    anna.taps("✏️ Times", "👍 Mon 8–12", "🚫 Mon 8–12", "🚫 Sat 17–22", "✅ Done")
    assert anna.given["times"] == {}
    assert "Times: please ask me" in anna.lines
    anna.taps("Yes")
    assert anna.outcome is Outcome.FINISHED


@pytest.mark.parametrize("written", ["0", "201", "-5", "far", "", "5 7", "²"])
def test_what_is_no_distance(written: str) -> None:
    anna = Person.in_(FLOW, {**ALL, "reach": None}).types(written)
    assert anna.asked == "reach"


@pytest.mark.parametrize(
    ("key", "stored"),
    [
        ("spoken", {"ar": "fluent"}),
        ("spoken", {"xx": "well"}),
        ("spoken", ["ar"]),
        ("spoken", {}),
        ("skills", []),
        ("skills", ["flying"]),
        ("skills", "doctor"),
        ("times", {"9:morning": "good"}),
        ("times", {"0:noon": "good"}),
        ("times", {"0:morning": "sometimes"}),
        ("times", [1]),
        ("reach", True),
        ("reach", 0),
        ("reach", "5"),
    ],
)
def test_what_is_stored_and_does_not_hold_is_asked_again(key: str, stored: object) -> None:
    assert Person.in_(FLOW, {**ALL, key: stored}).asked == key  # pyright: ignore[reportArgumentType]


def test_times_as_a_profile_has_them() -> None:
    marks = {"0:morning": "good", "6:evening": "never", "x:evening": "good", "1:noon": "good"}
    assert times_in(marks) == {(0, Part.MORNING): Mark.GOOD, (6, Part.EVENING): Mark.NEVER}


def test_days_on_a_paper() -> None:
    flow = Flow(
        "papers",
        (
            Ask("since", "From?", DayOnPaper()),
            Ask("until", "Until?", DayOnPaper(after="since"), optional=True),
            Ask("seen", "Seen?", DayOnPaper(past=True)),
        ),
    )
    krause = Person.in_(flow).types("soon", "1.1.2027", "31.12.2026")
    assert krause.asked == "until"  # before it began
    krause.taps("📅 2027-12-31").types("25.11.2026")
    assert krause.asked == "seen"  # still to come
    krause.taps("📅 Today, 2026-11-24")
    assert krause.given == {"since": "2027-01-01", "until": "2027-12-31", "seen": "2026-11-24"}
    assert krause.outcome is Outcome.FINISHED
