"""Who hears what, and with which urgency."""

from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import HOUR
from bot.domain.county import County
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.messages import N_, Message, text
from bot.storage import chats, due, errands, outbox, people, requests, threads
from bot.storage import series as store
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import call_notices, late_notices, notices, office_notices, series_views

#: Above what somebody else reads for this person.
_FOR = N_("👤 For {name}:")
#: The due row of a call about a request that waits to be taken, or to be made.
ERRAND_WAITS = "errand_waits"
#: One that nobody has taken is brought up again after so many office hours.
ERRAND_TAKEN_WITHIN = 2
#: Nobody has taken what lost its volunteer shortly before the start.
LATE_WAITS = "late_waits"


def tell(
    tx: Tx, person: Person, said: Message, *, card: str | None = None, mode: Mode = Mode.SHOW
) -> None:
    """Say something to a person. Who has no Telegram hears nothing: the office looks after them."""
    if person.chat_id is not None:
        outbox.append(tx, Draft(person.chat_id, addressed(person, said), Lane.LIVE, card, mode))


def addressed(person: Person, said: Message) -> Message:
    """Who reads it in somebody's place sees whom it is about."""
    if person.via is None or not said.lines:
        return said
    return replace(said, lines=(text(_FOR, name=person.name), *said.lines))


def retell(tx: Tx, person: Person, said: Message, card: str) -> None:
    """Put *said* in the place of a card the person has seen; who never saw it is left in peace."""
    if person.chat_id is not None:
        shown = addressed(person, said)
        outbox.append(tx, Draft(person.chat_id, shown, Lane.LIVE, card, Mode.EDIT))


def tell_requester(
    tx: Tx,
    county: County,
    request: HelpRequest,
    said: Message,
    *,
    card: str | None = None,
    mode: Mode = Mode.SHOW,
    errand: str = "tell",
    subject: int = 0,
) -> None:
    """Say something to whoever asked: in their chat, or, if they have none or want to be called, by
    a coordinator on the phone.

    *errand* is the kind of call and *subject* what it is about (`errands`). What only takes the
    place of an earlier message (``Mode.EDIT``) is not worth a call.
    """
    requester = people.by_id(tx, request.person_id)
    if requester.chat_id is not None and not request.details.phone:
        tell(tx, requester, said, card=card, mode=mode)
    elif mode is not Mode.EDIT:
        _put_on_the_call_list(tx, request, request.person_id, said, errand, subject)


def tell_volunteer(
    tx: Tx,
    request: HelpRequest,
    volunteer: Person,
    said: Message,
    *,
    card: str | None = None,
    mode: Mode = Mode.SHOW,
    errand: str = "tell",
    subject: int = 0,
) -> None:
    """Say something about *request* to who helps, or could: in their chat or, if they have none, by
    a coordinator on the phone, as :func:`tell_requester`."""
    if volunteer.chat_id is not None:
        tell(tx, volunteer, said, card=card, mode=mode)
    elif mode is not Mode.EDIT:
        _put_on_the_call_list(tx, request, volunteer.id, said, errand, subject)


def _put_on_the_call_list(
    tx: Tx, request: HelpRequest, person_id: int, said: Message, kind: str, subject: int
) -> None:
    """Nobody is called twice: what has not been said yet is replaced by what is newer."""
    waiting = errands.untaken_about(tx, request.id, kind, person_id)
    if waiting is not None:
        errands.change(tx, waiting.id, subject=subject, message=said)
        return
    added = errands.add(
        tx,
        kind=kind,
        subject=subject,
        request_id=request.id,
        person_id=person_id,
        message=said,
    )
    due.put(tx, ERRAND_WAITS, added.id, tx.now + ERRAND_TAKEN_WITHIN * HOUR)
    alert = call_notices.errand_wanted(added, request)
    alert_office(tx, alert, errand_card(added.id), thread=request.number)


