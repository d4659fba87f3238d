"""Who fits a help request, how well, and why the others do not.

Two questions, kept apart. The *hard rules*: each one that somebody breaks is a :class:`Why`, and
nothing makes up for it. The *score* ranks whoever breaks none: minutes added up, where fewer are
better, so that every part can be weighed against a longer way. ``docs/matching.md`` explains both
to a coordinator.

Everything here judges one volunteer at a time, so it does not matter who else was looked at:
:func:`best` reads volunteers nearest first and stops when nobody farther can win.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter

from bot.domain import travel
from bot.domain.appointments import DAY
from bot.domain.county import Category, County
from bot.domain.people import PART_BEGINS, Level, Mark, Part, Profile, Travel, Volunteer, understood
from bot.domain.places import road_km
from bot.domain.requests import HelpRequest, How
from bot.domain.verdicts import Cost, Explanation, Reason, Verdict, Why

# --- what the score weighs, in minutes ------------------------------------------------------------

#: For a home or a task whose place is not known: a long way, yet no reason against somebody.
UNKNOWN_WAY = 45
#: Each task of the last 30 days or still ahead: whoever has none may come from 6 km farther.
TASK = 8
LOAD_DAYS = 30
#: Each day that is missing until two weeks have passed since the last question: asking the same few
#: again and again is how volunteers are lost.
RESTED_DAYS = 14
#: For somebody who never answers; nothing for somebody who always does.
SILENCE = 8
#: Somebody new counts as if they had answered two of four: Volunteers answer 17-47 % of alerts sent
#: to many (JMIR 2023), and more if they are asked by name.
_PRIOR_ANSWERED, _PRIOR_ASKED = 2, 4
#: Speaks the language, but only for daily things.
SOME_LEVEL = 10
#: Understands it, as Persian and Dari are understood; or the two share another language only.
UNDERSTOOD = 8
ALSO = 15
#: Less, for a time that the volunteer marked as good, and for who helped this person the last time.
GOOD_TIME = 6
HELPED = 30

#: What a volunteer is told as "near".
NEAR = 30


@dataclass(frozen=True, slots=True)
class Task:
    """Something a volunteer has promised or done, from when to when (UTC epoch seconds).

    ``place``: where; empty if it is not known or done by phone.
    """

    starts_at: int
    ends_at: int
    place: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A volunteer as one request sees them.

    ``tasks``: of the last 30 days and ahead. ``asked``: an offer of this very request was made.
    ``last_asked``: when anything was last offered to them (UTC epoch seconds). ``times_asked``,
    ``times_answered``: offers that are over, and those they answered. ``helped``: they helped this
    requester, and both would like to meet again. ``apart``: the two are not to meet. ``blocked``: a
    coordinator decided that they are offered nothing for now.
    """

    volunteer: Volunteer
    reachable: bool = True
    tasks: tuple[Task, ...] = ()
    asked: bool = False
    last_asked: int | None = None
    times_asked: int = 0
    times_answered: int = 0
    helped: bool = False
    apart: bool = False
    blocked: bool = False

    @property
    def likely(self) -> float:
        """How likely they answer: what was seen so far, and at first what is usual."""
        return (self.times_answered + _PRIOR_ANSWERED) / (self.times_asked + _PRIOR_ASKED)


