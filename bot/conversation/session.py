"""Where somebody is in a conversation, and what one step of it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from bot.conversation.questions import Answers
from bot.messages import Json, Message


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody is in a flow. ``number`` tells this conversation from earlier ones.

    ``asked`` is the key of the question that was shown last, or ``SUMMARY``. ``given`` can hold
    more than counts: an answer whose question does not apply now is kept until the summary.
    ``interrupted`` is the conversation that goes on when this one ends. ``draft`` is what has been
    gathered so far of the answer to ``asked``.
    """

    flow: str
    number: int
    asked: str
    given: Mapping[str, Json] = field(default_factory=dict[str, Json])
    interrupted: "Session | None" = None
    draft: Json = None

    def to_json(self) -> Json:
        """``{"asked": str, "given": {key: answer}}``; flow and number have columns of their own."""
        document: dict[str, Json] = {"asked": self.asked, "given": dict(self.given)}
        if self.draft is not None:
            document["draft"] = self.draft
        if self.interrupted is not None:
            before = self.interrupted
            document["interrupted"] = [before.flow, before.number, before.to_json()]
        return document

    @classmethod
    def from_json(cls, flow: str, number: int, document: Json) -> Self:
        """The session that :meth:`to_json` wrote. Raises ``ValueError`` for anything else."""
        match document:
            case {"asked": str(asked), "given": dict(given), **more}:
                before = _interrupted(more.get("interrupted"))
                return cls(flow, number, asked, given, before, more.get("draft"))
            case _:
                raise ValueError("not a session")


def _interrupted(document: Json) -> Session | None:
    match document:
        case None:
            return None
        case [str(flow), int(number), dict(session)]:
            return Session.from_json(flow, number, session)
        case _:
            raise ValueError("not a session")


class Outcome(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    LANGUAGE = "language"
    CALL_ME = "callme"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens next: the session to keep and the question to show.

    ``says`` is None if the outcome speaks for itself; after LANGUAGE, HELP and CALL_ME the caller
    comes back with ``show``.
    """

    session: Session
    says: Message | None
    outcome: Outcome = Outcome.OPEN
    #: The person tapped the newest question, so it can be edited; else ``says`` goes to the bottom.
    in_place: bool = False

    @property
    def answers(self) -> Answers:
        return self.session.given
