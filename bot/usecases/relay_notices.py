"""What is said around a chat between a requester and their volunteer, and what carries their words.

The screens of who writes are in ``relay_screens``.

``name`` is what the reader may know of the other side: a volunteer's first name, or what a
requester wants to be called; empty if that is nothing.
"""

from dataclasses import dataclass

from bot.domain.county import County
from bot.domain.relay import Ended
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Param, Term, Text, message, text
from bot.usecases.notices import CALL_ME

SOMEBODY = N_("the other person")

_ENDED = {
    Ended.CALLED_OFF: N_("✉️ The chat about {number} is closed."),
    Ended.OVER: N_("✉️ The chat about {number} is closed now. Thank you!"),
}


@dataclass(frozen=True, slots=True)
class Other:
    """The other side of a chat, as the reader of a message knows them."""

    relay_id: int
    number: str
    name: str

    @property
    def called(self) -> Param:
        return self.name or Term(SOMEBODY)


# --- the way in ---------------------------------------------------------------------------------


def write_to_helper(request: HelpRequest) -> Button:
    """Below what a requester reads about the appointment."""
    return Button(text(B_("✉️ Write to the helper")), f"relay:open:{request.id}")


def write_to_requester(request_id: int) -> Button:
    """Below what a volunteer reads about a task."""
    return Button(text(B_("✉️ Write a message")), f"relay:open:{request_id}")


def write_about(request: HelpRequest) -> Button:
    """In a list of several."""
    return Button(text(B_("✉️ Write: {number}"), number=request.number), f"relay:open:{request.id}")


def _answer(other: Other) -> Button:
    return Button(text(B_("✉️ Answer")), f"relay:to:{other.relay_id}")


def _open_again(other: Other) -> Button:
    return Button(text(B_("↩️ Open again")), f"relay:to:{other.relay_id}")


# --- what carries somebody's words --------------------------------------------------------------


def header(other: Other) -> Text:
    """Who writes, and for which request; *other* is the one who writes."""
    return text(N_("✉️ <b>{name}</b> ({number}):"), name=other.called, number=other.number)


def words(said: str) -> Text:
    return Text("{words}", {"words": said})


def carried(other: Other, *said: Text) -> tuple[tuple[Text, ...], tuple[tuple[Button, ...], ...]]:
    """The lines and buttons of a message from *other*."""
    return (header(other), *said), ((_answer(other),),)


def place_below(other: Other) -> Text:
    return text(
        N_("📍 <b>{name}</b> ({number}) sends a location:"), name=other.called, number=other.number
    )


def number_of(phone: str) -> Text:
    return text(N_("My phone number: {phone}"), phone=phone)


# --- what does not go through -------------------------------------------------------------------

NO_CHANGES = N_(
    "The change was not passed on. The other person sees your first message. Please write it again."
)


def by_phone(request: HelpRequest, county: County) -> Message:
    """The other side has no Telegram."""
    return message(
        text(
            N_("{number}: this person is reached by phone, through the office: {phone}"),
            number=request.number,
            phone=county.office_phone,
        )
    )


def not_reached(other: Other, county: County) -> Message:
    """The other side has blocked the bot, or is gone."""
    return message(
        text(
            N_("⚠️ {name} ({number}) can't be reached here at the moment."),
            name=other.called,
            number=other.number,
        ),
        text(
            N_("Your last message may not have arrived. Please call the office: {phone}"),
            phone=county.office_phone,
        ),
        buttons=[[CALL_ME]],
    )


def not_arrived(other: Other, to: int) -> Message:
    """The message *to* could not be brought to *other*."""
    words = N_("⚠️ This message did not reach {name} ({number}). Please send it again, or write it.")
    return Message((text(words, name=other.called, number=other.number),), answers=to)


# --- ended --------------------------------------------------------------------------------------


def you_ended(other: Other) -> Message:
    return message(
        text(
            N_("✖️ You ended the chat with {name} ({number})."),
            name=other.called,
            number=other.number,
        ),
        buttons=[[_open_again(other)]],
    )


def they_ended(other: Other, county: County) -> Message:
    return message(
        text(
            N_("✖️ {name} has ended the chat about {number}."),
            name=other.called,
            number=other.number,
        ),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
    )


def they_opened_again(other: Other) -> Message:
    return message(
        text(
            N_("✉️ {name} has opened the chat about {number} again."),
            name=other.called,
            number=other.number,
        ),
        buttons=[[_answer(other)]],
    )


def closed(request: HelpRequest, why: Ended) -> Message:
    return message(text(_ENDED[why], number=request.number))
