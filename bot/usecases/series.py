"""What either side does with help every week: leave one out, pause, another time, stop.

Everything asks first who it is: the requester, the volunteer who helps now, or a coordinator for
the requester.
"""

from dataclasses import dataclass
from datetime import date

from bot.domain import series as rules
from bot.domain.appointments import DAY, Side
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, State
from bot.domain.series import Change, Series, SeriesState
from bot.messages import Message
from bot.storage import due, history, pairs, people, requests
from bot.storage import series as store
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import agreeing_notices, series_meetings, series_notices, series_trial
from bot.usecases.assigning import to_the_bottom
from bot.usecases.series_meetings import (
    ahead,
    call_off_all,
    cancelled_notice,
    is_free,
    next_meeting,
    plan,
    tell_both,
    today,
)
from bot.usecases.series_search import search
from bot.usecases.series_trial import SERIES_CHANGE_OVER, end_now
from bot.usecases.settling import end_errands
from bot.usecases.telling import retell, tell, tell_requester, tell_volunteer

#: So long the other side may think about another time (seconds).
_TIME_TO_AGREE = 3 * DAY
#: Nobody pauses for longer: then it is better to end it.
_LONGEST_PAUSE = 183
#: The kind of errand by which a requester hears of another time on the phone.
_TIME_ERRAND = "series_time"


@dataclass(frozen=True, slots=True)
class Standing:
    """A series as one of the two sees it. ``next_one``: the request of the next meeting."""

    series: Series
    side: Side
    origin: HelpRequest
    volunteer: Person | None
    next_day: date | None
    next_one: HelpRequest | None


# --- looking --------------------------------------------------------------------------------------


def require(tx: Tx, county: County, person: Person | None, series_id: int) -> Standing:
    """The person's own series, or any for a coordinator. Raises :class:`Refused`."""
    series = series_meetings.current(tx, series_id)
    if series is None:
        raise Refused(Code.GONE)
    side = None if person is None else series.side_of(person.id)
    if side is None and person is not None and person.has(Role.COORDINATOR):
        side = Side.REQUESTER
    if side is None:
        raise Refused(Code.NOT_YOURS)
    return _standing(tx, county, series, side)


def of_requester(tx: Tx, county: County, person: Person) -> list[Standing]:
    """Those of a requester that go on; while somebody is looked for, that is a request of its
    own."""
    found = [
        one for one in store.of_person(tx, person.id) if one.state is not SeriesState.SEARCHING
    ]
    return [_standing(tx, county, one, Side.REQUESTER) for one in found]


def of_volunteer(tx: Tx, county: County, person: Person) -> list[Standing]:
    found = store.of_volunteer(tx, person.id)
    return [_standing(tx, county, one, Side.VOLUNTEER) for one in found]


def _standing(tx: Tx, county: County, series: Series, side: Side) -> Standing:
    volunteer = None if series.volunteer_id is None else people.by_id(tx, series.volunteer_id)
    meetings = [one for one in ahead(tx, series.request_id) if one.state is State.ASSIGNED]
    return Standing(
        series,
        side,
        requests.by_id(tx, series.request_id),
        volunteer,
        next_meeting(tx, county, series),
        meetings[0] if meetings else None,
    )


# --- one week -------------------------------------------------------------------------------------


def require_meeting(tx: Tx, person: Person | None, meeting_id: int) -> HelpRequest:
    """A meeting of theirs that has not begun. Raises :class:`Refused`."""
    meeting = requests.find(tx, meeting_id)
    if meeting is None or not meeting.is_meeting or meeting.state is not State.ASSIGNED:
        raise Refused(Code.GONE)
    series = store.find(tx, meeting.series_id or 0)
    if series is None or person is None or series.side_of(person.id) is None:
        raise Refused(Code.NOT_YOURS)
    if meeting.begins_by(tx.now):
        raise Refused(Code.ALREADY_BEGUN)
    return meeting


def leave_out(tx: Tx, county: County, person: Person | None, meeting_id: int) -> Message:
    """Not this week; what who says it reads comes back. Raises :class:`Refused`."""
    meeting = require_meeting(tx, person, meeting_id)
    series = store.by_id(tx, meeting.series_id or 0)
    side = None if person is None else series.side_of(person.id)
    actor = None if person is None else person.id
    series_meetings.not_this_week(tx, county, meeting, side=side or Side.REQUESTER, actor=actor)
    return cancelled_notice(tx, county, meeting, series)


# --- pause ----------------------------------------------------------------------------------------


def pause(tx: Tx, county: County, person: Person | None, series_id: int, until: date) -> Message:
    """No meetings before *until*; both hear it. Raises :class:`Refused`."""
    standing = _not_held_back(tx, county, person, series_id)
    now = today(tx, county)
    if not now < until or (until - now).days > _LONGEST_PAUSE:
        raise Refused(Code.NOT_POSSIBLE)
    requests.hold(tx, series_id)
    call_off_all(tx, county, standing.series, until)
    store.pause(tx, series_id, until)
    history.add(tx, series_id, Happened.PAUSED, actor=None if person is None else person.id)
    series = _planned_anew(tx, county, series_id)
    goes_on = next_meeting(tx, county, series)
    said = series_notices.paused(series, county, until, goes_on)
    tell_both(tx, county, series, said, besides=[_who_taps(standing, person)])
    return said


