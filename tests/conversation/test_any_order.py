"""Whatever people do, and whatever changes under them, a conversation stays whole (Hypothesis)."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.conversation.flow import (
    SUMMARY,
    Answers,
    Ask,
    Control,
    Flow,
    Location,
    Other,
    Outcome,
    Photo,
    Reply,
    SharedContact,
    Tap,
    Typed,
    Voice,
    begin,
)
from bot.conversation.questions import no_default
from bot.conversation.readers import OneOf
from bot.messages import from_json, to_json
from tests.conversation.chat import (
    CALL,
    DAY,
    HELP,
    NOTE,
    PEOPLE,
    PHONE,
    TIME,
    WHAT,
    Person,
    scene,
    through_json,
)

FLOOR = Ask(
    "floor",
    "Which floor?",
    OneOf({"0": "Ground floor", "1": "Higher"}),
    name="Floor",
    when=lambda given: given.get("people") in {"2", "3"},
)
#: Taken without asking, as long as nobody changes it.
USUAL = Ask(
    "usual",
    "How?",
    OneOf({"x": "Usual", "y": "Unusual"}),
    name="How",
    default=lambda _, given: "y" if given.get("what") == "bed" else "x",
)
#: Too many lines to be changed on the summary itself.
MANY = tuple(replace(USUAL, key=f"m{number}", name=f"Line {number}") for number in range(5))
NEEDED_NOTE = replace(NOTE, optional=False)
#: The same key, another kind of question.
OTHER_NOTE = Ask("note", "One more?", OneOf({"x": "X"}), name="More", optional=True)

ASKS = st.lists(
    st.sampled_from(
        [WHAT, PEOPLE, FLOOR, DAY, TIME, NOTE, NEEDED_NOTE, OTHER_NOTE, PHONE, USUAL, *MANY]
    ),
    min_size=1,
    unique_by=lambda ask: ask.key,
)
WORDS = st.text(max_size=30) | st.sampled_from(
    [
        *("a doctor", "bed", "two", "tomorrow", "25.11.", "14:30", "9", "0151 1234567"),
        *("back", "skip", "⏭ Skip", "send it", "help", "time", "✏️ Day", "summary", "yes"),
    ]
)
KEYS = st.sampled_from(
    ["what", "people", "floor", "day", "time", "note", "phone", "usual", SUMMARY, "gone", "x"]
)
CHOICES = st.sampled_from(
    [
        "yes",
        "bed",
        "doctor",
        "2",
        "x",
        "2026-11-24",
        "1400",
        "day",
        "!back",
        "!skip",
        "!zebra",
        "change",
        "usual",
        "m0",
    ]
)
REPLIES: st.SearchStrategy[Reply] = (
    st.builds(Typed, WORDS)
    | st.builds(Voice, st.text(max_size=5), st.integers(0, 99))
    | st.builds(Location, st.floats(-90, 90), st.floats(-180, 180))
    | st.builds(SharedContact, WORDS, st.booleans())
    | st.builds(Tap, st.integers(6, 8), KEYS, CHOICES | st.text(min_size=1, max_size=9))
    | st.just(Other())
    | st.builds(Photo, st.text(min_size=1, max_size=9), st.text(max_size=9))
    | st.sampled_from([Control.BACK, Control.SKIP, Control.HELP, Control.LANGUAGE])
)


class Chatting(RuleBasedStateMachine):
    """One person, one conversation, everything that can happen to it."""

    def __init__(self) -> None:
        super().__init__()
        self.person = Person.in_(HELP)
        self.old_taps: list[Tap] = []

    @initialize(flow=st.sampled_from([HELP, CALL]))
    def starts(self, flow: Flow) -> None:
        self.person = Person.in_(flow)

    def does(self, reply: Reply) -> None:
        before = self.person.turn.session
        stale = isinstance(reply, Tap) and (reply.number, reply.ask) != (7, before.asked)
        self.old_taps += self._buttons()
        self.person.does(reply)
        if stale and self.person.outcome is Outcome.OPEN and self.person.asked != SUMMARY:
            assert self.person.given == before.given
        if self.person.outcome not in (Outcome.OPEN, Outcome.FINISHED):
            assert self.person.turn.session == before
            self.person.looks_again()
        self._is_whole()

    def _is_whole(self) -> None:
        """Looked at right after each step, before the flow can change again."""
        turn, flow = self.person.turn, self.person.flow
        match turn.outcome:
            case Outcome.FINISHED:
                assert_complete(flow, turn.answers, self.person.now)
                assert {ask.key for ask in flow.asks if ask.default is not no_default} <= set(
                    turn.answers
                )
            case Outcome.OPEN if turn.session.asked == SUMMARY:
                assert flow.confirm
                assert_complete(flow, turn.answers, self.person.now)
            case outcome:
                assert outcome is Outcome.OPEN
                assert turn.session.asked in {ask.key for ask in flow.asks}

    def _buttons(self) -> list[Tap]:
        if self.person.turn.says is None:
            return []
        found = (Tap.parse(button.data) for button in self.person.buttons)
        return [tap for tap in found if tap is not None]

    @rule(reply=REPLIES)
    def does_anything(self, reply: Reply) -> None:
        self.does(reply)

    @precondition(lambda self: self._buttons())
    @rule(data=st.data())
    def taps_a_button(self, data: st.DataObject) -> None:
        self.does(data.draw(st.sampled_from(self._buttons())))

    @precondition(lambda self: self.old_taps)
    @rule(data=st.data(), number=st.sampled_from([6, 7, 7]))
    def taps_an_old_button(self, data: st.DataObject, number: int) -> None:
        self.does(replace(data.draw(st.sampled_from(self.old_taps)), number=number))

    @rule(seconds=st.integers(1, 3 * 86_400))
    def time_goes_on(self, seconds: int) -> None:
        self.person.now += seconds

    @rule(asks=ASKS, with_summary=st.booleans())
    def the_flow_changes(self, asks: list[Ask], with_summary: bool) -> None:
        end = ("Is this right?", "✅ Send it") if with_summary else ("", "")
        self.person.flow = Flow(self.person.flow.name, tuple(asks), *end)

    @rule()
    def looks_again(self) -> None:
        self.person.looks_again()
        self._is_whole()

    @invariant()
    def it_ends_with_a_question_or_an_outcome(self) -> None:
        turn = self.person.turn
        through_json(turn.session)
        if turn.outcome is Outcome.FINISHED:
            assert turn.says is None
            self.person.turn = begin(self.person.flow, 7, scene(self.person.now))
        elif turn.outcome is Outcome.OPEN:
            assert turn.says is not None
            assert from_json(to_json(turn.says)) == turn.says
            taps = self._buttons()
            assert all(len(tap.data().encode()) <= 64 for tap in taps)
            assert {(tap.number, tap.ask) for tap in taps} == {(7, turn.session.asked)}


def assert_complete(flow: Flow, answers: Answers, now: int) -> None:
    """Exactly the questions that apply are answered, and each answer holds: written out anew."""
    expected: set[str] = set()
    for number, ask in enumerate(flow.asks):
        before = {one.key for one in flow.asks[:number]}
        given = {key: answer for key, answer in answers.items() if key in before}
        if not ask.when(given):
            continue
        if ask.default is not no_default and ask.key not in answers:
            assert ask.key == "usual" or ask.key.startswith("m")  # it has a default here
            continue
        expected.add(ask.key)
        answer = answers[ask.key]
        if answer is None:
            assert ask.optional
        else:
            assert ask.reader.holds(answer, scene(now), given)
    assert set(answers) == expected


Chatting.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestChatting = Chatting.TestCase
