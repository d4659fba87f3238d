"""A coordinator about help every week, in private: others are asked, or it ends."""

from bot.domain.errors import Code, Refused
from bot.domain.people import Role
from bot.messages import B_, N_, Button, message, text
from bot.usecases import series, series_views
from handlers.common import menu
from handlers.turn import Turn


def others(turn: Turn) -> None:
    """The volunteer can't go on: somebody else is looked for."""
    _require(turn)
    series.someone_else(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("Volunteers are being asked again."))


def go_on(turn: Turn) -> None:
    """The pause is over."""
    _require(turn)
    turn.conclude(series.resume(turn.tx, turn.county, turn.person, turn.tapped_number))


def close(turn: Turn) -> None:
    """First tap: are you sure?"""
    _require(turn)
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    series_id = one.series.request_id
    menu.show_aside(
        turn,
        message(
            text(N_("{number}: end the weekly help? Both will hear it."), number=one.series.number),
            buttons=[
                [
                    Button(text(B_("⏹ Yes, end it")), f"series:closed:{series_id}"),
                    Button(text(B_("⬅️ Back")), f"request:look:{series_id}"),
                ]
            ],
        ),
    )


def closed(turn: Turn) -> None:
    """Second tap."""
    _require(turn)
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    series.end(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.conclude(message(*series_views.ended_for_office(one.series)))


def _require(turn: Turn) -> None:
    if turn.person is None or not turn.person.has(Role.COORDINATOR):
        raise Refused(Code.NOT_ALLOWED)
