"""The answers to the questions of ``ask_for_help`` as a request, and a request as such answers."""

from datetime import datetime

from bot.conversation import local, written
from bot.conversation.flow import Answers, Scene
from bot.conversation.readers import NO_DAY, WEEKLY, at
from bot.domain.county import County
from bot.domain.people import Gender
from bot.domain.requests import Details, HelpRequest, How, Wanted
from bot.messages import Json
from bot.usecases import notices

#: The answer to ``whom`` of a minor who asks for themselves.
ALONE = "alone"

_FOR_ME = "me"
_ANYBODY = "any"
_VOICE_CATEGORY = "other"


def wanted_from(answers: Answers, scene: Scene) -> Wanted:
    """What the finished answers ask for."""
    kind = local.category(scene, answers)
    if kind is None:
        return _spoken(answers, scene)
    day, date, whom = (_said(answers, key) for key in ("day", "date", "whom"))
    gender = _said(answers, "gender")
    time = _said(answers, "time")
    return Wanted(
        category=kind.key,
        language=_said(answers, "language") or scene.language,
        starts_at=at(day, time, scene) if time else None,
        minutes=_number(answers, "minutes", kind.minutes),
        place=_said(answers, "town"),
        also=_also(answers),
        how=How(_said(answers, "how") or How.ALONG),
        gender=Gender(gender) if gender not in ("", _ANYBODY) else None,
        weekly=day == WEEKLY,
        for_child=bool(_said(answers, "age")) or kind.for_children or whom == "child",
        minor=whom == ALONE,
        topic=date == local.TOPIC or _is_gated(answers),
        answer_by=date if written.day_from_iso(date) else None,
        details=Details(
            name=_said(answers, "name"),
            whom=whom if whom in notices.WHOM else "",
            words=_said(answers, "words") or _part(answers, "words", "words"),
            voice=_part(answers, "words", "voice"),
            photo=_part(answers, "words", "photo"),
            office=_office(answers),
            age=_said(answers, "age"),
            phone=_said(answers, "phone"),
        ),
    )


def _spoken(answers: Answers, scene: Scene) -> Wanted:
    """A voice message, and whom to answer: the office completes it."""
    categories = scene.county.categories
    kind = categories.get(_VOICE_CATEGORY) or list(categories.values())[-1]
    return Wanted(
        category=kind.key,
        language=_said(answers, "language") or scene.language,
        starts_at=None,
        minutes=kind.minutes,
        also=_also(answers),
        details=Details(
            name=_said(answers, "name"),
            words=_said(answers, "say"),
            voice=_part(answers, "what", "voice") or _part(answers, "say", "voice"),
            phone=_said(answers, "phone"),
        ),
    )


def answers_of(request: HelpRequest, county: County) -> dict[str, Json]:
    """The answers that lead to *request*; what is not right any more is asked again."""
    details = request.details
    group = county.categories[request.category].group.value
    given: dict[str, Json] = {
        "language": request.language,
        "also": [*request.also] or None,
        "name": details.name or None,
        "phone": details.phone or None,
    }
    if _was_spoken(request):
        return {**given, "what": local.SPEAK, "say": _words(details)}
    return {
        **given,
        "what": group,
        "kind": request.category,
        "gate": {"about": request.category, "yes": request.topic},
        "office": details.office or local.OTHER_OFFICE,
        "date": local.TOPIC if request.topic else (request.answer_by or local.NO_DATE),
        "how": request.how.value,
        "gender": _ANYBODY if request.gender is None else request.gender.value,
        "minutes": request.minutes,
        "whom": ALONE if request.minor else (details.whom or _FOR_ME),
        "words": _words(details),
        **({"age": details.age} if details.age else {}),
        **({"town": request.place} if request.place else {}),
        **_when(request, county),
    }


#: What is asked anew of somebody who needs the same once more.
_OF_ONCE = ("gate", "date", "day", "time", "words", "phone")


def same_again(request: HelpRequest, county: County) -> dict[str, Json]:
    """The same help at another time."""
    given = answers_of(request, county)
    return {key: answer for key, answer in given.items() if key not in _OF_ONCE}


def can_be_repeated(request: HelpRequest) -> bool:
    return not _was_spoken(request)


def _was_spoken(request: HelpRequest) -> bool:
    """Made by :func:`_spoken`: nobody else is accompanied to no place."""
    somewhere = request.place or request.how is not How.ALONG
    return request.category == _VOICE_CATEGORY and not somewhere


def _words(details: Details) -> Json:
    if details.photo:
        return {"photo": details.photo, "words": details.words}
    return {"voice": details.voice, "seconds": 0} if details.voice else (details.words or None)


def _when(request: HelpRequest, county: County) -> dict[str, Json]:
    if request.starts_at is None:
        return {"day": WEEKLY if request.weekly else NO_DAY}
    local_time = datetime.fromtimestamp(request.starts_at, county.zone)
    return {"day": local_time.date().isoformat(), "time": f"{local_time:%H:%M}"}


def _said(answers: Answers, key: str) -> str:
    answer = answers.get(key)
    return answer if isinstance(answer, str) else ""


def _number(answers: Answers, key: str, otherwise: int) -> int:
    answer = answers.get(key)
    return answer if isinstance(answer, int) else otherwise


def _also(answers: Answers) -> tuple[str, ...]:
    answer, own = answers.get("also"), answers.get("language")
    return tuple(str(code) for code in answer if code != own) if isinstance(answer, list) else ()


def _office(answers: Answers) -> str:
    office = _said(answers, "office")
    return "" if office == local.OTHER_OFFICE else office


def _is_gated(answers: Answers) -> bool:
    match answers.get("gate"):
        case {"yes": bool(yes)}:
            return yes
        case _:
            return False


def _part(answers: Answers, key: str, part: str) -> str:
    """One part of an answer that has several: the file id of a voice message, or of a photo."""
    answer = answers.get(key)
    said = answer.get(part) if isinstance(answer, dict) else None
    return said if isinstance(said, str) else ""
