"""A volunteer drops out shortly before the start: one coordinator looks after it, or all hear."""

from bot.domain import office_hours
from bot.domain.appointments import HOUR
from bot.domain.county import County
from bot.domain.dispatch import WhyBack
from bot.domain.requests import HelpRequest, State
from bot.storage import due, errands, people, requests
from bot.storage.tx import Tx
from bot.usecases import late_notices
from bot.usecases.assigning import to_the_bottom
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.notices import now_stands
from bot.usecases.settling import end_errands
from bot.usecases.telling import LATE_WAITS, alert_office, errand_card, on_call_card

#: What nobody takes is brought up again after so long; what was taken and has still nobody, later.
_TAKEN_WITHIN = HOUR // 2
FOUND_WITHIN = 2 * HOUR


def call_coordinators(tx: Tx, county: County, request: HelpRequest, why: WhyBack | None) -> None:
    """*request* has just lost its volunteer, and it starts soon."""
    end_errands(tx, request, LATE_ERRAND)
    errand = errands.add(
        tx,
        kind=LATE_ERRAND,
        subject=request.id,
        request_id=request.id,
        person_id=request.person_id,
        message=late_notices.told(request, county, why),
    )
    nobody = request.state is State.STUCK
    alert = late_notices.wanted(errand.id, request, county, why, nobody=nobody)
    alert_office(tx, alert, errand_card(errand.id), thread=request.number)
    _plan(tx, county, request, errand.id, _TAKEN_WITHIN)


def remind(tx: Tx, county: County, errand_id: int) -> None:
    """The clock: nobody has taken it, or whoever has found nobody so far."""
    errand = errands.find(tx, errand_id)
    if errand is None or errand.state == "done" or errand.request_id is None:
        return
    request = requests.hold(tx, errand.request_id)
    if request.state not in (State.OPEN, State.STUCK) or request.begins_by(tx.now):
        end_errands(tx, request, LATE_ERRAND)
        return
    card, old = errand_card(errand.id), now_stands(request)
    if errand.claimed_by is None:
        said = late_notices.still_waits(errand.id, request, county)
    else:
        said = late_notices.still_nobody(errand.id, request, county)
        owner = people.by_id(tx, errand.claimed_by)
        private = late_notices.details(
            errand,
            request,
            name=people.by_id(tx, errand.person_id).name or request.details.name,
            phone=request.details.phone or people.phone_of(tx, errand.person_id),
            language=people.language_of(tx, errand.person_id) or request.language,
        )
        to_the_bottom(tx, owner, on_call_card(errand.id), old, private)
    alert_office(tx, said, card, thread=request.number, old=old)
    within = _TAKEN_WITHIN if errand.claimed_by is None else FOUND_WITHIN
    _plan(tx, county, request, errand.id, within)


def _plan(tx: Tx, county: County, request: HelpRequest, errand_id: int, within: int) -> None:
    """In office hours, as long as anything can still be done."""
    at = office_hours.opens(tx.now + within, county)
    if not request.begins_by(at):
        due.put(tx, LATE_WAITS, errand_id, at)