# --- what is asked --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """A request with all that the rules need of the county and the calendar.

    ``day``: of the task, or today while it has no time. ``parts``: the (weekday, part of the day)
    it touches. ``languages``: in which the two can speak -> minutes it costs; empty: any will do.
    ``roads``: place -> km by road to the task; empty: distance does not matter, or is not known.
    ``towns``: the place of the task and the town it belongs to; empty as ``roads``.
    """

    request: HelpRequest
    category: Category
    now: int
    day: date
    parts: tuple[tuple[int, Part], ...]
    languages: Mapping[str, int]
    roads: Mapping[str, float]
    by_phone: bool
    towns: frozenset[str] = frozenset()

    @classmethod
    def of(cls, request: HelpRequest, county: County, now: int) -> "Case":
        category = county.categories[request.category]
        at = now if request.starts_at is None else request.starts_at
        by_phone = request.how is How.PHONE or (request.how is How.EITHER and category.by_phone)
        place = county.place(request.place)
        return cls(
            request,
            category,
            now,
            datetime.fromtimestamp(at, county.zone).date(),
            () if request.starts_at is None else tuple(_touched(*request.time, county)),
            _languages(request) if category.needs_language else {},
            {}
            if place is None or by_phone
            else {one.name: road_km(one, place) for one in county.places},
            by_phone,
            frozenset() if place is None or by_phone else frozenset({place.name, place.part_of}),
        )

    def way(self, profile: Profile) -> int:
        """Minutes from the volunteer's home to the task."""
        if self.by_phone:
            return 0
        km = self.roads.get(profile.place)
        return UNKNOWN_WAY if km is None else travel.minutes(km, profile.travel)

    def cost_of(self, profile: Profile) -> Cost:
        """The parts of the score that the profile alone decides."""
        good = bool(self.parts) and all(profile.times.get(one) is Mark.GOOD for one in self.parts)
        languages = (
            cost + (SOME_LEVEL if profile.languages[spoken] is Level.SOME else 0)
            for spoken, cost in self.languages.items()
            if spoken in profile.languages
        )
        return Cost(
            way=self.way(profile),
            language=min(languages, default=0),
            time=-GOOD_TIME if good else 0,
        )

    def least_from(self, least_way: int) -> int:
        """The least score of somebody with this way, the previous helper aside."""
        return least_way - (GOOD_TIME if self.parts else 0)


def _touched(starts_at: int, ends_at: int, county: County) -> Iterator[tuple[int, Part]]:
    """Looked at every half hour: no part of the day is shorter."""
    seen: set[tuple[int, Part]] = set()
    for moment in (*range(starts_at, ends_at, 1800), max(starts_at, ends_at - 1)):
        local = datetime.fromtimestamp(moment, county.zone)
        part = [part for part, begins in PART_BEGINS.items() if begins <= local.hour][-1]
        if (local.weekday(), part) not in seen:
            seen.add((local.weekday(), part))
            yield local.weekday(), part


def _languages(request: HelpRequest) -> Mapping[str, int]:
    costs: dict[str, int] = {}
    for wanted, extra in ((request.language, 0), *((one, ALSO) for one in request.also)):
        for spoken in understood(wanted):
            cost = extra + (0 if spoken == wanted else UNDERSTOOD)
            costs[spoken] = min(cost, costs.get(spoken, cost))
    return costs


# --- the hard rules -------------------------------------------------------------------------------


def judge(case: Case, candidate: Candidate) -> Verdict:
    """Every hard rule that *candidate* breaks; with none of them, how well they fit."""
    volunteer, profile, request = candidate.volunteer, candidate.volunteer.profile, case.request
    with_children = request.for_child or case.category.for_children
    broken = {
        Why.NOT_ACTIVE: not volunteer.active,
        Why.UNREACHABLE: not candidate.reachable,
        Why.NOT_APPOINTED: not volunteer.papers.appointed(case.day),
        Why.PAUSED: volunteer.paused(case.day),
        Why.OWN_REQUEST: volunteer.person_id == request.person_id,
        Why.NO_COMMON_LANGUAGE: bool(case.languages)
        and case.languages.keys().isdisjoint(profile.languages),
        Why.NO_SKILL: case.category.skill not in ("", *profile.skills),
        Why.GENDER: request.gender not in (None, profile.gender),
        Why.CHILDREN: with_children and not volunteer.papers.in_order_for_children(case.day),
        Why.TOO_FAR: case.roads.get(profile.place, 0) > profile.reach_km,
        Why.OTHER_PLACES: bool(case.towns and profile.only_places)
        and case.towns.isdisjoint(profile.only_places),
        Why.NEVER_THEN: any(profile.times.get(part) is Mark.NEVER for part in case.parts),
        Why.BUSY: any(_collides(case, profile.travel, task) for task in candidate.tasks),
        Why.WEEK_FULL: profile.weekly_cap is not None
        and _in_the_week(case, candidate.tasks) >= profile.weekly_cap,
        Why.ASKED_BEFORE: candidate.asked,
        Why.KEPT_APART: candidate.apart,
        Why.BLOCKED: candidate.blocked,
    }
    reasons = tuple(why for why, is_broken in broken.items() if is_broken)
    verdict = Verdict(volunteer.person_id, reasons, last_asked=candidate.last_asked or 0)
    return verdict if reasons else _weighed(case, candidate, verdict)


