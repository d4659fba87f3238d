"""What the conversation engine promises, one thing at a time."""

from dataclasses import replace

import pytest

from bot.conversation.flow import (
    CONTROL_LABELS,
    NO_LONGER_FITS,
    NOT_OFFERED,
    NOT_UNDERSTOOD,
    NOTHING_TO_SKIP,
    STALE,
    SUMMARY,
    Ask,
    Control,
    Flow,
    Location,
    Other,
    Outcome,
    Reply,
    Session,
    SharedContact,
    Tap,
    Typed,
    Voice,
    begin,
)
from bot.conversation.readers import OneOf
from tests.conversation.chat import (
    CALL,
    DAY,
    HELP,
    NOTE,
    PEOPLE,
    TIME,
    WHAT,
    Person,
    moment,
    scene,
    through_json,
)

FULL = {"what": "doctor", "day": "2026-11-25", "time": "14:30", "note": None}


def at_summary(**other: str) -> Person:
    person = Person.in_(given={**FULL, **other})
    assert person.asked == SUMMARY
    return person


# --- the way through -----------------------------------------------------------------------------


def test_the_whole_way_by_buttons() -> None:
    person = Person.in_()
    assert person.lines == ["What do you need?"]
    person.taps("🛏 A bed", "Two", "Tomorrow, 2026-11-25", "14:00", "⏭ Skip")
    assert person.lines == [
        "Is this right?",
        "Help: 🛏 A bed",
        "People: Two",
        "Day: 2026-11-25",
        "Time: 14:00",
    ]
    person.taps("✅ Send it")
    assert person.outcome is Outcome.FINISHED
    assert person.turn.says is None
    assert person.turn.answers == {
        "what": "bed",
        "people": "2",
        "day": "2026-11-25",
        "time": "14:00",
        "note": None,
    }


def test_the_whole_way_by_typing() -> None:
    person = Person.in_().types("a doctor", "25.11.", "14.30", "no smoke, please", "send it")
    assert person.outcome is Outcome.FINISHED
    assert person.turn.answers == {
        "what": "doctor",
        "day": "2026-11-25",
        "time": "14:30",
        "note": "no smoke, please",
    }


def test_without_a_summary_the_last_answer_finishes() -> None:
    person = Person.in_(CALL).does(SharedContact("491511234567", own=True)).does(Voice("f", 9))
    assert person.outcome is Outcome.FINISHED
    assert person.turn.answers == {
        "phone": "+491511234567",
        "note": {"voice": "f", "seconds": 9},
    }


def test_what_is_known_is_not_asked() -> None:
    assert Person.in_(given={"what": "doctor", "time": "14:30"}).asked == "day"
    assert Person.in_(CALL, {"phone": "+4939411234", "note": None}).outcome is Outcome.FINISHED


def test_what_is_known_but_wrong_is_asked_without_a_word_about_it() -> None:
    person = Person.in_(given={"what": "zebra", "unknown": 1})
    assert person.lines == ["What do you need?"]
    assert person.given == {}


def test_sharing_the_own_number_is_offered_where_the_question_says_so() -> None:
    contact = Person.in_(CALL).said.asks_contact
    assert contact is not None
    assert contact.msgid == "Share my number"
    assert Person.in_(HELP).said.asks_contact is None


def test_rows_and_controls_of_a_question() -> None:
    person = Person.in_(given={"what": "bed"})
    rows = [[button.label.msgid for button in row] for row in person.said.buttons]
    assert rows == [
        ["One", "Two", "Three"],
        ["⬅️ Back", "✖️ Cancel"],
        ["🌐 Language", "📞 Call me"],
    ]
    assert "⬅️ Back" not in Person.in_().labels
    assert "⏭ Skip" in Person.in_(given={**FULL, "note": ""}).labels


