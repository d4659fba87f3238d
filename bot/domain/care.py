"""Care for volunteers: papers that end, who is asked too much or never, what comes before the first
task."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median

from bot.domain.appointments import DAY
from bot.domain.people import Papers

#: The office hears so many days before something ends, the volunteer so many.
OFFICE_KNOWS = timedelta(days=56)
VOLUNTEER_KNOWS = timedelta(days=28)

#: Of so many days the load counts, and so long counts that somebody said "too much".
LOAD_DAYS = 28
_MUCH = 3
_MONTH = 30 * DAY + DAY // 2


class Needed(StrEnum):
    """A paper that ends, or is missing."""

    APPOINTMENT = "appointment"
    CERTIFICATE = "certificate"
    INSTRUCTION = "instruction"


def ends(papers: Papers) -> dict[Needed, date]:
    """The last day on which each of the papers holds, of those that end at all."""
    found: dict[Needed, date] = {}
    if papers.appointed_until is not None:
        found[Needed.APPOINTMENT] = date.fromisoformat(papers.appointed_until)
    if papers.certificate_until is not None:
        found[Needed.CERTIFICATE] = papers.certificate_until
    return found


def needed(papers: Papers, today: date) -> dict[Needed, date | None]:
    """What the office has to see to, and until when; None: it is missing."""
    found: dict[Needed, date | None] = {
        paper: day for paper, day in ends(papers).items() if day - OFFICE_KNOWS <= today
    }
    if papers.instructed_on is None:
        found[Needed.INSTRUCTION] = None
    return found


class Step(StrEnum):
    """What a volunteer goes through before the first task, in this order."""

    TALKED = "talked"
    PROMISED = "promised"
    INSTRUCTED = "instructed"
    CERTIFICATE = "certificate"
    TRAINING = "training"
    APPOINTED = "appointed"


#: A coordinator enters the day; the promise is the volunteer's own, an appointment has an end, too.
ENTERED = (Step.TALKED, Step.INSTRUCTED, Step.CERTIFICATE, Step.TRAINING)


class Concern(StrEnum):
    """The lists of volunteers that the office looks after."""

    PAPERS = "papers"
    INACTIVE = "inactive"
    OVERLOADED = "overloaded"
    NEVER_ASKED = "never_asked"


@dataclass(frozen=True, slots=True)
class Load:
    """What one active volunteer does. Times are UTC epoch seconds.

    ``last_sign``: their last task or word, None if there is none. ``lately``: tasks that began in
    the last four weeks. ``this_week``: tasks of this calendar week. ``strained_at``: when they said
    that it is too much.
    """

    person_id: int
    last_sign: int | None
    asked: bool
    lately: int
    this_week: int
    weekly_cap: int | None
    strained_at: int | None

    def is_inactive(self, now: int, months: int) -> bool:
        return self.last_sign is None or self.last_sign < now - months * _MONTH

    def is_strained(self, now: int) -> bool:
        return self.strained_at is not None and self.strained_at > now - LOAD_DAYS * DAY

    @property
    def is_over_the_cap(self) -> bool:
        return self.weekly_cap is not None and self.this_week > self.weekly_cap

    def is_overloaded(self, now: int, usual: float) -> bool:
        """*usual*: what others do in four weeks."""
        return self.is_strained(now) or self.is_over_the_cap or self.lately > _MUCH * usual


def usual_load(loads: Iterable[Load]) -> float:
    """The median; at least one task in four weeks is nothing unusual."""
    return max(1.0, median([one.lately for one in loads] or [0]))
