"""Where a coordinator's screens stand: what is personal in private, wherever the tap came from."""

from dataclasses import replace

from bot.domain.figures import Span
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.domain.rights import Right, may
from bot.messages import N_, Message, message, text
from bot.storage import outbox
from bot.storage.outbox import Draft, Mode
from bot.usecases import counting_notices, desk, office
from bot.usecases.telling import alert_card
from handlers.turn import Turn

#: The card of a coordinator's lists.
LIST = "desk"
#: How the data of buttons begin that only show something (`handlers/routes.py`: ``Right.LOOK``).
LOOKS = (
    *("request:look:", "request:voice:"),
    *("desk:open", "desk:today", "desk:day:", "desk:week", "desk:calls", "desk:blocked"),
    *("volunteer:look:", "volunteer:steps:", "volunteers:", "care:all", "care:list:"),
    *("apply:all", "apply:list:", "apply:look:", "meetup:look:", "meetup:list"),
    *("record:page:", "record:of:", "record:part:", "record:task:", "record:line:"),
    *("stats:when", "stats:all:", *(f"stats:{one}" for one in (*Span, *counting_notices.TOPICS))),
)


def show(turn: Turn, said: Message, card: str) -> bool:
    """In the coordinator's private chat: in the place of the message tapped if it was this card.

    True if it is a new message. Raises :class:`bot.domain.errors.Refused`.
    """
    reader = office.require_reader(turn.tx, turn.person)
    chat_id = reader.chat_id or 0
    said = as_allowed(reader, said)
    is_here = _tapped_is(turn, chat_id, card)
    mode = Mode.SHOW if is_here else Mode.FRESH
    outbox.append(turn.tx, Draft(chat_id, said, card=card, mode=mode))
    say_where(turn)
    return not is_here


def say_where(turn: Turn) -> None:
    """Who taps in the group is told where to read on."""
    if turn.in_group:
        turn.toast = text(N_("I have written it to you in private."))


def show_below(turn: Turn, said: Message, card: str) -> None:
    """In the coordinator's private chat, at the bottom. Raises
    :class:`bot.domain.errors.Refused`."""
    reader = office.require_reader(turn.tx, turn.person)
    shown = as_allowed(reader, said)
    outbox.append(turn.tx, Draft(reader.chat_id or 0, shown, card=card, mode=Mode.FRESH))


def as_allowed(reader: Person, said: Message) -> Message:
    """*said* as this person may use it: who may only read gets no buttons that change anything."""
    if may(reader, Right.ACT):
        return said
    rows = (
        tuple(button for button in row if button.data.startswith(LOOKS)) for row in said.buttons
    )
    return replace(said, buttons=tuple(row for row in rows if row))


def show_request(turn: Turn, request_id: int) -> bool:
    """Everything about a request; True if it is a new message."""
    said = desk.look(turn.tx, turn.county, turn.person, request_id)
    return show(turn, said, card_of(request_id))


def show_again(turn: Turn, request: HelpRequest) -> None:
    """After something was done from the coordinator's view of a request: how it stands now."""
    if not turn.in_group and _tapped_is(turn, turn.chat_id, card_of(request.id)):
        show_request(turn, request.id)


def ask_there(turn: Turn, request: HelpRequest, question: Message) -> None:
    """A question in the place of the alert that was tapped, else in the view of the request."""
    card = alert_card(request)
    if _tapped_is(turn, turn.chat_id, card):
        outbox.append(turn.tx, Draft(turn.chat_id, question, card=card, thread=request.number))
    else:
        show(turn, question, card_of(request.id))


def in_private_please(turn: Turn) -> None:
    """A coordinator's command that was written in the group."""
    turn.say(message(text(N_("Please write this to me in private."))))


def card_of(request_id: int) -> str:
    return f"look:{request_id}"


def _tapped_is(turn: Turn, chat_id: int, card: str) -> bool:
    query = turn.update.callback_query
    if query is None or query.message is None or turn.chat_id != chat_id:
        return False
    return query.message.message_id == outbox.shown(turn.tx, chat_id, card)
