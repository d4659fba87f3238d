"""Help every week, as both sides see it: one screen, and what can be done there."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import FutureDay, TimeOfDay
from bot.domain.appointments import Side
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import is_on
from bot.domain.people import Person
from bot.domain.series import Answer, SeriesState
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.storage import assignments, requests
from bot.usecases import (
    day_notices,
    relay_notices,
    series,
    series_meetings,
    series_notices,
    series_trial,
    series_views,
)
from bot.usecases.assigning import phone_for
from bot.usecases.series import Standing
from handlers.common import menu
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn

PAUSE, TIME = "series_pause", "series_time"

#: The fact of both conversations: the series' id.
_ABOUT = "series"
_WEEKS = {14: B_("2 weeks"), 28: B_("4 weeks"), 56: B_("8 weeks")}

PAUSE_FLOW = Flow(
    PAUSE,
    facts=(_ABOUT,),
    asks=(
        Ask(
            "day",
            N_("From which day are there meetings again? Please write the date."),
            FutureDay(offered=0),
        ),
    ),
)

TIME_FLOW = Flow(
    TIME,
    facts=(_ABOUT,),
    asks=(
        Ask(
            "day",
            N_("On which day do you meet next? From then on it is always this day of the week."),
            FutureDay(),
        ),
        Ask("time", N_("At what time?"), TimeOfDay("day", first=9, last=19)),
    ),
)


# --- lines and screens ----------------------------------------------------------------------------


def lines_of_requester(turn: Turn, person: Person) -> list[tuple[list[Text], Button]]:
    """Each series with its button."""
    found = series.of_requester(turn.tx, turn.county, person)
    return [(_lines(turn, one), series_notices.show_button(one.series)) for one in found]


def lines_of_volunteer(turn: Turn, person: Person) -> list[tuple[list[Text], Button]]:
    found = series.of_volunteer(turn.tx, turn.county, person)
    return [(_lines(turn, one), series_notices.show_button(one.series)) for one in found]


def _lines(turn: Turn, one: Standing) -> list[Text]:
    today = series_meetings.today(turn.tx, turn.county)
    told = series_views.stands(one.series, turn.county, today, one.next_day)
    if one.side is Side.VOLUNTEER:
        phone = phone_for(turn.tx, one.origin)
        return series_views.of_volunteer(one.series, one.origin, turn.county, told, phone)
    name = "" if one.volunteer is None else one.volunteer.first_name
    return series_views.of_requester(one.series, turn.county, told, name)


def show(turn: Turn) -> None:
    """One series, and what can be done."""
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    menu.show_aside(turn, message(*_lines(turn, one), buttons=_buttons(turn, one)))


def _show_again(turn: Turn) -> None:
    """It may have been tapped here, and not under the question."""
    if turn.on_screen:
        show(turn)


def _buttons(turn: Turn, one: Standing) -> list[list[Button]]:
    series_id = one.series.request_id
    if one.series.state is SeriesState.TRIAL:
        says = one.series.says(one.side)
        return _yes_or_no(series_id) if says is Answer.ASKED else []
    if one.series.state is not SeriesState.ACTIVE:
        return []
    buttons: list[list[Button]] = []
    change = one.series.change
    if change is not None and change.by is not one.side:
        asked = series_notices.another_time(one.series, turn.county, change.first_on, change.hour)
        buttons += [list(row) for row in asked.buttons]
    if one.next_one is not None:
        label = text(B_("✖️ Not next time"))
        buttons.append([Button(label, f"series:skip:{one.next_one.id}")])
    buttons += _of_meeting(turn, one)
    is_paused = one.series.paused_until is not None and (
        one.series.paused_until > series_meetings.today(turn.tx, turn.county)
    )
    pause = (
        Button(text(B_("▶️ Go on now")), f"series:resume:{series_id}")
        if is_paused
        else Button(text(B_("⏸ Pause")), f"series:pause:{series_id}")
    )
    other = Button(text(B_("🗓 Other time")), f"series:time:{series_id}")
    return [*buttons, [pause, other], [Button(text(B_("⏹ Stop")), f"series:stop:{series_id}")]]


def _of_meeting(turn: Turn, one: Standing) -> list[list[Button]]:
    """To write to each other about the soonest meeting, and on the day to say where one is."""
    tx, series_id = turn.tx, one.series.request_id
    me = None if turn.person is None else turn.person.id
    meetings = [each for each in requests.of_series(tx, series_id) if each.is_meeting]
    held = [(each, assignments.active_of_request(tx, each.id)) for each in meetings]
    own = [
        (meeting, task)
        for meeting, task in held
        if task is not None and me in (meeting.person_id, task.volunteer_id)
    ]
    rows = [[relay_notices.write_about(meeting)] for meeting, _ in own[:1]]
    today = [each for each in own if is_on(each[1], tx.now)]
    return rows + [[day_notices.panel_button(meeting, task.id)] for meeting, task in today]


def _yes_or_no(series_id: int) -> list[list[Button]]:
    return [
        [Button(text(B_("✅ Yes, every week")), f"series:yes:{series_id}")],
        [Button(text(B_("No, thank you")), f"series:no:{series_id}")],
    ]


# --- after the trial ------------------------------------------------------------------------------


def yes(turn: Turn) -> None:
    series_trial.answer(turn.tx, turn.county, turn.person, turn.tapped_number, yes=True)
    _show_again(turn)


def no(turn: Turn) -> None:
    series_trial.answer(turn.tx, turn.county, turn.person, turn.tapped_number, yes=False)
    _show_again(turn)


def another(turn: Turn) -> None:
    series_trial.another(turn.tx, turn.county, turn.person, turn.tapped_number, wanted=True)


def nobody(turn: Turn) -> None:
    series_trial.another(turn.tx, turn.county, turn.person, turn.tapped_number, wanted=False)


# --- one week -------------------------------------------------------------------------------------


def skip(turn: Turn) -> None:
    """First tap: are you sure?"""
    meeting = series.require_meeting(turn.tx, turn.person, turn.tapped_number)
    menu.show_aside(turn, series_notices.sure_not_this_week(meeting))


def surely_skip(turn: Turn) -> None:
    """Second tap."""
    turn.conclude(series.leave_out(turn.tx, turn.county, turn.person, turn.tapped_number))


def no_meeting_then(turn: Turn) -> None:
    """The volunteer has another task, and keeps it."""
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    if one.side is Side.VOLUNTEER:
        said = series_meetings.settle_clash(
            turn.tx, turn.county, one.series.request_id, by_volunteer=True
        )
        if said is None:
            turn.refuse(words_for(Code.GONE, turn.county))


# --- pause, another time --------------------------------------------------------------------------


class Weekly:
    """Handlers that need the conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def pause_until(self, turn: Turn) -> None:
        self._begin(turn, PAUSE)

    def other_time(self, turn: Turn) -> None:
        self._begin(turn, TIME)

    def _begin(self, turn: Turn, flow: str) -> None:
        one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
        self._talk.begin(turn, flow, {_ABOUT: one.series.request_id}, afresh=True)


