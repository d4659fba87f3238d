"""What can be wrong with a flow before anybody is in it.

A test runs :func:`faults` on every flow, and the bot does at start: a button that Telegram refuses
or a question nobody can get past is found there, not by a person who needs help.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from bot.conversation.questions import (
    Answers,
    Ask,
    Choice,
    Flow,
    More,
    Retry,
    Scene,
    everywhere,
)
from bot.conversation.replies import CONTROL_LABELS, CONTROL_MARK, Control, Tap
from bot.conversation.screens import CHANGE, CONFIRM, SUMMARY
from bot.domain.county import County
from bot.messages import Json

T = TypeVar("T")

MOST_BYTES = 64
MOST_BUTTONS = 90
MOST_WAYS = 2_000
_LARGEST_NUMBER = 9_999_999_999
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_RESERVED = {SUMMARY, CONFIRM, CHANGE}

#: A question without choices is answered with this: what people write can't be listed.
_ANY_WORDS = "…"

#: A fixed day, so that the same flow always gives the same faults and the same table.
_NOW = 1_767_225_600

#: What a ``when`` or a reader raises that relies on an answer which is not there.
_CARELESS = (LookupError, TypeError, ValueError, AttributeError)


_MISSING = object()


class _Remembered(Generic[T]):
    """What was found out of a question, by the answers that were looked at to find it out.

    Many ways through a flow differ only in answers that the next question never looks at.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[tuple[dict[str, object], T]]] = {}

    def get(self, ask: Ask, given: Answers) -> T | None:
        for seen, found in self._found.get(ask.key, ()):
            if all(given.get(key, _MISSING) == answer for key, answer in seen.items()):
                return found
        return None

    def put(self, ask: Ask, given: Answers, seen: set[str], found: T) -> None:
        there = {key: given.get(key, _MISSING) for key in seen}
        self._found.setdefault(ask.key, []).append((there, found))


@dataclass(slots=True)
class Known:
    """What walking all ways through a flow has shown; keyed by question."""

    flow: Flow
    scene: Scene
    faults: dict[str, None] = field(default_factory=dict[str, None])  # a set in the order found
    needs: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # looked at by `when`
    reads: set[str] = field(default_factory=set[str])  # looked at by any reader
    choices: dict[str, dict[str, Choice]] = field(default_factory=dict[str, dict[str, Choice]])
    answers: _Remembered[list[Json]] = field(default_factory=_Remembered[list[Json]])
    applies: _Remembered[bool] = field(default_factory=_Remembered[bool])

    def fault(self, ask: Ask, what: str) -> None:
        self.faults[f"{self.flow.name}.{ask.key}: {what}"] = None


class _Recorded(Mapping[str, Json]):
    """Answers that remember which of them were looked at."""

    def __init__(self, answers: Answers, seen: set[str] | None = None) -> None:
        self._answers = answers
        self.seen: set[str] = set() if seen is None else seen

    def also(self, key: str, answer: Json) -> "_Recorded":
        """With one more answer, and one memory."""
        return _Recorded({**self._answers, key: answer}, self.seen)

    def __getitem__(self, key: str) -> Json:
        self.seen.add(key)
        return self._answers[key]

    def __iter__(self) -> Iterator[str]:
        self.seen.update(self._answers)
        return iter(self._answers)

    def __len__(self) -> int:
        self.seen.update(self._answers)
        return len(self._answers)


def faults(flows: Iterable[Flow], county: County) -> list[str]:
    """Everything wrong with *flows*, a line each; empty if they can be used."""
    found: list[str] = []
    names: set[str] = set()
    for flow in flows:
        if flow.name in names:
            found.append(f"{flow.name}: another flow has the same name")
        names.add(flow.name)
        found += _declaration_faults(flow)
        if len({ask.key for ask in flow.asks}) == len(flow.asks):
            found += walked(flow, county).faults
    return found


# --- what stands in the declaration --------------------------------------------------------------


