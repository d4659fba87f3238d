"""Calendar files (RFC 5545): one appointment to open, or all of a volunteer's as a feed."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.messages import Event

_PRODUCT = "-//Lotse//Appointments//EN"
#: RFC 5546 wants somebody to have published it; nobody can write to this address (RFC 2606).
_ORGANIZER = "mailto:nobody@lotse.invalid"
#: So long before the start a phone reminds of it.
_ALARM = timedelta(hours=1)


def calendar(
    events: Iterable[tuple[Event, str]], *, cancels: bool = False, name: str = ""
) -> bytes:
    """*events* with their titles as iCalendar text.

    *cancels*: the file takes its entry back. *name*: it is a feed, and called so.
    """
    from icalendar import Calendar

    made: Any = Calendar()  # its `add` takes untyped values
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "CANCEL" if cancels else "PUBLISH")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)  # what the apps read
        made.add("refresh-interval", timedelta(hours=1), {"value": "DURATION"})
        made.add("x-published-ttl", "PT1H")  # the same for apps that know only this
    for event, title in events:
        made.add_component(_entry(event, title))
    return made.to_ical()


def _entry(event: Event, title: str) -> Any:
    from icalendar import Alarm
    from icalendar import Event as Entry

    entry: Any = Entry()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", _utc(event.changed_at))
    entry.add("dtstart", _utc(event.starts_at))
    entry.add("dtend", _utc(event.ends_at))
    entry.add("summary", title)
    entry.add("organizer", _ORGANIZER)
    entry.add("class", "PRIVATE")
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.place:
        entry.add("location", event.place)
    if not event.cancelled:
        alarm: Any = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -_ALARM)
        entry.add_component(alarm)
    return entry


def _utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)
