"""Another time for an appointment: what is asked, and what became of it.

To requesters without the matter: number, weekday, time.
"""

from collections.abc import Mapping

from bot.domain.appointments import Assignment, Side
from bot.domain.county import County
from bot.domain.moving import MOST_ROUNDS, Against
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Moment, Text, message, text
from bot.storage.moves import TimeMove
from bot.usecases.notices import CALL_ME, MY_REQUESTS, category, when

_TASKS = Button(text(B_("🗓 My tasks")), "menu:tasks")

#: What a volunteer should know before they say yes to another time.
_AGAINST: Mapping[Against, str] = {
    Against.WAY: N_("⚠️ You have another task shortly before or after. The way may be too long."),
    Against.NEVER: N_("⚠️ In your profile this time is marked as “never”."),
}


def other_time(assignment_id: int) -> Button:
    """Leads to the question for another time; for either side."""
    return Button(text(B_("🗓 Other time")), f"move:ask:{assignment_id}")


def _again(assignment_id: int) -> Button:
    return Button(text(B_("🗓 Choose another time")), f"move:ask:{assignment_id}")


# --- to who proposes ------------------------------------------------------------------------------


def sent(request: HelpRequest, move: TimeMove) -> Message:
    """What stays in the chat of who has proposed a time."""
    return message(
        text(N_("🗓 {number}: we ask for another time."), number=request.number),
        text(N_("New time: {time}"), time=Moment(move.starts_at)),
        text(N_("Until there is a yes, the old time stays: {time}"), time=when(request)),
        text(N_("You will hear from us by {time}."), time=Moment(move.answer_by)),
        buttons=[[_way_back(move.side)]],
    )


def same_time(request: HelpRequest) -> Message:
    return message(
        text(
            N_("{number}: this is the time it already has: {time}"),
            number=request.number,
            time=when(request),
        )
    )


def helper_busy(request: HelpRequest, assignment_id: int) -> Message:
    """To the requester, at once; what else the volunteer does is not said."""
    return message(
        text(N_("{number}: the helper has another task then."), number=request.number),
        text(N_("Nothing was sent. Is another time possible?")),
        buttons=[[_again(assignment_id)], [MY_REQUESTS]],
    )


def you_are_busy(request: HelpRequest, assignment_id: int) -> Message:
    return message(
        text(N_("{number}: you have another task then."), number=request.number),
        text(N_("Nothing was sent. Is another time possible?")),
        buttons=[[_again(assignment_id)], [_TASKS]],
    )


def are_you_sure(
    request: HelpRequest, assignment_id: int, starts_at: int, against: Against
) -> Message:
    """To the volunteer, before anybody is asked."""
    return message(
        text(N_("🗓 {number}: another time"), number=request.number),
        text(N_("New time: {time}"), time=Moment(starts_at)),
        text(_AGAINST[against]),
        text(N_("Shall we ask for this time?")),
        buttons=[
            [Button(text(B_("✅ Yes, ask")), f"move:sure:{starts_at}:{assignment_id}")],
            [_again(assignment_id)],
            [_TASKS],
        ],
    )


def agreed(request: HelpRequest) -> Message:
    """Takes the place of the question; also for who proposed what the other side wanted anyway."""
    return message(
        text(N_("🗓 {number}: your time is {time}."), number=request.number, time=when(request))
    )


# --- to the other side ----------------------------------------------------------------------------


def asks_requester(request: HelpRequest, move: TimeMove, first_name: str) -> Message:
    return message(
        text(
            N_("🗓 {number}: {name} asks for another time."), number=request.number, name=first_name
        ),
        *_times(request, move),
        text(N_("Say yes only if this time is also possible where you have the appointment.")),
        _answer_by(move),
        buttons=_answers(move),
    )


def asks_volunteer(
    request: HelpRequest, county: County, move: TimeMove, against: Against | None
) -> Message:
    return message(
        text(N_("🗓 {number}: the person asks for another time."), number=request.number),
        text(N_("<b>{number}</b> · {what}"), number=request.number, what=category(request, county)),
        *_times(request, move),
        *([] if against is None else [_stands_against(against)]),
        _answer_by(move),
        buttons=_answers(move),
    )


