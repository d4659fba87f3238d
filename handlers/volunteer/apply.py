"""'I want to help', for somebody without a link: what it is, and leaving one's name."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import OneOf, PhoneNumber, Words
from bot.domain.applications import Stage
from bot.domain.errors import Code, Refused
from bot.domain.people import Role
from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.storage import applications, conversations, people
from bot.usecases import application_notices, applying, volunteer_notices
from handlers.common import menu
from handlers.common.start import APPLY, ASK_FOR_HELP
from handlers.common.talk import Talk
from handlers.turn import Turn
from handlers.volunteer.asks import HOME, LANGUAGES

FLOW = Flow(
    APPLY,
    asks=(
        Ask(
            "agree",
            N_(
                "We keep your name, your phone number and what you write, so that the office can"
                " call you. We delete it if we do not begin with you. Is that all right?"
            ),
            OneOf({"yes": B_("✅ I agree")}),
        ),
        Ask(
            "name",
            N_("What is your name? Please write your first name and family name."),
            Words(80),
            name=N_("Name"),
        ),
        Ask(
            "phone",
            N_("Which number should we call? Please write it."),
            PhoneNumber(),
            name=volunteer_notices.PHONE,
        ),
        LANGUAGES,
        HOME,
        Ask(
            "words",
            N_("Would you like to tell us more? Please write a few words."),
            Words(500),
            name=N_("In my words"),
            optional=True,
        ),
    ),
    summary=N_("Is this right?"),
    confirm=B_("✅ Send"),
    facts=("home",),
)

_ASKED = ("name", "phone", "languages", "place", "words")


def finish(turn: Turn, answers: Answers) -> Message:
    applying.apply(turn.tx, turn.chat_id, {key: answers.get(key) for key in _ASKED})
    turn.forget_person()
    return application_notices.sent(turn.county)


class Applications:
    """Handlers for people who want to help."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def explain(self, turn: Turn) -> None:
        """What volunteers do and get, before anybody leaves a name."""
        cents = turn.county.allowance.cents
        allowance = text(
            N_("You get {amount} € for each month in which you help."), amount=_euros(cents)
        )
        menu.show_aside(
            turn,
            message(
                *_sent_already(turn),
                text(N_("<b>Help as a volunteer</b>")),
                text(
                    N_(
                        "You go with people to a doctor or an office, read letters with them or"
                        " practise German. You say yes or no to each task."
                    )
                ),
                text(N_("It helps if you speak a second language. We train you.")),
                *([allowance] if cents else []),
                text(N_("Questions? Call the office: {phone}"), phone=turn.county.office_phone),
                buttons=[[Button(text(B_("✍️ Leave my name")), "apply:begin")]],
            ),
        )

    def begin(self, turn: Turn) -> None:
        if turn.person is not None and turn.person.has(Role.VOLUNTEER):
            raise Refused(Code.GONE)
        self._give_up_what_nobody_began(turn)
        self._talk.begin(turn, APPLY)

    def _give_up_what_nobody_began(self, turn: Turn) -> None:
        """Everybody new is asked what help they need; who has come to give help is not."""
        before = conversations.load(turn.tx, turn.chat_id)
        agreed = people.has_agreed(turn.tx, turn.chat_id)
        if before is not None and before.flow == ASK_FOR_HELP and not agreed:
            conversations.close(turn.tx, turn.chat_id)


def _sent_already(turn: Turn) -> list[Text]:
    """Who has left their name and comes back hears that it has arrived."""
    person = turn.person
    sent = None if person is None else applications.of_person(turn.tx, person.id)
    if sent is None or sent.stage is not Stage.NEW:
        return []
    return [application_notices.HAS_YOUR_NAME]


def _euros(cents: int) -> str:
    """``130`` or ``130,50``."""
    euros, rest = divmod(cents, 100)
    return f"{euros},{rest:02}" if rest else str(euros)
