"""The texts of a county that are changed in the chat: how each is called, written and shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.conversation import written
from bot.conversation.flow import Answers, Choice, Reply, Retry, Scene, Typed
from bot.conversation.readers import NO_WORDS, NOT_A_PHONE, TOO_LONG
from bot.counties import shape
from bot.counties.kinds import BRING_NAMES, CATEGORY_NAMES, EMERGENCY_NAMES
from bot.counties.overlay import ChangeInvalid, overlaid, value_at
from bot.domain.county import County, Hours
from bot.messages import B_, N_, Hour, Json, Language, Listing, Param, Term, Text, text
from bot.usecases.notices import WEEKDAYS

NOT_GIVEN: Final = N_("not given")
_REMOVE: Final = "none"
_LONGEST: Final = 200
_EXAMPLE_PHONE: Final = "03941 123456"
_EXAMPLE_HOURS: Final = "Mo-Do 09:00-12:00, Di 13:00-18:00"
_NOT_HOURS: Final = N_("Please write the hours like this: {example}")
_NOT_VALID: Final = N_("This can't be used here. Please write it differently.")
_SHORT_HOUR: Final = re.compile(r"(?<![\d:])(\d:\d\d)")


class Kind(StrEnum):
    """How a value is written."""

    LINE = "line"
    PHONE = "phone"
    HOURS = "hours"
    GREETING = "greeting"
    BRING = "bring"


_NAMES: Final = {
    "name": N_("Name"),
    "phone": N_("Phone"),
    "address": N_("Street and town"),
    "hours": N_("Opening hours"),
}
#: What to write, above the question's answer.
_HOW: Final = {
    Kind.LINE: N_("Please write it as people should read it."),
    Kind.PHONE: N_("Please write the number with its area code, like this: {example}"),
    Kind.HOURS: _NOT_HOURS,
    Kind.GREETING: N_("Please write one line in this language. It stands above the menu."),
}
_EXAMPLES: Final = {Kind.PHONE: _EXAMPLE_PHONE, Kind.HOURS: _EXAMPLE_HOURS}


def path_in(given: Answers, otherwise: str = "office.phone") -> str:
    """The fact ``path``: the value that is talked about."""
    path = given.get("path")
    return path if isinstance(path, str) else otherwise


def kind_of(path: str) -> Kind:
    last = path.rpartition(".")[2]
    if path.startswith("greeting."):
        return Kind.GREETING
    return Kind(last) if last in ("phone", "hours", "bring") else Kind.LINE


def name_of(path: str) -> Param:
    """What stands there, without the record it belongs to."""
    first, _, rest = path.partition(".")
    key, _, last = rest.rpartition(".")
    match first:
        case "greeting":
            return Language(rest)
        case "emergency":
            return Term(EMERGENCY_NAMES[key])
        case "categories":
            return Term(CATEGORY_NAMES[key])
        case _:
            return Term(_NAMES[last])


def how(path: str) -> Text:
    kind = kind_of(path)
    return text(_HOW[kind], example=_EXAMPLES[kind]) if kind in _EXAMPLES else text(_HOW[kind])


def shown(path: str, value: Json) -> Param:
    """A value as it stands in a list."""
    if not value:
        return Term(NOT_GIVEN)
    if not isinstance(value, list):
        return str(value)
    if kind_of(path) is Kind.BRING:
        return _things(value)
    days = [day for one in value for day in shape.hours(one)]
    return Listing(tuple(_day(day) for day in days))


def _day(day: Hours) -> Text:
    return text(
        N_("{weekday}: {opens}–{closes}"),
        weekday=Term(WEEKDAYS[day.weekday]),
        opens=Hour(day.opens),
        closes=Hour(day.closes),
    )


def _things(keys: Sequence[Json]) -> Listing:
    return Listing(tuple(Term(BRING_NAMES[str(key)]) for key in keys))


def preview(path: str, value: Json) -> Param:
    """The value as people will read it."""
    if path == "office.phone":
        said = N_("You would rather talk to a person? Call the office: {phone}")
        return text(said, phone=str(value))
    if path.startswith("emergency.") and value:
        said = N_("{what}: {answer}")
        return text(said, what=name_of(path), answer=str(value))
    if kind_of(path) is Kind.BRING and isinstance(value, list):
        return text(N_("🎒 Please bring: {things}"), things=_things(value))
    return shown(path, value)


def may_be_empty(path: str) -> bool:
    """The file can do without it."""
    first, _, rest = path.partition(".")
    return first in ("greeting", "emergency") or (
        path == "office.hours"
        or (first == "offices" and rest.rpartition(".")[2] in ("phone", "address", "hours"))
    )


@dataclass(frozen=True, slots=True)
class CountyValue:
    """What shall stand at the fact ``path``: ``{"path": …, "value": …}``, judged as the file is."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        path = path_in(given)
        if not may_be_empty(path) or value_at(scene.county, path) is None:
            return []
        return [Choice(_REMOVE, text(B_("🗑 Take it out")))]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return {"path": path_in(given), "value": None}

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        path = path_in(given)
        said = written.words(reply.text) if isinstance(reply, Typed) else ""
        if not written.has_something_to_read(said):
            raise Retry(NO_WORDS)
        if len(said) > _LONGEST:
            raise Retry(TOO_LONG, limit=_LONGEST)
        value = _parsed(path, said)
        _require_valid(scene.county, path, value)
        return {"path": path, "value": value}

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, dict) and answer.get("path") == given.get("path")

    def show(self, answer: Json, scene: Scene) -> Param:
        assert isinstance(answer, dict)
        return preview(str(answer["path"]), answer["value"])


def _parsed(path: str, said: str) -> Json:
    """As the file has it: one line; hours as a list."""
    if kind_of(path) is not Kind.HOURS:
        return " ".join(said.split())
    times = [one.strip() for one in re.split(r"[,;\n]", said) if one.strip()]
    return [_SHORT_HOUR.sub(r"0\1", one) for one in times]


def _require_valid(county: County, path: str, value: Json) -> None:
    try:
        overlaid(county, {path: value})
    except ChangeInvalid:
        match kind_of(path):
            case Kind.PHONE:
                raise Retry(NOT_A_PHONE, example=_EXAMPLE_PHONE) from None
            case Kind.HOURS:
                raise Retry(_NOT_HOURS, example=_EXAMPLE_HOURS) from None
            case _:
                raise Retry(_NOT_VALID) from None
