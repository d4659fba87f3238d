"""What is found wrong with a flow before anybody is in it, and the table of what it asks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.conversation import check, table
from bot.conversation.flow import Answers, Ask, Choice, Flow, Reply, Retry, Scene
from bot.conversation.readers import OneOf
from bot.messages import Json, Param, Text
from tests.conversation.chat import CALL, COUNTY, DAY, HELP, NOTE, PEOPLE, TIME, WHAT

UNCONFIRMED = "odd: a summary needs a button to confirm it, and that a summary"
AB = OneOf({"a": "A", "b": "B"})


def ask(key: str = "one", reader: OneOf = AB, name: str = "") -> Ask:
    return Ask(key, "What?", reader, name)


def when(condition: Callable[[Answers], bool], key: str = "two") -> Ask:
    return Ask(key, "What?", AB, when=condition)


@dataclass(frozen=True)
class Odd:
    """A reader whose choices are refused, or taken without holding."""

    refuses: bool
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> list[Choice]:
        return [Choice("x", Text("X"))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        if self.refuses:
            raise Retry("no")
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry("no")

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return False

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


@dataclass(frozen=True)
class Careless(Odd):
    def choices(self, scene: Scene, given: Answers) -> list[Choice]:
        return [Choice(str(given["later"]), Text("X"))]


def flow(*asks: Ask, name: str = "odd", summary: str = "", confirm: str = "") -> Flow:
    return Flow(name, asks, summary, confirm)


def test_good_flows_have_no_faults() -> None:
    assert check.faults([HELP, CALL], COUNTY) == []


@pytest.mark.parametrize(
    ("odd", "fault"),
    [
        (flow(), "odd: has no questions"),
        (flow(ask(), name="Odd flow"), "'Odd flow': the name of a flow is of a-z, 0-9 and _"),
        (
            flow(ask(), summary="?"),
            UNCONFIRMED,
        ),
        (
            flow(ask(), confirm="!"),
            UNCONFIRMED,
        ),
        (
            flow(ask(), summary="?", confirm="!"),
            "odd: the summary shows nothing, because no question has a name",
        ),
        (flow(ask("One")), "odd.One: a key is of a-z, 0-9 and _, and starts with a letter"),
        (flow(ask("1one")), "odd.1one: a key is of a-z, 0-9 and _, and starts with a letter"),
        (flow(ask("a:b")), "odd.a:b: a key is of a-z, 0-9 and _, and starts with a letter"),
        (flow(ask("")), "odd.: a key is of a-z, 0-9 and _, and starts with a letter"),
        (flow(ask("summary")), "odd.summary: this key is reserved"),
        (flow(ask("yes")), "odd.yes: this key is reserved"),
        (flow(ask(), ask()), "odd.one: another question has the same key"),
        (flow(replace(ask(), question="")), "odd.one: has no text"),
        (
            flow(ask(name="A"), ask("two", name="A")),
            "odd.two: another question has the same name",
        ),
        (flow(ask(reader=OneOf({}, columns=0))), "odd.one: needs at least one column"),
        (
            flow(ask("k" * 42)),
            f"odd.{'k' * 42}: the button '!language' has 65 bytes, Telegram takes 64",
        ),
        (
            flow(ask(reader=OneOf({"ж" * 24: "A"}))),
            f"odd.one: the button '{'ж' * 24}' has 65 bytes, Telegram takes 64",
        ),
        (flow(ask(reader=OneOf({"!a": "A"}))), "odd.one: a choice can't have the key '!a'"),
        (flow(ask(reader=OneOf({"": "A"}))), "odd.one: a choice can't have the key ''"),
        (flow(ask(reader=OneOf({"a": "A", "b": "A"}))), "odd.one: two choices have the same label"),
        (
            flow(ask(reader=OneOf({"a": "📞 Call me"}))),
            "odd.one: the label '📞 Call me' belongs to a control",
        ),
        (
            flow(ask(reader=OneOf({f"a{n}": f"A{n}" for n in range(91)}))),
            "odd.one: more than 90 choices",
        ),
        (
            flow(ask(), when(lambda given: given.get("three") == "a"), ask("three")),
            "odd.two: its condition looks at 'three', which is no earlier question",
        ),
        (
            flow(ask(), when(lambda given: given.get("two") is None)),
            "odd.two: its condition looks at 'two', which is no earlier question",
        ),
        (
            flow(ask(), when(lambda given: given["one"] == "a")),
            "odd.two: fails where an answer is missing (KeyError); use .get",
        ),
        (
            flow(ask(), when(lambda given: str(given.get("one")).index("a") == 0)),
            "odd.two: fails where an answer is missing (ValueError); use .get",
        ),
        (
            flow(ask(), when(lambda given: given.get("one") == "zebra")),
            "odd.two: nobody is ever asked this",
        ),
        (
            flow(Ask("one", "?", Odd(refuses=True))),
            "odd.one: the choice 'x' is offered, but refused",
        ),
        (
            flow(Ask("one", "?", Odd(refuses=False))),
            "odd.one: the choice 'x' is taken, but does not hold",
        ),
        (
            flow(Ask("one", "?", Careless(refuses=False))),
            "odd.one: its reader looks at 'later', which is no earlier question",
        ),
    ],
)
def test_a_fault_is_one_line(odd: Flow, fault: str) -> None:
    found = check.faults([odd], COUNTY)
    assert fault in found
    assert all("\n" not in line for line in found)


def test_two_flows_with_one_name() -> None:
    assert check.faults([CALL, CALL], COUNTY) == ["call: another flow has the same name"]


def test_questions_behind_several_answers_are_found() -> None:
    both = when(lambda given: given.get("one") == "b" and given.get("two") == "b", "three")
    deep = when(lambda given: given.get("three") == "b", "four")
    assert check.faults([flow(ask(), ask("two"), both, deep)], COUNTY) == []


def test_a_question_can_hang_on_what_was_skipped() -> None:
    unless = when(lambda given: "one" in given and given.get("one") is None)
    assert check.faults([flow(replace(ask(), optional=True), unless)], COUNTY) == []
    assert "odd.two: nobody is ever asked this" in check.faults([flow(ask(), unless)], COUNTY)


def test_too_many_ways() -> None:
    asks = [ask(f"a{n}") for n in range(12)]
    last = when(lambda given: all(given.get(f"a{n}") == "b" for n in range(12)))
    counting = when(lambda given: list(given.values()).count("b") == 12, "three")
    found = check.faults([flow(*asks, last, counting)], COUNTY)
    assert f"odd: more than {check.MOST_WAYS} ways lead through it" in found


def test_the_table() -> None:
    pipe = replace(WHAT, question="This | or\nthat?")
    asks = (pipe, PEOPLE, DAY, TIME, NOTE)
    assert table.table([replace(HELP, asks=asks), CALL], COUNTY) == Path(__file__).with_name(
        "table.md"
    ).read_text(encoding="utf-8")
