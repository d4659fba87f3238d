"""What a person was promised to hear, and until when; the clock sees that it is kept."""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.dispatch import office_answers_by
from bot.domain.matching import Why
from bot.domain.requests import HelpRequest, State
from bot.storage import due, requests
from bot.storage.tx import Tx
from bot.usecases import decision_notices, office_notices
from bot.usecases.telling import alert_about, tell_requester

HEAR_BY = "hear_by"

#: Where the office is to act. While volunteers are asked, the end of their time is the clock.
_ON_THE_OFFICE = (State.WAITING, State.STUCK)


def promise(tx: Tx, request: HelpRequest, hear_by: int) -> None:
    """The person was told that they hear more by then (UTC epoch seconds)."""
    requests.promise(tx, request.id, hear_by)
    if request.state in _ON_THE_OFFICE:
        due.put(tx, HEAR_BY, request.id, hear_by)
    else:
        due.cancel(tx, request.id, [HEAR_BY])


def nobody_left(
    tx: Tx, county: County, request: HelpRequest, excluded: Mapping[Why, int]
) -> HelpRequest:
    """A request is stuck: the office hears it, with how many each rule leaves out, and by when the
    person is to hear from them."""
    alert_about(tx, request, office_notices.stuck_alert(request, county, excluded))
    promise(tx, request, office_answers_by(tx.now, request.starts_at, county))
    return requests.by_id(tx, request.id)


def keep(tx: Tx, county: County, request_id: int) -> None:
    """The clock: if nothing has happened by now, the person hears at least that, and the office is
    reminded."""
    request = requests.hold(tx, request_id)
    if request.state not in _ON_THE_OFFICE or request.hear_by is None or request.hear_by > tx.now:
        return
    if request.begins_by(tx.now):
        return
    again = office_answers_by(tx.now, request.starts_at, county)
    still_ahead = again > tx.now
    if still_ahead:
        promise(tx, request, again)
    said = decision_notices.no_answer_yet(request, county, again if still_ahead else None)
    tell_requester(tx, county, request, said)
    alert_about(tx, request, office_notices.broken_promise(request, county))
