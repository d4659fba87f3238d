"""What both sides are asked afterwards, and what they hear then.

One message to each side, changed in place. Neither ever reads what the other one said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.appointments import Assignment, Outcome, Said
from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases.notices import CALL_ME, category, when
from bot.usecases.office_notices import look_button

#: How long it took, as buttons (minutes): the usual ones, and all.
USUAL_MINUTES = (30, 60, 90, 120, 180)
ALL_MINUTES = (15, 45, 75, 105, 150, 210, 240, 300, 360, 480)


# --- both sides -----------------------------------------------------------------------------------


def tell_more_button(assignment_id: int) -> Button:
    return Button(text(B_("💬 Say more")), f"after:tell:{assignment_id}")


def wrong_button(assignment_id: int) -> Button:
    return Button(text(B_("⚠️ Something was wrong")), f"after:wrong:{assignment_id}")


def _meet_again(assignment_id: int) -> list[list[Button]]:
    return [
        [Button(text(B_("💚 Yes, gladly")), f"meet:yes:{assignment_id}")],
        [
            Button(text(B_("No matter who")), f"meet:any:{assignment_id}"),
            Button(text(B_("Rather not")), f"meet:no:{assignment_id}"),
        ],
    ]


def _more(assignment_id: int) -> list[list[Button]]:
    return [[tell_more_button(assignment_id)], [wrong_button(assignment_id)]]


_NOBODY_ELSE_HEARS = N_("Only the office hears your answer.")


# --- to the volunteer -----------------------------------------------------------------------------


def how_was_it(
    request: HelpRequest, assignment_id: int, *, not_met: bool = False, again: bool = False
) -> Message:
    """The one closing message to the volunteer.

    *not_met*: the person says that nobody came. *again*: it was asked before.
    """
    first = (
        text(N_("⏰ {number}: please tell us how it went."), number=request.number)
        if again
        else text(N_("💚 {number} is over. Thank you for helping!"), number=request.number)
    )
    absent = Button(text(B_("I was not there")), f"close:absent:{assignment_id}")
    return message(
        first,
        text(N_("{time}"), time=when(request)),
        *([text(N_("The person says that you did not meet. What happened?"))] if not_met else []),
        text(N_("Did it take place?")),
        buttons=[
            [Button(text(B_("✅ Yes")), f"close:done:{assignment_id}")],
            [Button(text(B_("Nobody came")), f"close:noshow:{assignment_id}")],
            *([[absent]] if not_met else []),
            [Button(text(B_("It was moved")), f"close:moved:{assignment_id}")],
            [wrong_button(assignment_id)],
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


@dataclass(frozen=True, slots=True)
class Noted:
    """What is on the volunteer's record, in words, and the button to correct it."""

    lines: Sequence[Text]
    button: Button


def again_with_person(
    request: HelpRequest, assignment: Assignment, noted: Noted | None = None
) -> Message:
    """It took place, and is on record: would the volunteer help this person again?"""
    return message(
        _outcome(request, assignment),
        *(noted.lines if noted else ()),
        text(N_("Thank you for your time!")),
        text(N_("Would you like to help this person again?")),
        text(_NOBODY_ELSE_HEARS),
        buttons=[
            *_meet_again(assignment.id),
            *([[noted.button]] if noted else []),
            [_change(assignment), tell_more_button(assignment.id)],
            [wrong_button(assignment.id)],
        ],
    )


def closed(request: HelpRequest, assignment: Assignment, noted: Noted | None = None) -> Message:
    """In the place of the closing message; a tap opens it once more."""
    return message(
        _outcome(request, assignment),
        *(noted.lines if noted else ()),
        text(N_("Thank you for your time!")),
        buttons=[
            *([[noted.button]] if noted else []),
            [_change(assignment), tell_more_button(assignment.id)],
            [wrong_button(assignment.id)],
        ],
    )


def _change(assignment: Assignment) -> Button:
    return Button(text(B_("✏️ Change")), f"close:again:{assignment.id}")


def _outcome(request: HelpRequest, assignment: Assignment) -> Text:
    match assignment.outcome:
        case Outcome.NO_SHOW:
            return text(
                N_("{number}: nobody came. We are sorry about that."), number=request.number
            )
        case Outcome.ABSENT:
            return text(
                N_("{number}: you were not there. Thank you for telling us."),
                number=request.number,
            )
        case Outcome.MOVED:
            return text(N_("{number}: it was moved to another day."), number=request.number)
        case _:
            return text(
                N_("✔️ {number}: it took place, {minutes} min."),
                number=request.number,
                minutes=assignment.minutes or request.minutes,
            )


