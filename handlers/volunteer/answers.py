"""A volunteer's profile as the answers of its conversation, and back."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation.flow import Answers
from bot.conversation.gathering import times_in
from bot.domain.county import Group
from bot.domain.people import (
    TWO_IN_ONE,
    USUAL_REACH,
    Gender,
    Level,
    Profile,
    Travel,
)
from bot.i18n.languages import LANGUAGES
from bot.messages import B_, Hour, Json, Text, text

#: Which question tells the two languages apart that have one name.
WHICH = {"kur": "kurdish", "fas": "persian"}

_NAME_FOR_BOTH = {one: both for both, ones in TWO_IN_ONE.items() for one in ones}

#: What people are asked for: Kurdish and Persian once each, the question behind tells which.
SPOKEN = tuple(dict.fromkeys(_NAME_FOR_BOTH.get(code, code) for code in LANGUAGES))

_QUIET: Mapping[str, tuple[str, str]] = {
    "20-8": ("20:00", "08:00"),
    "21-7": ("21:00", "07:00"),
    "22-6": ("22:00", "06:00"),
    "none": ("00:00", "00:00"),
}
QUIET_LABELS: Mapping[str, Text] = {
    key: text(B_("🌙 {first} – {last}"), first=Hour(first), last=Hour(last))
    for key, (first, last) in _QUIET.items()
    if key != "none"
} | {"none": text(B_("🔔 At any time"))}


#: At most so many tasks a week.
CAP_LABELS: Mapping[str, Text] = {
    **{str(most): text(B_("Up to {count} a week"), count=most) for most in range(1, 8)},
    "none": text(B_("No limit")),
}


def known(profile: Profile, phone: str, *, complete: bool) -> dict[str, Json]:
    """The answers that *profile* holds.

    *complete*: what is not said was left out on purpose, so it is not asked again. Else only what
    stands there counts, not the defaults. Which of two languages is never taken for granted.
    """
    answers: dict[str, Json] = {}
    if profile.languages:
        answers["languages"] = _listed(profile.languages)
    for both, question in WHICH.items():
        which: dict[str, Json] = {
            code: profile.languages[code].value
            for code in TWO_IN_ONE[both]
            if code in profile.languages
        }
        if which and both not in profile.languages:
            answers[question] = which
    if profile.place:
        answers["place"] = profile.place
    if phone:
        answers["phone"] = phone
    if not complete:
        return answers
    quiet = next((key for key, hours in _QUIET.items() if hours == profile.quiet), None)
    return {
        "place": None,
        "phone": None,
        **answers,
        "skills": [group.value for group in Group if group.value in profile.skills],
        "travel": profile.travel.value,
        "reach": profile.reach_km,
        "times": {f"{day}:{part}": mark.value for (day, part), mark in profile.times.items()},
        "gender": "none" if profile.gender is None else profile.gender.value,
        "quiet": quiet,
        "cap": "none" if profile.weekly_cap is None else str(min(max(profile.weekly_cap, 1), 7)),
        "only": [*sorted(profile.only_places)],
    }


def told(answers: Answers, before: Profile) -> Profile:
    """The profile that was answered; what nobody was asked stays as *before*."""
    travel = Travel(answers.get("travel") or before.travel)
    reach = answers.get("reach")
    gender = answers.get("gender")
    quiet = answers.get("quiet")
    times = answers.get("times")
    cap = str(answers.get("cap"))
    return replace(
        before,
        languages=_levels(answers),
        skills=frozenset(str(skill) for skill in _list(answers.get("skills"))),
        place=str(answers.get("place") or ""),
        travel=travel,
        reach_km=reach if isinstance(reach, int) else USUAL_REACH[travel],
        times=times_in(times if isinstance(times, dict) else {}),
        gender=Gender(gender) if gender in list(Gender) else None,
        quiet=_QUIET.get(str(quiet), before.quiet),
        weekly_cap=int(cap) if cap.isdecimal() else None,
        only_places=frozenset(str(place) for place in _list(answers.get("only"))),
    )


def speaks(both: str, answers: Answers) -> bool:
    """Did they say the name for two languages?"""
    return both in _object(answers.get("languages"))


def _listed(levels: Mapping[str, Level]) -> dict[str, Json]:
    """By the names people are asked for; the better level of two counts."""
    listed: dict[str, Json] = {}
    for code, level in levels.items():
        name = _NAME_FOR_BOTH.get(code, code)
        if name in SPOKEN and (level is Level.WELL or name not in listed):
            listed[name] = level.value
    return listed


def _levels(answers: Answers) -> dict[str, Level]:
    said = {**_object(answers.get("languages"))}
    for both, question in WHICH.items():
        if said.pop(both, None) is not None:
            said |= _object(answers.get(question))
    return {code: Level(str(level)) for code, level in said.items()}


def _object(answer: Json) -> Mapping[str, Json]:
    return answer if isinstance(answer, dict) else {}


def _list(answer: Json) -> list[Json]:
    return answer if isinstance(answer, list) else []
