"""The first meeting of help every week is a trial: afterwards both are asked whether it goes on.

Each for themselves, after the question how it was; only two yeses make a series. A no is never
passed on as somebody's no.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain import series as rules
from bot.domain.appointments import (
    DAY,
    HOUR,
    REQUESTERS_QUIET,
    Assignment,
    Said,
    Side,
    closing_at,
)
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.domain.series import Answer, Series, SeriesState
from bot.messages import Message
from bot.storage import assignments, due, history, pairs, people, requests, volunteers
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import agreeing_notices, series_notices, series_views
from bot.usecases.assigning import is_called, to_the_bottom
from bot.usecases.series_meetings import SERIES_CLASH, SERIES_PLAN, call_off_all, plan, today
from bot.usecases.series_search import search
from bot.usecases.telling import (
    alert_office,
    calm_office,
    drop_errands,
    retell,
    show_series,
    tell_requester,
)

#: Kinds of due rows: both are asked; who has not answered is asked once more; the office hears it.
SERIES_ASK = "series_ask"
SERIES_NUDGE = "series_nudge"
SERIES_SILENT = "series_silent"
#: Another time was proposed and nobody has answered.
SERIES_CHANGE_OVER = "series_change_over"
ALL_DUE = (
    SERIES_ASK,
    SERIES_NUDGE,
    SERIES_SILENT,
    SERIES_CHANGE_OVER,
    SERIES_PLAN,
    SERIES_CLASH,
)

#: After the question how it was, so that nobody has two questions at once (seconds).
_AFTER_CLOSING = 2 * HOUR
_TIME_TO_ANSWER = 2 * DAY


# --- the clock ------------------------------------------------------------------------------------


def after_meeting(tx: Tx, county: County, request: HelpRequest, assignment: Assignment) -> None:
    """The first meeting of a request for help every week is over."""
    if not request.weekly or store.find(tx, request.id) is not None:
        return
    local = datetime.fromtimestamp(assignment.starts_at, county.zone)
    store.add(
        tx,
        Series(
            request_id=request.id,
            person_id=request.person_id,
            volunteer_id=assignment.volunteer_id,
            category=request.category,
            state=SeriesState.TRIAL,
            weekday=local.weekday(),
            hour=f"{local:%H:%M}",
            minutes=request.minutes,
            place=assignment.place,
            planned_to=local.date(),
            said_to=local.date(),
        ),
    )
    at = closing_at(assignment.ends_at, county.zone) + _AFTER_CLOSING
    at = quiet_until(at, REQUESTERS_QUIET, county.zone)
    volunteer = volunteers.find(tx, assignment.volunteer_id)
    if volunteer is not None:
        at = quiet_until(at, volunteer.profile.quiet, county.zone)
    due.put(tx, SERIES_ASK, request.id, at)


def ask(tx: Tx, county: County, series_id: int) -> None:
    """The clock: shall it go on? Whoever said that something was wrong is asked about somebody else
    at once, and the volunteer about nothing."""
    series = _of_trial(tx, series_id)
    if series is None:
        return
    requests.hold(tx, series_id)
    trial = assignments.last_of_request(tx, series_id)
    due.put(tx, SERIES_NUDGE, series_id, tx.now + _TIME_TO_ANSWER)
    went_badly = trial is not None and trial.requester_says is Said.BADLY
    pair = pairs.find(tx, series.person_id, series.volunteer_id or 0)
    if went_badly or pair.is_kept_apart:
        store.note_answers(tx, series_id, Answer.NO, None)
        _ask_about_somebody_else(tx, county, series, volunteer_left=False)
        return
    store.note_answers(tx, series_id, Answer.ASKED, Answer.ASKED)
    for side in Side:
        _ask_side(tx, county, series, side)


def went_badly(tx: Tx, county: County, series: Series) -> None:
    """Something was wrong with the first meeting, as the requester says after both were asked."""
    if Answer.ASKED in (series.requester_says, series.volunteer_says):
        store.note_answers(tx, series.request_id, Answer.NO, series.volunteer_says)
        _ask_about_somebody_else(tx, county, series, volunteer_left=False)


def nudge(tx: Tx, county: County, series_id: int) -> None:
    """The clock: who has not answered is asked once more."""
    series = _of_trial(tx, series_id)
    if series is None:
        return
    if Answer.NO in (series.requester_says, series.volunteer_says):
        left = series.volunteer_says is Answer.NO
        _ask_about_somebody_else(tx, county, series, volunteer_left=left)
    else:
        for side in Side:
            if series.says(side) is Answer.ASKED:
                _ask_side(tx, county, series, side)
    due.put(tx, SERIES_SILENT, series_id, tx.now + _TIME_TO_ANSWER)


def give_to_office(tx: Tx, county: County, series_id: int) -> None:
    """The clock: nobody knows whether it goes on."""
    series = _of_trial(tx, series_id)
    if series is not None:
        alert = series_views.nobody_answers(series, county)
        alert_office(tx, alert, _office_card(series_id), thread=series.number)


# --- answers --------------------------------------------------------------------------------------


def answer(tx: Tx, county: County, by: Person | None, series_id: int, *, yes: bool) -> None:
    """One side says whether it shall go on; a coordinator can say it for the requester.

    Raises :class:`Refused`.
    """
    series = store.find(tx, series_id)
    if series is None:
        raise Refused(Code.GONE)
    side = _side_of(series, by)
    before = series.says(side)
    said = Answer.YES if yes else Answer.NO
    if before is said:
        return  # tapped twice
    is_over = Answer.NO in (series.requester_says, series.volunteer_says)
    if series.state is not SeriesState.TRIAL or before is not Answer.ASKED or is_over:
        raise Refused(Code.GONE)
    requests.hold(tx, series_id)
    both = {each: series.says(each) for each in Side} | {side: said}
    store.note_answers(tx, series_id, both[Side.REQUESTER], both[Side.VOLUNTEER])
    happened = Happened.EVERY_WEEK if yes else Happened.NOT_EVERY_WEEK
    history.add(tx, series_id, happened, actor=None if by is None else by.id)
    if yes:
        _yes(tx, county, series, side, both)
    else:
        _no(tx, county, series, side)


def another(tx: Tx, county: County, by: Person | None, series_id: int, *, wanted: bool) -> None:
    """The requester says whether somebody else shall be looked for. Raises :class:`Refused`."""
    series = store.find(tx, series_id)
    if series is None or _side_of(series, by) is not Side.REQUESTER:
        raise Refused(Code.GONE)
    is_open = Answer.NO in (series.requester_says, series.volunteer_says)
    if series.state is not SeriesState.TRIAL or not is_open:
        raise Refused(Code.GONE)
    requests.hold(tx, series_id)
    due.cancel(tx, series_id, ALL_DUE)
    _thank_volunteer(tx, county, series)
    if wanted:
        search(tx, county, series, series.volunteer_id, wished=True, card=_card(series))
    else:
        met = store.times_met(tx, series)
        end_now(tx, county, series, actor=None if by is None else by.id)
        said = series_notices.ended(series, met, Side.REQUESTER)
        _in_place(tx, series, Side.REQUESTER, said)
    _calm_office(tx, series_id)


def end_now(tx: Tx, county: County, series: Series, *, actor: int | None) -> None:
    """Nothing more is planned. Who hears what is the caller's business."""
    call_off_all(tx, county, series)
    drop_errands(tx, requests.by_id(tx, series.request_id))
    due.cancel(tx, series.request_id, ALL_DUE)
    store.set_state(tx, series.request_id, SeriesState.ENDED, series.volunteer_id)
    requests.keep_longer(tx, series.request_id)
    history.add(tx, series.request_id, Happened.SERIES_ENDED, actor=actor)
    show_series(tx, county, series.request_id)


