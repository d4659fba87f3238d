"""Answers that are taken without asking, facts known beforehand, and readers of the county."""

from dataclasses import replace

import pytest

from bot.conversation import check
from bot.conversation.flow import (
    SUMMARY,
    Answers,
    Ask,
    Control,
    Flow,
    Location,
    Outcome,
    Scene,
    Tap,
    Typed,
    Voice,
)
from bot.conversation.languages import OneLanguage, SeveralLanguages
from bot.conversation.readers import OneOf, Words
from bot.conversation.towns import PLACE_UNKNOWN, THIS_PLACE, WHICH_PLACE, Town
from bot.messages import Button, Json, Text
from tests.conversation.chat import COUNTY, DAY, NOTE, TIME, WHAT, Person, plain, scene

WAYS = OneOf({"along": "Comes along", "phone": "By phone"})


def usual(_: Scene, given: Answers) -> Json:
    return "phone" if given.get("what") == "bed" else "along"


HOW = Ask("how", "How?", WAYS, name="How", default=usual)
WHO = Ask(
    "who",
    "Who?",
    Words(20),
    name="Name",
    optional=True,
    default=lambda _, given: given.get("known"),
)
FLOW = Flow(
    "help",
    (WHAT, HOW, DAY, WHO),
    summary="Is this right?",
    confirm="✅ Send it",
    facts=("known", "about"),
)


def test_a_default_is_not_asked_but_stands_on_the_summary_and_can_be_changed() -> None:
    person = Person.in_(FLOW).taps("🩺 A doctor", "Today, 2026-11-24")
    assert person.lines == [
        "Is this right?",
        "Help: 🩺 A doctor",
        "How: Comes along",
        "Day: 2026-11-24",
    ]
    assert person.taps("✏️ How").lines == ["How?"]
    assert person.taps("⬅️ Back").asked == SUMMARY
    person.taps("✏️ How", "By phone", "✅ Send it")
    assert person.turn.answers == {
        "what": "doctor",
        "how": "phone",
        "day": "2026-11-24",
        "who": None,
    }


def test_a_default_follows_other_answers_until_it_was_chosen() -> None:
    person = Person.in_(FLOW, {"what": "doctor", "day": "2026-11-24"})
    assert "How: By phone" in person.taps("✏️ Help", "🛏 A bed").lines
    person.taps("✏️ How", "Comes along", "✏️ Help", "🩺 A doctor", "✏️ Help", "🛏 A bed")
    assert "How: Comes along" in person.lines


def test_back_passes_over_what_was_never_asked() -> None:
    person = Person.in_(FLOW, {"what": "doctor"})
    assert person.asked == "day"
    assert person.does(Control.BACK).asked == "what"
    assert "⬅️ Back" not in person.labels


def test_facts_are_looked_at_and_come_back_at_the_end() -> None:
    person = Person.in_(FLOW, {"known": "Sara", "about": 7, "other": 1, "what": "bed"})
    person.taps("Tomorrow, 2026-11-25")
    assert "Name: Sara" in person.lines
    person.taps("✏️ Name", "⏭ Skip")
    assert not any(line.startswith("Name") for line in person.lines)
    person.taps("✅ Send it")
    assert person.turn.answers["about"] == 7
    assert person.turn.answers["who"] is None
    assert "other" not in person.turn.answers


def test_what_is_known_but_applies_later_is_kept() -> None:
    later = replace(TIME, when=lambda given: "day" in given)
    person = Person.in_(Flow("help", (WHAT, DAY, later)), {"time": "14:30", "day": "2026-11-25"})
    assert person.taps("🛏 A bed").outcome is Outcome.FINISHED


def test_many_lines_are_changed_behind_one_button() -> None:
    asks = tuple(Ask(f"a{n}", f"{n}?", WAYS, name=f"Line {n}", default=usual) for n in range(7))
    person = Person.in_(replace(FLOW, asks=(WHAT, *asks)), {"what": "doctor"})
    assert person.labels[:2] == ["✅ Send it", "✏️ Change"]
    assert len(person.labels) == 6
    person.taps("✏️ Change")
    assert len(person.lines) == 9
    assert "✏️ Line 6" in person.labels
    assert "✅ Send it" not in person.labels
    assert person.taps("⬅️ Back").labels[:2] == ["✅ Send it", "✏️ Change"]
    person.taps("✏️ Change", "✏️ Line 6", "By phone")
    assert person.labels[:2] == ["✅ Send it", "✏️ Change"]
    assert "Line 6: By phone" in person.lines
    assert person.types("line 5").lines == ["5?"]


