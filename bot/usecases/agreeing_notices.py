"""What both sides hear while they look for a time: what is needed, times, and their choice."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.domain.requests import HelpRequest, How
from bot.messages import (
    B_,
    N_,
    Button,
    Language,
    Listing,
    Message,
    Moment,
    Param,
    Term,
    Text,
    message,
    text,
)
from bot.storage.proposals import Proposal
from bot.usecases.notices import CALL_ME, MY_REQUESTS, WHOM, category, when
from bot.usecases.relay_notices import write_to_requester

#: Stored instead of the name of a place, and said in the reader's language.
PLACES = {
    "there": N_("at the place of the appointment"),
    "call": N_("on the phone, the volunteer calls"),
}


def place_of(place: str) -> Param:
    """Where to meet: one of :data:`PLACES` by its key, or the name of a place."""
    return Term(PLACES[place]) if place in PLACES else place


def facts(request: HelpRequest, county: County, phone: str) -> list[Text]:
    """What a volunteer needs to know who has said yes; nobody else reads it."""
    details = request.details
    office = next((one.name for one in county.offices if one.key == details.office), details.office)
    lines = [text(N_("Language: {language}"), language=Language(request.language))]
    if request.place:
        lines.append(text(N_("Town: {town}"), town=request.place))
    if office:
        lines.append(text(N_("Office: {office}"), office=office))
    if details.name:
        lines.append(text(N_("Name: {name}"), name=details.name))
    if details.whom in WHOM:
        lines.append(text(N_("For whom: {words}"), words=Term(WHOM[details.whom])))
    if details.words:
        lines.append(text(N_("In their words: {words}"), words=details.words))
    if request.how is not How.ALONG and phone:
        lines.append(text(N_("Phone: {phone}"), phone=phone))
    elif request.how is How.PHONE:
        office_phone = county.office_phone
        lines.append(text(N_("The office has the phone number: {phone}"), phone=office_phone))
    return lines


def safety() -> list[Text]:
    return [
        text(
            N_(
                "Please remember: no visits at home, no money. Nobody rides in your car, unless the"
                " office agrees. Children never interpret."
            )
        )
    ]


def voice_of(request: HelpRequest) -> Message:
    said = message(text(N_("🎤 {number}: in their own voice"), number=request.number))
    return Message(said.lines, voice=request.details.voice)


def photo_of(request: HelpRequest) -> Message:
    """In private: for the volunteer who comes, and for a coordinator who asked."""
    said = message(text(N_("📷 {number}"), number=request.number))
    return Message(said.lines, photo=request.details.photo)


# --- to the volunteer ---------------------------------------------------------------------------


def find_a_time(request: HelpRequest, county: County, phone: str) -> Message:
    """They said yes, and no time is fixed."""
    return message(
        text(N_("💚 Thank you! You take <b>{number}</b>."), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        *facts(request, county, phone),
        text(N_("Now please offer up to three times. The person chooses one.")),
        *safety(),
        buttons=[*_for_volunteer(request), [write_to_requester(request.id)]],
    )


def times_sent(request: HelpRequest, times: Sequence[int], place: str) -> Message:
    """What stays in the volunteer's chat after they have offered times."""
    return message(
        text(N_("🗓 {number}: we have sent your times."), number=request.number),
        *(text(N_("{time}"), time=Moment(one)) for one in times),
        *where(place),
        text(N_("You will hear which one fits.")),
        buttons=[[Button(text(B_("🗓 My tasks")), "menu:tasks")]],
    )


def times_wait(request: HelpRequest) -> Message:
    """Takes the place of a question for times."""
    return message(text(N_("🗓 {number}: we have sent your times."), number=request.number))


def please_offer(request: HelpRequest) -> Message:
    """A reminder: nothing was offered so far."""
    return message(
        text(
            N_("⏰ {number}: the person waits for your times. Please offer some soon."),
            number=request.number,
        ),
        text(N_("If you can't, that is fine. Then we ask others.")),
        buttons=_for_volunteer(request),
    )


def none_of_yours(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: none of these times fits, sorry."), number=request.number),
        text(N_("Can you offer others?")),
        buttons=_for_volunteer(request),
    )


def none_of_yours_again(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: these times do not fit either, sorry."), number=request.number),
        text(N_("The office helps now. You can also offer other times.")),
        buttons=_for_volunteer(request),
    )


def no_longer_free(request: HelpRequest) -> Message:
    return message(
        text(
            N_("{number}: a time was chosen, but you have another task then."),
            number=request.number,
        ),
        text(N_("Can you offer others?")),
        buttons=_for_volunteer(request),
    )


def time_is_over(request: HelpRequest) -> Message:
    """Nothing was offered: the task goes to others by itself."""
    return message(
        text(N_("{number}: we ask others now, because time is short."), number=request.number),
        text(N_("That is fine. Thank you for your readiness!")),
    )