def _declaration_faults(flow: Flow) -> list[str]:
    found = [f"{flow.name}: has no questions"] if not flow.asks else []
    if not _KEY.fullmatch(flow.name):
        found.append(f"{flow.name!r}: the name of a flow is of a-z, 0-9 and _")
    if bool(flow.summary) != bool(flow.confirm):
        found.append(f"{flow.name}: a summary needs a button to confirm it, and that a summary")
    if flow.confirm and not any(ask.name for ask in flow.asks):
        found.append(f"{flow.name}: the summary shows nothing, because no question has a name")
    keys: set[str] = set()
    names: set[str] = set()
    if any(fact == ask.key for fact in flow.facts for ask in flow.asks):
        found.append(f"{flow.name}: what is known beforehand can't be asked")
    for ask in flow.asks:
        found += [f"{flow.name}.{ask.key}: {what}" for what in _ask_faults(ask, keys, names)]
        keys.add(ask.key)
        names.add(ask.name)
    return found


def _ask_faults(ask: Ask, keys: set[str], names: set[str]) -> Iterator[str]:
    if not _KEY.fullmatch(ask.key):
        yield "a key is of a-z, 0-9 and _, and starts with a letter"
    if ask.key in _RESERVED:
        yield "this key is reserved"
    if ask.key in keys:
        yield "another question has the same key"
    if not ask.question:
        yield "has no text"
    if ask.name and ask.name in names:
        yield "another question has the same name"
    if ask.reader.columns < 1:
        yield "needs at least one column"
    for control in Control:
        yield from _data_faults(Tap.of(_LARGEST_NUMBER, ask.key, control))
    yield from _data_faults(Tap(_LARGEST_NUMBER, SUMMARY, ask.key))


def _data_faults(tap: Tap) -> Iterator[str]:
    size = len(tap.data().encode())
    if size > MOST_BYTES:
        yield f"the button {tap.choice!r} has {size} bytes, Telegram takes {MOST_BYTES}"


# --- what shows when somebody goes through it ----------------------------------------------------


def walked(flow: Flow, county: County) -> Known:
    """Go all ways through *flow* that can differ.

    Only answers that some question looks at are tried in all their forms. Which those are shows on
    the way, so this is repeated until nothing new does.
    """
    known = Known(flow, Scene(_NOW, county, "en", lambda typed, label: False))
    forks: set[str] = set()
    while True:
        ways = list(islice(_ways(known, 0, {}, forks), MOST_WAYS + 1))
        looked_at = known.reads.union(*known.needs.values())
        if looked_at == forks or len(ways) > MOST_WAYS:
            break
        forks = looked_at
    if len(ways) > MOST_WAYS:
        known.faults[f"{flow.name}: more than {MOST_WAYS} ways lead through it"] = None
    for ask in flow.asks:
        if ask.key not in known.choices and ask.where is everywhere:
            known.fault(ask, "nobody is ever asked this")
    return known


def _ways(known: Known, at: int, given: dict[str, Json], forks: set[str]) -> Iterator[None]:
    """One None for each way from question number *at* to the end."""
    if at == len(known.flow.asks):
        yield
        return
    ask = known.flow.asks[at]
    if not _applies(known, ask, given):
        yield from _ways(known, at + 1, given, forks)
        return
    answers = _answers(known, ask, given)
    for answer in answers if ask.key in forks else answers[:1]:
        yield from _ways(known, at + 1, {**given, ask.key: answer}, forks)


def _applies(known: Known, ask: Ask, given: Answers) -> bool:
    def look(some: Answers) -> bool:
        return ask.applies(known.scene, some)

    found = known.applies.get(ask, given)
    if found is not None:
        return found
    applies, needs = _tried(known, ask, given, look)
    known.applies.put(ask, given, needs, applies is not False)
    for missing in [*({key} for key in given), set(given)]:
        fewer = {key: answer for key, answer in given.items() if key not in missing}
        needs = needs | _tried(known, ask, fewer, look)[1]
    for key in needs - _earlier(known.flow, ask):
        known.fault(ask, f"its condition looks at {key!r}, which is no earlier question")
    known.needs.setdefault(ask.key, set()).update(needs)
    return applies is not False


