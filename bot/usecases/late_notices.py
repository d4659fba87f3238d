"""A volunteer hands a task back: why, and, if it starts soon, who of the office looks after it."""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.dispatch import WhyBack
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Language, Message, Moment, Term, Text, message, text
from bot.storage.errands import Errand
from bot.usecases.notices import CALL_ME, category, when
from bot.usecases.office_notices import by_hand_button, look_button

#: The kind of errand by which a coordinator looks for another volunteer at the last moment.
LATE_ERRAND = "late"

#: Why a volunteer hands a task back, as they tap it and the office reads it.
WHY: Mapping[WhyBack, str] = {
    WhyBack.ILL: B_("🤒 I am ill"),
    WhyBack.NO_TIME: B_("🕓 No time"),
    WhyBack.TOO_FAR: B_("🚗 Too far"),
    WhyBack.OTHER: B_("💬 Something else"),
}


# --- to the requester -----------------------------------------------------------------------------


def lost(request: HelpRequest, county: County, hear_by: int) -> Message:
    """The volunteer can't come; others are being asked."""
    return message(
        _lost(request),
        text(
            N_("We are asking more volunteers now. You will hear from us by {time}."),
            time=Moment(hear_by),
        ),
        text(N_("If we find nobody, please call the office: {phone}"), phone=county.office_phone),
        buttons=[[CALL_ME]],
    )


def lost_and_nobody(request: HelpRequest, county: County) -> Message:
    """The volunteer can't come, and there is nobody else to ask."""
    return message(
        _lost(request),
        text(N_("We have your request, but we have not found a volunteer yet.")),
        text(
            N_("The office is looking for a way now. You can also call: {phone}"),
            phone=county.office_phone,
        ),
        buttons=[[CALL_ME]],
    )


def _lost(request: HelpRequest) -> Text:
    return text(
        N_("{number}: the volunteer can't come after all. We are sorry."), number=request.number
    )


# --- to the office --------------------------------------------------------------------------------


def handed_back(request: HelpRequest, why: WhyBack | None) -> Message:
    """In the request's topic; nobody has to do anything."""
    return message(
        text(N_("🔁 {number}: the volunteer can't come."), number=request.number),
        *_reason(why),
        text(N_("Others are being asked now.")),
    )


def wanted(
    errand_id: int, request: HelpRequest, county: County, why: WhyBack | None, *, nobody: bool
) -> Message:
    """*nobody*: there is nobody left to ask."""
    return message(
        _starts_soon(request),
        *_facts(request, county),
        *_reason(why),
        _what_happens(nobody=nobody),
        buttons=[[Button(text(B_("I'll take it")), f"errand:take:{errand_id}")]],
    )


def waits(errand: Errand, request: HelpRequest) -> Text:
    """In the list of what waits."""
    if errand.claimed_by is None:
        words = N_("🔴 <b>{number}</b> still has no volunteer. Who takes it?")
    else:
        words = N_("🔴 {number} needs another volunteer: a coordinator has taken it.")
    return text(words, number=request.number)


def still_waits(errand_id: int, request: HelpRequest, county: County) -> Message:
    """Nobody has taken it for too long."""
    return message(
        text(N_("🔴 <b>{number}</b> still has no volunteer. Who takes it?"), number=request.number),
        *_facts(request, county),
        buttons=[[Button(text(B_("I'll take it")), f"errand:take:{errand_id}")]],
    )


def still_nobody(errand_id: int, request: HelpRequest, county: County) -> Message:
    """A coordinator has taken it, and there is no volunteer yet."""
    return message(
        text(
            N_("🔴 <b>{number}</b> was taken by a coordinator, but still has no volunteer."),
            number=request.number,
        ),
        *_facts(request, county),
        buttons=[[Button(text(B_("Take it over")), f"errand:over:{errand_id}")]],
    )


def taken(errand_id: int, request: HelpRequest) -> Message:
    return message(
        text(
            N_("🔴 {number} needs another volunteer: a coordinator has taken it."),
            number=request.number,
        ),
        buttons=[[Button(text(B_("Take it over")), f"errand:over:{errand_id}")]],
    )


def told(request: HelpRequest, county: County, why: WhyBack | None) -> Message:
    """What the coordinator who takes it reads, beside whom to call."""
    return message(*_facts(request, county), *_reason(why))


def details(
    errand: Errand, request: HelpRequest, *, name: str, phone: str, language: str
) -> Message:
    """In private, for who has taken it."""
    return message(
        text(
            N_("🔴 {number}: please find another volunteer, and call the person if nobody comes."),
            number=request.number,
        ),
        *errand.message.lines,
        text(N_("Phone: {phone}"), phone=phone or "–"),
        *([text(N_("Name: {words}"), words=name)] if name else []),
        text(N_("Language: {language}"), language=Language(language)),
        buttons=[
            [by_hand_button(request), look_button(request)],
            [Button(text(B_("✔️ Done")), f"errand:said:{errand.id}")],
        ],
    )


def _starts_soon(request: HelpRequest) -> Text:
    return text(
        N_("🔴 <b>{number}</b>: the volunteer can't come, and it starts soon."),
        number=request.number,
    )


def _facts(request: HelpRequest, county: County) -> list[Text]:
    return [text(N_("{what}, {time}"), what=category(request, county), time=when(request))]


def _reason(why: WhyBack | None) -> list[Text]:
    return [] if why is None else [text(N_("Reason: {reason}"), reason=Term(WHY[why]))]


def _what_happens(*, nobody: bool) -> Text:
    return text(N_("Nobody is left to ask.") if nobody else N_("Others are being asked now."))
