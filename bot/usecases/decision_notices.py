"""What a requester hears when the office has decided something; no matter on the lock screen."""

from collections.abc import Mapping

from bot.domain.county import County, Service
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Hour, Message, Moment, Term, Text, message, text
from bot.usecases.notices import CALL_ME, MY_REQUESTS, WEEKDAYS


def asking_now(request: HelpRequest, hear_by: int) -> Message:
    """*hear_by*: UTC epoch seconds."""
    return message(
        text(N_("👍 {number}: the office has looked at it."), number=request.number),
        text(
            N_("We are asking volunteers now. You will hear from us by {time}."),
            time=Moment(hear_by),
        ),
        buttons=[[MY_REQUESTS]],
    )


def no_answer_yet(request: HelpRequest, county: County, hear_by: int | None) -> Message:
    """What was promised is due, and nothing has happened. *hear_by* is None without time left."""
    return message(
        text(
            N_(
                "{number}: we are sorry, we have no answer for you yet. We are still working on it."
            ),
            number=request.number,
        ),
        *(
            []
            if hear_by is None
            else [text(N_("You will hear from us by {time}."), time=Moment(hear_by))]
        ),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
        buttons=[[CALL_ME]],
    )


def referred(request: HelpRequest, service: Service) -> Message:
    """To professionals: who they are, and how to reach them."""
    return message(
        text(
            N_("{number}: professionals can help you better here than volunteers."),
            number=request.number,
        ),
        text(N_("<b>{name}</b>"), name=service.name),
        *([text(N_("📞 {phone}"), phone=service.phone)] if service.phone else []),
        *_hours(service),
        text(N_("Do you need help with the call? Tap “Call me”.")),
        buttons=[[CALL_ME]],
    )


def _hours(service: Service) -> list[Text]:
    """The same hours on several days in a row are one line."""
    lines: list[Text] = []
    spans: dict[tuple[str, str], list[int]] = {}
    for hours in service.hours:
        spans.setdefault((hours.opens, hours.closes), []).append(hours.weekday)
    for (opens, closes), days in spans.items():
        first, last = Term(WEEKDAYS[days[0]]), Term(WEEKDAYS[days[-1]])
        times = {"opens": Hour(opens), "closes": Hour(closes)}
        if len(days) == 1:
            lines.append(text(N_("{day}: {opens} to {closes}"), day=first, **times))
        else:
            lines.append(
                text(N_("{day} to {last}: {opens} to {closes}"), day=first, last=last, **times)
            )
    return lines


#: Why the office closes a request: what a coordinator taps, and what the person hears.
REASONS: Mapping[str, tuple[str, str]] = {
    "solved": (
        B_("It is solved already"),
        N_("{number} is closed, because it is solved. We are glad!"),
    ),
    "unreached": (
        B_("Could not be reached"),
        N_("{number} is closed, because we could not reach you. You can ask again at any time."),
    ),
    "twice": (
        B_("It is there twice"),
        N_("{number} is closed, because you asked for the same twice. The other request stays."),
    ),
    "not_ours": (
        B_("Not for volunteers"),
        N_("{number} is closed. We are sorry, volunteers can't do this."),
    ),
    "nobody": (
        B_("No volunteer found"),
        N_("{number} is closed. We are sorry, we found no volunteer."),
    ),
}


def closed(request: HelpRequest, county: County, reason: str) -> Message:
    return message(
        text(REASONS[reason][1], number=request.number),
        text(N_("The office can help you further: {phone}"), phone=county.office_phone),
        buttons=[[CALL_ME]],
    )


#: Rules that may be relaxed, only if the person agrees: what the coordinator taps, what is asked.
RULES: Mapping[str, tuple[str, str]] = {
    "gender": (
        B_("Also a man or a woman"),
        N_("{number}: we find nobody so far. May a man or a woman come, whoever has time?"),
    ),
    "phone": (
        B_("Also by phone"),
        N_("{number}: we find nobody so far. Can a volunteer also help you by phone?"),
    ),
    "day": (
        B_("Another day"),
        N_("{number}: we find nobody for this time. Is another day also possible?"),
    ),
    "farther": (
        B_("In another town"),
        N_("{number}: we find nobody near you. Can you meet a volunteer in another town?"),
    ),
}


def may_we(request: HelpRequest, rule: str) -> Message:
    return message(
        text(RULES[rule][1], number=request.number),
        buttons=[
            [
                Button(text(B_("Yes, that is all right")), f"relax:yes:{rule}:{request.id}"),
                Button(text(B_("No, please not")), f"relax:no:{rule}:{request.id}"),
            ]
        ],
    )


def office_goes_on(request: HelpRequest, county: County) -> Message:
    """After an answer that leaves it to the office."""
    return message(
        text(N_("👍 {number}: thank you. The office looks for a way now."), number=request.number),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
    )


# --- the office writes ----------------------------------------------------------------------------

#: Ready sentences: every reader gets them in their own language.
SENTENCES: Mapping[str, str] = {
    "time": N_("Please tell us the exact day and time."),
    "where": N_("Which office or doctor's practice is it? Please tell us the name and the street."),
    "voice": N_("We could not understand the voice message. Please send it again, slowly."),
    "more": N_("Please tell us in a few words what you need."),
    "call": N_("Please call the office: {phone}"),
}


#: What volunteers are written: every reader gets it in their own language.
TO_VOLUNTEERS: Mapping[str, str] = {
    "coming": N_("Please tell us whether you can come."),
    "question": N_("The person has a question. Please write to them."),
    "change": N_("The time or the place may change. Please wait for our message."),
    "thanks": N_("Thank you for your help!"),
    "call": N_("Please call the office: {phone}"),
}


def to_volunteer(key: str, county: County) -> Text:
    return Text(TO_VOLUNTEERS[key], {"phone": county.office_phone} if key == "call" else {})


def office_writes(request: HelpRequest, said: Text) -> Message:
    """*said*: a ready sentence, or a coordinator's own words."""
    return message(
        text(N_("💬 {number}: the office writes:"), number=request.number),
        said,
        buttons=[[Button(text(B_("✍️ Answer")), f"answer:to:{request.id}")], [CALL_ME]],
    )


def sentence(key: str, county: County) -> Text:
    return Text(SENTENCES[key], {"phone": county.office_phone} if key == "call" else {})
