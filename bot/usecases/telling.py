"""Who hears what, and with which urgency."""

from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.messages import Message
from bot.storage import chats, outbox, people
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import notices, office_notices


def tell(
    tx: Tx, person: Person, said: Message, *, card: str | None = None, mode: Mode = Mode.SHOW
) -> None:
    """Say something to a person. Who has no Telegram hears nothing: the office looks after them."""
    if person.chat_id is not None:
        outbox.append(tx, Draft(person.chat_id, said, Lane.LIVE, card, mode))


def retell(tx: Tx, person: Person, said: Message, card: str) -> None:
    """Put *said* in the place of a card the person has seen; who never saw it is left in peace."""
    if person.chat_id is not None:
        outbox.append(tx, Draft(person.chat_id, said, Lane.LIVE, card, Mode.EDIT))


def show_card(tx: Tx, county: County, request: HelpRequest) -> None:
    """The request's one card in the coordinators' group, as it stands now.

    A call for help about it that no longer holds is taken back: its buttons would promise too much.
    """
    group = chats.office_group(tx)
    if group is not None:
        card = office_notices.request_card(request, county)
        outbox.append(tx, Draft(group, card, Lane.LIVE, f"request:{request.id}"))
    over = notices.now_stands(request)
    if request.state is not State.STUCK:
        calm_office(tx, over, alert_card(request))
    calm_office(tx, over, unreachable_card(request))


def alert_office(tx: Tx, said: Message, card: str) -> None:
    """A new message to the coordinators: something needs a human.

    It goes to their group. As long as there is none, each of them hears it in private, so that
    nothing waits unseen.
    """
    for chat_id in _office(tx):
        outbox.append(tx, Draft(chat_id, said, Lane.LIVE, card, Mode.FRESH))


def calm_office(tx: Tx, said: Message, card: str) -> None:
    """Put *said* in the place of an earlier alert, wherever it was seen."""
    for chat_id in _office(tx):
        outbox.append(tx, Draft(chat_id, said, Lane.LIVE, card, Mode.EDIT))


def alert_card(request: HelpRequest) -> str:
    return f"alert:{request.id}"


def unreachable_card(request: HelpRequest) -> str:
    return f"unreachable:{request.id}"


def _office(tx: Tx) -> list[int]:
    group = chats.office_group(tx)
    if group is not None:
        return [group]
    return [one.chat_id for one in people.coordinators(tx) if one.chat_id is not None]