def resume(tx: Tx, county: County, person: Person | None, series_id: int) -> Message:
    """The pause is over at once; both hear it. Raises :class:`Refused`."""
    standing = _not_held_back(tx, county, person, series_id)
    if standing.series.paused_until is None:
        raise Refused(Code.GONE)
    requests.hold(tx, series_id)
    store.pause(tx, series_id, None)
    history.add(tx, series_id, Happened.RESUMED, actor=None if person is None else person.id)
    series = _planned_anew(tx, county, series_id)
    said = series_notices.resumed(series, county, next_meeting(tx, county, series))
    tell_both(tx, county, series, said, besides=[_who_taps(standing, person)])
    return said


def hold_back(tx: Tx, county: County, request: HelpRequest) -> None:
    """Something was wrong with a meeting, or between the two: there is no other one until the
    office has talked with them. Neither hears it of the other."""
    series = store.find(tx, request.series_id or request.id)
    if series is None or series.state not in (SeriesState.TRIAL, SeriesState.ACTIVE):
        return
    if series.paused_until == rules.UNTIL_TOLD:
        return
    requests.hold(tx, series.request_id)
    if series.state is SeriesState.TRIAL:
        series_trial.went_badly(tx, county, series)
        return
    call_off_all(tx, county, series)
    _withdraw_change(tx, series)
    store.pause(tx, series.request_id, rules.UNTIL_TOLD)
    history.add(tx, series.request_id, Happened.PAUSED)
    for side in Side:
        said = series_notices.paused_by_office(series, side)
        tell_both(tx, county, series, said, besides=[one for one in Side if one is not side])


def _planned_anew(tx: Tx, county: County, series_id: int) -> Series:
    """All days from tomorrow on are decided again; what stands stays."""
    store.plan_to(tx, series_id, today(tx, county))
    plan(tx, county, series_id)
    return _fresh(tx, series_id)


# --- another time ---------------------------------------------------------------------------------


def propose_time(
    tx: Tx, county: County, person: Person | None, series_id: int, first: date, hour: str
) -> Message:
    """Another weekday or hour from *first* on: the other side is asked. Raises :class:`Refused`."""
    standing = _not_held_back(tx, county, person, series_id)
    series, side = standing.series, standing.side
    at = rules.moment(first, hour, county.zone)
    if at <= tx.now:
        raise Refused(Code.TOO_LATE)
    if not is_free(tx, series, series.volunteer_id or 0, at):
        raise Refused(Code.OVERLAP)
    requests.hold(tx, series_id)
    store.propose(tx, series_id, Change(first, hour, side))
    due.put(tx, SERIES_CHANGE_OVER, series_id, min(tx.now + _TIME_TO_AGREE, at))
    asked = series_notices.another_time(series, county, first, hour)
    if side is Side.REQUESTER and standing.volunteer is not None:
        tell(tx, standing.volunteer, asked, card=_change_card(series), mode=Mode.FRESH)
    else:
        tell_requester(
            tx,
            county,
            standing.origin,
            asked,
            card=_change_card(series),
            mode=Mode.FRESH,
            errand=_TIME_ERRAND,
            subject=series_id,
        )
    return series_notices.time_proposed(series, county, first, hour)


def agree_time(tx: Tx, county: County, person: Person | None, series_id: int, *, yes: bool) -> None:
    """The other side answers; a coordinator can for the requester. Raises :class:`Refused`."""
    standing = _not_held_back(tx, county, person, series_id)
    series, change = standing.series, standing.series.change
    if change is None or change.by is standing.side:
        raise Refused(Code.GONE)
    requests.hold(tx, series_id)
    due.cancel(tx, series_id, [SERIES_CHANGE_OVER])
    if not yes:
        _keep_time(tx, county, series, standing.side)
        return
    at = rules.moment(change.first_on, change.hour, county.zone)
    if at <= tx.now or not is_free(tx, series, series.volunteer_id or 0, at):
        _keep_time(tx, county, series, standing.side)
        return
    call_off_all(tx, county, series)
    store.set_time(tx, series_id, change.first_on.weekday(), change.hour)
    store.plan_to(tx, series_id, series_meetings.a_day_before(change.first_on))
    store.say_to(tx, series_id, today(tx, county))
    actor = None if person is None else person.id
    history.add(tx, series_id, Happened.RESCHEDULED, actor=actor)
    series = _fresh(tx, series_id)
    plan(tx, county, series_id)
    said = series_notices.new_time(series, county, next_meeting(tx, county, series))
    _tell_change(tx, county, series, said, standing.side)


