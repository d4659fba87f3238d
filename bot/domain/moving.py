"""Another time for an appointment: how long the other side can answer, and what stands against it.

All moments are UTC epoch seconds.
"""

from dataclasses import replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.appointments import HOUR, REQUESTERS_QUIET, choose_by, out_of_quiet, slots
from bot.domain.matching import Candidate, Case, judge
from bot.domain.verdicts import Why

#: A proposal, and one that answers it; then only yes or no are left.
MOST_ROUNDS = 2
#: So often each side can propose something; then the two need somebody who talks to them.
MOST_PROPOSALS = 5
#: After the last moment for an answer there is at least so much time until anything begins.
TIME_TO_ACT = HOUR


class Against(StrEnum):
    """``BUSY``: another task at that time, which no wish can change. ``WAY``: one so near that the
    way is too long, ``NEVER``: a time of the week marked as never; the volunteer may still want
    to."""

    BUSY = "busy"
    WAY = "way"
    NEVER = "never"


def answer_by(now: int, first: int, zone: ZoneInfo) -> int | None:
    """Until when somebody answers, *first* being the earliest thing that may begin.

    Not in the night, if there is time before it. None: it is too late to ask anybody.
    """
    latest = choose_by(now, first, zone)
    by_day = out_of_quiet(latest, REQUESTERS_QUIET, zone)
    if by_day >= now + HOUR:
        latest = by_day
    return latest if latest <= first - TIME_TO_ACT else None


def against(case: Case, candidate: Candidate, own: tuple[int, int]) -> Against | None:
    """What stands against the time of *case* for a volunteer who has the task already.

    *own*: from when to when it is now.
    """
    others = tuple(task for task in candidate.tasks if (task.starts_at, task.ends_at) != own)
    held = slots(*case.request.time)
    for task in others:
        taken = slots(task.starts_at, task.ends_at)
        if taken.start < held.stop and held.start < taken.stop:
            return Against.BUSY
    broken = judge(case, replace(candidate, tasks=others)).reasons
    if Why.BUSY in broken:
        return Against.WAY
    return Against.NEVER if Why.NEVER_THEN in broken else None
