"""What both sides and the office hear about help every week.

Notices to requesters show no matter on a lock screen: number, weekday, time.
"""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.appointments import Side
from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.domain.series import Series, Skip, moment
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Hour,
    Message,
    Moment,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases.notices import CALL_ME, WEEKDAYS

# --- words that several messages use --------------------------------------------------------------


def rhythm(weekday: int, hour: str) -> Text:
    return text(
        N_("🔁 Every week: {weekday}, {time}"), weekday=Term(WEEKDAYS[weekday]), time=Hour(hour)
    )


def next_on(day: date | None, hour: str, zone: ZoneInfo) -> list[Text]:
    """The next meeting, if there is one in sight."""
    if day is None:
        return []
    return [text(N_("Next meeting: {time}"), time=Moment(moment(day, hour, zone)))]


def show_button(series: Series) -> Button:
    return Button(
        text(B_("🔁 Every week: {number}"), number=series.number),
        f"series:show:{series.request_id}",
    )


# --- the trial ------------------------------------------------------------------------------------


def shall_it_go_on(
    series: Series, county: County, side: Side, first: date | None, name: str = ""
) -> Message:
    """After the first meeting; each side is asked for itself. *name*: of the volunteer."""
    asked = (
        text(
            N_("{number}: would you like to meet {name} every week?"),
            number=series.number,
            name=name,
        )
        if side is Side.REQUESTER
        else text(N_("{number}: would you like to help every week?"), number=series.number)
    )
    return message(
        asked,
        rhythm(series.weekday, series.hour),
        *next_on(first, series.hour, county.zone),
        text(N_("Both of you are asked. A no is fine.")),
        buttons=[
            [Button(text(B_("✅ Yes, every week")), f"series:yes:{series.request_id}")],
            [Button(text(B_("No, thank you")), f"series:no:{series.request_id}")],
        ],
    )


def waits_for_the_other(series: Series) -> Message:
    """One side has said yes."""
    return message(
        text(N_("💚 {number}: thank you!"), number=series.number),
        text(N_("We wait for the other answer and will tell you.")),
    )


def goes_on(series: Series, county: County, first: date | None) -> Message:
    """Two yeses, or another volunteer was found; to both."""
    return message(
        text(N_("💚 {number}: now it is every week."), number=series.number),
        rhythm(series.weekday, series.hour),
        *next_on(first, series.hour, county.zone),
        text(N_("We will remind you before each meeting.")),
        buttons=[[show_button(series)]],
    )


def no_is_fine(series: Series) -> Message:
    """To a volunteer who does not want to go on, or can't."""
    return message(
        text(N_("{number}: that is fine. Thank you for your help!"), number=series.number)
    )


def does_not_go_on(series: Series) -> Message:
    """To the volunteer; who wanted it is not said."""
    return message(
        text(N_("{number}: there will be no weekly meetings."), number=series.number),
        text(N_("Thank you for your help!")),
    )


def somebody_else(series: Series, *, volunteer_left: bool) -> Message:
    """To the requester: shall another volunteer be looked for?

    *volunteer_left*: it was their no.
    """
    asked = N_("{number}: shall we look for another volunteer for you?")
    sorry = N_("{number}: the volunteer has no time every week. We are sorry.")
    return message(
        *([text(sorry, number=series.number)] if volunteer_left else []),
        text(asked, number=series.number),
        buttons=[
            [Button(text(B_("✅ Yes, please look")), f"series:another:{series.request_id}")],
            [Button(text(B_("No, thank you")), f"series:nobody:{series.request_id}")],
        ],
    )


# --- another volunteer ----------------------------------------------------------------------------


def looking_again(series: Series, *, volunteer_left: bool) -> Message:
    """To the requester."""
    return message(
        text(
            N_("{number}: the volunteer can't come every week any more. We are sorry."),
            number=series.number,
        )
        if volunteer_left
        else text(N_("{number}: we look for someone else."), number=series.number),
        text(N_("We are asking other volunteers now. Until then there are no meetings.")),
        buttons=[[CALL_ME]],
    )


def also_other_days(series: Series) -> Message:
    """To the requester: nobody was found for the old day and hour."""
    return message(
        text(N_("{number}: nobody has time on this day."), number=series.number),
        text(N_("Now we ask for other days too. Then you choose a time.")),
        buttons=[[CALL_ME]],
    )


def handed_on(series: Series) -> Message:
    """To the volunteer who can't go on."""
    return message(
        text(N_("{number}: we will ask others. Thank you for telling us."), number=series.number),
        text(N_("Thank you for your help!")),
    )


# --- weeks that are left out ----------------------------------------------------------------------


_WHY: Mapping[Skip, str] = {
    Skip.PUBLIC_HOLIDAY: N_("It is a public holiday."),
    Skip.SCHOOL_HOLIDAY: N_("There are school holidays."),
    Skip.AWAY: N_("The volunteer has a break."),
}


def left_out(
    series: Series, county: County, why: Skip, first: date, last: date, goes: date | None
) -> Message:
    """A week before, to both: holidays, or the volunteer has a break."""
    said = (
        text(N_("🏖 {number}: no meeting on {day}."), number=series.number, day=iso(first))
        if first == last
        else text(
            N_("🏖 {number}: no meetings from {day} to {last}."),
            number=series.number,
            day=iso(first),
            last=iso(last),
        )
    )
    reason = [text(_WHY[why])] if why in _WHY else []
    return message(said, *reason, *next_on(goes, series.hour, county.zone))


