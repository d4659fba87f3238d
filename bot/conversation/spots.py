"""Where people meet: a public place of the list, or free words. The answer is a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import written
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NO_WORDS, TOO_LONG
from bot.conversation.replies import Reply, Typed
from bot.messages import B_, Json, Param, text

_LONGEST = 120
_MOST = 24


@dataclass(frozen=True, slots=True)
class Spot:
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [
            Choice(str(number), text(B_("{place}"), place=place))
            for number, place in enumerate(_offered(scene))
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return _offered(scene)[int(key)]

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        said = written.words(reply.text) if isinstance(reply, Typed) else ""
        if not written.has_something_to_read(said):
            raise Retry(NO_WORDS)
        if len(said) > _LONGEST:
            raise Retry(TOO_LONG, limit=_LONGEST)
        return said

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and written.has_something_to_read(answer)

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


def _offered(scene: Scene) -> list[str]:
    return [f"{one.name}, {one.place}" for one in scene.county.meeting_places[:_MOST]]
