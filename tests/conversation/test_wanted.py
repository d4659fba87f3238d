"""From the answers to a request and back: whoever changes nothing changes nothing."""

import json
from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.flow import Answers, Outcome, Tap, Typed, Voice, advance, begin
from bot.conversation.local import category
from bot.domain.requests import HelpRequest, State, Wanted
from bot.messages import Json
from handlers.requester.ask_for_help import FLOW
from handlers.requester.wanted import answers_of, can_be_repeated, same_again, wanted_from
from tests.conversation.chat import COUNTY, Person, scene

#: What is written where nothing can be tapped, or instead of it.
WRITTEN = {
    "say": ("I need help with my landlord",),
    "date": ("30.11.2026", "1.2.2027"),
    "town": ("Thale", "Halberstadt"),
    "day": ("1.12.2026",),
    "time": ("9:15",),
    "name": ("Umm Ali",),
    "words": ("Second floor",),
    "phone": ("0151 1234567",),
}
FACTS: dict[str, Json] = {"first_name": "Sara", "last_town": "", "known_also": ["tr"]}


def walked(data: st.DataObject) -> Answers:
    """Somebody's way to the end, with some lines changed at the summary."""
    person = Person(FLOW, begin(FLOW, 7, scene(), FACTS))
    names = [ask.key for ask in FLOW.asks if ask.name]
    changes = data.draw(st.lists(st.sampled_from(names), max_size=5))
    for _ in range(80):
        if person.asked == "summary":
            key = changes.pop() if changes else "yes"
            person.does(Tap(7, "summary", key))
        else:
            answers(person, data)
        if person.outcome is Outcome.FINISHED:
            return person.turn.answers
        assert person.outcome is Outcome.OPEN
    raise AssertionError("no end")


def answers(person: Person, data: st.DataObject) -> None:
    if person.turn.session.draft is not None and person.asked == "also":  # one is enough
        person.does(Tap(7, "also", "done"))
        return
    taps = [tap for one in person.buttons if (tap := Tap.parse(one.data)) is not None]
    choices = [tap for tap in taps if not tap.choice.startswith("!")]
    written = [Typed(words) for words in WRITTEN.get(person.asked, ())]
    spoken = [Voice("file", 3)] if person.asked in ("what", "words", "say") else []
    person.does(data.draw(st.sampled_from([*choices, *written, *spoken])))


@settings(max_examples=80)
@given(st.data())
def test_to_change_nothing_changes_nothing(data: st.DataObject) -> None:
    answered = walked(data)
    wanted = wanted_from(answered, scene())
    kind = category(scene(), answered)
    assert wanted.category == (kind.key if kind else "other")
    asked = {each.name: getattr(wanted, each.name) for each in fields(Wanted)}
    request = HelpRequest(id=1, person_id=1, state=State.OPEN, **asked)

    again = json.loads(json.dumps({"agree": "yes", **answers_of(request, COUNTY)}))
    turn = begin(FLOW, 8, scene(), again)
    assert turn.session.asked == "summary"
    sent = advance(FLOW, turn.session, Tap(8, "summary", "yes"), scene())
    assert wanted_from(sent.answers, scene()) == wanted

    if can_be_repeated(request):  # what is of that one time is asked anew
        given_again = same_again(request, COUNTY)
        assert given_again.keys().isdisjoint({"gate", "date", "day", "time", "words", "phone"})
        first = begin(FLOW, 9, scene(), {"agree": "yes", **given_again})
        assert first.session.asked in {"gate", "date", "day"}
        assert replace(wanted, topic=False).category == request.category
