"""What the office's documents say: activity records, the allowance list and totals, gathered.

Nothing here names a client, and nothing here is words: the drawing (`bot/documents`) writes it.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from bot.domain.county import County, Entitled, LifeArea
from bot.domain.people import Papers, Volunteer
from bot.domain.places import Kind
from bot.domain.records import Record, Source, month_after, month_of
from bot.storage import people, records, volunteers
from bot.storage.tx import Tx

_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class MonthOfVolunteer:
    """What one volunteer did in a month. ``confirmed``: they said that nothing is missing."""

    volunteer_id: int
    name: str
    records: tuple[Record, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True)
class MonthOfRecords:
    """The activity records of a month (``"2026-11"``), volunteers by family name.

    ``one``: it was asked for one volunteer only. ``made_at``: when it was gathered.
    """

    month: str
    closed: bool
    made_at: int
    volunteers: tuple[MonthOfVolunteer, ...]
    one: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One volunteer on the allowance list. ``tasks``: lines of that month. ``left``: not active any
    more when the list was made."""

    name: str
    appointed_on: str | None
    appointed_until: str | None
    tasks: int
    entitled: bool
    cents: int
    left: bool


@dataclass(frozen=True, slots=True)
class AllowanceList:
    month: str
    closed: bool
    made_at: int
    entries: tuple[Entry, ...]

    @property
    def cents(self) -> int:
        return sum(entry.cents for entry in self.entries)

    @property
    def entitled(self) -> int:
        return sum(entry.entitled for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Sums:
    """``volunteers``: how many different ones had a task."""

    tasks: int = 0
    minutes: int = 0
    adults: int = 0
    children: int = 0
    km: int = 0
    volunteers: int = 0

    @property
    def people(self) -> int:
        return self.adults + self.children


@dataclass(frozen=True, slots=True)
class Totals:
    """What was done from the ``first`` to the ``last`` day.

    ``name`` of a funding period; empty for others. ``open_months``: not closed yet. The tables hold
    tasks only, the most first; ``meetups`` (with ``attended`` by so many in all, ``meetup_minutes``
    long altogether) are counted on their own. ``exact``: small counts are not hidden.
    """

    first: date
    last: date
    name: str
    open_months: tuple[str, ...]
    made_at: int
    sums: Sums
    areas: Mapping[LifeArea | None, Sums]
    by_area: Mapping[tuple[LifeArea | None, str], Sums]
    by_language: Mapping[str, Sums]
    by_place: Mapping[str, Sums]
    by_month: Mapping[str, Sums]
    meetups: int
    attended: int
    meetup_minutes: int
    exact: bool = False

    @property
    def is_year(self) -> bool:
        year = self.first.year
        return (self.first, self.last) == (date(year, 1, 1), date(year, 12, 31))


# --- records --------------------------------------------------------------------------------------


def month_of_records(tx: Tx, month: str, volunteer_id: int | None = None) -> MonthOfRecords:
    """Everybody's who has a line in it; or that of one volunteer, who may have none.

    Raises ``LookupError`` for a volunteer nobody knows.
    """
    lines: dict[int, list[Record]] = {} if volunteer_id is None else {volunteer_id: []}
    for record in records.of_month(tx, month):
        if volunteer_id in (None, record.volunteer_id):
            lines.setdefault(record.volunteer_id, []).append(record)
    if volunteer_id is not None and not lines[volunteer_id]:
        people.by_id(tx, volunteer_id)
    of_volunteers = [
        MonthOfVolunteer(one, name_of(tx, one), tuple(done), records.is_complete(tx, one, month))
        for one, done in lines.items()
    ]
    return MonthOfRecords(
        month,
        records.is_closed(tx, month),
        tx.now,
        tuple(sorted(of_volunteers, key=lambda one: by_family(one.name))),
        one=volunteer_id is not None,
    )


# --- allowance ------------------------------------------------------------------------------------


def allowance_list(tx: Tx, county: County, month: str) -> AllowanceList:
    """Everybody whose appointment is in force on any day of the month, or who did something in it,
    and what they get by the county's rule."""
    tasks: dict[int, int] = {}
    for record in records.of_month(tx, month):
        tasks[record.volunteer_id] = tasks.get(record.volunteer_id, 0) + 1
    listed = {one: Volunteer(one) for one in tasks}
    listed |= {
        one.person_id: one
        for one in volunteers.everybody(tx)
        if one.person_id in tasks or _appointed(one.papers, month)
    }
    entries = [
        _entry(county, name_of(tx, one), volunteer, tasks.get(one, 0), month)
        for one, volunteer in listed.items()
    ]
    entries.sort(key=lambda entry: by_family(entry.name))
    return AllowanceList(month, records.is_closed(tx, month), tx.now, tuple(entries))


def _entry(county: County, name: str, volunteer: Volunteer, tasks: int, month: str) -> Entry:
    rule, papers = county.allowance.entitled, volunteer.papers
    entitled = tasks > 0 if rule is Entitled.ACTIVE else _appointed(papers, month)
    return Entry(
        name,
        papers.appointed_on,
        papers.appointed_until,
        tasks,
        entitled,
        county.allowance.cents if entitled else 0,
        left=not volunteer.active,
    )


def _appointed(papers: Papers, month: str) -> bool:
    """Is the appointment in force on any day of the month? Without an end it holds on."""
    first, last = month_days(month)
    if papers.appointed_on is None or papers.appointed_on > last.isoformat():
        return False
    return papers.appointed_until is None or papers.appointed_until >= first.isoformat()


# --- totals ---------------------------------------------------------------------------------------


def totals(tx: Tx, county: County, first: date, last: date, *, exact: bool = False) -> Totals:
    """Everything that began from the *first* to the *last* day, both included.

    A month that only partly belongs to them is taken apart by days.
    """
    months = months_of(first, last)
    began = [
        (record, datetime.fromtimestamp(record.starts_at, county.zone).date())
        for record in records.between(tx, months[0], months[-1])
    ]
    done = [record for record, day in began if first <= day <= last]
    tasks = [record for record in done if record.source is not Source.MEETUP]
    meetups = [record for record in done if record.source is Source.MEETUP]
    around = _municipalities(county)
    by_month = {month: Sums() for month in months}
    return Totals(
        first=first,
        last=last,
        name=_funding_name(county, first, last),
        open_months=tuple(month for month in months if not records.is_closed(tx, month)),
        made_at=tx.now,
        sums=_sums(tasks),
        areas=_in_order(_grouped(tasks, lambda one: one.life_area)),
        by_area=_by_area(tasks),
        by_language=_most_first(_grouped(tasks, lambda one: one.language)),
        by_place=_most_first(_grouped(tasks, lambda one: around.get(one.place, one.place))),
        by_month=by_month | _grouped(tasks, lambda one: month_of(one.starts_at, county.zone)),
        meetups=len({(one.starts_at, one.ends_at, one.place) for one in meetups}),
        attended=len(meetups),
        meetup_minutes=sum(one.minutes for one in meetups),
        exact=exact,
    )


def _sums(done: Iterable[Record]) -> Sums:
    sums, helpers = Sums(), set[int]()
    for one in done:
        helpers.add(one.volunteer_id)
        sums = Sums(
            sums.tasks + 1,
            sums.minutes + one.minutes,
            sums.adults + one.adults,
            sums.children + one.children,
            sums.km + one.km,
        )
    return replace(sums, volunteers=len(helpers))


def _grouped(done: Iterable[Record], key: Callable[[Record], _K]) -> dict[_K, Sums]:
    groups: dict[_K, list[Record]] = {}
    for one in done:
        groups.setdefault(key(one), []).append(one)
    return {found: _sums(members) for found, members in groups.items()}


def _most_first(groups: Mapping[str, Sums]) -> dict[str, Sums]:
    return dict(sorted(groups.items(), key=lambda one: (-one[1].tasks, one[0])))


def _in_order(areas: Mapping[LifeArea | None, Sums]) -> dict[LifeArea | None, Sums]:
    """As the guideline names them; what has none comes last."""
    return {area: areas[area] for area in (*LifeArea, None) if area in areas}


def _by_area(tasks: Sequence[Record]) -> dict[tuple[LifeArea | None, str], Sums]:
    """Each life area taken apart by kinds of help, the most first."""
    groups = _grouped(tasks, lambda one: (one.life_area, one.category))
    return dict(sorted(groups.items(), key=lambda one: (-one[1].tasks, one[0][1])))


def _municipalities(county: County) -> dict[str, str]:
    """Each district to the town or municipality it lies in: nobody lives alone in those."""
    by_name = {place.name: place for place in county.places}
    found: dict[str, str] = {}
    for place in county.places:
        around = place
        while around.kind is Kind.DISTRICT and around.part_of in by_name:
            around = by_name[around.part_of]
        found[place.name] = around.name
    return found


def _funding_name(county: County, first: date, last: date) -> str:
    return next(
        (one.name for one in county.funding_periods if (one.first, one.last) == (first, last)), ""
    )


# --- days and names -------------------------------------------------------------------------------


def month_days(month: str) -> tuple[date, date]:
    """The first and the last day of ``2026-11``."""
    first = date.fromisoformat(f"{month}-01")
    return first, date.fromisoformat(f"{month_after(month)}-01") - timedelta(days=1)


def periods_around(county: County, month: str) -> list[tuple[date, date, str]]:
    """The year of a month, and each grant that covers a day of it: first day, last day, name."""
    first, last = month_days(month)
    year = (date(first.year, 1, 1), date(first.year, 12, 31), "")
    grants = [
        (one.first, one.last, one.name)
        for one in county.funding_periods
        if one.first <= last and one.last >= first
    ]
    return [year, *grants]


def months_of(first: date, last: date) -> list[str]:
    """Every month that has a day from *first* to *last*."""
    months = [f"{first:%Y-%m}"]
    while months[-1] < f"{last:%Y-%m}":
        months.append(month_after(months[-1]))
    return months


def name_of(tx: Tx, volunteer_id: int) -> str:
    """Who left and was deleted has no name any more; what they did stays."""
    person = people.find(tx, volunteer_id)
    return (person.name if person is not None else "") or f"Nr. {volunteer_id}"


def by_family(name: str) -> tuple[str, str]:
    """ "Anna Vogt" and "Vogt, Anna" stand together; umlauts as in a phone book."""
    family, comma, _ = name.partition(",")
    words = name.split()
    last = family if comma else words[-1] if words else ""
    spelt = last.casefold().translate({228: "ae", 246: "oe", 252: "ue"})
    return spelt, name.casefold()
