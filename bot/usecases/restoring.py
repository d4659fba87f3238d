"""A coordinator takes up again what had ended, or frees a volunteer from a task."""

from bot.domain import dispatch as rules
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Move, State, after
from bot.messages import B_, N_, Button, Message, Moment, message, text
from bot.storage import assignments, due, history, offers, people, proposals, requests
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import agreeing, agreeing_notices, dispatch, office_notices, undated
from bot.usecases.assigning import REQUEST_STARTS
from bot.usecases.deciding import require_request
from bot.usecases.desk_menus import back_button
from bot.usecases.notices import CALL_ME
from bot.usecases.office import require_coordinator
from bot.usecases.promising import promise
from bot.usecases.telling import alert_about, show_card, tell_requester

# --- what had ended -------------------------------------------------------------------------------


def reopen(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> HelpRequest:
    """What was cancelled, closed or referred waits for the office again; the person hears it.

    A time that has passed meanwhile is none any more. Help every week is asked for anew instead.
    Raises :class:`Refused`.
    """
    request = require_request(tx, coordinator, request_id)
    coordinator = require_coordinator(coordinator)
    after(request.state, Move.REOPEN)
    if request.series_id is not None or store.find(tx, request.id) is not None:
        raise Refused(Code.NOT_POSSIBLE)
    request = requests.make(tx, request, Move.REOPEN)
    offers.forget_unanswered(tx, request.id)
    if request.begins_by(tx.now):
        request = requests.set_time(tx, request.id, None)
    if request.starts_at is not None:
        due.put(tx, REQUEST_STARTS, request.id, request.starts_at)
    else:
        undated.plan(tx, request)
    history.add(tx, request.id, Happened.REOPENED, actor=coordinator.id)
    hear_by = rules.office_answers_by(tx.now, request.starts_at, county)
    promise(tx, request, hear_by)
    tell_requester(tx, county, request, taken_up_again(request, hear_by))
    show_card(tx, county, request)
    alert_about(tx, request, office_notices.decide_alert(request, county, reopened=True))
    return requests.by_id(tx, request.id)


def taken_up_again(request: HelpRequest, hear_by: int) -> Message:
    """To the requester. *hear_by*: UTC epoch seconds."""
    return message(
        text(N_("🔄 {number}: the office looks at your request again."), number=request.number),
        text(N_("You will hear from us by {time}."), time=Moment(hear_by)),
        buttons=[[CALL_ME]],
    )


# --- a volunteer is freed -------------------------------------------------------------------------


def ask_first(tx: Tx, coordinator: Person | None, request_id: int) -> tuple[HelpRequest, Message]:
    """Shall this volunteer be freed? Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    volunteer_id = volunteer_of(tx, request)
    if volunteer_id is None:
        raise Refused(Code.GONE)
    name = people.by_id(tx, volunteer_id).name or "?"
    return request, message(
        text(N_("Free {name} from {number}?"), name=name, number=request.number),
        text(N_("Both hear it kindly, without a reason. Others are asked at once.")),
        buttons=[
            [Button(text(B_("↩️ Yes, free them")), f"request:freed:{volunteer_id}:{request.id}")],
            [back_button(request)],
        ],
    )


def free(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, volunteer_id: int
) -> HelpRequest:
    """This volunteer has the task no longer; both hear it, others are asked. Raises
    :class:`Refused`, also if it is somebody else's by now."""
    require_request(tx, coordinator, request_id)
    request = requests.hold(tx, request_id)
    if volunteer_of(tx, request) != volunteer_id:
        raise Refused(Code.GONE)
    held = assignments.active_of_request(tx, request.id)
    if held is not None:
        say = agreeing_notices.taken_over
        return dispatch.take_back(tx, county, held.id, by=coordinator, say=say)
    return agreeing.take_back(tx, county, request.id, by=coordinator)


def volunteer_of(tx: Tx, request: HelpRequest) -> int | None:
    """Who has said yes to what is still ahead."""
    held = assignments.active_of_request(tx, request.id)
    if held is not None:
        return held.volunteer_id
    return proposals.volunteer_of(tx, request.id) if request.state is State.AGREEING else None
