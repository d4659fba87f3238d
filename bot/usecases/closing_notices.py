"""What both sides are asked afterwards, and what they hear then."""

from collections.abc import Sequence

from bot.domain.appointments import Assignment, Outcome
from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases.notices import CALL_ME, category, when

#: How long it took, as buttons (minutes): the usual ones, and all.
USUAL_MINUTES = (30, 60, 90, 120, 180)
ALL_MINUTES = (15, 45, 75, 105, 150, 210, 240, 300, 360, 480)


def how_was_it(request: HelpRequest, assignment_id: int) -> Message:
    """The one closing message to the volunteer."""
    return message(
        text(N_("💚 {number} is over. Thank you for helping!"), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("Did it take place?")),
        buttons=[
            [Button(text(B_("✅ Yes")), f"close:done:{assignment_id}")],
            [Button(text(B_("Nobody came")), f"close:noshow:{assignment_id}")],
            [Button(text(B_("It was moved")), f"close:moved:{assignment_id}")],
        ],
    )


def how_long(request: HelpRequest, assignment_id: int, minutes: Sequence[int]) -> Message:
    """*minutes*: what is offered, in rows of three."""
    buttons = [
        Button(text(B_("{minutes} min."), minutes=one), f"close:min{one}:{assignment_id}")
        for one in minutes
    ]
    if minutes == USUAL_MINUTES:
        buttons.append(Button(text(B_("Other")), f"close:other:{assignment_id}"))
    return message(
        text(N_("✅ {number}: it took place."), number=request.number),
        text(N_("How long did you help, with the way there and back?")),
        buttons=[buttons[at : at + 3] for at in range(0, len(buttons), 3)],
    )


def closed(request: HelpRequest, assignment: Assignment) -> Message:
    """In the place of the closing message; a tap opens it once more."""
    return message(
        _outcome(request, assignment),
        text(N_("Thank you for your time!")),
        buttons=[[Button(text(B_("✏️ Change")), f"close:again:{assignment.id}")]],
    )


def _outcome(request: HelpRequest, assignment: Assignment) -> Text:
    match assignment.outcome:
        case Outcome.NO_SHOW:
            return text(
                N_("{number}: nobody came. We are sorry about that."), number=request.number
            )
        case Outcome.MOVED:
            return text(N_("{number}: it was moved to another day."), number=request.number)
        case _:
            return text(
                N_("✔️ {number}: it took place, {minutes} min."),
                number=request.number,
                minutes=assignment.minutes or request.minutes,
            )


def did_it_go_well(request: HelpRequest, assignment_id: int) -> Message:
    return message(
        text(N_("{number}: did you get help?"), number=request.number),
        text(N_("{time}"), time=when(request)),
        buttons=[
            [
                Button(text(B_("👍 Yes")), f"went:well:{assignment_id}"),
                Button(text(B_("👎 Not good")), f"went:badly:{assignment_id}"),
            ]
        ],
    )


def went_well(request: HelpRequest) -> Message:
    return message(text(N_("💚 {number}: thank you! We are glad."), number=request.number))


def went_badly(request: HelpRequest, county: County) -> Message:
    return message(
        text(N_("{number}: we are sorry. Only the office hears it."), number=request.number),
        text(
            N_("Would you like to talk about it? You can also call: {phone}"),
            phone=county.office_phone,
        ),
        buttons=[[CALL_ME]],
    )


def went_badly_alert(request: HelpRequest, county: County) -> Message:
    """To the office."""
    return message(
        text(
            N_("👎 <b>{number}</b>: the person says it was not good. Please ask them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
    )


def ask_for_the_new_day(request: HelpRequest) -> Message:
    """To the requester: the volunteer says that it was moved."""
    return message(
        text(N_("{number}: was your appointment moved?"), number=request.number),
        text(N_("Do you need help on the new day? Then please ask again.")),
        buttons=[[Button(text(B_("🙋 Ask for help")), "menu:ask")]],
    )
