"""Who is to be called and what to say: those who asked for it, and whom the bot can't write to.

The group sees that there is a call; a name and a number only the coordinator who takes it.
"""

from collections.abc import Mapping, Sequence

from bot.domain.requests import HelpRequest
from bot.messages import (
    B_,
    N_,
    Button,
    Language,
    Message,
    Moment,
    Term,
    Text,
    message,
    text,
)
from bot.storage.errands import Errand
from bot.storage.proposals import Proposal
from bot.usecases.notices import state_of
from bot.usecases.office_notices import hand_over_button, look_button

# --- who asked to be called -----------------------------------------------------------------------


#: What a volunteer wants to talk about.
ABOUT: Mapping[str, str] = {
    "too_much": N_("😮‍💨 A volunteer says that it is too much. Please call soon."),
    "check_in": N_("🌱 A volunteer would like to talk after a hard task."),
}


def _about(about: str) -> list[Text]:
    return [text(ABOUT[about])] if about in ABOUT else []


def call_wanted(call_id: int, language: str, about: str = "") -> Message:
    return message(
        text(
            N_("📞 Somebody asks to be called. Language: {language}"), language=Language(language)
        ),
        *_about(about),
        buttons=[[Button(text(B_("I'll take it")), f"call:take:{call_id}")]],
    )


def call_waits(call_id: int, language: str, about: str = "") -> Message:
    """Nobody has taken the call for too long."""
    return message(
        text(
            N_("🔴 Somebody still waits for a call. Language: {language}"),
            language=Language(language),
        ),
        *_about(about),
        buttons=[[Button(text(B_("I'll take it")), f"call:take:{call_id}")]],
    )


def call_not_made(call_id: int, language: str, about: str = "") -> Message:
    """A coordinator has taken the call and not made it."""
    return message(
        text(
            N_("🔴 A call was taken, but not made yet. Language: {language}"),
            language=Language(language),
        ),
        *_about(about),
        buttons=[[Button(text(B_("Take it over")), f"call:over:{call_id}")]],
    )


def call_taken(call_id: int, language: str) -> Message:
    """The way to take it over stays: whoever has it may fall ill."""
    return message(
        text(N_("📞 Call in {language}: a coordinator has taken it."), language=Language(language)),
        buttons=[[Button(text(B_("Take it over")), f"call:over:{call_id}")]],
    )


def call_details(
    call_id: int, phone: str, language: str, good_time: str, *, about: str = "", name: str = ""
) -> Message:
    """*name*: of a volunteer, whom the office knows."""
    return message(
        text(N_("📞 Please call: {phone}"), phone=phone),
        *([text(N_("Name: {words}"), words=name)] if name else []),
        *_about(about),
        text(N_("Language: {language}"), language=Language(language)),
        *([text(N_("A good time: {time}"), time=_time_of_day(good_time))] if good_time else []),
        buttons=[
            [
                Button(text(B_("✔️ Called")), f"call:done:{call_id}"),
                hand_over_button("call", call_id),
            ]
        ],
    )


#: Codes of good times to call; anything else is the person's own words.
_GOOD_TIMES: Mapping[str, str] = {
    "now": N_("now"),
    "morning": N_("in the morning"),
    "afternoon": N_("in the afternoon"),
    "any": N_("at any time"),
}


def _time_of_day(good_time: str) -> Term | str:
    return Term(_GOOD_TIMES[good_time]) if good_time in _GOOD_TIMES else good_time


def call_passed_on() -> Message:
    """Takes the place of the number at the coordinator who had it."""
    return message(text(N_("📞 Another coordinator has taken this call over.")))


def call_over(language: str) -> Message:
    return message(
        text(N_("✔️ Call in {language}: done."), language=Language(language)),
    )


def call_finished() -> Message:
    return message(text(N_("✔️ Done. The phone number is deleted.")))


# --- what has to be said about a request ----------------------------------------------------------


def errand_wanted(errand: Errand, request: HelpRequest) -> Message:
    return message(
        *_whom(errand, request, N_("📞 Please call about <b>{number}</b>.")),
        buttons=[[Button(text(B_("I'll take it")), f"errand:take:{errand.id}")]],
    )