def agreeing_cancelled(request: HelpRequest) -> Message:
    return message(
        text(N_("✖️ {number} was cancelled by the person who asked."), number=request.number),
        text(N_("You do not need to do anything.")),
    )


def taken_over(request: HelpRequest) -> Message:
    """Whoever reads it never hears why."""
    return message(
        text(N_("{number} was taken over differently. Thank you!"), number=request.number),
        text(N_("You do not need to do anything.")),
    )


def _for_volunteer(request: HelpRequest) -> list[list[Button]]:
    return [
        [Button(text(B_("🗓 Offer times")), f"times:offer:{request.id}")],
        [Button(text(B_("I can't help")), f"times:back:{request.id}")],
    ]


# --- to the requester ---------------------------------------------------------------------------


def somebody_looks(request: HelpRequest) -> Message:
    """A volunteer has said yes; no name yet, since there is nothing to choose."""
    return message(
        text(N_("✅ {number}: a volunteer wants to help you."), number=request.number),
        text(N_("They will offer you times. Then you can choose one.")),
        buttons=[[MY_REQUESTS]],
    )


def choose_a_time(
    request: HelpRequest,
    county: County,
    offered: Sequence[Proposal],
    name: str,
    languages: Sequence[str],
    note: Text | None = None,
) -> Message:
    """*note* stands above it."""
    return message(
        *([note] if note is not None else []),
        text(N_("🗓 {number}: {name} can help you."), number=request.number, name=name),
        *speaks(languages),
        *where(neutral(offered[0].place, request, county)),
        text(N_("Which time do you choose?")),
        buttons=[
            *(
                [Button(text(B_("{time}"), time=Moment(one.starts_at)), f"times:pick:{one.id}")]
                for one in offered
            ),
            [Button(text(B_("None of these fits")), f"times:none:{request.id}")],
            [Button(text(B_("Someone else, please")), f"times:other:{request.id}")],
        ],
    )


def times_below(request: HelpRequest) -> Message:
    """Takes the place of :func:`choose_a_time` when it is said again further down."""
    return message(text(N_("🗓 {number}: please see below."), number=request.number))


def still_to_choose() -> Text:
    return text(N_("⏰ Please choose soon."))


def not_this_time() -> Text:
    return text(N_("This time is no longer possible, sorry. Please choose another."))


def chosen(request: HelpRequest) -> Message:
    """Takes the place of :func:`choose_a_time`."""
    return message(
        text(N_("🗓 {number}: your time is {time}."), number=request.number, time=when(request))
    )


def others_wanted(request: HelpRequest) -> Message:
    """Takes the place of :func:`choose_a_time`: other times will come."""
    return message(
        text(N_("{number}: we ask for other times."), number=request.number),
        text(N_("You do not need to do anything.")),
        buttons=[[MY_REQUESTS]],
    )


def office_helps(request: HelpRequest, county: County) -> Message:
    return message(
        text(N_("{number}: the office helps you to find a time."), number=request.number),
        text(N_("You can also call: {phone}"), phone=county.office_phone),
        buttons=[[CALL_ME]],
    )


def looking_for_someone_else(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: we look for someone else."), number=request.number),
        text(N_("The volunteer does not hear that you asked for it.")),
        buttons=[[MY_REQUESTS]],
    )


def still_looking_for_a_time(request: HelpRequest) -> Message:
    """A volunteer gave it back before there was a time."""
    return message(
        text(
            N_("{number}: the volunteer can't help after all. We are asking others now."),
            number=request.number,
        ),
        buttons=[[CALL_ME]],
    )


def speaks(languages: Sequence[str]) -> list[Text]:
    shared = tuple(Language(code) for code in languages)
    return [text(N_("Speaks: {languages}"), languages=Listing(shared))] if shared else []


def neutral(place: str, request: HelpRequest, county: County) -> str:
    """An office is not named on a requester's lock screen; they know which one it is about."""
    is_office = place == request.details.office or place in {one.name for one in county.offices}
    return "there" if place and is_office else place


def where(place: str) -> list[Text]:
    return [text(N_("Where: {place}"), place=place_of(place))] if place else []


# --- to the office ------------------------------------------------------------------------------


def no_time_fits(request: HelpRequest, county: County) -> Message:
    return _help_agreeing(
        request, county, text(N_("⚠️ <b>{number}</b>: no time fits both."), number=request.number)
    )


def nothing_chosen(request: HelpRequest, county: County) -> Message:
    return _help_agreeing(
        request,
        county,
        text(N_("⚠️ <b>{number}</b>: the person has not chosen a time."), number=request.number),
    )


def _help_agreeing(request: HelpRequest, county: County, what_happened: Text) -> Message:
    return message(
        what_happened,
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        text(N_("Language: {language}"), language=Language(request.language)),
        text(N_("Please help the two to find a time.")),
        buttons=[[Button(text(B_("🔁 Ask others")), f"times:others:{request.id}")]],
    )
