"""What both sides hear about an appointment: found, reminded, called off, over."""

from collections.abc import Collection, Sequence

from bot.domain.appointments import Assignment, Said
from bot.domain.county import County
from bot.domain.people import understood
from bot.domain.requests import HelpRequest, How
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases import day_notices
from bot.usecases.agreeing_notices import facts, neutral, safety, speaks, where
from bot.usecases.moving_notices import other_time
from bot.usecases.notices import CALL_ME, MY_REQUESTS, category, when
from bot.usecases.relay_notices import write_to_helper, write_to_requester


def shared(wanted: Sequence[str], spoken: Collection[str]) -> list[str]:
    """Of the languages somebody understands (*wanted*), those that a volunteer speaks."""
    return [code for code in wanted if understood(code) & frozenset(spoken)]


# --- to the requester ---------------------------------------------------------------------------


def volunteer_found(
    request: HelpRequest,
    county: County,
    assignment: Assignment,
    first_name: str,
    languages: Sequence[str],
) -> Message:
    """Who comes, and when. The doctor or the office is not named: it shows on a lock screen."""
    return message(
        _found(request, first_name),
        text(N_("{time}"), time=when(request)),
        *speaks(languages),
        *where(neutral(_meeting(request, assignment), request, county)),
        text(N_("We will remind you before.")),
        *_trial(request),
        buttons=[
            [write_to_helper(request)],
            [MY_REQUESTS, _calendar(assignment)],
            [Button(text(B_("Someone else, please")), f"found:other:{assignment.id}")],
        ],
    )


def _calendar(assignment: Assignment) -> Button:
    return Button(text(B_("🗓 Calendar")), f"calendar:file:{assignment.id}")


def _found(request: HelpRequest, name: str) -> Text:
    if request.how is How.PHONE:
        return text(N_("✅ {number}: {name} will help you."), number=request.number, name=name)
    return text(N_("✅ {number}: {name} will come with you."), number=request.number, name=name)


def _meeting(request: HelpRequest, assignment: Assignment) -> str:
    if assignment.place:
        return assignment.place
    return "call" if request.how is How.PHONE else "there"


def _trial(request: HelpRequest) -> list[Text]:
    """What begins with it, if it is to be every week; nothing for who takes a series over."""
    if not request.weekly or request.is_search:
        return []
    return [
        text(N_("The first meeting is a trial. Afterwards we ask both of you whether it goes on."))
    ]


def has_new_time(request: HelpRequest) -> Message:
    """The time of an appointment has changed; to either side."""
    return message(
        text(N_("🗓 {number}: there is a new time."), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("We will remind you before.")),
    )