def _stands_against(against: Against) -> Text:
    if against is Against.BUSY:
        return text(N_("⚠️ You have another task then."))
    return text(_AGAINST[against])


def _times(request: HelpRequest, move: TimeMove) -> list[Text]:
    return [
        text(N_("Old time: {time}"), time=when(request)),
        text(N_("New time: {time}"), time=Moment(move.starts_at)),
    ]


def _answer_by(move: TimeMove) -> Text:
    return text(N_("Please answer by {time}."), time=Moment(move.answer_by))


def _answers(move: TimeMove) -> list[list[Button]]:
    yes = Button(text(B_("✅ Yes, new time")), f"move:yes:{move.id}")
    other = Button(text(B_("🗓 Propose another")), f"move:other:{move.id}")
    no = Button(text(B_("No, keep the old time")), f"move:no:{move.id}")
    return [[yes], *([[other]] if move.round < MOST_ROUNDS else []), [no]]


def see_below(request: HelpRequest) -> Message:
    """Takes the place of a question that is asked again further down."""
    return message(text(N_("🗓 {number}: please see below."), number=request.number))


def you_proposed(request: HelpRequest) -> Message:
    """Takes the place of the question at who has answered it with another time."""
    return message(text(N_("🗓 {number}: we ask for another time."), number=request.number))


# --- what became of it ----------------------------------------------------------------------------


def kept(request: HelpRequest) -> Message:
    """Takes the place of the question: no, or nothing was said, or it has lost its point."""
    return message(
        text(N_("🗓 {number}: the time stays: {time}"), number=request.number, time=when(request))
    )


def declined(request: HelpRequest, assignment: Assignment, side: Side) -> Message:
    """To *side*, who had proposed it."""
    return message(
        text(N_("{number}: the new time is not possible, sorry."), number=request.number),
        text(N_("The old time stays: {time}"), time=when(request)),
        buttons=_ways_on(assignment, side),
    )


def no_longer_possible(request: HelpRequest, assignment: Assignment, side: Side) -> Message:
    """There was a yes, but the volunteer has promised that time to somebody else meanwhile."""
    return message(
        text(N_("{number}: the new time is no longer possible, sorry."), number=request.number),
        text(N_("The old time stays: {time}"), time=when(request)),
        buttons=_ways_on(assignment, side),
    )


def expired(request: HelpRequest, assignment: Assignment, side: Side) -> Message:
    """To *side*, who had proposed it."""
    return message(
        text(N_("{number}: there was no answer about the new time."), number=request.number),
        text(N_("The old time stays: {time}"), time=when(request)),
        buttons=_ways_on(assignment, side),
    )


def expired_unanswered(request: HelpRequest, side: Side) -> Message:
    """To *side*, who was asked."""
    return message(
        text(N_("{number}: the question about a new time is over."), number=request.number),
        text(N_("The old time stays: {time}"), time=when(request)),
        buttons=[[_way_back(side)]],
    )


def _ways_on(assignment: Assignment, side: Side) -> list[list[Button]]:
    if side is Side.VOLUNTEER:
        cant = Button(text(B_("I can't come")), f"task:cant:{assignment.id}")
        return [[other_time(assignment.id), cant], [_TASKS]]
    cant = Button(text(B_("I can't come")), f"coming:no:{assignment.id}")
    return [[other_time(assignment.id), cant], [MY_REQUESTS, CALL_ME]]


def _way_back(side: Side) -> Button:
    return _TASKS if side is Side.VOLUNTEER else MY_REQUESTS


# --- to the office --------------------------------------------------------------------------------


def for_the_office(request: HelpRequest) -> Message:
    """In the request's topic; nobody has to do anything."""
    return message(
        text(
            N_("🗓 {number}: the two have agreed on a new time: {time}"),
            number=request.number,
            time=when(request),
        )
    )
