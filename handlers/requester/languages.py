"""Which other languages somebody understands: asked once ever, after their first request."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.languages import SeveralLanguages
from bot.domain.errors import Code, Refused
from bot.i18n.languages import LANGUAGES
from bot.messages import N_, Message, message, text
from bot.usecases import filing
from handlers.common.start import OTHER_LANGUAGES
from handlers.turn import Turn

FLOW = Flow(
    OTHER_LANGUAGES,
    asks=(
        Ask(
            "also",
            N_("Which other languages do you understand? Tap all of them."),
            SeveralLanguages(tuple(LANGUAGES), "also"),
        ),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    if turn.person is None:
        raise Refused(Code.GONE)
    codes = answers["also"]
    also = tuple(str(code) for code in codes) if isinstance(codes, list) else ()
    filing.understands(turn.tx, turn.county, turn.person, also)
    return message(text(N_("Thank you! We keep that in mind.")))
