"""While a time is looked for nobody waits for ever: one reminder each, then somebody else acts."""

from bot.domain.appointments import choose_by, next_evening
from bot.domain.county import County
from bot.domain.history import Happened
from bot.domain.requests import State
from bot.storage import due, history, proposals, requests
from bot.storage.tx import Tx
from bot.usecases import agreeing, agreeing_notices
from bot.usecases.assigning import CHOOSE_OVER, PROPOSE_OVER, is_called
from bot.usecases.telling import alert_about, tell_volunteer


def remind_to_propose(tx: Tx, county: County, request_id: int) -> None:
    """The evening after the yes: nothing was offered so far."""
    request = requests.hold(tx, request_id)
    if request.state is State.AGREEING and not proposals.open_for(tx, request_id):
        agreeing.ask_volunteer(tx, request, agreeing_notices.please_offer(request))
        due.put(tx, PROPOSE_OVER, request_id, next_evening(tx.now, county.zone))


def give_up_proposing(tx: Tx, county: County, request_id: int) -> None:
    """One evening later: others are asked."""
    request = requests.hold(tx, request_id)
    if request.state is State.AGREEING and not proposals.open_for(tx, request_id):
        request, volunteer = agreeing.take_off(tx, county, request)
        history.add(tx, request_id, Happened.TAKEN_BACK)
        tell_volunteer(tx, request, volunteer, agreeing_notices.time_is_over(request))


def remind_to_choose(tx: Tx, county: County, request_id: int) -> None:
    """The requester has not chosen. Who is called by phone is on the call list already."""
    request = requests.hold(tx, request_id)
    offered = agreeing.ahead_of(tx, request)
    if request.state is not State.AGREEING or not proposals.open_for(tx, request_id):
        return
    last = offered[-1].starts_at if offered else tx.now
    due.put(tx, CHOOSE_OVER, request_id, choose_by(tx.now, last, county.zone))
    if offered and not is_called(tx, request):
        agreeing.let_choose(tx, county, request, offered, agreeing_notices.still_to_choose())


def give_up_choosing(tx: Tx, county: County, request_id: int) -> None:
    """Still nothing chosen: the office helps."""
    request = requests.hold(tx, request_id)
    if request.state is State.AGREEING and proposals.open_for(tx, request_id):
        alert_about(tx, request, agreeing_notices.nothing_chosen(request, county))
