"""Answers that the county knows: the kind of help, the office, and what is asked about them.

Answers are JSON: a group, a category, an office are their keys. Every reader here looks at the
answers to ``what`` (:class:`KindOfHelp`) and ``kind`` (:class:`CategoryOfHelp`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.conversation import written
from bot.conversation.flow import NOT_UNDERSTOOD
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NOT_A_DAY, VOICE_MESSAGE
from bot.conversation.replies import Photo, Reply, Typed, Voice
from bot.domain.county import Category, Group, PublicOffice, Topic
from bot.messages import B_, N_, Day, Json, Listing, Param, Term, Text, text

WHAT, KIND = "what", "kind"
#: The choice of ``what`` that asks for a voice message.
SPEAK = "voice"
#: The office's choice that is none of the list.
OTHER_OFFICE = "other"

NO_DATE, UNKNOWN, TOPIC = "none", "unknown", "topic"
NO_WAY_TO_BEGIN = N_(
    "I can't see what you need from a photo. Please tap a button, or send a voice message 🎤"
)
_DATE_WORDS = {
    NO_DATE: B_("No date in it"),
    UNKNOWN: B_("I don't know"),
    TOPIC: B_("⚖️ One of these topics"),
}
_SHOWN_DATES = {
    NO_DATE: N_("no date"),
    UNKNOWN: N_("not known"),
    TOPIC: N_("the office takes care of it"),
}
_SOON = 7
_FURTHEST = 2 * 366


def category(scene: Scene, given: Answers) -> Category | None:
    """The category that the answers so far lead to."""
    what, kind = given.get(WHAT), given.get(KIND)
    found = in_group(scene, what)
    if several_kinds(scene, what):
        return next((one for one in found if one.key == kind), None)
    return found[0] if found else None


def several_kinds(scene: Scene, what: Json) -> bool:
    """Is it asked which one? It still is if all but one were switched off meanwhile: who had
    chosen another one must not get that one in its place."""
    return isinstance(what, str) and scene.county.has_choice(what)


def in_group(scene: Scene, what: Json) -> tuple[Category, ...]:
    """What stands behind a picture."""
    return next((one.categories for one in scene.county.groups if one.key == what), ())


def offices(scene: Scene, given: Answers) -> list[PublicOffice]:
    """The authorities where such help is needed."""
    kind = category(scene, given)
    return [one for one in scene.county.offices if kind and kind.key in one.categories]


def topic_params(names: Mapping[Topic, str], scene: Scene, given: Answers) -> Mapping[str, Param]:
    """``topics``: what to ask about before volunteers are asked."""
    kind = category(scene, given)
    return {"topics": Listing(tuple(Term(names[one]) for one in kind.gate) if kind else ())}


@dataclass(frozen=True, slots=True)
class KindOfHelp:
    """One of the county's pictures; or a voice message, which can say it all."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        groups = [Choice(group.key.value, Text(group.name)) for group in scene.county.groups]
        return [*groups, Choice(SPEAK, text(B_("🎤 Say it")))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        if isinstance(reply, Voice):
            return {"voice": reply.file_id, "seconds": reply.seconds}
        if isinstance(reply, Photo):
            raise Retry(NO_WAY_TO_BEGIN)
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        match answer:
            case str():
                return answer == SPEAK or any(one.key == answer for one in scene.county.groups)
            case {"voice": str(), "seconds": int()}:
                return True
            case _:
                return False

    def show(self, answer: Json, scene: Scene) -> Param:
        names = (one.name for one in scene.county.groups if one.key == answer)
        return Term(next(names, VOICE_MESSAGE))


@dataclass(frozen=True, slots=True)
class CategoryOfHelp:
    """What exactly, of all that stands behind the picture."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(one.key, Text(one.name)) for one in in_group(scene, given.get(WHAT))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return any(one.key == answer for one in in_group(scene, given.get(WHAT)))

    def show(self, answer: Json, scene: Scene) -> Param:
        return Term(scene.county.categories[str(answer)].name)


@dataclass(frozen=True, slots=True)
class NeedsProfessional:
    """Is it about something that is no volunteer's task? Which one is not kept.

    The answer names the category it was asked for: another one asks about other topics.
    """

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [
            Choice("no", text(B_("No, none of these"))),
            Choice("yes", text(B_("Yes, one of these"))),
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        kind = category(scene, given)
        return {"about": kind.key if kind else "", "yes": key == "yes"}

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        kind = category(scene, given)
        match answer:
            case {"about": str(about), "yes": bool()}:
                return kind is not None and about == kind.key
            case _:
                return False

    def show(self, answer: Json, scene: Scene) -> Param:
        return ""


@dataclass(frozen=True, slots=True)
class WhichOffice:
    """The authority it is about, by its German name as it stands on the door."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        known = [
            Choice(one.key, text(B_("{name}"), name=one.name)) for one in offices(scene, given)
        ]
        return [*known, Choice(OTHER_OFFICE, text(B_("Another office")))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer == OTHER_OFFICE or any(one.key == answer for one in offices(scene, given))

    def show(self, answer: Json, scene: Scene) -> Param:
        names = (one.name for one in scene.county.offices if one.key == answer)
        return next(names, Term(N_("Another office")))


@dataclass(frozen=True, slots=True)
class DateInLetter:
    """Until when a letter wants an answer; or that it is from those a volunteer can't deal with."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        kind = category(scene, given)
        offered = [NO_DATE, UNKNOWN, *([TOPIC] if kind and kind.gate else [])]
        return [Choice(one, Text(_DATE_WORDS[one])) for one in offered]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        day = written.day(reply.text, _today(scene)) if isinstance(reply, Typed) else None
        if day is None or not self.holds(day.isoformat(), scene, given):
            raise Retry(NOT_A_DAY, example=written.day_as_written(_today(scene)))
        return day.isoformat()

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        if answer == TOPIC:
            kind = category(scene, given)
            return kind is not None and bool(kind.gate)
        day = written.day_from_iso(answer)
        if day is None:
            return answer in (NO_DATE, UNKNOWN)
        return abs((day - _today(scene)).days) <= _FURTHEST

    def show(self, answer: Json, scene: Scene) -> Param:
        words = _SHOWN_DATES.get(str(answer))
        return Day(str(answer)) if words is None else Term(words)


def is_soon(scene: Scene, answer: Json) -> bool:
    """Less than a week is left, or it is over already."""
    day = written.day_from_iso(answer)
    return day is not None and (day - _today(scene)).days < _SOON


def _today(scene: Scene) -> date:
    return datetime.fromtimestamp(scene.now, scene.zone).date()


def is_letter(given: Answers) -> bool:
    return given.get(WHAT) == Group.LETTER
