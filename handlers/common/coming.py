"""“Will you be there?”: a yes of either side."""

from bot.messages import N_, text
from bot.usecases import reminding
from handlers.turn import Turn


def yes(turn: Turn) -> None:
    reminding.answer(turn.tx, turn.county, turn.tapped_number, by=turn.person, coming=True)
    turn.toast = text(N_("Thank you!"))