def drop_errands(tx: Tx, request: HelpRequest) -> None:
    """The request has moved on: what waited to be said about it has lost its point."""
    for errand in errands.unfinished(tx):
        if errand.request_id == request.id:
            called = errand.kind != late_notices.LATE_ERRAND  # that one is a search, no call
            over = call_notices.errand_over(request) if called else notices.now_stands(request)
            due.cancel(tx, errand.id, [ERRAND_WAITS, LATE_WAITS])
            calm_office(tx, over, errand_card(errand.id), thread=request.number)
            if errand.claimed_by is not None:
                coordinator = people.by_id(tx, errand.claimed_by)
                retell(tx, coordinator, over, on_call_card(errand.id))
    errands.drop_of_request(tx, request.id)


def show_card(tx: Tx, county: County, request: HelpRequest) -> None:
    """The request's one card in the coordinators' group, as it stands now.

    A call for help about it that no longer holds is taken back: its buttons would promise too much.
    Help every week has one card, whatever meetings there are.
    """
    group = chats.office_group(tx)
    if request.series_id is not None:
        show_series(tx, county, request.series_id)
    elif group is not None:
        card = office_notices.request_card(request, county, tx.now)
        outbox.append(
            tx,
            Draft(group, card, Lane.LIVE, f"request:{request.id}", thread=request.number),
        )
    over = notices.now_stands(request)
    if request.state not in (State.STUCK, State.WAITING):
        calm_office(tx, over, alert_card(request), thread=request.number)
    calm_office(tx, over, unreachable_card(request), thread=request.number)


def show_series(tx: Tx, county: County, series_id: int) -> None:
    """The one card of help every week, in place of the request it began with."""
    group, series = chats.office_group(tx), store.find(tx, series_id)
    if group is None or series is None:
        return
    origin = requests.by_id(tx, series_id)
    today = datetime.fromtimestamp(tx.now, county.zone).date()
    told = series_views.stands(series, county, today, None)
    card = series_views.card(series, origin, county, told)
    outbox.append(tx, Draft(group, card, Lane.LIVE, f"request:{series_id}", thread=series.number))


def alert_office(
    tx: Tx, said: Message, card: str, *, thread: str | None = None, old: Message | None = None
) -> None:
    """A new message to the coordinators: something needs a human.

    It goes to their group, there to the topic *thread* (a request's number). As long as there is no
    group, each of them hears it in private, so that nothing waits unseen. *old* takes the place of
    an earlier alert on the same *card*, whose buttons nobody would take back otherwise.
    """
    for chat_id in _office(tx):
        seen = outbox.shown(tx, chat_id, card)
        if old is not None and seen is not None:
            earlier = f"{card}:{seen}"
            outbox.rename_card(tx, chat_id, card, earlier)
            outbox.append(tx, Draft(chat_id, old, Lane.LIVE, earlier, Mode.EDIT, thread=thread))
        outbox.append(tx, Draft(chat_id, said, Lane.LIVE, card, Mode.FRESH, thread=thread))


def note_office(tx: Tx, request: HelpRequest, said: Message) -> None:
    """Something worth knowing about a request, in its topic; nobody has to do anything.

    A group without topics would only be disturbed: there the card and the history say it.
    """
    group = chats.office_group(tx)
    if group is not None and threads.place_of(tx, group, request.number).has_topics:
        outbox.append(tx, Draft(group, said, Lane.LIVE, thread=request.number))


def alert_about(tx: Tx, request: HelpRequest, said: Message) -> None:
    """Something about a request needs a human; :func:`show_card` takes it back later."""
    old = notices.now_stands(request)
    alert_office(tx, said, alert_card(request), thread=request.number, old=old)


def calm_office(tx: Tx, said: Message, card: str, *, thread: str | None = None) -> None:
    """Put *said* in the place of an earlier alert, wherever it was seen."""
    for chat_id in _office(tx):
        outbox.append(tx, Draft(chat_id, said, Lane.LIVE, card, Mode.EDIT, thread=thread))


def alert_card(request: HelpRequest) -> str:
    return f"alert:{request.id}"


def errand_card(errand_id: int) -> str:
    return f"errand:{errand_id}"


def on_call_card(errand_id: int) -> str:
    """What the coordinator who took an errand sees in private."""
    return f"on_call:{errand_id}"


def unreachable_card(request: HelpRequest) -> str:
    return f"unreachable:{request.id}"


def _office(tx: Tx) -> list[int]:
    group = chats.office_group(tx)
    if group is not None:
        return [group]
    return [one.chat_id for one in people.coordinators(tx) if one.chat_id is not None]
