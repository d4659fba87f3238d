"""A request comes in: it goes to volunteers at once, or waits for one tap of the office."""

from dataclasses import replace

from bot.domain import dispatch as rules
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Move, State, Wanted, wanted_of
from bot.storage import blocks, due, history, offers, people, requests
from bot.storage.tx import Tx
from bot.usecases import listening, offer_notices, office_notices, undated
from bot.usecases.assigning import OFFERS_EXPIRE, REQUEST_STARTS
from bot.usecases.dispatch import ask_anew, require_own
from bot.usecases.offering import close_offers, hear_by
from bot.usecases.promising import promise
from bot.usecases.telling import alert_about, show_card

MAX_OPEN_REQUESTS = 10


def require_room(tx: Tx, person: Person | None) -> None:
    """Nobody has more open requests than people can look after, and who is blocked asks for
    nothing. Raises :class:`Refused`."""
    if person is None:
        return
    if blocks.is_blocked(tx, person.id):
        raise Refused(Code.BLOCKED)
    asked = [one for one in requests.of_person(tx, person.id) if not one.is_meeting]
    if len(asked) >= MAX_OPEN_REQUESTS:
        raise Refused(Code.TOO_MANY)


def file_request(
    tx: Tx,
    county: County,
    person: Person,
    wanted: Wanted,
    *,
    by: Person | None = None,
    referrer: Person | None = None,
) -> HelpRequest:
    """*person* asks for help, or a coordinator (*by*) or a *referrer* does it for them.

    The request comes back waiting for the office, open (volunteers are asked), or stuck if there is
    nobody to ask. The requester is not told: they are looking at the screen. Raises
    :class:`Refused`.
    """
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    require_room(tx, person)
    if referrer is not None:
        office_first = _must_be_looked_at(county, wanted)
    else:
        office_first = by is None and _needs_office(tx, county, person, wanted)
    state = State.WAITING if office_first else State.OPEN
    referrer_id = None if referrer is None else referrer.id
    request = requests.add(tx, person.id, wanted, state, referrer_id=referrer_id)
    history.add(tx, request.id, "filed", actor=(by or referrer or person).id)
    if request.starts_at is not None:
        due.put(tx, REQUEST_STARTS, request.id, request.starts_at)
    else:
        undated.plan(tx, request)
    if request.state is State.WAITING:
        _show_to_office(tx, county, request)
    else:
        request = ask_anew(tx, county, request)
    promise(tx, request, _hear_by(tx, county, request))
    return requests.by_id(tx, request.id)


def can_be_changed(request: HelpRequest) -> bool:
    """As long as no volunteer has said yes. Of help every week the two agree on the time."""
    waits = request.state in (State.WAITING, State.OPEN, State.STUCK)
    return waits and request.series_id is None


def change_request(
    tx: Tx, county: County, person: Person, request_id: int, wanted: Wanted
) -> HelpRequest:
    """The requester needs something else, or at another time: volunteers are asked anew.

    Offers of what it was are taken back; who had said no to it is not asked again. The same changes
    a second time change nothing. Raises :class:`Refused`.
    """
    request = require_own(tx, person, request_id)
    if not can_be_changed(request):
        raise Refused(Code.TOO_LATE)
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    request = requests.hold(tx, request_id)
    listening.close(tx, request)
    close_offers(tx, request, offer_notices.offer_closed(request))
    offers.forget_unanswered(tx, request.id)
    due.cancel(tx, request.id, [OFFERS_EXPIRE, REQUEST_STARTS])
    request = requests.change(tx, request.id, wanted)
    history.add(tx, request.id, "changed", actor=person.id)
    if request.starts_at is not None:
        due.put(tx, REQUEST_STARTS, request.id, request.starts_at)
    else:
        undated.plan(tx, request)
    _go_on_with(tx, county, request, look=_must_be_looked_at(county, wanted))
    request = requests.by_id(tx, request.id)
    promise(tx, request, _hear_by(tx, county, request))
    return requests.by_id(tx, request.id)


def understands(tx: Tx, county: County, person: Person, languages: tuple[str, ...]) -> None:
    """Somebody said which other languages they understand, right after their first request.

    Their requests know it from now on; where nobody was found, it is looked for once more.
    """
    people.set_also(tx, person.id, languages)
    for request in requests.of_person(tx, person.id):
        if not can_be_changed(request) or request.also == languages:
            continue
        changed = requests.change(tx, request.id, replace(wanted_of(request), also=languages))
        if changed.state is State.STUCK:
            _go_on_with(tx, county, changed, look=False)


def _go_on_with(tx: Tx, county: County, request: HelpRequest, *, look: bool) -> None:
    """A request that has changed: back to the office (*look*) or to volunteers."""
    if request.state is State.WAITING:
        _show_to_office(tx, county, request)
    elif look:
        _show_to_office(tx, county, requests.make(tx, request, Move.REVIEW))
    else:
        if request.state is State.STUCK:
            request = requests.make(tx, request, Move.ASK_AGAIN)
        ask_anew(tx, county, request)


def _must_be_looked_at(county: County, wanted: Wanted) -> bool:
    """A coordinator looks at it in any case, whoever asks."""
    told = wanted.details
    if wanted.topic or told.voice or told.photo or told.phone:
        return True
    return county.needs_office_first(
        wanted.category,
        first_request=False,
        for_child=wanted.for_child,
        minor_alone=wanted.minor,
    )


def _needs_office(tx: Tx, county: County, person: Person, wanted: Wanted) -> bool:
    """A professional may be needed, somebody has only spoken, or the county wants a look first."""
    is_first = county.first_request_by_office and not requests.any_of_person(tx, person.id)
    return is_first or _must_be_looked_at(county, wanted)


def needs_look_though_heard(tx: Tx, county: County, request: HelpRequest) -> bool:
    """Must a coordinator look at what was spoken, after a volunteer has listened to it?

    A kind of help with a topic gate always: nobody has asked the person about it.
    """
    is_first = county.first_request_by_office and not requests.has_asked_before(tx, request)
    heard = replace(request, details=replace(request.details, voice=""))
    gated = bool(county.categories[request.category].gate)
    return is_first or gated or _must_be_looked_at(county, heard)


def _show_to_office(tx: Tx, county: County, request: HelpRequest) -> None:
    show_card(tx, county, request)
    alert_about(tx, request, office_notices.decide_alert(request, county))


def _hear_by(tx: Tx, county: County, request: HelpRequest) -> int:
    if request.state is State.OPEN:
        return hear_by(tx, request)
    return rules.office_answers_by(tx.now, request.starts_at, county)
