"""Everything the bot says on its own to requesters and volunteers.

Facts in, :class:`bot.messages.Message` out.

Requesters' notices show no matter on a lock screen: number, weekday, time. Volunteers see coarse
facts until they accept.
"""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.requests import HelpRequest, State
from bot.messages import B_, N_, Button, Language, Message, Moment, Term, Text, message, text

_STATES: Mapping[State, str] = {
    State.OPEN: N_("Volunteers are being asked"),
    State.STUCK: N_("⚠️ Nobody found yet"),
    State.ASSIGNED: N_("✅ A volunteer will come"),
    State.DONE: N_("✔️ Finished"),
    State.CANCELLED: N_("✖️ Cancelled"),
    State.MISSED: N_("⚠️ Nobody was found in time"),
}

_MY_REQUESTS = Button(text(B_("📋 My requests")), "menu:mine")
_CALL_ME = Button(text(B_("📞 Call me")), "menu:call")


def category(request: HelpRequest, county: County) -> Term:
    return Term(county.categories[request.category].name)


def state_of(request: HelpRequest) -> Term:
    return Term(_STATES[request.state])


# --- to the requester ---------------------------------------------------------------------------


def request_sent(request: HelpRequest, county: County, hear_by: int) -> Message:
    """*hear_by*: until when they hear from us (UTC epoch seconds)."""
    sent = text(N_("✅ Sent. Your request has the number <b>{number}</b>."), number=request.number)
    if request.state is State.STUCK:
        return message(sent, *_no_volunteer_yet(county), buttons=[[_MY_REQUESTS, _CALL_ME]])
    return message(
        sent,
        text(
            N_("We are asking volunteers now. You will hear from us by {time}."),
            time=Moment(hear_by),
        ),
        buttons=[[_MY_REQUESTS]],
    )


def still_asking(request: HelpRequest, hear_by: int) -> Message:
    """What :func:`request_sent` promised is due: no yes so far, more people are asked."""
    return message(
        text(N_("{number}: nobody has said yes so far."), number=request.number),
        text(
            N_("We are asking more volunteers now. You will hear from us by {time}."),
            time=Moment(hear_by),
        ),
        buttons=[[_MY_REQUESTS, _CALL_ME]],
    )


def volunteer_found(request: HelpRequest, first_name: str) -> Message:
    return message(
        text(N_("✅ {number}: {name} will come with you."), number=request.number, name=first_name),
        text(N_("{time}"), time=Moment(request.starts_at)),
        text(N_("We will remind you before.")),
        buttons=[[_MY_REQUESTS]],
    )


def promise_broken(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_found`."""
    return message(_volunteer_lost(request))


def _volunteer_lost(request: HelpRequest) -> Text:
    return text(
        N_("{number}: the volunteer can't come after all. We are sorry."), number=request.number
    )


def request_cancelled(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_found`; also what they see after cancelling."""
    return message(text(N_("✖️ {number} is cancelled."), number=request.number))


def volunteer_lost(request: HelpRequest) -> Message:
    return message(
        _volunteer_lost(request),
        text(N_("We are asking others now and will tell you as soon as we know.")),
        buttons=[[_CALL_ME]],
    )


def nobody_yet(request: HelpRequest, county: County) -> Message:
    return message(
        text(N_("<b>{number}</b>"), number=request.number),
        *_no_volunteer_yet(county),
        buttons=[[_CALL_ME]],
    )


def _no_volunteer_yet(county: County) -> list[Text]:
    return [
        text(N_("We have your request, but we have not found a volunteer yet.")),
        text(
            N_("The office is looking for a way now. You can also call: {phone}"),
            phone=county.office_phone,
        ),
    ]


def nobody_found(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("{number}: we are sorry. We did not find a volunteer in time."),
            number=request.number,
        ),
        text(N_("The office can help you further: {phone}"), phone=county.office_phone),
        buttons=[[_CALL_ME]],
    )


def requester_reminder(request: HelpRequest) -> Message:
    return message(
        text(N_("⏰ Reminder: {number}"), number=request.number),
        text(N_("{time}"), time=Moment(request.starts_at)),
        buttons=[[Button(text(B_("👁 Show")), f"request:show:{request.id}")]],
    )


# --- to volunteers ------------------------------------------------------------------------------


def offer(request: HelpRequest, county: County, offer_id: int, expires_at: int) -> Message:
    return message(
        text(N_("🙋 Can you help? <b>{number}</b>"), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        text(
            N_("About {minutes} minutes. Language: {language}"),
            minutes=request.minutes,
            language=Language(request.language),
        ),
        text(N_("Please answer by {time}."), time=Moment(expires_at)),
        buttons=[
            [
                _yes(offer_id),
                Button(text(B_("Not this time")), f"offer:no:{offer_id}"),
            ]
        ],
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
        text(N_("{time}"), time=Moment(request.starts_at)),
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


def offer_accepted(request: HelpRequest, county: County, assignment_id: int) -> Message:
    return message(
        text(N_("💚 Thank you! You take <b>{number}</b>."), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        text(N_("Language: {language}"), language=Language(request.language)),
        text(N_("We will remind you before.")),
        buttons=[[_cant_come(assignment_id)]],
    )


def volunteer_reminder(
    request: HelpRequest, county: County, assignment_id: int | None = None
) -> Message:
    """Without *assignment_id* it is too late to do anything about it."""
    return message(
        text(N_("⏰ Reminder: {number}"), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        buttons=[] if assignment_id is None else [[_cant_come(assignment_id)]],
    )


def _cant_come(assignment_id: int) -> Button:
    return Button(text(B_("I can't come")), f"task:cant:{assignment_id}")


def task_cancelled(request: HelpRequest) -> Message:
    return message(
        text(N_("✖️ {number} was cancelled by the person who asked."), number=request.number),
        text(N_("{time}"), time=Moment(request.starts_at)),
        text(N_("You do not need to come. Thank you for being ready.")),
    )


def task_handed_back(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: we will ask others. Thank you for telling us."), number=request.number)
    )


def task_taken_back(request: HelpRequest) -> Message:
    """The office asks others, because it could not reach the volunteer."""
    return message(
        text(
            N_("{number}: we could not reach you, so the office asks others now."),
            number=request.number,
        ),
        text(N_("You do not need to come.")),
    )


def task_over(request: HelpRequest) -> Message:
    return message(text(N_("✔️ {number} is over. Thank you!"), number=request.number))


# --- to anybody ---------------------------------------------------------------------------------


def now_stands(request: HelpRequest) -> Message:
    """Takes the place of a message about a request that has moved on, and of its buttons."""
    return message(text(N_("{number}: {state}"), number=request.number, state=state_of(request)))


def call_soon() -> Message:
    """A coordinator has taken the call."""
    return message(text(N_("📞 The office has your number and will call you soon.")))


def apology(county: County) -> Message:
    """Something of ours went wrong with what the person sent."""
    return message(
        text(
            N_(
                "We are sorry, something went wrong on our side. Please try again, or call: {phone}"
            ),
            phone=county.office_phone,
        ),
        buttons=[[_CALL_ME]],
    )
