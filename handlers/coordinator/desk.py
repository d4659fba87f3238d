"""A coordinator's lists and looks, in private: /open, /request, /who."""

from bot.domain.errors import Code, Refused
from bot.domain.requests import id_of
from bot.messages import message, text
from bot.storage import outbox, requests
from bot.storage.outbox import Draft
from bot.usecases import desk, office
from handlers.common.numbers import NOT_A_NUMBER, NOT_KNOWN
from handlers.coordinator import views
from handlers.turn import Turn


def what_waits(turn: Turn) -> None:
    """/open"""
    views.show(turn, desk.what_waits(turn.tx, turn.county, turn.person), views.LIST)


def request(turn: Turn) -> None:
    """/request H-1042"""
    request_id = _number(turn, "/request H-1042")
    if request_id is not None:
        views.show_request(turn, request_id)


def who(turn: Turn) -> None:
    """/who H-1042"""
    request_id = _number(turn, "/who H-1042")
    if request_id is not None:
        said = desk.who(turn.tx, turn.county, turn.person, request_id)
        views.show(turn, said, views.card_of(request_id))


def more(turn: Turn) -> None:
    """A tap: what else can be done with this request."""
    request_id = turn.tapped_number
    views.show(turn, desk.more(turn.tx, turn.person, request_id), views.card_of(request_id))


def look(turn: Turn) -> None:
    """A tap: everything about this request, in private; what was only spoken can be heard."""
    if views.show_request(turn, turn.tapped_number):
        _play(turn)


def listen(turn: Turn) -> None:
    if not _play(turn):
        raise Refused(Code.GONE)


def _play(turn: Turn) -> bool:
    coordinator = office.require_reader(turn.tx, turn.person)
    spoken = desk.voices(turn.tx, coordinator, turn.tapped_number)
    for said in spoken:
        outbox.append(turn.tx, Draft(coordinator.chat_id or 0, said))
    return bool(spoken)


def _number(turn: Turn, example: str) -> int | None:
    """The request that was named; without one, how to name it; None if there is none."""
    office.require_reader(turn.tx, turn.person)
    found = id_of(turn.written.partition(" ")[2])
    if found is None:
        turn.say(message(text(NOT_A_NUMBER, example=example)))
    elif requests.find(turn.tx, found) is None:
        turn.say(message(text(NOT_KNOWN)))
        return None
    return found