def test_values_in_the_question_a_mark_on_the_summary_and_buttons_that_lead_elsewhere() -> None:
    ask = replace(
        HOW,
        question="{county}?",
        default=lambda _, __: None,
        params=lambda here, _: {"county": here.county.name},
        urgent=lambda _, answer: answer == "phone",
        where=lambda here, _: here.county.name == COUNTY.name,
        beside=(Button(Text("More"), "menu:more"),),
    )
    person = Person.in_(replace(FLOW, asks=(ask,)))
    assert person.lines == ["Landkreis Harz?"]
    assert person.labels[:3] == ["Comes along", "By phone", "More"]
    assert person.taps("By phone").lines == ["Is this right?", "🔴 How: By phone"]
    elsewhere = replace(ask, where=lambda _, __: False)
    # Another county asks it.
    assert check.faults([replace(FLOW, asks=(WHAT, elsewhere))], COUNTY) == []


def test_faults_of_defaults() -> None:
    odd = replace(HOW, default=lambda _, __: "zebra")
    assert "help.how: the default 'zebra' does not hold" in check.faults(
        [replace(FLOW, asks=(WHAT, odd))], COUNTY
    )
    early = replace(HOW, default=lambda _, given: given.get("day") and "along")
    assert "help.how: its reader looks at 'day', which is no earlier question" in check.faults(
        [replace(FLOW, asks=(WHAT, early, DAY))], COUNTY
    )
    assert "help: what is known beforehand can't be asked" in check.faults(
        [replace(FLOW, facts=("what",))], COUNTY
    )


# --- readers ------------------------------------------------------------------------------------

PLACE = Ask("place", "Where?", Town("place", "last"), name="Place")
WHERE = Flow("where", (PLACE, NOTE), facts=("last",))


@pytest.mark.parametrize("typed", ["Wernigerode", "wernigerode", "in Wernigerode", "WERNIGERODE "])
def test_a_place_by_its_name(typed: str) -> None:
    assert Person.in_(WHERE).types(typed).given == {"place": "Wernigerode"}


def test_a_place_that_was_guessed_is_asked_back() -> None:
    person = Person.in_(WHERE).types("Вернигероде")
    assert person.lines == [THIS_PLACE, "Where?"]
    assert person.labels[:2] == ["Wernigerode", "Another place"]
    assert person.given == {}
    person.taps("Another place")
    assert "Halberstadt" in person.labels
    assert person.types("38889").lines == [WHICH_PLACE, "Where?"]
    person.types("Thale")  # not one of those after all
    assert person.given == {"place": "Thale"}


def test_an_association_is_no_place_to_be_in() -> None:
    person = Person.in_(WHERE).types("Vorharz")
    assert person.lines == [WHICH_PLACE, "Where?"]
    assert person.taps("Wegeleben").given == {"place": "Wegeleben"}


def test_a_place_by_location_and_one_elsewhere() -> None:
    assert Person.in_(WHERE).does(Location(51.8345, 10.7843)).given == {"place": "Wernigerode"}
    for elsewhere in (Location(52.52, 13.4), Typed("Berlin Kreuzberg"), Typed("x" * 5000)):
        person = Person.in_(WHERE).does(elsewhere)
        assert person.said.lines[0].msgid == PLACE_UNKNOWN
        assert "03941 5970-4504" in plain(person.said.lines[0])
        assert person.asked == "place"


def test_the_last_place_comes_first() -> None:
    labels = Person.in_(WHERE, {"last": "Thale"}).labels
    assert labels[0] == "Thale"
    assert labels.count("Thale") == 1
    assert Person.in_(WHERE, {"last": "Nowhere"}).labels[0] == "Ballenstedt"


def test_languages() -> None:
    codes = ("ar", "de", "fa")
    flow = Flow(
        "l",
        (Ask("one", "1?", OneLanguage(codes)), Ask("also", "2?", SeveralLanguages(codes, "also"))),
    )
    assert check.faults([flow], COUNTY) == []
    person = Person.in_(flow).does(Tap(7, "one", "ar"))
    for code in ("ar", "fa", "ar"):
        person.does(Tap(7, "also", code))
    assert person.does(Voice("v", 1)).asked == "also"
    assert person.does(Tap(7, "also", "done")).turn.answers == {"one": "ar", "also": ["fa"]}
    assert SeveralLanguages(codes, "also").holds(["xx"], scene(), {}) is False
