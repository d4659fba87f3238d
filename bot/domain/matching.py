"""Who fits a help request, and why the others do not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.people import Volunteer, understood
from bot.domain.requests import HelpRequest


class Why(StrEnum):
    """A hard rule that a volunteer does not meet."""

    NOT_ACTIVE = "not_active"
    OWN_REQUEST = "own_request"
    NO_COMMON_LANGUAGE = "no_common_language"
    BUSY = "busy"
    ASKED_BEFORE = "asked_before"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volunteer as one request sees them: ``busy`` at its time, ``asked`` for it before."""

    volunteer: Volunteer
    busy: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    person_id: int
    reasons: tuple[Why, ...]

    @property
    def fits(self) -> bool:
        return not self.reasons


def judge(request: HelpRequest, candidate: Candidate) -> Verdict:
    """Every hard rule that *candidate* breaks for *request*.

    None means the volunteer may be asked.
    """
    volunteer = candidate.volunteer
    broken = {
        Why.NOT_ACTIVE: not volunteer.active,
        Why.OWN_REQUEST: volunteer.person_id == request.person_id,
        Why.NO_COMMON_LANGUAGE: not understood(request.language) & volunteer.languages,
        Why.BUSY: candidate.busy,
        Why.ASKED_BEFORE: candidate.asked,
    }
    return Verdict(
        volunteer.person_id, tuple(why for why, is_broken in broken.items() if is_broken)
    )


def who_fits(request: HelpRequest, candidates: Iterable[Candidate]) -> Collection[int]:
    """Person ids of all who may be asked, in the order given."""
    verdicts = (judge(request, candidate) for candidate in candidates)
    return [verdict.person_id for verdict in verdicts if verdict.fits]
