"""A rule is relaxed openly: the person is asked first, and only a yes changes the request."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, How, Move, State
from bot.storage import due, history, offers, requests
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import decision_notices, office_notices
from bot.usecases.assigning import REQUEST_STARTS
from bot.usecases.deciding import require_request
from bot.usecases.dispatch import ask_anew, require_own
from bot.usecases.offering import hear_by
from bot.usecases.office import require_coordinator
from bot.usecases.promising import promise
from bot.usecases.telling import alert_about, tell_requester

#: While nobody has taken it, a rule can be relaxed.
_WHILE = (State.OPEN, State.STUCK)


def rules_of(request: HelpRequest) -> list[str]:
    """What can be relaxed about a request: keys of ``decision_notices.RULES``.

    Another town only helps where no time is fixed, as then no door in one town is waiting.
    """
    can: Mapping[str, bool] = {
        "gender": request.gender is not None,
        "phone": request.how is How.ALONG,
        "day": request.starts_at is not None,
        "farther": request.starts_at is None and bool(request.place),
    }
    return [rule for rule, possible in can.items() if possible]


def ask(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, rule: str
) -> HelpRequest:
    """The person is asked whether that would be all right. Raises :class:`Refused`."""
    request = require_request(tx, coordinator, request_id)
    _require_possible(request, rule)
    requests.hold(tx, request.id)
    history.add(tx, request.id, f"may_{rule}", actor=require_coordinator(coordinator).id)
    question = decision_notices.may_we(request, rule)
    tell_requester(
        tx, county, request, question, card=_card(request), mode=Mode.FRESH, errand=f"relax_{rule}"
    )
    return request


def agree(
    tx: Tx,
    county: County,
    person: Person | None,
    request_id: int,
    rule: str,
    *,
    by: Person | None = None,
) -> HelpRequest:
    """Yes: from now on it is asked for so, and volunteers are asked again.

    *person* is whoever asked for help, *by* the coordinator who heard the yes on the phone. Raises
    :class:`Refused`.
    """
    request = require_own(tx, person, request_id)
    _require_possible(request, rule)
    relaxed = requests.change(tx, request.id, _relaxed(request, rule))
    history.add(tx, request.id, f"yes_{rule}", actor=request.person_id if by is None else by.id)
    if rule == "day":
        due.cancel(tx, request.id, [REQUEST_STARTS])
    if relaxed.state is State.STUCK:
        relaxed = requests.make(tx, relaxed, Move.ASK_AGAIN)
        offers.forget_unanswered(tx, relaxed.id)
    relaxed = ask_anew(tx, county, relaxed)
    if relaxed.state is State.OPEN:
        promise(tx, relaxed, hear_by(tx, relaxed))
    return _answered(tx, county, relaxed)


def refuse(
    tx: Tx,
    county: County,
    person: Person | None,
    request_id: int,
    rule: str,
    *,
    by: Person | None = None,
) -> HelpRequest:
    """No: it stays as it is, and the office looks for another way. Raises :class:`Refused`."""
    request = require_own(tx, person, request_id)
    _require_possible(request, rule)
    requests.hold(tx, request.id)
    history.add(tx, request.id, f"no_{rule}", actor=request.person_id if by is None else by.id)
    alert_about(tx, request, office_notices.said_no(request))
    return _answered(tx, county, request)


def _answered(tx: Tx, county: County, request: HelpRequest) -> HelpRequest:
    """How it goes on stands in the place of the question; on the phone the coordinator says it."""
    request = requests.by_id(tx, request.id)
    if request.state is State.OPEN:
        said = decision_notices.asking_now(request, hear_by(tx, request))
    else:
        said = decision_notices.office_goes_on(request, county)
    tell_requester(tx, county, request, said, card=_card(request))
    return request


def _require_possible(request: HelpRequest, rule: str) -> None:
    if request.state not in _WHILE or rule not in rules_of(request):
        raise Refused(Code.GONE)


def _relaxed(request: HelpRequest, rule: str) -> HelpRequest:
    match rule:
        case "gender":
            return replace(request, gender=None)
        case "phone":
            return replace(request, how=How.EITHER)
        case "day":
            return replace(request, starts_at=None)
        case _:
            return replace(request, place="")


def _card(request: HelpRequest) -> str:
    return f"relax:{request.id}"
