"""Meetups of volunteers: a training, a supervision, an exchange. Who comes, and who hears it when.

All moments are UTC epoch seconds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.appointments import (
    DAY,
    REMINDERS,
    Quiet,
    Reminder,
    Side,
    Wishes,
    out_of_quiet,
    reminder_plan,
)


class Kind(StrEnum):
    TRAINING = "training"
    SUPERVISION = "supervision"
    EXCHANGE = "exchange"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


class State(StrEnum):
    """``OFF``: called off. ``SETTLED``: the office has said who was there."""

    PLANNED = "planned"
    OFF = "off"
    SETTLED = "settled"


#: Who of the active volunteers is invited; ``LANGUAGE`` and ``PLACE`` stand before what is meant:
#: ``language:ar``, ``place:Halberstadt``.
ALL, UNTRAINED, LANGUAGE, PLACE = "all", "untrained", "language", "place"


@dataclass(frozen=True, slots=True)
class Meetup:
    """``place``: of the county's list, or in free words. ``revision`` grows with each change."""

    id: int
    kind: Kind
    title: str
    place: str
    who: str
    starts_at: int
    ends_at: int
    revision: int = 1
    state: State = State.PLANNED

    def is_ahead(self, now: int) -> bool:
        """It takes place, and has not begun: an answer can still be changed."""
        return self.state is State.PLANNED and self.starts_at > now

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // 60


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is invited.

    ``told``: the revision they have heard of, 0 for none. ``files``: how many calendar files they
    got; ``has_file``: the last one still stands. ``attended``: None as long as nobody said.
    """

    id: int
    meetup_id: int
    person_id: int
    answer: Answer | None = None
    told: int = 0
    files: int = 0
    has_file: bool = False
    attended: bool | None = None

    @property
    def comes(self) -> bool:
        """As far as they know."""
        return self.answer in (Answer.YES, Answer.MAYBE)


@dataclass(frozen=True, slots=True)
class Tally:
    yes: int = 0
    maybe: int = 0
    no: int = 0
    silent: int = 0


def tally(guests: Iterable[Guest]) -> Tally:
    answers = [guest.answer for guest in guests]
    return Tally(
        answers.count(Answer.YES),
        answers.count(Answer.MAYBE),
        answers.count(Answer.NO),
        answers.count(None),
    )


# --- who hears it when ----------------------------------------------------------------------------

#: Who has not answered is asked once more, so long before.
_NUDGE_LEAD = 3 * DAY
#: But not sooner than this after the invitation.
_TIME_TO_ANSWER = DAY

#: Due kind -> reminder; the subject is the guest.
REMIND: Mapping[str, Reminder] = {f"meetup_{reminder.value}": reminder for reminder in Reminder}
_OF_APPOINTMENT: Mapping[str, Reminder] = {
    kind: reminder for kind, (reminder, side) in REMINDERS.items() if side is Side.VOLUNTEER
}


def nudge_at(starts_at: int, now: int, quiet: Quiet, zone: ZoneInfo) -> int | None:
    """When somebody who is invited *now* and says nothing is asked once more; None: never."""
    moment = out_of_quiet(starts_at - _NUDGE_LEAD, quiet, zone)
    return moment if moment >= now + _TIME_TO_ANSWER else None


def reminders(starts_at: int, now: int, wishes: Wishes, zone: ZoneInfo) -> dict[str, int]:
    """Due kind -> moment, only those still ahead, in the person's own way."""
    planned = reminder_plan(starts_at, now, zone, {Side.VOLUNTEER: wishes})
    return {
        f"meetup_{_OF_APPOINTMENT[kind].value}": moment
        for kind, moment in planned.items()
        if kind in _OF_APPOINTMENT
    }
