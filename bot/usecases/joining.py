"""How somebody gets a role: a one-time link that the office makes, opened in the chat."""

import secrets

from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.storage import invites, people
from bot.storage.tx import Tx

_VALID_FOR = 14 * 24 * 3600
_CLAIM_VALID_FOR = 3600
#: What a link's payload begins with, so that ``/start`` knows it from others.
PREFIX = "i-"


def new_token() -> str:
    """Random, unguessable (128 bits), fit for a deep link (at most 64 of ``A-Za-z0-9_-``).

    Made outside the transaction, which may run twice.
    """
    return PREFIX + secrets.token_urlsafe(16)


def claim_link(tx: Tx, token: str) -> bool:
    """While nobody coordinates, *token* makes whoever opens it the first coordinator.

    False if somebody does.
    """
    if people.any_coordinator(tx):
        return False
    invites.withdraw(tx, Role.COORDINATOR)
    invites.add(tx, token, Role.COORDINATOR, person_id=None, expires_at=tx.now + _CLAIM_VALID_FOR)
    return True


def invite_coordinator(tx: Tx, token: str) -> None:
    """*token* makes whoever opens it another coordinator."""
    invites.add(tx, token, Role.COORDINATOR, person_id=None, expires_at=tx.now + _VALID_FOR)


def invite_volunteer(tx: Tx, token: str, name: str, languages: tuple[str, ...]) -> int:
    """Prefill a volunteer who has no chat yet; *token* is their link. The person's id."""
    person_id = people.add(tx, chat_id=None, name=name)
    people.save_volunteer(tx, person_id, languages)
    invites.add(tx, token, Role.VOLUNTEER, person_id=person_id, expires_at=tx.now + _VALID_FOR)
    return person_id


def invite_volunteers(tx: Tx, rows: tuple[tuple[str, str, tuple[str, ...]], ...]) -> None:
    """All of an import (token, name, languages), or none."""
    for token, name, languages in rows:
        invite_volunteer(tx, token, name, languages)


def made_out_to(tx: Tx, opener: Person | None, token: str) -> str | None:
    """The name of the volunteer a link was made for, if a coordinator opens it who is no volunteer.

    They may only be trying it out; everybody else who has a link is whom it was made for.
    """
    if opener is None or not opener.has(Role.COORDINATOR) or opener.has(Role.VOLUNTEER):
        return None
    invite = invites.find(tx, token)
    if invite is None or invite.used or invite.person_id is None or invite.expires_at <= tx.now:
        return None
    return people.by_id(tx, invite.person_id).name


def open_link(tx: Tx, chat_id: int, name: str, token: str) -> Person:
    """Whoever opens a valid link gets its role. *name* is used where the office gave none.

    Raises :class:`Refused`.
    """
    invite = invites.find(tx, token)
    if invite is None:
        raise Refused(Code.LINK_UNKNOWN)
    known = people.by_chat(tx, chat_id)
    if invite.used:
        if known is not None and known.has(invite.role):
            return known
        raise Refused(Code.LINK_USED)
    if invite.expires_at <= tx.now:
        raise Refused(Code.LINK_EXPIRED)
    prefilled = None if invite.person_id is None else people.by_id(tx, invite.person_id)
    if prefilled is not None and prefilled.chat_id not in (None, chat_id):
        raise Refused(Code.LINK_USED)  # invited twice, and the other link was opened elsewhere
    invites.use(tx, invite)
    person_id = _bind(tx, prefilled, chat_id, known)
    people.grant(tx, person_id, invite.role)
    if not people.by_id(tx, person_id).name:
        people.rename(tx, person_id, name)
    return people.by_id(tx, person_id)


def _bind(tx: Tx, prefilled: Person | None, chat_id: int, known: Person | None) -> int:
    """Whom the chat belongs to from now on."""
    if prefilled is None:
        return known.id if known is not None else people.add(tx, chat_id=chat_id)
    if known is None:
        people.bind_chat(tx, prefilled.id, chat_id)
        return prefilled.id
    if known.id != prefilled.id:
        people.absorb_volunteer(tx, prefilled.id, known.id)
        people.rename(tx, known.id, prefilled.name)
    return known.id