def _answers(known: Known, ask: Ask, given: Answers) -> list[Json]:
    """Every answer that can be tapped, and None where it can be skipped."""
    found = known.answers.get(ask, given)
    if found is not None:
        return found
    _tried(known, ask, {}, lambda none: _offered(known, ask, none))
    seen: set[str] = set()
    recorded = _Recorded(given, seen)
    choices = _tried(known, ask, recorded, lambda some: _offered(known, ask, some))[0] or []
    _look_at_choices(known, ask, choices)
    picked = _picked(known, ask, recorded, choices, deep=True)
    seen -= {ask.key}  # its own answer, while it is gathered
    for key in seen - _earlier(known.flow, ask):
        known.fault(ask, f"its reader looks at {key!r}, which is no earlier question")
    known.reads |= seen
    answers = [*(picked or [_ANY_WORDS]), *([None] if ask.optional else [])]
    known.answers.put(ask, given, seen, answers)
    return answers


def _offered(known: Known, ask: Ask, given: Answers) -> list[Choice]:
    """The choices; looks also at all else that must do with any answer missing."""
    ask.params(known.scene, given)
    default = ask.default(known.scene, given)
    if default is not None and not ask.reader.holds(default, known.scene, given):
        known.fault(ask, f"the default {default!r} does not hold")
    return list(ask.reader.choices(known.scene, given))


def _picked(
    known: Known, ask: Ask, given: "_Recorded", choices: list[Choice], *, deep: bool
) -> list[Json]:
    """What each choice stands for; what is gathered is looked at one step further (*deep*)."""
    answers: list[Json] = []
    for choice in choices:
        try:
            answer = ask.reader.pick(choice.key, known.scene, given)
        except Retry:
            known.fault(ask, f"the choice {choice.key!r} is offered, but refused")
            continue
        if isinstance(answer, More):
            if deep:
                further = given.also(ask.key, answer.draft)
                there = list(ask.reader.choices(known.scene, further))
                answers += _picked(known, ask, further, there, deep=False)
            continue
        if not ask.reader.holds(answer, known.scene, given):
            known.fault(ask, f"the choice {choice.key!r} is taken, but does not hold")
        answers.append(answer)
    return answers


def _look_at_choices(known: Known, ask: Ask, choices: list[Choice]) -> None:
    controls = set(CONTROL_LABELS.values())
    labels = [choice.label for choice in choices]
    if len({choice.key for choice in choices}) < len(choices):
        known.fault(ask, "two choices have the same key")
    if any(labels.count(label) > 1 for label in labels):
        known.fault(ask, "two choices have the same label")
    if len(choices) > MOST_BUTTONS:
        known.fault(ask, f"more than {MOST_BUTTONS} choices")
    for choice in choices:
        if not choice.key or choice.key.startswith(CONTROL_MARK):
            known.fault(ask, f"a choice can't have the key {choice.key!r}")
        if choice.label.msgid in controls:
            known.fault(ask, f"the label {choice.label.msgid!r} belongs to a control")
        for what in _data_faults(Tap(_LARGEST_NUMBER, ask.key, choice.key)):
            known.fault(ask, what)
    known.choices.setdefault(ask.key, {}).update({choice.key: choice for choice in choices})


def _tried(
    known: Known, ask: Ask, given: Answers, look: Callable[[Answers], T]
) -> tuple[T | None, set[str]]:
    """What *look* says of *given* (None if it fails: a fault), and the keys it looked at."""
    answers = given if isinstance(given, _Recorded) else _Recorded(given)
    try:
        said = look(answers)
    except _CARELESS as error:
        known.fault(ask, f"fails where an answer is missing ({type(error).__name__}); use .get")
        said = None
    return said, answers.seen


def _earlier(flow: Flow, ask: Ask) -> set[str]:
    return {*flow.facts, *(one.key for one in flow.asks[: flow.asks.index(ask)])}
