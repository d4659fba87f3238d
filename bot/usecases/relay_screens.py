"""The screens of somebody who writes to the other side of an appointment."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases.relay_notices import Other

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


def sent(other: Other, *, muted: bool, undo: str) -> Message:
    """After each message. *undo*: which one can be deleted: its id, a dash, the part."""
    delete = Button(text(B_("🗑 Delete it")), f"relay:undo:{undo}:{other.relay_id}")
    return message(
        was_sent(other),
        _writing(other),
        buttons=[[delete], *_tools(other, muted=muted)],
    )


def was_sent(other: Other) -> Text:
    return text(N_("✅ Sent to {name} ({number})."), name=other.called, number=other.number)


def deleted(other: Other, *, muted: bool) -> Message:
    gone = text(N_("🗑 Deleted. {name} does not see it any more."), name=other.called)
    return message(gone, _writing(other), buttons=_tools(other, muted=muted))


def once_more(other: Other, *, muted: bool) -> Message:
    """What they had sent can't be read any more."""
    again = text(N_("Please send it to {name} once more."), name=other.called)
    return message(again, _writing(other), buttons=_tools(other, muted=muted))


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


def _back(other: Other) -> Button:
    return Button(text(B_("⬅️ Back")), f"relay:to:{other.relay_id}")
