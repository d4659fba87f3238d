"""What every button and command of a private chat takes for granted."""

from bot.domain.errors import Code
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


def in_own_language(handler: Handler) -> Handler:
    """*handler* for those who have chosen a language; all others are asked for it first."""

    def guarded(turn: Turn) -> None:
        if turn.chosen_language is None:
            menu.ask_language(turn)
        else:
            handler(turn)

    return in_private(guarded)
