"""Everything the coordinators' office hears: facts in, :class:`bot.messages.Message` out.

Cards carry number, category and state, and never a person. A name or a phone number opens in
private only, for the coordinator who asks for it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.domain.county import County
from bot.domain.matching import Why
from bot.domain.requests import HelpRequest, How, State
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Language,
    Message,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases import listening_notices
from bot.usecases.notices import category, state_of, when

#: A date in a letter that is as near as this is shown in red.
_SOON = timedelta(days=7)


def request_card(request: HelpRequest, county: County, now: int) -> Message:
    """*now*: UTC epoch seconds; a letter that must be answered soon is marked."""
    return message(
        text(N_("<b>{number}</b> · {what}"), number=request.number, what=category(request, county)),
        *_place(request),
        text(
            N_("{time} · {language}"),
            time=when(request),
            language=Language(request.language),
        ),
        *_date_of_letter(request, county, now),
        text(N_("{state}"), state=state_of(request)),
    )


def _place(request: HelpRequest) -> list[Text]:
    return [text(N_("📍 {place}"), place=request.place)] if request.place else []


def _date_of_letter(request: HelpRequest, county: County, now: int) -> list[Text]:
    """Only if it is near."""
    if request.answer_by is None:
        return []
    today = datetime.fromtimestamp(now, county.zone).date()
    if date.fromisoformat(request.answer_by) - today > _SOON:
        return []
    return [text(N_("🔴 Date in the letter: {day}"), day=Day(request.answer_by))]


def _facts(request: HelpRequest, county: County) -> list[Text]:
    """What the group may know of a request."""
    return [
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        *_place(request),
        text(N_("Language: {language}"), language=Language(request.language)),
    ]


# --- buttons, in the group and in private ---------------------------------------------------------


def release_button(request: HelpRequest) -> Button:
    return Button(text(B_("✅ Ask volunteers")), f"request:release:{request.id}")


def look_button(request: HelpRequest) -> Button:
    return Button(text(B_("🔎 Have a look")), f"request:look:{request.id}")


def write_button(request: HelpRequest) -> Button:
    return Button(text(B_("💬 Ask back")), f"request:write:{request.id}")


def refer_button(request: HelpRequest) -> Button:
    return Button(text(B_("🏥 Refer")), f"request:refer:{request.id}")


def by_hand_button(request: HelpRequest) -> Button:
    return Button(text(B_("👥 Assign by hand")), f"request:hand:{request.id}")


def relax_button(request: HelpRequest) -> Button:
    return Button(text(B_("🔓 Relax a rule")), f"request:relax:{request.id}")


def close_button(request: HelpRequest) -> Button:
    return Button(text(B_("🗂 Close it")), f"request:close:{request.id}")


def hand_over_button(kind: str, thing_id: int) -> Button:
    """To a colleague. *kind*: what is handed over (``passing.KINDS``)."""
    return Button(text(B_("🤝 Hand over")), f"{kind}:pass:{thing_id}")


def again_button(request: HelpRequest) -> Button:
    return Button(text(B_("🔁 Ask all again")), f"request:again:{request.id}")


# --- what needs a decision ------------------------------------------------------------------------


def is_incomplete(request: HelpRequest) -> bool:
    """All there is of it is a voice message or a few words: somebody has to fill in the rest."""
    told = bool(request.details.voice or request.details.words)
    nowhere = not request.place and request.how is How.ALONG
    return request.state is State.WAITING and told and nowhere


def can_be_heard(request: HelpRequest) -> bool:
    """All there is of it is a voice message, and somebody has to listen to it."""
    return is_incomplete(request) and bool(request.details.voice)


def stuck_alert(
    request: HelpRequest, county: County, excluded: Mapping[Why, int] | None = None
) -> Message:
    """*excluded*: how many volunteers each rule leaves out."""
    return message(
        text(
            N_("⚠️ <b>{number}</b> needs you: no volunteer is left to ask."), number=request.number
        ),
        *_facts(request, county),
        *excluded_by(excluded or {}),
        buttons=_ways_out(request),
    )


def _ways_out(request: HelpRequest) -> list[list[Button]]:
    return [
        [by_hand_button(request), relax_button(request)],
        [again_button(request), refer_button(request)],
        [write_button(request), close_button(request)],
        [look_button(request)],
    ]


#: Why volunteers are left out, with their number; a rule that is not named here stays unsaid.
_COUNTED: Mapping[str, tuple[str, str]] = {
    "not_active": P_("{n} is not active", "{n} are not active"),
    "not_appointed": P_("{n} is not appointed", "{n} are not appointed"),
    "paused": P_("{n} is having a pause", "{n} are having a pause"),
    "no_common_language": P_("{n} does not speak the language", "{n} do not speak the language"),
    "no_skill": P_("{n} does not offer this help", "{n} do not offer this help"),
    "gender": P_("{n} is left out by woman or man", "{n} are left out by woman or man"),
    "busy": P_("{n} has another task then", "{n} have another task then"),
    "never_then": P_("{n} never has time then", "{n} never have time then"),
    "other_places": P_("{n} helps in other places only", "{n} help in other places only"),
    "week_full": P_("{n} has enough tasks this week", "{n} have enough tasks this week"),
    "too_far": P_("{n} lives too far away", "{n} live too far away"),
    "children": P_("{n} has no papers for children", "{n} have no papers for children"),
    "asked_before": P_("{n} was asked before", "{n} were asked before"),
    "blocked": P_("{n} is blocked for now", "{n} are blocked for now"),
    "unreachable": P_("{n} can't be reached", "{n} can't be reached"),
}


def excluded_by(counts: Mapping[Why, int]) -> list[Text]:
    """A line for each rule, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0].value))
    return [count(_COUNTED[why.value], n) for why, n in ordered if n and why.value in _COUNTED]


