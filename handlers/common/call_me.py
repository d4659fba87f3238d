"""Asking to be called: the shortest way to a human, before any agreement."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import PhoneNumber
from bot.messages import N_, Message, message, text
from bot.usecases import office
from handlers.common.start import CALL_ME
from handlers.turn import Turn

FLOW = Flow(
    CALL_ME,
    asks=(
        Ask(
            "phone",
            N_(
                "Which number should we call? Please write it."
                " We use it only for this call and delete it afterwards."
            ),
            PhoneNumber(),
        ),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    phone = str(answers["phone"])
    office.ask_for_call(turn.tx, turn.chat_id, phone, turn.language)
    return message(
        text(N_("📞 A person from the office will call you: {phone}"), phone=phone),
        text(N_("You can also call the office: {phone}"), phone=turn.county.office_phone),
    )
