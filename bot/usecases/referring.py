"""Referrers: social workers, advice centres and schools file for a client and follow that.

They see what they filed and nothing else. What the client would hear comes to them, goes to the
client's own chat when the client has opened a one-time link, or to the office's call list.
"""

import secrets
from enum import StrEnum

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State, Wanted
from bot.domain.rights import Right, may
from bot.storage import history, people, referrers, requests
from bot.storage.tx import Tx
from bot.usecases import agreeing, filing, referring_notices
from bot.usecases.notices import now_stands
from bot.usecases.permitting import require, require_in_private
from bot.usecases.telling import show_card, tell, tell_requester

VALID_DAYS = 14
#: What a client link's payload begins with.
PREFIX = "c-"
#: So long they see what has ended (seconds).
_SEEN_FOR = 14 * 24 * 3600
#: More open requests of one referrer than this are a mistake.
_MOST_OPEN = 50


class Contact(StrEnum):
    """Who hears what the requester would hear. ``CLIENT``: the client, by a link; until it is
    opened the referrer. ``PHONE``: the client, from the office."""

    ME = "me"
    CLIENT = "client"
    PHONE = "phone"


def is_unfinished(tx: Tx, person: Person | None) -> bool:
    """They are referrers and have not said where they work."""
    if person is None or not may(person, Right.REFER):
        return False
    return not referrers.organisation_of(tx, person.id)


def register(tx: Tx, person: Person | None, organisation: str) -> None:
    """Where they work; they have agreed to keep silent. Raises :class:`Refused`."""
    referrers.register(tx, require(person, Right.REFER).id, organisation)


def require_ready(tx: Tx, person: Person | None) -> Person:
    """A referrer who can file. Raises :class:`Refused`."""
    referrer = require_in_private(tx, person, Right.REFER)
    if is_unfinished(tx, referrer):
        raise Refused(Code.NOT_ALLOWED)
    return referrer


def file_for_client(
    tx: Tx,
    county: County,
    person: Person | None,
    wanted: Wanted,
    *,
    name: str,
    phone: str,
    contact: Contact,
) -> HelpRequest:
    """A request for somebody who is the referrer's client. Raises :class:`Refused`."""
    referrer = require_ready(tx, person)
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    if len(open_of(tx, referrer)) >= _MOST_OPEN:
        raise Refused(Code.TOO_MANY)
    client_id = people.add(tx, chat_id=None, name=name)
    if phone:
        people.set_phone(tx, client_id, phone)
    people.set_language(tx, client_id, wanted.language)
    if contact is not Contact.PHONE:
        people.set_contact(tx, client_id, referrer.id)
    client = people.by_id(tx, client_id)
    return filing.file_request(tx, county, client, wanted, referrer=referrer)


def open_of(tx: Tx, referrer: Person) -> list[HelpRequest]:
    return requests.filed_by(tx, referrer.id, since=tx.now + 1)


def filed_by(tx: Tx, person: Person | None) -> list[HelpRequest]:
    """What they filed and is still ahead, or has ended lately; nothing for who is no referrer."""
    if person is None or not may(person, Right.REFER):
        return []
    return requests.filed_by(tx, person.id, tx.now - _SEEN_FOR)


def client_of(tx: Tx, person: Person | None, request: HelpRequest) -> str:
    """The name of whom they filed it for; empty if it is their own."""
    if person is None or request.person_id == person.id:
        return ""
    return people.by_id(tx, request.person_id).name or request.details.name


def writes_about(tx: Tx, person: Person | None, request: HelpRequest) -> bool:
    """They write to the volunteer: who asked, or stands for the client."""
    if person is None:
        return False
    return person.id in (request.person_id, people.by_id(tx, request.person_id).via)


def can_be_linked(tx: Tx, person: Person | None, request: HelpRequest) -> bool:
    """The client of their request has no chat of their own."""
    if person is None or request.referrer_id != person.id or not may(person, Right.REFER):
        return False
    return not _has_own_chat(people.by_id(tx, request.person_id))


# --- the client's own chat ------------------------------------------------------------------------


def new_token() -> str:
    """Random, unguessable (128 bits), fit for a deep link."""
    return PREFIX + secrets.token_urlsafe(16)


def make_link(tx: Tx, person: Person | None, request_id: int, token: str) -> HelpRequest:
    """*token* brings the client's own chat to what was filed for them. Raises :class:`Refused`."""
    referrer = require(person, Right.REFER)
    request = requests.find(tx, request_id)
    if request is None:
        raise Refused(Code.GONE)
    if request.referrer_id != referrer.id:
        raise Refused(Code.NOT_YOURS)
    if _has_own_chat(people.by_id(tx, request.person_id)):
        raise Refused(Code.GONE)
    referrers.add_link(tx, token, request.id, tx.now + VALID_DAYS * 24 * 3600)
    return request


def open_link(tx: Tx, county: County, chat_id: int, token: str) -> HelpRequest:
    """Whoever opens a valid link is the client: from now on they hear it themselves.

    Raises :class:`Refused`, also for the referrer, who only tries it out.
    """
    link = referrers.find_link(tx, token)
    if link is None:
        raise Refused(Code.LINK_UNKNOWN)
    request = requests.hold(tx, link.request_id)
    known = people.by_chat(tx, chat_id)
    if link.used:
        if known is not None and known.id == request.person_id:
            return request
        raise Refused(Code.LINK_USED)
    if link.expires_at <= tx.now:
        raise Refused(Code.LINK_EXPIRED)
    if known is not None and (known.id == request.referrer_id or may(known, Right.LOOK)):
        raise Refused(Code.NOT_FOR_YOU)
    client = people.by_id(tx, request.person_id)
    if _has_own_chat(client):
        raise Refused(Code.LINK_USED)
    referrers.use_link(tx, link)
    if known is None:
        people.bind_chat(tx, client.id, chat_id)
    else:
        referrers.give_to(tx, client.id, known.id)
    history.add(tx, request.id, "client_came")
    request = requests.by_id(tx, request.id)
    referrer = None if request.referrer_id is None else people.find(tx, request.referrer_id)
    if referrer is not None:
        tell(tx, referrer, referring_notices.client_came(request, client.name))
    show_card(tx, county, request)
    return request


def _has_own_chat(client: Person) -> bool:
    return client.chat_id is not None and client.via is None


# --- the end --------------------------------------------------------------------------------------


def end(tx: Tx, county: County, referrer: Person) -> None:
    """They refer no longer: their requests go on, and the office calls whom they stood for.

    The role itself is the caller's business.
    """
    clients = people.of_contact(tx, referrer.id)
    going_on = [one for one in open_of(tx, referrer) if one.person_id in clients]
    people.forget_contact(tx, referrer.id)
    referrers.forget(tx, referrer.id)
    for each in going_on:
        request = requests.hold(tx, each.id)
        history.add(tx, request.id, "contact_ended")
        offered = agreeing.ahead_of(tx, request)
        if request.state is State.AGREEING and offered:
            agreeing.let_choose(tx, county, request, offered)
        else:
            tell_requester(tx, county, request, now_stands(request))
