"""What every button and command of a private chat takes for granted."""

from bot.domain.errors import Code
from bot.domain.requests import id_of
from bot.domain.rights import Right
from bot.storage import audit
from bot.usecases.permitting import require
from handlers.common import menu
from handlers.common.refusals import words_for
from handlers.turn import Handler, Turn


def in_private(handler: Handler) -> Handler:
    """*handler* for private chats; a tap in a group does nothing."""

    def guarded(turn: Turn) -> None:
        if turn.in_group:
            turn.toast = words_for(Code.GONE, turn.county)
        else:
            handler(turn)

    return guarded


def permitted(right: Right, handler: Handler) -> Handler:
    """*handler* for those who have the *right*; that they used it is in the audit trail."""

    def guarded(turn: Turn) -> None:
        person = require(turn.person, right)
        handler(turn)
        what, subject = deed(turn)
        audit.add(turn.tx, person.id, what, subject)

    return guarded


def deed(turn: Turn) -> tuple[str, str]:
    """What a command or a tap does and to which record, as the audit trail has it:
    ``("request:look", "request:12")``, ``("/who", "request:12")``."""
    if turn.tapped:
        words = turn.tapped.split(":")
        numbers = [word for word in words if word.isdecimal()]
        verbs = [word for word in words if not word.isdecimal()]
        return ":".join(verbs), ":".join([verbs[0], *numbers]) if numbers else ""
    command, _, rest = turn.written.partition(" ")
    request_id = id_of(rest)
    return command.partition("@")[0], "" if request_id is None else f"request:{request_id}"


def in_own_language(handler: Handler) -> Handler:
    """*handler* for those who have chosen a language; all others are asked for it first."""

    def guarded(turn: Turn) -> None:
        if turn.chosen_language is None:
            menu.ask_language(turn)
        else:
            handler(turn)

    return in_private(guarded)
