"""What volunteers are asked, and what becomes of it: coarse facts only, until they accept."""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.requests import HelpRequest, How
from bot.domain.verdicts import Reason, Verdict
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Language,
    Message,
    Moment,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases.notices import category, when

_HOW: Mapping[How, str] = {
    How.ALONG: N_("You go there together."),
    How.PHONE: N_("You help by phone."),
    How.EITHER: N_("You go there together, or help by phone."),
}

#: Why this volunteer, to themselves.
_WHY: Mapping[Reason, str] = {
    Reason.HELPED: N_("We ask you because you have helped this person before."),
    Reason.NEAR: N_("We ask you because you live near."),
    Reason.LANGUAGE: N_("We ask you because you speak {language}."),
    Reason.GOOD_TIME: N_("We ask you because the time is good for you."),
    Reason.SKILL: N_("We ask you because you help with this."),
}

OPEN_TASKS = Button(text(B_("🔎 Open tasks")), "tasks:open")


def offer(
    request: HelpRequest,
    county: County,
    offer_id: int,
    expires_at: int,
    fit: Verdict | None = None,
) -> Message:
    """*fit*: how well the volunteer fits; None if it is not known."""
    no = Button(text(B_("Not this time")), f"offer:no:{offer_id}")
    never = Button(text(B_("Not my kind of task")), f"offer:kind:{offer_id}")
    has_skill = county.categories[request.category].skill != ""
    return message(
        text(N_("🙋 Can you help? <b>{number}</b>"), number=request.number),
        *coarse_facts(request, county, fit),
        *_why(request, fit),
        text(N_("Please answer by {time}."), time=Moment(expires_at)),
        buttons=[[_yes(offer_id), no], *([[never]] if has_skill else [])],
    )


def coarse_facts(request: HelpRequest, county: County, fit: Verdict | None) -> list[Text]:
    """All that a volunteer may know before they accept."""
    return [
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        *([text(N_("Every week"))] if request.weekly and request.starts_at is not None else []),
        *_where(request, fit),
        text(_HOW[request.how]),
        text(
            N_("About {minutes} minutes. Language: {language}"),
            minutes=request.minutes,
            language=Language(request.language),
        ),
    ]


def _where(request: HelpRequest, fit: Verdict | None) -> list[Text]:
    if not request.place or request.how is How.PHONE:
        return []
    if fit is None or fit.minutes is None:
        return [text(N_("📍 {place}"), place=request.place)]
    words = N_("📍 {place}, about {minutes} minutes from you")
    return [text(words, place=request.place, minutes=fit.minutes)]


def _why(request: HelpRequest, fit: Verdict | None) -> list[Text]:
    """The strongest reason, on one line."""
    if fit is None or not fit.why:
        return []
    reason = fit.why[0]
    if reason is Reason.LANGUAGE:
        return [text(_WHY[reason], language=Language(request.language))]
    return [text(_WHY[reason])]


def open_tasks_wait(n: int) -> Message:
    """Once in the evening, for all that was not pushed."""
    forms = P_(
        "🔎 There is {n} open task that fits you.", "🔎 There are {n} open tasks that fit you."
    )
    return message(count(forms, n), buttons=[[OPEN_TASKS]])


def ask_never(offer_id: int, kind: Term) -> Message:
    """One more tap before somebody is never asked for a kind of task again."""
    return message(
        text(
            N_("Thank you for telling us. Shall we never ask you for this again: {what}?"),
            what=kind,
        ),
        buttons=[
            [Button(text(B_("Never ask again")), f"offer:drop:{offer_id}")],
            [Button(text(B_("Only not this time")), "menu:tasks")],
        ],
    )


def never_again(kind: Term) -> Message:
    return message(
        text(N_("All right. We will not ask you for this any more: {what}"), what=kind),
        text(N_("You can change this at any time: /profile")),
    )


def _yes(offer_id: int) -> Button:
    return Button(text(B_("✅ Yes, I can")), f"offer:yes:{offer_id}")


def offer_lapsed(request: HelpRequest, offer_id: int) -> Message:
    """The time to answer is over, others are asked; whoever still can is as welcome as they are."""
    return message(
        text(
            N_("⌛ {number}: others have been asked now. If you can help after all, please tap:"),
            number=request.number,
        ),
        text(N_("{time}"), time=when(request)),
        buttons=[[_yes(offer_id)]],
    )


def offer_closed(request: HelpRequest) -> Message:
    """Takes the place of an offer that somebody else accepted, or that has lost its point."""
    return message(
        text(N_("{number} is no longer open. Thank you for looking!"), number=request.number)
    )


def offer_withdrawn(request: HelpRequest) -> Message:
    return message(
        text(N_("{number} was cancelled. Thank you for looking!"), number=request.number)
    )


def offer_declined(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: you said no this time. That is fine, thank you."), number=request.number)
    )
