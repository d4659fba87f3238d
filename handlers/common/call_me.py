"""Asking to be called: the shortest way to a human, before any agreement."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import PhoneNumber
from bot.messages import B_, N_, Button, Message, message, text
from bot.usecases import notices, office
from handlers.common.start import CALL_ME
from handlers.turn import Turn

#: For those who find a number hard to write.
SHARE_MY_NUMBER = B_("📱 Share my number")

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
            asks_contact=SHARE_MY_NUMBER,
        ),
    ),
)


_GOOD_TIMES = {
    "now": B_("Now"),
    "morning": B_("In the morning"),
    "afternoon": B_("In the afternoon"),
    "any": B_("Any time"),
}


def finish(turn: Turn, answers: Answers) -> Message:
    phone = str(answers["phone"])
    office.ask_for_call(turn.tx, turn.chat_id, phone, turn.language)
    times = [Button(text(label), f"call:when:{key}") for key, label in _GOOD_TIMES.items()]
    return message(
        text(N_("📞 A person from the office will call you: {phone}"), phone=phone),
        text(N_("You can also call the office: {phone}"), phone=turn.county.office_phone),
        *notices.office_hours(turn.county),
        text(N_("When is a good time to call you?")),
        buttons=[times[:2], times[2:]],
    )


def good_time(turn: Turn) -> None:
    """A tap below that message. The call is asked for already, so nothing hangs on it."""
    office.say_good_time(turn.tx, turn.chat_id, turn.tapped.rpartition(":")[2])
    turn.toast = text(N_("Thank you!"))
