"""Open tasks that fit a volunteer, and "not my kind of task"."""

from bot.counties.kinds import GROUP_NAMES
from bot.domain.county import Group
from bot.domain.errors import Code, Refused
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Term, Text, message, text
from bot.usecases import dispatch, offer_notices, offering
from handlers.common import menu
from handlers.turn import Turn

#: More than this is no help to choose from; the soonest are shown.
_SHOWN = 8


def show(turn: Turn) -> None:
    """What nobody has taken yet and this volunteer could, soonest first."""
    found = offering.open_tasks_for(turn.tx, turn.county, _volunteer(turn))
    if not found:
        menu.show_aside(turn, message(text(N_("There is no open task that fits you."))))
        return
    lines: list[Text] = [text(N_("🔎 Open tasks that fit you:"))]
    buttons: list[list[Button]] = []
    for request in found[:_SHOWN]:
        fit = offering.fit(turn.tx, turn.county, request, _volunteer(turn).id)
        lines += [
            menu.BLANK_LINE,
            text(N_("<b>{number}</b>"), number=request.number),
            *offer_notices.coarse_facts(request, turn.county, fit),
        ]
        label = text(B_("✅ I can: {number}"), number=request.number)
        buttons.append([Button(label, f"task:take:{request.id}")])
    menu.show_aside(turn, message(*lines, buttons=buttons))


def take(turn: Turn) -> HelpRequest:
    """An open task, accepted without having been asked for it."""
    volunteer = _volunteer(turn)
    offer_id = offering.offer_on_request(turn.tx, turn.county, volunteer, turn.tapped_number)
    return dispatch.accept(turn.tx, turn.county, volunteer, offer_id)


def not_my_kind(turn: Turn) -> None:
    """A no, and the question whether it is one for all tasks of this kind."""
    volunteer = _volunteer(turn)
    skill = offering.skill_of(turn.tx, turn.county, volunteer, turn.tapped_number)
    dispatch.decline(turn.tx, turn.county, volunteer, turn.tapped_number)
    if skill:
        turn.show(offer_notices.ask_never(turn.tapped_number, _kind(turn, skill)))


def never_again(turn: Turn) -> None:
    """Yes: this skill leaves their profile."""
    volunteer = _volunteer(turn)
    skill = offering.never_ask_for_this(turn.tx, turn.county, volunteer, turn.tapped_number)
    turn.conclude(offer_notices.never_again(_kind(turn, skill)))


def _kind(turn: Turn, skill: str) -> Term:
    """A skill is a group of kinds of help; people read the group's name."""
    return Term(GROUP_NAMES[Group(skill)])


def _volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
