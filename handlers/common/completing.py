"""What is asked of who fills in a request for somebody else, and the request it becomes."""

from dataclasses import replace

from bot.conversation.flow import Answers, Ask
from bot.conversation.readers import OneOf, TimeOfDay, at
from bot.domain.people import Gender
from bot.domain.requests import HelpRequest, How, Wanted
from bot.messages import B_, N_
from handlers.common.asks import DayOrNone, Kind, Town, has_day
from handlers.turn import Turn

_ANYBODY = "any"
_HOW = OneOf(
    {
        How.ALONG.value: B_("Comes along"),
        How.PHONE.value: B_("By phone"),
        How.EITHER.value: B_("Either"),
    }
)
_WHO = OneOf(
    {
        _ANYBODY: B_("Anybody"),
        Gender.WOMAN.value: B_("Only a woman"),
        Gender.MAN.value: B_("Only a man"),
    }
)

WHAT_AND_WHEN = (
    Ask("what", N_("What is it about?"), Kind(), name=N_("Kind of help")),
    Ask("town", N_("In which town or village?"), Town("town"), name=N_("Place")),
    Ask("day", N_("On which day?"), DayOrNone(), name=N_("Day")),
    Ask("time", N_("At what time?"), TimeOfDay("day"), name=N_("Time"), when=has_day),
    Ask("how", N_("How does the volunteer help?"), _HOW, name=N_("How")),
    Ask("who", N_("Who may come?"), _WHO, name=N_("Volunteer")),
)


def wanted_from(turn: Turn, answers: Answers, language: str) -> Wanted:
    """What the answers ask for, by who speaks *language*."""
    kind = turn.county.categories[str(answers["what"])]
    time = answers.get("time")
    who = str(answers["who"])
    return Wanted(
        category=kind.key,
        language=language,
        starts_at=at(str(answers["day"]), str(time), turn.scene) if time else None,
        minutes=kind.minutes,
        place=str(answers["town"]),
        how=How(str(answers["how"])),
        gender=None if who == _ANYBODY else Gender(who),
        for_child=kind.for_children,
    )


def completed(turn: Turn, answers: Answers, before: HelpRequest) -> Wanted:
    """What was only spoken, with the answers of who has listened to it."""
    told = wanted_from(turn, answers, before.language)
    return replace(
        told,
        also=before.also,
        for_child=before.for_child or told.for_child,
        minor=before.minor,
        topic=before.topic,
        details=before.details,
    )
