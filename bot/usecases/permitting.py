"""The office's rights, as the use cases ask for them."""

from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.rights import Right, may
from bot.storage import chats
from bot.storage.tx import Tx


def require(person: Person | None, right: Right) -> Person:
    """Raises :class:`Refused` for who has not this right."""
    if person is None or not may(person, right):
        raise Refused(Code.NOT_ALLOWED)
    return person


def require_in_private(tx: Tx, person: Person | None, right: Right) -> Person:
    """Who has the right and can be written to: what is personal goes to a private chat, and must
    arrive there. Raises :class:`Refused`."""
    allowed = require(person, right)
    if allowed.chat_id is None or not chats.is_reachable(tx, allowed.chat_id):
        raise Refused(Code.NO_PRIVATE_CHAT)
    return allowed
