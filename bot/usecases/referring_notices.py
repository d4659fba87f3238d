"""What referrers and their clients read."""

from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Moment, Text, message, text
from bot.usecases.notices import state_of

#: On the screen that a referrer agrees to.
PROMISE = N_(
    "<b>Before you begin</b>\n"
    "Please tell us only what is needed for this help. No illnesses, no papers.\n"
    "Your client must know that you ask for help here.\n"
    "What you read here about clients and volunteers stays with you.\n"
    "Do you agree?"
)


def registered() -> Message:
    return message(
        text(N_("✔️ Thank you. You can begin.")),
        text(
            N_("To ask for help for a client, write {command} or tap the button."), command="/file"
        ),
        buttons=[[FILE]],
    )


FILE = Button(text(B_("➕ For a client")), "file:new")
MINE = Button(text(B_("📋 My requests")), "menu:mine")


def filed(request: HelpRequest, name: str, *, hears: str, hear_by: int | None) -> Message:
    """*hears*: what becomes of the messages: ``me``, ``client`` or ``phone``."""
    words = {
        "me": N_("What {name} would hear comes to you, here in this chat."),
        "client": N_(
            "Please send the link on to {name}. Until it is opened, the messages come to you."
        ),
        "phone": N_("The office calls {name} when there is something to say."),
    }[hears]
    promised = (
        [] if hear_by is None else [text(N_("There is news by {time}."), time=Moment(hear_by))]
    )
    return message(
        text(N_("✅ Filed for {name}: <b>{number}</b>."), name=name, number=request.number),
        text(N_("{state}"), state=state_of(request)),
        *promised,
        text(words, name=name),
        buttons=[[MINE]],
    )


def link(request: HelpRequest, name: str, address: str, days: int) -> Message:
    """To be sent on to the client."""
    return Message(
        (
            text(
                N_("The link for {name} ({number}). It works once and for {days} days."),
                name=name,
                number=request.number,
                days=days,
            ),
            text(N_("Please send it on, or let them scan the picture.")),
            text("{link}", link=address),
        ),
        qr=address,
    )


def client_came(request: HelpRequest, name: str) -> Message:
    return message(
        text(
            N_("✔️ {number}: {name} has opened the link. From now on we write to them."),
            number=request.number,
            name=name,
        )
    )


def welcome_client(request: HelpRequest) -> Message:
    """In the client's own chat; what it is about stands behind the button."""
    return message(
        text(
            N_("Somebody has asked for help for you: <b>{number}</b>. We write to you here."),
            number=request.number,
        ),
        text(N_("{state}"), state=state_of(request)),
        buttons=[
            [MINE],
            [Button(text(B_("ℹ️ More about this")), "menu:privacy")],
        ],
    )


def client_line(name: str) -> Text:
    """Above a request that they filed for somebody."""
    return text(N_("👤 Filed by you for {name}"), name=name)


def link_button(request: HelpRequest) -> Button:
    """As long as the client has no chat of their own."""
    label = text(B_("🔗 Link for {number}"), number=request.number)
    return Button(label, f"file:link:{request.id}")
