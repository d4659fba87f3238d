"""What people say about an appointment in their own words: coordinators open it in private."""

from bot.domain.appointments import DAY, Assignment, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, number_of
from bot.storage import assignments, feedback, history, requests
from bot.storage.tx import Tx
from bot.usecases import closing, closing_notices
from bot.usecases.office import require_private
from bot.usecases.telling import alert_office, calm_office, tell

#: So long it is kept (days).
KEEP_DAYS = 30


def require_own(
    tx: Tx, person: Person | None, assignment_id: int
) -> tuple[Assignment, HelpRequest]:
    """An appointment that is over, of one of the two. Raises :class:`Refused`."""
    assignment = assignments.find(tx, assignment_id)
    if assignment is None or not assignment.done:
        raise Refused(Code.GONE)
    request = requests.by_id(tx, assignment.request_id)
    closing.side_of(person, request, assignment)
    return assignment, request


def add(
    tx: Tx,
    county: County,
    person: Person | None,
    assignment_id: int,
    *,
    words: str = "",
    voice: str = "",
) -> HelpRequest:
    """Their *words*, or a *voice* message by its file id. Raises :class:`Refused`."""
    assignment, request = require_own(tx, person, assignment_id)
    side = closing.side_of(person, request, assignment)
    requests.hold(tx, request.id)
    feedback_id = feedback.add(
        tx,
        request_id=request.id,
        assignment_id=assignment.id,
        side=side,
        words=words,
        voice=voice,
        delete_at=tx.now + KEEP_DAYS * DAY,
    )
    history.add(tx, request.id, Happened.SAID_MORE)
    alert = closing_notices.feedback_arrived(request, feedback_id)
    alert_office(tx, alert, f"said:{feedback_id}", thread=request.number)
    return request


def read(tx: Tx, coordinator: Person | None, feedback_id: int) -> None:
    """To one coordinator, in private. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    said = feedback.find(tx, feedback_id)
    if said is None:
        raise Refused(Code.GONE)
    number = number_of(said.request_id)
    by_volunteer = said.side is Side.VOLUNTEER
    shown = closing_notices.what_was_said(
        number, by_volunteer=by_volunteer, words=said.words, voice=said.voice
    )
    tell(tx, coordinator, shown, card=f"read:{feedback_id}")
    calm_office(tx, closing_notices.feedback_over(number), f"said:{feedback_id}", thread=number)