def pause(turn: Turn) -> None:
    """For how long?"""
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    series_id = one.series.request_id
    weeks = [
        Button(text(label), f"series:weeks:{days}:{series_id}") for days, label in _WEEKS.items()
    ]
    until = Button(text(B_("📅 Until a date")), f"series:until:{series_id}")
    menu.show_aside(
        turn,
        message(
            text(N_("{number}: a pause. For how long?"), number=one.series.number),
            buttons=[weeks, [until]],
        ),
    )


def pause_weeks(turn: Turn) -> None:
    """``series:weeks:14:7``."""
    days = int(turn.tapped.split(":")[2])
    until = series_meetings.today(turn.tx, turn.county) + timedelta(days=days)
    turn.conclude(series.pause(turn.tx, turn.county, turn.person, turn.tapped_number, until))


def resume(turn: Turn) -> None:
    turn.conclude(series.resume(turn.tx, turn.county, turn.person, turn.tapped_number))


def finish_pause(turn: Turn, answers: Answers) -> Message:
    until = date.fromisoformat(str(answers["day"]))
    person, about = turn.person, _about(answers)
    return _unless_over(turn, lambda: series.pause(turn.tx, turn.county, person, about, until))


def finish_time(turn: Turn, answers: Answers) -> Message:
    """The other side is asked."""
    first, hour = date.fromisoformat(str(answers["day"])), str(answers["time"])
    person, about = turn.person, _about(answers)
    return _unless_over(
        turn, lambda: series.propose_time(turn.tx, turn.county, person, about, first, hour)
    )


def _unless_over(turn: Turn, deed: Callable[[], Message]) -> Message:
    """Raised, it would leave them in the questions: whatever they answer, it is over."""
    try:
        return deed()
    except Refused as refused:
        if refused.code not in (Code.GONE, Code.NOT_YOURS):
            raise
        return message(words_for(refused.code, turn.county))


def _about(answers: Answers) -> int:
    known = answers.get(_ABOUT)
    return known if isinstance(known, int) else 0


def agree(turn: Turn) -> None:
    series.agree_time(turn.tx, turn.county, turn.person, turn.tapped_number, yes=True)
    _show_again(turn)


def keep(turn: Turn) -> None:
    series.agree_time(turn.tx, turn.county, turn.person, turn.tapped_number, yes=False)
    _show_again(turn)


# --- the end --------------------------------------------------------------------------------------


def stop(turn: Turn) -> None:
    """First tap: does somebody else go on, or is it not needed any more?"""
    one = series.require(turn.tx, turn.county, turn.person, turn.tapped_number)
    series_id, number = one.series.request_id, one.series.number
    if one.side is Side.VOLUNTEER:
        hint = text(N_("You can't go on? That is fine. Then we ask others."))
        other = Button(text(B_("I can't go on")), f"series:other:{series_id}")
    else:
        hint = text(N_("Somebody else can help you too. The volunteer does not hear why."))
        other = Button(text(B_("Someone else, please")), f"series:other:{series_id}")
    asked = text(N_("{number}: how do you want to stop?"), number=number)
    over = Button(text(B_("Help is not needed")), f"series:end:{series_id}")
    back = Button(text(B_("⬅️ Back")), f"series:show:{series_id}")
    menu.show_aside(turn, message(asked, hint, buttons=[[other], [over], [back]]))


def someone_else(turn: Turn) -> None:
    """Second tap: the series stays, others are asked."""
    turn.conclude(series.someone_else(turn.tx, turn.county, turn.person, turn.tapped_number))


def end(turn: Turn) -> None:
    """Second tap."""
    turn.conclude(series.end(turn.tx, turn.county, turn.person, turn.tapped_number))
