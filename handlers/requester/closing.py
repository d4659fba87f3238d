"""Afterwards: the requester says how it was, and what comes of an appointment that was missed."""

from bot.conversation.flow import Answers
from bot.domain.appointments import Said
from bot.usecases import closing, filing, missed
from handlers.requester import wanted
from handlers.turn import Turn


def went(turn: Turn) -> None:
    """``went:well:12``: one of three faces, or that nobody came."""
    said = Said(turn.tapped.split(":")[1])
    closing.judge(turn.tx, turn.county, turn.person, turn.tapped_number, said)


def was_there(turn: Turn) -> None:
    missed.was_there(turn.tx, turn.county, turn.person, turn.tapped_number)


def no_new_date(turn: Turn) -> None:
    missed.no_new_date(turn.tx, turn.county, turn.person, turn.tapped_number)


def to_repeat(turn: Turn) -> Answers:
    """The answers of the appointment that was missed: the same help at another time."""
    filing.require_room(turn.tx, turn.person)
    request = missed.begin_new_date(turn.tx, turn.county, turn.person, turn.tapped_number)
    if not turn.county.offers(request.category) or not wanted.can_be_repeated(request):
        return {}
    return wanted.same_again(request, turn.county)
