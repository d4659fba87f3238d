"""Which commands a person finds in the menu beside the text field."""

from bot.messages import Message
from bot.storage import outbox, people
from bot.storage.outbox import Draft
from bot.storage.tx import Tx

_EVERYBODY = "everybody"


def renew(tx: Tx, chat_id: int, *, other_language: bool = False) -> None:
    """To be called when a person's roles or their language have changed.

    Only who has a role gets a menu of their own, or who reads another language here than in their
    app (*other_language*); all others have the one that the bot has for everybody. It travels like
    a message, so that nothing is lost and the order holds.
    """
    person = people.by_chat(tx, chat_id)
    roles = sorted(person.roles) if person is not None else []
    if roles or other_language:
        outbox.append(tx, Draft(chat_id, Message((), menu=(_EVERYBODY, *roles))))
