"""What a flow is made of: questions in order, each with a reader for its answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from bot.conversation.replies import Reply
from bot.messages import Json, Param, Text

#: Question key -> answer. A question that was skipped has None.
Answers: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a question may know about the world: the time, the county's zone, the reader's words."""

    #: UTC epoch seconds.
    now: int
    zone: ZoneInfo
    #: Does what somebody typed mean this label, in the language they read?
    means: Callable[[str, Text], bool]


class Retry(Exception):
    """The answer can't be used; ``why`` tells the person what to do instead."""

    def __init__(self, why: str, **params: Param) -> None:
        super().__init__(why)
        self.why = Text(why, params)


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: Text


class Reader(Protocol):
    """One kind of answer: what is offered, how a reply is read, when it holds, how it is shown.

    Any earlier answer can be missing from ``given`` (its question may just have opened again), so
    a reader looks with ``given.get``. What ``pick`` and ``read`` return is JSON, never None, and
    holds; otherwise the question would be asked for ever.
    """

    @property
    def columns(self) -> int:
        """How many choices stand in a row."""
        ...

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]: ...

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        """The answer that a choice offered now stands for. Raises :class:`Retry`."""
        ...

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        """The answer in a reply that is no tap and no label. Raises :class:`Retry`."""
        ...

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        """Is a stored answer still right? Whatever is stored, also of an older kind of question."""
        ...

    def show(self, answer: Json) -> Param:
        """How the summary says an answer that holds."""
        ...


def always(_: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    ``key`` names the answer, ``name`` is how the summary calls it. ``when`` says whether the
    question applies; it sees the answers to earlier questions only, and any can be missing.
    ``asks_contact`` is the label of the messenger's "share my number" button.
    """

    key: str
    question: str
    reader: Reader
    name: str = ""
    when: Callable[[Answers], bool] = always
    optional: bool = False
    asks_contact: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions in order.

    ``confirm`` is the button that finishes it, under a ``summary``; without, the last answer does.
    """

    name: str
    asks: tuple[Ask, ...]
    summary: str = ""
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A person's way through a flow: the questions that apply to them and the answers that hold."""

    asks: tuple[Ask, ...]
    kept: Mapping[str, Json] = field(default_factory=dict[str, Json])

    def position(self, asked: str = "") -> Ask | None:
        """The first question that is open, or that is *asked* again to change its answer."""
        return next(
            (ask for ask in self.asks if ask.key not in self.kept or ask.key == asked), None
        )

    def find(self, key: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.key == key), None)

    def answered_before(self, ask: Ask | None) -> list[Ask]:
        """The answered questions before *ask*, or all of them (None: at the end)."""
        before = self.asks if ask is None else self.asks[: self.asks.index(ask)]
        return [one for one in before if one.key in self.kept]

    def given_before(self, ask: Ask) -> Answers:
        return {one.key: self.kept[one.key] for one in self.answered_before(ask)}


def walk(flow: Flow, given: Answers, scene: Scene) -> Path:
    """Which questions of *flow* apply and which answers hold, each judged by those before it."""
    asks: list[Ask] = []
    kept: dict[str, Json] = {}
    for ask in flow.asks:
        if not ask.when(kept):
            continue
        asks.append(ask)
        if ask.key in given and _holds(ask, given[ask.key], scene, kept):
            kept[ask.key] = given[ask.key]
    return Path(tuple(asks), kept)


def _holds(ask: Ask, answer: Json, scene: Scene, kept: Answers) -> bool:
    return ask.optional if answer is None else ask.reader.holds(answer, scene, kept)