def not_this_week(
    meeting: HelpRequest, series: Series, county: County, goes: date | None
) -> Message:
    """To the other side, and in place of the question to who said it."""
    starts_at = meeting.starts_at or 0
    return message(
        text(N_("✖️ {number}: this meeting is cancelled."), number=series.number),
        text(N_("{time}"), time=Moment(starts_at)),
        *next_on(goes, series.hour, county.zone),
    )


def sure_not_this_week(meeting: HelpRequest) -> Message:
    return message(
        text(N_("{number}: no meeting this time?"), number=meeting.number),
        text(N_("{time}"), time=Moment(meeting.starts_at or 0)),
        text(N_("All other meetings stay as they are.")),
        buttons=[
            [Button(text(B_("✖️ Yes, not this time")), f"series:off:{meeting.id}")],
            [Button(text(B_("⬅️ Back")), f"series:show:{meeting.series_id}")],
        ],
    )


def clash(series: Series, county: County, day: date) -> Message:
    """To the volunteer: something else is in the way."""
    return message(
        text(
            N_("⚠️ {number}: you have another task at the time of your weekly meeting."),
            number=series.number,
        ),
        text(N_("{time}"), time=Moment(moment(day, series.hour, county.zone))),
        text(N_("Can you change the other task? Or shall this meeting not take place?")),
        buttons=[
            [Button(text(B_("✖️ No meeting then")), f"series:clash:{series.request_id}")],
            [Button(text(B_("🗓 My tasks")), "menu:tasks")],
        ],
    )


def clash_is_over(series: Series, county: County, day: date) -> Message:
    """To the volunteer: there is time for the meeting again."""
    return message(
        text(N_("✅ {number}: the meeting can take place."), number=series.number),
        text(N_("{time}"), time=Moment(moment(day, series.hour, county.zone))),
    )


def no_meeting(series: Series, county: County, day: date, goes: date | None) -> Message:
    """To the requester: one meeting does not take place."""
    return message(
        text(N_("{number}: no meeting on {day}."), number=series.number, day=iso(day)),
        *next_on(goes, series.hour, county.zone),
    )


# --- pause, another time, the end -----------------------------------------------------------------


def paused(series: Series, county: County, until: date, goes: date | None) -> Message:
    """To both."""
    return message(
        text(
            N_("⏸ {number}: a pause. There are meetings again from {day} on."),
            number=series.number,
            day=iso(until),
        ),
        *next_on(goes, series.hour, county.zone),
        buttons=[[show_button(series)]],
    )


def paused_by_office(series: Series, side: Side) -> Message:
    """Something was wrong: the volunteer does not hear it."""
    then = (
        text(N_("The office talks with you first. You decide whether it goes on."))
        if side is Side.REQUESTER
        else text(N_("We will tell you when it goes on."))
    )
    return message(text(N_("⏸ {number}: a pause for now."), number=series.number), then)


def resumed(series: Series, county: County, goes: date | None) -> Message:
    """To both: the pause is over."""
    return message(
        text(N_("▶️ {number}: the pause is over."), number=series.number),
        *next_on(goes, series.hour, county.zone),
        buttons=[[show_button(series)]],
    )


def another_time(series: Series, county: County, first: date, hour: str) -> Message:
    """One side proposes it, the other is asked."""
    return message(
        text(N_("🗓 {number}: another time every week?"), number=series.number),
        rhythm(first.weekday(), hour),
        text(N_("The first time: {time}"), time=Moment(moment(first, hour, county.zone))),
        buttons=[
            [Button(text(B_("✅ Yes, that is fine")), f"series:agree:{series.request_id}")],
            [Button(text(B_("No, as it is now")), f"series:keep:{series.request_id}")],
        ],
    )


def time_proposed(series: Series, county: County, first: date, hour: str) -> Message:
    """To who proposed it."""
    return message(
        text(N_("🗓 {number}: we ask the other person."), number=series.number),
        rhythm(first.weekday(), hour),
        text(N_("The first time: {time}"), time=Moment(moment(first, hour, county.zone))),
        text(N_("Until then all stays as it is.")),
    )


def new_time(series: Series, county: County, first: date | None) -> Message:
    """To both."""
    return message(
        text(N_("🗓 {number}: there is a new time."), number=series.number),
        rhythm(series.weekday, series.hour),
        *next_on(first, series.hour, county.zone),
        buttons=[[show_button(series)]],
    )


def time_stays(series: Series) -> Message:
    """To both: the other time is not agreed, or was never answered."""
    return message(
        text(N_("🗓 {number}: the time stays as it is."), number=series.number),
        rhythm(series.weekday, series.hour),
    )


def ended(series: Series, met: int, side: Side) -> Message:
    """To both: thanks. *met*: how often."""
    thanks = (
        text(N_("We wish you all the best. You can ask for help again at any time."))
        if side is Side.REQUESTER
        else text(N_("Thank you for your time and your patience!"))
    )
    return message(
        text(N_("💚 {number}: the weekly help has ended."), number=series.number),
        *([count(P_("You have met {n} time.", "You have met {n} times."), met)] if met else []),
        thanks,
    )


def iso(day: date) -> Day:
    return Day(day.isoformat())
