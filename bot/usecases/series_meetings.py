"""The meetings of help every week: made two weeks ahead, left out, called off one by one.

Each meeting is a help request of its own that is assigned from its beginning, so reminders, silence
and the end are those of every appointment.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain import series as rules
from bot.domain.appointments import DAY, REQUESTERS_QUIET, Side, slots
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.history import Happened
from bot.domain.people import Person, Volunteer
from bot.domain.requests import HelpRequest, Move, State, wanted_of
from bot.domain.series import Series, SeriesState, Skip
from bot.messages import Message
from bot.storage import assignments, due, history, people, requests, volunteers
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import appointment_notices, offer_notices, series_notices, series_views
from bot.usecases.assigning import (
    OFFERS_EXPIRE,
    REQUEST_ENDS,
    REQUEST_STARTS,
    plan_reminders,
    release,
)
from bot.usecases.offering import close_offers
from bot.usecases.telling import (
    alert_office,
    drop_errands,
    show_card,
    show_series,
    tell,
    tell_requester,
    tell_volunteer,
)

#: Kinds of due rows about a series.
SERIES_PLAN = "series_plan"
SERIES_CLASH = "series_clash"

#: So long a volunteer has time to say what becomes of two tasks at once (seconds).
_TIME_TO_SORT_OUT = 3 * DAY


# --- the clock ------------------------------------------------------------------------------------


def plan_by_day(tx: Tx, county: County, series_id: int) -> None:
    """The clock, once a week. A bot that was down wakes nobody with it at night."""
    at = quiet_until(tx.now, REQUESTERS_QUIET, county.zone)
    if at > tx.now:
        due.put(tx, SERIES_PLAN, series_id, at)
    else:
        plan(tx, county, series_id)


def plan(tx: Tx, county: County, series_id: int) -> None:
    """The meetings of the next two weeks, and what is left out of them."""
    series = current(tx, series_id)
    if series is None or series.state is not SeriesState.ACTIVE:
        return
    requests.hold(tx, series_id)
    _say_what_is_left_out(tx, county, series)
    _make_meetings(tx, county, series)
    at = rules.next_planning(series.weekday, tx.now, county.zone)
    due.put(tx, SERIES_PLAN, series_id, at)
    show_series(tx, county, series_id)


def current(tx: Tx, series_id: int) -> Series | None:
    """The series, with the break of its volunteer."""
    series = store.find(tx, series_id)
    if series is None or series.volunteer_id is None:
        return series
    volunteer = volunteers.find(tx, series.volunteer_id)
    until = None if volunteer is None else volunteer.paused_until
    away = () if volunteer is None else volunteer.holidays
    return replace(
        series,
        away_until=None if until is None else date.fromisoformat(until),
        away=tuple((date.fromisoformat(one.first), date.fromisoformat(one.last)) for one in away),
    )


def today(tx: Tx, county: County) -> date:
    return datetime.fromtimestamp(tx.now, county.zone).date()


def _say_what_is_left_out(tx: Tx, county: County, series: Series) -> None:
    """A week before, once for weeks in a row. Of a pause both know already."""
    now = today(tx, county)
    said_to = max(series.said_to, now)
    for day in rules.days_after(series.weekday, said_to):
        if day > now + rules.SAID_BEFORE:
            return
        skip = rules.why_not(series, county, day)
        if day <= said_to or skip is None or skip is Skip.PAUSE:
            continue
        said_to, goes_on = rules.left_out_together(series, county, day)
        store.say_to(tx, series.request_id, said_to)
        said = series_notices.left_out(series, county, skip, day, said_to, goes_on)
        tell_both(tx, county, series, said)


def _make_meetings(tx: Tx, county: County, series: Series) -> None:
    """Each day is decided once, also after a long sleep: what is past is past."""
    furthest = today(tx, county) + rules.AHEAD
    for day in rules.days_after(series.weekday, series.planned_to):
        if day > furthest:
            return
        store.plan_to(tx, series.request_id, day)
        at = rules.moment(day, series.hour, county.zone)
        settled = at <= tx.now or requests.is_settled(tx, series.request_id, at)
        if not settled and rules.why_not(series, county, day) is None:
            _make_meeting(tx, county, series, day, at)


def _make_meeting(tx: Tx, county: County, series: Series, day: date, at: int) -> None:
    volunteer = volunteers.find(tx, series.volunteer_id or 0)
    if volunteer is None or not _may_help(tx, county, series, volunteer, day):
        alert = series_views.may_not_help(series, county, day)
        alert_office(tx, alert, f"series_papers:{series.request_id}", thread=series.number)
        _tell_no_meeting(tx, county, series, day)
    elif not _is_busy(tx, series, at):
        _assign(tx, county, series, at)
    else:
        store.clash(tx, series.request_id, day)
        due.put(tx, SERIES_CLASH, series.request_id, min(tx.now + _TIME_TO_SORT_OUT, at - DAY))
        asked = series_notices.clash(series, county, day)
        tell(tx, people.by_id(tx, volunteer.person_id), asked, card=_clash_card(series))


def _is_busy(tx: Tx, series: Series, at: int) -> bool:
    origin = requests.by_id(tx, series.request_id)
    meeting = replace(origin, starts_at=at, minutes=series.minutes)
    return assignments.is_busy(tx, series.volunteer_id or 0, meeting)


def _assign(tx: Tx, county: County, series: Series, at: int) -> None:
    """Both know of it: they agreed on every week."""
    origin = requests.by_id(tx, series.request_id)
    wanted = replace(
        wanted_of(origin), starts_at=at, minutes=series.minutes, weekly=False, answer_by=None
    )
    meeting = requests.add(
        tx, series.person_id, wanted, State.ASSIGNED, series_id=series.request_id
    )
    assignment = assignments.add(tx, meeting, series.volunteer_id or 0, series.place)
    due.put(tx, REQUEST_ENDS, meeting.id, assignment.ends_at)
    plan_reminders(tx, county, assignment)
    history.add(tx, meeting.id, Happened.PLANNED)


def _may_help(tx: Tx, county: County, series: Series, volunteer: Volunteer, day: date) -> bool:
    """Approved, appointed, and with children the papers: what nobody can be excused from."""
    if not volunteer.active or not volunteer.papers.appointed(day):
        return False
    kind = county.categories.get(series.category)
    origin = requests.by_id(tx, series.request_id)
    with_children = origin.for_child or (kind is not None and kind.for_children)
    return not with_children or volunteer.papers.in_order_for_children(day)


def is_free(tx: Tx, series: Series, volunteer_id: int, at: int) -> bool:
    """Has the volunteer nothing else then? The meetings of the series itself do not count."""
    wanted = slots(at, at + 60 * series.minutes)
    return not any(
        set(wanted) & set(slots(task.starts_at, task.ends_at))
        for task in assignments.active_of_volunteer(tx, volunteer_id)
        if requests.by_id(tx, task.request_id).series_id != series.request_id
    )


# --- two tasks at once ----------------------------------------------------------------------------


def settle_clash(
    tx: Tx, county: County, series_id: int, *, by_volunteer: bool = False
) -> Message | None:
    """The clock, or the volunteer says that there is no meeting then.

    If there is time again, it takes place after all; else the requester hears it, and, unless the
    volunteer said so, the office. What the volunteer reads comes back; None: nothing was open.
    """
    series = current(tx, series_id)
    if series is None or series.clash_on is None or series.volunteer_id is None:
        return None
    requests.hold(tx, series_id)
    day = series.clash_on
    store.clash(tx, series_id, None)
    due.cancel(tx, series_id, [SERIES_CLASH])
    at = rules.moment(day, series.hour, county.zone)
    volunteer = people.by_id(tx, series.volunteer_id)
    if not by_volunteer and at > tx.now and not _is_busy(tx, series, at):
        _assign(tx, county, series, at)
        said = series_notices.clash_is_over(series, county, day)
    else:
        said = _tell_no_meeting(tx, county, series, day)
        if not by_volunteer:
            alert = series_views.clash_unsolved(series, county, day)
            card = f"series_clash:{series_id}"
            alert_office(tx, alert, card, thread=series.number)
    tell(tx, volunteer, said, card=_clash_card(series))
    return said


def clash_is_over(tx: Tx, county: County, series_id: int) -> None:
    """The clock."""
    settle_clash(tx, county, series_id)


def _clash_card(series: Series) -> str:
    return f"series_clash:{series.request_id}"


def _tell_no_meeting(tx: Tx, county: County, series: Series, day: date) -> Message:
    goes_on = rules.next_day(series, county, day)
    said = series_notices.no_meeting(series, county, day, goes_on)
    tell_requester(tx, county, requests.by_id(tx, series.request_id), said)
    return said


# --- one meeting less -----------------------------------------------------------------------------


def not_this_week(
    tx: Tx, county: County, meeting: HelpRequest, *, side: Side, actor: int | None
) -> HelpRequest:
    """One side can't: only this meeting does not take place, and the other side hears it.

    Raises :class:`bot.domain.errors.Refused`.
    """
    series = current(tx, meeting.series_id or 0)
    cancelled = _call_off(tx, county, meeting, None if series is None else series.volunteer_id)
    history.add(tx, meeting.id, Happened.CANT, actor=actor)
    if series is None or not series.lives:
        return cancelled
    said = cancelled_notice(tx, county, meeting, series)
    if side is Side.VOLUNTEER:
        tell_requester(tx, county, requests.by_id(tx, series.request_id), said)
    elif series.volunteer_id is not None:
        tell(tx, people.by_id(tx, series.volunteer_id), said)
    show_series(tx, county, series.request_id)
    return cancelled


def cancelled_notice(tx: Tx, county: County, meeting: HelpRequest, series: Series) -> Message:
    goes_on = next_meeting(tx, county, series, after=meeting.starts_at or tx.now)
    return series_notices.not_this_week(meeting, series, county, goes_on)


def call_off_all(tx: Tx, county: County, series: Series, until: date | None = None) -> None:
    """Nothing of what is planned takes place (*until*: before that day); nobody is told."""
    for meeting in ahead(tx, series.request_id):
        day = datetime.fromtimestamp(meeting.starts_at or 0, county.zone).date()
        if until is None or day < until:
            _call_off(tx, county, meeting, series.volunteer_id)
            history.add(tx, meeting.id, Happened.CANCELLED)
    store.clash(tx, series.request_id, None)
    due.cancel(tx, series.request_id, [SERIES_CLASH])


def ahead(tx: Tx, series_id: int) -> list[HelpRequest]:
    """Meetings that have not begun, soonest first."""
    return [
        one
        for one in requests.of_series(tx, series_id)
        if one.is_meeting and not one.begins_by(tx.now)
    ]


def next_meeting(tx: Tx, county: County, series: Series, after: int | None = None) -> date | None:
    """The day of the next meeting: one that stands, or else by the rules of the series.

    *after*: a moment (UTC epoch seconds); now, if not told otherwise.
    """
    if series.state is not SeriesState.ACTIVE:
        return None
    since = tx.now if after is None else after
    days = [
        datetime.fromtimestamp(one.starts_at or 0, county.zone).date()
        for one in ahead(tx, series.request_id)
        if one.starts_at is not None and one.starts_at > since
    ]
    there = datetime.fromtimestamp(since, county.zone).date()
    decided = max(series.planned_to, there)
    return days[0] if days else rules.next_day(series, county, decided)


def _call_off(
    tx: Tx, county: County, meeting: HelpRequest, volunteer_id: int | None
) -> HelpRequest:
    """Raises :class:`bot.domain.errors.Refused`."""
    cancelled = requests.make(tx, meeting, Move.CANCEL)
    drop_errands(tx, cancelled)
    assignment = assignments.active_of_request(tx, meeting.id)
    if assignment is not None:
        helper = release(tx, cancelled, assignment)
        if helper.id != volunteer_id:  # somebody who stood in
            tell_volunteer(tx, meeting, helper, appointment_notices.task_cancelled(meeting))
    close_offers(tx, cancelled, offer_notices.offer_withdrawn(cancelled))
    due.cancel(tx, meeting.id, [OFFERS_EXPIRE, REQUEST_STARTS, REQUEST_ENDS])
    show_card(tx, county, cancelled)
    return cancelled


# --- somebody new ---------------------------------------------------------------------------------


def is_of(tx: Tx, request: HelpRequest, volunteer: Person) -> bool:
    """A meeting of this volunteer's own series; who only stands in once has a task like others."""
    series = store.find(tx, request.series_id or 0) if request.is_meeting else None
    return series is not None and series.volunteer_id == volunteer.id