# --- parts ----------------------------------------------------------------------------------------


def _of_trial(tx: Tx, series_id: int) -> Series | None:
    series = store.find(tx, series_id)
    return series if series is not None and series.state is SeriesState.TRIAL else None


def _side_of(series: Series, by: Person | None) -> Side:
    side = None if by is None else series.side_of(by.id)
    if side is not None:
        return side
    if by is not None and by.has(Role.COORDINATOR):
        return Side.REQUESTER
    raise Refused(Code.NOT_YOURS)


def _ask_side(tx: Tx, county: County, series: Series, side: Side) -> None:
    volunteer = people.by_id(tx, series.volunteer_id or 0)
    first = rules.next_day(series, county, today(tx, county))
    asked = series_notices.shall_it_go_on(series, county, side, first, volunteer.first_name)
    _say(tx, county, series, side, asked, "series_on")


def _say(
    tx: Tx, county: County, series: Series, side: Side, said: Message, errand: str = "tell"
) -> None:
    """At the bottom of their chat, in place of what was asked before; or on the phone."""
    origin = requests.by_id(tx, series.request_id)
    if side is Side.REQUESTER and is_called(tx, origin):
        subject = series.request_id
        tell_requester(tx, county, origin, said, errand=errand, subject=subject)
        return
    below = agreeing_notices.times_below(origin)
    to_the_bottom(tx, _person_of(tx, series, side), _card(series), below, said)