# --- what does not fit ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply",
    [
        Typed(""),
        Typed("what?"),
        Typed("🤷"),
        Voice("f", 3),
        Location(51.9, 11.0),
        SharedContact("123", own=True),
        Other(),
    ],
)
def test_what_a_question_does_not_take_is_answered_with_the_question(reply: Reply) -> None:
    person = Person.in_().does(reply)
    assert person.lines == [NOT_UNDERSTOOD, "What do you need?"]
    person = at_summary().does(reply)
    assert person.lines[:2] == [NOT_UNDERSTOOD, "Is this right?"]


@pytest.mark.parametrize(
    "tap",
    [
        pytest.param(Tap(6, "day", "2026-11-25"), id="an earlier conversation"),
        pytest.param(Tap(6, "day", "!cancel"), id="a control of an earlier conversation"),
        pytest.param(Tap(7, "what", "bed"), id="an earlier question"),
        pytest.param(Tap(7, "what", "!cancel"), id="a control of an earlier question"),
        pytest.param(Tap(7, SUMMARY, "yes"), id="a summary that was left"),
        pytest.param(Tap(7, "nothing", "x"), id="a question there never was"),
    ],
)
def test_a_stale_tap_shows_the_present_question_and_changes_nothing(tap: Tap) -> None:
    person = Person.in_(given={"what": "doctor"})
    before = person.turn.session
    person.does(tap)
    assert person.lines == [STALE, "On which day?"]
    assert person.turn.session == before
    assert not person.turn.in_place


def test_a_stale_tap_at_the_summary() -> None:
    person = at_summary()
    before = person.turn.session
    person.does(Tap(7, "what", "bed"))
    assert person.lines[:2] == [STALE, "Is this right?"]
    assert person.turn.session == before


@pytest.mark.parametrize("choice", ["zebra", "!zebra", "yes", "2026-11-26", "!"])
def test_a_choice_that_was_never_offered(choice: str) -> None:
    assert Person.in_().does(Tap(7, "what", choice)).lines == [NOT_OFFERED, "What do you need?"]


def test_a_choice_that_is_gone_meanwhile() -> None:
    person = Person.in_(given={"what": "doctor", "day": "2026-11-24"})
    ten = person.button("10:00")
    person.now = moment("2026-11-24T10:00")
    assert person.does(ten).lines == [NOT_OFFERED, "At what time?"]
    assert "10:00" not in person.labels


@pytest.mark.parametrize("choice", ["zebra", "people", "phone", "summary", "!zebra", "Yes"])
def test_only_what_the_summary_offers_can_be_chosen_there(choice: str) -> None:
    person = at_summary()
    before = person.turn.session
    person.does(Tap(7, SUMMARY, choice))
    assert person.lines[:2] == [NOT_UNDERSTOOD, "Is this right?"]
    assert person.turn.session == before


def test_only_taps_are_answered_in_place() -> None:
    person = Person.in_()
    assert not person.turn.in_place
    assert not person.does(Typed("a doctor")).turn.in_place
    assert person.taps("Today, 2026-11-24").turn.in_place
    assert person.taps("⬅️ Back").turn.in_place
    assert not person.does(Control.BACK).turn.in_place
    assert person.taps("✖️ Cancel").turn.in_place


# --- controls ------------------------------------------------------------------------------------

PLACES = {
    "the first question": (HELP, {}),
    "an open question": (HELP, {"what": "doctor"}),
    "an optional question": (HELP, {**FULL, "note": 0}),
    "the summary": (HELP, FULL),
    "without a summary": (CALL, {}),
}


