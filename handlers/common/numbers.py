"""Which request a conversation is about, by its number."""

from dataclasses import dataclass

from bot.conversation.flow import Answers, Reply, Retry, Scene, Typed
from bot.conversation.readers import Written
from bot.domain.requests import id_of, number_of
from bot.messages import N_, Json, Param

NOT_A_NUMBER = N_("Please write the number like this: {example}")
NOT_KNOWN = N_("I do not know this name or number.")


@dataclass(frozen=True, slots=True)
class RequestNumber(Written):
    """A request by its number; the answer is its id."""

    columns: int = 1

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        found = id_of(reply.text) if isinstance(reply, Typed) else None
        if found is None:
            raise Retry(NOT_A_NUMBER, example="H-1042")
        return found

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, int) and answer > 0

    def show(self, answer: Json, scene: Scene) -> Param:
        return number_of(int(str(answer)))
