"""The kinds of answer a question can take.

Answers are JSON: a choice is its key, a day ``"2026-11-24"``, a time ``"14:30"``, a phone number
``"+4939411234"``, words a text, ``{"voice": file id, "seconds": 12}`` or ``{"photo": file id,
"words": caption}``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.conversation import written
from bot.conversation.flow import NOT_UNDERSTOOD
from bot.conversation.questions import Answers, Choice, Retry, Scene
from bot.conversation.replies import Photo, Reply, SharedContact, Typed, Voice
from bot.messages import (
    B_,
    N_,
    P_,
    Day,
    Hour,
    Json,
    Param,
    Term,
    Text,
    count,
    text,
)

NOT_A_DAY = N_("Please write the day like this: {example}")
DAY_IS_PAST = N_("This day is in the past. Please choose a day from today on.")
DAY_TOO_FAR = N_("This day is too far away. Please choose a day in the next {months} months.")
NOT_A_TIME = N_("Please write the time like this: {example}")
TIME_NOT_IN_DAY = N_(
    "Please choose a time from {first} to {last}. Three o'clock in the afternoon is 15:00."
)
TIME_IS_PAST = N_("This time is already past. Please choose a later time.")
NOT_A_PHONE = N_("Please write the whole number, with 0 or + in front, like this: {example}")
NOT_YOUR_PHONE = N_("Please share your own number, or write the number we should call.")
NO_WORDS = N_("Please write a few words.")
NO_WORDS_OR_VOICE = N_("Please write a few words or send a voice message.")
NO_PHOTO = N_("I can't take photos here. Please write a few words, or send a voice message.")
NO_PHOTO_HERE = N_("I can't take photos here. Please write a few words.")
TOO_LONG = N_("This text is too long. Please write it shorter, with at most {limit} letters.")
VOICE_MESSAGE = N_("Voice message")
PHOTO = N_("Photo")

_EXAMPLE_TIME = "14:30"
_EXAMPLE_PHONE = "03941 123456"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few fixed choices: ``{key: label}``."""

    labels: Mapping[str, str]
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [Choice(key, Text(label)) for key, label in self.labels.items()]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and answer in self.labels

    def show(self, answer: Json, scene: Scene) -> Param:
        return Term(self.labels[str(answer)])


@dataclass(frozen=True, slots=True)
class FutureDay:
    """A day from today on: buttons for the next days, or a written date."""

    offered: int = 7
    furthest_months: int = 12
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        today = _today(scene)
        near = {0: B_("Today, {day}"), 1: B_("Tomorrow, {day}")}
        days = [(today + timedelta(days=ahead)).isoformat() for ahead in range(self.offered)]
        return [
            Choice(iso, text(near.get(ahead, B_("{day}")), day=Day(iso)))
            for ahead, iso in enumerate(days)
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        day = self._day(reply.text, scene) if isinstance(reply, Typed) else None
        if day is None:
            raise Retry(NOT_A_DAY, example=written.day_as_written(_today(scene)))
        if day < _today(scene):
            raise Retry(DAY_IS_PAST)
        if day > self._furthest(scene):
            raise Retry(DAY_TOO_FAR, months=self.furthest_months)
        return day.isoformat()

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(answer)
        return day is not None and _today(scene) <= day <= self._furthest(scene)

    def show(self, answer: Json, scene: Scene) -> Param:
        return Day(str(answer))

    def _day(self, typed: str, scene: Scene) -> date | None:
        for ahead, word in enumerate((N_("today"), N_("tomorrow"), N_("day after tomorrow"))):
            if scene.means(typed, Text(word)):
                return _today(scene) + timedelta(days=ahead)
        return written.day(typed, _today(scene))

    def _furthest(self, scene: Scene) -> date:
        return _today(scene) + timedelta(days=31 * self.furthest_months)


#: A :class:`HelpDay` that is no day of the calendar.
NO_DAY, WEEKLY = "none", "weekly"
_OPEN_DAYS = {NO_DAY: B_("📅 No date yet"), WEEKLY: B_("🔁 Every week")}


@dataclass(frozen=True, slots=True)
class HelpDay:
    """A :class:`FutureDay`, or that there is none: not yet, or every week."""

    near: FutureDay = FutureDay(offered=6)
    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        without = [Choice(key, Text(label)) for key, label in _OPEN_DAYS.items()]
        return [*self.near.choices(scene, given), *without]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        return self.near.read(reply, scene, given)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer in (NO_DAY, WEEKLY) or self.near.holds(answer, scene, given)

    def show(self, answer: Json, scene: Scene) -> Param:
        label = _OPEN_DAYS.get(str(answer))
        return Day(str(answer)) if label is None else Term(label)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time, 24 hours, on the day answered under ``day``: buttons for full hours, or written.

    Nobody means three in the morning by "3", so only ``earliest`` to ``latest`` is taken.
    """

    day: str
    first: int = 8
    last: int = 17
    columns: int = 3
    earliest: str = "06:00"
    latest: str = "22:00"

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        hours = [f"{hour:02d}:00" for hour in range(self.first, self.last + 1)]
        return [
            Choice(hour.replace(":", ""), text(B_("{time}"), time=Hour(hour)))
            for hour in hours
            if self._is_ahead(hour, scene, given)
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return f"{key[:2]}:{key[2:]}"

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        hour = written.time(reply.text) if isinstance(reply, Typed) else None
        if hour is None:
            raise Retry(NOT_A_TIME, example=_EXAMPLE_TIME)
        if not self.earliest <= hour <= self.latest:
            raise Retry(TIME_NOT_IN_DAY, first=Hour(self.earliest), last=Hour(self.latest))
        if not self._is_ahead(hour, scene, given):
            raise Retry(TIME_IS_PAST)
        return hour

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return (
            isinstance(answer, str)
            and written.time(answer) == answer
            and self.earliest <= answer <= self.latest
            and self._is_ahead(answer, scene, given)
        )

    def show(self, answer: Json, scene: Scene) -> Param:
        return Hour(str(answer))

    def _is_ahead(self, hour: str, scene: Scene, given: Answers) -> bool:
        day = written.day_from_iso(given.get(self.day))
        return day is not None and written.moment(day, hour, scene.zone) > scene.now


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long it takes."""

    offered: tuple[int, ...] = (30, 60, 90, 120, 180)
    columns: int = 2

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return [
            Choice(str(one), count(P_("{n} minute", "{n} minutes"), one)) for one in self.offered
        ]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return int(key)

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, int) and 0 < answer <= 24 * 60

    def show(self, answer: Json, scene: Scene) -> Param:
        return int(str(answer))