@pytest.mark.parametrize("how", ["button", "label", "lower case", "command"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("control", "outcome"),
    [
        (Control.CANCEL, Outcome.CANCELLED),
        (Control.LANGUAGE, Outcome.LANGUAGE),
        (Control.CALL_ME, Outcome.CALL_ME),
        (Control.HELP, Outcome.HELP),
    ],
)
def test_the_ways_out_are_understood_everywhere(
    control: Control, outcome: Outcome, place: str, how: str
) -> None:
    flow, given = PLACES[place]
    person = Person.in_(flow, given)
    before = person.turn.session
    label = CONTROL_LABELS[control]
    reply: Reply
    match how:
        case "button":
            reply = Tap(7, person.asked, f"!{control}")
        case "label":
            reply = Typed(label)
        case "lower case":
            reply = Typed(label.split(" ", 1)[1].lower())
        case _:
            reply = control
    person.does(reply)
    assert person.outcome is outcome
    assert person.turn.says is None
    assert person.turn.session == before
    assert person.looks_again().turn.session == before


@pytest.mark.parametrize("place", PLACES)
def test_a_human_and_another_language_are_offered_everywhere(place: str) -> None:
    flow, given = PLACES[place]
    labels = Person.in_(flow, given).labels
    assert {"🌐 Language", "📞 Call me", "✖️ Cancel"} <= set(labels)


def test_back_through_everything_ends_at_the_first_question() -> None:
    person = Person.in_(given={**FULL, "what": "bed", "people": "2"})
    asked = [person.does(Control.BACK).asked for _ in range(7)]
    assert asked == ["note", "time", "day", "people", "what", "what", "what"]
    assert person.given == {}
    assert person.lines == ["What do you need?"]


def test_back_leaves_out_questions_that_do_not_apply() -> None:
    person = Person.in_(given={"what": "doctor"})
    assert person.taps("⬅️ Back").asked == "what"


def test_skip() -> None:
    person = Person.in_().does(Control.SKIP)
    assert person.lines == [NOTHING_TO_SKIP, "What do you need?"]
    person = Person.in_(given={key: FULL[key] for key in ("what", "day", "time")})
    assert person.asked == "note"
    assert person.types("skip").asked == SUMMARY
    assert person.given == FULL
    assert person.types("skip").asked == SUMMARY


# --- the summary ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["tap", "typed label", "typed name"])
def test_changing_one_line_comes_back_to_the_summary(how: str) -> None:
    person = at_summary()
    match how:
        case "tap":
            person.taps("✏️ Time")
        case "typed label":
            person.types("✏️ Time")
        case _:
            person.types("time")
    assert person.lines == ["At what time?"]
    assert person.given == FULL
    assert "⬅️ Back" in person.labels
    person.taps("10:00")
    assert person.asked == SUMMARY
    assert person.given == {**FULL, "time": "10:00"}


@pytest.mark.parametrize("name", ["Help", "Day", "Time", "Note"])
def test_back_while_changing_leaves_it_as_it_was(name: str) -> None:
    person = at_summary().taps(f"✏️ {name}", "⬅️ Back")
    assert person.asked == SUMMARY
    assert person.given == FULL


def test_a_change_survives_a_wrong_answer_and_a_change_of_language() -> None:
    person = at_summary().taps("✏️ Time").types("soon")
    assert person.lines[1] == "At what time?"
    person.taps("🌐 Language")
    assert person.looks_again().lines == ["At what time?"]
    assert person.taps("⬅️ Back").given == FULL


def test_what_was_skipped_can_be_added_at_the_summary() -> None:
    person = at_summary()
    assert not any(line.startswith("Note") for line in person.lines)
    person.taps("✏️ Note").types("third floor")
    assert "Note: third floor" in person.lines
    assert person.taps("✏️ Note", "⏭ Skip").given == FULL


def test_a_change_opens_the_question_that_now_applies() -> None:
    person = at_summary().taps("✏️ Help", "🛏 A bed")
    assert person.lines == ["For how many?"]
    person.taps("Three")
    assert person.asked == SUMMARY
    assert person.given == {**FULL, "what": "bed", "people": "3"}


def test_a_change_drops_the_answer_that_no_longer_applies() -> None:
    person = at_summary(what="bed", people="2").taps("✏️ Help", "🩺 A doctor")
    assert person.given == FULL
    assert "✏️ People" not in person.labels


def test_a_change_opens_the_answer_that_no_longer_holds() -> None:
    person = at_summary(time="09:00").taps("✏️ Day", "Today, 2026-11-24")
    assert person.lines == [NO_LONGER_FITS, "At what time?"]
    assert person.taps("15:00").given == {**FULL, "day": "2026-11-24", "time": "15:00"}


# --- time goes on --------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["confirm", "change", "junk", "again"])
def test_an_answer_that_no_longer_holds_at_the_summary_opens_again(how: str) -> None:
    person = at_summary()
    person.now = moment("2026-11-26T00:00")
    match how:
        case "confirm":
            person.taps("✅ Send it")
        case "change":
            person.taps("✏️ Help")
        case "junk":
            person.types("hm")
        case _:
            person.looks_again()
    assert person.outcome is Outcome.OPEN
    assert person.lines == [NO_LONGER_FITS, "On which day?"]
    person.types("27.11.")
    assert person.asked == SUMMARY, "the time still fits on another day"
    assert person.taps("✅ Send it").turn.answers == {**FULL, "day": "2026-11-27"}


def test_an_answer_given_while_an_earlier_one_stopped_holding_is_kept() -> None:
    person = Person.in_(given={"what": "doctor", "day": "2026-11-24", "time": "15:00"})
    person.now = moment("2026-11-25T08:00")
    person.types("second floor")
    assert person.lines == [NO_LONGER_FITS, "On which day?"]
    person.types("tomorrow")
    assert person.asked == SUMMARY
    assert person.given["note"] == "second floor"


def test_an_answer_that_needs_one_that_stopped_holding_gives_way_to_it() -> None:
    person = Person.in_(given={"what": "doctor", "day": "2026-11-24"})
    three = person.button("15:00")
    person.now = moment("2026-11-25T08:00")
    assert person.does(three).lines == [NO_LONGER_FITS, "On which day?"]


# --- the flow changes while somebody is in it -----------------------------------------------------


def test_a_question_added_before_is_asked_after_the_answer_was_taken() -> None:
    person = Person.in_(Flow("help", (DAY, TIME)))
    person.flow = Flow("help", (WHAT, DAY, TIME))
    person.types("25.11.")
    assert person.lines == ["What do you need?"]
    assert person.taps("🩺 A doctor").asked == "time"


def test_a_question_removed_while_it_is_asked() -> None:
    person = Person.in_(given={"what": "doctor"})
    person.flow = replace(HELP, asks=(WHAT, NOTE))
    assert person.types("25.11.").lines == ["Anything else?"]


@pytest.mark.parametrize(
    "reply", [Typed("hm"), Control.SKIP, Tap(7, "note", "x"), Tap(1, "a", "b")]
)
def test_the_last_question_removed_from_a_flow_without_summary(reply: Reply) -> None:
    person = Person.in_(CALL, {"phone": "+4939411234"})
    person.flow = Flow("call", CALL.asks[:1])
    assert person.does(reply).outcome is Outcome.FINISHED
    assert person.turn.answers == {"phone": "+4939411234"}


def test_back_at_a_removed_question_goes_to_the_one_before() -> None:
    person = Person.in_(given={"what": "doctor"})
    person.flow = replace(HELP, asks=(WHAT, NOTE))
    assert person.does(Control.BACK).asked == "what"


def test_a_condition_added_to_the_question_that_is_asked() -> None:
    person = Person.in_(given={"what": "bed"})
    person.flow = replace(HELP, asks=(WHAT, replace(PEOPLE, when=lambda _: False), DAY))
    assert person.taps("Two").lines == ["On which day?"]
    assert "people" not in person.given


def test_another_order() -> None:
    person = Person.in_(given={"what": "doctor", "day": "2026-11-25"})
    person.flow = replace(HELP, asks=(NOTE, DAY, TIME, WHAT))
    assert person.taps("14:00").asked == "note"
    assert person.taps("⏭ Skip").asked == SUMMARY


def test_a_question_that_became_another_kind() -> None:
    person = at_summary()
    person.flow = replace(HELP, asks=(replace(WHAT, key="day", name="Help"),))
    assert person.taps("✅ Send it").lines == [NO_LONGER_FITS, "What do you need?"]


def test_a_summary_that_was_taken_away() -> None:
    person = at_summary()
    person.flow = replace(HELP, summary="", confirm="")
    assert person.taps("✅ Send it").outcome is Outcome.FINISHED


def test_a_choice_with_the_words_of_a_control_is_reached_by_its_button() -> None:
    ask = Ask("what", "What?", OneOf({"talk": "📞 Call me"}))
    person = Person.in_(Flow("odd", (ask,)))
    assert person.does(Typed("call me")).outcome is Outcome.CALL_ME
    assert Person.in_(Flow("odd", (ask,))).does(Tap(7, "what", "talk")).given == {"what": "talk"}


def test_a_skipped_question_that_became_necessary() -> None:
    person = at_summary()
    person.flow = replace(HELP, asks=(WHAT, DAY, TIME, replace(NOTE, optional=False)))
    assert person.taps("✅ Send it").lines == [NO_LONGER_FITS, "Anything else?"]


def test_what_does_not_apply_is_not_handed_over_at_the_end() -> None:
    person = Person.in_(Flow("help", (WHAT, PEOPLE, NOTE)), {"what": "bed", "people": "2"})
    person.flow = Flow("help", (replace(WHAT, reader=OneOf({"bed": "A bed"})), NOTE))
    assert person.does(Control.SKIP).turn.answers == {"what": "bed", "note": None}


# --- sessions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        None,
        1,
        "x",
        [],
        {},
        {"asked": "what"},
        {"given": {}},
        {"asked": None, "given": {}},
        {"asked": "what", "given": []},
        {"asked": "what", "given": {}, "interrupted": {}},
        {"asked": "what", "given": {}, "interrupted": ["help", 1, {}]},
    ],
)
def test_what_is_no_session_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="not a session"):
        Session.from_json("help", 7, document)  # pyright: ignore[reportArgumentType] # that is the point


