"""The two find no time: a coordinator has others asked."""

from bot.domain.requests import State
from bot.messages import N_, text
from bot.usecases import agreeing
from handlers.turn import Turn


def ask_others(turn: Turn) -> None:
    request = agreeing.ask_others(turn.tx, turn.county, turn.person, turn.tapped_number)
    if request.state is State.OPEN:
        turn.toast = text(N_("Volunteers are being asked again."))
    else:
        turn.toast = text(N_("There is nobody who could be asked."))
