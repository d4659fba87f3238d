"""/invite: a one-time link, to be forwarded or scanned, for a volunteer or a coordinator."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import OneOf, Words
from bot.domain.people import Role
from bot.messages import B_, N_, Message, text
from bot.usecases import joining
from bot.usecases.office import require_coordinator
from handlers.common.talk import Talk
from handlers.turn import Turn

INVITE = "invite"

FLOW = Flow(
    INVITE,
    asks=(
        Ask(
            "role",
            N_("Whom do you want to invite?"),
            OneOf(
                {
                    Role.VOLUNTEER.value: B_("🙋 A volunteer"),
                    Role.COORDINATOR.value: B_("🗂 A coordinator"),
                }
            ),
        ),
        Ask("name", N_("What is their name? Please write it."), Words(80)),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """The link once, with its QR code; nobody can look it up again."""
    require_coordinator(turn.person)
    token, name = joining.new_token(), str(answers["name"])
    if answers["role"] == Role.COORDINATOR.value:
        joining.invite_coordinator(turn.tx, token, name)
    else:
        joining.invite_volunteer(turn.tx, token, name)
    link = joining.link(turn.update.get_bot().username, token)
    return Message(
        (
            text(
                N_("The link for {name}. It works once and for {days} days."),
                name=name,
                days=joining.VALID_DAYS,
            ),
            text(N_("Please send it on, or let them scan the picture.")),
            text("{link}", link=link),
        ),
        qr=link,
    )


class Invitations:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def begin(self, turn: Turn) -> None:
        """/invite, in private."""
        require_coordinator(turn.person)
        self._talk.begin(turn, INVITE)