def test_an_interrupted_conversation_is_kept_to_the_end() -> None:
    help_ = Person.in_(given={"what": "doctor"})
    call = Person(CALL, begin(CALL, 8, scene(), interrupted=help_.turn.session))
    call.types("0151 1234567").does(Control.SKIP)
    assert call.outcome is Outcome.FINISHED
    assert call.turn.session.interrupted == help_.turn.session
    assert call.turn.answers == {"phone": "+491511234567", "note": None}


def test_each_flow_waits_at_most_once() -> None:
    session = None
    for number in range(50):
        flow = (HELP, CALL)[number % 2]
        session = through_json(begin(flow, number, scene(), interrupted=session).session)
    assert session is not None
    assert session.interrupted is not None
    assert (session.flow, session.interrupted.flow) == ("call", "help")
    assert session.interrupted.interrupted is None


@pytest.mark.parametrize(
    "data",
    [
        "",
        "f",
        "f:",
        "f:7",
        "f:7:what",
        "f:7:what:",
        "f:7::x",
        "f:-7:what:x",
        "f:٧:what:x",
        "f:²:what:x",
        "f: 7:what:x",
        "g:7:what:x",
        "f:7:WHAT:x",
        f"f:{'9' * 5000}:what:x",
    ],
)
def test_other_callback_data_is_no_tap(data: str) -> None:
    assert Tap.parse(data) is None


@pytest.mark.parametrize("choice", ["x", "!back", "2026-11-24", "a:b", "ж"])
def test_a_tap_reads_its_own_data(choice: str) -> None:
    tap = Tap(9_999_999_999, "what", choice)
    assert Tap.parse(tap.data()) == tap
