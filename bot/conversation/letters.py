"""A text of several lines that goes out to many people as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation import written
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.readers import NO_WORDS, TOO_LONG, Written
from bot.conversation.replies import Reply, Typed
from bot.domain.announcements import LONGEST, has_unsafe_link, length
from bot.messages import N_, Json, Param

UNSAFE_LINK = N_(
    "Links must begin with https:// and be written out in full. Please change the link and send"
    " the text again."
)


@dataclass(frozen=True, slots=True)
class Letter(Written):
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return []

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        said = _lines(reply.text) if isinstance(reply, Typed) else ""
        if not written.has_something_to_read(said):
            raise Retry(NO_WORDS)
        if length(said) > LONGEST:
            raise Retry(TOO_LONG, limit=LONGEST)
        if has_unsafe_link(said):
            raise Retry(UNSAFE_LINK)
        return said

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return (
            isinstance(answer, str)
            and written.has_something_to_read(answer)
            and length(answer) <= LONGEST
            and not has_unsafe_link(answer)
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


def _lines(typed: str) -> str:
    """Line by line without what nobody sees; never two empty lines in a row."""
    kept: list[str] = []
    for line in typed.splitlines():
        said = written.words(line)
        if said or (kept and kept[-1]):
            kept.append(said)
    return "\n".join(kept).strip("\n")
