"""Numbers for the office: of requests that are still kept and of what was put away of the others.

A request is counted anew from what is stored as long as it is kept, because until then its end can
be corrected; only when it is forgotten it becomes a row of its own, without a person.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from bot.domain.county import County
from bot.domain.figures import Figure, Figures, Load, Period, Span, counted, reason_of
from bot.domain.people import Person
from bot.domain.places import Kind
from bot.domain.rights import Right, may
from bot.messages import Message
from bot.storage import figures as store
from bot.storage import people
from bot.storage.figures import Counted, Task
from bot.storage.tx import Tx
from bot.usecases import counting_notices
from bot.usecases.permitting import require_in_private

_EVER = 2**62


def figures(tx: Tx, county: County, period: Period) -> Figures:
    """The numbers of a period: requests by the day they came in, tasks by the day they began."""
    since, until = _moment(county, period.first), _moment(county, period.last + timedelta(days=1))
    kept = [_figure(county, each) for each in store.still_kept(tx, since, until)]
    return counted(
        period,
        [*store.of(tx, period.first, period.last), *kept],
        spoken=store.spoken(tx).values(),
        load=_load(tx, period, store.tasks_still_kept(tx, since, until)),
    )


def put_away(tx: Tx, county: County, request_ids: Collection[int]) -> None:
    """These requests are about to be forgotten: what is counted of them stays, nobody's name."""
    ids = frozenset(request_ids)
    if not ids:
        return
    requests = [each for each in store.still_kept(tx, 0, _EVER) if each.id in ids]
    store.put_away(tx, [_figure(county, each) for each in requests])
    for task in store.tasks_still_kept(tx, 0, _EVER):
        if task.request_id in ids:
            month = f"{_day(county, task.starts_at):%Y-%m}"
            store.add_load(tx, task.volunteer_id, month, Load("", 1, task.minutes))


# --- what the office sees -------------------------------------------------------------------------


def this_period(tx: Tx, county: County, span: Span) -> Period:
    return span.around(_day(county, tx.now))


def overview(tx: Tx, county: County, reader: Person | None, period: Period) -> Message:
    """Raises :class:`Refused`, as all of these."""
    require_in_private(tx, reader, Right.LOOK)
    may_export = may(reader, Right.EXPORT)
    return counting_notices.overview(figures(tx, county, period), may_export=may_export)


def picture(tx: Tx, county: County, reader: Person | None, topic: str, period: Period) -> Message:
    """For the office itself, with what it shows in words."""
    require_in_private(tx, reader, Right.LOOK)
    may_export = may(reader, Right.EXPORT)
    found = figures(tx, county, period)
    return counting_notices.picture(found, county, topic, may_export=may_export)


def picture_for_others(tx: Tx, lead: Person | None, topic: str, period: Period) -> Message:
    require_in_private(tx, lead, Right.EXPORT)
    return counting_notices.picture_for_others(period, topic)


def table(tx: Tx, lead: Person | None, period: Period) -> Message:
    require_in_private(tx, lead, Right.EXPORT)
    return counting_notices.table(period)


# --- one by one -----------------------------------------------------------------------------------


def municipality_of(county: County, name: str) -> str:
    """The town or municipality that a place is part of; empty if the county has no such place."""
    place = county.place(name)
    while place is not None and place.kind is Kind.DISTRICT:
        place = county.place(place.part_of)
    return "" if place is None else place.name


def _load(tx: Tx, period: Period, tasks: Iterable[Task]) -> list[Load]:
    done = store.load_of(tx, period.months)
    for task in tasks:
        before = done.get(task.volunteer_id, Load("", 0, 0))
        done[task.volunteer_id] = Load("", before.tasks + 1, before.minutes + task.minutes)
    return [
        Load(_first_name(tx, person_id), load.tasks, load.minutes)
        for person_id, load in done.items()
    ]


def _first_name(tx: Tx, person_id: int) -> str:
    person = people.find(tx, person_id)
    return "" if person is None else person.first_name


def _figure(county: County, request: Counted) -> Figure:
    category = county.categories.get(request.category)
    return Figure(
        filed_on=_day(county, request.filed_at),
        category=request.category,
        group="" if category is None else category.group.value,
        language=request.language,
        municipality=municipality_of(county, request.place),
        how=request.how,
        weekly=request.weekly,
        state=request.state,
        reason=reason_of(
            request.state,
            outcome=request.outcome,
            closed=request.closed,
            short_of=request.short_of,
        ),
        seconds_to_yes=None if request.yes_at is None else request.yes_at - request.filed_at,
    )


def _day(county: County, moment: int) -> date:
    return datetime.fromtimestamp(moment, county.zone).date()


def _moment(county: County, day: date) -> int:
    return int(datetime.combine(day, time(0), county.zone).timestamp())
