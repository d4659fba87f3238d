"""/audit: who saw or changed what; all of it, of one person, or about one request."""

from bot.messages import message, text
from bot.usecases import auditing
from bot.usecases.auditing import Chosen
from handlers.common.numbers import NOT_KNOWN
from handlers.coordinator import views
from handlers.turn import Turn

_CARD = "audit"


def show(turn: Turn) -> None:
    """/audit, /audit H-1042, /audit Krause"""
    words = turn.written.partition(" ")[2].strip()
    chosen = auditing.find(turn.tx, words) if words else Chosen()
    if chosen is None:
        views.show(turn, message(text(NOT_KNOWN)), _CARD)
        return
    _show(turn, chosen)


def older(turn: Turn) -> None:
    _show(turn, Chosen(before=turn.tapped_number))


def of_person(turn: Turn) -> None:
    _show(turn, Chosen(before=turn.tapped_number, actor=_second_number(turn)))


def about_request(turn: Turn) -> None:
    _show(turn, Chosen(before=turn.tapped_number, request_id=_second_number(turn)))


def table(turn: Turn) -> None:
    """All of it, as a file."""
    turn.say(auditing.table(turn.tx, turn.person))


def _show(turn: Turn, chosen: Chosen) -> None:
    views.show(turn, auditing.page(turn.tx, turn.person, chosen), _CARD)


def _second_number(turn: Turn) -> int:
    return int(turn.tapped.split(":")[2])