def _collides(case: Case, by: Travel, task: Task) -> bool:
    """At the same time, or too near to get from one place to the other."""
    if case.request.starts_at is None:
        return False
    starts_at, ends_at = case.request.time
    km = case.roads.get(task.place)
    between = 0 if km is None else 60 * travel.minutes(km, by)
    return task.starts_at < ends_at + between and starts_at < task.ends_at + between


def _in_the_week(case: Case, tasks: Iterable[Task]) -> int:
    week = case.day.isocalendar()[:2]
    # UTC is near enough: no task begins in the hours around midnight from Sunday to Monday.
    days = (date.fromordinal(_EPOCH + task.starts_at // DAY) for task in tasks)
    return sum(day.isocalendar()[:2] == week for day in days)


_EPOCH = date(1970, 1, 1).toordinal()


# --- the score ------------------------------------------------------------------------------------


def _weighed(case: Case, candidate: Candidate, verdict: Verdict) -> Verdict:
    profile = candidate.volunteer.profile
    since = case.now - LOAD_DAYS * DAY
    cost = replace(
        case.cost_of(profile),
        load=TASK * sum(task.ends_at > since for task in candidate.tasks),
        asked_lately=_asked_lately(case.now, candidate.last_asked),
        silence=round(SILENCE * (1 - candidate.likely)),
        helped=-HELPED if candidate.helped else 0,
    )
    knows_the_way = profile.place in case.roads
    speaks_for = {
        Reason.HELPED: candidate.helped,
        Reason.NEAR: knows_the_way and cost.way <= NEAR,
        Reason.LANGUAGE: bool(case.languages) and case.request.language in profile.languages,
        Reason.GOOD_TIME: cost.time < 0,
        Reason.SKILL: case.category.skill != "",
    }
    return replace(
        verdict,
        cost=cost,
        why=tuple(reason for reason, holds in speaks_for.items() if holds),
        minutes=cost.way if knows_the_way else None,
        likely=candidate.likely,
    )


def _asked_lately(now: int, last_asked: int | None) -> int:
    days = RESTED_DAYS if last_asked is None else (now - last_asked) // DAY
    return max(0, RESTED_DAYS - days)


# --- the best of many -----------------------------------------------------------------------------


def best(
    case: Case,
    batches: Iterable[tuple[int, Sequence[Candidate]]],
    enough: Callable[[Sequence[Verdict]], bool],
) -> list[Verdict]:
    """Who fits, best first, at least until *enough* says so of the first ones.

    *batches* come with the least score that anybody in them, and in all later ones, can have. So
    whoever is below it keeps their place in the ranking, and the rest need not be read.
    """
    rank = itemgetter(0)  # it begins with the score
    fits: list[tuple[tuple[int, int, int], Verdict]] = []
    for least, candidates in batches:
        unbeaten = [one for _, one in fits[: bisect_left(fits, (least,), key=rank)]]
        if enough(unbeaten):
            return unbeaten
        fits += [(one.rank, one) for one in map(_judged(case), candidates) if one.fits]
        fits.sort(key=rank)
    return [one for _, one in fits]


def _judged(case: Case) -> Callable[[Candidate], Verdict]:
    return lambda candidate: judge(case, candidate)


def explain(case: Case, candidates: Iterable[Candidate]) -> Explanation:
    """Judges everybody."""
    verdicts = [judge(case, candidate) for candidate in candidates]
    return Explanation(
        sorted((one for one in verdicts if one.fits), key=lambda one: one.rank),
        [one for one in verdicts if not one.fits],
    )
