"""What the bot says on its own to requesters about their requests, and words that all notices use.

Facts in, :class:`bot.messages.Message` out. Notices to requesters show no matter on a lock screen:
number, weekday, time. Offers are in ``offer_notices``, appointments in ``appointment_notices``.
"""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.requests import HelpRequest, How, State, Wanted
from bot.messages import (
    B_,
    N_,
    Button,
    Hour,
    Listing,
    Message,
    Moment,
    Param,
    Stamp,
    Term,
    Text,
    message,
    text,
)

_STATES: Mapping[State, str] = {
    State.WAITING: N_("The office is looking at it"),
    State.OPEN: N_("Volunteers are being asked"),
    State.STUCK: N_("⚠️ Nobody found yet"),
    State.AGREEING: N_("A volunteer is looking for a time"),
    State.ASSIGNED: N_("✅ A volunteer will come"),
    State.DONE: N_("✔️ Finished"),
    State.CANCELLED: N_("✖️ Cancelled"),
    State.MISSED: N_("⚠️ Nobody was found in time"),
    State.REFERRED: N_("A professional service takes care of it"),
    State.CLOSED: N_("✖️ Closed by the office"),
}

NO_DATE = N_("no date yet")
EVERY_WEEK = N_("every week, no date yet")

#: Who somebody asks for, if not for themselves; and the age groups of a child.
WHOM: Mapping[str, str] = {
    "child": B_("For my child"),
    "partner": B_("For my partner"),
    "parents": B_("For my parents"),
    "somebody": B_("For somebody else"),
}
AGES: Mapping[str, str] = {
    "u6": B_("Under 6"),
    "6-10": B_("6 to 10"),
    "11-15": B_("11 to 15"),
    "16+": B_("16 or older"),
}

#: From Monday on.
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)

#: The emergency number of a county's file for who is in distress.
_WORRIES = "worries"

MY_REQUESTS = Button(text(B_("📋 My requests")), "menu:mine")
CALL_ME = Button(text(B_("📞 Call me")), "menu:call")


def category(request: HelpRequest, county: County) -> Term:
    return Term(county.categories[request.category].name)


def state_of(request: HelpRequest) -> Term:
    return Term(_STATES[request.state])


def when(request: Wanted) -> Param:
    """When it is, or that no time is fixed yet."""
    if request.starts_at is not None:
        return Moment(request.starts_at)
    return Term(EVERY_WEEK if request.weekly else NO_DATE)


def marked_when(request: Wanted) -> Param:
    """As :func:`when`, and a tap on it can put the time into the person's calendar."""
    return when(request) if request.starts_at is None else Stamp(request.starts_at)


def bring(request: Wanted, county: County) -> list[Text]:
    """What to bring along, if the county names anything for this kind of help."""
    things = county.categories[request.category].bring
    if not things or request.how is How.PHONE:
        return []
    return [text(N_("🎒 Please bring: {things}"), things=Listing(tuple(map(Term, things))))]


# --- to the requester ---------------------------------------------------------------------------


def request_sent(
    request: HelpRequest, county: County, hear_by: int, *, asks_languages: bool = False
) -> Message:
    """*hear_by*: until when they hear from us (UTC epoch seconds).

    *asks_languages*: also ask, once ever, which other languages they understand.
    """
    sent = text(N_("✅ Sent. Your request has the number <b>{number}</b>."), number=request.number)
    more = [_OTHER_LANGUAGES] if asks_languages else []
    return message(
        sent,
        *_what_is_next(request, county, hear_by),
        *more,
        buttons=[
            [MY_REQUESTS, *([CALL_ME] if request.state is State.STUCK or request.topic else [])],
            *([[Button(text(B_("🌐 My other languages")), "menu:also")]] if more else []),
        ],
    )


_OTHER_LANGUAGES = text(
    N_("Do you understand other languages too? Tell us: then we find somebody sooner.")
)


def _what_is_next(request: HelpRequest, county: County, hear_by: int) -> list[Text]:
    time = Moment(hear_by)
    if request.state is State.STUCK:
        return _no_volunteer_yet(county)
    if request.state is not State.WAITING:
        words = N_("We are asking volunteers now. You will hear from us by {time}.")
    elif request.topic:
        words = N_(
            "A professional must help with this, not a volunteer. The office looks for one."
            " You will hear from us by {time}."
        )
    else:
        words = N_("The office looks at it first. You will hear from us by {time}.")
    return [text(words, time=time), *(_in_distress(county) if request.topic else [])]


def _in_distress(county: County) -> list[Text]:
    """What helps at once, whatever it is about: that is not asked."""
    words = N_("To talk to somebody, day and night, free: {phone}")
    worries = [one.phone for one in county.emergency if one.key == _WORRIES]
    return [
        text(N_("In an emergency call 112.")),
        *(text(words, phone=phone) for phone in worries),
    ]


def office_hours(county: County) -> list[Text]:
    """When the office can be called, a line for each time; none if that is not known."""
    return [
        text(
            N_("{weekday}: {opens}–{closes}"),
            weekday=Term(WEEKDAYS[one.weekday]),
            opens=Hour(one.opens),
            closes=Hour(one.closes),
        )
        for one in county.office.hours
    ]


def greeting(county: County, language: str) -> list[Text]:
    """The county's own line in this language, if it has written one."""
    words = county.greeting.get(language)
    return [Text("{line}", {"line": words})] if words else []


def still_asking(request: HelpRequest, hear_by: int) -> Message:
    """What :func:`request_sent` promised is due: no yes so far, more people are asked."""
    return message(
        text(N_("{number}: nobody has said yes so far."), number=request.number),
        text(
            N_("We are asking more volunteers now. You will hear from us by {time}."),
            time=Moment(hear_by),
        ),
        buttons=[[MY_REQUESTS, CALL_ME]],
    )


def request_cancelled(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_found`; also what they see after cancelling."""
    return message(text(N_("✖️ {number} is cancelled."), number=request.number))


def nobody_yet(request: HelpRequest, county: County) -> Message:
    return message(
        text(N_("<b>{number}</b>"), number=request.number),
        *_no_volunteer_yet(county),
        buttons=[[CALL_ME]],
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
        buttons=[[CALL_ME]],
    )


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
        buttons=[[CALL_ME]],
    )
