"""/invite: a one-time link, to be forwarded or scanned, for somebody who is to have a role."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.flow import (
    NOT_UNDERSTOOD,
    Answers,
    Ask,
    Choice,
    Flow,
    Reply,
    Retry,
    Scene,
)
from bot.conversation.readers import Words
from bot.domain.people import Role
from bot.domain.rights import Right, may
from bot.messages import B_, N_, Json, Message, Param, Term, Text, text
from bot.usecases import joining
from bot.usecases.office import require_coordinator
from bot.usecases.permitting import require
from handlers.common.talk import Talk
from handlers.turn import Turn

INVITE = "invite"

_LEADS = "leads"
_BY_ALL = {
    Role.VOLUNTEER.value: B_("🙋 A volunteer"),
    Role.REFERRER.value: B_("🏫 A referrer"),
}
_BY_LEADS = {
    Role.COORDINATOR.value: B_("🗂 A coordinator"),
    Role.READER.value: B_("👁 A reader"),
}


@dataclass(frozen=True, slots=True)
class _Guest:
    """A role, of those that somebody may invite to; the end judges it once more."""

    columns: int = 1

    def choices(self, scene: Scene, given: Answers) -> Sequence[Choice]:
        offered = {**_BY_ALL, **(_BY_LEADS if given.get(_LEADS) else {})}
        return [Choice(key, Text(label)) for key, label in offered.items()]

    def pick(self, key: str, scene: Scene, given: Answers) -> Json:
        return key

    def read(self, reply: Reply, scene: Scene, given: Answers) -> Json:
        raise Retry(NOT_UNDERSTOOD)

    def holds(self, answer: Json, scene: Scene, given: Answers) -> bool:
        return answer in _BY_ALL or answer in _BY_LEADS

    def show(self, answer: Json, scene: Scene) -> Param:
        return Term({**_BY_ALL, **_BY_LEADS}[str(answer)])


FLOW = Flow(
    INVITE,
    facts=(_LEADS,),
    asks=(
        Ask("role", N_("Whom do you want to invite?"), _Guest()),
        Ask("name", N_("What is their name? Please write it."), Words(80)),
    ),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """The link once, with its QR code; nobody can look it up again."""
    role = Role(str(answers["role"]))
    require(turn.person, Right.ACT if role.value in _BY_ALL else Right.PEOPLE)
    token, name = joining.new_token(), str(answers["name"])
    if role is Role.VOLUNTEER:
        joining.invite_volunteer(turn.tx, token, name)
    else:
        joining.invite_to_office(turn.tx, token, role, name)
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
        leads = {_LEADS: "yes"} if may(turn.person, Right.PEOPLE) else {}
        self._talk.begin(turn, INVITE, leads, afresh=True)
