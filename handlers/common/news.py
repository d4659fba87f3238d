"""Who wants no more announcements, or wants them again."""

from bot.messages import text
from bot.usecases import announcing
from bot.usecases.announcing_notices import AGAIN, NO_MORE
from handlers.common import reminders
from handlers.turn import Turn


def below(turn: Turn) -> None:
    """``news:off:7`` below an announcement, or ``news:on:7``."""
    news = turn.tapped.startswith("news:on:")
    announcing.want(turn.tx, turn.county, turn.person, turn.tapped_number, news=news)
    turn.toast = text(AGAIN if news else NO_MORE)


def among_reminders(turn: Turn) -> None:
    """``news:off`` in /reminders, or ``news:on``."""
    announcing.choose_news(turn.tx, turn.person, news=turn.tapped == "news:on")
    reminders.show(turn)
