"""The same was asked for twice: one request stays, the other is closed.

Only what is still ahead is put together, of one person or of two entries of people without a chat
(the office may have written the same person down twice).
"""

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import UNDER_WAY, HelpRequest, Move
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.storage import history, people, requests
from bot.storage.tx import Tx
from bot.usecases import decision_notices
from bot.usecases.deciding import end_untaken, find_request
from bot.usecases.desk_menus import back_button
from bot.usecases.notices import category, state_of, when
from bot.usecases.office import require_private
from bot.usecases.restoring import volunteer_of
from bot.usecases.telling import tell_requester

#: So many requests can be chosen from.
_MOST = 20


def twins(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> Message:
    """What could be the same as this request. Raises :class:`Refused`."""
    require_private(tx, coordinator)
    request = find_request(tx, request_id)
    found = _alike(tx, request)
    return message(
        text(N_("🔗 {number}: which request is the same?"), number=request.number)
        if found
        else text(N_("🔗 {number}: there is no other request like it."), number=request.number),
        *[_line(tx, one, county) for one in found],
        buttons=[
            *[
                [
                    Button(
                        text(N_("{number}"), number=one.number),
                        f"request:same:{one.id}:{request.id}",
                    )
                ]
                for one in found
            ],
            [back_button(request)],
        ],
    )


def ask_first(
    tx: Tx, county: County, coordinator: Person | None, one_id: int, other_id: int
) -> Message:
    """Which one stays, which one is closed: is that right? Raises :class:`Refused`."""
    stays, goes = _which(tx, coordinator, one_id, other_id)
    return message(
        text(N_("🔗 Put these two together?")),
        text(N_("Stays: {request}"), request=_line(tx, stays, county)),
        text(N_("Is closed: {request}"), request=_line(tx, goes, county)),
        buttons=[
            [Button(text(B_("🔗 Yes, put together")), f"request:merge:{goes.id}:{stays.id}")],
            [back_button(stays)],
        ],
    )


def merge(
    tx: Tx, county: County, coordinator: Person | None, one_id: int, other_id: int
) -> HelpRequest:
    """The one with a volunteer stays, else the second; it comes back. Raises :class:`Refused`,
    also if both have one."""
    coordinator = require_private(tx, coordinator)
    for request in sorted({find_request(tx, one_id).id, find_request(tx, other_id).id}):
        requests.hold(tx, request)
    stays, goes = _which(tx, coordinator, one_id, other_id)
    closed = end_untaken(tx, county, goes, Move.CLOSE)
    history.add(tx, goes.id, Happened.MERGED, actor=coordinator.id, note=stays.number)
    history.add(tx, stays.id, Happened.MERGED, actor=coordinator.id, note=goes.number)
    if people.by_id(tx, goes.person_id).chat_id is not None and not goes.details.phone:
        tell_requester(tx, county, closed, decision_notices.closed(closed, county, "twice"))
    return requests.by_id(tx, stays.id)


def merged(stays: HelpRequest) -> Message:
    return message(
        text(N_("✔️ {number} stays, the other one is closed."), number=stays.number),
        buttons=[[back_button(stays)]],
    )


def _which(
    tx: Tx, coordinator: Person | None, one_id: int, other_id: int
) -> tuple[HelpRequest, HelpRequest]:
    """(what stays, what goes). Raises :class:`Refused`."""
    require_private(tx, coordinator)
    goes, stays = find_request(tx, one_id), find_request(tx, other_id)
    if goes.id == stays.id or not _can_be_the_same(tx, goes, stays):
        raise Refused(Code.NOT_POSSIBLE)
    if goes.state not in UNDER_WAY or stays.state not in UNDER_WAY:
        raise Refused(Code.GONE)
    if volunteer_of(tx, goes) is not None:
        goes, stays = stays, goes
    if volunteer_of(tx, goes) is not None:
        raise Refused(Code.BOTH_TAKEN)
    return stays, goes


def _can_be_the_same(tx: Tx, one: HelpRequest, other: HelpRequest) -> bool:
    if one.series_id is not None or other.series_id is not None:
        return False
    both = (people.by_id(tx, one.person_id), people.by_id(tx, other.person_id))
    return both[0].id == both[1].id or all(person.chat_id is None for person in both)


def _alike(tx: Tx, request: HelpRequest) -> list[HelpRequest]:
    """The person's own first; then, of people without a chat, those with the same number or
    name."""
    own = requests.of_person(tx, request.person_id)
    person = people.by_id(tx, request.person_id)
    entered = requests.under_way_without_chat(tx, 1000) if person.chat_id is None else []
    known = _known_by(tx, request)
    same = [one for one in entered if not known.isdisjoint(_known_by(tx, one))]
    found = {one.id: one for one in (*own, *same) if one.series_id is None}
    found.pop(request.id, None)
    return list(found.values())[:_MOST]


def _known_by(tx: Tx, request: HelpRequest) -> set[str]:
    """Phone numbers and names, levelled."""
    person = people.by_id(tx, request.person_id)
    told = (
        *(person.name, people.phone_of(tx, person.id)),
        *(request.details.name, request.details.phone),
    )
    return {" ".join(each.casefold().split()) for each in told if each}


def _line(tx: Tx, request: HelpRequest, county: County) -> Text:
    name = request.details.name or people.by_id(tx, request.person_id).name
    return text(
        N_("{number} · {what} · {time} · {state} · {name}"),
        number=request.number,
        what=category(request, county),
        time=when(request),
        state=state_of(request),
        name=name or "–",
    )
