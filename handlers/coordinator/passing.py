"""Handing a request, a call or a case over to a colleague."""

from bot.usecases import passing
from handlers.coordinator import views
from handlers.turn import Turn


def ask_whom(turn: Turn) -> None:
    """``call:pass:7``"""
    kind, thing_id = turn.tapped.split(":")[0], turn.tapped_number
    said = passing.ask_whom(turn.tx, turn.person, kind, thing_id)
    views.show(turn, said, passing.card_of(kind, thing_id))


def hand_over(turn: Turn) -> None:
    """``call:passto:3:7``: to the colleague with the id 3."""
    kind, _, colleague_id, thing_id = turn.tapped.split(":")
    said = passing.hand_over(
        turn.tx, turn.county, turn.person, kind, int(colleague_id), int(thing_id)
    )
    views.show(turn, said, passing.card_of(kind, int(thing_id)))
