"""What is said around a chat between a requester and their volunteer, and what carries their words.

``name`` is what the reader may know of the other side: a volunteer's first name, or what a
requester wants to be called; empty if that is nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.county import County
from bot.domain.relay import Ended
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Param, Term, Text, message, text
from bot.usecases.notices import CALL_ME

SOMEBODY = N_("the other person")

#: What can be said with a tap, in both languages; in this order, so many on a page.
PHRASES = {
    "hello": N_("Hello!"),
    "way": N_("I am on my way."),
    "here": N_("I am here now."),
    "entrance": N_("I am at the entrance."),
    "late10": N_("I am 10 minutes late."),
    "late30": N_("I am 30 minutes late."),
    "where": N_("Where do we meet?"),
    "wait": N_("Please wait for me."),
    "yes": N_("Yes."),
    "no": N_("No."),
    "again": N_("I do not understand. Please write it again."),
    "letter": N_("Please bring the letter."),
    "papers": N_("Please bring your papers."),
    "office": N_("Please call the office."),
    "soon": N_("See you soon."),
    "thanks": N_("Thank you."),
}
_ON_A_PAGE = 8

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


# --- screens of who writes ----------------------------------------------------------------------


def opened(other: Other, county: County, *, muted: bool) -> Message:
    """The other side gets what is sent from now on. The safety lines stand here."""
    return message(
        _writing(other),
        text(
            N_(
                "What you send now goes to {name}: text, voice messages, photos, documents or a"
                " location. {name} does not see your account or your phone number."
            ),
            name=other.called,
        ),
        text(N_("Please never send money, passwords or bank data.")),
        text(N_("We do not keep what you write.")),
        text(N_("Is something wrong? Call the office: {phone}"), phone=county.office_phone),
        buttons=_tools(other, muted=muted),
    )


def sent(other: Other, *, muted: bool, note: Text | None = None) -> Message:
    """After each message; *note* instead of saying that it was sent."""
    done = text(N_("✅ Sent to {name} ({number})."), name=other.called, number=other.number)
    return message(note or done, _writing(other), buttons=_tools(other, muted=muted))


def _writing(other: Other) -> Text:
    return text(
        N_("✉️ You are writing to <b>{name}</b> about {number}."),
        name=other.called,
        number=other.number,
    )


def _tools(other: Other, *, muted: bool) -> list[list[Button]]:
    relay = other.relay_id
    sound = B_("🔔 With sound") if muted else B_("🔕 Without sound")
    return [
        [
            Button(text(B_("💬 Ready phrases")), f"relay:page0:{relay}"),
            Button(text(B_("📍 Send location")), f"relay:place:{relay}"),
        ],
        [
            Button(text(B_("📱 Share my number")), f"relay:phone:{relay}"),
            Button(text(sound), f"relay:{'loud' if muted else 'mute'}:{relay}"),
        ],
        [
            Button(text(B_("🏠 Menu")), "menu:go_on"),
            Button(text(B_("✖️ End this chat")), f"relay:end:{relay}"),
        ],
    ]


def phrases(other: Other, page: int) -> Message:
    """One page of what can be said with a tap, and the ways to the other pages."""
    keys = [*PHRASES]
    pages = -(-len(keys) // _ON_A_PAGE)
    page = min(page, pages - 1)
    shown = keys[page * _ON_A_PAGE : (page + 1) * _ON_A_PAGE]
    turns = [
        *([Button(text(B_("◀️")), f"relay:page{page - 1}:{other.relay_id}")] if page else []),
        *(
            [Button(text(B_("▶️")), f"relay:page{page + 1}:{other.relay_id}")]
            if page + 1 < pages
            else []
        ),
    ]
    return message(
        text(N_("Tap a phrase. {name} reads it in their own language."), name=other.called),
        buttons=[
            *([Button(Text(PHRASES[key]), f"relay:say_{key}:{other.relay_id}")] for key in shown),
            [*turns, _back(other)],
        ],
    )


def how_to_send_a_place(other: Other) -> Message:
    return message(
        text(
            N_("Tap 📎 below, then “Location”. {name} gets the place that you send."),
            name=other.called,
        ),
        buttons=[[_back(other)]],
    )


def share_number(other: Other) -> Message:
    return message(
        text(N_("{name} then knows your phone number. Do you want that?"), name=other.called),
        text(N_("You do not have to. You can always write here.")),
        buttons=[
            [
                Button(text(B_("✅ Yes, share it")), f"relay:number:{other.relay_id}"),
                Button(text(B_("No")), f"relay:to:{other.relay_id}"),
            ]
        ],
    )


#: The question for the number; ``name`` is who gets it.
WHICH_NUMBER = N_("Which number does {name} get? Tap the button below, or write it.")


def number_shared(other: Other) -> Message:
    return message(
        text(N_("📱 {name} has your number now. We do not keep it."), name=other.called),
        buttons=[[_back(other)]],
    )


def which(others: Sequence[Other], to: int) -> Message:
    """An answer to the message *to*, which says to nobody whom it is for."""
    return Message(
        (text(N_("Who is this message for?")),),
        (
            *(
                (
                    Button(
                        Text("{name} ({number})", {"name": one.called, "number": one.number}),
                        f"relay:it:{one.relay_id}",
                    ),
                )
                for one in others
            ),
            (Button(text(B_("🏠 Menu")), "menu:go_on"),),
        ),
        answers=to,
    )


def once_more(other: Other) -> Text:
    """What they had sent can't be read any more."""
    return text(N_("Please send it to {name} once more."), name=other.called)


def _back(other: Other) -> Button:
    return Button(text(B_("⬅️ Back")), f"relay:to:{other.relay_id}")


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
    return Message(
        (
            text(
                N_("⚠️ This message did not reach {name} ({number}). Please send it again."),
                name=other.called,
                number=other.number,
            ),
        ),
        answers=to,
    )


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
