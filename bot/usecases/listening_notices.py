"""What is said about requests that were only spoken: to trusted volunteers, and to the office.

The volunteer never sees the person's name or number here.
"""

from dataclasses import replace

from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Language, Message, Text, message, text


def card(listener_id: int) -> str:
    """The question to one volunteer, and what takes its place."""
    return f"listener:{listener_id}"


# --- to the volunteer -----------------------------------------------------------------------------


def can_you_listen(listener_id: int, request: HelpRequest) -> Message:
    return message(
        text(
            N_(
                "🎧 Can you listen to a request in {language} and fill it in?"
                " It takes about 3 minutes."
            ),
            language=Language(request.language),
        ),
        text(N_("The office asks you because it trusts you.")),
        buttons=[
            [
                Button(text(B_("✅ Yes, I will")), f"listen:yes:{listener_id}"),
                Button(text(B_("Not this time")), f"listen:no:{listener_id}"),
            ]
        ],
    )


def please_listen(request: HelpRequest) -> Message:
    """Takes the place of the question."""
    return message(
        text(N_("🎧 {number}: thank you! Please listen to the message:"), number=request.number)
    )


def voice(listener_id: int, request: HelpRequest) -> Message:
    back = Button(text(B_("↩️ Give it back")), f"listen:no:{listener_id}")
    said = message(
        text(N_("Please listen, then answer the questions below.")),
        text(N_("Please tell nobody what you hear.")),
        text(
            N_(
                "Is it about an operation, mental health, the police or a court? Or is it hard to"
                " understand? Then tap “Give it back”."
            )
        ),
        buttons=[[back]],
    )
    return replace(said, voice=request.details.voice)


def filled_in(request: HelpRequest) -> Message:
    return message(text(N_("✔️ {number} is filled in. Thank you!"), number=request.number))


def taken_by_another() -> Message:
    return message(text(N_("✔️ Another volunteer is listening. Thank you!")))


def declined() -> Message:
    return message(text(N_("✔️ All right. The office takes care of it.")))


def no_longer_needed() -> Message:
    return message(text(N_("✔️ The office takes care of this now. Thank you!")))


# --- to the office --------------------------------------------------------------------------------


def ask_button(request: HelpRequest) -> Button:
    return Button(text(B_("🎧 Trusted volunteer")), f"request:hear:{request.id}")


def heard() -> Text:
    return text(N_("🎧 A volunteer has listened and filled it in."))


def nobody_has_time() -> Text:
    return text(N_("🎧 No trusted volunteer has filled it in so far. Please listen yourself."))


def given_back() -> Text:
    return text(N_("🎧 The volunteer gave it back to the office. Please listen yourself."))
