"""What matching says about a volunteer: which rules they break, or how well they fit and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """A hard rule that a volunteer does not meet."""

    NOT_ACTIVE = "not_active"
    UNREACHABLE = "unreachable"
    NOT_APPOINTED = "not_appointed"
    PAUSED = "paused"
    OWN_REQUEST = "own_request"
    NO_COMMON_LANGUAGE = "no_common_language"
    NO_SKILL = "no_skill"
    GENDER = "gender"
    CHILDREN = "children"
    TOO_FAR = "too_far"
    OTHER_PLACES = "other_places"
    NEVER_THEN = "never_then"
    BUSY = "busy"
    WEEK_FULL = "week_full"
    ASKED_BEFORE = "asked_before"
    KEPT_APART = "kept_apart"
    BLOCKED = "blocked"


class Reason(StrEnum):
    """What speaks for a volunteer, the strongest first."""

    HELPED = "helped"
    NEAR = "near"
    LANGUAGE = "language"
    GOOD_TIME = "good_time"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Cost:
    """The parts of a score, in minutes; what speaks for somebody is negative."""

    way: int = 0
    load: int = 0
    asked_lately: int = 0
    silence: int = 0
    language: int = 0
    time: int = 0
    helped: int = 0

    @property
    def total(self) -> int:
        lately = self.load + self.asked_lately + self.silence
        return self.way + lately + self.language + self.time + self.helped


@dataclass(frozen=True, slots=True)
class Verdict:
    """*reasons*: the hard rules that are broken. With none of them, ``cost`` and ``why`` say how
    well the volunteer fits, ``minutes`` how long their way is (None: not known, or by phone)."""

    person_id: int
    reasons: tuple[Why, ...] = ()
    cost: Cost = Cost()
    why: tuple[Reason, ...] = ()
    minutes: int | None = None
    likely: float = 0.0
    last_asked: int = 0

    @property
    def fits(self) -> bool:
        return not self.reasons

    @property
    def score(self) -> int:
        return self.cost.total

    @property
    def rank(self) -> tuple[int, int, int]:
        """Sorts the best first; of two who are as good, who was asked longer ago."""
        return self.score, self.last_asked, self.person_id


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everybody for one request: who fits, best first, and who does not."""

    ranked: list[Verdict]
    excluded: list[Verdict]

    @property
    def counts(self) -> Mapping[Why, int]:
        """How many each rule excludes; somebody can break several."""
        broken = [why for verdict in self.excluded for why in verdict.reasons]
        return {why: broken.count(why) for why in Why if why in broken}