class Written:
    """A reader without buttons: the answer is written, said or shared."""

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        return []

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)


@dataclass(frozen=True, slots=True)
class PhoneNumber(Written):
    """A phone number to be called at: shared with the messenger's button, or written."""

    columns: int = 1

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        match reply:
            case SharedContact(own=False):
                raise Retry(NOT_YOUR_PHONE)
            case SharedContact(phone=phone):  # the messenger leaves the plus out
                number = written.phone(phone) or written.phone(f"+{phone}")
            case Typed(typed):
                number = written.phone(typed)
            case _:
                number = None
        if number is None:
            raise Retry(NOT_A_PHONE, example=_EXAMPLE_PHONE)
        return number

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return isinstance(answer, str) and written.is_phone(answer)

    def show(self, answer: Json, scene: Scene) -> Param:
        return str(answer)


@dataclass(frozen=True, slots=True)
class Words(Written):
    """The person's own words, at most ``limit`` characters; with ``voice`` a voice message too.

    ``photo``: a photo too, where the county allows it. ``letters``: signs and emoji alone say too
    little.
    """

    limit: int
    voice: bool = False
    photo: bool = False
    letters: bool = False
    columns: int = 1

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        if isinstance(reply, Voice) and self.voice:
            return {"voice": reply.file_id, "seconds": reply.seconds}
        if isinstance(reply, Photo):
            return self._photo(reply, scene)
        said = written.words(reply.text) if isinstance(reply, Typed) else ""
        if not self._says_something(said):
            raise Retry(NO_WORDS_OR_VOICE if self.voice else NO_WORDS)
        if len(said) > self.limit:
            raise Retry(TOO_LONG, limit=self.limit)
        return said

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        match answer:
            case str():
                return len(answer) <= self.limit and self._says_something(answer)
            case {"voice": str(), "seconds": int()}:
                return self.voice
            case {"photo": str(), "words": str(words)}:
                return self._takes_photos(scene) and len(words) <= self.limit
            case _:
                return False

    def show(self, answer: Json, scene: Scene) -> Param:
        match answer:
            case str():
                return answer
            case {"photo": str(), "words": str(words)}:
                return text(N_("Photo: {words}"), words=words) if words else Term(PHOTO)
            case _:
                return Term(VOICE_MESSAGE)

    def _photo(self, reply: Photo, scene: Scene) -> Json:
        if not self._takes_photos(scene):
            raise Retry(NO_PHOTO if self.voice else NO_PHOTO_HERE)
        words = written.words(reply.caption)
        if len(words) > self.limit:
            raise Retry(TOO_LONG, limit=self.limit)
        return {"photo": reply.file_id, "words": words}

    def _takes_photos(self, scene: Scene) -> bool:
        return self.photo and scene.county.photos

    def _says_something(self, said: str) -> bool:
        return written.has_letters(said) if self.letters else written.has_something_to_read(said)


def at(day: str, hour: str, scene: Scene) -> int:
    """UTC epoch seconds of a :class:`FutureDay` and a :class:`TimeOfDay`, as ``written.moment``."""
    return written.moment(date.fromisoformat(day), hour, scene.zone)


def _today(scene: Scene) -> date:
    return datetime.fromtimestamp(scene.now, scene.zone).date()
