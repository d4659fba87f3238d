"""The same was asked for twice: a coordinator puts two requests together."""

from bot.usecases import merging
from handlers.coordinator import views
from handlers.turn import Turn


def twins(turn: Turn) -> None:
    """Which request is the same?"""
    request_id = turn.tapped_number
    said = merging.twins(turn.tx, turn.county, turn.person, request_id)
    views.show(turn, said, views.card_of(request_id))


def ask_first(turn: Turn) -> None:
    """``request:same:7:12``: are you sure?"""
    one_id, other_id = _both(turn)
    said = merging.ask_first(turn.tx, turn.county, turn.person, one_id, other_id)
    views.show(turn, said, views.card_of(other_id))


def merge(turn: Turn) -> None:
    """``request:merge:7:12``"""
    one_id, other_id = _both(turn)
    stays = merging.merge(turn.tx, turn.county, turn.person, one_id, other_id)
    views.show(turn, merging.merged(stays), views.card_of(other_id))


def _both(turn: Turn) -> tuple[int, int]:
    *_, one_id, other_id = turn.tapped.split(":")
    return int(one_id), int(other_id)
