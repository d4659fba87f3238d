"""The time around an appointment: which reminders it has, and which quarter hours it holds."""

from dataclasses import dataclass
from enum import StrEnum

HOUR = 3600
DAY = 24 * HOUR
SLOT = HOUR // 4


class Reminder(StrEnum):
    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"


#: How long before the start each reminder comes (seconds).
LEAD: dict[Reminder, int] = {Reminder.DAY_BEFORE: DAY, Reminder.HOURS_BEFORE: 2 * HOUR}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A volunteer bound to a request for a time (UTC epoch seconds)."""

    id: int
    request_id: int
    volunteer_id: int
    starts_at: int
    ends_at: int
    active: bool
    revision: int


def reminder_plan(starts_at: int, now: int) -> dict[Reminder, int]:
    """Reminder -> due time, only those still ahead.

    Who accepts an hour before the start needs no reminder of it.
    """
    plan = {reminder: starts_at - lead for reminder, lead in LEAD.items()}
    return {reminder: due for reminder, due in plan.items() if due > now}


def slots(starts_at: int, ends_at: int) -> range:
    """Numbers of the quarter hours since the epoch that ``[starts_at, ends_at)`` touches."""
    return range(starts_at // SLOT, -(-ends_at // SLOT))