def _in_place(tx: Tx, series: Series, side: Side, said: Message) -> None:
    """Where they have just tapped; who is called has heard it from the coordinator."""
    retell(tx, _person_of(tx, series, side), said, _card(series))


def _ask_about_somebody_else(
    tx: Tx, county: County, series: Series, *, volunteer_left: bool
) -> None:
    said = series_notices.somebody_else(series, volunteer_left=volunteer_left)
    _say(tx, county, series, Side.REQUESTER, said, "series_another")


def _yes(
    tx: Tx, county: County, series: Series, side: Side, both: dict[Side, Answer | None]
) -> None:
    if any(said is not Answer.YES for said in both.values()):
        said = series_notices.waits_for_the_other(series)
        _in_place(tx, series, side, said)
        return
    due.cancel(tx, series.request_id, [SERIES_NUDGE, SERIES_SILENT])
    store.set_state(tx, series.request_id, SeriesState.ACTIVE, series.volunteer_id)
    series = replace(series, state=SeriesState.ACTIVE)
    since = max(series.planned_to, today(tx, county))
    said = series_notices.goes_on(series, county, rules.next_day(series, county, since))
    for each in Side:
        if each is side:
            _in_place(tx, series, each, said)
        else:
            _say(tx, county, series, each, said)
    store.plan_to(tx, series.request_id, since)
    plan(tx, county, series.request_id)
    _calm_office(tx, series.request_id)


def _no(tx: Tx, county: County, series: Series, side: Side) -> None:
    """The volunteer is thanked at once for a no of their own; the requester chooses what then."""
    if side is Side.VOLUNTEER:
        _in_place(tx, series, side, series_notices.no_is_fine(series))
    due.put(tx, SERIES_NUDGE, series.request_id, tx.now + _TIME_TO_ANSWER)
    _ask_about_somebody_else(tx, county, series, volunteer_left=side is Side.VOLUNTEER)


def _thank_volunteer(tx: Tx, county: County, series: Series) -> None:
    """Unless they were thanked for their own no."""
    if series.volunteer_id is not None and series.volunteer_says is not Answer.NO:
        _say(tx, county, series, Side.VOLUNTEER, series_notices.does_not_go_on(series))


def _calm_office(tx: Tx, series_id: int) -> None:
    """It is clear now how it goes on."""
    series = store.by_id(tx, series_id)
    settled = series_views.settled(series)
    calm_office(tx, settled, _office_card(series_id), thread=series.number)


def _office_card(series_id: int) -> str:
    return f"series_silent:{series_id}"


def _person_of(tx: Tx, series: Series, side: Side) -> Person:
    person_id = series.person_id if side is Side.REQUESTER else series.volunteer_id
    return people.by_id(tx, person_id or 0)


def _card(series: Series) -> str:
    return f"series:{series.request_id}"