def errand_waits(errand: Errand, request: HelpRequest) -> Message:
    """Nobody has taken it for too long."""
    return message(
        *_whom(errand, request, N_("🔴 Somebody still waits for a call about {number}.")),
        buttons=[[Button(text(B_("I'll take it")), f"errand:take:{errand.id}")]],
    )


def _whom(errand: Errand, request: HelpRequest, msgid: str) -> list[Text]:
    """Whoever asked for help is called in the language of the request."""
    said = text(msgid, number=request.number)
    if errand.is_for_volunteer_of(request.person_id):
        return [said, text(N_("It is for a volunteer without Telegram."))]
    return [said, text(N_("Language: {language}"), language=Language(request.language))]


def errand_not_made(errand: Errand, request: HelpRequest) -> Message:
    """A coordinator has taken it and not called."""
    return message(
        text(N_("🔴 The call about {number} was taken, but not made yet."), number=request.number),
        buttons=[[Button(text(B_("Take it over")), f"errand:over:{errand.id}")]],
    )


def errand_taken(errand_id: int, request: HelpRequest) -> Message:
    return message(
        text(N_("📞 Call about {number}: a coordinator has taken it."), number=request.number),
        buttons=[[Button(text(B_("Take it over")), f"errand:over:{errand_id}")]],
    )


def errand_over(request: HelpRequest) -> Message:
    return message(text(N_("✔️ Call about {number}: done."), number=request.number))


def errand_details(
    errand: Errand,
    request: HelpRequest,
    *,
    name: str,
    phone: str,
    language: str,
    times: Sequence[Proposal] = (),
) -> Message:
    """Whom to call, and what to say in the words of the message."""
    return message(
        text(N_("📞 Please call: {phone}"), phone=phone or "–"),
        *([text(N_("Name: {words}"), words=name)] if name else []),
        text(N_("Language: {language}"), language=Language(language)),
        text(N_("Please say:")),
        *errand.message.lines,
        buttons=[
            *_said(errand, times),
            [look_button(request), hand_over_button("errand", errand.id)],
        ],
    )


def _said(errand: Errand, times: Sequence[Proposal]) -> list[list[Button]]:
    match errand.kind:
        case "times":
            return [
                *[
                    [
                        Button(
                            text(N_("{time}"), time=Moment(one.starts_at)),
                            f"errand:time:{one.id}:{errand.id}",
                        )
                    ]
                    for one in times
                ],
                [Button(text(B_("None fits")), f"errand:none:{errand.id}")],
            ]
        case "offer_times":
            return [
                [Button(text(B_("🗓 Write the times down")), f"errand:enter:{errand.id}")],
                [Button(text(B_("Can't help")), f"errand:cant:{errand.id}")],
            ]
        case "closing":
            return [
                [
                    Button(text(B_("It took place")), f"errand:done:{errand.id}"),
                    Button(text(B_("Nobody came")), f"errand:nobody:{errand.id}"),
                ]
            ]
        case "coming":
            return [
                [
                    Button(text(B_("Is coming")), f"errand:coming:{errand.id}"),
                    Button(text(B_("Can't come")), f"errand:cant:{errand.id}"),
                ]
            ]
        case kind if kind in ("move", "offer") or kind.startswith(("relax_", "series_")):
            return [
                [
                    Button(text(B_("Says yes")), f"errand:yes:{errand.id}"),
                    Button(text(B_("Says no")), f"errand:no:{errand.id}"),
                ]
            ]
        case _:
            return [[Button(text(B_("✔️ Said")), f"errand:said:{errand.id}")]]


def errand_finished(request: HelpRequest, also: tuple[Text, ...] = ()) -> Message:
    """The number is gone from the chat, too. *also*: what is to be said before hanging up, each
    sentence once."""
    once = [line for n, line in enumerate(also) if line not in also[:n]]
    return message(
        text(N_("✔️ {number}: called. {state}"), number=request.number, state=state_of(request)),
        *([text(N_("Please say also:")), *once] if once else []),
        buttons=[[look_button(request)]],
    )
