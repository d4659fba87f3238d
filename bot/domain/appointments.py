"""The time around an appointment: agreeing on it, reminding of it, and the quarter hours it holds.

All moments are UTC epoch seconds; hours of the day (``"19:00"``) are those of the county.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HOUR = 3600
DAY = 24 * HOUR
SLOT = HOUR // 4

#: From when to when (``"21:00"``, ``"08:00"``) somebody is left in peace; the same twice: never.
Quiet = tuple[str, str]

#: Requesters are not asked when it suits them.
REQUESTERS_QUIET: Quiet = ("21:00", "08:00")

#: What would fall into quiet hours is said the evening before.
_EVENING = "19:00"


class Side(StrEnum):
    REQUESTER = "requester"
    VOLUNTEER = "volunteer"


class Reminder(StrEnum):
    """When somebody is reminded: the ``EVENING`` before, 24 hours before, in the ``MORNING`` of the
    day, two hours or one ``HOUR_BEFORE``. The earliest come first."""

    EVENING = "evening"
    DAY_BEFORE = "day_before"
    MORNING = "morning"
    HOURS_BEFORE = "hours_before"
    HOUR_BEFORE = "hour_before"


#: These ask whether they come; the others only inform who has answered.
ASKING = frozenset({Reminder.EVENING, Reminder.DAY_BEFORE})


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody likes to be reminded: at least one reminder, and nothing in ``quiet`` hours."""

    when: tuple[Reminder, ...] = (Reminder.DAY_BEFORE, Reminder.HOURS_BEFORE)
    quiet: Quiet = REQUESTERS_QUIET


class Said(StrEnum):
    """What one side said about an appointment; ``ASKED``: nothing yet.

    Afterwards, of the requester: how it was, that ``NOBODY`` came, or that they were ``THERE``
    although the volunteer saw nobody.
    """

    ASKED = "asked"
    COMING = "coming"
    WELL = "well"
    SOSO = "soso"
    BADLY = "badly"
    NOBODY = "nobody"
    THERE = "there"


class Outcome(StrEnum):
    """What the volunteer said afterwards; ``ABSENT``: they were not there themselves."""

    TOOK_PLACE = "took_place"
    NO_SHOW = "no_show"
    MOVED = "moved"
    ABSENT = "absent"


class Again(StrEnum):
    """Would they meet again? ``ANY``: no matter who."""

    YES = "yes"
    ANY = "any"
    NO = "no"


#: How long before the start a reminder comes (seconds); the others come at an hour of the day.
_LEAD: Mapping[Reminder, int] = {
    Reminder.DAY_BEFORE: DAY,
    Reminder.HOURS_BEFORE: 2 * HOUR,
    Reminder.HOUR_BEFORE: HOUR,
}
_AT_EIGHT = "08:00"

#: Who has not answered by then is called, and the other side hears it.
SILENCE_LEAD = 4 * HOUR
#: There is at least so much time to answer before that.
_TIME_TO_ANSWER = HOUR
_AFTER_THE_EVENING = HOUR // 2


def kind_of(reminder: Reminder, side: Side) -> str:
    """The due kind: ``"day_before_volunteer"``."""
    return f"{reminder.value}_{side.value}"


#: Due kinds about an assignment that is ahead.
SILENCE = "silence"
#: A coordinator has to decide whether the two may meet; instead of any reminder.
DECIDES = "case_decides"
REMINDERS: Mapping[str, tuple[Reminder, Side]] = {
    kind_of(reminder, side): (reminder, side) for reminder in Reminder for side in Side
}
BEFORE_THE_START = (*REMINDERS, SILENCE, DECIDES)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A volunteer bound to a request for a time.

    ``place``: where the two meet, empty if it was not agreed. ``minutes``: how long it took.
    """

    id: int
    request_id: int
    volunteer_id: int
    starts_at: int
    ends_at: int
    active: bool
    revision: int
    done: bool = False
    place: str = ""
    requester_says: Said | None = None
    volunteer_says: Said | None = None
    outcome: Outcome | None = None
    minutes: int | None = None

    def says(self, side: Side) -> Said | None:
        return self.requester_says if side is Side.REQUESTER else self.volunteer_says


# --- before -------------------------------------------------------------------------------------


def reminder_plan(
    starts_at: int, now: int, zone: ZoneInfo, wishes: Mapping[Side, Wishes]
) -> dict[str, int]:
    """Due kind -> moment, only those still ahead.

    Who accepts an hour before the start needs no reminder of it, and who was not asked the day
    before is not silent. Two reminders in the same moment are one.
    """
    ahead: dict[str, int] = {}
    asks = False
    for side, wish in wishes.items():
        moments: set[int] = set()
        for reminder in Reminder:
            moment = out_of_quiet(_moment_of(reminder, starts_at, zone), wish.quiet, zone)
            if reminder in wish.when and moment > now and moment not in moments:
                moments.add(moment)
                ahead[kind_of(reminder, side)] = moment
                asks = asks or reminder in ASKING
    if asks:
        ahead[SILENCE] = silence_at(starts_at, zone)
    return ahead


def _moment_of(reminder: Reminder, starts_at: int, zone: ZoneInfo) -> int:
    """The morning of what begins before nine is the evening before."""
    if reminder in _LEAD:
        return starts_at - _LEAD[reminder]
    day = datetime.fromtimestamp(starts_at, zone).date()
    morning = int(datetime.combine(day, time.fromisoformat(_AT_EIGHT), zone).timestamp())
    if reminder is Reminder.MORNING and starts_at - morning >= HOUR:
        return morning
    before = day - timedelta(days=1)
    return int(datetime.combine(before, time.fromisoformat(_EVENING), zone).timestamp())


def silence_at(starts_at: int, zone: ZoneInfo, asked_at: int | None = None) -> int:
    """When a missing answer is a reason to call: four hours before.

    In the night nobody can be called, so the evening before. Who was asked late (*asked_at*) has an
    hour to answer.
    """
    planned = starts_at - SILENCE_LEAD
    due = out_of_quiet(planned, REQUESTERS_QUIET, zone)
    if due != planned:
        due += _AFTER_THE_EVENING
    return due if asked_at is None else max(due, asked_at + _TIME_TO_ANSWER)


def pointless_from(reminder: Reminder, starts_at: int) -> int:
    """Whoever is asked later than that can't answer in time; the other reminder tells them."""
    return starts_at - SILENCE_LEAD if reminder in ASKING else starts_at


