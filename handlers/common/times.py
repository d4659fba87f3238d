"""When and where can a volunteer help? The questions, for them or for who has them on the phone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import Answers, Ask, Choice, Flow, Reply, Retry, Scene
from bot.conversation.readers import FutureDay, OneOf, TimeOfDay, Words, at
from bot.domain.appointments import MOST_TIMES
from bot.domain.county import County
from bot.domain.places import road_km
from bot.domain.requests import HelpRequest, How
from bot.messages import B_, N_, Json, Moment, Param, Text, text
from bot.storage import assignments
from bot.usecases import agreeing_notices
from handlers.turn import Turn

_BUSY = N_("You have another task then: {time}. Please choose another time.")
_MOST_PLACES = 5
_NEAR_KM = 20
_PLACE_LETTERS = 80


# --- what is known before the first question ----------------------------------------------------


def about(turn: Turn, request: HelpRequest, volunteer_id: int) -> dict[str, Json]:
    """What the questions look at: ``{"request", "minutes", "how", "places", "busy"}``."""
    held = assignments.active_of_volunteer(turn.tx, volunteer_id)
    return {
        "request": request.id,
        "minutes": request.minutes,
        "how": request.how.value,
        "places": [*places_for(request, turn.county)],
        "busy": [[one.starts_at, one.ends_at] for one in held],
    }


def places_for(request: HelpRequest, county: County) -> list[str]:
    """Where the two can meet: the office it is about, public places nearby. Never a home."""
    office = request.details.office
    offices = [one.name for one in county.offices if one.key == office] or [office]
    town = county.place(request.place)
    near: list[tuple[float, str]] = []
    for one in county.meeting_places:
        there = county.place(one.place)
        apart = road_km(town, there) if town is not None and there is not None else _NEAR_KM
        if one.place == request.place or apart <= _NEAR_KM:
            near.append((0 if one.place == request.place else apart, f"{one.name}, {one.place}"))
    return [*filter(None, offices), *(name for _, name in sorted(near))][:_MOST_PLACES]


def known_of(given: Answers) -> dict[str, Json]:
    """What :func:`about` wrote down."""
    known = given.get("about")
    return known if isinstance(known, dict) else {}


@dataclass(frozen=True, slots=True)
class _FreeTime:
    """A time on the day answered under ``day`` at which the volunteer has no other task."""

    day: str
    columns: int = 3

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        offered = self._times.choices(scene, given)
        return [
            one
            for one in offered
            if self._clash(self._times.pick(one.key, scene, given), scene, given) is None
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return self._times.pick(key, scene, given)

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        answer = self._times.read(reply, scene, given)
        clash = self._clash(answer, scene, given)
        if clash is not None:
            raise Retry(_BUSY, time=Moment(clash))
        return answer

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return self._times.holds(answer, scene, given) and self._clash(answer, scene, given) is None

    def show(self, answer: Json, scene: Scene) -> Param:
        return self._times.show(answer, scene)

    @property
    def _times(self) -> TimeOfDay:
        return TimeOfDay(self.day, first=9, last=19)

    def _clash(self, answer: Json, scene: Scene, given: Answers) -> int | None:
        """When the other task begins (UTC epoch seconds), if there is one then."""
        day, known = given.get(self.day), known_of(given)
        minutes, busy = known.get("minutes"), known.get("busy")
        if not (isinstance(day, str) and isinstance(minutes, int) and isinstance(busy, list)):
            return None
        begins = at(day, str(answer), scene)
        for span in busy:
            match span:
                case [int(starts_at), int(ends_at)]:
                    if begins < ends_at and starts_at < begins + 60 * minutes:
                        return starts_at
                case _:
                    continue
        return None


@dataclass(frozen=True, slots=True)
class _MeetingPlace:
    """One of the places offered, or another in the volunteer's own words."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        offered = [
            Choice(str(number), Text("{place}", {"place": place}))
            for number, place in enumerate(self._places(given))
        ]
        if known_of(given).get("how") == How.EITHER:
            offered.append(Choice("call", text(B_("📞 On the phone, I call"))))
        return offered

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key if key == "call" else self._places(given)[int(key)]

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        return Words(_PLACE_LETTERS).read(reply, scene, given)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and bool(answer)

    def show(self, answer: Json, scene: Scene) -> Param:
        return agreeing_notices.place_of(str(answer))

    def _places(self, given: Answers) -> list[str]:
        places = known_of(given).get("places")
        return [str(one) for one in places] if isinstance(places, list) else []


# --- the flow -----------------------------------------------------------------------------------

_MORE = OneOf({"yes": B_("➕ Another time"), "no": B_("✔️ That is all")})


def _second(given: Answers) -> bool:
    return given.get("more1") == "yes"


def _third(given: Answers) -> bool:
    return _second(given) and given.get("more2") == "yes"


def _meet(given: Answers) -> bool:
    return known_of(given).get("how") != How.PHONE


QUESTIONS = (
    Ask("day1", N_("On which day can you help? Tap a day or write the date."), FutureDay()),
    Ask("time1", N_("At what time can you help?"), _FreeTime("day1")),
    Ask("more1", N_("Can you offer another time? More times help."), _MORE),
    Ask("day2", N_("On which other day can you help?"), FutureDay(), when=_second),
    Ask("time2", N_("At what time can you help?"), _FreeTime("day2"), when=_second),
    Ask("more2", N_("Can you offer a third time?"), _MORE, when=_second),
    Ask("day3", N_("On which other day can you help?"), FutureDay(), when=_third),
    Ask("time3", N_("At what time can you help?"), _FreeTime("day3"), when=_third),
    Ask(
        "place",
        N_("Where do you meet? Tap or write a public place. Please not at home."),
        _MeetingPlace(),
        when=_meet,
    ),
)


def questions(name: str) -> Flow:
    """The flow *name*. Its fact ``about`` is what :func:`about` says."""
    return Flow(name, facts=("about",), asks=QUESTIONS)


def times_in(answers: Answers, scene: Scene) -> list[int]:
    """The times that were given (UTC epoch seconds)."""
    days = [
        (answers.get(f"day{number}"), answers.get(f"time{number}"))
        for number in range(1, MOST_TIMES + 1)
    ]
    return [at(str(day), str(hour), scene) for day, hour in days if day and hour]


def place_in(answers: Answers) -> str:
    """Where the two meet; ``call``: on the phone."""
    return str(answers.get("place") or "call")
