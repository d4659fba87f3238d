"""Which place of the county somebody means: an answer that is its name in the county's list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import NOT_UNDERSTOOD
from bot.conversation.questions import Answers, Choice, More, Retry, Scene
from bot.conversation.replies import Location, Reply, Typed
from bot.domain import places
from bot.domain.places import Kind, Place, Sure
from bot.messages import B_, N_, Json, Listing, Param, Term, Text, text

PLACE_UNKNOWN = N_(
    "I don't know this place in {county}. Please check the name, or call the office: {phone}"
)
THIS_PLACE = N_("Do you mean this place? Please tap it.")
WHICH_PLACE = N_("Which of these places do you mean?")
WRITE_PLACE = N_("Please write the name of the place once more, or the postcode.")

_MOST_PLACES = 24
#: What stands between the names of several places.
_BETWEEN = re.compile(r"[,;،؛\n]")


@dataclass(frozen=True, slots=True)
class Town:
    """A place of the county: tapped, written in any spelling or script, or shared as a location.

    The place under the fact ``last`` stands first: where they needed help the last time. What had
    to be guessed is asked back, as ``{"among": [names]}``.
    """

    key: str
    last: str = ""
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        among = _among(given.get(self.key))
        if among:
            return [*map(_place_choice, among), Choice("other", _OTHER_PLACE)]
        usual = given.get(self.last) if self.last else None
        first = [usual] if isinstance(usual, str) and scene.county.place(usual) else []
        return [_place_choice(name) for name in dict.fromkeys((*first, *_towns(scene)))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        if key == "other":
            return More({}, Text(WRITE_PLACE))
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json | More:
        county = scene.county
        match reply:
            case Typed(typed):
                found = places.find(county.places, typed)
            case Location(lat, lon):
                there = places.nearest(county.places, lat, lon)
                if there is not None:
                    return there.name
                found = places.NOTHING
            case _:
                raise Retry(NOT_UNDERSTOOD)
        if found.sure is Sure.NONE:
            raise Retry(PLACE_UNKNOWN, county=county.name, phone=county.office_phone)
        meant = [place for one in found.places for place in _inhabited(scene, one)]
        if found.sure is Sure.EXACT and len(meant) == 1:
            return meant[0].name
        names: list[Json] = [place.name for place in meant[:_MOST_PLACES]]
        return More({"among": names}, Text(THIS_PLACE if len(names) == 1 else WHICH_PLACE))

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and scene.county.place(answer) is not None

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


@dataclass(frozen=True, slots=True)
class SeveralTowns:
    """Places of the county, tapped or written, one after the other; none of them: everywhere.

    The answer is a list of names. ``key`` is the question's.
    """

    key: str
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        chosen = self._chosen(given)
        offered = [
            Choice(name, text(B_("☑️ {choice}"), choice=name))
            if name in chosen
            else _place_choice(name)
            for name in dict.fromkeys((*chosen, *_towns(scene)))
        ]
        end = _DONE if chosen else _EVERYWHERE
        return [*offered, Choice("done", end)]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json | More:
        chosen = self._chosen(given)
        if key == "done":
            return [*chosen]
        return More([*_without(chosen, key)] if key in chosen else [*chosen, key])

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json | More:
        county = scene.county
        if not isinstance(reply, Typed):
            raise Retry(NOT_UNDERSTOOD)
        meant: list[str] = []
        parts = [part for part in _BETWEEN.split(reply.text) if part.strip()]
        for part in parts or [reply.text]:
            found = places.find(county.places, part)
            if found.sure is Sure.NONE:
                raise Retry(PLACE_UNKNOWN, county=county.name, phone=county.office_phone)
            if found.sure is Sure.SEVERAL:
                raise Retry(WRITE_PLACE)
            meant += [place.name for one in found.places for place in _inhabited(scene, one)]
        return More([*dict.fromkeys((*self._chosen(given), *meant))])

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, list) and all(
            isinstance(name, str) and scene.county.place(name) is not None for name in answer
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        names = answer if isinstance(answer, list) else []
        return Listing(tuple(map(str, names))) if names else Term(N_("everywhere near"))

    def _chosen(self, given: Answers) -> list[str]:
        own = given.get(self.key)
        return [str(name) for name in own] if isinstance(own, list) else []


def _without(names: Sequence[str], name: str) -> list[Json]:
    return [one for one in names if one != name]


_DONE = text(B_("✅ Done"))
_EVERYWHERE = text(B_("🗺 Everywhere near"))

_OTHER_PLACE = text(B_("Another place"))


def _place_choice(name: str) -> Choice:
    return Choice(name, text(B_("{place}"), place=name))


def _among(draft: Json) -> list[str]:
    match draft:
        case {"among": list(names)}:
            return [str(name) for name in names]
        case _:
            return []


def _towns(scene: Scene) -> list[str]:
    """Towns and municipalities that stand alone: most people live in one of them."""
    alone = (Kind.TOWN, Kind.MUNICIPALITY)
    found = [one.name for one in scene.county.places if one.kind in alone and not one.part_of]
    return sorted(found)[:_MOST_PLACES]


def _inhabited(scene: Scene, place: Place) -> list[Place]:
    """The place, or the municipalities of an association, which is no place to be in."""
    if place.kind is not Kind.ASSOCIATION:
        return [place]
    return [one for one in scene.county.places if one.part_of == place.name]
