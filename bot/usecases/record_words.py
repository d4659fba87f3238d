"""Words for what volunteers did: a line, a sum, a month."""

from datetime import datetime

from bot.domain.county import County
from bot.domain.records import Record, Source, Sum
from bot.messages import N_, P_, Day, Hour, Listing, Param, Term, Text, count, text

ADULTS = P_("{n} adult", "{n} adults")
CHILDREN = P_("{n} child", "{n} children")
KM = P_("{n} km", "{n} km")
TASKS = P_("{n} task", "{n} tasks")

#: What is offered for a line, as buttons.
MINUTES = (30, 45, 60, 90, 120, 180)
KILOMETRES = (0, 10, 20, 30, 50)
#: So many lines of a month at once.
PAGE = 20

_NOTHING = "–"
_MEETUP = N_("Meetup of the volunteers")


def month_name(month: str) -> str:
    """``2026-11`` as people write it: ``11/2026``."""
    year, _, number = month.partition("-")
    return f"{number}/{year}"


def hours(minutes: int) -> str:
    """``7:30``."""
    return f"{minutes // 60}:{minutes % 60:02}"


def people(adults: int, children: int) -> Param:
    """``2 adults, 1 child``; a dash for nobody."""
    each = ((ADULTS, adults), (CHILDREN, children))
    said = tuple(count(forms, n) for forms, n in each if n)
    return Listing(said) if said else _NOTHING


def kind(record: Record, county: County) -> Param:
    """What was done. A kind of help that the county no longer knows is shown by its key."""
    if record.source is Source.MEETUP:
        return Term(_MEETUP)
    known = county.categories.get(record.category)
    return record.category or _NOTHING if known is None else Term(known.name)


def from_to(record: Record, county: County) -> dict[str, Param]:
    """The day it began, and both hours by the county's clock."""
    begins = datetime.fromtimestamp(record.starts_at, county.zone)
    ends = datetime.fromtimestamp(record.ends_at, county.zone)
    return {
        "day": Day(begins.date().isoformat()),
        "begins": Hour(begins.strftime("%H:%M")),
        "ends": Hour(ends.strftime("%H:%M")),
    }


def listed(n: int, record: Record, county: County) -> Text:
    """A line in a list, by its number."""
    return text(
        "<b>{n}</b> · {day}, {begins} – {ends} · {what} · {place} · {people} · {km}",
        n=n,
        what=kind(record, county),
        place=record.place or _NOTHING,
        people=people(record.adults, record.children),
        km=count(KM, record.km),
        **from_to(record, county),
    )


def described(record: Record, county: County) -> list[Text]:
    """A line on its own."""
    return [
        text(
            N_("<b>{day}</b>, {begins} – {ends} ({minutes} min.)"),
            minutes=record.minutes,
            **from_to(record, county),
        ),
        text(N_("{what} · {place}"), what=kind(record, county), place=record.place or _NOTHING),
        text(
            "👥 {people} · 🚗 {km}",
            people=people(record.adults, record.children),
            km=count(KM, record.km),
        ),
    ]


def in_sum(all_: Sum) -> list[Text]:
    return [
        text(
            N_("Together: {tasks}, {hours} hours, {people}, {km} km."),
            tasks=count(TASKS, all_.lines),
            hours=hours(all_.minutes),
            people=people(all_.adults, all_.children),
            km=all_.km,
        )
    ]


def digits(month: str) -> str:
    """``2026-11`` as buttons carry it: ``202611``."""
    return month.replace("-", "")


def month_in(number: str) -> str:
    """``202611`` back."""
    return f"{number[:4]}-{number[4:]}"
