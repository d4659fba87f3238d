"""Chats that can't be reached any more, that come back, or that get a new id."""

from bot.domain.county import County
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.messages import Message
from bot.storage import assignments, chats, outbox, people, requests
from bot.storage.tx import Tx
from bot.usecases import dispatch, office_notices, relaying, waiting
from bot.usecases.telling import alert_office, calm_office, tell, unreachable_card


def lost(tx: Tx, county: County, chat_id: int) -> None:
    """The bot was blocked or removed, or the account is gone: the office hears what hangs on it."""
    if not chats.set_reachable(tx, chat_id, False):
        return
    outbox.drop_all(tx, chat_id, "unreachable")
    if chats.unbind_office_group(tx, chat_id):
        for coordinator in people.coordinators(tx):
            tell(tx, coordinator, office_notices.group_lost())
        waiting.show_all(tx, county)
    person = people.by_chat(tx, chat_id)
    if person is None:
        return
    relaying.lost(tx, county, person)
    if person.has(Role.VOLUNTEER):
        dispatch.lose_volunteer(tx, county, person)
    known: set[str] = set()  # help every week is one thing, whatever meetings there are
    for assignment in assignments.active_of_volunteer(tx, person.id):
        request = requests.by_id(tx, assignment.request_id)
        if request.number in known:
            continue
        known.add(request.number)
        alert = office_notices.volunteer_unreachable(request, county, assignment.id)
        alert_office(tx, alert, unreachable_card(request), thread=request.number)
    known = set()
    for request in _asked(tx, person):
        if request.number in known:
            continue
        known.add(request.number)
        alert = office_notices.requester_unreachable(request, county)
        alert_office(tx, alert, unreachable_card(request), thread=request.number)


def regained(tx: Tx, chat_id: int) -> None:
    """The bot was unblocked."""
    person = people.by_chat(tx, chat_id) if chats.set_reachable(tx, chat_id, True) else None
    if person is None:
        return
    for assignment in assignments.active_of_volunteer(tx, person.id):
        request = requests.by_id(tx, assignment.request_id)
        _calm(tx, request, office_notices.volunteer_reachable(request))
    for request in _asked(tx, person):
        _calm(tx, request, office_notices.requester_reachable(request))


def moved(tx: Tx, county: County, old: int, new: int) -> None:
    """A group became a supergroup with a new id. Its old messages can't be edited from there."""
    was_the_office = chats.migrate(tx, old, new)
    outbox.move(tx, old, new)
    if was_the_office:
        waiting.show_all(tx, county)


def _asked(tx: Tx, person: Person) -> list[HelpRequest]:
    """Their own, and those of whom they are the contact."""
    hearing = (person.id, *people.of_contact(tx, person.id))
    return [request for each in hearing for request in requests.of_person(tx, each)]


def _calm(tx: Tx, request: HelpRequest, said: Message) -> None:
    calm_office(tx, said, unreachable_card(request), thread=request.number)
