"""A coordinator hands a request, a call or a case over to a colleague, in private."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, number_of
from bot.domain.rights import Right, may
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.storage import calls, cases, chats, errands, history, people, requests
from bot.storage.tx import Tx
from bot.usecases import errands as call_list
from bot.usecases import office, protecting
from bot.usecases.deciding import find_request
from bot.usecases.desk_menus import back_button
from bot.usecases.office import require_private
from bot.usecases.office_notices import look_button
from bot.usecases.telling import on_call_card, tell

_Kind: TypeAlias = str
#: What is handed over: a request, a call that somebody asked for, one of the call list, a case.
KINDS = ("request", "call", "errand", "case")
#: The button that opens each of them.
_OPENED_BY = {"request": "look", "call": "take", "errand": "take", "case": "open"}


def ask_whom(tx: Tx, coordinator: Person | None, kind: _Kind, thing_id: int) -> Message:
    """The colleagues to choose from. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    what = _require_mine(tx, coordinator, kind, thing_id)
    found = _colleagues(tx, coordinator, kind, thing_id)
    return message(
        text(N_("🤝 {what}: to whom?"), what=what)
        if found
        else text(N_("🤝 {what}: there is no colleague who can be reached."), what=what),
        buttons=[
            *[
                [
                    Button(
                        text(N_("{name}"), name=one.name or "?"),
                        f"{kind}:passto:{one.id}:{thing_id}",
                    )
                ]
                for one in found
            ],
            [Button(text(B_("⬅️ Back")), f"{kind}:{_OPENED_BY[kind]}:{thing_id}")],
        ],
    )


def hand_over(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    kind: _Kind,
    colleague_id: int,
    thing_id: int,
) -> Message:
    """The colleague gets it in private with all that is needed; both hear it. Raises
    :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    what = _require_mine(tx, coordinator, kind, thing_id)
    whom = {one.id: one for one in _colleagues(tx, coordinator, kind, thing_id)}
    if colleague_id not in whom:
        raise Refused(Code.NOT_POSSIBLE)
    colleague = whom[colleague_id]
    _GIVE[kind](tx, county, coordinator, colleague, thing_id)
    return message(
        text(N_("🤝 {what}: {name} has it now."), what=what, name=colleague.name or "?"),
        buttons=[[back_button(find_request(tx, thing_id))]] if kind == "request" else [],
    )


def card_of(kind: _Kind, thing_id: int) -> str:
    """Where the coordinator who has it sees it in private."""
    return {
        "request": f"look:{thing_id}",
        "call": f"number:{thing_id}",
        "errand": on_call_card(thing_id),
        "case": f"own_case:{thing_id}",
    }[kind]


# --- whose it is ----------------------------------------------------------------------------------


def _require_mine(tx: Tx, coordinator: Person, kind: _Kind, thing_id: int) -> Text:
    """What it is called; a request belongs to nobody, all else to who took it. Raises
    :class:`Refused`."""
    match kind:
        case "request":
            return text(N_("{number}"), number=find_request(tx, thing_id).number)
        case "call":
            call = calls.find(tx, thing_id)
            owner = None if call is None or call.state == "done" else call.claimed_by
            what = text(N_("📞 A call"))
        case "errand":
            errand = errands.find(tx, thing_id)
            owner = None if errand is None or errand.state == "done" else errand.claimed_by
            about = None if errand is None else errand.request_id
            what = (
                text(N_("📞 A call"))
                if about is None
                else text(N_("📞 A call about {number}"), number=number_of(about))
            )
        case _:
            case = protecting.require_owner(tx, coordinator, thing_id)
            return text(N_("⚠️ Case for {number}"), number=number_of(case.request_id))
    if owner != coordinator.id:
        raise Refused(Code.GONE)
    return what


def _colleagues(tx: Tx, coordinator: Person, kind: _Kind, thing_id: int) -> list[Person]:
    """Whom it can be given to: nobody gets a case of their own."""
    case = cases.find(tx, thing_id) if kind == "case" else None
    concerned = () if case is None else (case.requester_id, case.volunteer_id)
    return [
        one
        for one in people.coordinators(tx)
        if one.id not in (coordinator.id, *concerned)
        and may(one, Right.ACT)
        and one.chat_id is not None
        and chats.is_reachable(tx, one.chat_id)
    ]


# --- giving it ------------------------------------------------------------------------------------


def _request(tx: Tx, county: County, giver: Person, colleague: Person, request_id: int) -> None:
    request = requests.hold(tx, request_id)
    note = colleague.name
    history.add(tx, request.id, Happened.PASSED_ON, actor=giver.id, note=note)
    tell(tx, colleague, _please(giver, request))


def _call(tx: Tx, county: County, giver: Person, colleague: Person, call_id: int) -> None:
    tell(tx, colleague, _comes_from(giver))
    office.take_call_over(tx, colleague, call_id)


def _errand(tx: Tx, county: County, giver: Person, colleague: Person, errand_id: int) -> None:
    tell(tx, colleague, _comes_from(giver))
    call_list.take_over(tx, county, colleague, errand_id)


def _case(tx: Tx, county: County, giver: Person, colleague: Person, case_id: int) -> None:
    tell(tx, colleague, _comes_from(giver))
    protecting.take(tx, colleague, case_id)


_GIVE: Mapping[_Kind, Callable[[Tx, County, Person, Person, int], None]] = {
    "request": _request,
    "call": _call,
    "errand": _errand,
    "case": _case,
}


def _please(giver: Person, request: HelpRequest) -> Message:
    return message(
        text(
            N_("🤝 {name} hands {number} over to you."),
            name=giver.name or "?",
            number=request.number,
        ),
        buttons=[[look_button(request)]],
    )


def _comes_from(giver: Person) -> Message:
    """Above what is handed over."""
    return message(text(N_("🤝 {name} hands this over to you:"), name=giver.name or "?"))
