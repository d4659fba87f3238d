"""On the day: one taps where they are, the other reads it in their language at once."""

from bot.domain.appointments import Assignment, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import MINUTES, MOST, OPENS, Sign, is_on, is_second_tap
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.messages import Message
from bot.storage import assignments, pairs, people, requests, signs
from bot.storage.tx import Tx
from bot.usecases import day_notices
from bot.usecases.assigning import is_called
from bot.usecases.telling import tell, tell_requester

#: What is worth a call if the other side has no chat.
_WORTH_A_CALL = (Sign.LOST, Sign.POINT, *MINUTES)


def require_on(
    tx: Tx, person: Person | None, assignment_id: int
) -> tuple[Assignment, HelpRequest, Side]:
    """The person's own appointment, from some hours before until its end.

    Raises :class:`Refused`.
    """
    assignment = assignments.find(tx, assignment_id)
    if assignment is None:
        raise Refused(Code.GONE)
    request = requests.by_id(tx, assignment.request_id)
    if person is None or not (person.id == assignment.volunteer_id or request.is_of(person)):
        raise Refused(Code.NOT_YOURS)
    apart = pairs.find(tx, request.person_id, assignment.volunteer_id).is_parted
    if apart or not assignment.active or request.state is not State.ASSIGNED:
        raise Refused(Code.GONE)
    if tx.now < assignment.starts_at - OPENS:
        raise Refused(Code.NOT_YET)
    if not is_on(assignment, tx.now):
        raise Refused(Code.TOO_LATE)
    is_volunteer = person.id == assignment.volunteer_id
    return assignment, request, Side.VOLUNTEER if is_volunteer else Side.REQUESTER


def show(tx: Tx, county: County, person: Person | None, assignment_id: int) -> Message:
    """All that can be said. Raises :class:`Refused`."""
    assignment, request, side = require_on(tx, person, assignment_id)
    return day_notices.panel(request, county, assignment, side)


def say(tx: Tx, county: County, person: Person | None, assignment_id: int, sign: Sign) -> Message:
    """Tell the other side; what the one who tapped sees now comes back. Raises :class:`Refused`."""
    assignment, request, side = require_on(tx, person, assignment_id)
    request = requests.hold(tx, request.id)
    above = [day_notices.told()]
    if not is_second_tap(tx.now, signs.last_at(tx, assignment.id, side, sign)):
        _count(tx, assignment, side, sign)
        name = people.by_id(tx, assignment.volunteer_id).first_name
        said = day_notices.sign(request, assignment.id, side, sign, name)
        if not _tell_other(tx, county, request, assignment, side, said, sign):
            above = [day_notices.not_reachable(county)]
    if side is Side.VOLUNTEER and sign in _WORTH_A_CALL and is_called(tx, request):
        above = [day_notices.office_calls()]
    if sign is Sign.LOST:
        above.append(day_notices.if_lost(county))
    return day_notices.panel(request, county, assignment, side, *above)


def say_where(
    tx: Tx,
    county: County,
    person: Person | None,
    assignment_id: int,
    words: str,
    location: tuple[float, float] | None,
) -> Message:
    """Where to meet, in own *words* or as a *location* (degrees north and east).

    Raises :class:`Refused`.
    """
    assignment, request, side = require_on(tx, person, assignment_id)
    if side is Side.VOLUNTEER and not words and is_called(tx, request):
        raise Refused(Code.NOT_POSSIBLE)  # nobody can say a map on the phone
    request = requests.hold(tx, request.id)
    _count(tx, assignment, side, Sign.POINT)
    name = people.by_id(tx, assignment.volunteer_id).first_name
    said = day_notices.point(request, assignment.id, side, words, location, name)
    _tell_other(tx, county, request, assignment, side, said, Sign.POINT)
    return day_notices.point_sent(request, county, side)


def _count(tx: Tx, assignment: Assignment, side: Side, sign: Sign) -> None:
    if signs.count(tx, assignment.id, side) >= MOST:
        raise Refused(Code.ENOUGH)
    signs.add(tx, assignment, side, sign)


def _tell_other(
    tx: Tx,
    county: County,
    request: HelpRequest,
    assignment: Assignment,
    side: Side,
    said: Message,
    sign: Sign,
) -> bool:
    """False: the other side has no chat, and nobody is called for this."""
    if side is Side.REQUESTER:
        volunteer = people.by_id(tx, assignment.volunteer_id)
        tell(tx, volunteer, said)
        return volunteer.chat_id is not None
    if is_called(tx, request) and sign not in _WORTH_A_CALL:
        return False
    tell_requester(tx, county, request, said)
    return True
