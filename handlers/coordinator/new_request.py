"""/new: a coordinator files for somebody without Telegram; and completing what was only spoken."""

from dataclasses import replace

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import OneOf, PhoneNumber, TimeOfDay, Words, at
from bot.domain.people import Gender
from bot.domain.requests import Details, How, Wanted
from bot.messages import B_, N_, Message
from bot.usecases import deciding, desk, desk_menus, desk_notices, office
from handlers.common.numbers import RequestNumber
from handlers.common.talk import Talk
from handlers.coordinator.asks import DayOrNone, Kind, Spoken, Town, has_day
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

_WHAT_AND_WHEN = (
    Ask("what", N_("What is it about?"), Kind(), name=N_("Kind of help")),
    Ask("town", N_("In which town or village?"), Town("town"), name=N_("Place")),
    Ask("day", N_("On which day?"), DayOrNone(), name=N_("Day")),
    Ask("time", N_("At what time?"), TimeOfDay("day"), name=N_("Time"), when=has_day),
    Ask("how", N_("How does the volunteer help?"), _HOW, name=N_("How")),
    Ask("who", N_("Who may come?"), _WHO, name=N_("Volunteer")),
)

FLOW = Flow(
    "new_request",
    asks=(
        Ask("name", N_("What is the person's name?"), Words(80), name=N_("Name")),
        Ask("phone", N_("What is the person's phone number?"), PhoneNumber(), name=N_("Phone")),
        Ask("language", N_("Which language does the person speak?"), Spoken(), name=N_("Language")),
        *_WHAT_AND_WHEN,
        Ask(
            "words",
            N_("What else should the volunteer know? A few words, no diagnosis."),
            Words(500),
            name=N_("In their words"),
            optional=True,
        ),
    ),
    summary=N_("Is this right?"),
    confirm=B_("✅ File it"),
)

COMPLETE = Flow(
    "complete",
    asks=(
        Ask("request", N_("Which request? Please write its number."), RequestNumber()),
        *_WHAT_AND_WHEN,
    ),
    summary=N_("Is this right? Then volunteers are asked."),
    confirm=B_("✅ Ask volunteers"),
)


class NewRequest:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def new(self, turn: Turn) -> None:
        """/new"""
        office.require_private(turn.tx, turn.person)
        self._talk.begin(turn, FLOW.name)

    def complete(self, turn: Turn) -> None:
        """A tap under what has only been spoken."""
        request = deciding.require_request(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, COMPLETE.name, {"request": request.id}, afresh=True)


def finish(turn: Turn, answers: Answers) -> Message:
    name = str(answers["name"])
    words = str(answers.get("words") or "")
    wanted = replace(
        _wanted(turn, answers, str(answers["language"])), details=Details(name=name, words=words)
    )
    phone = str(answers["phone"])
    request = desk.file_for(turn.tx, turn.county, turn.person, wanted, name=name, phone=phone)
    return desk_notices.filed(request, name)


def finish_completing(turn: Turn, answers: Answers) -> Message:
    before = deciding.require_request(turn.tx, turn.person, int(str(answers["request"])))
    told = _wanted(turn, answers, before.language)
    wanted = replace(
        told,
        also=before.also,
        for_child=before.for_child or told.for_child,
        minor=before.minor,
        topic=before.topic,
        details=before.details,
    )
    request = deciding.complete(turn.tx, turn.county, turn.person, before.id, wanted)
    return desk_menus.done(request)


def _wanted(turn: Turn, answers: Answers, language: str) -> Wanted:
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
