"""Kinds of answers of who fills in a request for somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import NOT_UNDERSTOOD, Answers, Choice, More, Reply, Retry, Scene, Typed
from bot.conversation.readers import FutureDay
from bot.domain import places
from bot.i18n.languages import LANGUAGES, endonym
from bot.messages import B_, N_, Json, Language, Param, Term, Text, text

NO_DAY = "none"
_DAY = FutureDay()
_NO_PLACE = N_("I do not know this place. Please write a town or village of the county.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A category of the county."""

    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        kinds = scene.county.categories.values()
        return [Choice(one.key, Text(one.name)) for one in kinds if one.offered]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer in scene.county.categories

    def show(self, answer: Json, scene: Scene) -> Param:
        return Term(scene.county.categories[str(answer)].name)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language, by its own name."""

    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(code, text(N_("{name}"), name=endonym(code))) for code in LANGUAGES]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer in LANGUAGES

    def show(self, answer: Json, scene: Scene) -> Param:
        return Language(str(answer))


@dataclass(frozen=True, slots=True)
class Town:
    """A place of the county under the question *key*; what had to be guessed is chosen from."""

    key: str
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        names = given.get(self.key)
        if not isinstance(names, list):
            return []
        return [
            Choice(str(at), text(N_("{name}"), name=str(name))) for at, name in enumerate(names)
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        names = given.get(self.key)
        if not isinstance(names, list):
            raise Retry(NOT_UNDERSTOOD)
        return names[int(key)]

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json | More:
        typed = reply.text if isinstance(reply, Typed) else ""
        found = places.find(scene.county.places, typed)
        if found.sure is places.Sure.NONE:
            raise Retry(_NO_PLACE)
        if found.sure is places.Sure.EXACT:
            return found.places[0].name
        return More([place.name for place in found.places])

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and scene.county.place(answer) is not None

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


@dataclass(frozen=True, slots=True)
class DayOrNone:
    """A day from today on, or none yet."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        none = Choice(NO_DAY, text(B_("No date yet")))
        return [none, *_DAY.choices(scene, given)]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        return _DAY.read(reply, scene, given)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer == NO_DAY or _DAY.holds(answer, scene, given)

    def show(self, answer: Json, scene: Scene) -> Param:
        return Term(N_("no date yet")) if answer == NO_DAY else _DAY.show(answer, scene)


def has_day(given: Answers) -> bool:
    return given.get("day") not in (None, NO_DAY)
