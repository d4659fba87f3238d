"""/new: a coordinator files for somebody without Telegram; and completing what was only spoken."""

from dataclasses import replace

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import PhoneNumber, Words
from bot.domain.requests import Details
from bot.messages import B_, N_, Message
from bot.usecases import deciding, desk, desk_menus, desk_notices, office
from handlers.common.asks import Spoken
from handlers.common.completing import WHAT_AND_WHEN, completed, wanted_from
from handlers.common.numbers import RequestNumber
from handlers.common.talk import Talk
from handlers.turn import Turn

FLOW = Flow(
    "new_request",
    asks=(
        Ask("name", N_("What is the person's name?"), Words(80), name=N_("Name")),
        Ask("phone", N_("What is the person's phone number?"), PhoneNumber(), name=N_("Phone")),
        Ask("language", N_("Which language does the person speak?"), Spoken(), name=N_("Language")),
        *WHAT_AND_WHEN,
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
        *WHAT_AND_WHEN,
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
        wanted_from(turn, answers, str(answers["language"])),
        details=Details(name=name, words=words),
    )
    phone = str(answers["phone"])
    request = desk.file_for(turn.tx, turn.county, turn.person, wanted, name=name, phone=phone)
    return desk_notices.filed(request, name)


def finish_completing(turn: Turn, answers: Answers) -> Message:
    before = deciding.require_request(turn.tx, turn.person, int(str(answers["request"])))
    wanted = completed(turn, answers, before)
    request = deciding.complete(turn.tx, turn.county, turn.person, before.id, wanted)
    return desk_menus.done(request)
