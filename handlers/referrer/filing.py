"""/file: a referrer asks for help for a client; and who they are, asked once."""

from dataclasses import replace

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import OneOf, PhoneNumber, Words
from bot.domain.requests import Details
from bot.messages import B_, N_, Message
from bot.storage import people
from bot.usecases import joining, referring, referring_notices
from bot.usecases.referring import Contact
from handlers.common.asks import Spoken
from handlers.common.completing import WHAT_AND_WHEN, wanted_from
from handlers.common.talk import Talk
from handlers.turn import Turn

_CONTACT = OneOf(
    {
        Contact.ME.value: B_("I am the contact"),
        Contact.CLIENT.value: B_("📱 They have Telegram"),
        Contact.PHONE.value: B_("📞 Please call them"),
    }
)


def _is_called(given: Answers) -> bool:
    return given.get("contact") == Contact.PHONE


def _may_be_called(given: Answers) -> bool:
    return given.get("contact") in (Contact.ME, Contact.CLIENT)


REGISTER = Flow(
    "referrer",
    asks=(
        Ask(
            "organisation",
            N_("Where do you work? Please write the name of your office, centre or school."),
            Words(120, letters=True),
        ),
        Ask("agree", referring_notices.PROMISE, OneOf({"yes": B_("✅ I agree")})),
    ),
)

FLOW = Flow(
    "file",
    asks=(
        Ask("name", N_("What is the person's name?"), Words(80), name=N_("Name")),
        Ask("language", N_("Which language does the person speak?"), Spoken(), name=N_("Language")),
        *WHAT_AND_WHEN,
        Ask(
            "words",
            N_("What else should the volunteer know? A few words, no diagnosis."),
            Words(500),
            name=N_("In their words"),
            optional=True,
        ),
        Ask(
            "contact",
            N_("Who hears from us when there is news?"),
            _CONTACT,
            name=N_("Contact"),
        ),
        Ask(
            "phone",
            N_("What is the person's phone number?"),
            PhoneNumber(),
            name=N_("Phone"),
            when=_is_called,
        ),
        Ask(
            "number",
            N_("What is the person's phone number? The office calls it only if it must."),
            PhoneNumber(),
            name=N_("Phone, just in case"),
            when=_may_be_called,
            optional=True,
        ),
    ),
    summary=N_("Is this right?"),
    confirm=B_("✅ File it"),
)


def unfinished(turn: Turn) -> tuple[str, Answers] | None:
    """The conversation a new referrer has to go through."""
    return (REGISTER.name, {}) if referring.is_unfinished(turn.tx, turn.person) else None


def finish_registering(turn: Turn, answers: Answers) -> Message:
    referring.register(turn.tx, turn.person, str(answers["organisation"]))
    return referring_notices.registered()


def finish(turn: Turn, answers: Answers) -> Message:
    """The one-time link, where there is one, is a message of its own: it is to be sent on."""
    name, contact = str(answers["name"]), Contact(str(answers["contact"]))
    wanted = replace(
        wanted_from(turn, answers, str(answers["language"])),
        details=Details(name=name, words=str(answers.get("words") or "")),
    )
    request = referring.file_for_client(
        turn.tx,
        turn.county,
        turn.person,
        wanted,
        name=name,
        phone=str(answers.get("phone") or answers.get("number") or ""),
        contact=contact,
    )
    said = referring_notices.filed(request, name, hears=contact.value, hear_by=request.hear_by)
    if contact is Contact.CLIENT:
        _say_link(turn, request.id)
    return said


class Filing:
    """Handlers that need the conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def new(self, turn: Turn) -> None:
        """/file"""
        begun = unfinished(turn)
        if begun is not None:
            self._talk.begin(turn, *begun)
            return
        referring.require_ready(turn.tx, turn.person)
        self._talk.begin(turn, FLOW.name)


def link(turn: Turn) -> None:
    """The link for the client, once more: a new one."""
    _say_link(turn, turn.tapped_number)


def _say_link(turn: Turn, request_id: int) -> None:
    token = referring.new_token()
    request = referring.make_link(turn.tx, turn.person, request_id, token)
    address = joining.link(turn.update.get_bot().username, token)
    name = people.by_id(turn.tx, request.person_id).name
    turn.say(referring_notices.link(request, name, address, referring.VALID_DAYS))
