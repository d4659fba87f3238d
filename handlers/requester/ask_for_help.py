"""Asking for help: the questions, and the request they become."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay, OneOf, TimeOfDay, at
from bot.messages import B_, N_, Message
from bot.storage import people
from bot.usecases import dispatch, notices, offering
from handlers.common.start import ASK_FOR_HELP
from handlers.turn import Turn

#: The kinds of help people can ask for; every county's file must describe them.
CATEGORIES = {"doctor": B_("🩺 Company to a doctor")}

FLOW = Flow(
    ASK_FOR_HELP,
    asks=(
        Ask(
            "agree",
            N_(
                "<b>Lotse</b> finds volunteers who help you. It is <b>free</b>.\n"
                "We never ask for money, passwords or ID.\n"
                "We keep your answers only as long as we need them to help you. Is that all right?"
            ),
            OneOf({"yes": B_("✅ Yes, I agree")}),
        ),
        Ask(
            "what",
            N_("What do you need?"),
            OneOf(CATEGORIES),
            name=N_("Help"),
        ),
        Ask(
            "day",
            N_("On which day is the appointment? Tap a day or write the date."),
            FutureDay(),
            name=N_("Day"),
        ),
        Ask("time", N_("At what time?"), TimeOfDay("day"), name=N_("Time")),
    ),
    summary=N_("Is this right?"),
    confirm=B_("✅ Send"),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """They have agreed and sent it: from now on they are known, and volunteers are asked."""
    dispatch.require_room(turn.tx, turn.person)
    request = dispatch.file_request(
        turn.tx,
        turn.county,
        people.agree(turn.tx, turn.chat_id),
        category=str(answers["what"]),
        language=turn.language,
        starts_at=at(str(answers["day"]), str(answers["time"]), turn.scene),
    )
    turn.forget_person()
    return notices.request_sent(request, turn.county, offering.hear_by(turn.tx, request))
