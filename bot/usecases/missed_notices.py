"""Somebody did not come: asked about kindly, and never a reason to block anybody."""

from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, P_, Button, Message, Term, count, message, text
from bot.usecases.notices import category, when
from bot.usecases.office_notices import look_button


def we_missed_you(request: HelpRequest, assignment_id: int) -> Message:
    """To the requester, as the volunteer says that nobody came."""
    return message(
        text(N_("{number}: we missed you."), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("That can happen. Shall we find a new date?")),
        buttons=[
            [Button(text(B_("🗓 Yes, a new date")), f"missed:again:{assignment_id}")],
            [Button(text(B_("No, thank you")), f"missed:no:{assignment_id}")],
            [Button(text(B_("I was there")), f"missed:there:{assignment_id}")],
        ],
    )


def nobody_came(request: HelpRequest, assignment_id: int) -> Message:
    """To the requester who waited in vain."""
    return message(
        text(N_("{number}: we are very sorry that nobody came."), number=request.number),
        text(N_("The office has heard it. Shall we find a new date?")),
        buttons=[
            [Button(text(B_("🗓 Yes, a new date")), f"missed:again:{assignment_id}")],
            [Button(text(B_("No, thank you")), f"missed:no:{assignment_id}")],
        ],
    )


def thanks_for_telling(request: HelpRequest) -> Message:
    """Takes the place of both questions."""
    return message(text(N_("{number}: thank you for telling us."), number=request.number))


def was_there(request: HelpRequest) -> Message:
    return message(
        text(
            N_("{number}: thank you for telling us. The office will look at it."),
            number=request.number,
        )
    )


# --- to the office --------------------------------------------------------------------------------


def volunteer_missing(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("🔴 <b>{number}</b>: the volunteer did not come. Please call both."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        buttons=[[look_button(request)]],
    )


def they_differ(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the two say different things about who came. Please ask them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        buttons=[[look_button(request)]],
    )


_TIMES = P_(
    "🗨 <b>{number}</b>: {who} did not come {n} time lately. Please talk to them.",
    "🗨 <b>{number}</b>: {who} did not come {n} times lately. Please talk to them.",
)
_PERSON = N_("the person who asked")
_VOLUNTEER = N_("the volunteer")


def please_talk(request: HelpRequest, times: int, *, to_volunteer: bool) -> Message:
    """Once when it has become often; nobody is blocked."""
    who = Term(_VOLUNTEER if to_volunteer else _PERSON)
    return message(
        count(_TIMES, times, number=request.number, who=who), buttons=[[look_button(request)]]
    )
