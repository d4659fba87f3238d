"""A request without a date never ends by itself: the office is asked whether it is still needed."""

from bot.domain.appointments import DAY
from bot.domain.county import County
from bot.domain.requests import HelpRequest, State
from bot.storage import due, requests
from bot.storage.tx import Tx
from bot.usecases import office_notices
from bot.usecases.telling import alert_office

#: The due row about a request without a date, from when it has none.
UNDATED = "undated"
_EVERY = 14 * DAY
_LOOKED_FOR = (State.WAITING, State.OPEN, State.STUCK, State.AGREEING)


def plan(tx: Tx, request: HelpRequest) -> None:
    due.put(tx, UNDATED, request.id, tx.now + _EVERY)


def remind(tx: Tx, county: County, request_id: int) -> None:
    """The clock: every two weeks, as long as there is no date and nobody agrees on one."""
    request = requests.find(tx, request_id)
    if request is None or request.starts_at is not None or request.state not in _LOOKED_FOR:
        return
    plan(tx, request)
    if request.state is not State.AGREEING:
        said = office_notices.undated(request, county)
        alert_office(tx, said, _card(request), thread=request.number)


def _card(request: HelpRequest) -> str:
    return f"undated:{request.id}"