def change_is_over(tx: Tx, county: County, series_id: int) -> None:
    """The clock: nobody has answered. Both hear that all stays as it is."""
    series = store.find(tx, series_id)
    if series is None or series.state is not SeriesState.ACTIVE or series.change is None:
        return
    origin = requests.hold(tx, series_id)
    store.propose(tx, series_id, None)
    end_errands(tx, origin, _TIME_ERRAND)
    said = series_notices.time_stays(series)
    asked = series.person_id if series.change.by is Side.VOLUNTEER else series.volunteer_id
    below = agreeing_notices.times_below(origin)
    to_the_bottom(tx, people.by_id(tx, asked or 0), _change_card(series), below, said)
    tell_both(tx, county, series, said, besides=[_other(series.change.by)])


def _withdraw_change(tx: Tx, series: Series) -> None:
    """Nobody waits for an answer any more."""
    if series.change is None:
        return
    due.cancel(tx, series.request_id, [SERIES_CHANGE_OVER])
    store.propose(tx, series.request_id, None)
    end_errands(tx, requests.by_id(tx, series.request_id), _TIME_ERRAND)
    asked = series.person_id if series.change.by is Side.VOLUNTEER else series.volunteer_id
    stays = series_notices.time_stays(series)
    retell(tx, people.by_id(tx, asked or 0), stays, _change_card(series))


def _other(side: Side) -> Side:
    return Side.VOLUNTEER if side is Side.REQUESTER else Side.REQUESTER


def _keep_time(tx: Tx, county: County, series: Series, answered: Side) -> None:
    store.propose(tx, series.request_id, None)
    _tell_change(tx, county, series, series_notices.time_stays(series), answered)


def _tell_change(tx: Tx, county: County, series: Series, said: Message, answered: Side) -> None:
    """In place of the question for who was asked, as news for who proposed it."""
    if answered is Side.VOLUNTEER:
        retell(tx, people.by_id(tx, series.volunteer_id or 0), said, _change_card(series))
    else:
        retell(tx, people.by_id(tx, series.person_id), said, _change_card(series))
    tell_both(tx, county, series, said, besides=[answered])


def _change_card(series: Series) -> str:
    return f"series_time:{series.request_id}"


# --- the end --------------------------------------------------------------------------------------


def someone_else(tx: Tx, county: County, person: Person | None, series_id: int) -> Message:
    """The volunteer can't go on, or the requester would rather have somebody else: the series
    stays, others are asked. Nobody is blamed.

    What who says it reads comes back. Raises :class:`Refused`.
    """
    standing = _going_on(tx, county, person, series_id)
    series, volunteer = standing.series, standing.volunteer
    requests.hold(tx, series_id)
    actor = None if person is None else person.id
    wished = standing.side is Side.REQUESTER
    happened = Happened.SOMEONE_ELSE if wished else Happened.HANDED_BACK
    history.add(tx, series_id, happened, actor=actor)
    if wished and volunteer is not None:
        said = agreeing_notices.taken_over(standing.origin)
        tell_volunteer(tx, standing.origin, volunteer, said)
    due.cancel(tx, series_id, [SERIES_CHANGE_OVER])
    told = _who_taps(standing, person) is Side.REQUESTER
    search(tx, county, series, series.volunteer_id, wished=wished, told=told)
    if wished:
        return series_notices.looking_again(series, volunteer_left=False)
    return series_notices.handed_on(series)


def end(tx: Tx, county: County, person: Person | None, series_id: int) -> Message:
    """It is not needed any more: thanks to both. What who says it reads comes back. Raises
    :class:`Refused`."""
    standing = require(tx, county, person, series_id)
    series = standing.series
    if series.state not in (SeriesState.ACTIVE, SeriesState.TRIAL):
        raise Refused(Code.GONE)
    requests.hold(tx, series_id)
    met = store.times_met(tx, series)
    end_now(tx, county, series, actor=None if person is None else person.id)
    mine = _who_taps(standing, person)
    for side in Side:
        if side is not mine:
            said = series_notices.ended(series, met, side)
            others = [one for one in Side if one is not side]
            tell_both(tx, county, series, said, besides=others)
    return series_notices.ended(series, met, standing.side)


# --- parts ----------------------------------------------------------------------------------------


def _going_on(tx: Tx, county: County, person: Person | None, series_id: int) -> Standing:
    standing = require(tx, county, person, series_id)
    if standing.series.state is not SeriesState.ACTIVE:
        raise Refused(Code.GONE)
    return standing


def _not_held_back(tx: Tx, county: County, person: Person | None, series_id: int) -> Standing:
    """What the office has stopped goes on when the requester wants it, or, as long as something is
    wrong between the two, when a coordinator has decided."""
    standing = _going_on(tx, county, person, series_id)
    series = standing.series
    pair = pairs.find(tx, series.person_id, series.volunteer_id or 0)
    by_office = series.paused_until == rules.UNTIL_TOLD
    if by_office and (standing.side is Side.VOLUNTEER or pair.is_parted):
        raise Refused(Code.NOT_ALLOWED)
    return standing


def _who_taps(standing: Standing, person: Person | None) -> Side | None:
    """The side that reads it as the answer to their tap; None for a coordinator."""
    return None if person is None else standing.series.side_of(person.id)


def _fresh(tx: Tx, series_id: int) -> Series:
    series = series_meetings.current(tx, series_id)
    if series is None:
        raise LookupError("no such series")
    return series
