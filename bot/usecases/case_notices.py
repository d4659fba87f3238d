"""Protected cases: what both sides, the group and the one coordinator read.

The group reads that there is a case, and nothing of it.
"""

from collections.abc import Sequence

from bot.domain.appointments import Side
from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Moment, Text, message, text
from bot.storage.cases import Case
from bot.usecases.notices import CALL_ME, when
from bot.usecases.office_notices import hand_over_button

# --- to the two -----------------------------------------------------------------------------------


def shall_we_tell(number: str, assignment_id: int) -> Message:
    """Takes the place of the closing message after "something was wrong"."""
    return message(
        text(N_("⚠️ {number}: was something wrong?"), number=number),
        text(N_("Only the coordinators hear it. The other person does not.")),
        text(N_("You two will not meet until a coordinator has looked at it.")),
        buttons=[
            [Button(text(B_("⚠️ Yes, tell them")), f"wrong:yes:{assignment_id}")],
            [Button(text(B_("⬅️ Back")), f"wrong:back:{assignment_id}")],
        ],
    )


def they_know(number: str) -> Message:
    """In the same place afterwards."""
    return message(
        text(N_("⚠️ {number}: the coordinators know. One of them will call you."), number=number),
        text(N_("In an emergency call 112.")),
        buttons=[[CALL_ME]],  # with a number and a good time, where we know none
    )


def looked_at(number: str, county: County) -> Message:
    """To who had said it: the case is closed."""
    return message(
        text(N_("{number}: a coordinator has looked at what you told us."), number=number),
        text(
            N_("Would you like to talk about it? You can also call: {phone}"),
            phone=county.office_phone,
        ),
        buttons=[[CALL_ME]],
    )


def on_hold(request: HelpRequest) -> Message:
    """To both sides of an appointment that a coordinator has to decide about; without a reason."""
    return message(
        text(N_("🗓 {number}: the office is checking this appointment."), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("Please wait. You will hear from us.")),
    )


def goes_on(request: HelpRequest) -> Message:
    """Takes the place of :func:`on_hold`."""
    return message(
        text(N_("✅ {number}: the appointment stays as it was."), number=request.number),
        text(N_("{time}"), time=when(request)),
    )


# --- to the group ---------------------------------------------------------------------------------


def wanted(case: Case, number: str) -> Message:
    return message(
        text(N_("⚠️ A case for <b>{number}</b>. Please open it in private."), number=number),
        buttons=[[_open(case)]],
    )


def waits(case: Case, number: str) -> Message:
    """Nobody has taken it for too long."""
    return message(
        text(N_("🔴 The case for <b>{number}</b> still waits. Please open it."), number=number),
        buttons=[[_open(case)]],
    )


def not_closed(case: Case, number: str) -> Message:
    return message(
        text(N_("🔴 The case for <b>{number}</b> was taken, but it is not closed."), number=number),
        buttons=[[_open(case)]],
    )


def taken(case: Case, number: str) -> Message:
    return message(
        text(N_("⚠️ The case for {number}: a coordinator has it."), number=number),
        buttons=[[_open(case)]],
    )


def over(number: str) -> Message:
    return message(text(N_("✔️ The case for {number} is closed."), number=number))


def _open(case: Case) -> Button:
    return Button(text(B_("🔓 Open")), f"case:open:{case.id}")


# --- to one coordinator, in private ---------------------------------------------------------------


def opened(
    case: Case,
    number: str,
    *,
    reporter: str,
    phone: str,
    other: str,
    owner: str,
    is_owner: bool,
    on_hold: Sequence[HelpRequest],
) -> Message:
    """Everything about it. *phone*: of who said it; *owner*: who has it, empty if nobody has."""
    told_by = (
        N_("{name}, who asked for help, says that something was wrong.")
        if case.said_by is Side.REQUESTER
        else N_("{name}, the volunteer, says that something was wrong.")
    )
    return message(
        text(N_("⚠️ <b>The case for {number}</b>"), number=number),
        text(told_by, name=reporter or "?"),
        *([text(N_("Phone: {phone}"), phone=phone)] if phone else []),
        text(N_("It is about: {name}"), name=other or "?"),
        text(N_("Told us: {time}"), time=Moment(case.made_at)),
        *([text(N_("In their words: {words}"), words=case.words)] if case.words else []),
        *([] if case.words or case.voice else [text(N_("They have not said what it was."))]),
        text(N_("The two do not meet while the case is open.")),
        *(_on_hold(one) for one in on_hold),
        *([text(N_("Who has it: {name}"), name=owner)] if owner else []),
        buttons=_deeds(case, is_owner=is_owner),
    )


def _on_hold(request: HelpRequest) -> Text:
    return text(
        N_("🗓 On hold until you decide: {number}, {time}"),
        number=request.number,
        time=when(request),
    )


def _deeds(case: Case, *, is_owner: bool) -> list[list[Button]]:
    if is_owner:
        return [
            [Button(text(B_("✅ All is well")), f"case:fine:{case.id}")],
            [Button(text(B_("🚫 Keep them apart")), f"case:apart:{case.id}")],
            [hand_over_button("case", case.id)],
        ]
    if case.claimed_by is None:
        return [[Button(text(B_("I'll take it")), f"case:take:{case.id}")]]
    return [[Button(text(B_("Take it over")), f"case:take:{case.id}")]]


def voice_of(number: str, voice: str) -> Message:
    said = message(text(N_("🎤 {number}"), number=number))
    return Message(said.lines, voice=voice)


def closed(number: str, *, apart: bool) -> Message:
    return message(
        text(N_("✔️ The case for {number} is closed."), number=number),
        text(
            N_("The two are kept apart from now on.") if apart else N_("The two may meet again."),
        ),
    )


def passed_on(number: str) -> Message:
    """Another coordinator has it now."""
    return message(text(N_("⚠️ The case for {number}: a coordinator has it."), number=number))