# --- to the requester -----------------------------------------------------------------------------


def did_it_go_well(request: HelpRequest, assignment_id: int) -> Message:
    """One tap is enough."""
    return message(
        text(N_("{number}: did you get help?"), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("Please tap a face.")),
        buttons=[
            [
                Button(text(B_("🙂")), f"went:well:{assignment_id}"),
                Button(text(B_("😐")), f"went:soso:{assignment_id}"),
                Button(text(B_("🙁")), f"went:badly:{assignment_id}"),
            ],
            [Button(text(B_("Nobody came")), f"went:nobody:{assignment_id}")],
            [wrong_button(assignment_id)],
        ],
    )


def again_with_volunteer(request: HelpRequest, assignment: Assignment, name: str) -> Message:
    """After the face: would they like the same volunteer again?"""
    return message(
        _heard(request, assignment),
        text(N_("Would you like {name} to help you again?"), name=name),
        text(_NOBODY_ELSE_HEARS),
        buttons=[*_meet_again(assignment.id), *_more(assignment.id)],
    )


def went(request: HelpRequest, assignment: Assignment) -> Message:
    """Everything is answered; more can be said."""
    return message(_heard(request, assignment), buttons=_more(assignment.id))


def _heard(request: HelpRequest, assignment: Assignment) -> Text:
    if assignment.requester_says is Said.WELL:
        return text(N_("💚 {number}: thank you! We are glad."), number=request.number)
    return text(N_("{number}: thank you for telling us."), number=request.number)


def went_badly(
    request: HelpRequest, county: County, assignment: Assignment, *, said_no: bool = False
) -> Message:
    """*said_no*: they would rather have somebody else the next time."""
    another = Button(text(B_("Someone else, please")), f"meet:no:{assignment.id}")
    return message(
        text(N_("{number}: we are sorry. Only the office hears it."), number=request.number),
        text(
            N_("Would you like to talk about it? You can also call: {phone}"),
            phone=county.office_phone,
        ),
        *([text(N_("Next time we ask somebody else."))] if said_no else []),
        buttons=[
            [CALL_ME, tell_more_button(assignment.id)],
            *([] if said_no else [[another]]),
            [wrong_button(assignment.id)],
        ],
    )


def ask_for_the_new_day(request: HelpRequest) -> Message:
    """To the requester: the volunteer says that it was moved."""
    return message(
        text(N_("{number}: was your appointment moved?"), number=request.number),
        text(N_("Do you need help on the new day? Then please ask again.")),
        buttons=[[Button(text(B_("🙋 Ask for help")), "menu:ask")]],
    )


# --- to the office --------------------------------------------------------------------------------


def went_badly_alert(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("👎 <b>{number}</b>: the person says it was not good. Please ask them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        buttons=[[look_button(request)]],
    )


def no_record(request: HelpRequest, county: County, record: Button) -> Message:
    """The volunteer was asked twice how it went. *record*: to note it for them."""
    return message(
        text(
            N_("📝 <b>{number}</b>: the volunteer has not said how it went. Please ask them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        buttons=[[look_button(request), record]],
    )


# --- in their own words ---------------------------------------------------------------------------


def feedback_arrived(request: HelpRequest, feedback_id: int) -> Message:
    """To the office: what was said opens in private."""
    return message(
        text(N_("💬 <b>{number}</b>: somebody said how it was."), number=request.number),
        buttons=[[Button(text(B_("🔓 Open")), f"said:open:{feedback_id}")]],
    )


def feedback_over(number: str) -> Message:
    """A coordinator has opened it."""
    return message(text(N_("💬 {number}: how it was, read."), number=number))


def what_was_said(number: str, *, by_volunteer: bool, words: str, voice: str) -> Message:
    """To one coordinator, in private."""
    said_by = (
        N_("💬 {number}: the volunteer says:")
        if by_volunteer
        else N_("💬 {number}: the person says:")
    )
    said = message(text(said_by, number=number), *_words(words))
    return Message(said.lines, voice=voice)


def _words(words: str) -> list[Text]:
    return [text(N_("{words}"), words=words)] if words else []
