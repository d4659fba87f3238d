"""A request without a date never ends by itself: the office is asked whether it is still needed."""

from bot.domain.appointments import DAY
from bot.domain.county import County
from bot.domain.requests import UNDER_WAY, HelpRequest, State
from bot.storage import due, requests
from bot.storage.tx import Tx
from bot.usecases import office_notices
from bot.usecases.telling import alert_office

#: The due row about a request that was filed without a date.
UNDATED = "undated"
_EVERY = 14 * DAY


def plan(tx: Tx, request: HelpRequest) -> None:
    due.put(tx, UNDATED, request.id, tx.now + _EVERY)


def remind(tx: Tx, county: County, request_id: int) -> None:
    """The clock: every two weeks, as long as nobody helps and there is no date.

    A date that was agreed on can be lost again, so this goes on until the request has ended.
    """
    request = requests.find(tx, request_id)
    if request is None or request.state not in UNDER_WAY:
        return
    plan(tx, request)
    looked_for = request.state in (State.WAITING, State.OPEN, State.STUCK)
    if looked_for and request.starts_at is None:
        said = office_notices.undated(request, county)
        alert_office(tx, said, _card(request), thread=request.number)


def _card(request: HelpRequest) -> str:
    return f"undated:{request.id}"
