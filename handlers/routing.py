"""What a route is: plain data, of which the library's handlers and the access matrix are made."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.domain.rights import Right
from handlers.common.private import InOwnLanguage, InPrivate, Permitted
from handlers.turn import Handler, Turns

Bound: TypeAlias = BaseHandler[Any, Any, Any]


class Kind(StrEnum):
    """``MEMBER``: the bot was added, removed or blocked."""

    COMMAND = "command"
    BUTTON = "button"
    SENT = "sent"
    MEMBER = "member"


@dataclass(frozen=True)
class Route:
    """``what``: a command's name or the pattern of a button's data. ``where``: which messages."""

    kind: Kind
    handler: Handler
    what: str = ""
    where: filters.BaseFilter | None = None
    in_group_only: bool = False

    @property
    def right(self) -> Right | None:
        """What it takes; None: everybody, or the use case looks whose record it is."""
        found = [one for one in _layers(self.handler) if isinstance(one, Permitted)]
        return found[0].right if found else None

    @property
    def in_private_only(self) -> bool:
        return any(isinstance(one, InPrivate) for one in _layers(self.handler))

    @property
    def is_of_the_office(self) -> bool:
        """A command that the office writes in private; in its group it is asked to."""
        rights = (None, Right.REFER)
        return self.kind is Kind.COMMAND and not self.in_group_only and self.right not in rights

    def bound(self, turns: Turns) -> Bound:
        """As the library wants it."""
        callback = turns(self.handler)
        match self.kind:
            case Kind.COMMAND:
                return CommandHandler(self.what, callback, filters=self.where)
            case Kind.BUTTON:
                return CallbackQueryHandler(callback, pattern=f"^{self.what}$")
            case Kind.SENT:
                return MessageHandler(self.where, callback)
            case Kind.MEMBER:
                return ChatMemberHandler(callback, ChatMemberHandler.MY_CHAT_MEMBER)


def _layers(handler: Handler) -> list[Handler]:
    """What is wrapped around what answers, the outermost first."""
    found = [handler]
    while isinstance(found[-1], InPrivate | InOwnLanguage | Permitted):
        found.append(found[-1].handler)
    return found
