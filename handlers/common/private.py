"""What every button and command of a private chat takes for granted."""

from dataclasses import dataclass

from bot.domain.errors import Code
from bot.domain.requests import id_of
from bot.domain.rights import Right
from bot.storage import audit
from bot.usecases.permitting import require
from handlers.common import menu
from handlers.common.refusals import words_for
from handlers.turn import Handler, Turn


@dataclass(frozen=True, slots=True)
class InPrivate:
    """*handler* for private chats; a tap in a group does nothing."""

    handler: Handler

    def __call__(self, turn: Turn) -> None:
        if turn.in_group:
            turn.toast = words_for(Code.GONE, turn.county)
        else:
            self.handler(turn)


@dataclass(frozen=True, slots=True)
class Permitted:
    """*handler* for those who have the *right*; that they used it is in the audit trail, unless it
    shows and changes nothing (*noted*)."""

    right: Right
    handler: Handler
    noted: bool = True

    def __call__(self, turn: Turn) -> None:
        person = require(turn.person, self.right)
        self.handler(turn)
        if self.noted:
            what, subject = deed(turn)
            audit.add(turn.tx, person.id, what, subject)


@dataclass(frozen=True, slots=True)
class InOwnLanguage:
    """*handler* for those who have chosen a language; all others are asked for it first."""

    handler: Handler

    def __call__(self, turn: Turn) -> None:
        if turn.chosen_language is None:
            menu.ask_language(turn)
        else:
            self.handler(turn)


def in_private(handler: Handler) -> Handler:
    """*handler* for private chats; a tap in a group does nothing."""
    return InPrivate(handler)


def permitted(right: Right, handler: Handler, *, noted: bool = True) -> Handler:
    """*handler* for those who have the *right*."""
    return Permitted(right, handler, noted)


def in_own_language(handler: Handler) -> Handler:
    """*handler* for private chats, after a language was chosen."""
    return InPrivate(InOwnLanguage(handler))


#: How the data of buttons begin that decide about the request whose number they end with, whatever
#: else they name: the volunteer, the other request, the colleague.
_ABOUT_REQUESTS = frozenset({"request", "hand", "write", "tell", "refer", "close", "relax"})
#: The same for calls and cases.
_ABOUT_THE_LAST = frozenset({"call", "errand", "case"})


def deed(turn: Turn) -> tuple[str, str]:
    """What a command or a tap does and to which record, as the audit trail has it:
    ``("request:look", "request:12")``, ``("/who", "request:12")``."""
    if turn.tapped:
        words = turn.tapped.split(":")
        numbers = [word for word in words if word.isdecimal()]
        verbs = [word for word in words if not word.isdecimal()]
        return ":".join(verbs), _record(verbs[0], numbers)
    command, _, rest = turn.written.partition(" ")
    request_id = id_of(rest)
    return command.partition("@")[0], "" if request_id is None else f"request:{request_id}"


def _record(word: str, numbers: list[str]) -> str:
    if not numbers:
        return ""
    if word in _ABOUT_REQUESTS:
        return f"request:{numbers[-1]}"
    return ":".join([word, *(numbers[-1:] if word in _ABOUT_THE_LAST else numbers)])
