"""Which commands a person finds in the menu beside the text field."""

from bot.messages import Message
from bot.storage import outbox, people
from bot.storage.outbox import Draft
from bot.storage.tx import Tx

_EVERYBODY = "everybody"


def renew(tx: Tx, chat_id: int) -> None:
    """To be called when a person's roles or their language have changed.

    Only who has a role gets a menu of their own; all others have the one that the bot has for
    everybody. It travels like a message, so that nothing is lost and the order holds.
    """
    person = people.by_chat(tx, chat_id)
    if person is not None and person.roles:
        audiences = (_EVERYBODY, *sorted(person.roles))
        outbox.append(tx, Draft(chat_id, Message((), menu=audiences)))