def found(tx: Tx, county: County, request: HelpRequest, volunteer: Person) -> HelpRequest:
    """*request* has just been assigned. If it was the search for another volunteer, the series goes
    on with them at once, and this is the first meeting.

    No trial: the person knows by now what it is about, and one tap asks for somebody else again.
    """
    if not request.is_search:
        return request
    series_id = request.series_id or 0
    meeting = requests.join_series(tx, request.id)
    local = datetime.fromtimestamp(meeting.starts_at or tx.now, county.zone)
    assignment = assignments.active_of_request(tx, meeting.id)
    place = assignment.place if assignment is not None and assignment.place else None
    store.set_time(tx, series_id, local.weekday(), f"{local:%H:%M}", place)
    store.set_state(tx, series_id, SeriesState.ACTIVE, volunteer.id)
    store.pause(tx, series_id, None)
    store.plan_to(tx, series_id, local.date())
    store.say_to(tx, series_id, local.date())
    history.add(tx, series_id, Happened.ACCEPTED, actor=volunteer.id)
    series = store.by_id(tx, series_id)
    tell_both(tx, county, series, series_notices.goes_on(series, county, local.date()))
    plan(tx, county, series_id)
    return meeting


def tell_both(
    tx: Tx,
    county: County,
    series: Series,
    said: Message,
    *,
    besides: Sequence[Side | None] = (),
) -> None:
    """*said* to the requester and the volunteer, *besides* whom it was said to already."""
    if Side.REQUESTER not in besides:
        tell_requester(tx, county, requests.by_id(tx, series.request_id), said)
    if Side.VOLUNTEER not in besides and series.volunteer_id is not None:
        tell(tx, people.by_id(tx, series.volunteer_id), said)


def a_day_before(day: date) -> date:
    return day - timedelta(days=1)
