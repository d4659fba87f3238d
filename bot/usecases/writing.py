"""The office writes to whoever asked for help, and hears what they answer."""

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.requests import UNDER_WAY, HelpRequest
from bot.messages import N_, Text, text
from bot.storage import assignments, chats, history, people, requests
from bot.storage.tx import Tx
from bot.usecases import decision_notices, desk_notices, office_notices
from bot.usecases.deciding import require_request
from bot.usecases.dispatch import require_own
from bot.usecases.office import require_coordinator
from bot.usecases.restoring import volunteer_of
from bot.usecases.telling import alert_office, tell, tell_requester

WROTE = "wrote"
ANSWERED = "answered"
SPOKE = "spoke"


def write_sentence(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, sentence: str
) -> HelpRequest:
    """A ready sentence, which the person reads in their own language. Raises :class:`Refused`."""
    if sentence not in decision_notices.SENTENCES:
        raise Refused(Code.GONE)
    said = decision_notices.sentence(sentence, county)
    return _write(tx, county, coordinator, request_id, said, note="")


def write_words(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, words: str
) -> HelpRequest:
    """A coordinator's own words, as they are. Raises :class:`Refused`."""
    said = text(N_("{words}"), words=words)
    return _write(tx, county, coordinator, request_id, said, note=words)


def tell_sentence(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, sentence: str
) -> HelpRequest:
    """A ready sentence to the volunteer, in their own language. Raises :class:`Refused`."""
    if sentence not in decision_notices.TO_VOLUNTEERS:
        raise Refused(Code.GONE)
    said = decision_notices.to_volunteer(sentence, county)
    return _tell(tx, coordinator, request_id, said, note="")


def tell_words(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, words: str
) -> HelpRequest:
    """A coordinator's own words to the volunteer, as they are. Raises :class:`Refused`."""
    return _tell(tx, coordinator, request_id, text(N_("{words}"), words=words), note=words)


def require_told(tx: Tx, coordinator: Person | None, request_id: int) -> HelpRequest:
    """A request whose volunteer can be written to. Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    volunteer_id = volunteer_of(tx, request)
    if volunteer_id is None:
        raise Refused(Code.GONE)
    chat_id = people.by_id(tx, volunteer_id).chat_id
    if chat_id is None or not chats.is_reachable(tx, chat_id):
        raise Refused(Code.NOT_REACHABLE)
    return request


def require_side(tx: Tx, person: Person | None, request_id: int) -> HelpRequest:
    """The person's own request, or one they help with. Raises :class:`Refused`."""
    request = requests.find(tx, request_id)
    if request is not None and person is not None and person.id in _helpers(tx, request):
        return request
    return require_own(tx, person, request_id)


def _helpers(tx: Tx, request: HelpRequest) -> tuple[int | None, ...]:
    """Who helps, and who did until now: they may still answer."""
    last = assignments.last_of_request(tx, request.id)
    return volunteer_of(tx, request), None if last is None else last.volunteer_id


def answer(
    tx: Tx, person: Person | None, request_id: int, *, words: str = "", voice: str = ""
) -> HelpRequest:
    """What the person or the volunteer says, in *words* or as a *voice* message by its file id: in
    private to the coordinator who wrote, or for the office to open. Raises :class:`Refused`."""
    request = require_side(tx, person, request_id)
    requests.hold(tx, request.id)
    actor = request.person_id if person is None else person.id
    helps = actor != request.person_id
    if voice:
        history.add(tx, request.id, SPOKE, actor=actor, note=voice)
    else:
        history.add(tx, request.id, ANSWERED, actor=actor, note=words)
    wrote = history.last(tx, request.id, Happened.WROTE_VOLUNTEER if helps else WROTE)
    writer = None if wrote is None or wrote.actor is None else people.find(tx, wrote.actor)
    if writer is not None and writer.has(Role.COORDINATOR) and writer.chat_id is not None:
        tell(tx, writer, desk_notices.answered(request, words, voice, volunteer=helps))
    else:
        alert_office(
            tx,
            office_notices.answer_arrived(request),
            f"answer:{request.id}",
            thread=request.number,
        )
    return request


def _tell(
    tx: Tx, coordinator: Person | None, request_id: int, said: Text, *, note: str
) -> HelpRequest:
    request = require_told(tx, coordinator, request_id)
    request = requests.hold(tx, request.id)
    volunteer_id = volunteer_of(tx, request)
    if volunteer_id is None:
        raise Refused(Code.GONE)
    writer = require_coordinator(coordinator)
    history.add(tx, request.id, Happened.WROTE_VOLUNTEER, actor=writer.id, note=note)
    volunteer = people.by_id(tx, volunteer_id)
    tell(tx, volunteer, decision_notices.office_writes(request, said))
    return request


def _write(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    request_id: int,
    said: Text,
    *,
    note: str,
) -> HelpRequest:
    request = require_request(tx, coordinator, request_id)
    if request.state not in UNDER_WAY:
        raise Refused(Code.GONE)
    requests.hold(tx, request.id)
    history.add(tx, request.id, WROTE, actor=require_coordinator(coordinator).id, note=note)
    tell_requester(tx, county, request, decision_notices.office_writes(request, said))
    return request