def promise_broken(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_found`."""
    return message(_volunteer_lost(request))


def _volunteer_lost(request: HelpRequest) -> Text:
    return text(
        N_("{number}: the volunteer can't come after all. We are sorry."), number=request.number
    )


def requester_asked(request: HelpRequest, assignment_id: int, *, today: bool = False) -> Message:
    """The day before, and again if there was no answer."""
    return message(
        *_reminder(request),
        text(N_("Will you be there?")),
        buttons=[
            [
                Button(text(B_("✅ Yes")), f"coming:yes:{assignment_id}"),
                Button(text(B_("I can't come")), f"coming:no:{assignment_id}"),
            ],
            [other_time(assignment_id)],
            *_on_the_day(assignment_id, today=today),
            [_show(request), write_to_helper(request)],
        ],
    )


def requester_reminder(
    request: HelpRequest,
    said: Said | None = None,
    assignment_id: int = 0,
    *,
    today: bool = False,
) -> Message:
    """With what they have *said*, if they have. *today*: what to tell the other side, too."""
    thanks = [] if said is None else [text(N_("✅ You said yes. Thank you!"))]
    signs = _on_the_day(assignment_id, today=today)
    below = [_show(request), write_to_helper(request)]
    return message(*_reminder(request), *thanks, buttons=[*signs, below])


def _on_the_day(assignment_id: int, *, today: bool) -> list[list[Button]]:
    return day_notices.rows(assignment_id) if today else []


def _reminder(request: HelpRequest) -> list[Text]:
    return [
        text(N_("⏰ Reminder: {number}"), number=request.number),
        text(N_("{time}"), time=when(request)),
    ]


def _show(request: HelpRequest) -> Button:
    return Button(text(B_("👁 Show")), f"request:show:{request.id}")


def volunteer_silent(request: HelpRequest, first_name: str) -> Message:
    return message(
        text(
            N_("{number}: {name} has not answered our reminder yet."),
            number=request.number,
            name=first_name,
        ),
        text(N_("{time}"), time=when(request)),
        text(N_("The office is calling now. We will tell you if something changes.")),
        buttons=[[CALL_ME]],
    )


def has_answered(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_silent` and :func:`requester_silent`."""
    return message(text(N_("✅ {number}: now we have heard a yes."), number=request.number))


# --- to the volunteer ---------------------------------------------------------------------------


def offer_accepted(
    request: HelpRequest, county: County, assignment: Assignment, phone: str
) -> Message:
    return message(
        text(N_("💚 Thank you! You take <b>{number}</b>."), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        *where(_meeting(request, assignment)),
        *facts(request, county, phone),
        text(N_("We will remind you before.")),
        *_trial(request),
        *safety(),
        buttons=[[write_to_requester(request.id)], [_cant_come(assignment.id)]],
    )


def volunteer_asked(
    request: HelpRequest, county: County, assignment: Assignment, *, today: bool = False
) -> Message:
    """The day before, and again if there was no answer."""
    return message(
        *_of_volunteer(request, county, assignment),
        text(N_("Will you be there?")),
        buttons=[
            [
                Button(text(B_("✅ Yes")), f"coming:yes:{assignment.id}"),
                _cant_come(assignment.id),
            ],
            [write_to_requester(request.id), other_time(assignment.id)],
            *_on_the_day(assignment.id, today=today),
        ],
    )


def volunteer_reminder(
    request: HelpRequest,
    county: County,
    assignment: Assignment,
    said: Said | None = None,
    *,
    today: bool = False,
) -> Message:
    """With what they have *said*, if they have. Whose task is over can't do anything any more.

    *today*: what to tell the other side, too."""
    thanks = [] if said is not Said.COMING else [text(N_("✅ You said yes. Thank you!"))]
    return message(
        *_of_volunteer(request, county, assignment),
        *thanks,
        buttons=[
            *_on_the_day(assignment.id, today=today),
            [_cant_come(assignment.id)],
            [write_to_requester(request.id)],
        ]
        if assignment.active
        else [],
    )


def _of_volunteer(request: HelpRequest, county: County, assignment: Assignment) -> list[Text]:
    return [
        text(N_("⏰ Reminder: {number}"), number=request.number),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        *where(assignment.place),
    ]


def requester_silent(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: the person has not answered our reminder yet."), number=request.number),
        text(N_("{time}"), time=when(request)),
        text(N_("The office is calling now. We will tell you if something changes.")),
    )


def _cant_come(assignment_id: int) -> Button:
    return Button(text(B_("I can't come")), f"task:cant:{assignment_id}")


def task_cancelled(request: HelpRequest) -> Message:
    return message(
        text(N_("✖️ {number} was cancelled by the person who asked."), number=request.number),
        text(N_("{time}"), time=when(request)),
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


# --- to the office ------------------------------------------------------------------------------


def volunteer_to_call(request: HelpRequest, county: County, assignment_id: int) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the volunteer has not answered the reminder. Please call."),
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


def requester_to_call(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the person has not answered the reminder. Please call."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
    )


def needs_another(request: HelpRequest, county: County) -> Message:
    """The volunteer was taken off when hardly any time is left."""
    return message(
        text(
            N_("🔴 <b>{number}</b> needs another volunteer, and it starts soon."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        text(N_("Others are being asked now.")),
    )
