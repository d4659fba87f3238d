"""What a flow is made of: questions in order, each with a reader for its answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias
from zoneinfo import ZoneInfo

from bot.conversation.replies import Reply
from bot.domain.county import County
from bot.messages import Button, Json, Param, Text

#: Question key -> answer. A question that was skipped has None.
Answers: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a question may know about the world: the time, the county, the reader's words."""

    #: UTC epoch seconds.
    now: int
    county: County
    #: What the person reads.
    language: str
    #: Does what somebody typed mean this label, in the language they read?
    means: Callable[[str, Text], bool]

    @property
    def zone(self) -> ZoneInfo:
        return self.county.zone


@dataclass(frozen=True, slots=True)
class More:
    """What has been gathered so far of an answer with several parts: the question stays open.

    ``note`` stands above it.
    """

    draft: Json
    note: Text | None = None


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
    holds; otherwise the question would be asked for ever. A reader that gathers an answer in steps
    returns :class:`More` until it is complete; ``given`` then has, under the question's own key,
    what was gathered so far (or the answer that is being changed).
    """

    @property
    def columns(self) -> int:
        """How many choices stand in a row."""
        ...

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]: ...

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        """The answer that a choice offered now stands for. Raises :class:`Retry`."""
        ...

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json | More:
        """The answer in a reply that is no tap and no label. Raises :class:`Retry`."""
        ...

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        """Is a stored answer still right? Whatever is stored, also of an older kind of question."""
        ...

    def show(self, answer: Json, scene: Scene) -> Param:
        """How the summary says an answer that holds."""
        ...


def always(_: Answers) -> bool:
    return True


def everywhere(_: Scene, __: Answers) -> bool:
    return True


def no_default(_: Scene, __: Answers) -> Json:
    return None


def no_params(_: Scene, __: Answers) -> Mapping[str, Param]:
    return {}


def no_buttons(_: Scene) -> tuple[Button, ...]:
    return ()


def no_hint(_: Scene) -> Text | None:
    return None


def never_urgent(_: Scene, __: Json) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    ``key`` names the answer, ``name`` is how the summary calls it. ``when`` and ``where`` say
    whether the question applies; ``where`` can look at the county. ``default`` is what is taken
    without asking (None: it is asked, or skipped if it is ``optional``); it stands on the summary
    and can be changed there. ``params`` are the values in the question's text. All of these see the
    answers to earlier questions only, and any can be missing. ``urgent``: the summary marks the
    answer. ``beside`` are buttons that lead elsewhere, ``beside_if`` those that not every county or
    language has; ``hint`` is a word below the question that not every county has. ``asks_contact``
    is the label of the messenger's "share my number" button.
    """

    key: str
    question: str
    reader: Reader
    name: str = ""
    when: Callable[[Answers], bool] = always
    where: Callable[[Scene, Answers], bool] = everywhere
    optional: bool = False
    default: Callable[[Scene, Answers], Json] = no_default
    params: Callable[[Scene, Answers], Mapping[str, Param]] = no_params
    urgent: Callable[[Scene, Json], bool] = never_urgent
    beside: tuple[Button, ...] = ()
    beside_if: Callable[[Scene], tuple[Button, ...]] = no_buttons
    hint: Callable[[Scene], Text | None] = no_hint
    asks_contact: str = ""

    def applies(self, scene: Scene, given: Answers) -> bool:
        return self.when(given) and self.where(scene, given)


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: its questions in order.

    ``confirm`` is the button that finishes it, under a ``summary``; without, the last answer does.
    ``facts`` are keys of what the caller may know beforehand: questions can look at them, the end
    gets them back, nobody is asked.
    """

    name: str
    asks: tuple[Ask, ...]
    summary: str = ""
    confirm: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A person's way through a flow: the questions that apply to them and the answers that hold.

    ``assumed`` are the questions whose answer in ``kept`` is their default.
    """

    asks: tuple[Ask, ...]
    kept: Mapping[str, Json] = field(default_factory=dict[str, Json])
    assumed: frozenset[str] = frozenset()

    @property
    def given(self) -> Answers:
        """What the person said: a default is taken anew each time, as it hangs on other answers."""
        return {key: answer for key, answer in self.kept.items() if key not in self.assumed}

    def position(self, asked: str = "") -> Ask | None:
        """The first question that is open, or that is *asked* again to change its answer."""
        return next(
            (ask for ask in self.asks if ask.key not in self.kept or ask.key == asked), None
        )

    def find(self, key: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.key == key), None)

    def answered_before(self, ask: Ask | None) -> list[Ask]:
        """The questions somebody answered before *ask*, or all of them (None: at the end)."""
        before = self.asks if ask is None else self.asks[: self.asks.index(ask)]
        return [one for one in before if one.key in self.given]

    def known_before(self, ask: Ask) -> Answers:
        """The answers to questions before *ask*, and the facts."""
        later = {one.key for one in self.asks[self.asks.index(ask) :]}
        return {key: answer for key, answer in self.kept.items() if key not in later}


def walk(flow: Flow, given: Answers, scene: Scene) -> Path:
    """Which questions of *flow* apply and which answers hold, each judged by those before it."""
    asks: list[Ask] = []
    kept: dict[str, Json] = {fact: given[fact] for fact in flow.facts if fact in given}
    assumed: set[str] = set()
    for ask in flow.asks:
        if not ask.applies(scene, kept):
            continue
        asks.append(ask)
        if ask.key in given:
            if _holds(ask, given[ask.key], scene, kept):
                kept[ask.key] = given[ask.key]
        elif ask.default is not no_default:
            default = ask.default(scene, kept)
            if _holds(ask, default, scene, kept):
                kept[ask.key] = default
                assumed.add(ask.key)
    return Path(tuple(asks), kept, frozenset(assumed))


def _holds(ask: Ask, answer: Json, scene: Scene, kept: Answers) -> bool:
    return ask.optional if answer is None else ask.reader.holds(answer, scene, kept)
