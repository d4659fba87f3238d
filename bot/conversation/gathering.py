"""Answers that are gathered tap by tap: several choices, languages with levels, times of a week.

The question stays open until "Done". Answers are JSON: several choices are a list of keys,
languages ``{"ar": "well"}``, times ``{"0:morning": "good"}`` (0 is Monday). A distance is its
kilometres.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation import written
from bot.conversation.flow import NOT_UNDERSTOOD
from bot.conversation.questions import Answers, Choice, More, Retry, Scene
from bot.conversation.replies import Reply, Typed
from bot.domain.people import TWO_IN_ONE, Level, Mark, Part
from bot.messages import B_, N_, Json, Language, Listing, Param, Term, Text, text

CHOOSE_ONE = N_("Please choose at least one.")
NOT_KILOMETRES = N_("Please write a number from 1 to {most}.")

_DONE = "done"
_FURTHEST_KM = 200
_KILOMETRES = re.compile(r"(\d{1,3})\s*(?:km)?", re.IGNORECASE)

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
#: What most people mean by them. A time before eight counts as morning, one after ten as evening.
_HOURS: Mapping[Part, str] = {
    Part.MORNING: "8–12",
    Part.AFTERNOON: "12–17",
    Part.EVENING: "17–22",
}
_SIGNS: Mapping[Mark | None, str] = {None: "▫️", Mark.GOOD: "👍", Mark.NEVER: "🚫"}


def _own(given: Answers, key: str) -> Mapping[str, Json]:
    """What was gathered so far, or the answer that is being changed, if it is an object."""
    own = given.get(key)
    return own if isinstance(own, dict) else {}


def _done(is_enough: bool) -> list[Choice]:
    return [Choice(_DONE, text(B_("✅ Done")))] if is_enough else []


def _sorted(labels: Mapping[str, str], chosen: set[str]) -> list[Json]:
    return [key for key in labels if key in chosen]


@dataclass(frozen=True, slots=True)
class SeveralOf:
    """Some of a few fixed choices: ``{key: label}``, at least one. ``key`` is the question's."""

    key: str
    labels: Mapping[str, str]
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        chosen = self._chosen(given)
        offered = [
            Choice(
                key, text(B_("☑️ {choice}"), choice=Term(label)) if key in chosen else Text(label)
            )
            for key, label in self.labels.items()
        ]
        return [*offered, *_done(bool(chosen))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        chosen = self._chosen(given)
        if key == _DONE:
            return _sorted(self.labels, chosen)
        return More(_sorted(self.labels, chosen ^ {key}))

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD if self._chosen(given) else CHOOSE_ONE)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return (
            isinstance(answer, list) and bool(answer) and all(one in self.labels for one in answer)
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        chosen = answer if isinstance(answer, list) else []
        return Listing(tuple(Term(self.labels[str(key)]) for key in chosen))

    def _chosen(self, given: Answers) -> set[str]:
        own = given.get(self.key)
        return {str(one) for one in own if one in self.labels} if isinstance(own, list) else set()


@dataclass(frozen=True, slots=True)
class Ticked:
    """Some of those that stand under the fact ``among``, ``{key: name}``; at first all of them.

    The answer has the same shape. ``key`` is the question's.
    """

    key: str
    among: str
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        chosen = self._chosen(given)
        offered = [
            Choice(
                key,
                text(B_("☑️ {choice}"), choice=str(name))
                if key in chosen
                else text("{choice}", choice=str(name)),
            )
            for key, name in _own(given, self.among).items()
        ]
        return [*offered, *_done(bool(chosen))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        chosen = self._chosen(given)
        if key == _DONE:
            return chosen
        kept = {one: name for one, name in chosen.items() if one != key}
        name = _own(given, self.among).get(key)
        return More(kept if key in chosen else {**chosen, key: name})

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD if self._chosen(given) else CHOOSE_ONE)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        among = _own(given, self.among)
        return isinstance(answer, dict) and bool(answer) and all(key in among for key in answer)

    def show(self, answer: Json, scene: Scene) -> Param:
        return Listing(tuple(map(str, answer.values())) if isinstance(answer, dict) else ())

    def _chosen(self, given: Answers) -> dict[str, Json]:
        among = _own(given, self.among)
        own = given.get(self.key)
        return {key: name for key, name in among.items() if not isinstance(own, dict) or key in own}


@dataclass(frozen=True, slots=True)
class LanguagesSpoken:
    """Languages with their level: a tap is "well", a second one "a little", a third takes it back.

    ``codes`` may hold a name for two languages ("Kurdish"); which of them is another question.
    ``key`` is the question's.
    """

    key: str
    codes: tuple[str, ...]
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        spoken = self._spoken(given)
        offered = [Choice(code, _language(code, spoken.get(code))) for code in self.codes]
        return [*offered, *_done(bool(spoken))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        spoken = self._spoken(given)
        if key == _DONE:
            return {code: spoken[code].value for code in self.codes if code in spoken}
        after = {None: Level.WELL, Level.WELL: Level.SOME, Level.SOME: None}[spoken.get(key)]
        changed = {code: level for code, level in spoken.items() if code != key}
        if after is not None:
            changed[key] = after
        return More({code: level.value for code, level in changed.items()})

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD if self._spoken(given) else CHOOSE_ONE)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        levels = list(Level)
        return (
            isinstance(answer, dict)
            and bool(answer)
            and all(code in self.codes and level in levels for code, level in answer.items())
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        spoken = answer if isinstance(answer, dict) else {}
        return spoken_languages({code: Level(str(level)) for code, level in spoken.items()})

    def _spoken(self, given: Answers) -> dict[str, Level]:
        return {
            code: Level(str(level))
            for code, level in _own(given, self.key).items()
            if code in self.codes
        }


def spoken_languages(levels: Mapping[str, Level]) -> Param:
    """``Arabic, Turkish (a little)``: those spoken well come first."""
    well = [code for code, level in levels.items() if level is Level.WELL]
    some = [code for code, level in levels.items() if level is Level.SOME]
    little = [text(N_("{language} (a little)"), language=_name(code)) for code in some]
    return Listing((*(_name(code) for code in well), *little))


def _language(code: str, level: Level | None) -> Text:
    match level:
        case None:
            return text("{language}", language=_name(code))
        case Level.WELL:
            return text(B_("✅ {language}"), language=_name(code))
        case Level.SOME:
            return text(B_("🤏 {language}"), language=_name(code))


def _name(code: str) -> Param:
    """By its own name; a name for two languages in both their scripts."""
    return (
        {"kur": "Kurdî · کوردی", "fas": "فارسی · دری"}[code]
        if code in TWO_IN_ONE
        else Language(code)
    )


@dataclass(frozen=True, slots=True)
class WeekTimes:
    """The week as a grid: a tap is "good", a second one "never", a third "ask me" again.

    ``key`` is the question's.
    """

    key: str
    columns: int = 3

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        marks = _own(given, self.key)
        grid = [
            Choice(f"{day}:{part}", self._label(day, part, marks.get(f"{day}:{part}")))
            for day in range(7)
            for part in Part
        ]
        return [*grid, *_done(True)]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        marks: dict[str, Json] = {**_own(given, self.key)}
        if key == _DONE:
            return marks
        after = {None: Mark.GOOD, Mark.GOOD: Mark.NEVER, Mark.NEVER: None}[
            _mark(marks.pop(key, None))
        ]
        return More(marks if after is None else {**marks, key: after.value})

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        marks = list(Mark)
        return isinstance(answer, dict) and all(
            _slot(key) is not None and mark in marks for key, mark in answer.items()
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        marks = answer if isinstance(answer, dict) else {}
        return times_said(times_in(marks))

    def _label(self, day: int, part: Part, mark: Json) -> Text:
        return text(
            B_("{sign} {day} {hours}"),
            sign=_SIGNS[_mark(mark)],
            day=Term(_WEEKDAYS[day]),
            hours=_HOURS[part],
        )


def times_in(answer: Mapping[str, Json]) -> dict[tuple[int, Part], Mark]:
    """What was answered, as a profile has it."""
    slots = {_slot(key): _mark(mark) for key, mark in answer.items()}
    return {slot: mark for slot, mark in slots.items() if slot is not None and mark is not None}


def times_said(times: Mapping[tuple[int, Part], Mark]) -> Param:
    """``Mon 👍 8–12 🚫 17–22, Sat 🚫 8–12``; without any mark we ask for every time."""
    said: list[Param] = []
    for day, name in enumerate(_WEEKDAYS):
        marked = [(part, times[day, part]) for part in Part if (day, part) in times]
        if marked:
            words = " ".join(f"{_SIGNS[mark]} {_HOURS[part]}" for part, mark in marked)
            said.append(text("{day} {times}", day=Term(name), times=words))
    return Listing(tuple(said)) if said else Term(N_("please ask me"))


def _slot(key: str) -> tuple[int, Part] | None:
    day, _, part = key.partition(":")
    if len(day) != 1 or day not in "0123456" or part not in list(Part):
        return None
    return int(day), Part(part)


def _mark(mark: Json) -> Mark | None:
    return Mark(mark) if mark in list(Mark) else None


@dataclass(frozen=True, slots=True)
class Kilometres:
    """How far somebody goes: one of a few distances, or a written number."""

    offered: tuple[int, ...] = (5, 10, 15, 30, 50)
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(str(km), text(B_("Up to {km} km"), km=km)) for km in self.offered]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return int(key)

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        found = (
            _KILOMETRES.fullmatch(written.words(reply.text)) if isinstance(reply, Typed) else None
        )
        if found is None or not 1 <= int(found[1]) <= _FURTHEST_KM:
            raise Retry(NOT_KILOMETRES, most=_FURTHEST_KM)
        return int(found[1])

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return (
            isinstance(answer, int) and not isinstance(answer, bool) and 1 <= answer <= _FURTHEST_KM
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        return text(B_("Up to {km} km"), km=int(str(answer)))


@dataclass(frozen=True, slots=True)
class OneOfTexts:
    """One of a few fixed choices whose labels have values of their own: ``{key: label}``."""

    labels: Mapping[str, Text]
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(key, label) for key, label in self.labels.items()]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and answer in self.labels

    def show(self, answer: Json, scene: Scene) -> Param:
        return self.labels[str(answer)]
