"""Answers that are languages, by their codes: one of them, or several."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import NOT_UNDERSTOOD
from bot.conversation.questions import Answers, Choice, More, Retry, Scene
from bot.conversation.replies import Reply
from bot.messages import B_, N_, Json, Language, Listing, Param, Term, Text, text


@dataclass(frozen=True, slots=True)
class OneLanguage:
    """A language, by its own name."""

    codes: tuple[str, ...]
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(code, _language(code)) for code in self.codes]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer in self.codes

    def show(self, answer: Json, scene: Scene) -> Param:
        return Language(str(answer))


@dataclass(frozen=True, slots=True)
class SeveralLanguages:
    """Any number of languages: each tap marks one, or takes the mark away, until it is done.

    ``key`` is the question's own.
    """

    codes: tuple[str, ...]
    key: str
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        marked = _codes(given.get(self.key))
        offered = [
            Choice(
                code,
                text(
                    B_("✅ {language}") if code in marked else B_("▫️ {language}"),
                    language=Language(code),
                ),
            )
            for code in self.codes
        ]
        return [*offered, Choice("done", text(B_("✔️ Done") if marked else B_("None of these")))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        marked = _codes(given.get(self.key))
        if key == "done":
            return [*marked]
        return More([code for code in self.codes if (code in marked) != (code == key)])

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, list) and all(code in self.codes for code in answer)

    def show(self, answer: Json, scene: Scene) -> Param:
        return (
            Listing(tuple(Language(code) for code in _codes(answer)))
            if answer
            else Term(N_("none"))
        )


def _codes(answer: Json) -> list[str]:
    return [str(code) for code in answer] if isinstance(answer, list) else []


def _language(code: str) -> Text:
    return text(B_("{language}"), language=Language(code))