def is_quiet(hour: str, quiet: Quiet) -> bool:
    begins, ends = quiet
    if begins <= ends:
        return begins <= hour < ends
    return hour >= begins or hour < ends


def out_of_quiet(moment: int, quiet: Quiet, zone: ZoneInfo) -> int:
    """*moment*, or, if it falls into quiet hours, the evening before them.

    Whose evening is quiet too hears it an hour before their quiet hours begin.
    """
    local = datetime.fromtimestamp(moment, zone)
    if not is_quiet(_hour(local), quiet):
        return moment
    begin = time.fromisoformat(quiet[0])
    day = local.date() if local.time() >= begin else local.date() - timedelta(days=1)
    began = datetime.combine(day, begin, zone)
    if is_quiet(_EVENING, quiet):
        return int((began - timedelta(hours=1)).timestamp())
    evening = datetime.combine(day, time.fromisoformat(_EVENING), zone)
    return int((evening if evening <= began else evening - timedelta(days=1)).timestamp())


def _hour(local: datetime) -> str:
    return local.strftime("%H:%M")


# --- agreeing -----------------------------------------------------------------------------------

#: So many times a volunteer offers at once.
MOST_TIMES = 3


def next_evening(now: int, zone: ZoneInfo) -> int:
    """Tomorrow at seven in the evening: until then people answer."""
    tomorrow = datetime.fromtimestamp(now, zone).date() + timedelta(days=1)
    return int(datetime.combine(tomorrow, time.fromisoformat(_EVENING), zone).timestamp())


def choose_by(now: int, starts_at: int, zone: ZoneInfo) -> int:
    """Until when one of the offered times is chosen, *starts_at* being what matters of them.

    The next evening, or sooner if the time is near; but an hour to answer there is.
    """
    return max(now + _TIME_TO_ANSWER, min(next_evening(now, zone), starts_at - SILENCE_LEAD))


# --- afterwards ---------------------------------------------------------------------------------

_LATEST = "20:00"
_MORNING = "09:00"

#: What was said afterwards can be corrected so long.
CORRECTABLE = 7 * DAY

#: A task without a record is asked about once more after so long; then a coordinator hears it.
NUDGE_AFTER = 12 * HOUR
GIVE_UP_AFTER = DAY

#: With these words of the requester somebody was there, on both sides.
_MET = frozenset({Said.WELL, Said.SOSO, Said.BADLY})


@dataclass(frozen=True, slots=True)
class Missing:
    """Who did not come, as far as both say; ``unclear``: they say different things."""

    requester: bool = False
    volunteer: bool = False
    unclear: bool = False


def who_was_missing(outcome: Outcome | None, said: Said | None) -> Missing:
    """*outcome*: what the volunteer said, *said*: what the requester said."""
    if outcome is Outcome.ABSENT:
        return Missing(volunteer=True)
    if outcome is Outcome.NO_SHOW:
        unclear = said in _MET or said in (Said.NOBODY, Said.THERE)
        return Missing(requester=not unclear, unclear=unclear)
    if said is Said.NOBODY:
        unclear = outcome is Outcome.TOOK_PLACE
        return Missing(volunteer=not unclear, unclear=unclear)
    return Missing()


def closing_at(ends_at: int, zone: ZoneInfo) -> int:
    """When both are asked how it went: at the end, or after a late end the next morning."""
    local = datetime.fromtimestamp(ends_at, zone)
    if _MORNING <= _hour(local) <= _LATEST:
        return ends_at
    day = local.date() + timedelta(days=1 if _hour(local) > _LATEST else 0)
    return int(datetime.combine(day, time.fromisoformat(_MORNING), zone).timestamp())


# --- slots --------------------------------------------------------------------------------------


def slots(starts_at: int, ends_at: int) -> range:
    """Numbers of the quarter hours since the epoch that ``[starts_at, ends_at)`` touches."""
    return range(starts_at // SLOT, -(-ends_at // SLOT))
