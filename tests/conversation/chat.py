"""A flow to talk through, and a person who does: the session goes through JSON at every step."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.conversation.flow import (
    Answers,
    Ask,
    Flow,
    Outcome,
    Reply,
    Scene,
    Session,
    Tap,
    Turn,
    Typed,
    advance,
    begin,
    show,
)
from bot.conversation.readers import FutureDay, OneOf, PhoneNumber, TimeOfDay, Words
from bot.counties import loader
from bot.i18n.languages import endonym
from bot.i18n.normalise import normalise
from bot.messages import Button, Day, Hour, Language, Listing, Message, Param, Term, Text

BERLIN = ZoneInfo("Europe/Berlin")
COUNTY = loader.load()


def moment(iso: str, zone: ZoneInfo = BERLIN) -> int:
    return int(datetime.fromisoformat(iso).replace(tzinfo=zone).timestamp())


#: Tuesday morning.
NOW = moment("2026-11-24T09:30")


def said(param: Param) -> str:
    match param:
        case Term(msgid):
            return msgid
        case Day(value) | Hour(value):
            return value
        case Language(code):
            return endonym(code)
        case Listing(items):
            return ", ".join(said(item) for item in items)
        case Text():
            return plain(param)
        case _:
            return str(param)


def plain(text: Text) -> str:
    return text.msgid.format(**{name: said(value) for name, value in text.params.items()})


def means(typed: str, label: Text) -> bool:
    """As the bot reads labels, for somebody who reads English."""
    return normalise(typed) == normalise(plain(label))


def scene(now: int = NOW, zone: ZoneInfo = BERLIN) -> Scene:
    return Scene(now, replace(COUNTY, zone=zone), "en", means)


WHAT = Ask(
    "what", "What do you need?", OneOf({"doctor": "🩺 A doctor", "bed": "🛏 A bed"}), name="Help"
)
PEOPLE = Ask(
    "people",
    "For how many?",
    OneOf({"1": "One", "2": "Two", "3": "Three"}, columns=3),
    name="People",
    when=lambda given: given.get("what") == "bed",
)
DAY = Ask("day", "On which day?", FutureDay(), name="Day")
TIME = Ask("time", "At what time?", TimeOfDay("day"), name="Time")
NOTE = Ask("note", "Anything else?", Words(200, voice=True), name="Note", optional=True)
PHONE = Ask("phone", "Which number?", PhoneNumber(), asks_contact="Share my number")

HELP = Flow("help", (WHAT, PEOPLE, DAY, TIME, NOTE), summary="Is this right?", confirm="✅ Send it")
#: Ends with its last answer, without a summary.
CALL = Flow("call", (PHONE, replace(NOTE, name="")))


def through_json(session: Session) -> Session:
    """The session as the next update finds it; equal to what was stored."""
    found = Session.from_json(
        session.flow, session.number, json.loads(json.dumps(session.to_json()))
    )
    assert found == session
    return found


@dataclass
class Person:
    """One person in one conversation. ``turn`` is what the last step led to."""

    flow: Flow
    turn: Turn
    now: int = NOW

    @classmethod
    def in_(cls, flow: Flow = HELP, given: Answers | None = None, now: int = NOW) -> "Person":
        return cls(flow, begin(flow, 7, scene(now), given), now)

    def does(self, reply: Reply) -> "Person":
        session = through_json(self.turn.session)
        self.turn = advance(self.flow, session, reply, scene(self.now))
        return self

    def types(self, *texts: str) -> "Person":
        for text in texts:
            self.does(Typed(text))
        return self

    def taps(self, *labels: str) -> "Person":
        for label in labels:
            self.does(self.button(label))
        return self

    def looks_again(self) -> "Person":
        self.turn = show(self.flow, through_json(self.turn.session), scene(self.now))
        return self

    def button(self, label: str) -> Tap:
        """The button under what was said last."""
        found = [one for one in self.buttons if plain(one.label) == label]
        assert len(found) == 1, f"no {label!r} in {self.labels}"
        tap = Tap.parse(found[0].data)
        assert tap is not None
        return tap

    @property
    def said(self) -> Message:
        assert self.turn.says is not None
        return self.turn.says

    @property
    def lines(self) -> list[str]:
        return [plain(line) for line in self.said.lines]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.said.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [plain(button.label) for button in self.buttons]

    @property
    def asked(self) -> str:
        return self.turn.session.asked

    @property
    def given(self) -> Answers:
        return self.turn.session.given

    @property
    def outcome(self) -> Outcome:
        return self.turn.outcome
