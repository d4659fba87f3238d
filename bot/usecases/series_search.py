"""Another volunteer for help every week: a request of its own, first for the same day and hour."""

from dataclasses import replace

from bot.domain import series as rules
from bot.domain.county import County
from bot.domain.history import Happened
from bot.domain.requests import HelpRequest, Move, State, wanted_of
from bot.domain.series import Series, SeriesState
from bot.storage import due, history, offers, requests
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import notices, offer_notices, series_notices
from bot.usecases.assigning import OFFERS_EXPIRE, REQUEST_STARTS
from bot.usecases.offering import close_offers, hear_by
from bot.usecases.promising import promise
from bot.usecases.reopening import ask_anew
from bot.usecases.series_meetings import SERIES_PLAN, call_off_all
from bot.usecases.telling import drop_errands, show_series, tell_requester


def search(
    tx: Tx,
    county: County,
    series: Series,
    leaving: int | None,
    *,
    wished: bool = False,
    card: str | None = None,
    told: bool = False,
) -> HelpRequest:
    """Ask other volunteers; until somebody is found there are no meetings.

    *leaving*: the volunteer who is not asked again, nor is who left before. *wished*: the requester
    wants somebody else. The requester hears it, on this *card* if they have just tapped it, unless
    they were *told*; the volunteer has heard.
    """
    origin = requests.hold(tx, series.request_id)
    call_off_all(tx, county, series)
    drop_errands(tx, origin)
    due.cancel(tx, series.request_id, [SERIES_PLAN])
    store.set_state(tx, series.request_id, SeriesState.SEARCHING, None)
    if series.paused_until == rules.UNTIL_TOLD:  # that was about the two of them
        store.pause(tx, series.request_id, None)
        series = replace(series, paused_until=None)
    first = rules.first_day_to_find(replace(series, away_until=None), county, tx.now)
    at = None if first is None else rules.moment(first, series.hour, county.zone)
    wanted = replace(
        wanted_of(origin), starts_at=at, minutes=series.minutes, weekly=True, answer_by=None
    )
    request = requests.add(tx, series.person_id, wanted, series_id=series.request_id)
    history.add(tx, request.id, Happened.FILED)
    before = offers.barred_of_series(tx, series.request_id)
    for volunteer_id in sorted(before if leaving is None else before | {leaving}):
        _never_again(tx, request, volunteer_id)
    if at is not None:
        due.put(tx, REQUEST_STARTS, request.id, at)
    if not told:
        said = series_notices.looking_again(series, volunteer_left=not wished)
        tell_requester(tx, county, origin, said, card=card)
    return _ask(tx, county, request)


def passed(tx: Tx, county: County, request: HelpRequest) -> HelpRequest:
    """The clock: nobody was found for the old day and hour. Now any time will do."""
    request = requests.set_time(tx, request.id, None)
    if request.state is State.WAITING:
        return request
    close_offers(tx, request, offer_notices.offer_closed(request))
    offers.forget_unanswered(tx, request.id)
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    if request.state is State.STUCK:
        request = requests.make(tx, request, Move.ASK_AGAIN)
    series = store.by_id(tx, request.series_id or 0)
    origin = requests.by_id(tx, series.request_id)
    tell_requester(tx, county, origin, series_notices.also_other_days(series))
    return _ask(tx, county, request)


def ended_with(tx: Tx, county: County, request: HelpRequest) -> None:
    """*request* was cancelled, referred or closed: if it was the search, so is the series."""
    if not request.is_search:
        return
    series_id = request.series_id or 0
    series = store.find(tx, series_id)
    if series is not None and series.state is SeriesState.SEARCHING:
        store.set_state(tx, series_id, SeriesState.ENDED, None)
        history.add(tx, series_id, Happened.SERIES_ENDED)
        requests.keep_longer(tx, series_id)
        show_series(tx, county, series_id)


def _ask(tx: Tx, county: County, request: HelpRequest) -> HelpRequest:
    request = ask_anew(tx, county, request)
    if request.state is State.OPEN:
        promise(tx, request, hear_by(tx, request))
    else:
        tell_requester(tx, county, request, notices.nobody_yet(request, county))
    show_series(tx, county, request.series_id or 0)
    return requests.by_id(tx, request.id)


def _never_again(tx: Tx, request: HelpRequest, volunteer_id: int) -> None:
    """Asked and answered, as it were."""
    offer = offers.add(tx, request_id=request.id, volunteer_id=volunteer_id, expires_at=tx.now)
    offers.settle(tx, offer.id, "declined")
    offers.bar(tx, request.id, volunteer_id)