def decide_alert(
    request: HelpRequest,
    county: County,
    news: Text | None = None,
    *,
    heard: bool = False,
    reopened: bool = False,
) -> Message:
    """A coordinator looks before volunteers are asked. *heard*: a volunteer has listened to it.
    *reopened*: a coordinator wants it so."""
    first = [look_button(request)]
    if not is_incomplete(request):
        first.insert(0, release_button(request))
    elif can_be_heard(request):
        first.append(listening_notices.ask_button(request))
    return message(
        text(N_("👀 <b>{number}</b>: please have a look first."), number=request.number),
        *([news] if news is not None else []),
        *_facts(request, county),
        text(N_("{why}"), why=_why_it_waits(request, county, heard=heard, reopened=reopened)),
        buttons=[first, [write_button(request), refer_button(request)]],
    )


def _why_it_waits(request: HelpRequest, county: County, *, heard: bool, reopened: bool) -> Term:
    if request.topic or (heard and county.categories[request.category].gate):
        return Term(N_("A professional may be needed."))
    if is_incomplete(request) and request.details.voice:
        return Term(N_("There is only a voice message. Please listen and complete it."))
    if is_incomplete(request):
        return Term(N_("There are only a few words. Please complete it."))
    if request.minor:
        return Term(N_("A minor asks alone."))
    kind = county.categories[request.category]
    if request.for_child or kind.for_children:
        return Term(N_("It is about a child."))
    if request.details.photo:
        return Term(N_("There is a photo with it. Please look at it."))
    if request.details.voice and not heard:
        return Term(N_("There is a voice message with it. Please listen."))
    if request.details.phone:
        return Term(N_("The person wants to be called, not written to."))
    if kind.office_first:
        return Term(N_("The office looks at this kind of help first."))
    return Term(N_("opened again") if reopened else N_("It is their first request."))


def professional_question(request: HelpRequest) -> Message:
    """The second tap that a request needs whose topic is a professional's."""
    return message(
        text(
            N_("⚠️ <b>{number}</b>: a professional is needed. Ask volunteers anyway?"),
            number=request.number,
        ),
        buttons=[
            [
                Button(text(B_("Yes, ask volunteers")), f"request:anyway:{request.id}"),
                refer_button(request),
            ],
            [look_button(request)],
        ],
    )


def broken_promise(request: HelpRequest, county: County) -> Message:
    """The person was to hear from us by now, and did not."""
    return message(
        text(
            N_("⏰ <b>{number}</b>: the person still waits for an answer from us."),
            number=request.number,
        ),
        *_facts(request, county),
        text(N_("{state}"), state=state_of(request)),
        buttons=[[look_button(request), by_hand_button(request)]],
    )


def undated(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_(
                "🗓 <b>{number}</b> has been open for two weeks or longer and has no date."
                " Is the help still needed?"
            ),
            number=request.number,
        ),
        *_facts(request, county),
        text(N_("{state}"), state=state_of(request)),
        buttons=[[look_button(request), write_button(request)], [close_button(request)]],
    )


def said_no(request: HelpRequest) -> Message:
    return message(
        text(
            N_("<b>{number}</b>: the person does not want this rule to be relaxed."),
            number=request.number,
        ),
        buttons=[[look_button(request), relax_button(request)]],
    )


def answer_arrived(request: HelpRequest) -> Message:
    """What was answered opens in private."""
    return message(
        text(N_("💬 <b>{number}</b>: the person has answered."), number=request.number),
        buttons=[[look_button(request)]],
    )


def late_alert(request: HelpRequest, county: County) -> Message:
    """A volunteer dropped out when hardly any time is left."""
    return message(
        text(
            N_("🔴 <b>{number}</b>: the volunteer can't come, and it starts soon."),
            number=request.number,
        ),
        *_facts(request, county),
        text(N_("Others are being asked now.")),
        buttons=[[by_hand_button(request), look_button(request)]],
    )


def volunteer_unreachable(request: HelpRequest, county: County, assignment_id: int) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the volunteer has blocked the bot. Please call them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        buttons=[
            [
                Button(text(B_("👤 Who is it?")), f"task:who:{assignment_id}"),
                Button(text(B_("🔁 Ask others")), f"task:others:{assignment_id}"),
            ]
        ],
    )


def volunteer_reachable(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_unreachable`."""
    return message(
        text(N_("✅ {number}: the volunteer can be reached again."), number=request.number)
    )


def requester_unreachable(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the person who asked has blocked the bot and hears nothing."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
    )


def requester_reachable(request: HelpRequest) -> Message:
    """Takes the place of :func:`requester_unreachable`."""
    return message(
        text(N_("✅ {number}: the person who asked can be reached again."), number=request.number)
    )


def who_comes(request: HelpRequest, name: str) -> Message:
    """In private, for a coordinator who asked."""
    return message(text(N_("👤 {number}: {name}"), number=request.number, name=name))


def group_lost() -> Message:
    return message(
        text(
            N_(
                "⚠️ I can no longer write to your group. Until you write {command} in a group, I"
                " tell each coordinator here what needs you."
            ),
            command="/here",
        ),
    )


def shown_elsewhere() -> Message:
    return message(text(N_("Requests are shown in another group from now on.")))
