"""How somebody gets a role: a one-time link that the office makes, opened in the chat."""

import secrets
from collections.abc import Iterable, Mapping
from enum import Enum, auto

from bot.counties.volunteers import Listed
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Level, Person, Profile, Role, with_what_it_implies
from bot.storage import invites, people, records, volunteers
from bot.storage.tx import Tx
from bot.usecases import profiles

VALID_DAYS = 14
_VALID_FOR = VALID_DAYS * 24 * 3600
_CLAIM_VALID_FOR = 3600
#: What a link's payload begins with, so that ``/start`` knows it from others.
PREFIX = "i-"


def new_token() -> str:
    """Random, unguessable (128 bits), fit for a deep link (at most 64 of ``A-Za-z0-9_-``).

    Made outside the transaction, which may run twice.
    """
    return PREFIX + secrets.token_urlsafe(16)


def link(username: str, token: str) -> str:
    """What is opened to use *token*. *username*: the bot's, without the @."""
    return f"https://t.me/{username}?start={token}"


def claim_link(tx: Tx, token: str) -> bool:
    """While nobody coordinates, *token* makes whoever opens it the first coordinator, who leads.

    False if somebody does.
    """
    if people.any_coordinator(tx):
        return False
    invites.withdraw(tx, Role.LEAD)
    invites.add(tx, token, Role.LEAD, person_id=None, expires_at=tx.now + _CLAIM_VALID_FOR)
    return True


def invite_coordinator(tx: Tx, token: str, name: str = "") -> None:
    """*token* makes whoever opens it another coordinator, called *name*."""
    invite_to_office(tx, token, Role.COORDINATOR, name)


def invite_to_office(tx: Tx, token: str, role: Role, name: str = "") -> None:
    """*token* gives whoever opens it a *role* of the office, or makes them a referrer."""
    expires_at = tx.now + _VALID_FOR
    invites.add(tx, token, role, person_id=None, expires_at=expires_at, name=name)


def invite_volunteer(
    tx: Tx, token: str, name: str, languages: tuple[str, ...] | Mapping[str, Level] = ()
) -> int:
    """Prefill a volunteer who has no chat yet; *token* is their link. The person's id.

    *languages* without levels are spoken well.
    """
    if isinstance(languages, tuple):
        languages = dict.fromkeys(languages, Level.WELL)
    person_id = people.add(tx, chat_id=None, name=name)
    volunteers.make(tx, person_id)
    volunteers.save(tx, person_id, Profile(languages=languages), cell=None)
    invites.add(tx, token, Role.VOLUNTEER, person_id=person_id, expires_at=tx.now + _VALID_FOR)
    return person_id


class Import(Enum):
    """What became of one row of a list: a new volunteer; a volunteer of an earlier list who has not
    come so far, with a new link; or one who has joined already, and nothing was changed."""

    NEW = auto()
    AGAIN = auto()
    JOINED = auto()


def invite_listed(
    tx: Tx, county: County, listed: Iterable[tuple[str, Listed]]
) -> list[tuple[int, Import]]:
    """All of an import (token, what the office wrote), or none. The persons' ids, row by row.

    Nobody is registered twice: the same name with the same phone number is the same volunteer.
    """
    known = {_who(one.name, phone): one for one, phone in _registered(tx)}
    return [
        _invite_listed(tx, county, token, one, known.get(_who(one.name, one.phone)))
        for token, one in listed
    ]


def _invite_listed(
    tx: Tx, county: County, token: str, one: Listed, known: Person | None
) -> tuple[int, Import]:
    if known is not None and known.chat_id is not None:
        return known.id, Import.JOINED
    if known is None:
        person_id = invite_volunteer(tx, token, one.name)
    else:
        person_id = known.id
        expires_at = tx.now + _VALID_FOR
        invites.add(tx, token, Role.VOLUNTEER, person_id=person_id, expires_at=expires_at)
    profiles.save(tx, county, person_id, one.profile)
    volunteers.file_papers(tx, person_id, one.papers)
    if one.phone:
        people.set_phone(tx, person_id, one.phone)
    return person_id, Import.NEW if known is None else Import.AGAIN


def _registered(tx: Tx) -> list[tuple[Person, str]]:
    """Every volunteer, with their phone number."""
    ids = [one.person_id for one in volunteers.everybody(tx)]
    return [(people.by_id(tx, person_id), people.phone_of(tx, person_id)) for person_id in ids]


def _who(name: str, phone: str) -> tuple[str, str]:
    return " ".join(name.casefold().split()), phone


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
    for role in with_what_it_implies(invite.role):
        people.grant(tx, person_id, role)
    if invite.name or not people.by_id(tx, person_id).name:
        people.rename(tx, person_id, invite.name or name)
    return people.by_id(tx, person_id)


def _bind(tx: Tx, prefilled: Person | None, chat_id: int, known: Person | None) -> int:
    """Whom the chat belongs to from now on."""
    if prefilled is None:
        return known.id if known is not None else people.add(tx, chat_id=chat_id)
    if known is None:
        people.bind_chat(tx, prefilled.id, chat_id)
        return prefilled.id
    if known.id != prefilled.id:
        if phone := people.phone_of(tx, prefilled.id):
            people.set_phone(tx, known.id, phone)
        records.take_over(tx, prefilled.id, known.id)
        volunteers.absorb(tx, prefilled.id, known.id)
        people.rename(tx, known.id, prefilled.name)
    return known.id
